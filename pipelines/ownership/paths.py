"""Which listed party reaches whom, and by which way.

From each listed party the holdings of the closure are followed: over what it owns that is reached, and on through each
reached owner. So the rows of an entity name every listed party that has a part in reaching it; whether that part would
do alone or had to be added to others' is told by is_aggregate. Of several ways the shortest is told, of equally short
ones that with the largest last share (a floor counts for less than a stated share of its size), then the owner that
comes first. A listed party that is also owned is passed through.

Belongs here: following holdings. Does not belong here: what is reached at all (closure.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.ownership.closure import NODE, SPANS, Closure, Edges
from pipelines.ownership.intervals import DAY, clipped, cut_out, merged, pieces

#: source: number of the listed party.  origin: its node the path begins at.
#: is_aggregate: at some step the holding alone is below the threshold.
PATHS = {
    "source": NODE,
    "origin": NODE,
    "node": NODE,
    "begins": DAY,
    "ends": DAY,
    "path_length": pl.Int32(),
    "path": pl.String(),
    "last_units": pl.Int64(),
    "is_at_least": pl.Boolean(),
    "is_aggregate": pl.Boolean(),
}
PAIR = ["source", "node"]


def follow(closure: Closure, sources: pl.DataFrame, names: pl.Series, threshold: int) -> pl.DataFrame:
    """PATHS of every listed party: sources has (source, node, begins, ends); names: what to call each node in a path.

    A party's own node is not among what it reaches.
    """
    edges = Edges.of(closure.holdings, len(names))
    reached = closure.reached.select(*SPANS)
    own = sources.select(*PAIR).unique()
    frontier = sources.select(
        "source",
        *SPANS,
        origin="node",
        path_length=pl.lit(0, pl.Int32),
        path=names.gather(sources["node"]),
        is_aggregate=pl.lit(False),
    )
    found = pl.DataFrame(schema=PATHS)
    while frontier.height:
        held = edges.of_owners(frontier.select("source", "origin", *SPANS, "path_length", "path", "is_aggregate"))
        held = held.join(own, on=PAIR, how="anti")
        held = held.with_columns(path_length=pl.col("path_length") + 1)
        fresh = cut_out(_best(clipped(held, reached, ["node"])), _of(found, held), PAIR)
        frontier = _told(fresh, names, threshold)
        found = pl.concat([found, frontier.select(*PATHS)])
    return found


def _of(found: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    return found.select(*PAIR, "begins", "ends").join(held.select(PAIR).unique(), on=PAIR, how="semi")


def _told(rows: pl.DataFrame, names: pl.Series, threshold: int) -> pl.DataFrame:
    """The step just taken, written on the path."""
    percent = (pl.col("units") / 1_000_000).round(6).cast(pl.String).str.replace(r"\.0$", "") + " %"
    step = pl.when("is_at_least").then(pl.lit("at least ") + percent).otherwise(percent)
    return rows.with_columns(
        path=pl.concat_str("path", pl.lit(" > "), step, pl.lit(" > "), names.gather(rows["node"])),
        last_units=pl.col("units"),
        is_aggregate=pl.col("is_aggregate") | (pl.col("units") < threshold),
    ).select(*PATHS)


def _best(held: pl.DataFrame) -> pl.DataFrame:
    """One row a pair and day of rows of one length."""
    several = pl.len().over(PAIR) > 1
    marked = held.with_columns(_several=several)
    alone = marked.filter(~pl.col("_several")).drop("_several")
    if alone.height == held.height:
        return held
    rivals = marked.filter("_several").drop("_several")
    counted = rivals.select(*PAIR, "begins", "ends", _rivals=pl.lit(1, pl.Int64))
    stretches = pieces(counted, PAIR, ["_rivals"]).filter(pl.col("_rivals") > 0).drop("_rivals")
    order = [pl.col("units"), ~pl.col("is_at_least"), pl.col("owner")]
    chosen = (
        clipped(rivals, stretches, PAIR)
        .sort(*PAIR, "begins", *order, descending=[False, False, False, True, True, False])
        .unique([*PAIR, "begins"], keep="first", maintain_order=True)
    )
    # Neighbouring stretches that go the same way are one.
    way = [*PAIR, "origin", "owner", "units", "is_at_least", "path_length", "path", "is_aggregate"]
    return pl.concat([alone, merged(chosen, way).select(held.columns)])
