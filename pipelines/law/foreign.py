"""Other governments' duties on goods of the United States: the files of law/foreign/, read and refused.

Belongs here: rows of that folder's own form, and what is wrong with them. Does not belong here: acts and what cannot be
computed, which are read with those of the other folders (read.py); what holds when (models/intermediate/foreign).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.law.files import FOREIGN, LAW, Row, header_of, is_day, rows, rows_of

_TEXT = pl.String()
#: Columns of the file, in its order.
COLUMNS = ["issuer", "programme", "tariff_list", "rate", "valid_from", "valid_to", "known_on", "action_id", "citation"]
STATEMENTS: dict[str, Any] = {
    "place_in_file": pl.Int32(),
    **dict.fromkeys(("issuer", "programme", "tariff_list"), _TEXT),
    "rate": pl.Float64(),
    **dict.fromkeys(("valid_from", "valid_to", "known_on"), pl.Date()),
    **dict.fromkeys(("action_id", "citation"), _TEXT),
}
LINES: dict[str, Any] = dict.fromkeys(("tariff_list", "tariff_code"), _TEXT)


def statement_files(law: Path = LAW) -> list[Path]:
    folder = law / FOREIGN
    return sorted([*folder.glob("measures.csv"), *folder.glob("measures_*.csv")])


def line_files(law: Path = LAW) -> dict[str, Path]:
    """Tariff list -> file of its codes."""
    return {path.stem: path for path in sorted((law / FOREIGN / "lists").glob("*.csv"))}


def statements(law: Path = LAW) -> Iterator[tuple[Any, ...]]:
    """What one act says of one list of one programme from one day on; no rate: nothing holds."""
    for place, row in enumerate(_rows(law)):
        yield (
            place,
            *(row["issuer"], row["programme"], row["tariff_list"]),
            float(row["rate"]) if row["rate"] else None,
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else OPEN_END,
            date.fromisoformat(row["known_on"]),
            *(row["action_id"], row["citation"]),
        )


def lines(law: Path = LAW) -> Iterator[tuple[Any, ...]]:
    """Codes of each list, as the issuer prints them."""
    for code, path in line_files(law).items():
        for row in rows_of(path):
            yield code, row["tariff_code"]


def problems(law: Path = LAW) -> Iterator[str]:
    """Everything wrong with the folder, with its place."""
    for path in statement_files(law):
        if sorted(header_of(path)) != sorted(COLUMNS):
            yield f"{path.relative_to(law.parent)}: columns are {COLUMNS}"
            return
    acts = {row["action_id"] for row in rows("acts", law)}
    begun: set[tuple[str, str, str]] = set()
    for row in sorted(_rows(law), key=lambda r: r["known_on"]):
        yield from _wrong_cells(row, acts, set(line_files(law)))
        slot = (row["issuer"], row["programme"], row["tariff_list"])
        if not row["rate"] and slot not in begun:
            yield f"{row.place}: {' '.join(slot)} ends before any statement began it"
        begun.add(slot)
    yield from _wrong_lines(law, {slot[2] for slot in begun})


def _rows(law: Path) -> list[Row]:
    return [row for path in statement_files(law) for row in rows_of(path)]


def _wrong_cells(row: Row, acts: set[str], lists: set[str]) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z]{2}", row["issuer"]):
        yield f"{row.place}: issuer {row['issuer']!r} is no ISO two-letter code"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["programme"]):
        yield f"{row.place}: programme {row['programme']!r} is not lower case words"
    if row["tariff_list"] not in lists:
        yield f"{row.place}: no file lists/{row['tariff_list']}.csv"
    if row["rate"] and not (re.fullmatch(r"\d+(\.\d+)?", row["rate"]) and float(row["rate"]) <= 10):
        yield f"{row.place}: rate {row['rate']!r} is no fraction of value"
    if row["action_id"] not in acts:
        yield f"{row.place}: action_id {row['action_id']!r} is not on record"
    for column in ("valid_from", "known_on", "citation"):
        if not row[column]:
            yield f"{row.place}: {column} is blank"
    days = {column: row[column] for column in ("valid_from", "valid_to", "known_on") if row[column]}
    odd = [f"{column} {text!r} is no date" for column, text in days.items() if not is_day(text)]
    yield from (f"{row.place}: {text}" for text in odd)
    if not odd and row["valid_to"] and row["valid_from"] >= row["valid_to"]:
        yield f"{row.place}: valid_to {row['valid_to']} is not after valid_from {row['valid_from']}"


def _wrong_lines(law: Path, named: set[str]) -> Iterator[str]:
    for code, path in line_files(law).items():
        place = path.relative_to(law.parent)
        if header_of(path) != ["tariff_code"]:
            yield f"{place}: its column is tariff_code"
        if code not in named:
            yield f"{place}: no statement names it"
        seen: set[str] = set()
        for row in rows_of(path):
            text = row["tariff_code"]
            if not re.fullmatch(r"\d[\d.]+\d", text) or text in seen:
                yield f"{row.place}: {text!r} is no code of a tariff, or is there twice"
            seen.add(text)
