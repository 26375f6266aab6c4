"""The small world: a pack cut from the embedded one, of real figures, so small that a whole refresh takes seconds.

Belongs here: which vintages, keys and cells are kept, and writing them as a pack. Does not belong here: fixtures
(conftest.py) and assertions.

Kept: two chapters and the special provisions of five tariff editions; two chapters of yearly imports from four
partners in both vintages; months of imports and exports by chapter in all vintages; a year of exports by ten digits;
some sectors; some parties of the Entity List in its three editions, some of OFAC's entries in four editions, some
denial orders in both, some parties of the other lists; documents of the Federal Register of two years; the reference
lists, the concordance cut to the two chapters; four months of claims in the two chapters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract import ThingSpec, all_specs
from pipelines.files import read_json, sha256_of, write_json
from pipelines.gates import EXPECTATIONS
from pipelines.landing import WHOLE_LIST, partition_expression
from pipelines.settings import PROJECT_ROOT

SAMPLE = PROJECT_ROOT / "sample"

CHAPTERS = ["72", "85"]
PARTNERS = ["1220", "2010", "5520", "5700"]
WORLD = ["-"]
HTS_EDITIONS = ["2023_rev_10", "2025_basic", "2025_rev_12", "2025_rev_18", "2026_rev_10"]
#: Months by chapter: both years of overlap between the three vintages.
CHAPTER_MONTHS = (date(2020, 1, 1), date(2021, 7, 1))
#: A year of exports by ten digits, to be set against the year of imports.
EXPORT_MONTHS = (date(2024, 1, 1), date(2024, 12, 1))
SECTOR_MONTHS = (date(2025, 9, 1), date(2025, 11, 1))
#: Months of claims: the last without claims on free goods, the first with them, and the last two held.
CLAIM_MONTHS = [date(2025, 6, 1), date(2025, 7, 1), date(2026, 1, 1), date(2026, 2, 1)]
#: Parties of the Entity List by how their names begin.
PARTIES = ["ga", "su"]
#: OFAC's editions with aliases and addresses, and the two newest of the list without them; every fiftieth entry.
OFAC_EDITIONS = ["sdn-2018-12", "sdn-2024-03-27", "sdn-2024-05-03", "cons-2024-08"]
OFAC_STRIDE = 50


@dataclass(frozen=True)
class Cut:
    """What is kept of one thing: rows, cells (where it has them), and vintages (None = all)."""

    rows: pl.Expr = field(default_factory=lambda: pl.lit(True))
    cells: pl.Expr = field(default_factory=lambda: pl.lit(True))
    vintages: list[str] | None = None


def _cells(who: str, levels: Mapping[str, tuple[list[str], tuple[date, date]]]) -> pl.Expr:
    """Cells of some product levels: of each its partners or groups, and its first and last period."""
    return pl.any_horizontal(
        (pl.col("product_level") == level) & pl.col(who).is_in(codes) & pl.col("period_start").is_between(*periods)
        for level, (codes, periods) in levels.items()
    )


_YEARS = (date(2024, 1, 1), date(2025, 1, 1))
_CHAPTER = pl.col("product_code").str.slice(0, 2).is_in(CHAPTERS)
_TEN_DIGITS = pl.col("product_level").is_in(["HTS10", "SB10"])
_LINES = pl.col("htsno").str.slice(0, 2).is_in([*CHAPTERS, "99"])
_PARTY = pl.col("entry_key").str.slice(3, 2).is_in(PARTIES)
_LISTED = pl.col("entry_key").str.slice(3, 1).is_in(["a", "s"])
CUTS = {
    "bea_customs_duties__duties": Cut(),
    "bis_denied_persons__entries": Cut(rows=pl.col("entry_key").str.slice(0, 1).is_in(["A", "S"])),
    "bis_entity_list__entries": Cut(rows=_PARTY),
    "census_exports__flows": Cut(
        rows=~_TEN_DIGITS | _CHAPTER,
        cells=_cells("partner_code", {"HS2": (PARTNERS, CHAPTER_MONTHS), "SB10": (["5520"], EXPORT_MONTHS)}),
    ),
    "census_exports__controls": Cut(cells=_cells("group_code", {"HS2": (WORLD, CHAPTER_MONTHS)})),
    "census_import_concordance__products": Cut(rows=pl.col("hts10").str.slice(0, 2).is_in(CHAPTERS)),
    "census_imports__flows": Cut(
        rows=~_TEN_DIGITS | _CHAPTER,
        cells=_cells(
            "partner_code",
            {"HS2": (PARTNERS, CHAPTER_MONTHS), "HTS10": (PARTNERS, _YEARS), "NAICS3": (PARTNERS, SECTOR_MONTHS)},
        ),
    ),
    "census_imports__controls": Cut(
        rows=~_TEN_DIGITS | _CHAPTER,
        cells=_cells(
            "group_code",
            {
                "HS2": (WORLD, CHAPTER_MONTHS),
                "HTS10": (["0003"], _YEARS),
                "NAICS3": ([*WORLD, *PARTNERS], SECTOR_MONTHS),
                "NAICS6": (WORLD, SECTOR_MONTHS),
            },
        ),
    ),
    "census_schedule_c__partners": Cut(),
    "dhs_uflpa__entries": Cut(),
    "federal_register__bis_rules": Cut(),
    "federal_register__documents": Cut(cells=pl.col("document_number").str.slice(0, 4).is_in(["2023", "2025"])),
    "federal_register_text__mentions": Cut(rows=pl.col("mention_kind") != "heading_listed"),
    "federal_register_text__notices": Cut(),
    "gleif__entities": Cut(),
    "gleif__exceptions": Cut(),
    "gleif__relationships": Cut(),
    "iso_countries__countries": Cut(),
    "ita_screening_list__entries": Cut(rows=_LISTED),
    "meti_end_users__entries": Cut(rows=_LISTED),
    "mofcom_lists__entries": Cut(rows=_LISTED),
    "ofac_sdn__entries": Cut(rows=pl.col("entity_number") % OFAC_STRIDE == 0, vintages=OFAC_EDITIONS),
    "presidential_text__mentions": Cut(),
    "presidential_text__texts": Cut(),
    "un_hs_correlations__links": Cut(),
    "usgs_minerals__products": Cut(),
    "usitc_dataweb__claims": Cut(
        rows=pl.col("hts10").str.slice(0, 2).is_in(CHAPTERS), cells=pl.col("period_start").is_in(CLAIM_MONTHS)
    ),
    "usitc_dataweb__totals": Cut(),
    "usitc_hts__lines": Cut(rows=_LINES, vintages=HTS_EDITIONS),
    "usitc_hts__footnotes": Cut(rows=_LINES, vintages=HTS_EDITIONS),
}


def write_pack(target: Path) -> Path:
    """Cut the embedded pack down to the small world. Returns the folder written."""
    manifest = read_json(SAMPLE / "manifest.json")
    for name, source in manifest["sources"].items():
        for thing, packed in source["things"].items():
            table = f"{name}__{thing}"
            spec = all_specs()[name].things[thing]
            source["things"][thing] = _cut_thing(spec, packed, CUTS[table], SAMPLE / table, target / table)
    write_json(target / "manifest.json", manifest)
    return target


def _cut_thing(spec: ThingSpec, packed: dict[str, Any], cut: Cut, source: Path, target: Path) -> dict[str, Any]:
    target.mkdir(parents=True)
    records = [r for r in packed["vintages"] if cut.vintages is None or r["vintage_id"] in cut.vintages]
    days = [date.fromisoformat(record["known_on"]) for record in records]
    cells = None
    if spec.cell:
        whole = pl.read_parquet(source / "cells.parquet")
        cells = whole.filter(cut.cells).with_columns(partition_expression(spec.partition).alias("partition"))
        cells.drop("partition").write_parquet(target / "cells.parquet")
        records = [r for r in records if r["place"] in cells["vintage"].unique()]
    names = [WHOLE_LIST] if cells is None else cells["partition"].unique().sort().to_list()
    # A row that stood on the day of no kept vintage belongs to one that is left out.
    stood = pl.any_horizontal((pl.col("known_from") <= day) & (day < pl.col("known_to")) for day in days)
    files, kept = {}, {}
    for name in names:
        if name not in packed["files"]:
            continue
        rows = pl.read_parquet(source / f"{name}.parquet").filter(cut.rows & stood)
        if cells is not None:
            rows = rows.join(cells.select(spec.cell).unique(), on=spec.cell, how="semi")
        path = target / f"{name}.parquet"
        rows.write_parquet(path)
        files[name], kept[name] = {"sha256": sha256_of(path.read_bytes()), "rows": rows.height}, rows
    return {
        "files": files,
        "cells_sha256": sha256_of((target / "cells.parquet").read_bytes()) if cells is not None else None,
        "vintages": [_cut_record(spec, record, cells, kept) for record in records],
    }


def _cut_record(
    spec: ThingSpec, record: dict[str, Any], cells: pl.DataFrame | None, kept: dict[str, pl.DataFrame]
) -> dict[str, Any]:
    """The record of a vintage in the cut pack: the publisher's facts as they are, with its own partitions and rows."""
    mine = None if cells is None else cells.filter(pl.col("vintage") == record["place"])
    partitions = [WHOLE_LIST] if mine is None else mine["partition"].unique().sort().to_list()
    day = date.fromisoformat(record["known_on"])
    standing = (pl.col("known_from") <= day) & (day < pl.col("known_to"))
    stood = [kept[name].filter(standing) for name in partitions if name in kept]
    if mine is not None:
        stood = [rows.join(mine, on=spec.cell, how="semi") for rows in stood]
    return {**record, "partitions": partitions, "row_count": sum(rows.height for rows in stood)}


def write_expectations(target: Path) -> Path:
    """The gates' suites without the rules about volume (`meta.volume`), which only the whole world can meet."""
    for path in EXPECTATIONS.rglob("*.json"):
        suite = read_json(path)
        suite["expectations"] = [rule for rule in suite["expectations"] if not rule["meta"].get("volume")]
        write_json(target / path.relative_to(EXPECTATIONS), suite)
    return target
