"""The closure: who is owned to a threshold or more by counted parties, on which days.

A party counts on a day if it is listed, or if counted parties together hold a share of it at or above the threshold.
Shares of direct owners are added, never multiplied along a chain: an owner that is itself reached counts in full. It is
the smallest set with that property: two companies that own each other reach nothing by that. Each round looks only at
what the newly counted own (the frontier), on the days on which they newly count; counted days only grow, so it ends,
whatever cycles there are, and in the same set in whatever order edges come.

Belongs here: the fixpoint over numbered nodes. Does not belong here: names and sources of nodes (tables.py), which
listed party reaches whom by which way (paths.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipelines.ownership.intervals import DAY, clipped, cut_out, less, merged, pieces, united

#: Shares are whole numbers of hundred-millionths, so that sums are exact and do not depend on their order.
WHOLE = 100_000_000
NODE = pl.UInt32()
EDGES = {
    "owner": NODE,
    "owned": NODE,
    "units": pl.Int64(),
    "is_at_least": pl.Boolean(),
    "begins": DAY,
    "ends": DAY,
}
SPANS = {"node": NODE, "begins": DAY, "ends": DAY}
REACHED = {**SPANS, "units": pl.Int64(), "at_least": pl.Int64(), "owners": pl.Int64()}


@dataclass(frozen=True)
class Edges:
    """Edges in order of owner, and where each owner's begin.

    frame: EDGES. units of an edge with is_at_least are a floor ("at least that much"): it may suffice by itself, but is
    not added to anything. Spans of one owner, owned and is_at_least must not overlap.
    """

    frame: pl.DataFrame
    starts: pl.Series

    @staticmethod
    def of(frame: pl.DataFrame, nodes: int) -> Edges:
        """From rows in any order over nodes 0 .. nodes - 1."""
        ordered = frame.select(*EDGES).sort("owner")
        counts = ordered.group_by("owner").agg(owned=pl.len())
        every = pl.DataFrame({"owner": pl.int_range(nodes + 1, dtype=NODE, eager=True)})
        held = every.join(counts, on="owner", how="left", maintain_order="left")["owned"].fill_null(0)
        return Edges(ordered, (held.cum_sum() - held).cast(pl.UInt32))

    def of_owners(self, holders: pl.DataFrame) -> pl.DataFrame:
        """What holders (node, begins, ends, and columns to carry) own while they hold: one row a holder and edge.

        node is the one owned; the holder stands in `owner`.
        """
        first = self.starts.gather(holders["node"])
        count = self.starts.gather(holders["node"] + 1) - first
        rows = holders.rename({"node": "owner", "begins": "_begins", "ends": "_ends"})
        listed = rows.with_columns(_at=pl.int_ranges(first, first + count, dtype=pl.UInt32, eager=True))
        each = listed.filter(count > 0).explode("_at")
        edges = self.frame.select(pl.col("owned").alias("node"), "units", "is_at_least", "begins", "ends")
        return (
            pl.concat([each, edges[each["_at"]]], how="horizontal")
            .with_columns(begins=pl.max_horizontal("begins", "_begins"), ends=pl.min_horizontal("ends", "_ends"))
            .filter(pl.col("begins") < pl.col("ends"))
            .drop("_at", "_begins", "_ends")
        )


@dataclass(frozen=True)
class Closure:
    """What the fixpoint found.

    reached: REACHED, in stretches of equal sums: units is what counted parties hold of the node by stated shares,
    at_least the floor where one of them holds by an edge that states only that (0 where none), owners how many hold.
    holdings: the edges of counted parties into reached nodes, on the days on which both are so.
    """

    reached: pl.DataFrame
    holdings: pl.DataFrame


def close(edges: Edges, listed: pl.DataFrame, threshold: int) -> Closure:
    """Everything reached from listed (SPANS) at a threshold in units (0 < threshold <= WHOLE)."""
    counted = united(listed.select(*SPANS), ["node"])
    frontier, reached = counted, pl.DataFrame(schema=SPANS)
    small = pl.DataFrame(schema={**SPANS, "units": pl.Int64()})
    seen = []
    while frontier.height:
        held = edges.of_owners(frontier).filter(~pl.col("is_at_least") | (pl.col("units") >= threshold))
        held = held.filter(pl.col("node") != pl.col("owner"))
        seen.append(held)
        enough = held.filter(pl.col("units") >= threshold).select(*SPANS)
        parts = held.filter(pl.col("units") < threshold).select(small.columns)
        small = pl.concat([small, parts])
        # Shares that only suffice together are added up anew where one was added, and nowhere else.
        added = pieces(small.join(parts.select("node").unique(), on="node", how="semi"), ["node"], ["units"])
        candidates = pl.concat([enough, added.filter(pl.col("units") >= threshold).select(*SPANS)])
        fresh = less(candidates, _of(reached, candidates), ["node"])
        reached = pl.concat([reached, fresh])
        frontier = less(fresh, _of(counted, fresh), ["node"])
        counted = pl.concat([counted, frontier])
    return _summed(seen, united(reached, ["node"]))


def _of(spans: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    return spans.join(nodes.select("node").unique(), on="node", how="semi")


def _summed(seen: list[pl.DataFrame], reached: pl.DataFrame) -> Closure:
    """Sums over everything counted parties hold of the reached, and those holdings."""
    if not seen:
        return Closure(pl.DataFrame(schema=REACHED), pl.DataFrame(schema=EDGES))
    holdings = clipped(pl.concat(seen), reached, ["node"])
    # An owner that both states a share and holds by a floor is one owner.
    owners = united(holdings, ["owner", "node"]).with_columns(owners=pl.lit(1, pl.Int64))
    spans = holdings.select(
        *SPANS,
        units=pl.when("is_at_least").then(0).otherwise("units"),
        # Floors of several owners are never added up: the least of all stands for each, so that none is overstated.
        floors=pl.col("is_at_least").cast(pl.Int64),
        owners=pl.lit(0, pl.Int64),
    )
    least = holdings.filter("is_at_least")["units"].min()
    nothing = {"units": pl.lit(0, pl.Int64), "floors": pl.lit(0, pl.Int64)}
    owners = owners.select(*SPANS, **nothing, owners=pl.col("owners")).select(spans.columns)
    sums = pieces(pl.concat([spans, owners]), ["node"], ["units", "floors", "owners"]).filter(pl.col("owners") > 0)
    floor = pl.when(pl.col("floors") > 0).then(pl.lit(least or 0, pl.Int64)).otherwise(pl.lit(0, pl.Int64))
    stretches = sums.with_columns(at_least=floor).drop("floors")
    alike = ["node", "units", "at_least", "owners"]
    return Closure(merged(stretches, alike).select(*REACHED), holdings.rename({"node": "owned"}).select(*EDGES))


def beyond(rows: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Rows (node, begins, ends, ...) without the days on which the node is listed itself."""
    return cut_out(rows, united(listed.select(*SPANS), ["node"]), ["node"])
