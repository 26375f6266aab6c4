"""XLSX -> its sheets as rows of text, by column letter.

Belongs here: taking a workbook apart, safely. Does not belong here: what its sheets mean (sources/<source>/).
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from pipelines.contract import DeliveredFile
from pipelines.formats.reference import refuse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
LARGEST_PART_BYTES = 64 * 1024**2
LARGEST_BOOK_BYTES = 256 * 1024**2
MOST_PARTS = 1_000

#: Rows as column letter -> text; blank cells are left out.
Grid = list[dict[str, str]]


def is_workbook(file: DeliveredFile) -> bool:
    return file.content[:4] == b"PK\x03\x04"


def read_sheets(file: DeliveredFile, source: str) -> dict[str, Grid]:
    """Sheets by name, in the order of the book. Raises LandingError: truncated_file, oversized."""
    return _opened(file, source)[0]


def modified_on(file: DeliveredFile, source: str) -> date | None:
    """The day the book's own properties say it was saved last. Raises LandingError: truncated_file, oversized."""
    return _opened(file, source)[1]


def _opened(file: DeliveredFile, source: str) -> tuple[dict[str, Grid], date | None]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            _refuse_bombs(book, file, source)
            return _named_grids(book), _modified_on(book)
    except (zipfile.BadZipFile, DefusedXmlException, KeyError, ParseError, IndexError, ValueError) as error:
        what = f"Not readable as a workbook ({type(error).__name__})."
        raise refuse(file, source, "truncated_file", what, "Fetch the file again.") from None


def _refuse_bombs(book: zipfile.ZipFile, file: DeliveredFile, source: str) -> None:
    """By what the book says of its parts: none yields more than it says."""
    sizes = [part.file_size for part in book.infolist()]
    if len(sizes) > MOST_PARTS:
        raise refuse(file, source, "oversized", f"The workbook has {len(sizes):,} parts.", "Look at it.")
    if max(sizes, default=0) > LARGEST_PART_BYTES or sum(sizes) > LARGEST_BOOK_BYTES:
        what = f"The workbook unpacks to {sum(sizes):,} bytes."
        raise refuse(file, source, "oversized", what, "Look at it; no publisher's is so large.")


def _modified_on(book: zipfile.ZipFile) -> date | None:
    part = "docProps/core.xml"
    stated = _tree(book, part).findtext(_MODIFIED) if part in book.namelist() else None
    return date.fromisoformat(stated[:10]) if stated else None


def _named_grids(book: zipfile.ZipFile) -> dict[str, Grid]:
    texts = ["".join(t.text or "" for t in item.iter(f"{_MAIN}t")) for item in _tree(book, "xl/sharedStrings.xml")]
    targets = {r.get("Id"): r.get("Target", "") for r in _tree(book, "xl/_rels/workbook.xml.rels")}
    sheets = _tree(book, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return {s.get("name", ""): _grid(_tree(book, f"xl/{targets[s.get(_REFERENCE)]}"), texts) for s in sheets}


def _tree(book: zipfile.ZipFile, part: str) -> Element:
    root: Element = fromstring(book.read(part))
    return root


def _grid(sheet: Element, texts: list[str]) -> Grid:
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
