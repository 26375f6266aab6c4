"""How many names are found that should be, and how many that should not.

Belongs here: counting. Does not belong here: making names (screening_names.py), timing (screening.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.names.forms import without_forms
from pipelines.names.match import best_matches

#: Listed names looked at for each asked one.
_LOOKED_AT = 10


def found_share(asked: pl.DataFrame, listed: pl.DataFrame, least_score: float) -> float:
    """Share of asked names (id, of, name) whose own listed name, or one with the same core, is among the matches."""
    return float(best_scores(asked, listed, least_score)["score"].count() / asked.height)


def falsely_found_share(asked: pl.DataFrame, listed: pl.DataFrame, least_score: float) -> float:
    """Share of asked names (id, name), none of which is listed, that have a match."""
    return float(highest_scores(asked, listed, least_score).height / asked.height)


def best_scores(asked: pl.DataFrame, listed: pl.DataFrame, least_score: float) -> pl.DataFrame:
    """(asked_id, score): of asked names whose own listed name, or one with the same core, was found."""
    cores = without_forms(listed.select("id", "name")).select(listed_id="id", core="core")
    own = asked.join(cores, left_on="of", right_on="listed_id").select(asked_id="id", core="core")
    pairs = best_matches(asked.select("id", "name"), listed, least_score=least_score, per_asked=_LOOKED_AT)
    return (
        pairs.join(cores, on="listed_id")
        .join(own, on=["asked_id", "core"])
        .group_by("asked_id")
        .agg(pl.col("score").max())
    )


def highest_scores(asked: pl.DataFrame, listed: pl.DataFrame, least_score: float) -> pl.DataFrame:
    """(asked_id, score): the best match of each asked name that has one."""
    return best_matches(asked, listed, least_score=least_score, per_asked=1).select("asked_id", "score")
