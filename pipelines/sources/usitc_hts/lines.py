"""Printed rows -> the thing `lines`: every numbered line of the schedule, whole and comparable between editions.

Belongs here: what makes a line. Does not belong here: formats of files (json_format.py, csv_format.py), rates as
numbers (models/).
"""

from __future__ import annotations

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.sources.usitc_hts.hierarchy import with_ancestors
from pipelines.sources.usitc_hts.refusals import refuse_if_any
from pipelines.sources.usitc_hts.text import canonical, plain_units

RATES = ["general", "special", "other"]
UNITS = ["unit_1", "unit_2", "unit_3"]
_SHAPE = r"^\d{4}(?:\.\d{2}){0,3}$"
STATED = [*UNITS, *RATES, "quota_quantity", "additional_duties"]
_LINE = ["htsno", "indent", "parent_htsno", "description", *STATED]


def line_rows(rows: pl.DataFrame, spec: SourceSpec, file: str) -> pl.DataFrame:
    """rows: printed rows of a whole edition in printed order. Returns the columns of the thing `lines`.

    Raises LandingError: htsno_shape, indent, too_many_units, unnumbered_row_with_data, unknown_markup.
    """
    _refuse_notes_without_line(rows, spec, file)
    rows = _with_units(_numbered(rows.drop("footnotes", strict=False), spec, file), spec, file)
    rows = rows.with_columns(pl.col(rate).alias(f"{rate}_printed") for rate in RATES)
    rows = canonical(rows, ["description", *STATED], spec, file)
    rows = rows.with_columns(
        *(plain_units(unit) for unit in UNITS),
        *(pl.when(pl.col(rate).is_not_null()).then(f"{rate}_printed").alias(f"{rate}_printed") for rate in RATES),
    )
    stated = rows.filter(pl.col("htsno").is_null() & pl.any_horizontal(pl.col(STATED).is_not_null()))
    refuse_if_any(spec, file, "unnumbered_row_with_data", "Rows without a number state more than a text", stated)
    return with_ancestors(rows).select(*_LINE, *(f"{rate}_printed" for rate in RATES))


def _refuse_notes_without_line(rows: pl.DataFrame, spec: SourceSpec, file: str) -> None:
    """Unnumbered rows live on as text only: a footnote on one (or a rate, or a unit) would be lost."""
    if "footnotes" in rows.columns:
        notes = rows.select("htsno", "description", pl.col("footnotes").list.len())
        odd = notes.filter((pl.col("htsno").str.strip_chars() == "") & (pl.col("footnotes") > 0))
        refuse_if_any(spec, file, "unnumbered_row_with_data", "Rows without a number have footnotes", odd)


def _numbered(rows: pl.DataFrame, spec: SourceSpec, file: str) -> pl.DataFrame:
    """htsno stripped (one line of 2018-2020 has a trailing blank) or NULL, of a closed shape; indent as a number."""
    number = pl.col("htsno").str.strip_chars()
    rows = rows.with_columns(htsno=pl.when(number != "").then(number), indent_printed=pl.col("indent"))
    rows = rows.with_columns(pl.col("indent").str.to_integer(strict=False).cast(pl.Int32, strict=False))
    shown = ["htsno", "indent_printed", "description"]
    refuse_if_any(
        spec,
        file,
        "htsno_shape",
        "HTS numbers are of an unknown shape",
        rows.select(shown).filter(~pl.col("htsno").str.contains(_SHAPE)),
    )
    refuse_if_any(
        spec,
        file,
        "indent",
        "Indents are not whole numbers from 0 to 11",
        rows.filter(pl.col("indent").is_between(0, 11).not_() | pl.col("indent").is_null()).select(shown),
    )
    return rows


def _with_units(rows: pl.DataFrame, spec: SourceSpec, file: str) -> pl.DataFrame:
    too_many = rows.select("htsno", "units").filter(pl.col("units").list.len() > len(UNITS))
    refuse_if_any(spec, file, "too_many_units", f"Lines have more than {len(UNITS)} units", too_many)
    return rows.with_columns(
        pl.col("units").list.get(place, null_on_oob=True).alias(unit) for place, unit in enumerate(UNITS)
    )
