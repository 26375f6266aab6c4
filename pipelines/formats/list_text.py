"""Text of lists of parties: names, other names and addresses as printed, tidied so that editions can be compared.

Belongs here: typography every list of parties shares. Does not belong here: what one list prints where.
"""

from __future__ import annotations

import csv
import io

import polars as pl

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

#: A lost character, or UTF-8 that was read as Latin text and written again.
MOJIBAKE = "\ufffd|\u00c3[\u0080-\u00bf]|\u00e2\u20ac"

#: "a.k.a.," and its relatives; and such a name in brackets inside another ("OAO X (f.k.a., Y)").
OTHER_NAME = r"\b(?:a\.\s?k\.\s?a|aka|f\.\s?k\.\s?a|d\.\s?b\.\s?a)\b[.,]*"
BRACKETED = rf",?\s*\({OTHER_NAME}[^)]*\)"
#: The relatives that say the name is no longer borne.
FORMER_NAME = r"\b(?:f\.\s?k\.\s?a|fka)\b[.,]*"


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


def bracketed_names(text: pl.Expr, mark: str = OTHER_NAME) -> pl.Expr:
    """List of the other names that stand in brackets behind `mark` inside a name, in pieces."""
    inside = text.str.extract_all(rf",?\s*\({mark}[^)]*\)").list.join(";")
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


def garbled_names(entries: pl.DataFrame) -> list[str]:
    """Parties whose name or one of whose aliases (a list of pieces) holds lost or wrongly decoded characters."""
    text = pl.concat_str("entity_name", pl.col("aliases").list.join("; "), separator="; ", ignore_nulls=True)
    return entries.select(text).to_series().filter(entries.select(text.str.contains(MOJIBAKE)).to_series()).to_list()


def rows_of_other_length(content: bytes) -> list[str]:
    """Beginnings of the rows of a CSV (UTF-8) that have not as many cells as its header; blank lines are no rows."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [", ".join(row)[:80] for row in rows if row and len(row) != len(header)]
