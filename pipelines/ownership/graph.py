"""Statements of holdings as a graph: parties numbered, and of one holding at most one row a day.

Belongs here: from identifiers to numbers and back. Does not belong here: what is a holding (edges.py), the closure.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipelines.ownership.closure import EDGES, NODE, WHOLE, Edges
from pipelines.ownership.edges import CONSOLIDATION
from pipelines.ownership.intervals import clipped, pieces

KEY = ["owner", "owned", "is_at_least"]


@dataclass(frozen=True)
class Graph:
    """ids: the identifier of each party, by its number.  edges: who holds what of whom."""

    ids: pl.Series
    edges: Edges

    @staticmethod
    def of(statements: pl.DataFrame) -> Graph:
        """From edges.EDGES. Of one holding told by several sources the largest share counts on each day, not a sum."""
        ids = pl.concat([statements["owner_id"], statements["owned_id"]]).unique().sort()
        table = _numbers(ids, "id", "number")
        rows = statements.select(
            _looked_up(statements["owner_id"], table).alias("owner"),
            _looked_up(statements["owned_id"], table).alias("owned"),
            (pl.col("share") * WHOLE).round().cast(pl.Int64).alias("units"),
            (pl.col("share_basis") == CONSOLIDATION).alias("is_at_least"),
            pl.col("valid_from").to_physical().alias("begins"),
            pl.col("valid_to").to_physical().alias("ends"),
        )
        return Graph(ids, Edges.of(_strongest(rows), len(ids)))

    def numbers(self, name: str, number: str) -> pl.DataFrame:
        """Identifiers (column `name`) and their numbers (column `number`)."""
        return _numbers(self.ids, name, number)


def _numbers(ids: pl.Series, name: str, number: str) -> pl.DataFrame:
    return pl.DataFrame({name: ids, number: pl.int_range(len(ids), dtype=NODE, eager=True)})


def _looked_up(ids: pl.Series, table: pl.DataFrame) -> pl.Series:
    """The numbers of identifiers that all have one. One column at a time: the frame of both would be copied twice."""
    asked = pl.DataFrame({"id": ids})
    return asked.join(table, on="id", how="left", maintain_order="left")["number"]


def _strongest(rows: pl.DataFrame) -> pl.DataFrame:
    """EDGES in which, of one owner, owned and is_at_least, on each day at most one row holds: the largest."""
    ordered = rows.sort(KEY)
    repeats = pl.all_horizontal(pl.col(k) == pl.col(k).shift(1) for k in KEY).fill_null(False)
    several = ordered.select((repeats | repeats.shift(-1).fill_null(False)).alias("_several"))["_several"]
    alone, rivals = ordered.filter(~several), ordered.filter(several)
    if rivals.is_empty():
        return alone.select(*EDGES)
    counted = rivals.select(*KEY, "begins", "ends", pl.lit(1, pl.Int64).alias("_rows"))
    stretches = pieces(counted, KEY, ["_rows"]).filter(pl.col("_rows") > 0).drop("_rows")
    largest = clipped(rivals, stretches, KEY).group_by(*KEY, "begins", "ends").agg(pl.col("units").max())
    return pl.concat([alone.select(*EDGES), largest.select(*EDGES)])
