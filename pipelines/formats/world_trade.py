"""Trade between any two areas of the world: what UN Comtrade and BACI, which is made from it, have in common.

Belongs here: the United Nations' numbers for areas, editions of the Harmonized System, the day a file's name states.
Does not belong here: the layout of either publisher's files (sources/un_comtrade, sources/cepii_baci).

An area is named by its two letters in ISO 3166. What is no country there (areas not specified, free zones, ships'
stores, countries that are no more) keeps the United Nations' number: UN899. ALL is the whole world, as reported.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

WORLD = "ALL"
#: Publishers' names of the editions of the Harmonized System -> ours.
EDITIONS = {
    **{"H0": "HS1992", "H1": "HS1996", "H2": "HS2002", "H3": "HS2007", "H4": "HS2012", "H5": "HS2017", "H6": "HS2022"},
    **{"HS92": "HS1992", "HS96": "HS1996", "HS02": "HS2002", "HS07": "HS2007"},
    **{"HS12": "HS2012", "HS17": "HS2017", "HS22": "HS2022"},
}
_READ_ON = re.compile(r"_read-(\d{4}-\d{2}-\d{2})(?=[_.])")


@cache
def _areas() -> pl.DataFrame:
    path = Path(__file__).with_name("un_areas.csv")
    return pl.read_csv(path, schema_overrides={"un_code": pl.Int64, "area_code": pl.String})


@cache
def un_codes() -> dict[str, int]:
    """ISO code -> the number under which the United Nations publish its trade (842, not 840, for the USA)."""
    rows = _areas().sort(pl.col("note").is_not_null()).select("area_code", "un_code").rows()
    return dict(rows)


def area_code(un_code: pl.Expr) -> pl.Expr:
    """The code of an area, from its number: ISO where it is a country, ALL for 0, else UN and the number."""
    known = _areas()
    number = pl.concat_str(pl.lit("UN"), un_code.cast(pl.String).str.zfill(3))
    return (
        pl.when(un_code == 0)
        .then(pl.lit(WORLD))
        .otherwise(
            un_code.replace_strict(
                known["un_code"], known["area_code"], default=None, return_dtype=pl.String
            ).fill_null(number)
        )
    )


def read_on(file_name: str) -> date | None:
    """The day in `…_read-2026-11-29.csv`: when the user took the file. It was public by then at the latest.

    Raises ValueError for a day that is none.
    """
    found = _READ_ON.search(file_name)
    return date.fromisoformat(found[1]) if found else None
