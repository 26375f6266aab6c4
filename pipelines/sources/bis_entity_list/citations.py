"""Federal Register citations: one canonical form, "87 FR 77505, 2022-12-19", joined "; ".

The eCFR cites the page an entry is printed on, BIS and the Consolidated Screening List the page its rule starts on, and
only the eCFR gives dates. `rules.csv` knows, for each rule that changed the list, the range of pages cited and the day
of publication; a citation within a range becomes the rule's first page and date, so all formats agree. A citation
outside every range stays as printed (with its own date, if it has one). A dangling "88 FR" names no rule: it stays in
the printed text only.

Belongs here: reading and resolving citations. Does not belong here: what a rule did.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polars as pl

RULES = Path(__file__).with_name("rules.csv")

#: volume, page, and a date where one is printed after it.
_CITATION = (
    r"(?i)(\d{2})\s*FR\s*(?:FR\s*)?(?:no\.?\s*\d+\s*pg\.?\s*)?(\d{1,5})"
    r"(?:[.,]?\s*\(?(\d{1,2}/\d{1,2}/\d{2,4}))?"
)


@lru_cache(maxsize=1)
def rules() -> pl.DataFrame:
    """volume, first_page, last_page (as cited), published_on, evidence; sorted by volume and first page."""
    return pl.read_csv(
        RULES,
        schema_overrides={"published_on": pl.Date, **{c: pl.Int64 for c in ("volume", "first_page", "last_page")}},
    ).sort("volume", "first_page")


def _printed_date(text: pl.Expr) -> pl.Expr:
    """`12/19/22` or `12/19/2022`; two-digit years from 60 on are the last century's."""
    parts = text.str.split("/")
    month, day, year = (parts.list.get(i, null_on_oob=True).cast(pl.Int32, strict=False) for i in range(3))
    full = pl.when(year > 99).then(year).when(year >= 60).then(1900 + year).otherwise(2000 + year)
    return pl.concat_str(full, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)


def cited(printed: pl.DataFrame) -> pl.DataFrame:
    """(position, citation_printed) -> one row a citation: position, volume, page, cited_on, is_resolved."""
    single = (
        printed.select("position", citation=pl.col("citation_printed").str.extract_all(_CITATION))
        .explode("citation", keep_nulls=False, empty_as_null=False)
        .with_columns(
            volume=pl.col("citation").str.extract(_CITATION, 1).cast(pl.Int64),
            page=pl.col("citation").str.extract(_CITATION, 2).cast(pl.Int64),
            printed_on=_printed_date(pl.col("citation").str.extract(_CITATION, 3)),
        )
        .sort("volume", "page")
    )
    matched = single.join_asof(
        rules(), left_on="page", right_on="first_page", by="volume", strategy="backward", check_sortedness=False
    )
    is_resolved = (pl.col("page") <= pl.col("last_page")) | (pl.col("printed_on") == pl.col("published_on"))
    return matched.with_columns(is_resolved=is_resolved.fill_null(False)).select(
        "position",
        "volume",
        page=pl.when("is_resolved").then("first_page").otherwise("page"),
        cited_on=pl.when("is_resolved").then("published_on").otherwise("printed_on"),
        is_resolved="is_resolved",
    )


def add_citations(entries: pl.DataFrame) -> pl.DataFrame:
    """Adds `citation`: canonical, distinct, oldest first; NULL where none is readable."""
    text = pl.format("{} FR {}", "volume", "page") + pl.format(", {}", "cited_on").fill_null("")
    canonical = (
        cited(entries.select("position", "citation_printed"))
        .sort("position", "volume", "page", pl.col("cited_on"), nulls_last=True)
        .unique(["position", "volume", "page"], keep="first", maintain_order=True)
        .group_by("position", maintain_order=True)
        .agg(citation=text.str.join("; "))
    )
    return entries.join(canonical, on="position", how="left", maintain_order="left")


def first_citation_on(citation: pl.Expr) -> pl.Expr:
    """Day of the oldest citation (the addition). NULL if that one is undated: a later one is a revision."""
    return citation.str.extract(r"^\d+ FR \d+, (\d{4}-\d{2}-\d{2})", 1).str.to_date("%Y-%m-%d")
