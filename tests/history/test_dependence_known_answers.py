"""Where minerals come from: values of 2024 by the Census Bureau beside the import sources USGS prints for 2021 to 2024.

Belongs here: shares of suppliers of the hand-kept groups. Does not belong here: formulas (models/marts/trade_impact).

USGS counts mostly quantities, over four years; values of one year agree within the bands below, and no better.
"""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from pipelines.settings import PROJECT_ROOT
from tests.history.test_census_known_answers import CONSUMPTION, imports

pytestmark = pytest.mark.shared_data

CODES = {"China": "5700", "Mexico": "2010", "Canada": "1220", "Peru": "3330", "Brazil": "3510", "Chile": "3370"}
#: Commodity and detail of USGS, the codes, USGS's largest source, and the band in percentage points.
SOURCES_OF = [
    ("Rare Earths", "Rare-earth compounds and metals", ["280530", "2846"], "China", 3),
    ("Antimony", "Oxide", ["282580"], "China", 10),
    ("Fluorspar", "All", ["252921", "252922"], "Mexico", 8),
    ("Potash", "All", ["310420", "310430"], "Canada", 6),
    ("Phosphate Rock", "All", ["2510"], "Peru", 1),
    ("Niobium (Columbium)", "Total imports", ["28259015", "720293", "81129240"], "Brazil", 5),
    ("Lithium", "All", ["282520", "283691"], "Chile", 8),
]


@cache
def printed_sources(shared_data: Path) -> dict[tuple[str, str], dict[str, float]]:
    text = gzip.decompress((shared_data / "reference" / "usgs_MCS2026_Commodities_Data.csv.gz").read_bytes())
    found: dict[tuple[str, str], dict[str, float]] = {}
    for row in csv.DictReader(io.StringIO(text.decode("cp1252"))):
        if row["Section"] == "Import Sources" and row["Value"].strip(">").isdigit():
            shares = found.setdefault((row["Commodity"], row["Statistics_detail"]), {})
            shares[row["Country"]] = float(row["Value"].strip(">"))
    return found


def shares_of_2024(prefixes: list[str]) -> dict[str, float]:
    under = pl.any_horizontal([pl.col("product_code").str.starts_with(prefix) for prefix in prefixes])
    frame = imports("hs10_annual_2026-08").filter(under, period_start=date(2024, 1, 1))
    sums = frame.group_by("partner_code").agg(pl.col(CONSUMPTION).sum())
    return {code: 100 * value / sums[CONSUMPTION].sum() for code, value in sums.iter_rows()}


@pytest.mark.parametrize(("commodity", "detail", "prefixes", "largest", "band"), SOURCES_OF)
def test_largest_sources_are_those_that_usgs_prints(
    shared_data: Path, commodity: str, detail: str, prefixes: list[str], largest: str, band: float
) -> None:
    printed = printed_sources(shared_data)[commodity, detail]
    assert max((country for country in printed if country != "Other countries"), key=printed.__getitem__) == largest
    shares = shares_of_2024(prefixes)
    assert max(shares, key=shares.__getitem__) == CODES[largest]
    assert shares[CODES[largest]] == pytest.approx(printed[largest], abs=band)


def test_china_sold_less_gallium_than_it_had() -> None:
    """Under licence since 2023-08-01, and in principle not licensed to the United States since 2024-12-03."""
    assert shares_of_2024(["81129210"])["5700"] == pytest.approx(9.3, abs=0.1)


def test_kept_codes_are_those_that_the_minerals_file_holds(shared_data: Path) -> None:
    """Codes USGS finds unambiguous for a mineral (Open-File Report 2025-1047) are ours, or goods made of it."""
    with (PROJECT_ROOT / "seeds" / "product_group_codes.csv").open(encoding="utf-8", newline="") as file:
        kept = [(row["commodity"], row["hts_prefix"]) for row in csv.DictReader(file) if row["commodity"]]
    path = shared_data / "reference" / "usgs_ofr2025-1047_mineral_hts_2023_unambiguous8.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["mineral"], row["hts_prefix_or_code"]) for row in csv.DictReader(file)]
    ours = {"Palladium": "Platinum-group metals", "Rhodium": "Platinum-group metals"}
    left = {
        code
        for mineral, code in rows
        if not any(code.startswith(prefix) for name, prefix in kept if name == ours.get(mineral, mineral))
    }
    fertilizers = {"2835250000", "2835260000", "3103110000", "3103190000", "3105300000", "3105400010", "3105400050"}
    copper_alloys = {"7405006030", "7409901030", "7409905030", "7409909030"}
    assert left == fertilizers | copper_alloys | {"3104900100"}
