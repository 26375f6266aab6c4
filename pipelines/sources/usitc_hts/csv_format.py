"""The CSV export: bytes -> printed rows. It states no footnotes and no `superior`, else the same as the JSON.

Belongs here: the shape of the export. Does not belong here: what is made of it.
"""

from __future__ import annotations

import csv
import io

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.sources.usitc_hts.refusals import refusal

#: Header as printed -> name of the printed row's column.
_HEADER = {
    "HTS Number": "htsno",
    "Indent": "indent",
    "Description": "description",
    "Unit of Quantity": "units",
    "General Rate of Duty": "general",
    "Special Rate of Duty": "special",
    "Column 2 Rate of Duty": "other",
    "Quota Quantity": "quota_quantity",
    "Additional Duties": "additional_duties",
}


def read_rows(content: bytes, spec: SourceSpec, file: str) -> pl.DataFrame:
    """Printed rows in printed order: as json_format.read_rows, without footnotes.

    Raises LandingError: encoding, header, truncated, ragged_rows, bad_units.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise refusal(spec, file, "encoding", f"The file is not UTF-8: {wrong}.") from wrong
    # Not Polars: its reader fills a short row with nulls, and a short row is a broken file.
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True) if text else [[]]
    except csv.Error as wrong:
        raise refusal(spec, file, "truncated", f"The file breaks off inside a quoted text: {wrong}.") from wrong
    if header != list(_HEADER):
        raise refusal(spec, file, "header", f"The header is not the known one but {header}.")
    if not rows or len(rows[-1]) < len(header):
        raise refusal(spec, file, "truncated", "The last row is not whole.", rows[-1:])
    ragged = [row for row in rows if len(row) != len(header)]
    if ragged:
        raise refusal(spec, file, "ragged_rows", f"Rows do not have {len(header)} fields.", ragged)
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_HEADER.values(), pl.String), orient="row")
    return frame.with_columns(_units(frame["units"], spec, file))


def _units(printed: pl.Series, spec: SourceSpec, file: str) -> pl.Series:
    """`["No.","kg"]` -> a list of text; a blank cell -> an empty list."""
    try:
        return printed.replace("", "[]").str.json_decode(pl.List(pl.String))
    except pl.exceptions.ComputeError as wrong:
        what = f"Unit of Quantity is not always a JSON array of texts: {wrong}."
        raise refusal(spec, file, "bad_units", what) from wrong
