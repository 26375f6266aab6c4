"""Ten people at the dashboard at once, and a release that is published meanwhile.

Belongs here: sessions that go from page to page. Does not belong here: what a page shows (tests/browser).
"""

from __future__ import annotations

import random
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import duckdb

from benchmarks import homes
from benchmarks.load import spread
from benchmarks.measure import Watched
from benchmarks.report import Result, Row
from dashboard.site import PAGES
from pipelines.listening import free_port

SESSIONS = 10
#: How long people look at a page, on average, and how long all of them stay.
LOOKING_SECONDS, STAY_SECONDS = 5.0, 240.0
_READY_SECONDS = 60.0
_HOST = "127.0.0.1"


@dataclass
class Seen:
    """What the sessions got: seconds of every page, and what was not a page."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    releases: set[str] = field(default_factory=set)


def dashboard_10(place: Path) -> Result:
    """Ten sessions go from page to page of one dashboard (every page of the navigation, lines and partners and words by
    chance), looking at each for five seconds on average, while a refresh publishes; against one session alone.
    """
    home, _ = homes.home_before_newest_schedule(place)
    with _served(home, place) as (port, server):
        lines = _lines(home)
        alone, several = Seen(), Seen()
        _walk(alone, port, lines, 0, _after(STAY_SECONDS / 4), looking=0.5)
        until = _after(STAY_SECONDS)
        sessions = [
            threading.Thread(target=_walk, args=(several, port, lines, seed, until, LOOKING_SECONDS))
            for seed in range(1, SESSIONS + 1)
        ]
        for session in sessions:
            session.start()
        published = homes.refresh(home)
        for session in sessions:
            session.join()
    run = server.wait()
    usual, late, worst = spread(several.seconds)
    own_usual, own_late, _ = spread(alone.seconds)
    return Result(
        [
            Row(
                f"{SESSIONS} sessions, {len(several.seconds):,} pages: 95 of 100 answered within",
                late,
                run.peak_mb,
                f"one session alone, {own_late:.2f} s",
                late / own_late,
                "no error",
                not several.errors and not alone.errors and len(several.releases) > 1,
                f"{len(several.errors)} errors {'; '.join(several.errors[:1])}; half within {usual:.2f} s (one alone"
                f" {own_usual:.2f} s), the slowest {worst:.1f} s; a refresh of {published.seconds:.0f} s published"
                f" meanwhile, {len(several.releases)} releases shown; memory is the server's",
            )
        ]
    )


@contextmanager
def _served(home: Path, place: Path) -> Iterator[tuple[int, Watched]]:
    """A dashboard on this home, until the block ends."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("statecraft")), "dashboard", "--no-browser", "--port", str(port)]
    server = Watched(command, homes.environment(home), place / "dashboard.log")
    try:
        until = _after(_READY_SECONDS)
        while not _answers(port):
            if time.monotonic() > until:
                raise RuntimeError(f"the dashboard does not answer; its words: {server.log}")
            time.sleep(0.2)
        yield port, server
    finally:
        server.process.terminate()


def _answers(port: int) -> bool:
    with suppress(OSError):
        return _get(port, "/provenance")[0] == 200
    return False


def _walk(seen: Seen, port: int, lines: list[str], seed: int, until: float, looking: float) -> None:
    """One session: a page after the other, as chance has it, until the time is up."""
    chance = random.Random(seed)
    while time.monotonic() < until:
        address = _address(chance, lines)
        begun = time.monotonic()
        try:
            status, release = _get(port, address)
        except OSError as error:
            seen.errors.append(f"{address}: {error}")
            continue
        seen.seconds.append(time.monotonic() - begun)
        seen.releases.add(release)
        if status != 200:
            seen.errors.append(f"{address}: {status}")
        time.sleep(chance.expovariate(1 / looking))


def _address(chance: random.Random, lines: list[str]) -> str:
    path = chance.choice([page.address for page in PAGES if "{path}" not in page.address])
    asked = {
        "/duties": {"line": chance.choice(lines), "partner": chance.choice(["5700", "2010", "1220", "5520"])},
        "/ledger": {"words": chance.choice(["steel", "surcharge", "affiliates", "copper", "fentanyl"])},
        "/lists": {"name": chance.choice(["huawei", "bank", "institute", "electronics", "shipping"])},
        "/predictability": {"year": str(chance.choice([2018, 2019, 2025, 2026]))},
    }
    return f"{path}?{urlencode(asked[path])}" if path in asked else path


def _get(port: int, address: str) -> tuple[int, str]:
    """Status of a page, and the release it says it shows."""
    connection = HTTPConnection(_HOST, port, timeout=300)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read().decode()
    finally:
        connection.close()
    return answer.status, _build_in(body)


def _build_in(page: str) -> str:
    """The release a page names at its foot."""
    found = re.search(r"Release <code>([^<]+)</code>", page)
    return found[1] if found else ""


def _lines(home: Path) -> list[str]:
    """Lines of the tariff a session may ask for."""
    with duckdb.connect(str(home / "releases" / "latest" / "statecraft.duckdb"), read_only=True) as con:
        asked = "select distinct htsno from core.fct_schedule_line where length(htsno) = 13 order by 1"
        return [str(row[0]) for row in con.execute(asked).fetchall()]


def _after(seconds: float) -> float:
    return time.monotonic() + seconds
