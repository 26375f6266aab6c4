"""What every format of the Entity List is read into, before anything is made comparable.

Belongs here: the one intermediate shape the readers agree on.
Does not belong here: the meaning of a column (wording.py, citations.py, countries.py) or identity (identity.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.formats.list_text import (
    BRACKETED,
    FORMER_NAME,
    address_text,
    alias_text,
    bracketed_names,
    name_tidied,
)

#: One row an entry, in the publisher's order. Lists hold printed pieces; NULL is "not stated by this format".
#: countries: the heading (eCFR) or the countries of the addresses (BIS CSV, Consolidated Screening List), as printed.
#: address_countries: those of the addresses in every format.  alternate_countries: those under which the entry says the
#: party has another address.  aliases: all other names; former_names: those of them that are no longer borne.
#: aliases_announced, aliases_read: how many the entry says follow ("the following two aliases"), and how many do.
SCHEMA = pl.Schema(
    {
        "position": pl.Int64(),
        "countries": pl.List(pl.String()),
        "address_countries": pl.List(pl.String()),
        "alternate_countries": pl.List(pl.String()),
        "entity_name": pl.String(),
        "aliases": pl.List(pl.String()),
        "former_names": pl.List(pl.String()),
        "aliases_announced": pl.Int64(),
        "aliases_read": pl.Int64(),
        "addresses": pl.List(pl.String()),
        "licence_requirement_printed": pl.String(),
        "licence_policy_printed": pl.String(),
        "citation_printed": pl.String(),
        "effective_printed": pl.String(),
        "remarks_printed": pl.String(),
    }
)


#: A frame's columns that only the eCFR can fill.
PROSE_ONLY = ("alternate_countries", "former_names", "aliases_announced", "aliases_read")


def without_prose(frame: pl.DataFrame) -> pl.DataFrame:
    """The stated frame of a format that prints cells instead of prose, and the countries of the addresses."""
    unstated = {name: pl.lit(None, SCHEMA[name]) for name in PROSE_ONLY}
    return frame.with_columns(address_countries="countries", **unstated).select(*SCHEMA)


def attach_lists(entries: pl.DataFrame) -> pl.DataFrame:
    """The stated frame with canonical entity_name, and lists of names and addresses as text.

    Other names in brackets move from the name to the aliases, where some formats print them anyway.
    """
    name, nothing = pl.col("entity_name"), pl.lit([], pl.List(pl.String()))
    lists = entries.select(
        "position",
        alias=pl.concat_list(pl.col("aliases").fill_null(nothing), bracketed_names(name).fill_null(nothing)),
        former=pl.concat_list(
            pl.col("former_names").fill_null(nothing), bracketed_names(name, FORMER_NAME).fill_null(nothing)
        ),
        address="addresses",
    )
    aliases = alias_text(lists.select("position", "alias").explode("alias"))
    former = alias_text(lists.select("position", alias="former").explode("alias")).rename({"aliases": "former_names"})
    addresses = address_text(lists.select("position", "address").explode("address"))
    return (
        entries.drop("aliases", "former_names", "addresses")
        .with_columns(entity_name=name_tidied(pl.col("entity_name").str.replace_all(BRACKETED, "")))
        .join(aliases, on="position", how="left", maintain_order="left")
        .join(former, on="position", how="left", maintain_order="left")
        .join(addresses, on="position", how="left", maintain_order="left")
    )
