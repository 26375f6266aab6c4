"""What a user types, and what is there afterwards."""

from __future__ import annotations

import json
import os
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import pack
from pipelines.contract import all_specs
from pipelines.files import one_writer
from pipelines.intake import IntakeReport
from pipelines.landing import Landing
from pipelines.release import releases
from pipelines.release_tables import TABLE_MACROS
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.world.fixtures import World, content, same_content

pytestmark = pytest.mark.xdist_group("world")

#: A month of imports by chapter as the Census API answers, China and the chapters the small world keeps.
NEW_MONTH = [
    ["CTY_CODE", "CTY_NAME", "I_COMMODITY", "CON_VAL_MO", "CAL_DUT_MO", "COMM_LVL", "time"],
    ["5700", "CHINA", "72", "1000", "250", "HS2", "2021-08"],
    ["5700", "CHINA", "85", "2000", "500", "HS2", "2021-08"],
]


def test_a_release_is_complete(built_world: World) -> None:
    release = built_world.release()
    papers = {"statecraft.duckdb", "datapackage.json", "checks.json", "changes.json", "build.json", "docs", "parquet"}
    assert papers <= {p.name for p in release.path.iterdir()}
    assert (built_world.settings.releases / "latest").resolve() == release.path
    package = json.loads((release.path / "datapackage.json").read_text())
    on_disk = {str(p.relative_to(release.path)) for p in release.path.glob("parquet/*/*.parquet")}
    assert {r["path"] for r in package["resources"]} == on_disk
    assert all(f["description"] for r in package["resources"] for f in r["schema"]["fields"])
    page = (release.path / "docs" / "index.html").read_text()
    assert "fct_trade_flow" in page and "MANIFEST.JSON INLINE DATA" not in page
    checks = json.loads((release.path / "checks.json").read_text())
    assert checks["landing_gate"] and checks["release_gate"] and checks["dbt_tests"]


def test_the_released_file_describes_itself(built_world: World) -> None:
    with duckdb.connect(str(built_world.release().database), read_only=True) as con:
        bare = con.execute("""
            select table_name, column_name from duckdb_columns()
            where schema_name in ('core', 'policy_events', 'trade_impact', 'provenance') and comment is null
        """).fetchall()
        assert bare == []
        tables = con.execute("select schema_name || '.' || table_name, comment from duckdb_tables()").fetchall()
        assert all(comment for _, comment in tables)
        macros = {
            m for (m,) in con.execute("select function_name from duckdb_functions() where not internal").fetchall()
        }
        assert {name.split(".")[1] for name in TABLE_MACROS} <= macros
        listed = con.execute("select count(*) from core.list_on('US_BIS_EL', date '2026-08-01')").fetchone()
        assert listed is not None and listed[0] > 0


def test_the_numbers_are_those_of_the_pack(built_world: World) -> None:
    """A sum over the released fact against the same sum over the pack's own Parquet."""
    packed = pl.read_parquet(built_world.pack / "census_imports__flows" / "HTS10-12-2025.parquet")
    latest = packed.filter(pl.col("known_to").dt.year() == 9999)
    flow = pl.read_parquet(built_world.release().path / "parquet" / "core" / "fct_trade_flow.parquet").filter(
        (pl.col("flow") == "import")
        & (pl.col("product_level") == "HTS10")
        & (pl.col("period_start").dt.year() == 2025)
        & (pl.col("known_to").dt.year() == 9999)
    )
    for column in ("import_value_consumption_usd", "calculated_duty_usd"):
        assert flow[column].sum() == latest[column].sum() > 0


def test_nothing_new_makes_nothing(world: World) -> None:
    before = [r.build_id for r in releases(world.settings)]
    code, output = world.refresh()
    assert code == 0 and "nothing new" in output
    assert [r.build_id for r in releases(world.settings)] == before


def test_a_file_by_hand_and_its_withdrawal(world: World, tmp_path: Path) -> None:
    """A new month: only what depends on it is written anew; withdrawn, the release is as it was."""
    first = world.release()
    file = tmp_path / "imports_hs_HS2_2021-08.json"
    file.write_text(json.dumps(NEW_MONTH))
    words = ["add", "census_imports", str(file), "--known-on", "2021-10-05", "--vintage", "hs2_2021-08"]
    code, output = world.run(*words)
    assert code == 0, output
    second = world.release()
    assert second.build_id != first.build_id
    flows = pl.read_parquet(second.path / "parquet" / "core" / "fct_trade_flow.parquet")
    month = flows.filter(pl.col("period_start").dt.strftime("%Y-%m") == "2021-08", pl.col("flow") == "import")
    assert sorted(month["import_value_consumption_usd"].to_list()) == [1000, 2000]
    changes = json.loads((second.path / "changes.json").read_text())
    assert changes["against"] == first.build_id
    assert changes["rows"]["core.fct_trade_flow"] == {"added": 2, "changed": 0, "removed": 0}
    untouched = ["core/fct_list_entry.parquet", "policy_events/schedule_changes.parquet"]
    for name in untouched:
        assert os.stat(first.path / "parquet" / name).st_ino == os.stat(second.path / "parquet" / name).st_ino

    vintage = next(
        v for v in Landing(world.settings).vintages(status="accepted") if v.known_on.isoformat() == "2021-10-05"
    )
    code, output = world.run("withdraw", "census_imports", vintage.vintage_id, "--reason", "a test")
    assert code == 0, output
    code, output = world.refresh()
    assert code == 0, output
    earlier, later = content(first), content(world.release())
    withdrawn = later.pop("provenance.source_vintages").filter(pl.col("status") == "withdrawn")
    assert withdrawn.height == 1
    del earlier["provenance.source_vintages"]
    assert same_content(earlier, later)


def test_the_order_of_arrival_does_not_matter(built_world: World, tmp_path: Path) -> None:
    """The same vintages landed and accepted in the opposite order give the same raw files."""
    settings = Settings(tmp_path / "home", "1GB", 2)
    landing, warehouse = Landing(settings), Warehouse(settings)
    for name, spec in all_specs().items():
        parsed = list(pack.read(built_world.pack, spec, landing, IntakeReport(name)))
        for one in reversed(parsed):
            landing.mark([landing.land(spec, one, "pack")], "accepted")
            warehouse.sync(spec, one.thing)
        for thing in spec.things:
            table = spec.table(thing)
            ours = {p.relative_to(settings.raw): p.read_bytes() for p in warehouse.files(table)}
            theirs = Warehouse(built_world.settings)
            assert ours == {p.relative_to(theirs.folder): p.read_bytes() for p in theirs.files(table)}


def test_a_second_refresh_at_once_is_told_to_wait(world: World) -> None:
    with one_writer(world.settings):
        code, output = world.refresh()
    assert code == 3 and "holds this warehouse" in output
