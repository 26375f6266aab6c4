"""How far two entries agree, pair by pair: a score from 0 to 1, and the grounds in words.

score = name x citation x country. Each is between 0 and 1, and 1 means that nothing speaks against one entry.

    name      words of the two cores (names/plain.py). Words of both count in full. Words that one alone has are weighed
              against the longer name, in full but at its end: there a name runs on into what follows it, so that words
              an address or another name has hardly count, and place names a little. Words that differ on both sides
              and are no spelling of each other make two names ("Institute 14", "Institute 38"). The name of one among
              the aliases of the other is a renaming. Shared aliases and addresses draw the score up, aliases that are
              all others draw it down.
    citation  the rule that added the entry: the same, another, or not stated.
    country   the heading: the same, another, or not stated.

Belongs here: what counts for and against. Does not belong here: which pairs are asked, and what follows (keys.py).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from pipelines.names.plain import core, plain

#: Weight of a word at the end of one name alone, where the address or another name of either entry has it; and where
#: addresses of the list use it much oftener than names do.
EXPLAINED, PLACE = 0.05, 0.3
#: Differing words as alike as this are two spellings; other differing words make two names.
SPELLING, OTHER_WORDS = 0.75, 0.6
#: The name of one is another name of the other.
RENAMED = 0.9
#: How far shared aliases and addresses close the gap to 1, and what aliases that are all others leave.
ALIASES_SHARED, ADDRESSES_SHARED, ALIASES_OTHER = 0.5, 0.3, 0.85
#: What addresses that are all others leave of the score of two headings.
ADDRESSES_OTHER = 0.8
#: The rule that added the entry: not stated by one, another one but later ones shared, all others.
CITATION_UNSTATED, CITATION_LATER, CITATION_OTHER = 0.9, 0.85, 0.6
#: The heading: not stated by one; another one with the same name; another one with a name of its own.
COUNTRY_UNSTATED, COUNTRY_OTHER, COUNTRY_AND_NAME_OTHER = 0.95, 0.85, 0.6

#: What `described` gives of an entry.
DESCRIBED = {
    "id": pl.String(),
    "country_code": pl.String(),
    "names": pl.List(pl.String()),
    "words": pl.List(pl.String()),
    "written": pl.List(pl.String()),
    "alias_cores": pl.List(pl.String()),
    "alias_words": pl.List(pl.String()),
    "address_words": pl.List(pl.String()),
    "cited": pl.List(pl.String()),
    "first_cited": pl.String(),
}


def described(entries: pl.DataFrame) -> pl.DataFrame:
    """DESCRIBED, in the order of entries (id, country_code, entity_name, aliases, addresses, citation, begins_on)."""
    other_names = pl.col("aliases").fill_null("").str.split(" | ")
    spelled = entries.with_columns(
        _core=core(pl.col("entity_name")),
        _address=plain(pl.col("addresses").fill_null("")),
        cited=pl.col("citation").fill_null("").str.extract_all(r"\d+ FR \d+"),
    )
    cores = (
        spelled.select("id", alias=other_names)
        .explode("alias")
        .with_columns(alias=core(pl.col("alias")))
        .filter(pl.col("alias") != "")
        .group_by("id")
        .agg(alias_cores=pl.col("alias").unique().sort())
    )
    first = pl.coalesce(pl.col("cited").list.first(), pl.col("begins_on").cast(pl.String))
    return (
        spelled.join(cores, on="id", how="left", maintain_order="left")
        .with_columns(pl.col("alias_cores").fill_null([]))
        .select(
            "id",
            "country_code",
            names=pl.concat_list("_core"),
            words=pl.col("_core").str.split(" ").list.unique(maintain_order=True),
            written=plain(pl.col("entity_name")).str.split(" ").list.unique().list.sort(),
            alias_cores="alias_cores",
            alias_words=pl.col("alias_cores").list.join(" ").str.split(" ").list.unique(),
            address_words=pl.col("_address").str.split(" ").list.unique(),
            cited="cited",
            first_cited=first,
        )
    )


def place_words(entries: pl.DataFrame) -> pl.Series:
    """Words that addresses of these described entries use at least five times, and three times as often as names do."""
    in_names = entries.select(word=pl.col("words")).explode("word").group_by("word").agg(names=pl.len())
    in_addresses = entries.select(word=pl.col("address_words")).explode("word").group_by("word").agg(addresses=pl.len())
    both = in_addresses.join(in_names, on="word", how="left").with_columns(pl.col("names").fill_null(0))
    return both.filter((pl.col("addresses") >= 5) & (pl.col("addresses") >= 3 * pl.col("names")))["word"].sort()


def scored(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    """(a, b) -> (a, b, score, evidence). left, right: described entries with those ids."""
    both = pairs.join(left, left_on="a", right_on="id").join(right, left_on="b", right_on="id", suffix="_b")
    if both.is_empty():
        return pl.DataFrame(schema={"a": pl.String, "b": pl.String, "score": pl.Float64, "evidence": pl.String})
    both = both.with_columns(
        rest=pl.col("words").list.set_difference("words_b"),
        rest_b=pl.col("words_b").list.set_difference("words"),
        shared=pl.col("words").list.set_intersection("words_b"),
        context=pl.concat_list("alias_words", "alias_words_b", "address_words", "address_words_b").list.unique(),
    )
    both = both.with_columns(
        weight=_weight("rest", "words", places),
        weight_b=_weight("rest_b", "words_b", places),
        common=pl.col("shared").list.len(),
    )
    both = both.with_columns(
        spelled_alike=pl.Series(_ratios(both, "rest", "rest_b")),
        numbers_differ=_numbers("rest").list.join(" ") != _numbers("rest_b").list.join(" "),
    )
    return _combined(_facts(both)).select("a", "b", pl.col("score").round(4), "evidence").sort("a", "b")


def _weight(rest: str, name: str, places: pl.Series) -> pl.Expr:
    """Sum of the weights of the words one name alone has."""
    listed = places.to_list()
    others = pl.col(rest).list.set_difference("context")
    explained = pl.col(rest).list.len() - others.list.len()
    unknown = others.list.set_difference(listed).list.len()
    at_end = pl.col(name).list.tail(pl.col(rest).list.len()).list.set_symmetric_difference(rest).list.len() == 0
    weighed = EXPLAINED * explained + PLACE * (others.list.len() - unknown) + unknown
    return pl.when(at_end).then(weighed).otherwise(pl.col(rest).list.len())


def _ratios(both: pl.DataFrame, left: str, right: str) -> Any:
    """How alike the differing words are as one text each, 0 to 1."""
    texts = [both[side].list.join("").to_list() for side in (left, right)]
    return process.cpdist(*texts, scorer=fuzz.ratio, dtype=np.float64) / 100


def _numbers(rest: str) -> pl.Expr:
    return pl.col(rest).list.eval(pl.element().filter(pl.element().str.contains(r"\d"))).list.sort()


def _facts(both: pl.DataFrame) -> pl.DataFrame:
    """The parts of the score, each by itself."""
    none, none_b = pl.col("rest").list.len() == 0, pl.col("rest_b").list.len() == 0
    longer = pl.col("common") + pl.max_horizontal("weight", "weight_b")
    least = pl.max_horizontal(
        pl.col("common") + pl.col("rest").list.len(), pl.col("common") + pl.col("rest_b").list.len()
    )
    spelling = (pl.col("spelled_alike") >= SPELLING) & ~pl.col("numbers_differ")
    words = (
        # A word of a person's name may be a legal form at its end and none at its beginning.
        pl.when((pl.col("written") == pl.col("written_b")).fill_null(False))
        .then(1.0)
        .when(none | none_b)
        .then(pl.col("common") / longer)
        .when(spelling)
        .then((pl.col("common") + (least - pl.col("common")) * pl.col("spelled_alike")) / least)
        .otherwise(OTHER_WORDS * pl.col("common") / least)
    )
    aliases, aliases_b = pl.col("alias_cores").list.len(), pl.col("alias_cores_b").list.len()
    of_both = pl.col("alias_cores").list.set_intersection("alias_cores_b").list.len()
    renamed = (
        pl.col("names").list.set_intersection("alias_cores_b").list.len()
        + pl.col("names_b").list.set_intersection("alias_cores").list.len()
    )
    addresses = pl.col("address_words").list.set_intersection("address_words_b").list.len()
    shorter_address = pl.min_horizontal(pl.col("address_words").list.len(), pl.col("address_words_b").list.len())
    return both.with_columns(
        words_agree=words,
        alias_share=pl.when((aliases > 0) & (aliases_b > 0)).then(of_both / pl.min_horizontal(aliases, aliases_b)),
        alias_of_both=of_both,
        renamed=renamed > 0,
        address_share=pl.when(shorter_address > 2).then(addresses / shorter_address),
        citation=pl.when(pl.col("first_cited").is_null() | pl.col("first_cited_b").is_null())
        .then(CITATION_UNSTATED)
        .when(pl.col("first_cited") == pl.col("first_cited_b"))
        .then(1.0)
        .when(pl.col("cited").list.set_intersection("cited_b").list.len() > 0)
        .then(CITATION_LATER)
        .otherwise(CITATION_OTHER),
        country=pl.when(pl.col("country_code").is_null() | pl.col("country_code_b").is_null())
        .then(COUNTRY_UNSTATED)
        .when(pl.col("country_code") == pl.col("country_code_b"))
        .then(1.0)
        .when(words >= 0.98)
        .then(COUNTRY_OTHER)
        .otherwise(COUNTRY_AND_NAME_OTHER),
    )


def _combined(facts: pl.DataFrame) -> pl.DataFrame:
    name = pl.when("renamed").then(pl.max_horizontal("words_agree", RENAMED)).otherwise("words_agree")
    aliases = (
        pl.when(pl.col("alias_share") >= 0.5)
        .then(name + (1 - name) * ALIASES_SHARED)
        .when(pl.col("alias_share") == 0)
        .then(name * ALIASES_OTHER)
        .otherwise(name)
    )
    drawn = pl.when(pl.col("address_share") >= 0.6).then(aliases + (1 - aliases) * ADDRESSES_SHARED).otherwise(aliases)
    told = pl.concat_str(
        pl.format("words agree {}", pl.col("words_agree").round(2)),
        pl.when(pl.col("rest").list.len() > 0).then(pl.format(" (only before: {})", pl.col("rest").list.join(" "))),
        pl.when(pl.col("rest_b").list.len() > 0).then(pl.format(" (only after: {})", pl.col("rest_b").list.join(" "))),
        pl.when("renamed").then(pl.lit("; the name of one is an alias of the other")),
        pl.when(pl.col("alias_share").is_not_null()).then(pl.format("; {} aliases in common", "alias_of_both")),
        pl.when(pl.col("address_share").is_not_null()).then(
            pl.format("; addresses agree {}", pl.col("address_share").round(2))
        ),
        pl.when(pl.col("citation") == 1)
        .then(pl.format("; added by {} in both", "first_cited"))
        .when(pl.col("citation") == CITATION_UNSTATED)
        .then(pl.lit("; one does not say what added it"))
        .otherwise(pl.format("; added by {} and {}", "first_cited", "first_cited_b")),
        pl.when(pl.col("country").is_between(0, COUNTRY_OTHER)).then(
            pl.format("; {} and {}", "country_code", "country_code_b")
        ),
        ignore_nulls=True,
    )
    moved = (pl.col("country") <= COUNTRY_OTHER) & (pl.col("address_share") < 0.2)
    elsewhere = pl.when(moved).then(ADDRESSES_OTHER).otherwise(1.0)
    return facts.with_columns(score=drawn * pl.col("citation") * pl.col("country") * elsewhere, evidence=told)
