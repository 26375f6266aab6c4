"""The pieces of work that the trade benchmark times, each called in a process of its own.

Belongs here: one function a piece; each times its own work and nothing around it. Does not belong here: comparing.
"""

from __future__ import annotations

import time
from datetime import date, timedelta

import polars as pl

from benchmarks.measure import MB
from benchmarks.trade_rows import TradeRows, month_number, restated
from pipelines import landing_gate
from pipelines.contract import Parsed, load_spec
from pipelines.files import duck, one_row, sha256_of, sql_text
from pipelines.landing import Landing
from pipelines.settings import load_settings
from pipelines.warehouse import Warehouse

RESTATED_SHARE = 0.02
THING = "flows"
SPEC = load_spec("census_imports")


def land_months(first: int, months: int, rows: int) -> dict[str, float]:
    """Land months of made-up trade, one vintage each; making the rows does not count."""
    landing, made, seconds = Landing(load_settings()), TradeRows(rows, seed=first), 0.0
    for place in range(first, first + months):
        seconds += _land(landing, made.month(month_number(place)), "first", days_after=65)
    size = sum(p.stat().st_size for p in landing.folder.rglob("*.parquet"))
    return {"seconds": seconds, "mb": size / MB}


def land_restated(month: int) -> dict[str, float]:
    """Land one held month again, restated."""
    landing, period = Landing(load_settings()), month_number(month)
    (held,) = [v for v in landing.vintages(SPEC.table(THING)) if v.vintage_id == f"{period:%Y-%m} first"]
    (partition,) = held.partitions
    file = landing.file(held, partition)
    assert file is not None
    frame = pl.read_parquet(file).drop("known_from", "known_to")
    return {"seconds": _land(landing, restated(frame, RESTATED_SHARE), "restated", days_after=500)}


def _land(landing: Landing, frame: pl.DataFrame, name: str, days_after: int) -> float:
    """Land a frame that holds one month. Returns the seconds of landing alone."""
    period: date = frame["period_start"][0]
    vintage_id = f"{period:%Y-%m} {name}"
    parsed = Parsed(
        thing=THING,
        vintage_id=vintage_id,
        known_on=period + timedelta(days=days_after),
        sha256=sha256_of(vintage_id.encode()),
        frame=frame,
        cells=frame.select(SPEC.things[THING].cell).unique(),
    )
    begun = time.monotonic()
    landing.land(SPEC, parsed, "file")
    return time.monotonic() - begun


def judge() -> dict[str, float]:
    """The landing gate over all candidates at once."""
    begun = time.monotonic()
    settings = load_settings()
    judged = landing_gate.settle(settings, SPEC, {THING: landing_gate.weigh(settings, SPEC, THING)})[THING]
    if judged.refused:
        raise RuntimeError(judged.refused[0].reason)
    return {"seconds": time.monotonic() - begun, "rules": len(judged.results)}


def accept() -> dict[str, float]:
    """Accept what was landed without judging it."""
    landing = Landing(load_settings())
    return {"accepted": len(landing.mark(landing.vintages(SPEC.table(THING), "candidate"), "accepted"))}


def bring_up_raw() -> dict[str, float]:
    """Raw brought to what the accepted vintages say."""
    begun = time.monotonic()
    report = Warehouse(load_settings()).sync(SPEC, THING)
    return {"seconds": time.monotonic() - begun, "rows": report.rows}


def copy_bare() -> dict[str, float]:
    """CREATE TABLE AS of all landing files into a new DuckDB file, closed and on disk at the end."""
    settings = load_settings()
    target = settings.home / "bare.duckdb"
    target.unlink(missing_ok=True)
    files = sql_text(settings.landing / SPEC.table(THING) / "*" / "HTS10-*.parquet")
    begun = time.monotonic()
    with duck(settings, str(target)) as con:
        con.execute(f"create table bare as select * from read_parquet({files})")
        (rows,) = one_row(con, "select count(*) from bare")
    seconds = time.monotonic() - begun
    target.unlink()
    return {"seconds": seconds, "rows": rows}
