"""Edges of ownership as now known: GLEIF's consolidated relationships and a user's own shares, in one shape.

GLEIF says that a parent consolidates a child in its accounts, not which share it holds. Whoever consolidates holds, as
a rule, more than half: such an edge counts as "at least one half" (A-OWN-01), a proxy that is never added to others.
Relations of funds (managed by, subfund of, feeder to) are not ownership, and an international branch is its head
office: both are left out. An ultimate parent stands for a direct one only on days on which no direct parent is told.

Belongs here: what counts as an edge, its days and its share. Does not belong here: who is listed (listed.py), the
closure (closure.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.ownership.intervals import cut_out

#: What consolidation in accounts is taken to mean, at least: assumption A-OWN-01, where law/ is not at hand.
FLOOR = 0.5
DIRECT, ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"
#: Records that GLEIF's issuers took back.
TAKEN_BACK = ["ANNULLED", "DUPLICATE", "ERRONEOUS"]
STATED, CONSOLIDATION = "stated", "consolidation"

EDGES = {
    "owner_id": pl.String(),
    "owned_id": pl.String(),
    "share": pl.Float64(),
    "share_basis": pl.String(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "source": pl.String(),
    "known_from": pl.Date(),
}
PAIR = ["owner_id", "owned_id"]


def edges(relationships: Sequence[Path], own: Sequence[Path], floor: float = FLOOR) -> pl.DataFrame:
    """EDGES from the raw files of gleif__relationships and ownership_edges__edges; one row a statement."""
    found = [pl.DataFrame(schema=EDGES)]
    if relationships:
        found.append(_of_gleif(pl.read_parquet(list(relationships)), floor))
    if own:
        found.append(_of_user(pl.read_parquet(list(own))))
    return pl.concat(found).sort(*PAIR, "valid_from", "source")


def _days(begins: str, ends: str) -> list[pl.Expr]:
    """Day numbers, as intervals.py has them."""
    return [pl.col(begins).to_physical().alias("begins"), pl.col(ends).to_physical().alias("ends")]


def _known(raw: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The last statement of each key, with the day of its first (first_known) and the day it was no longer made."""
    first = raw.with_columns(first_known=pl.col("known_from").min().over(key), gone_on=pl.col("known_to"))
    return first.filter(pl.col("known_from") == pl.col("known_from").max().over(key))


def _of_gleif(raw: pl.DataFrame, floor: float) -> pl.DataFrame:
    key = ["child_id", "parent_id", "relationship_type"]
    # The status is asked of the last statement: what was taken back later was never so, whatever was told before.
    kept = _known(raw.filter(pl.col("relationship_type").is_in([DIRECT, ULTIMATE])), key).filter(
        pl.col("child_id_type") == "LEI",
        pl.col("parent_id_type") == "LEI",
        pl.col("child_id") != pl.col("parent_id"),
        ~pl.col("registration_status").is_in(TAKEN_BACK).fill_null(False),
    )
    ended = pl.when(pl.col("relationship_status") == "INACTIVE").then("updated_on")
    rows = kept.select(
        "relationship_type",
        owner_id="parent_id",
        owned_id="child_id",
        valid_from=pl.coalesce("starts_on", "first_known"),
        valid_to=pl.min_horizontal(pl.coalesce("ends_on", ended, pl.lit(OPEN_END)), "gone_on"),
        known_from="first_known",
    ).filter(pl.col("valid_from") < pl.col("valid_to"))
    spans = rows.select("relationship_type", *PAIR, *_days("valid_from", "valid_to"), "known_from")
    direct = spans.filter(pl.col("relationship_type") == DIRECT)
    ultimate = cut_out(
        spans.filter(pl.col("relationship_type") == ULTIMATE),
        direct.select("owned_id", "begins", "ends"),
        ["owned_id"],
    )
    return pl.concat([direct, ultimate]).select(
        *PAIR,
        share=pl.lit(floor),
        share_basis=pl.lit(CONSOLIDATION),
        valid_from=pl.col("begins").cast(pl.Date),
        valid_to=pl.col("ends").cast(pl.Date),
        source=pl.lit("gleif"),
        known_from=pl.col("known_from"),
    )


def _of_user(raw: pl.DataFrame) -> pl.DataFrame:
    key = ["owner_id", "owned_id", "valid_from", "source"]
    rows = _known(raw, key).select(
        owner_id=pl.coalesce("owner_lei", "owner_id"),
        owned_id=pl.coalesce("owned_lei", "owned_id"),
        share=pl.col("share"),
        share_basis=pl.lit(STATED),
        valid_from=pl.col("valid_from"),
        valid_to=pl.min_horizontal("valid_to", "gone_on"),
        source=pl.col("source"),
        known_from=pl.col("first_known"),
    )
    return rows.filter(pl.col("valid_from") < pl.col("valid_to"), pl.col("owner_id") != pl.col("owned_id"))
