"""One of OFAC's CSV files -> a frame of text, "-0-" NULL, whose layout has been checked cell by cell.

The files have no header and no date; every cell that is not stated prints "-0-"; the last line is the byte 0x1A.

Belongs here: which file it is, its layout, whether it came whole. Does not belong here: what the cells mean (parse.py).
"""

from __future__ import annotations

import csv
import io
import re

import polars as pl

from pipelines.contract import DeliveredFile
from pipelines.formats.reference import decoded, refuse, refuse_garbled

SOURCE = "ofac_sdn"
SDN = "US_OFAC_SDN"
CONSOLIDATED = "US_OFAC_CONS"
#: Part of a list -> its columns, in order.
LAYOUTS = {
    "main": (
        *("entity_number", "entity_name", "kind", "programs", "title", "call_sign", "vessel_type", "tonnage"),
        *("gross_registered_tonnage", "vessel_flag", "vessel_owner", "remarks"),
    ),
    "alt": ("entity_number", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "add": ("entity_number", "add_num", "street", "place", "country", "add_remarks"),
}
#: What a stated cell looks like; a row whose cells have moved breaks one of these.
_SHAPES = {
    "main": {
        "entity_number": r"\d{1,6}",
        "entity_name": r".*[\pL\d].*",
        "kind": r"individual|vessel|aircraft|entity",
        "programs": r"[A-Za-z0-9][A-Za-z0-9 ./\[\]()&-]*",
        "tonnage": r"[\d,.]+",
        "gross_registered_tonnage": r"[\d,.]+",
    },
    "alt": {"entity_number": r"\d{1,6}", "alt_num": r"\d{1,7}", "alt_type": r"[anf]ka"},
    "add": {"entity_number": r"\d{1,6}", "add_num": r"\d{1,7}"},
}
_STATED = {
    "main": ["entity_number", "entity_name", "programs"],
    "alt": ["entity_number", "alt_num", "alt_type", "alt_name"],
    "add": ["entity_number", "add_num"],
}
_END = "\x1a"
_VESSEL = ("call_sign", "vessel_type", "tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner")


def part_of(file: DeliveredFile) -> tuple[str, str]:
    """(list code, part) by the file's name. Raises LandingError(rule="unknown_file")."""
    name = file.name.lower()
    found = re.search(r"(?:^|_)(?:(cons)_(prim|alt|add)|(sdn|alt|add))(?:[_.-]|$)", name)
    if not found:
        action = "Name it as OFAC does."
        raise refuse(file, SOURCE, "unknown_file", "The name tells neither list nor part.", action)
    part = found[2] or found[3]
    return (CONSOLIDATED if found[1] else SDN), part if part in ("alt", "add") else "main"


def read(file: DeliveredFile, part: str, *, end_mark_lost: bool = False) -> pl.DataFrame:
    """The file's rows, one column a cell, all text. Raises LandingError; the rules are in the source's runbook."""
    if file.content.lstrip()[:1] == b"<":
        raise refuse(file, SOURCE, "web_page", "A web page instead of a list.", "See whether the address has moved.")
    text = decoded(file, SOURCE)
    refuse_garbled(text, file, SOURCE)
    body = text.rstrip("\r\n")
    if not body.endswith(_END) and not end_mark_lost:
        shown = body[-60:]
        raise refuse(file, SOURCE, "truncated_file", "It does not end in 0x1A.", "Fetch it again.", rows=[shown])
    if end_mark_lost and body.endswith(",-0"):  # what cut off the mark took the last stroke with it
        body += "-"
    rows = list(csv.reader(io.StringIO(body.rstrip(_END + "\r\n"), newline="")))
    layout = LAYOUTS[part]
    wrong = [row for row in rows if len(row) != len(layout)]
    if wrong or not rows:
        what = f"{len(wrong)} of {len(rows)} rows do not have {len(layout)} cells."
        raise refuse(file, SOURCE, "cell_count", what, "See whether the layout changed; fetch it again.", rows=wrong)
    cells = pl.all().str.replace_all(r"\s+", " ").str.strip_chars()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(layout, pl.String), orient="row").with_columns(cells)
    frame = frame.with_columns(pl.when(~pl.all().is_in(["-0-", ""])).then(pl.all()))
    if part == "main":
        frame = frame.with_columns(pl.col("kind").fill_null("entity"))
    _refuse_shifted(frame, part, file)
    return frame


def _refuse_shifted(frame: pl.DataFrame, part: str, file: DeliveredFile) -> None:
    misshapen = [~pl.col(c).str.contains(f"^(?:{pattern})$") for c, pattern in _SHAPES[part].items()]
    unstated = [pl.col(c).is_null() for c in _STATED[part]]
    strange = [*misshapen, *unstated]
    if part == "main":
        strange.append(
            ~pl.col("kind").is_in(["vessel", "aircraft"]) & pl.any_horizontal(pl.col(*_VESSEL).is_not_null())
        )
    wrong = frame.filter(pl.any_horizontal(expression.fill_null(False) for expression in strange))
    if wrong.height:
        what = f"{wrong.height} rows hold what does not belong in their columns."
        action = "See whether the layout changed (dat_spec.txt)."
        raise refuse(file, SOURCE, "shifted_columns", what, action, rows=wrong.head(5).rows())
    remarks = [c for c in ("alt_remarks", "add_remarks") if c in frame.columns]
    stated = frame.filter(pl.any_horizontal(pl.col(c).is_not_null() for c in remarks)) if remarks else frame.clear()
    if stated.height:
        what = f"{stated.height} rows hold text in a column that was always empty."
        raise refuse(file, SOURCE, "unknown_content", what, "Find out what it means.", rows=stated.head(5).rows())
