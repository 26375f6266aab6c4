"""What a warehouse holds, printed again as its publisher prints it: a publisher that goes on from where the pack ends.

Belongs here: rows of raw -> the publisher's format. Does not belong here: what changes from day to day (publishers.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from pipelines.contract import OPEN_END
from tests.faults.publishers_formats import hts_line
from tests.world.home import Home

#: Columns of OFAC's main file, in its order.
OFAC_COLUMNS = (
    *("entity_number", "entity_name", "kind", "programs", "title", "call_sign", "vessel_type", "tonnage"),
    *("gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks"),
)
OfacRow = tuple[str | int | None, ...]
_REFERENCE = re.compile(r"\[(?P<marker>[^\]]+)\] ?(?P<text>.*)")


def standing(home: Home, table: str) -> pl.DataFrame:
    """The rows of a raw table that stand now."""
    files = sorted((home.path / "raw" / table).rglob("*.parquet"))
    rows = pl.concat([pl.read_parquet(path) for path in files if path.name != "cells.parquet"], how="diagonal")
    return rows.filter(pl.col("known_to") == OPEN_END)


def ofac_rows(home: Home, list_code: str) -> list[OfacRow]:
    """Entries of one of OFAC's lists as rows of its main file, in the order of their numbers."""
    rows = standing(home, "ofac_sdn__entries").filter(pl.col("list_code") == list_code).sort("entity_number")
    return [_ofac_row(row) for row in rows.select(OFAC_COLUMNS).iter_rows(named=True)]


def ofac_aliases(home: Home, list_code: str) -> list[OfacRow]:
    """The other names of a list's entries as rows of OFAC's file of alternate names, former names marked."""
    rows = standing(home, "ofac_sdn__entries").filter(pl.col("list_code") == list_code, pl.col("aliases").is_not_null())
    found: list[OfacRow] = []
    for entry, aliases, former in rows.select("entity_number", "aliases", "former_names").sort(pl.all()).iter_rows():
        for name in aliases.split(" | "):
            kind = "fka" if name in (former or "").split(" | ") else "aka"
            found.append((entry, len(found) + 1, kind, name, None))
    return found


def _ofac_row(row: dict[str, Any]) -> OfacRow:
    programs = "] [".join(row["programs"].split("; "))
    return tuple({**row, "kind": None if row["kind"] == "entity" else row["kind"], "programs": programs}.values())


def schedule_lines(home: Home) -> list[dict[str, Any]]:
    """The tariff schedule as USITC exports it; unnumbered rows are printed anew before each line below them."""
    lines = standing(home, "usitc_hts__lines").sort("htsno")
    notes: dict[str, list[dict[str, Any]]] = {}
    for row in standing(home, "usitc_hts__footnotes").sort("htsno", "applies_to").iter_rows(named=True):
        notes.setdefault(row["htsno"], []).extend(_notes(row["footnotes"], row["applies_to"]))
    return [line for row in lines.iter_rows(named=True) for line in _lines(row, notes.get(row["htsno"], []))]


def _lines(row: dict[str, Any], notes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    *above, own = row["description"].split(" > ")
    for place, text in enumerate(above, row["indent"] - len(above)):
        yield hts_line("", place, text)
    yield hts_line(
        row["htsno"],
        row["indent"],
        own,
        units=[row[unit] for unit in ("unit_1", "unit_2", "unit_3") if row[unit] is not None],
        **{rate: row[f"{rate}_printed"] or "" for rate in ("general", "special", "other")},
        quotaQuantity=row["quota_quantity"],
        additionalDuties=row["additional_duties"],
        footnotes=list(notes),
    )


def _notes(printed: str, applies_to: str) -> list[dict[str, Any]]:
    columns = [] if applies_to == "unstated" else applies_to.split(",")
    found = []
    for text in printed.split(" | "):
        marked = _REFERENCE.fullmatch(text)
        marker = {"marker": marked["marker"]} if marked else {}
        found.append({"columns": columns, **marker, "value": marked["text"] if marked else text, "type": "endnote"})
    return found
