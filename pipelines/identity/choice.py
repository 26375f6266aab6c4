"""Which pairs of keys are weighed, and which of the weighed ones are followed.

Belongs here: candidates, overrides and the assignment of one to one. Does not belong here: the weighing (evidence.py).
"""

from __future__ import annotations

import polars as pl


def askable(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    """(a, b): pairs that share a word of their names, or a name with another name."""

    def keyed(side: pl.DataFrame, name: str) -> pl.DataFrame:
        words = side.select(pl.col("id").alias(name), word=pl.concat_list("words", "names", "alias_cores"))
        return words.explode("word").unique()

    return keyed(left, "a").join(keyed(right, "b"), on="word").select("a", "b").unique().sort("a", "b")


def judged(pairs: pl.DataFrame, overrides: pl.DataFrame) -> pl.DataFrame:
    """Pairs with decided_by; an override sets the score to 1 or 0 and its reason as the evidence."""
    decided = overrides.select(a="key_a", b="key_b", is_same="is_same", reason="reason")
    either = pl.concat([decided, decided.rename({"a": "b", "b": "a"}).select(decided.columns)]).unique(["a", "b"])
    return (
        pairs.join(either, on=["a", "b"], how="left")
        .with_columns(
            score=pl.coalesce(pl.col("is_same").cast(pl.Float64), pl.col("score")),
            evidence=pl.coalesce(pl.col("reason"), pl.col("evidence")),
            decided_by=pl.when(pl.col("is_same").is_null()).then(pl.lit("rule")).otherwise(pl.lit("override")),
        )
        .select("a", "b", "score", "evidence", "decided_by")
    )


def one_to_one(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs that are the best of both their sides, then those of what is left, until none is left."""
    left = pairs.sort("score", "a", "b", descending=[True, False, False]).with_row_index("place")
    chosen = [left.clear()]
    while left.height:
        place = pl.col("place")
        best = left.filter((place == place.min().over("a")) & (place == place.min().over("b")))
        chosen.append(best)
        left = left.join(best, on="a", how="anti").join(best, on="b", how="anti")
    return pl.concat(chosen).drop("place")
