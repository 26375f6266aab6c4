"""What a Spark cluster builds is what DuckDB builds: every table of the release, row by row; and it fails as safely.

Belongs here: what holds on both engines. Does not belong here: starting a cluster (cluster.py).

The tests share one warehouse on each engine, to which the same is done, and run in this order. Great Expectations has
judged each release: a refresh does that on both engines.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest

from pipelines.manifest import dbt_environment
from pipelines.settings import PROJECT_ROOT
from tests.spark.cluster import Cluster
from tests.spark.comparing import assert_same
from tests.world import census_month
from tests.world.home import Home
from tests.world.test_model_units import assert_models_pass_their_unit_tests

ANSI = "spark.sql.ansi.enabled"
#: The seed with dates as text, the model that casts them, and the table whose tests find what is no date.
GROUPS = ("partner_groups", "int_partner__groups", "bridge_partner_group")


def partitions(home: Home) -> dict[str, int]:
    """Partitions of fct_trade_flow as the cluster keeps them: name -> when it was written."""
    kept = (home.settings.spark_tables / "core" / "fct_trade_flow").glob("raw_file=*/*.parquet")
    return {unquote(path.parent.name.removeprefix("raw_file=")): path.stat().st_mtime_ns for path in kept}


def assert_only_one_was_replaced(before: dict[str, int], after: dict[str, int]) -> None:
    """One raw file, that of the year the month lies in, made way for another; no other partition was written."""
    [gone], [new] = before.keys() - after.keys(), after.keys() - before.keys()
    assert gone.split("/")[0] == new.split("/")[0]
    assert {name: written for name, written in before.items() if name != gone}.items() < after.items()


def test_a_first_refresh_makes_the_same_release(on_spark: Home, on_duckdb: Home) -> None:
    assert_same(on_spark, on_duckdb)


def test_models_pass_their_unit_tests(on_spark: Home) -> None:
    assert_models_pass_their_unit_tests(on_spark)


def test_facts_are_kept_in_partitions_of_raw_files(on_spark: Home) -> None:
    held = on_spark.mart("core.fct_trade_flow")["raw_file"].unique()
    assert len(held) > 1
    assert partitions(on_spark).keys() == set(held)


def test_a_cluster_out_of_reach_is_said(on_spark: Home, tmp_path: Path) -> None:
    """A month comes in meanwhile; the last release stands, and the month waits for the next refresh."""
    before = on_spark.latest.build_id
    elsewhere = replace(on_spark, engine={**on_spark.engine, "STATECRAFT_SPARK_PORT": "1"})
    done = elsewhere.statecraft("add", "census_imports", census_month.write(tmp_path))
    assert done.returncode == 1
    assert "Could not connect" in done.stderr and "The last release stands." in done.stderr
    assert on_spark.latest.build_id == before


def test_a_worker_is_lost_while_the_month_is_built(
    on_spark: Home, on_duckdb: Home, spark: Cluster, tmp_path: Path
) -> None:
    """The build ends, or says why not and leaves the last release; either way the next refresh has the month."""
    before, kept = on_spark.latest.build_id, partitions(on_spark)
    with on_spark.start("refresh", "--source", "none") as running:
        assert running.stderr
        said = [next(line for line in running.stderr if " built " in line)]
        spark.kill_worker("worker-1")
        said += running.stderr.readlines()
    if running.returncode != 0:
        assert any("Stopped:" in line and "The last release stands." in line for line in said), said
        assert on_spark.latest.build_id == before
    spark.start_worker("worker-1")
    done = on_spark.statecraft("refresh", "--source", "none")
    assert done.returncode == 0, done.stderr[-5000:]
    assert on_duckdb.statecraft("add", "census_imports", census_month.write(tmp_path)).returncode == 0
    assert_same(on_spark, on_duckdb)
    flows = on_spark.mart("core.fct_trade_flow")
    assert flows.filter(pl.col("period_start") == pl.date(2021, 8, 1)).height == census_month.FLOWS
    assert_only_one_was_replaced(kept, partitions(on_spark))


@pytest.mark.parametrize(
    ("ansi", "caught_by"), [("true", "CAST_INVALID_INPUT"), ("false", "half_open_intervals_bridge_partner_group_valid")]
)
def test_a_bad_cast_is_caught(on_spark: Home, tmp_path: Path, ansi: str, caught_by: str) -> None:
    """Text that is no date stops the build; where ANSI mode is off it is NULL, which the models' tests find.

    Of the last tests: the cluster's tables of the groups are spoiled by it.
    """
    project = tmp_path / "project"
    for name in ("models", "macros", "seeds"):
        shutil.copytree(PROJECT_ROOT / name, project / name)
    shutil.copy(PROJECT_ROOT / "profiles.yml", project)
    put_for(
        PROJECT_ROOT / "dbt_project.yml", project, "    staging:", f"    +pre-hook: set {ANSI} = {ansi}\n    staging:"
    )
    put_for(PROJECT_ROOT / "seeds" / "partner_groups.csv", project / "seeds", ",1989-01-01,", ",1989-01-32,")
    put_for(PROJECT_ROOT / "seeds" / "seeds.yml", project / "seeds", "valid_from: date", "valid_from: string")
    with on_spark.at_hand() as settings:
        # Not all that reads them: building the tariff panel from spoiled groups would say nothing more.
        command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", *GROUPS, "--no-use-colors"]
        command += ["--project-dir", str(project), "--profiles-dir", str(project)]
        environment = {**os.environ, **dbt_environment(settings)}
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=project, env=environment)
    assert done.returncode != 0
    assert caught_by in "".join(line for line in done.stdout.splitlines() if "Failure in" in line or "[CAST" in line)


def put_for(file: Path, folder: Path, words: str, others: str) -> None:
    """Copy a file into a folder with its first such words replaced."""
    text = file.read_text()
    assert words in text
    (folder / file.name).write_text(text.replace(words, others, 1))


def test_a_missing_java_is_said(tmp_path: Path) -> None:
    """The words of `make test-spark` on a machine without Java."""
    environment = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"} | {"PATH": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "tests/spark", "-k", "test_a_first_refresh", "-p", "no:cacheprovider"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT_ROOT, env=environment)
    assert done.returncode == 1
    assert "No Java was found. Spark needs Java 17 or later: install it" in done.stdout + done.stderr
