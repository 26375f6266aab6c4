"""IMP-CODE -> ten-digit import lines with their classifications, from the fixed-width original or a CSV made of it.

End-use codes have five digits; the CSV lost their leading zeros, they are put back. Category 0 of advanced technology
means "none" and is not stated.

Belongs here: these two layouts. Does not belong here: what the classifications mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import decoded, read_table, refuse, refuse_misshapen, single_file, whole_vintage

THING = "products"

#: CSV column -> own column, with the place of the field in the fixed-width record (first character, length), which
#: imp-stru.txt beside the file describes.
_FIELDS = {
    "HS10": ("hts10", 0, 10),
    "short_desc": ("short_description", 14, 51),
    "long_desc": ("long_description", 69, 150),
    "quantity_1": ("unit_1", 224, 3),
    "quantity_2": ("unit_2", 232, 3),
    "sitc": ("sitc", 240, 5),
    "end_use": ("end_use_code", 250, 5),
    "usda": ("usda_code", 260, 1),
    "naics": ("naics", 265, 6),
    "hitech": ("advanced_technology_code", 276, 2),
}
_SHAPES = {
    "hts10": r"\d{10}",
    "sitc": r"[0-9X]{5}",
    "end_use_code": r"\d{5}",
    "naics": r"[0-9X]{6}",
}


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole concordance. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    is_csv = file.content[:8].lstrip(b"\xef\xbb\xbf").startswith(b"HS10")
    fields = (
        read_table(file, spec, {name: own for name, (own, _, _) in _FIELDS.items()}) if is_csv else _records(file, spec)
    )
    products = fields.with_columns(
        end_use_code=pl.col("end_use_code").str.zfill(5),
        advanced_technology_code=pl.col("advanced_technology_code").str.strip_chars_start("0").replace("", None),
    )
    _refuse_categories(products, file, spec.name)
    refuse_misshapen(products, _SHAPES, file, spec.name)
    year = re.search(r"20\d{2}", file.name)
    stated_on = date(int(year.group()), 12, 31) if year else None
    yield whole_vintage(delivery, spec, THING, products, stated_on=stated_on, precision="year")


def _records(file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    lines = pl.DataFrame({"line": decoded(file, spec.name).splitlines()}).filter(pl.col("line").str.strip_chars() != "")
    if lines.is_empty():
        raise refuse(file, spec.name, "truncated_file", "The file holds no line.", "Fetch the file again.")
    return lines.select(
        pl.col("line").str.slice(start, length).str.strip_chars().replace("", None).alias(own)
        for own, start, length in _FIELDS.values()
    )


def _refuse_categories(products: pl.DataFrame, file: DeliveredFile, source: str) -> None:
    known = {"usda_code": ["0", "1"], "advanced_technology_code": [str(category) for category in range(1, 11)]}
    for column, values in known.items():
        strange = products.filter(~pl.col(column).is_in(values))
        if strange.height:
            what = f"{column} holds {strange[column].unique().to_list()[:5]}."
            rows = strange.select("hts10", column).head(5).rows()
            action = "Read the record layout before widening parse.py."
            raise refuse(file, source, "unknown_category", what, action, rows=rows)
