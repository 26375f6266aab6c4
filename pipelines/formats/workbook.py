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
_LARGEST_PART_BYTES = 64 * 1024**2

#: Rows as column letter -> text; blank cells are left out.
Grid = list[dict[str, str]]


def is_workbook(file: DeliveredFile) -> bool:
    return file.content[:4] == b"PK\x03\x04"


def read_sheets(file: DeliveredFile, source: str) -> dict[str, Grid]:
    """Sheets by name, in the order of the book. Raises LandingError(rule="truncated_file")."""
    return _opened(file, source)[0]


def modified_on(file: DeliveredFile, source: str) -> date | None:
    """The day the book's own properties say it was saved last. Raises LandingError(rule="truncated_file")."""
    return _opened(file, source)[1]


def _opened(file: DeliveredFile, source: str) -> tuple[dict[str, Grid], date | None]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as book:
            if any(part.file_size > _LARGEST_PART_BYTES for part in book.infolist()):
                raise refuse(file, source, "truncated_file", "A part of the workbook is oversized.", "Look at it.")
            return _named_grids(book), _modified_on(book)
    except (zipfile.BadZipFile, DefusedXmlException, KeyError, ParseError, IndexError, ValueError) as error:
        what = f"Not readable as a workbook ({type(error).__name__})."
        raise refuse(file, source, "truncated_file", what, "Fetch the file again.") from None


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
