"""What every edition of every list prints of its entries, in the same columns, read from raw.

Belongs here: which raw tables are lists of parties, and what their columns are called. Does not belong here: matching.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.landing import Landing
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse


@dataclass(frozen=True)
class ListTable:
    """A raw table of lists of parties.

    key: "derived" from name and heading, so that it must be followed; "given" by the publisher; "order" for denial
    orders.  begins_on, citation: its columns of that meaning.
    """

    name: str
    key: str
    begins_on: str | None = None
    citation: str | None = None

    @property
    def source(self) -> str:
        return self.name.split("__")[0]


LISTS = (
    ListTable("bis_entity_list__entries", "derived", "first_citation_on", "citation"),
    ListTable("ita_screening_list__entries", "derived", "first_citation_on", "citation"),
    ListTable("dhs_uflpa__entries", "derived", "effective_on"),
    ListTable("mofcom_lists__entries", "derived", "announced_on"),
    ListTable("meti_end_users__entries", "derived"),
    ListTable("ofac_sdn__entries", "given"),
    ListTable("bis_denied_persons__entries", "order", None, "citation"),
)

#: One row a list x stated key x known interval.
STATEMENTS = {
    "list_code": pl.String(),
    "stated_key": pl.String(),
    "country_code": pl.String(),
    "entity_name": pl.String(),
    "aliases": pl.String(),
    "addresses": pl.String(),
    "address_country_codes": pl.String(),
    "citation": pl.String(),
    "begins_on": pl.Date(),
    "known_from": pl.Date(),
    "known_to": pl.Date(),
}
#: One row a list x edition. states_headings: whether it says under which country each entry stands.
EDITIONS = {"list_code": pl.String(), "known_on": pl.Date(), "states_headings": pl.Boolean()}
_CODES = "address_country_codes"
#: The column of raw that an edition without headings does not state.
HEADING = "country_heading"


def statements(settings: Settings, keys: tuple[str, ...]) -> pl.DataFrame:
    """STATEMENTS of the lists whose key is one of `keys`, as raw holds them."""
    warehouse = Warehouse(settings)
    found = [read_table(t, list(warehouse.files(t.name))) for t in LISTS if t.key in keys]
    return pl.concat([pl.DataFrame(schema=STATEMENTS), *found])


def editions(settings: Settings, specs: dict[str, SourceSpec]) -> pl.DataFrame:
    """EDITIONS of the lists with derived keys, in the publisher's order."""
    warehouse, landing = Warehouse(settings), Landing(settings)
    rows: list[tuple[str, date, bool]] = []
    for table in (t for t in LISTS if t.key == "derived"):
        codes = read_table(table, list(warehouse.files(table.name)))["list_code"].unique().sort().to_list()
        has_headings = table.source in specs and HEADING in specs[table.source].things["entries"].columns
        for vintage in landing.vintages(table.name, "accepted"):
            stated = not has_headings or vintage.columns is None or HEADING in vintage.columns
            rows += [(code, vintage.known_on, stated) for code in codes]
    dated = pl.DataFrame(rows, schema=EDITIONS, orient="row")
    # Two editions of one day are one to raw, which keeps days.
    return dated.unique(["list_code", "known_on"], keep="last").sort("list_code", "known_on")


def standing(statements: pl.DataFrame, day: date) -> pl.DataFrame:
    """What was stated on a day, one row a stated key."""
    return statements.filter((pl.col("known_from") <= day) & (pl.col("known_to") > day))


def read_table(table: ListTable, files: list[Path]) -> pl.DataFrame:
    """STATEMENTS of one table from its raw files."""
    if not files:
        return pl.DataFrame(schema=STATEMENTS)
    raw = pl.scan_parquet(files)
    there = raw.collect_schema().names()
    printed = pl.col("addresses_printed") if "addresses_printed" in there else pl.lit(None, pl.String)
    stated = pl.col("addresses") if "addresses" in there else pl.lit(None, pl.String)
    code = pl.lit("US_BIS_DPL") if table.key == "order" else pl.col("list_code")
    number = pl.col("entity_number").cast(pl.String) if table.key == "given" else pl.col("entry_key")
    columns = {
        "list_code": code,
        "stated_key": number if table.key == "derived" else pl.concat_str(code, number, separator="/"),
        "addresses": pl.coalesce(stated, printed),
        "aliases": pl.col("aliases") if "aliases" in there else pl.lit(None),
        "address_country_codes": pl.col(_CODES) if _CODES in there else pl.lit(None),
        "citation": pl.col(table.citation) if table.citation else pl.lit(None),
        "begins_on": pl.col(table.begins_on) if table.begins_on else pl.lit(None),
    }
    shaped = raw.select(columns.get(name, pl.col(name)).cast(kind).alias(name) for name, kind in STATEMENTS.items())
    return shaped.sort("list_code", "stated_key", "known_from").collect()
