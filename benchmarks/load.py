"""Many readers at once while refreshes publish.

Belongs here: twenty people who run the cookbook, and what they saw. Does not belong here: the dashboard
(dashboard_load.py), kills (kills.py).
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import homes
from benchmarks.measure import Run, answered, run, start_call
from benchmarks.report import Result, Row
from pipelines.query import run_query
from pipelines.query_book import saved
from pipelines.release import current
from pipelines.settings import load_settings

READERS = 20
#: What a person takes to look at an answer before asking on, on average.
THINKING_SECONDS = 5.0
#: What a session of one of many may take.
MEMORY, THREADS, LONGEST_SECONDS = "600MB", 1, 600.0
_STOP = "stop_reading"
#: A file of a user's own, brought so that a second release is made.
_OWN = "owner,owned,share,valid_from,valid_to,source\nx,a,0.6,2024-01-01,,register\n"


def readers_20(place: Path) -> Result:
    """Twenty readers, each in a process of its own, run the cookbook's queries in the sandbox of `statecraft sql`, each
    in an order of its own with a pause of five seconds on average, while two refreshes publish and one release is
    rolled back; against one reader alone who runs every query once. An answer is a query's time with opening and
    closing the release; every answer of one release to one query must have the same rows, whoever asked.
    """
    home, _ = homes.home_before_newest_schedule(place)
    stop = home / _STOP
    stop.unlink(missing_ok=True)
    alone = _answers([answered(start_call("load:read_once", {}, place / "alone.log", home=str(home)))[0]])
    readers = [
        start_call("load:read_cookbook", {}, place / f"reader_{seed}.log", home=str(home), seed=seed)
        for seed in range(READERS)
    ]
    try:
        published = _publish(home, place)
        _let_them_read(home)
    finally:
        stop.touch()
        told = [answered(reader)[0] for reader in readers]
    answers, errors = _answers(told), [error for each in told for error in each["errors"]]
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for build, name, rows, _ in answers:
        seen[build, name].add(rows)
    torn = sorted({name for (_, name), rows in seen.items() if len(rows) > 1})
    usual, late, worst = spread([seconds for *_, seconds in answers])
    own_usual, own_late, _ = spread([seconds for *_, seconds in alone])
    builds = {build for build, *_ in answers}
    counted = f"{READERS} readers, {len(answers):,} answers of {len({n for _, n, *_ in answers})} queries"
    return Result(
        [
            Row(
                f"{counted}: 95 of 100 answered within",
                late,
                against=f"one reader alone, {own_late:.2f} s",
                ratio=late / own_late,
                target="no error",
                met=not errors,
                note=f"{len(errors)} errors {'; '.join(errors[:1])}; half answered within {usual:.2f} s (one alone"
                f" {own_usual:.2f} s), the slowest took {worst:.1f} s",
            ),
            Row(
                f"{len(builds)} releases read while {len(published)} refreshes published and one was rolled back",
                sum(each.seconds for each in published),
                target="every answer of one release the same",
                met=not torn and len(builds) > len(published),
                note=f"queries with two answers of one release: {', '.join(torn) or 'none'}; refreshes took "
                + ", ".join(f"{each.seconds:.0f} s" for each in published),
            ),
        ]
    )


def _publish(home: Path, place: Path) -> list[Run]:
    """A refresh and a file brought by hand, each of which publishes, and a roll back to what stood between them."""
    first = homes.refresh(home)
    between = current(homes.settings_of(home)).build_id
    statecraft, own = str(Path(sys.executable).with_name("statecraft")), place / "own.csv"
    own.write_text(_OWN)
    words = ["add", "ownership_edges", str(own), "--known-on", "2026-08-01"]
    second = run([statecraft, *words], homes.environment(home), place / "add.log")
    run([statecraft, "releases", "--roll-back", between], homes.environment(home), place / "roll_back.log")
    return [first, second]


def _let_them_read(home: Path) -> None:
    """Time for everybody to meet what stands now."""
    time.sleep(4 * THINKING_SECONDS)


def spread(seconds: list[float]) -> tuple[float, float, float]:
    """Median, 95th percentile and maximum, in seconds."""
    cut = quantiles(seconds, n=20, method="inclusive")
    return cut[9], cut[18], max(seconds)


def _answers(told: list[dict[str, Any]]) -> list[tuple[str, str, int, float]]:
    """Build, query, rows, seconds of every answer."""
    return [(build, name, rows, seconds) for each in told for build, name, rows, seconds in each["answers"]]


def read_once(home: str) -> dict[str, Any]:
    """Run every query of the cookbook once."""
    return {"answers": [_ask(Path(home), name, path) for name, path in saved().items()], "errors": []}


def read_cookbook(home: str, seed: int) -> dict[str, Any]:
    """Run the cookbook in an order of one's own, again and again until told to stop."""
    chance, stop = random.Random(seed), Path(home) / _STOP
    queries = list(saved().items())
    chance.shuffle(queries)
    answers: list[tuple[str, str, int, float]] = []
    errors: list[str] = []
    for name, path in cycle(queries):
        if stop.exists():
            break
        try:
            answers.append(_ask(Path(home), name, path))
        except Exception as error:
            errors.append(f"{name}: {type(error).__name__}: {error}")
        time.sleep(chance.expovariate(1 / THINKING_SECONDS))
    return {"answers": answers, "errors": errors}


def _ask(home: Path, name: str, path: Path) -> tuple[str, str, int, float]:
    settings = replace(load_settings(), home=home, memory_limit=MEMORY, threads=THREADS)
    begun = time.monotonic()
    release = current(settings)
    rows = run_query(settings, release.database, path.read_text(encoding="utf-8"), LONGEST_SECONDS).height
    return release.build_id, name, rows, time.monotonic() - begun
