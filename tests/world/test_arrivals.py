"""Vintages that arrive later, by hand or out of order, and leave again: a release follows what is held."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipelines import pack as packs
from pipelines.contract import all_specs
from pipelines.files import read_json
from pipelines.intake import IntakeReport
from pipelines.landing import Landing
from pipelines.release import Release, releases
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.faults.bulk_file import Entry, bulk_month
from tests.world import census_month
from tests.world.home import GATE_RESULTS, Home, different

VINTAGES = "provenance.source_vintages"


@pytest.fixture
def month(tmp_path: Path) -> Path:
    return census_month.write(tmp_path)


def inodes(release: Release) -> dict[str, int]:
    """Which file of the disk each mart's Parquet is."""
    return {n: (release.path / "parquet" / f"{n.replace('.', '/')}.parquet").stat().st_ino for n in release.tables}


def test_a_refresh_without_news_makes_no_release(world: Home) -> None:
    outcome = world.refresh(world.pack)
    assert outcome.success and outcome.run_id == ""
    assert [r.build_id for r in releases(world.settings)] == [world.latest.build_id]


def test_a_bulk_month_brings_flows_the_publishers_totals_and_claims(built: Home, world: Home, tmp_path: Path) -> None:
    """A month DataWeb's reports in the small world do not have."""
    radio, steel = "8517620010", "7208270045"
    entries = (
        Entry(radio, "1220", "S+", value=900, provision="18"),
        Entry(radio, "1220", value=100, dutiable=100, duty=50),
        Entry(steel, "5800", "KR", value=600, provision="18"),
        Entry(steel, "5800", value=50, district="07"),
    )
    file = tmp_path / "IMDB2508.ZIP"
    file.write_bytes(bulk_month("2025-08", entries))
    before = built.content()
    done = world.statecraft("add", "census_imports", file, "--known-on", "2025-10-08")
    assert done.returncode == 0, done.stderr
    after = world.content()
    august = pl.col("period_start") == pl.date(2025, 8, 1)
    claims = after["core.fct_preference_claim"].filter(august, pl.col("claim_source") == "census").sort("partner_code")
    assert claims.select(
        "partner_code", "program_code", "claimed_import_value_consumption_usd", "total_import_value_consumption_usd"
    ).rows() == [("1220", "S", 900, 1000), ("5800", "KR", 600, 650)]
    flows = after["core.fct_trade_flow"].filter(august, pl.col("product_level") == "HTS10").sort("partner_code")
    assert flows["import_value_consumption_usd"].to_list() == [1000, 650]
    agreed = after["provenance.source_agreement"].join(
        before["provenance.source_agreement"], on=["check_name", "partner_code", "period_start"], how="anti"
    )
    assert set(agreed["check_name"]) == {"detail_and_total"}
    assert set(agreed["partner_code"]) == {"ALL"} and agreed["is_within_band"].all()


def test_a_new_month_makes_a_release_of_what_it_touches_and_can_be_withdrawn(
    built: Home, world: Home, month: Path
) -> None:
    before, first = built.content(), world.latest
    done = world.statecraft("add", "census_imports", month)
    assert done.returncode == 0, done.stderr
    assert f"census_imports__flows {census_month.VINTAGE}" in done.stdout

    after, second = world.content(), world.latest
    assert second.build_id != first.build_id
    touched = set(different(before, after))
    made_of_flows = {"calculated_duty_rates", "supplier_dependence", "tariff_gap"}
    assert touched == {VINTAGES, "core.fct_trade_flow", "core.fct_trade_control"} | {
        f"trade_impact.{name}" for name in made_of_flows
    }
    new_files = {name for name, inode in inodes(second).items() if inodes(first)[name] != inode}
    assert new_files == {*touched, GATE_RESULTS}

    flows = after["core.fct_trade_flow"].filter(pl.col("period_start") == pl.date(2021, 8, 1))
    stated = {
        (partner, chapter): (value, duty)
        for partner, chapter, value, duty in flows.select(
            "partner_code", "product_code", "import_value_consumption_usd", "calculated_duty_usd"
        ).iter_rows()
    }
    assert stated == census_month.FIGURES
    changes = read_json(second.path / "changes.json")
    assert (changes["against"], changes["tables_added"], changes["tables_removed"]) == (first.build_id, [], [])
    assert changes["rows"].keys() == touched
    assert changes["rows"]["core.fct_trade_flow"] == {"added": census_month.FLOWS, "changed": 0, "removed": 0}
    assert changes["rows"]["core.fct_trade_control"] == {"added": census_month.CONTROLS, "changed": 0, "removed": 0}
    assert changes["rows"][VINTAGES] == {"added": 2, "changed": 0, "removed": 0}

    done = world.statecraft("withdraw", "census_imports", census_month.VINTAGE, "--reason", "made up by a test")
    assert done.returncode == 0, done.stderr
    assert world.refresh().success
    later = world.content()
    assert different(before, later) == [VINTAGES]
    on_record = later[VINTAGES].filter(pl.col("status") == "withdrawn")
    assert on_record["vintage_id"].to_list() == [census_month.VINTAGE] * 2
    assert all("made up by a test" in reason for reason in on_record["reason"])


def test_an_edition_that_belongs_between_others_may_come_last(built: Home, late: Home, tmp_path: Path) -> None:
    """And the warehouse may have been moved: its views name raw files by place, and are made anew first."""
    told_apart = set(different(built.content(), late.content()))
    assert "core.fct_list_entry" in told_apart
    # The edition's misprints are put right with it, and are on record with it; all else is about lists, of which the
    # timeline tells.
    others = {name for name in told_apart if "_list_" not in name and ".list_" not in name}
    assert others == {"policy_events.timeline", "provenance.corrections_applied", VINTAGES}
    home = late.at(tmp_path / "elsewhere")
    shutil.rmtree(late.path.with_name("warehouse"))
    assert home.refresh(home.pack).success
    assert different(built.content(), home.content()) == []


def test_the_order_of_arrival_does_not_matter(built: Home, tmp_path: Path) -> None:
    """The same vintages brought in the opposite order, one by one, make the same raw files."""
    settings, theirs = Settings(tmp_path / "home", "800MB", 2), Warehouse(built.settings)
    landing, ours = Landing(settings), Warehouse(settings)
    for name, spec in all_specs().items():
        for parsed in reversed(list(packs.read(built.pack, spec, landing, IntakeReport(name)))):
            landing.mark([landing.land(spec, parsed, "pack")], "accepted")
            ours.sync(spec, parsed.thing)
        for table in (spec.table(thing) for thing in spec.things):
            files = {path.relative_to(ours.folder): path.read_bytes() for path in ours.files(table)}
            assert files == {path.relative_to(theirs.folder): path.read_bytes() for path in theirs.files(table)}
