"""Two releases compared: one that a Spark cluster built, one that DuckDB built.

Belongs here: what counts as equal. Does not belong here: building (test_same_content.py, benchmarks/spark.py).
"""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

from tests.world.home import GATE_RESULTS, OF_THE_RUN, Home

#: Floats may differ by the order in which engines add.
RELATIVE = 1e-9


def assert_same(spark: Home, duckdb: Home) -> None:
    """Equal tables, columns, types and rows."""
    assert spark.latest.tables.keys() == duckdb.latest.tables.keys()
    for name in spark.latest.tables:
        one, other = (home.mart(name).drop(OF_THE_RUN, strict=False) for home in (spark, duckdb))
        assert one.schema == other.schema, name
        if name == GATE_RESULTS:  # both gates' rules, and each passed
            one, other = (frame.drop("observed") for frame in (one, other))
        exact = one.select(~cs.float()).columns
        one, other = one.sort(exact), other.sort(exact)
        assert one.height == other.height, name
        assert one.select(exact).equals(other.select(exact)), name
        for column in one.select(cs.float()).columns:
            left, right = one[column], other[column]
            assert left.is_null().equals(right.is_null()), f"{name}.{column}"
            bound = pl.max_horizontal(left.abs(), right.abs()) * RELATIVE
            assert pl.select(((left - right).abs() <= bound).all()).item(), f"{name}.{column}"
