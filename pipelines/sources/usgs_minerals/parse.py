"""Extract of the Mineral Commodity Summaries -> tariff codes by commodity and statistic.

Belongs here: this layout. Does not belong here: which tariff lines carry a critical mineral (core.dim_product).
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.formats.reference import read_table, refuse, refuse_misshapen, single_file, whole_vintage

THING = "products"
_COLUMNS = ("commodity", "is_critical_2025", "statistic", "hts_code")


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole extract. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    products = read_table(file, spec, {column: column for column in _COLUMNS})
    strange = products.filter(~pl.col("is_critical_2025").is_in(["Yes", "No"]).fill_null(False))
    if strange.height:
        action = "Look at the rows; a new list of critical minerals needs a new column."
        what = "is_critical_2025 is not Yes or No."
        raise refuse(file, spec.name, "unknown_category", what, action, rows=strange.head(5).rows())
    refuse_misshapen(products, {"hts_code": r"\d{8}|\d{10}"}, file, spec.name)
    yield whole_vintage(delivery, spec, THING, products.with_columns(pl.col("is_critical_2025") == "Yes"))
