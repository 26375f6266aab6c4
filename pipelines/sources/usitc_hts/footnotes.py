"""Printed footnotes -> the thing `footnotes`: what a line says of itself in its margin, one row a line and columns.

These notes are the only link from a product to the chapter 99 headings of Section 301 that the schedule states.

Belongs here: gathering notes and the numbers they name. Does not belong here: what those headings do.
"""

from __future__ import annotations

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.sources.usitc_hts.text import canonical

SEPARATOR = " | "
#: Notes whose list of columns is empty ("See subheading 9907.59.01." on four lines of every edition).
NO_COLUMNS = "unstated"
_CHAPTER_99 = r"\b99\d\d\.\d\d\.\d\d\b"


def footnote_rows(notes: pl.DataFrame, spec: SourceSpec, file: str) -> pl.DataFrame:
    """notes: htsno, columns, marker, value as printed, in printed order. Returns the columns of the thing `footnotes`.

    chapter99_references holds the numbers as they are written: of a range ("9903.41.05-9903.41.10") its two ends.
    A note without text keeps its place by its marker; a note with neither is dropped.
    """
    notes = canonical(notes.rename({"value": "text"}), ["htsno", "marker", "text"], spec, file)
    marker = pl.concat_str(pl.lit("["), pl.col("marker"), pl.lit("]"))
    gathered = (
        notes.select(
            "htsno",
            _applies_to(notes["columns"]),
            pl.when(pl.col("marker").is_null())
            .then("text")
            .otherwise(pl.concat_str(marker, "text", separator=" ", ignore_nulls=True))
            .alias("footnotes"),
        )
        .filter(pl.col("footnotes").is_not_null())
        .group_by("htsno", "applies_to", maintain_order=True)
        .agg(pl.col("footnotes").str.join(SEPARATOR))
    )
    named = pl.col("footnotes").str.extract_all(_CHAPTER_99).list.unique().list.sort().list.join(",")
    # On distinct texts: a few hundred stand on fifteen thousand lines.
    references = gathered.select("footnotes").unique().with_columns(chapter99_references=named)
    references = references.with_columns(pl.col("chapter99_references").replace("", None))
    return gathered.join(references, on="footnotes", how="left", maintain_order="left")


def _applies_to(columns: pl.Series) -> pl.Series:
    """Lists of columns as published -> sorted and joined by ","."""
    joined = columns.list.join(",").alias("applies_to")
    published = joined.unique().to_list()
    return joined.replace(published, [",".join(sorted(text.split(","))) or NO_COLUMNS for text in published])
