"""Sixty million rows of monthly trade, and one restated month among them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from benchmarks.homes import environment, settings_of
from benchmarks.measure import Run, call, middle, run
from benchmarks.report import Result, Row
from pipelines.files import read_json
from pipelines.manifest import dbt_environment

MONTHS, YEAR, ROWS_PER_MONTH = 120, 12, 500_000
COPY_RATIO, PEAK_MB, RESTATED_SECONDS = 3.0, 6000.0, 3.0
MODEL = "fct_trade_flow"


def trade_60m(place: Path) -> Result:
    """Landing files of 60 million made-up monthly rows (120 months of HTS10 by partner) to raw (each month one vintage,
    adopted) to core.fct_trade_flow (dbt run of that model and the views below it), against a bare DuckDB CREATE TABLE
    AS of the same Parquet into a file, run before and after, with the same threads and memory. Then one month restated
    in 2 % of its values: from the landed vintage to core. Writing the landing files, the landing gate (over one month,
    as months arrive, and over a year at once) and dbt's own start-up are stated apart.
    """
    home = place / "trade"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    try:
        return Result(_whole(home))
    finally:
        shutil.rmtree(home)


def _whole(home: Path) -> list[Row]:
    rows = [_landed(home, 0, 1), _judged(home, 1), _landed(home, 1, YEAR), _judged(home, YEAR)]
    rows.append(_landed(home, 1 + YEAR, MONTHS - 1 - YEAR))
    _piece(home, "accept")
    before, _ = _piece(home, "copy_bare")
    synced, sync = _piece(home, "bring_up_raw")
    built, build = _dbt(home)
    after, bare = _piece(home, "copy_bare")
    copies = (before["seconds"] + after["seconds"]) / 2
    seconds = synced["seconds"] + built
    peak = max(sync.peak_mb, build.peak_mb)
    rows += [
        Row(
            "bare CREATE TABLE AS, mean of 2",
            copies,
            bare.peak_mb,
            note=f"{before['seconds']:.2f} s before, {after['seconds']:.2f} s after",
        ),
        Row(
            "60 million rows, landing to raw to core",
            seconds,
            peak,
            f"bare CREATE TABLE AS, {copies:.1f} s",
            seconds / copies,
            f"at most {COPY_RATIO:.0f} x, less than {PEAK_MB:,.0f} MB",
            seconds <= COPY_RATIO * copies and peak < PEAK_MB,
            f"raw {synced['seconds']:.2f} s, core {built:.2f} s; dbt's own start-up {build.seconds - built:.1f} s more",
        ),
    ]
    return [*rows, _restated(home, seconds)]


def _landed(home: Path, first: int, months: int) -> Row:
    facts, done = _piece(home, "land_months", first=first, months=months, rows=ROWS_PER_MONTH)
    what = f"writing landing files, {_counted(months)} of {ROWS_PER_MONTH:,} rows"
    return Row(what, facts["seconds"], done.peak_mb, note=f"{facts['mb']:,.0f} MB landed so far")


def _judged(home: Path, months: int) -> Row:
    facts, done = _piece(home, "judge")
    return Row(f"landing gate, {facts['rules']} rules over {_counted(months)} at once", facts["seconds"], done.peak_mb)


def _counted(months: int) -> str:
    return f"{months} month{'' if months == 1 else 's'}"


def _restated(home: Path, whole_seconds: float) -> Row:
    """Three months restated one after the other, each from its landed vintage to core."""
    raw, core, starts, peaks = [], [], [], []
    for month in (MONTHS // 2, MONTHS // 3, MONTHS - 2):
        _piece(home, "land_restated", month=month)
        _piece(home, "accept")
        synced, sync = _piece(home, "bring_up_raw")
        built, build = _dbt(home, MODEL)  # as a refresh does: a view follows its data by itself
        raw.append(synced["seconds"])
        core.append(built)
        starts.append(build.seconds - built)
        peaks += [sync.peak_mb, build.peak_mb]
    seconds = middle([r + c for r, c in zip(raw, core, strict=True)])
    return Row(
        "one restated month among 60 million rows, median of 3",
        seconds,
        max(peaks),
        f"all months from landing to core, {whole_seconds:.1f} s",
        seconds / whole_seconds,
        f"less than {RESTATED_SECONDS:.0f} s",
        seconds < RESTATED_SECONDS,
        f"raw {middle(raw):.2f} s, core {middle(core):.2f} s; dbt's own start-up {middle(starts):.1f} s more",
    )


def _piece(home: Path, name: str, **arguments: Any) -> tuple[dict[str, Any], Run]:
    return call(f"trade_pieces:{name}", environment(home), home / f"{name}.log", **arguments)


def _dbt(home: Path, select: str = f"+{MODEL}") -> tuple[float, Run]:
    """Build the fact and the views below it. Returns the seconds of the models themselves, and the whole run."""
    settings = settings_of(home)
    settings.temp.mkdir(parents=True, exist_ok=True)
    target = home / "work" / "dbt"
    dbt = str(Path(sys.executable).with_name("dbt"))
    command = [dbt, "run", "--select", select, "--no-use-colors", "--target-path", str(target)]
    done = run(command, dbt_environment(settings), home / "dbt.log")
    results = read_json(target / "run_results.json")["results"]
    return sum(r["execution_time"] for r in results), done
