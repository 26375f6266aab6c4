"""Months past, from a publisher on the loopback to readers: one release a backfill, none where nothing is new."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from pipelines import intake
from pipelines.cli import backfill as command
from pipelines.contract import SourceSpec, load_spec
from pipelines.errors import FetchError
from pipelines.release import releases
from pipelines.service.backfill import begun
from pipelines.sources.census_imports import fetch
from tests.faults.asking import make_http
from tests.faults.publisher import Publisher
from tests.faults.publishers_formats import Row, bulk_site, census_api
from tests.world.home import Home

PATH = "/data/timeseries/intltrade/imports/hs"
MONTH = pl.date(2021, 8, 1)
#: (partner, chapter) -> value in US dollars.
FIGURES = {("1220", "84"): 900_000_001, ("1220", "85"): 1_500_000_002, ("5700", "84"): 50_000_003}
RESTATED = {**FIGURES, ("5700", "84"): 51_000_004}


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """The Census Bureau with one level of one month, asked without a key."""
    monkeypatch.delenv("CENSUS_API_KEY", raising=False)
    monkeypatch.setattr(intake, "Http", make_http)
    monkeypatch.setattr(fetch, "SLICES", fetch.SLICES[:1])
    with Publisher() as running:
        yield running


def serve(publisher: Publisher, figures: dict[tuple[str, str], int]) -> SourceSpec:
    """The month's figures at the API; no bulk file. Returns the source with its endpoints moved here."""

    def row(chapter: str, partner: str, value: int) -> Row:
        values = {name: str(value) for name in ("CON_VAL_MO", "GEN_VAL_MO", "DUT_VAL_MO")}
        rest = {"CAL_DUT_MO": str(value // 50), "CON_CHA_MO": "0", "SUMMARY_LVL": "DET", "COMM_LVL": "HS2"}
        return {"I_COMMODITY": chapter, "CTY_CODE": partner, "time": "2021-08", **values, **rest}

    rows = [row(chapter, partner, value) for (partner, chapter), value in figures.items()]
    for chapter in ("84", "85"):
        world = row(chapter, "-", sum(v for (_, c), v in figures.items() if c == chapter))
        duty = sum(int(r["CAL_DUT_MO"]) for r in rows if r["I_COMMODITY"] == chapter)
        rows.append({**world, "CAL_DUT_MO": str(duty)})
    endpoints = {"hs": census_api(publisher, PATH, rows), "naics": publisher.url("/none"), **bulk_site(publisher, {})}
    return load_spec("census_imports").model_copy(update={"endpoints": endpoints})


def run(home: Home, spec: SourceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command, in this process."""
    with home.at_hand(), monkeypatch.context() as patch:
        patch.setattr(command, "source_named", lambda name: spec)
        command.backfill("census_imports", "2021-08", "2021-09")


def values(home: Home) -> dict[tuple[str, str], int]:
    flows = home.mart("core.fct_trade_flow").filter(pl.col("period_start") == MONTH, pl.col("product_level") == "HS2")
    named = flows.select("partner_code", "product_code", "import_value_consumption_usd").iter_rows()
    return {(partner, chapter): value for partner, chapter, value in named}


def test_a_month_past_is_published_once_and_again_only_where_it_was_restated(
    world: Home, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(releases(world.settings))
    run(world, serve(publisher, FIGURES), monkeypatch)
    assert values(world) == FIGURES
    assert len(releases(world.settings)) == before + 1
    assert "nothing that is not held for 2021-09" in capsys.readouterr().out

    first = world.latest
    run(world, serve(publisher, FIGURES), monkeypatch)
    assert world.latest.build_id == first.build_id
    assert "As held: 2021-08." in capsys.readouterr().out

    spec = serve(publisher, RESTATED)
    publisher.fault(PATH, "503")
    with pytest.raises(FetchError, match="2021-08, 2021-09 are left") as stopped:
        run(world, spec, monkeypatch)
    assert "statecraft backfill census_imports --from 2021-08 --to 2021-09" in stopped.value.action
    assert world.latest.build_id == first.build_id
    told = world.statecraft("status").stdout
    assert "Backfill of census_imports" in told and "answered 503" in told

    publisher.heal()
    run(world, spec, monkeypatch)
    assert values(world) == RESTATED and begun(world.settings) == []
    vintages = world.mart("provenance.source_vintages").filter(pl.col("vintage_id").str.contains("_backfill_"))
    assert vintages["vintage_id"].n_unique() == 1 and vintages["sha256"].n_unique() == 2  # of one day
