"""Series in SDMX are read back by a program for SDMX, by their structure, under codes other systems know."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import sdmx as reader
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import StatecraftError
from pipelines.export import sdmx
from pipelines.export.sdmx_structure import code_list
from pipelines.export.sdmx_structure import write as write_structure
from pipelines.release import Release
from pipelines.settings import Settings
from tests.unit.export.tiny import tiny_release
from tests.unit.rooms import toy_settings

OPEN = "date '9999-12-31'"
MEASURES = "import_value_consumption_usd, import_value_general_usd, dutiable_value_usd, calculated_duty_usd"
TABLES = f"""
    create or replace table core.dim_partner as from (values
        ('5700', 'China', 'CN', 'CHN'), ('4803', 'Kosovo', 'KV', null)
    ) as t(partner_code, partner_name, iso2, iso3);
    create table core.fct_trade_flow as from (values
        ('import', '5700', 'HS2', '72', date '2025-03-01', 1, 100, 110, null, 0, null, null, true,
         date '2025-05-06', date '2025-06-05'),
        ('import', '5700', 'HS2', '72', date '2025-03-01', 1, 101, 110, null, 0, null, null, true,
         date '2025-06-05', {OPEN}),
        ('export', '4803', 'HS2', 'ALL', date '2024-01-01', 12, null, null, null, null, null, 7, false,
         date '2025-06-05', {OPEN})
    ) as t(flow, partner_code, product_level, product_code, period_start, period_months, {MEASURES},
        import_charges_usd, export_value_fas_usd, is_provisional, known_from, known_to);
    create macro core.trade_in_hs_edition(edition, known_on := current_date) as table
        select flow, partner_code, '720810' as hs6, period_start, period_months, 'as_reported' as basis,
            {MEASURES}, import_charges_usd, export_value_fas_usd
        from core.fct_trade_flow where known_from <= known_on and known_on < known_to and flow = 'import';
    create schema trade_impact;
    create table trade_impact.effective_tariff_monthly as from (values
        (2024, 'ALL', 'ALL', 'ALL', date '2025-04-01', 0.2, 0.21, null),
        (2024, '5700', 'HS2', '72', date '2025-04-01', 0.5, 0.5, 0.6),
        (2024, 'ALL', 'ALL', 'ALL', date '2026-05-01', 0.1, null, null),
        (2024, 'ALL', 'ALL', 'ALL', date '2026-06-01', 0.1, null, null),
        (2024, 'ALL', 'ALL', 'ALL', date '2026-11-01', 0.1, null, null)
    ) as t(weight_year, partner_code, product_level, product_code, month, effective_rate, unclaimed_rate, tri_rate);
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return toy_settings(tmp_path_factory.mktemp("sdmx"))


@pytest.fixture(scope="module")
def release(settings: Settings) -> Release:
    made = tiny_release(settings)
    with duckdb.connect(str(made.database)) as con:
        for statement in filter(str.strip, TABLES.split(";")):
            con.execute(statement)
    return made


def read_back(settings: Settings, release: Release, flow: sdmx.Flow, folder: Path) -> dict[tuple[str, ...], float]:
    """The series as the program for SDMX sees them: key -> value."""
    sdmx.write(settings, release, flow, folder / "data.csv", None, 60)
    write_structure(flow, folder / "structure.xml", release.created_at)
    structure: Any = reader.read_sdmx(folder / "structure.xml")
    [dataflow] = structure.dataflow.values()
    assert [d.id for d in dataflow.structure.dimensions] == [*(c.id for c in flow.dimensions), "TIME_PERIOD"]
    found: dict[tuple[str, ...], float] = {}
    message: Any = reader.read_sdmx(folder / "data.csv", structure=dataflow)
    for data in message.data:
        found |= dict(reader.to_pandas(data).items()) if len(data) else {}
    for key in found:  # every code is in its list
        for value, component in zip(key, flow.dimensions, strict=False):
            assert not component.codes or value in structure.codelist[code_list(flow, component)]
    return found


def test_trade_is_read_back_as_known_on_a_day(settings: Settings, release: Release, tmp_path: Path) -> None:
    found = read_back(settings, release, sdmx.trade(settings, release, date(2025, 5, 31)), tmp_path)
    of_march = ("M", "M", "CN", "HS2", "72")
    assert found == {
        (*of_march, "CALCULATED_DUTY_USD", "2025-03"): 0,  # zero is stated, and a value not stated is no row
        (*of_march, "IMPORT_VALUE_CONSUMPTION_USD", "2025-03"): 100,
        (*of_march, "IMPORT_VALUE_GENERAL_USD", "2025-03"): 110,
    }
    now = read_back(settings, release, sdmx.trade(settings, release, date(2025, 7, 1)), tmp_path)
    assert now[*of_march, "IMPORT_VALUE_CONSUMPTION_USD", "2025-03"] == 101
    assert now["A", "X", "SC4803", "HS2", "_T", "EXPORT_VALUE_FAS_USD", "2024"] == 7  # ISO has no code for it
    head, first, *_ = (tmp_path / "data.csv").read_text().splitlines()
    assert head.startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,FLOW,PARTNER,") and head.endswith("KNOWN_FROM,BASIS")
    assert first.startswith("dataflow,STATECRAFT:SC_TRADE(1.0.0),I,A,X,SC4803") and ",USD,A,2025-06-05," in first


def test_trade_in_an_edition_of_the_harmonized_system(settings: Settings, release: Release, tmp_path: Path) -> None:
    found = read_back(settings, release, sdmx.trade(settings, release, date(2025, 7, 1), "HS2022"), tmp_path)
    assert found["M", "M", "CN", "HS2022", "720810", "IMPORT_VALUE_CONSUMPTION_USD", "2025-03"] == 101
    with pytest.raises(StatecraftError, match=r"no edition 'HS1996'.*HS2012, HS2017, HS2022"):
        sdmx.trade(settings, release, date(2025, 7, 1), "HS1996")


def test_tariffs_are_read_back_by_month(settings: Settings, release: Release, tmp_path: Path) -> None:
    found = read_back(settings, release, sdmx.tariff(settings, release), tmp_path)
    assert found["M", "_T", "ALL", "_T", "EFFECTIVE_RATE", "2024", "2025-04"] == 0.2
    assert found["M", "CN", "HS2", "72", "TRI_RATE", "2024", "2025-04"] == 0.6
    assert len(found) == 8


def test_months_not_over_on_the_day_of_the_release_are_forecasts(
    settings: Settings, release: Release, tmp_path: Path
) -> None:
    read_back(settings, release, sdmx.tariff(settings, release), tmp_path)
    structure: Any = reader.read_sdmx(tmp_path / "structure.xml")
    assert {"A", "F"} <= structure.codelist["CL_SC_TARIFF_OBS_STATUS"].items.keys()
    [dataflow] = structure.dataflow.values()
    message: Any = reader.read_sdmx(tmp_path / "data.csv", structure=dataflow)
    read = [seen for data in message.data for seen in data.obs if seen.key["MEASURE"].value == "EFFECTIVE_RATE"]
    status = {str(seen.key["TIME_PERIOD"].value): str(seen.attached_attribute["OBS_STATUS"].value) for seen in read}
    assert status == {"2025-04": "A", "2026-05": "A", "2026-06": "F", "2026-11": "F"}  # released on 2026-06-08


def test_the_command_writes_data_and_structure(
    settings: Settings, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATECRAFT_HOME", str(settings.home))
    asked = ["sdmx", "tariff", "--where", "PARTNER = 'CN'", "-o", str(tmp_path)]
    assert "3 values of STATECRAFT:SC_TARIFF(1.0.0)" in " ".join(CliRunner().invoke(app, asked).output.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["structure.xml", "tariff.csv"]
    refused = CliRunner().invoke(app, ["sdmx", "tariff", "--edition", "HS2022"]).exception
    assert isinstance(refused, StatecraftError) and "are for trade" in str(refused)
