"""Stata's own format, release 118 (Stata 14 and later): labels with units, notes, dates as Stata's dates, long texts.

Belongs here: the file, as its published description (`help dta`) lays it out, written a batch at a time: the format
holds a date of the year 9999 and notes, which pandas cannot write. Does not belong here: what is exported (subject.py).
"""

from __future__ import annotations

import struct
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

import numpy as np
import polars as pl

from pipelines.errors import StatecraftError
from pipelines.export.stata_names import stata_names
from pipelines.export.subject import Field, Subject
from pipelines.files import sql_name
from pipelines.query import run_query
from pipelines.settings import Settings

LONGEST_STR, STRL, DOUBLE, LONG, BYTE = 2_045, 32_768, 65_526, 65_528, 65_530
#: What is read as "missing" in each type, and the numbers a long can hold beside it.
MISSING = {DOUBLE: 2.0**1023, LONG: 2_147_483_621, BYTE: 101}
LONG_FROM, LONG_TO = -2_147_483_647, 2_147_483_620
#: Whole numbers beyond this are not exact in a double, the widest number Stata has.
LARGEST_EXACT = 2**53
DISPLAY = {"date": "%td", "timestamp": "%tc", "double": "%10.0g"}
STATA_DAY_0 = date(1960, 1, 1)
LABEL, NOTE = 80, 67_784


@dataclass(frozen=True)
class Variable:
    """A column as Stata holds it: its name there, and its type's code (a text's is its width in bytes)."""

    field: Field
    name: str
    code: int

    @property
    def storage(self) -> str:
        """NumPy's word for one value in a row."""
        if self.code <= LONGEST_STR:
            return f"S{self.code}"
        return {STRL: "<u8", DOUBLE: "<f8", LONG: "<i4", BYTE: "<i1"}[self.code]

    @property
    def label(self) -> str:
        """Its unit, for that travels furthest, then what it is; all of it is in the variable's note."""
        said = f"[{self.field.unit}] {self.field.description}" if self.field.unit else self.field.description
        if self.name != self.field.name:
            said = f"{self.field.name}: {said}"
        return said if len(said) <= LABEL else said[: LABEL - 1] + "…"


def write(settings: Settings, subject: Subject, path: Path, timeout: float) -> int:
    """Write the rows. Two passes: the first counts rows and measures texts, for the head of the file states them."""
    variables, rows = _measured(settings, subject, timeout)
    places: list[int] = []
    with path.open("wb") as file, tempfile.TemporaryFile() as long_texts:
        _head(file, subject, variables, rows)
        map_at = file.tell() + len("<map>")
        file.write(b"<map>" + bytes(14 * 8) + b"</map>")
        places += [0, map_at - len("<map>")]
        for name, content in _descriptors(subject, variables):
            places.append(file.tell())
            file.write(f"<{name}>".encode() + content + f"</{name}>".encode())
        places.append(file.tell())
        file.write(b"<data>")
        written = _write_rows(settings, subject, variables, file, long_texts, timeout)
        file.write(b"</data>")
        places.append(file.tell())
        file.write(b"<strls>")
        long_texts.seek(0)
        while piece := long_texts.read(1 << 20):
            file.write(piece)
        file.write(b"</strls>")
        places.append(file.tell())
        file.write(b"<value_labels></value_labels>")
        places.append(file.tell())
        file.write(b"</stata_dta>")
        places.append(file.tell())
        file.seek(map_at)
        file.write(struct.pack("<14Q", *places))
    if written != rows:
        raise StatecraftError(f"{subject.name} counted {rows:,} rows and yielded {written:,}.", "Order the query.")
    return rows


def _measured(settings: Settings, subject: Subject, timeout: float) -> tuple[list[Variable], int]:
    """Every column with its type, and the number of rows."""
    asked = {
        "text": "max(strlen({0}))",
        "integer": "max(abs({0}::bigint))",
        "bigint": "max(abs({0}))",
    }
    wanted = [
        f"{asked.get(f.kind, 'null').format(sql_name(f.name))} as c{place}" for place, f in enumerate(subject.fields)
    ]
    measured = f"select count(*) as n, {', '.join(wanted)} from ({subject.sql})"
    rows, *largest = run_query(settings, subject.release.database, measured, timeout).row(0)
    names = stata_names([field.name for field in subject.fields])
    codes = [_code(field, most or 0) for field, most in zip(subject.fields, largest, strict=True)]
    return [Variable(*each) for each in zip(subject.fields, names, codes, strict=True)], int(rows)


def _code(field: Field, most: int) -> int:
    if field.kind == "text":
        return STRL if most > LONGEST_STR else max(1, most)
    if field.kind in ("integer", "bigint") and most > LARGEST_EXACT:
        raise StatecraftError(
            f"Column {field.name} holds {most:,}, which Stata's numbers cannot hold exactly.",
            "Leave the column out (--columns), or write it as text (--sql FILE with a cast).",
        )
    if field.kind in ("integer", "bigint"):
        return LONG if most <= LONG_TO else DOUBLE
    return {"boolean": BYTE, "date": LONG}.get(field.kind, DOUBLE)


def _head(file: IO[bytes], subject: Subject, variables: list[Variable], rows: int) -> None:
    label = f"{subject.name}, build {subject.release.build_id}"[:LABEL].encode()
    moment = f"{subject.release.created_at:%d %b %Y %H:%M}".encode()
    file.write(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>")
    file.write(b"<K>" + struct.pack("<H", len(variables)) + b"</K><N>" + struct.pack("<Q", rows) + b"</N>")
    file.write(b"<label>" + struct.pack("<H", len(label)) + label + b"</label>")
    file.write(b"<timestamp>" + bytes([len(moment)]) + moment + b"</timestamp></header>")


def _descriptors(subject: Subject, variables: list[Variable]) -> list[tuple[str, bytes]]:
    def column(width: int, texts: list[str]) -> bytes:
        return b"".join(text.encode()[: width - 1].ljust(width, b"\0") for text in texts)

    shown = [DISPLAY.get(v.field.kind) or (f"%{min(v.code, 244)}s" if v.code <= STRL else "%12.0g") for v in variables]
    return [
        ("variable_types", struct.pack(f"<{len(variables)}H", *(v.code for v in variables))),
        ("varnames", column(129, [v.name for v in variables])),
        ("sortlist", bytes(2 * (len(variables) + 1))),
        ("formats", column(57, shown)),
        ("value_label_names", column(129, [""] * len(variables))),
        ("variable_labels", column(321, [v.label for v in variables])),
        ("characteristics", b"".join(_notes(subject, variables))),
    ]


def _notes(subject: Subject, variables: list[Variable]) -> list[bytes]:
    """Notes, as Stata keeps them: characteristics note1, note2 …, and their number as note0."""
    of_all = [
        f"{subject.name}: {subject.description}",
        f"Build {subject.release.build_id}. Cite as: {subject.citation.sentence}",
        "Missing is not stated, never zero; an empty text is not stated either. 31dec9999 is an end nobody has stated.",
    ]
    notes = [_note("_dta", number, text) for number, text in enumerate(of_all, start=1)]
    notes.append(_note("_dta", 0, str(len(of_all))))
    for v in variables:
        unit, source = v.field.unit and f"Unit: {v.field.unit}.", v.field.source and f"From: {v.field.source}."
        if said := " ".join(part for part in (v.field.description, unit, source) if part):
            notes += [_note(v.name, 1, said), _note(v.name, 0, "1")]
    return notes


def _note(variable: str, number: int, text: str) -> bytes:
    content = variable.encode().ljust(129, b"\0") + f"note{number}".encode().ljust(129, b"\0")
    content += text.encode()[: NOTE - 1] + b"\0"
    return b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


def _write_rows(
    settings: Settings,
    subject: Subject,
    variables: list[Variable],
    file: IO[bytes],
    long_texts: IO[bytes],
    timeout: float,
) -> int:
    row = np.dtype([(f"c{place}", v.storage) for place, v in enumerate(variables)])
    written = 0
    with subject.rows(settings, timeout) as answer:
        for batch in answer.batches:
            frame = pl.DataFrame(batch)
            table = np.empty(frame.height, dtype=row)
            for place, (v, column) in enumerate(zip(variables, frame.iter_columns(), strict=True)):
                if v.code == STRL:
                    table[f"c{place}"] = _long(column, place + 1, written, long_texts)
                else:
                    table[f"c{place}"] = _stored(v, column)
            file.write(table.tobytes())
            written += frame.height
    return written


def _stored(variable: Variable, column: pl.Series) -> np.ndarray[Any, Any]:
    if variable.field.kind == "text":
        texts = column.fill_null("").to_list()
        return np.array([text.encode() for text in texts], dtype=variable.storage)
    if variable.field.kind == "date":
        column = column.cast(pl.Int32) - (STATA_DAY_0 - date(1970, 1, 1)).days
    elif variable.field.kind == "timestamp":
        since = (datetime(1960, 1, 1) - datetime(1970, 1, 1)).total_seconds() * 1000
        column = column.dt.replace_time_zone(None).dt.epoch("ms").cast(pl.Float64) - since
    elif variable.field.kind == "double":
        column = column.set(column.is_nan() | column.is_infinite(), None)
    kind = {DOUBLE: pl.Float64, LONG: pl.Int32, BYTE: pl.Int8}[variable.code]
    return column.cast(kind).fill_null(MISSING[variable.code]).to_numpy()


def _long(column: pl.Series, variable: int, before: int, long_texts: IO[bytes]) -> np.ndarray[Any, Any]:
    """Put the texts aside, each under its variable and row; in the row stands only where it is (0: no text)."""
    places = []
    for number, text in enumerate(column.to_list(), start=before + 1):
        if text:
            content = text.encode() + b"\0"
            long_texts.write(b"GSO" + struct.pack("<IQBI", variable, number, 130, len(content)) + content)
        places.append(variable | number << 16 if text else 0)
    return np.array(places, dtype="<u8")
