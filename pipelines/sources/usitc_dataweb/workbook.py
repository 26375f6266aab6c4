"""A DataWeb workbook -> its sheets of customs value and calculated duties, side by side.

Columns are found by name: one that is inserted upstream must not shift what is read. The last row holds the total,
which the rows must add up to.

Belongs here: how DataWeb lays its sheets out. Does not belong here: XLSX itself (formats/workbook.py), what becomes of
the figures (parse.py).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import polars as pl

from pipelines.contract import DeliveredFile, SourceSpec
from pipelines.formats.reference import refuse, refuse_misshapen
from pipelines.formats.workbook import Grid, read_sheets

#: Sheet and its last column -> own name.
MEASURES = {"Customs Value": "import_value_consumption_usd", "Calculated Duties": "calculated_duty_usd"}
_KEY = {"Year": "year", "Month": "month", "NAIC Number": "naics3"}
_TOTAL = "Total:"
#: Day 0 of the calendar spreadsheets count in.
_DAY_ZERO = date(1899, 12, 30)


def read_totals(file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    """period_start, naics3, value and duty. Raises LandingError."""
    sheets = read_sheets(file, spec.name)
    value, duty = (_measure(file, spec, sheets, sheet, own) for sheet, own in MEASURES.items())
    key = ["period_start", "naics3"]
    if value.select(key).rows() != duty.select(key).rows():
        what = f"{value.height} rows of value, {duty.height} of duty, or other keys."
        raise refuse(file, spec.name, "sheets_differ", what, "Run the report again.")
    return value.join(duty, on=key)


def downloaded_on(file: DeliveredFile, spec: SourceSpec) -> date | None:
    """The day the report says it was run on."""
    for row in read_sheets(file, spec.name).get("Query Parameters", []):
        if row.get("A") == "Download Date" and re.fullmatch(r"\d+(\.\d+)?", row.get("B", "")):
            return _DAY_ZERO + timedelta(days=int(float(row["B"])))
    return None


def _measure(file: DeliveredFile, spec: SourceSpec, sheets: dict[str, Grid], sheet: str, own: str) -> pl.DataFrame:
    header, *rows = sheets.get(sheet) or [{}]
    place = {name: column for column, name in header.items()}
    wanted = {**_KEY, sheet: own}
    odd = set(place) - set(wanted) - set(spec.ignored_fields)
    if not set(wanted) <= set(place) or odd or not rows:
        raise refuse(
            file, spec.name, "sheet_missing", f"{sheet!r} has columns {sorted(place)}.", "Compare with the browser."
        )
    *lines, last = rows
    frame = pl.DataFrame([{to: line.get(place[name], "") for name, to in wanted.items()} for line in lines])
    shapes = {"year": r"20\d\d", "month": r"1?\d", "naics3": r"\d{3}", own: r"\d+"}
    refuse_misshapen(frame, shapes, file, spec.name)
    printed = last.get(place[sheet], "").replace(",", "")
    frame = frame.with_columns(pl.col(own).cast(pl.Int64))
    if _TOTAL not in last.values() or printed != str(frame[own].sum()):
        what = f"{sheet}: the rows add up to {frame[own].sum():,}, the last row says {last}."
        raise refuse(file, spec.name, "total_differs", what, "Run the report again.")
    start = pl.date(pl.col("year").cast(pl.Int32), pl.col("month").cast(pl.Int8), 1)
    return frame.select(start.alias("period_start"), "naics3", own).sort("period_start", "naics3")
