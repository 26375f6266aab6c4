"""`python -m benchmarks [NAME ...]`: run benchmarks, write results.json and results.md beside this file.

Belongs here: the list of benchmarks and the order they run in. Does not belong here: measuring.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    archive,
    change_coding,
    dashboard_load,
    estimation,
    faults,
    kills,
    load,
    month,
    ownership,
    refresh,
    screening,
    spark,
    tariffs,
    trade,
)
from benchmarks.report import LeftOutError, Result, keep

BENCHMARKS: list[Callable[[Path], Result]] = [
    refresh.refresh_pack,
    refresh.refresh_nothing_new,
    refresh.refresh_one_edition,
    tariffs.tariff_panel,
    tariffs.one_edition_more,
    screening.screening,
    trade.trade_60m,
    change_coding.vintages,
    ownership.reach_10m,
    estimation.estimation_1m,
    archive.archive,
    kills.kill_whole_pack,
    faults.faults,
    month.month,
    load.readers_20,
    dashboard_load.dashboard_10,
    spark.spark_60m,
    spark.spark_pack,
]


def main() -> None:
    """Run the named benchmarks, or all, in a temporary folder that is removed at the end."""
    by_name = {each.__name__: each for each in BENCHMARKS}
    about = "\n\n".join(f"{name}\n    {_words(each)}" for name, each in by_name.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which to run ({', '.join(by_name)}); all if none")
    parser.add_argument("--folder", type=Path, help="where to work and what to keep; a temporary folder if not given")
    asked = parser.parse_args()
    unknown = set(asked.names) - by_name.keys()
    if unknown:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    place = (asked.folder or Path(tempfile.mkdtemp(prefix="statecraft-benchmarks-"))).resolve()
    place.mkdir(parents=True, exist_ok=True)
    try:
        for name in asked.names or by_name:
            _run(name, by_name[name], place)
    finally:
        if asked.folder is None:
            shutil.rmtree(place)


def _words(benchmark: Callable[[Path], Result]) -> str:
    return " ".join((benchmark.__doc__ or "").split())


def _run(name: str, benchmark: Callable[[Path], Result], place: Path) -> None:
    before, begun = os.getloadavg()[0], time.monotonic()
    print(f"{name} ...", flush=True)
    try:
        result = benchmark(place)
    except LeftOutError as reason:
        print(f"  left out: {reason}", flush=True)
        return
    for row in result.rows:
        seconds = "" if row.seconds is None else f"{row.seconds:9.2f} s "
        ratio = "" if row.ratio is None else f"  {row.ratio:.2f} x {row.against}"
        print(f"  {seconds}{row.what}{ratio}", flush=True)
    path = keep(name, _words(benchmark), result, (before, os.getloadavg()[0]))
    print(f"  {time.monotonic() - begun:.0f} s in all; {path}", flush=True)


if __name__ == "__main__":
    main()
