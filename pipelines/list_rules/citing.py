"""Which rule a citation names: a volume and page, and where one is printed, a day.

An entry cites the page it prints on, a rule begins on an earlier one: of the rules of that volume the last that begins
no later than the page, if the page lies within what is known of it or the day is the rule's own. A misprinted page with
the day of the one rule of that day that amends the list is resolved by the day, and says so. Everything else is left
unresolved. Orders and notices of other lists amend nothing: their citations name themselves ("notice").

Belongs here: resolving. Does not belong here: reading a list's own printing (sources/*/citations.py).
"""

from __future__ import annotations

import polars as pl

#: Canonical form of all lists: "87 FR 77505, 2022-12-19", pieces joined "; "; an issue instead of a page: "(No. 136)".
_PIECE = r"^(\d+) FR (?:\(No\. (\d+)\)|(\d+))(?:, (\d{4}-\d{2}-\d{2}))?$"
#: Lists that rules amend. Denial orders, debarments and nonproliferation sanctions are notices of their own.
BY_RULES = ("US_BIS_EL", "US_BIS_MEU", "US_BIS_UVL")
CITATIONS = pl.Schema(
    {
        "list_code": pl.String(),
        "citation_text": pl.String(),
        "place": pl.Int32(),
        "citation": pl.String(),
        "volume": pl.Int32(),
        "page": pl.Int32(),
        "cited_on": pl.Date(),
        "rule_citation": pl.String(),
        "resolution": pl.String(),
    }
)


def cited(texts: pl.DataFrame) -> pl.DataFrame:
    """(list_code, citation_text) -> a row a citation of each distinct text: place, citation, volume, page, cited_on."""
    pieces = (
        texts.select("list_code", "citation_text")
        .drop_nulls()
        .unique()
        .sort("list_code", "citation_text")
        .with_columns(citation=pl.col("citation_text").str.split("; "))
        .with_columns(place=pl.int_ranges(1, pl.col("citation").list.len() + 1, dtype=pl.Int32))
        .explode("citation", "place")
    )
    group = pl.col("citation").str.extract_groups(_PIECE)
    return pieces.with_columns(
        volume=group.struct.field("1").cast(pl.Int32),
        page=group.struct.field("3").cast(pl.Int32),
        cited_on=group.struct.field("4").str.to_date("%Y-%m-%d"),
    ).filter(pl.col("volume").is_not_null())


def resolved(citations: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """CITATIONS. rules: rule_citation, volume, start_page, last_page, published_on, amends_list."""
    known = rules.filter(pl.col("start_page").is_not_null()).sort("volume", "start_page")
    by_rule = pl.col("page").is_not_null() & pl.col("list_code").is_in(BY_RULES)
    paged = citations.filter(by_rule).sort("volume", "page")
    near = paged.join_asof(
        known.select("volume", "start_page", "last_page", "published_on", near="rule_citation"),
        left_on="page",
        right_on="start_page",
        by="volume",
        strategy="backward",
        check_sortedness=False,
    )
    of_day = (
        known.filter("amends_list")
        .group_by("volume", "published_on")
        .agg(of_day=pl.col("rule_citation").first(), rules_of_day=pl.len())
        .filter(pl.col("rules_of_day") == 1)
        .drop("rules_of_day")
    )
    both = near.join(of_day, left_on=["volume", "cited_on"], right_on=["volume", "published_on"], how="left")
    is_within = (pl.col("page") <= pl.col("last_page")).fill_null(False)
    is_of_day = (pl.col("cited_on") == pl.col("published_on")).fill_null(False)
    told = both.with_columns(
        resolution=pl.when(is_within | is_of_day)
        .then(pl.lit("page"))
        .when(pl.col("of_day").is_not_null())
        .then(pl.lit("day"))
        .otherwise(pl.lit("unresolved"))
    ).with_columns(
        rule_citation=pl.when(pl.col("resolution") == "page")
        .then("near")
        .when(pl.col("resolution") == "day")
        .then("of_day")
    )
    others = citations.filter(~by_rule).with_columns(
        rule_citation=pl.lit(None, pl.String),
        resolution=pl.when(pl.col("list_code").is_in(BY_RULES)).then(pl.lit("unresolved")).otherwise(pl.lit("notice")),
    )
    return (
        pl.concat([told.select(*CITATIONS), others.select(*CITATIONS)])
        .cast(CITATIONS)
        .sort("list_code", "citation_text", "place")
    )
