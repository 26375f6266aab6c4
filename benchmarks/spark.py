"""The same models on DuckDB and on a Spark cluster, at equal cores.

Belongs here: what is compared. Does not belong here: the work itself (spark_pieces.py) and making rows (trade_rows.py).
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.homes import environment, full_home
from benchmarks.measure import call
from benchmarks.report import LeftOutError, Result, Row

MONTHS, ROWS_PER_MONTH = 120, 500_000
#: The trade facts, what is made of them, and all that these read.
MODELS = ("+fct_trade_flow", "+calculated_duty_rates", "+restatements", "+trade_balance")


def spark_60m(place: Path) -> Result:
    """The trade models (facts, duty rates, restatements, balance, and all they read) built by dbt from raw that is
    ready, 60 million made-up monthly rows of HTS10 by partner: on DuckDB with all cores of this machine, then on a
    cluster of two workers that have as many between them. Seconds are those of the models, as dbt says; peak memory is
    that of dbt and the engine: for Spark the master, workers, executors and Thrift server.
    """
    cores = _cores_of_a_worker()
    home = place / "spark_trade"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    own = environment(home)
    try:
        call("trade_pieces:land_months", own, home / "land.log", first=0, months=MONTHS, rows=ROWS_PER_MONTH)
        call("trade_pieces:accept", own, home / "accept.log")
        call("trade_pieces:bring_up_raw", own, home / "raw.log")
        threads = {"STATECRAFT_THREADS": str(2 * cores)}
        duckdb, of_duckdb = call("spark_pieces:build", {**own, **threads}, home / "duckdb.log", models=MODELS)
        spark, of_spark = call("spark_pieces:build_on_cluster", own, home / "spark.log", models=MODELS, cores=cores)
    finally:
        shutil.rmtree(home)
    rows = f"{MONTHS * ROWS_PER_MONTH:,} rows"
    return Result(
        [
            Row(f"DuckDB, {rows}", duckdb["seconds"], of_duckdb.peak_mb, note=_slowest(duckdb)),
            Row(
                f"Spark, {rows}",
                spark["seconds"],
                of_spark.peak_mb,
                f"DuckDB, {duckdb['seconds']:.1f} s",
                spark["seconds"] / duckdb["seconds"],
                note=f"{_slowest(spark)}; tables {spark['mb']:,.0f} MB",
            ),
        ]
    )


def spark_pack(place: Path) -> Result:
    """Refresh of the whole embedded pack from an empty home with the models on a cluster of two workers, against the
    same with DuckDB at as many cores; and every table of the two releases compared: rows, exact equality of all but
    floats, which may differ by one in a thousand million.
    """
    cores = _cores_of_a_worker()
    on_duckdb, seconds = full_home(place)
    home = place / "spark_full"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    try:
        refreshed, done = call("spark_pieces:refresh_on_cluster", environment(home), home / "spark.log", cores=cores)
        same, compared = call(
            "spark_pieces:compare", environment(home), home / "compare.log", spark=str(home), duckdb=str(on_duckdb)
        )
    finally:
        shutil.rmtree(home)
    against, ratio = f"DuckDB, {seconds:.1f} s", refreshed["seconds"] / seconds
    equal = f"Spark's release of the pack, {same['tables']} tables of {same['rows']:,} rows, compared"
    return Result(
        [
            Row("whole pack from an empty home", refreshed["seconds"], done.peak_mb, against, ratio),
            Row(equal, same["seconds"], compared.peak_mb, "DuckDB's release", target="equal", met=True),
        ]
    )


def _cores_of_a_worker() -> int:
    """Half the cores of this machine. Raises LeftOutError where a cluster cannot be started."""
    if find_spec("pyspark") is None:
        raise LeftOutError("it needs pyspark: bin/setup .venv-spark requirements-spark.lock, then that Python")
    from tests.spark.cluster import NoJavaError, require_java  # noqa: PLC0415 (needs pyspark)

    try:
        require_java()
    except NoJavaError as error:
        raise LeftOutError(str(error)) from error
    return max(1, (os.cpu_count() or 2) // 2)


def _slowest(built: dict[str, Any]) -> str:
    """The models that took a twentieth of the time or more, slowest first."""
    models = sorted(built["models"].items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in models if seconds >= built["seconds"] / 20)
