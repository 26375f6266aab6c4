"""What every format of the Entity List is read into, before anything is made comparable.

Belongs here: the one intermediate shape the readers agree on.
Does not belong here: the meaning of a column (wording.py, citations.py, countries.py) or identity (identity.py).
"""

from __future__ import annotations

import polars as pl

from pipelines.formats.list_text import BRACKETED, address_text, alias_text, bracketed_names, name_tidied

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
