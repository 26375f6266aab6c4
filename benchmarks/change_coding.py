"""What change-coding the tariff schedule costs and saves."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.homes import TARIFF, environment, full_home
from benchmarks.measure import MB, call, middle
from benchmarks.report import Result, Row
from pipelines import vintages as engine
from pipelines.contract import load_spec
from pipelines.files import duck, one_row, sql_name, sql_text
from pipelines.landing import WHOLE_LIST, Landing
from pipelines.settings import load_settings
from pipelines.warehouse import Warehouse


def vintages(place: Path) -> Result:
    """Change-coding all held editions of the tariff schedule (`vintages.rebuild`) into one Parquet file; against
    keeping every edition whole: in one Parquet file sorted by key (the most favourable way) and in one file an
    edition (as landed). And folding the newest edition into the others (`vintages.append`), against rebuilding all.
    """
    home, _ = full_home(place)
    rows = []
    for thing in load_spec(TARIFF).things:
        runs = [call("change_coding:measure", environment(home), place / "code.log", thing=thing) for _ in range(3)]
        facts: dict[str, Any] = runs[0][0]
        coded, whole, appended = (
            middle([answer[name] for answer, _ in runs])
            for name in ("coded_seconds", "whole_seconds", "append_seconds")
        )
        rows += [
            Row(
                f"{thing}: {facts['editions']} editions, {facts['rows_in']:,} to {facts['rows_out']:,} rows",
                coded,
                max(run.peak_mb for _, run in runs),
                f"one file of whole editions, {whole:.1f} s",
                coded / whole,
                note=f"{facts['coded_mb']:.2f} MB change-coded; whole editions {facts['whole_mb']:.1f} MB in one "
                f"sorted file, {facts['landed_mb']:.1f} MB in one file each",
            ),
            Row(f"{thing}: newest edition appended", appended, None, f"rebuild, {coded:.1f} s", appended / coded),
        ]
    return Result(rows)


def measure(thing: str) -> dict[str, float]:
    """Seconds, rows and MB of one thing, each way."""
    settings, spec = load_settings(), load_spec(TARIFF)
    landing, table, contract = Landing(settings), spec.table(thing), spec.things[thing]
    held = landing.vintages(table, "accepted")
    files = [path for v in held if (path := landing.file(v, WHOLE_LIST))]
    coverings = Warehouse(settings).coverings(contract, WHOLE_LIST, held)
    folder = settings.temp / "change_coding"
    folder.mkdir(parents=True, exist_ok=True)
    coded, before, after, whole = (folder / f"{name}.parquet" for name in ("coded", "before", "after", "whole"))
    with duck(settings) as con:
        seconds = _seconds(lambda: engine.rebuild(con, contract, coverings, coded))
        engine.rebuild(con, contract, coverings[:-1], before)
        append_seconds = _seconds(lambda: engine.append(con, contract, before, coverings[-1], after))
        listed = ", ".join(sql_text(path) for path in files)
        order = ", ".join(sql_name(c) for c in contract.key)
        copy = f"copy (select * from read_parquet([{listed}]) order by {order}, known_from) to {sql_text(whole)}"
        whole_seconds = _seconds(lambda: con.execute(f"{copy} (format parquet, compression zstd)"))
        (rows_out,) = one_row(con, f"select count(*) from read_parquet({sql_text(coded)})")
    sizes = {"coded_mb": coded.stat().st_size / MB, "whole_mb": whole.stat().st_size / MB}
    shutil.rmtree(folder)
    return {
        "coded_seconds": seconds,
        "append_seconds": append_seconds,
        "whole_seconds": whole_seconds,
        "editions": len(held),
        "rows_in": sum(v.row_count for v in held),
        "rows_out": rows_out,
        "landed_mb": sum(path.stat().st_size for path in files) / MB,
        **sizes,
    }


def _seconds(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
