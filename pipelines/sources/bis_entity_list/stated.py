"""What every format of the Entity List is read into, before anything is made comparable.

Belongs here: the one intermediate shape the readers agree on, and the typographical tidying all text gets.
Does not belong here: the meaning of a column (wording.py, citations.py, countries.py) or identity (identity.py).
"""

from __future__ import annotations

import polars as pl

#: One row an entry, in the publisher's order. Lists hold printed pieces; NULL is "not stated by this format".
#: countries: the heading (eCFR) or the countries of the addresses (BIS CSV, Consolidated Screening List), as printed.
SCHEMA = pl.Schema(
    {
        "position": pl.Int64(),
        "countries": pl.List(pl.String()),
        "entity_name": pl.String(),
        "aliases": pl.List(pl.String()),
        "addresses": pl.List(pl.String()),
        "licence_requirement_printed": pl.String(),
        "licence_policy_printed": pl.String(),
        "citation_printed": pl.String(),
        "effective_printed": pl.String(),
        "remarks_printed": pl.String(),
    }
)

#: Typographical variants of one character. Nothing here changes a word.
_CHARACTERS = {
    "\u2018": "'",
    "\u2019": "'",
    "\u0092": "'",
    "\u2032": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2033": '"',
    "\u2013": "-",
    "\u2011": "-",
    "\u00ad": "",
    "\u00a0": " ",
}

#: "a.k.a.," and its relatives; and such a name in brackets inside another ("OAO X (f.k.a., Y)").
OTHER_NAME = r"\b(?:a\.\s?k\.\s?a|aka|f\.\s?k\.\s?a|d\.\s?b\.\s?a)\b[.,]*"
BRACKETED = rf",?\s*\({OTHER_NAME}[^)]*\)"


def spaced(text: pl.Expr) -> pl.Expr:
    """Printed text with runs of white space as one blank; NULL where nothing is printed."""
    text = text.str.replace_all(r"[\s\u00a0]+", " ").str.strip_chars()
    return pl.when(text != "").then(text)


def tidied(text: pl.Expr) -> pl.Expr:
    """`spaced`, with one form of quotes, dashes and primes: what is compared between formats."""
    return spaced(text.str.replace_many(list(_CHARACTERS), list(_CHARACTERS.values())))


def name_tidied(text: pl.Expr) -> pl.Expr:
    """A party's name without the list punctuation around it (`-`, `; and`, final comma, semicolon or full stop)."""
    text = (
        tidied(text)
        .str.replace_all(r"\s*\u2014\s*|\s+-\s+", "-")
        .str.replace(r"^(?:[\u2014\-;,.\s]|and\s)+", "")
        .str.replace(r"(?:[;,\s]+and|[;,\s])+$", "")
    )
    return spaced(text.str.replace(r"\.+$", "").str.replace(r"^and$", ""))


def bracketed_names(text: pl.Expr) -> pl.Expr:
    """List of the other names that stand in brackets inside a name, in pieces."""
    inside = text.str.extract_all(BRACKETED).list.join(";")
    return inside.str.replace_all(rf"[(),]*\s*{OTHER_NAME}|\)(?:;|$)", ";").str.split(";")


def alias_text(aliases: pl.DataFrame) -> pl.DataFrame:
    """(position, alias) -> (position, aliases): sorted, distinct whatever the case, joined " | "."""
    return (
        aliases.with_columns(alias=name_tidied(pl.col("alias")))
        .drop_nulls("alias")
        .sort("position", "alias")
        .unique(["position", pl.col("alias").str.to_lowercase()], keep="first", maintain_order=True)
        .group_by("position", maintain_order=True)
        .agg(aliases=pl.col("alias").str.join(" | "))
    )


def address_text(addresses: pl.DataFrame) -> pl.DataFrame:
    """(position, address) -> (position, addresses): distinct, in printed order, joined " | "."""
    return (
        addresses.with_columns(address=name_tidied(pl.col("address")))
        .drop_nulls("address")
        .unique(["position", "address"], keep="first", maintain_order=True)
        .group_by("position", maintain_order=True)
        .agg(addresses=pl.col("address").str.join(" | "))
    )


def attach_lists(entries: pl.DataFrame) -> pl.DataFrame:
    """The stated frame with canonical entity_name, and `aliases` and `addresses` as text instead of lists of pieces.

    Other names in brackets move from the name to the aliases, where some formats print them anyway.
    """
    other_names = bracketed_names(pl.col("entity_name"))
    lists = entries.select(
        "position",
        alias=pl.concat_list(pl.col("aliases").fill_null([]), other_names.fill_null([])),
        address="addresses",
    )
    aliases = alias_text(lists.select("position", "alias").explode("alias"))
    addresses = address_text(lists.select("position", "address").explode("address"))
    return (
        entries.drop("aliases", "addresses")
        .with_columns(entity_name=name_tidied(pl.col("entity_name").str.replace_all(BRACKETED, "")))
        .join(aliases, on="position", how="left", maintain_order="left")
        .join(addresses, on="position", how="left", maintain_order="left")
    )
