"""Half-open stretches of days, keyed: united, subtracted and summed as whole columns.

A frame of spans has key columns, `begins` and `ends` (day numbers, begins < ends). Everything rests on one trick: what
begins is added on its first day and taken off on its end, so that over days in order the running sum is what holds; as
each key's sum comes back to zero, one running sum over all keys in order serves every key.

Belongs here: arithmetic of intervals. Does not belong here: what they mean.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

DAY = pl.Int32()


def pieces(spans: pl.DataFrame, key: Sequence[str], sums: Sequence[str]) -> pl.DataFrame:
    """key, begins, ends, sums: per key the stretches between days on which something begins or ends.

    sums: whole-number columns of spans, added up over the spans that hold. Stretches in which no span holds are left
    out when one of the sums counts the spans (is never zero); otherwise they stand with zeros.
    """
    on = spans.select(*key, pl.col("begins").alias("day"), *sums)
    off = spans.select(*key, pl.col("ends").alias("day"), *(-pl.col(s) for s in sums))
    changes = pl.concat([on, off]).group_by(*key, "day").agg(pl.col(s).sum() for s in sums).sort(*key, "day")
    following = pl.all_horizontal(pl.col(k).shift(-1) == pl.col(k) for k in key)
    return (
        changes.with_columns(*(pl.col(s).cum_sum() for s in sums), ends=pl.col("day").shift(-1), _same=following)
        .filter(pl.col("_same"))
        .select(*key, pl.col("day").alias("begins"), "ends", *sums)
    )


def merged(stretches: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Stretches in order of key and day, those of one key that follow each other without a gap made one."""
    same = pl.all_horizontal(pl.col(k).shift(1).eq_missing(pl.col(k)) for k in key)
    goes_on = (same & (pl.col("ends").shift(1) == pl.col("begins"))).fill_null(False)
    return (
        stretches.with_columns(_run=(~goes_on).cum_sum())
        .group_by("_run", maintain_order=True)
        .agg(*(pl.col(k).first() for k in key), pl.col("begins").first(), pl.col("ends").last())
        .drop("_run")
    )


def united(spans: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """key, begins, ends: the days on which at least one span of a key holds, in as few stretches as can be."""
    counted = spans.select(*key, "begins", "ends", _spans=pl.lit(1, pl.Int64))
    return merged(pieces(counted, key, ["_spans"]).filter(pl.col("_spans") > 0), key).select(*key, "begins", "ends")


def less(spans: pl.DataFrame, others: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """key, begins, ends: the days of spans that are in none of others."""
    both = pl.concat(
        [
            spans.select(*key, "begins", "ends", _mine=pl.lit(1, pl.Int64), _theirs=pl.lit(0, pl.Int64)),
            others.select(*key, "begins", "ends", _mine=pl.lit(0, pl.Int64), _theirs=pl.lit(1, pl.Int64)),
        ]
    )
    left = pieces(both, key, ["_mine", "_theirs"]).filter((pl.col("_mine") > 0) & (pl.col("_theirs") == 0))
    return merged(left, key).select(*key, "begins", "ends")


def clipped(rows: pl.DataFrame, spans: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Rows cut to the days of spans of the same key: one row a row and span that overlap, with the columns of both."""
    other = spans.rename({"begins": "_begins", "ends": "_ends"})
    cut = rows.join(other, on=list(key), how="inner").with_columns(
        begins=pl.max_horizontal("begins", "_begins"), ends=pl.min_horizontal("ends", "_ends")
    )
    return cut.filter(pl.col("begins") < pl.col("ends")).drop("_begins", "_ends")


def cut_out(rows: pl.DataFrame, others: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Rows without the days of others of the same key; rows of keys that others do not know stay as they are."""
    known = others.join(rows.select(key).unique(), on=list(key), how="semi")
    touched = rows.join(known.select(key).unique(), on=list(key), how="semi")
    if touched.is_empty():
        return rows
    untouched = rows.join(known.select(key).unique(), on=list(key), how="anti")
    free = less(touched, known, key)
    return pl.concat([untouched, clipped(touched, free, key).select(rows.columns)])
