"""Killed at any moment, the last release answers and the next refresh makes the rest good."""

from __future__ import annotations

import os
import random
import signal
import time

import duckdb
import pytest

from pipelines.landing import Landing
from tests.world.fixtures import World, content, same_content

pytestmark = pytest.mark.xdist_group("world")

KILLS = 20
#: After so many kills in a row one refresh is let finish, and its content compared.
KILLS_IN_A_ROW = 5


def _answers(world: World) -> bool:
    with duckdb.connect(str(world.settings.releases / "latest" / "statecraft.duckdb"), read_only=True) as con:
        row = con.execute("select count(*) from core.fct_trade_flow").fetchone()
    return row is not None and row[0] > 0


def _turn(world: World, held: bool) -> None:
    """Give the next refresh work: withdraw, or take back, one edition of the schedule."""
    landing = Landing(world.settings)
    edition = [v for v in landing.vintages() if v.source == "usitc_hts" and v.vintage_id == "2025_rev_18"]
    landing.mark(edition, "accepted" if held else "withdrawn", "" if held else "a test")


def test_kill_at_twenty_moments(world: World) -> None:
    moments = random.Random(20250409)
    expected = {True: content(world.release())}
    _turn(world, held=False)
    begun = time.monotonic()
    code, output = world.refresh()
    whole_run = time.monotonic() - begun
    assert code == 0, output
    expected[False] = content(world.release())
    held = False
    for kill in range(1, KILLS + 1):
        if kill % KILLS_IN_A_ROW == 1:
            held = not held
            _turn(world, held)
        process = world.start("refresh", "--source", str(world.pack), "--no-show")
        time.sleep(moments.uniform(0, whole_run))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert _answers(world), f"kill {kill}: the last release does not answer"
        if kill % KILLS_IN_A_ROW == 0:
            code, output = world.refresh()
            assert code == 0, output
            assert same_content(content(world.release()), expected[held]), f"after kill {kill}"
