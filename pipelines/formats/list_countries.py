"""Countries of lists of parties: the printed name or code -> the heading an entry stands under.

The eCFR prints the heading. BIS's CSV and the Consolidated Screening List print only the countries of the addresses and
merge entries that stand under several headings; for them the heading is taken to be the first of those countries in the
list's own (alphabetical) order of headings. Hong Kong stands under China since 85 FR 83765; the address code keeps it
apart.

Belongs here: that mapping (`list_countries.csv`). Does not belong here: trading partners (core.dim_partner).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polars as pl

from pipelines.errors import LandingError
from pipelines.formats.list_text import tidied

TABLE = Path(__file__).with_name("list_countries.csv")


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


def add_countries(entries: pl.DataFrame, source: str, file: str) -> pl.DataFrame:
    """Adds country_code, country_heading (upper case) and address_country_codes (sorted, joined ",").

    An entry without any country gets NULL. Raises LandingError(rule="unknown_country") for an unlisted name.
    """
    single = (
        entries.select("position", "entity_name", printed="countries")
        .explode("printed", keep_nulls=False, empty_as_null=False)
        .with_columns(printed=tidied(pl.col("printed")).str.to_uppercase())
        .drop_nulls("printed")
        .join(lookup(), on="printed", how="left")
    )
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
    return entries.join(placed, on="position", how="left", maintain_order="left")


def split_hong_kong(entries: pl.DataFrame, addresses: pl.DataFrame) -> pl.DataFrame:
    """address_country_codes of entries under China told apart by their addresses: "HK", "CN,HK" or "CN".

    For the eCFR, which prints the heading only. addresses: (position, addresses as a list of printed pieces).
    """
    in_hong_kong = pl.col("addresses").list.eval(pl.element().str.contains("Hong Kong"))
    where = addresses.select("position", _some=in_hong_kong.list.any(), _all=in_hong_kong.list.all())
    is_china = pl.col("address_country_codes") == "CN"
    return (
        entries.join(where, on="position", how="left", maintain_order="left")
        .with_columns(
            address_country_codes=pl.when(is_china & pl.col("_some") & pl.col("_all"))
            .then(pl.lit("HK"))
            .when(is_china & pl.col("_some"))
            .then(pl.lit("CN,HK"))
            .otherwise("address_country_codes")
        )
        .drop("_some", "_all")
    )
