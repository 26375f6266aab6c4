"""The pieces of work that the Spark benchmarks time, each called in a process of its own: its tree holds the cluster.

Belongs here: one function a piece. Does not belong here: comparing times.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.homes import refresh
from benchmarks.measure import MB, run
from pipelines.files import read_json
from pipelines.manifest import dbt_environment, target_folder
from pipelines.settings import load_settings

SERVER_MEMORY, EXECUTOR_MEMORY = "2g", "3g"
SETTINGS = {"spark.sql.shuffle.partitions": "4"}


def build(models: Sequence[str], engine: Mapping[str, str] | None = None) -> dict[str, Any]:
    """dbt run of these models. Returns the seconds of each, and from the start of the first to the end of the last."""
    settings = load_settings()
    settings.temp.mkdir(parents=True, exist_ok=True)
    target = target_folder(settings)
    command = [str(Path(sys.executable).with_name("dbt")), "run", "--no-use-colors", "--target-path", str(target)]
    run([*command, "--select", *models], {**dbt_environment(settings), **(engine or {})}, settings.home / "dbt.log")
    results = [r for r in read_json(target / "run_results.json")["results"] if r["unique_id"].startswith("model.")]
    moments = [step[end] for r in results for step in r["timing"] for end in ("started_at", "completed_at")]
    took = {r["unique_id"].rpartition(".")[2]: r["execution_time"] for r in results}
    tables = sum(path.stat().st_size for path in settings.spark_tables.rglob("*.parquet"))
    return {"seconds": _between(min(moments), max(moments)), "models": took, "mb": tables / MB}


def build_on_cluster(models: Sequence[str], cores: int) -> dict[str, Any]:
    """The same on a cluster that is started for it; starting it does not count."""
    with _cluster(cores) as engine:
        return build(models, engine)


def refresh_on_cluster(cores: int) -> dict[str, Any]:
    """A refresh of the whole pack with the models on a cluster that is started for it; starting it does not count."""
    with _cluster(cores) as engine:
        return {"seconds": refresh(load_settings().home, engine=engine).seconds}


def compare(spark: str, duckdb: str) -> dict[str, Any]:
    """Every table of two homes' latest releases. Raises AssertionError where they differ."""
    from tests.spark.comparing import assert_same  # noqa: PLC0415 (tests are beside the project only in a clone)
    from tests.world.home import Home  # noqa: PLC0415

    nowhere = Path()
    one, other = Home(Path(spark), nowhere, nowhere), Home(Path(duckdb), nowhere, nowhere)
    begun = time.monotonic()
    assert_same(one, other)
    tables = one.latest.tables.values()
    return {"seconds": time.monotonic() - begun, "tables": len(tables), "rows": sum(t.rows for t in tables)}


@contextmanager
def _cluster(cores: int) -> Iterator[Mapping[str, str]]:
    from tests.spark.cluster import cluster  # noqa: PLC0415 (needs pyspark)

    folder = load_settings().home / "cluster"
    shutil.rmtree(folder, ignore_errors=True)
    with cluster(folder, cores, SERVER_MEMORY, EXECUTOR_MEMORY, java_options="", settings=SETTINGS) as running:
        yield running.environment


def _between(begun: str, ended: str) -> float:
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds()
