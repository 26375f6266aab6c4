"""Countries of lists of parties: the printed name or code -> the heading an entry stands under.

The eCFR prints the heading. BIS's CSV and the Consolidated Screening List print only the countries of the addresses and
merge entries that stand under several headings; for them the heading is taken to be the first of those countries in the
list's own (alphabetical) order of headings. Hong Kong stands under China since 85 FR 83765; the address code keeps it
apart.

Belongs here: that mapping (`list_countries.csv`). Does not belong here: trading partners (core.dim_partner).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import polars as pl

from pipelines.errors import LandingError
from pipelines.formats.list_text import tidied

TABLE = Path(__file__).with_name("list_countries.csv")
#: Places with a code of their own -> countries that may be printed after them.
_PLACES = {"HONG KONG": ["CHINA"], "CRIMEA": ["UKRAINE", "RUSSIA"]}
#: Provinces and states that end like a country.
_NO_COUNTRY = r"(?i)\b(?:inner mongolia|new (?:jersey|mexico)|northern ireland)\b"


@lru_cache(maxsize=1)
def lookup() -> pl.DataFrame:
    """printed (name or ISO2 code, upper case) -> address_code, country_code, country_heading. Unique by printed."""
    names = pl.read_csv(TABLE, infer_schema=False)
    codes = names.filter(
        (pl.col("printed_name") == pl.col("country_heading")) | (pl.col("address_code") == "HK"),
        pl.col("address_code").str.len_chars() == 2,
    ).with_columns(printed_name="address_code")
    return pl.concat([names, codes]).rename({"printed_name": "printed"})


def printed_names() -> list[str]:
    """Names (not codes) as they may stand at the end of an address, longest first."""
    names = lookup().filter(pl.col("printed").str.len_chars() > 2)["printed"].to_list()
    return sorted(names, key=len, reverse=True)


@lru_cache(maxsize=1)
def _any_name() -> str:
    """Pattern of one printed name, as a group."""
    return "|".join(re.escape(name) for name in printed_names())


def countries_at_end(addresses: pl.Expr) -> pl.Expr:
    """List of addresses -> the country each ends with, distinct, as printed; one that ends with none adds none.

    An address in Hong Kong or in Crimea is there whatever country follows.
    """
    address = tidied(pl.element()).str.replace_all(_NO_COUNTRY, "")
    at_end = address.str.extract(rf"(?i)(?:^|[^\pL])({_any_name()})[^\pL]*$", 1).str.to_uppercase()
    country = at_end
    for place, around in _PLACES.items():
        is_there = address.str.contains(f"(?i){place}") & (at_end.is_null() | at_end.is_in(around))
        country = pl.when(is_there).then(pl.lit(place)).otherwise(country)
    return addresses.list.eval(country.drop_nulls().unique(maintain_order=True))


def countries_named(notes: pl.Expr) -> pl.Expr:
    """List of notes ("(See alternate address under Pakistan)") -> every country they name, as printed."""
    names = tidied(pl.element()).str.to_uppercase().str.extract_all(rf"\b(?:{_any_name()})")
    return notes.list.eval(names.explode().drop_nulls().unique(maintain_order=True))


def country_codes(entries: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """(position, list of printed names) -> position, and under `name` their codes sorted and joined ","."""
    return (
        _placed(entries.select("position", printed=column))
        .group_by("position", maintain_order=True)
        .agg(pl.col("address_code").drop_nulls().unique().sort().str.join(",").alias(name))
    )


def _placed(printed: pl.DataFrame) -> pl.DataFrame:
    """One row a printed name, with what `lookup` knows of it."""
    return (
        printed.explode("printed", keep_nulls=False, empty_as_null=False)
        .with_columns(printed=tidied(pl.col("printed")).str.to_uppercase())
        .drop_nulls("printed")
        .join(lookup(), on="printed", how="left")
    )


def add_countries(entries: pl.DataFrame, source: str, file: str) -> pl.DataFrame:
    """Adds country_code, country_heading (upper case) and address_country_codes (sorted, joined ",").

    The first two are told by `countries`, the third by `address_countries` where the frame has that column and an entry
    any there. An entry without any country gets NULL. Raises LandingError(rule="unknown_country") for an unlisted name.
    """
    single = _placed(entries.select("position", "entity_name", printed="countries"))
    unknown = single.filter(pl.col("country_code").is_null())
    if unknown.height:
        raise LandingError(
            what=f"{unknown['printed'].n_unique()} country name(s) are not known.",
            action="Check the heading in the Federal Register and add it to list_countries.csv.",
            source=source,
            file=file,
            rule="unknown_country",
            rows=unknown.select("printed", "entity_name").unique().head(5).rows(),
        )
    placed = (
        single.sort("position", "country_heading")
        .group_by("position", maintain_order=True)
        .agg(
            pl.first("country_code", "country_heading"),
            address_country_codes=pl.col("address_code").unique().sort().str.join(","),
        )
    )
    told = entries.join(placed, on="position", how="left", maintain_order="left")
    if "address_countries" not in entries.columns:
        return told
    addressed = country_codes(entries, "address_countries", "_addressed")
    return (
        told.join(addressed, on="position", how="left", maintain_order="left")
        .with_columns(address_country_codes=pl.coalesce("_addressed", "address_country_codes"))
        .drop("_addressed")
    )
