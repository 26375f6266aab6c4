"""What DataWeb's reports are known to say, computed from the parsed editions by plain Polars."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, Delivery, Parsed, load_spec, parser
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered, edition

pytestmark = pytest.mark.shared_data

SOURCE = "usitc_dataweb"
VALUE, DUTY = "import_value_consumption_usd", "calculated_duty_usd"
CLAIMED, TOTAL = "claimed_import_value_consumption_usd", "total_import_value_consumption_usd"
#: Calculated duties over customs value, percent, by month of 2025.
RATES = [2.207, 2.311, 3.816, 7.071, 8.845, 9.144, 9.747, 10.552, 10.652, 10.909]


@cache
def vintages() -> dict[str, Parsed]:
    folder = find_shared_data()
    assert folder is not None
    text = (SOURCES / SOURCE / "editions.yml").read_text(encoding="utf-8")
    found = {}
    for said in yaml.safe_load(text)["editions"]:
        files = tuple(file for pattern in said["files"] for file in delivered(folder, pattern))
        delivery = Delivery(files, said["vintage_id"], said["known_on"], said["known_precision"])
        (found[said["vintage_id"]],) = parser(SOURCE)(delivery, load_spec(SOURCE))
    return found


def claims() -> pl.DataFrame:
    return pl.concat(parsed.frame for parsed in vintages().values() if parsed.thing == "claims")


def totals() -> pl.DataFrame:
    return next(parsed.frame for parsed in vintages().values() if parsed.thing == "totals")


def test_totals_of_2024() -> None:
    year = totals().filter(pl.col("period_start").dt.year() == 2024).select(VALUE, DUTY).sum()
    assert (round(year[VALUE][0] / 1e9, 3), round(year[DUTY][0] / 1e9, 3)) == (3251.195, 76.160)
    assert round(100 * year[DUTY][0] / year[VALUE][0], 4) == 2.3425


def test_rates_of_2025_month_by_month() -> None:
    months = (
        totals()
        .filter(pl.col("period_start").dt.year() == 2025)
        .group_by("period_start")
        .agg(pl.col(VALUE, DUTY).sum())
    )
    rates = months.sort("period_start").select(100 * pl.col(DUTY) / pl.col(VALUE)).to_series()
    assert rates.round(3).to_list() == pytest.approx(RATES, abs=0.0011)


def test_fourteen_months_of_claims() -> None:
    months = claims()["period_start"].unique().sort().to_list()
    assert (len(months), months[0], months[-1]) == (14, date(2025, 1, 1), date(2026, 2, 1))


def test_claims_rest_on_nearly_all_imports_of_2025() -> None:
    """Imports for consumption of 2025 by the Census Bureau's yearly file: Canada 382.0, Mexico 533.3 billion."""
    year = claims().filter(pl.col("period_start").dt.year() == 2025).group_by("partner_code").agg(pl.col(TOTAL).sum())
    covered = {code: total / 1e9 for code, total in year.iter_rows()}
    assert 0.99 < covered["1220"] / 382.0402 < 1.0
    assert 0.99 < covered["2010"] / 533.2603 < 1.0


def test_claims_jump_in_july_2025_when_they_are_first_recorded_on_free_goods() -> None:
    def share(code: str, month: date) -> float:
        of = claims().filter(pl.col("partner_code") == code, pl.col("period_start") == month)
        return round(float(of[CLAIMED].sum()) / float(of[TOTAL].sum()), 3)

    june, july = date(2025, 6, 1), date(2025, 7, 1)
    assert (share("1220", june), share("1220", july)) == (0.573, 0.860)
    assert (share("2010", june), share("2010", july)) == (0.475, 0.869)
    soya = claims().filter(pl.col("hts10").str.starts_with("1201"), pl.col("partner_code") == "1220")
    before = soya.filter(pl.col("period_start") < july)[CLAIMED].sum()
    assert (before, soya.filter(pl.col("period_start") >= july)[CLAIMED].sum() > 0) == (0, True)


def test_dataweb_is_census_to_the_dollar() -> None:
    """The same months and sectors as the Census Bureau's file has them."""
    census = edition("census_imports", "naics3_2025-11")["controls"].frame.filter(
        pl.col("group_code") == "-", pl.col("product_code") != "ALL"
    )
    key = ["period_start", "naics3"]
    both = totals().join(census.rename({"product_code": "naics3"}), on=key, suffix="_census")
    assert both.height == totals().height == 704
    for column in (VALUE, DUTY):
        assert both[column].equals(both[f"{column}_census"].rename(column))
