"""Judgements by hand about identity, read and checked.

overrides.csv, a row a judgement: scope (entry: two keys of one list in editions that follow each other; party: two
entries of any lists), the two keys, is_same (1 or 0), the day it was decided, and the reason. The rules of matching
yield to it. A row is never edited: a judgement that no longer holds is taken out, with the reason in the commit.

Belongs here: reading and refusing. Does not belong here: what a judgement does (keys.py, parties.py).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipelines.errors import StatecraftError

FILE = Path(__file__).with_name("overrides.csv")
OVERRIDES = {
    "scope": pl.String(),
    "list_code_a": pl.String(),
    "key_a": pl.String(),
    "list_code_b": pl.String(),
    "key_b": pl.String(),
    "is_same": pl.Int8(),
    "decided_on": pl.Date(),
    "reason": pl.String(),
}


def read(path: Path = FILE) -> pl.DataFrame:
    """OVERRIDES. Raises StatecraftError for a row that is incomplete, contradicts another, or is no judgement."""
    held = pl.read_csv(path, schema_overrides=OVERRIDES)
    if held.columns != list(OVERRIDES):
        raise StatecraftError(f"{path.name} has columns {held.columns}.", f"They are {list(OVERRIDES)}.")
    pair = pl.concat_list(pl.col("list_code_a") + "|" + pl.col("key_a"), pl.col("list_code_b") + "|" + pl.col("key_b"))
    wrong = held.with_columns(pair=pair.list.sort()).filter(
        pl.any_horizontal(pl.all().is_null())
        | ~pl.col("scope").is_in(["entry", "party"])
        | ~pl.col("is_same").is_in([0, 1])
        | ((pl.col("scope") == "entry") & (pl.col("list_code_a") != pl.col("list_code_b")))
        | pl.struct("scope", "pair").is_duplicated()
    )
    if wrong.height:
        what = (
            f"{path.name}: {wrong.height} rows are incomplete, doubled or no judgement: {wrong['key_a'].to_list()[:5]}."
        )
        raise StatecraftError(what, "Every column is filled, scope is entry or party, and a pair stands once.")
    return held
