"""Supplement No. 4 to Part 744 as the eCFR's XML gives it, made from a table of cells.

No file of the eCFR is at hand. This follows what is documented of its XML and what the rows of a real edition show:
DIV9 of TYPE APPENDIX, a TABLE with THEAD and TBODY, five TD a row; a country printed once and blank below; reserved
rows; paragraphs as P where a cell has several; footnote marks as SU; ampersands escaped; lines broken inside cells.

Belongs here: that XML. Does not belong here: cells (each test brings its own).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

HEADINGS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
#: A footnote mark flattened to a digit, as the rows of an edition hold it.
_MARK = re.compile(r"(?<=\)),([1-9])(?=[ ,])")

Row = Mapping[str, str | Sequence[str]]


def supplement_4(rows: Iterable[Row], *, reserved_after: int | None = 2) -> bytes:
    """Part 744 with its Supplements No. 3 and 4.

    rows: country, and entity, lr, lp, fr as lists of paragraphs.  reserved_after: a reserved row follows this row.
    """
    printed, country = [], None
    for number, row in enumerate(rows):
        is_new = row["country"] != country
        country = row["country"]
        cells = [[str(country)] if is_new else [], *(list(row[name]) for name in ("entity", "lr", "lp", "fr"))]
        printed.append("<TR>" + "".join(_cell(cell, place) for place, cell in enumerate(cells)) + "</TR>")
        if number == reserved_after:
            printed.append("<TR><TD/><TD>[Reserved]</TD><TD/><TD/><TD/></TR>")
    headings = "".join(f'<TH scope="col">{heading}</TH>' for heading in HEADINGS)
    body = "\n".join(printed)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<DIV5 N="744" NODE="15:2.1.3.4.26" TYPE="PART"><HEAD>PART 744\u2014CONTROL POLICY: END-USER AND END-USE BASED</HEAD>
<DIV8 N="\u00a7 744.1" TYPE="SECTION"><HEAD>\u00a7 744.1 General provisions.</HEAD><P>(a) <I>In</I> general.</P></DIV8>
<DIV9 N="Supplement No. 3 to Part 744" TYPE="APPENDIX"><TABLE><TR><TD>Australia</TD></TR></TABLE></DIV9>
<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX"><HEAD>Supplement No. 4 to Part 744\u2014Entity List</HEAD>
<P>This Supplement lists certain entities subject to license requirements.</P>
<DIV class="table_wrapper"><TABLE border="1"><THEAD><TR>{headings}</TR></THEAD>
<TBODY>{body}</TBODY></TABLE></DIV>
<P><SU>1</SU> For this entity, see \u00a7 734.9(e).</P></DIV9></DIV5>""".encode()


def _cell(paragraphs: Sequence[str], place: int) -> str:
    if not paragraphs:
        return "<TD/>"
    texts = [escape(text).replace("; and ", ";\n <I>and</I> ") for text in paragraphs]
    if place == 2:
        texts = [_MARK.sub(r",<SU>\1</SU>", text) for text in texts]
    return f'<TD align="left">{texts[0] if len(texts) == 1 else "".join(f"<P>{text}</P>" for text in texts)}</TD>'
