"""Workbooks made of rows written by hand: every text shared, sheets found by relation.

Belongs here: what tests of sources that read XLSX need to make one. Does not belong here: rows and assertions.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = 'xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'


def xlsx(sheets: Mapping[str, Sequence[Sequence[str]]], saved_at: str = "") -> bytes:
    """A workbook of these sheets; saved_at: when its properties say it was saved last."""
    texts = sorted({cell for rows in sheets.values() for row in rows for cell in row})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{shared}</sst>")
        named = "".join(f'<sheet name="{name}" r:id="rId{n}"/>' for n, name in enumerate(sheets))
        book.writestr("xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>')
        related = "".join(f'<Relationship Id="rId{n}" Target="worksheets/s{n}.xml"/>' for n in range(len(sheets)))
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{related}</Relationships>")
        for n, rows in enumerate(sheets.values()):
            book.writestr(f"xl/worksheets/s{n}.xml", f"<worksheet {_MAIN}>{_cells(rows, texts)}</worksheet>")
        if saved_at:
            stated = f'<d:modified xmlns:d="http://purl.org/dc/terms/">{saved_at}</d:modified>'
            book.writestr("docProps/core.xml", f"<c:coreProperties {_CORE}>{stated}</c:coreProperties>")
    return packed.getvalue()


def _cells(rows: Sequence[Sequence[str]], texts: list[str]) -> str:
    return "".join(
        "<row>"
        + "".join(f'<c r="{"ABCDEFGH"[i]}{n}" t="s"><v>{texts.index(cell)}</v></c>' for i, cell in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, start=1)
    )
