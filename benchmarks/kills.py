"""Killing a refresh of the whole pack, with readers reading."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import homes
from benchmarks.measure import answered, middle, start_call
from benchmarks.report import Result, Row
from pipelines.files import one_row, sql_name

KILLS, READERS, SEED = 3, 3, 7
_STOP = "stop_reading"


def kill_whole_pack(place: Path) -> Result:
    """A home that has a release and has lost everything else refreshes the whole pack and is killed (kill -9) at three
    random moments; after each the release that stood must answer as before. The refresh that follows must complete with
    the same content, row for row, as in a home that was never interrupted, while three readers read the release all
    along and must see nothing but the old answer or the new one. Its seconds are set against the uninterrupted refresh.
    """
    whole, uninterrupted = homes.full_home(place)
    home, _ = homes.home_before_newest_schedule(place)
    for room in ("landing", "raw", "work", "dagster"):
        shutil.rmtree(home / room)
    old = content(home)
    readers = [
        start_call("kills:read_along", {}, place / f"reader_{number}.log", home=str(home)) for number in range(READERS)
    ]
    try:
        moments = _kill_at_random(home, uninterrupted, old)
        done = homes.refresh(home)
        time.sleep(1)
    finally:
        (home / _STOP).touch()
        seen = [answered(reader)[0] for reader in readers]
    new = content(home)
    answers = {tuple(answer) for each in seen for answer in each["answers"]}
    errors = [error for each in seen for error in each["errors"]]
    return Result(
        [
            Row(
                f"refresh after {KILLS} kills",
                done.seconds,
                done.peak_mb,
                f"uninterrupted, {uninterrupted:.1f} s",
                done.seconds / uninterrupted,
                "the same content",
                new == content(whole),
                f"killed after {', '.join(f'{m:.0f}' for m in moments)} s; the old release answered each time; "
                f"{len(new)} tables compared",
            ),
            Row(
                f"{READERS} readers all along, {sum(each['reads'] for each in seen):,} reads; seconds a read",
                middle([each["seconds_a_read"] for each in seen]),
                target="only the old answer or the new one",
                met=not errors and answers <= {_answer_in(old), _answer_in(new)},
                note=f"{len(answers)} different answers, {len(errors)} errors {'; '.join(errors[:1])}",
            ),
        ],
        homes.steps(done),
    )


def _kill_at_random(home: Path, uninterrupted: float, old: dict[str, tuple[int, int]]) -> list[float]:
    """Start and kill refreshes. Returns the seconds each lived. Raises RuntimeError if the old release is gone."""
    chance, moments = random.Random(SEED), []
    for _ in range(KILLS):
        running = homes.start_refresh(home)
        moments.append(chance.uniform(0.1, 0.9) * uninterrupted)
        time.sleep(moments[-1])
        running.kill()
        running.wait()
        if content(home) != old:
            raise RuntimeError(f"after a kill at {moments[-1]:.0f} s the release does not answer as before")
    return moments


def content(home: Path) -> dict[str, tuple[int, int]]:
    """Rows and a sum over the hashes of all rows, per table of the release (its views say nothing more).

    Moments (timestamps) do not count, nor do digits of doubles that hang on the order of a sum.
    """
    found = {}
    with duckdb.connect(str(home / "releases" / "latest" / "statecraft.duckdb"), read_only=True) as con:
        columns: dict[str, list[str]] = {}
        listing = """
            select c.schema_name || '.' || c.table_name, c.column_name, c.data_type
            from duckdb_columns() as c semi join duckdb_tables() as t using (schema_name, table_name)
            where not c.internal order by all
        """
        for table, column, kind in con.execute(listing).fetchall():
            if not kind.startswith("TIMESTAMP"):
                name = sql_name(column)
                columns.setdefault(table, []).append(f"round({name}, 4)" if kind == "DOUBLE" else name)
        for table, names in columns.items():
            hashed = f"hash({', '.join(names)})"
            rows, total = one_row(con, f"select count(*), coalesce(sum({hashed}::hugeint), 0) from {table}")
            found[table] = (int(rows), int(total))
    return found


def _answer_in(found: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """What the readers ask, taken from the whole content."""
    return found["core.fct_schedule_line"][0], found["core.fct_trade_flow"][0]


def read_along(home: str) -> dict[str, Any]:
    """Open the release, ask, close, again and again until told to stop."""
    database, stop = Path(home) / "releases" / "latest" / "statecraft.duckdb", Path(home) / _STOP
    query = "select (select count(*) from core.fct_schedule_line), (select count(*) from core.fct_trade_flow)"
    answers: set[tuple[int, int]] = set()
    errors: list[str] = []
    reads, begun = 0, time.monotonic()
    while not stop.exists():
        try:
            with duckdb.connect(str(database), read_only=True) as con:
                answers.add(one_row(con, query))
        except duckdb.Error as error:
            errors.append(str(error))
        reads += 1
        time.sleep(0.1)
    seconds = (time.monotonic() - begun) / reads - 0.1
    return {"reads": reads, "seconds_a_read": seconds, "answers": sorted(answers), "errors": errors[:10]}
