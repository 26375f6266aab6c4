"""The table of estimates: made when what it is made of changed, and left alone otherwise.

Belongs here: levels read from a work database, and the record. Does not belong here: fits (test_fits.py).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import estimation_assets
from pipelines.estimation import fits, samples, tables
from pipelines.estimation.specifications import Specification, specifications
from pipelines.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = replace(load_settings(), home=tmp_path)
    home.work.mkdir(parents=True)
    with duckdb.connect(str(home.work_database)) as con:
        con.execute("create schema core")
        con.execute(
            """
            create table core.fct_trade_flow as
            select
                'import' as flow, '5700' as partner_code, level as product_level, code as product_code,
                day as period_start, months as period_months, 1000 as import_value_consumption_usd,
                100 as calculated_duty_usd,
                null::bigint as quantity_1, null::varchar as quantity_1_unit, known_to
            from (values
                ('NAICS3', '334', date '2025-03-01', 1, date '9999-12-31'),
                ('NAICS3', '334', date '2025-03-01', 1, date '2025-06-01'),
                ('NAICS3', '335', date '2025-03-01', 1, date '9999-12-31'),
                ('HTS10', '8542310000', date '2025-01-01', 12, date '9999-12-31')
            ) as flows(level, code, day, months, known_to)
            """
        )
        con.execute(
            """
            create table core.fct_weighted_sector_duty as
            select
                2024 as weight_year, '5700' as partner_code, 'NAICS3' as product_level, '334' as product_code,
                valid_from, valid_to, 200 as import_value_consumption_usd, duty::double as expected_duty_usd
            from (values
                (date '2018-01-01', date '2025-03-11', 20), (date '2025-03-11', date '9999-12-31', 82)
            ) as spans(valid_from, valid_to, duty)
            """
        )
        con.execute(
            """
            create table core.fct_period_tariff as
            select '5700' as partner_code, '8542310000' as product_code, date '2025-01-01' as period_start,
                12 as period_months, 0.4::double as expected_rate
            """
        )
    return home


def test_a_month_of_a_sector_is_weighed_by_days(settings: Settings) -> None:
    held = samples.levels(settings, "NAICS3", 1)
    assert held["product_code"].to_list() == ["334", "335"]
    assert held["statutory_rate"].to_list() == [pytest.approx((10 * 0.1 + 21 * 0.41) / 31), None]
    assert held["calculated_rate"].to_list() == [0.1, 0.1]


def test_a_line_has_the_rate_of_its_period(settings: Settings) -> None:
    held = samples.levels(settings, "HTS10", 12)
    assert held.select("value_usd", "statutory_rate").rows() == [(1000, 0.4)]
    assert list(settings.temp.glob("*")) == []


def test_estimates_of_little_say_why_there_are_none(settings: Settings) -> None:
    rows = tables.estimates(settings)
    assert rows["spec_id"].to_list() == [s.spec_id for s in sorted_as_estimated()]
    assert rows["estimate"].null_count() == rows.height
    assert rows["note"].null_count() == 0


def sorted_as_estimated() -> list[Specification]:
    listed = specifications()
    levels = list(dict.fromkeys((s.product_level, s.period_months) for s in listed))
    return sorted(listed, key=lambda s: levels.index((s.product_level, s.period_months)))


def test_they_are_made_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    state = {"now": "a"}
    monkeypatch.setattr(tables, "made_of", lambda *_: state["now"])
    lineage = None
    assert tables.write(settings, lineage) is True  # type: ignore[arg-type]
    assert tables.write(settings, lineage) is False  # type: ignore[arg-type]
    stand = tables.standing(settings)
    assert stand.height == len(specifications())
    state["now"] = "b"
    assert tables.is_current(settings, lineage) is False  # type: ignore[arg-type]
    assert tables.write(settings, lineage) is True  # type: ignore[arg-type]
    assert stand.equals(tables.standing(settings))


def test_marts_that_are_read_are_released() -> None:
    from tests.rules.repository import released_models  # noqa: PLC0415

    assert set(samples.MARTS) <= {f"{model.layer}.{model.name}" for model in released_models()}
    assert pl.Schema(fits.SCHEMA).names()[:3] == ["spec_id", "term", "horizon_months"]


def test_dagster_has_an_asset_a_specification_between_core_and_the_table() -> None:
    by_key = {tuple(asset.key.path): asset for asset in estimation_assets.estimation_assets()}
    listed = [("estimation", spec.spec_id) for spec in specifications()]
    assert [*by_key] == [*listed, ("raw", "estimation__estimates")]
    assert {tuple(d.asset_key.path) for d in by_key[listed[0]].deps} == {tuple(m.split(".")) for m in samples.MARTS}
    assert {tuple(d.asset_key.path) for d in by_key["raw", "estimation__estimates"].deps} == set(listed)
