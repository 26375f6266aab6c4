"""What a Spark cluster builds is what DuckDB builds: every table of the release, row by row; and it fails as safely.

The tests share one warehouse and run in this order. Great Expectations has judged each release: a refresh does that on
both engines.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import polars.selectors as cs

from pipelines.manifest import dbt_environment
from pipelines.settings import PROJECT_ROOT
from tests.spark.cluster import Cluster
from tests.world import census_month
from tests.world.home import GATE_RESULTS, OF_THE_RUN, Home

#: Floats may differ by the order in which engines add.
RELATIVE = 1e-9


def assert_same(spark: Home, duckdb: Home) -> None:
    """Equal tables, columns, types and rows."""
    assert spark.latest.tables.keys() == duckdb.latest.tables.keys()
    for name in spark.latest.tables:
        one, other = (home.mart(name).drop(OF_THE_RUN, strict=False) for home in (spark, duckdb))
        assert one.schema == other.schema, name
        if name == GATE_RESULTS:  # both gates' rules, and each passed
            one, other = (frame.drop("observed") for frame in (one, other))
        exact = one.select(~cs.float()).columns
        one, other = one.sort(exact), other.sort(exact)
        assert one.height == other.height, name
        assert one.select(exact).equals(other.select(exact)), name
        for column in one.select(cs.float()).columns:
            left, right = one[column], other[column]
            assert left.is_null().equals(right.is_null()), f"{name}.{column}"
            bound = pl.max_horizontal(left.abs(), right.abs()) * RELATIVE
            assert pl.select(((left - right).abs() <= bound).all()).item(), f"{name}.{column}"


def test_a_first_refresh_makes_the_same_release(on_spark: Home, built: Home) -> None:
    assert_same(on_spark, built)


def test_facts_are_parquet_in_partitions_of_raw_files(on_spark: Home) -> None:
    folders = {path.name for path in (on_spark.settings.spark_tables / "core" / "fct_trade_flow").glob("raw_file=*")}
    assert len(folders) == on_spark.mart("core.fct_trade_flow")["raw_file"].n_unique() > 1


def test_a_new_month_and_its_withdrawal_reach_the_facts(on_spark: Home, on_duckdb: Home, tmp_path: Path) -> None:
    """Only partitions of files that are new or gone are touched."""
    for home in (on_spark, on_duckdb):
        done = home.statecraft("add", "census_imports", census_month.write(tmp_path))
        assert done.returncode == 0, done.stderr[-5000:]
    assert_same(on_spark, on_duckdb)
    flows = on_spark.mart("core.fct_trade_flow")
    assert flows.filter(pl.col("period_start") == pl.date(2021, 8, 1)).height == census_month.FLOWS
    for home in (on_spark, on_duckdb):
        reason = ("--reason", "made up by a test")
        assert home.statecraft("withdraw", "census_imports", census_month.VINTAGE, *reason).returncode == 0
        done = home.statecraft("refresh", "--source", home.pack)
        assert done.returncode == 0, done.stderr[-5000:]
    assert_same(on_spark, on_duckdb)


def test_a_lost_worker_ends_in_a_release_or_in_words(
    on_spark: Home, on_duckdb: Home, spark: Cluster, tmp_path: Path
) -> None:
    """A worker and its executor are killed while every model is built anew."""
    before = on_spark.latest.build_id
    shutil.rmtree(on_duckdb.path / "landing" / "bis_entity_list__entries")
    shutil.rmtree(on_spark.path / "landing" / "bis_entity_list__entries")
    (on_spark.path / "work" / "built.json").unlink()
    with on_spark.start("refresh", "--source", on_spark.pack, "--only", "usitc_hts") as running:
        assert running.stderr
        said = [next(line for line in running.stderr if " built " in line)]
        spark.kill_worker("worker-1")
        said += running.stderr.readlines()
    if running.wait() != 0:
        assert any("Stopped:" in line and "The last release stands." in line for line in said), said
        assert on_spark.latest.build_id == before
    spark.start_worker("worker-1")
    for home in (on_spark, on_duckdb):
        assert home.statecraft("refresh", "--source", home.pack, "--only", "usitc_hts").returncode == 0
    assert_same(on_spark, on_duckdb)


def test_a_bad_cast_is_caught(on_spark: Home, tmp_path: Path) -> None:
    """Spark turns text that is no date into NULL, without a word: the models' tests must say it."""
    project = tmp_path / "project"
    for name in ("models", "macros", "seeds"):
        shutil.copytree(PROJECT_ROOT / name, project / name)
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT_ROOT / name, project / name)
    groups = project / "seeds" / "partner_groups.csv"
    lines = groups.read_text().splitlines()
    place = lines[0].split(",").index("valid_from")
    cells = lines[1].split(",")
    cells[place] = "2004-05-32"
    groups.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]))
    with on_spark.at_hand() as settings:
        environment = dbt_environment(settings) | {"STATECRAFT_SPARK_TABLES": str(tmp_path / "tables")}
        command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", "+bridge_partner_group"]
        command += ["--project-dir", str(project), "--profiles-dir", str(project), "--exclude-resource-type", "unit_test"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=project)
    assert done.returncode != 0
    assert "half_open_intervals_bridge_partner_group" in done.stdout
