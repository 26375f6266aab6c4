"""A DataWeb workbook -> its sheets of customs value and calculated duties, side by side.

Columns are found by name: one that is inserted upstream must not shift what is read. The last row holds the total,
which the rows must add up to.

Belongs here: XLSX as DataWeb writes it. Does not belong here: what becomes of the figures (parse.py).
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from xml.etree.ElementTree import Element, ParseError

import polars as pl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipelines.contract import DeliveredFile, SourceSpec
from pipelines.formats.reference import refuse, refuse_misshapen

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST_PART_BYTES = 64 * 1024**2
#: Sheet and its last column -> own name.
MEASURES = {"Customs Value": "import_value_consumption_usd", "Calculated Duties": "calculated_duty_usd"}
_KEY = {"Year": "year", "Month": "month", "NAIC Number": "naics3"}
_TOTAL = "Total:"
#: Day 0 of the calendar spreadsheets count in.
_DAY_ZERO = date(1899, 12, 30)

Grid = list[dict[str, str]]


def is_workbook(file: DeliveredFile) -> bool:
    return file.content[:4] == b"PK\x03\x04"


def read_totals(file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    """period_start, naics3, value and duty. Raises LandingError."""
    sheets = _sheets(file, spec)
    value, duty = (_measure(file, spec, sheets, sheet, own) for sheet, own in MEASURES.items())
    key = ["period_start", "naics3"]
    if value.select(key).rows() != duty.select(key).rows():
        what = f"{value.height} rows of value, {duty.height} of duty, or other keys."
        raise refuse(file, spec.name, "sheets_differ", what, "Run the report again.")
    return value.join(duty, on=key)


def downloaded_on(file: DeliveredFile, spec: SourceSpec) -> date | None:
    """The day the report says it was run on."""
    for row in _sheets(file, spec).get("Query Parameters", []):
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


def _sheets(file: DeliveredFile, spec: SourceSpec) -> dict[str, Grid]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            if any(part.file_size > _LARGEST_PART_BYTES for part in book.infolist()):
                raise refuse(file, spec.name, "truncated_file", "A part of the workbook is oversized.", "Look at it.")
            return _named_grids(book)
    except (zipfile.BadZipFile, DefusedXmlException, KeyError, ParseError, IndexError, ValueError) as error:
        what = f"Not readable as a workbook ({type(error).__name__})."
        raise refuse(file, spec.name, "truncated_file", what, "Fetch the file again.") from None


def _named_grids(book: zipfile.ZipFile) -> dict[str, Grid]:
    texts = ["".join(t.text or "" for t in item.iter(f"{_MAIN}t")) for item in _tree(book, "xl/sharedStrings.xml")]
    targets = {r.get("Id"): r.get("Target", "") for r in _tree(book, "xl/_rels/workbook.xml.rels")}
    sheets = _tree(book, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return {s.get("name", ""): _grid(_tree(book, f"xl/{targets[s.get(_REFERENCE)]}"), texts) for s in sheets}


def _tree(book: zipfile.ZipFile, part: str) -> Element:
    root: Element = fromstring(book.read(part))
    return root


def _grid(sheet: Element, texts: list[str]) -> Grid:
    """Rows as column letter -> text; blank cells are left out."""
    grid = []
    for row in sheet.iter(f"{_MAIN}row"):
        cells = {}
        for cell in row.iter(f"{_MAIN}c"):
            value = cell.findtext(f"{_MAIN}v") or ""
            text = texts[int(value)] if cell.get("t") == "s" else value
            if text.strip():
                cells[re.sub(r"\d", "", cell.get("r", ""))] = text.strip()
        grid.append(cells)
    return grid
