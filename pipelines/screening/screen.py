"""Matches between a user's names and the names on lists.

Belongs here: which matches are told of a name, and in which order. Does not belong here: how alike two names are
(names/match.py), reading and showing.
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from pipelines.formats.list_countries import lookup
from pipelines.names.match import BATCH, matches_by_batch
from pipelines.names.plain import plain
from pipelines.names.spellings import spellings
from pipelines.screening.listed import OF_AFFILIATE, Ask

#: Finds all but one in a hundred of listed names with typical noise: docs/methods/screening.md has the curve.
LEAST_SCORE = 0.85
#: Entries told of one asked name at most.
MOST_ENTRIES = 10
#: What a country that agrees puts a match before others, and one that does not puts it behind. Never hides one.
COUNTRY_WEIGHT = 0.02

COLUMNS = ["row", "asked_name", "score", "list_code", "entry_key", "matched_name", "name_kind", "entity_name"]
COLUMNS += ["country_code", "is_same_country", "citation", "first_citation_on", "listed_from", "listed_to"]
COLUMNS += ["valid_from", "valid_to", "status", "is_scheduled"]


def screen(
    asked: pl.DataFrame,
    listed: pl.DataFrame,
    *,
    least_score: float = LEAST_SCORE,
    most_entries: int = MOST_ENTRIES,
    workers: int = -1,
    tell: Callable[[int], None] = lambda done: None,
) -> pl.DataFrame:
    """COLUMNS, then those of affiliates if any is listed: one row an asked row and entry (and affiliate of the entry).

    asked: row, name, country_code (ISO, NULL where not known).  listed: what listed.listed_names gives.
    score: of the name alone, by the entry's name that is most alike. Rows are sorted by row, then by score with
    COUNTRY_WEIGHT, then by list and entry; at most `most_entries` of a row.
    tell: called with the number of distinct asked names done so far.
    """
    wanted = asked.select(plain(pl.col("name")).alias("text"), "row", "name", "country_code")
    questions = wanted.group_by("text").agg(pl.col("name").first()).sort("text").with_row_index("id")
    held = listed.with_row_index("id")
    # A name with two spellings is asked as two; the better match counts.
    several = spellings(questions.select("id", "name")).with_row_index("spelling")
    names = spellings(held.select("id", "name"))
    distinct = names.select("name").unique(maintain_order=True).with_row_index("text_id")
    found = []
    done = 0
    for batch in matches_by_batch(
        several.select(id="spelling", name="name"),
        distinct.select(id="text_id", name="name"),
        least_score=least_score,
        workers=workers,
    ):
        found.append(batch)
        done = min(done + BATCH, questions.height)
        tell(done)
    pairs = (
        pl.concat(found)
        .join(several.select(asked_id="spelling", question="id"), on="asked_id")
        .join(distinct.select(listed_id="text_id", name="name"), on="listed_id")
        .join(names.select("name", held_id="id"), on="name")
        .group_by("question", "held_id")
        .agg(pl.col("score").max())
    )
    matched = (
        pairs.join(questions.select(question="id", text="text"), on="question")
        .join(wanted.select("row", "text", asked_name="name", asked_country="country_code"), on="text")
        .join(held.rename({"name": "matched_name"}), left_on="held_id", right_on="id")
        .with_columns(is_same_country=pl.col("asked_country") == _country())
    )
    agreement = pl.when("is_same_country").then(COUNTRY_WEIGHT).when(~pl.col("is_same_country")).then(-COUNTRY_WEIGHT)
    of_entry = ["row", "list_code", "entry_key", "affiliate_id"]
    ranked = (
        matched.with_columns(weight=pl.col("score") + agreement.otherwise(0.0))
        .sort("row", "weight", "list_code", "entry_key", "held_id", descending=[False, True, False, False, False])
        .unique(of_entry, keep="first", maintain_order=True)
        .filter(pl.int_range(pl.len()).over("row") < most_entries)
    )
    has_affiliates = listed["affiliate_id"].is_not_null().any()
    return ranked.select(*COLUMNS, *(OF_AFFILIATE if has_affiliates else []))


def with_country_codes(ask: Ask, names: pl.DataFrame) -> pl.DataFrame:
    """asked.Asked.names with country_code: the ISO code of country, written as a code or a name; NULL if none is known.

    Hong Kong is China here, as on the lists (formats/list_countries.csv).
    """
    partners = ask("select iso2, iso3, partner_name from core.dim_partner where is_listed_now and iso2 is not null")
    known = pl.concat(
        [lookup().select("printed", "country_code")]
        + [partners.select(printed=name, country_code="iso2") for name in ("iso2", "iso3", "partner_name")]
    )
    by_text = known.select(text=plain(pl.col("printed")), country_code=_headed()).unique(
        "text", keep="first", maintain_order=True
    )
    return (
        names.with_columns(text=plain(pl.col("country")))
        .join(by_text, on="text", how="left", maintain_order="left")
        .drop("text")
    )


def _headed(column: str = "country_code") -> pl.Expr:
    """ISO code of the country under which lists put it."""
    codes = lookup().filter(pl.col("printed") == pl.col("address_code"))
    return pl.col(column).replace(codes["address_code"].to_list(), codes["country_code"].to_list())


def _country() -> pl.Expr:
    """The country of what was matched: of an affiliate its own, not its owner's."""
    own = pl.col("affiliate_id").is_not_null()
    return pl.when(own).then(_headed("affiliate_country_code")).otherwise(_headed())
