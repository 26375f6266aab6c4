"""Killed at any moment, the last release answers and the next refresh makes the rest good."""

from __future__ import annotations

import random
import signal
import time

from pipelines.release import building_folder
from tests.world.forking import forks
from tests.world.home import Home, different

KILLS = 20
#: A refresh is let finish after so many kills at most, and its content compared.
KILLS_IN_A_ROW = 7


def test_a_refresh_may_be_killed_at_twenty_moments(built: Home, late: Home) -> None:
    """A late edition is taken in, and again and again the refresh is killed with kill -9."""
    moments = random.Random(20250409)
    before, after, done = late.answers(), built.answers(), built.content()
    home = late.at(late.path.with_name("warehouse"))
    with forks(home) as running:
        begun = time.monotonic()
        assert running.refresh(str(home.pack)) == 0
        whole_run = time.monotonic() - begun
        assert different(done, home.content()) == []
        killed = in_a_row = 0
        late.at(home.path)
        while killed < KILLS:
            code = running.refresh(str(home.pack), killed_after=moments.uniform(0, whole_run))
            assert home.answers() in (before, after)
            if code == -signal.SIGKILL:
                killed, in_a_row = killed + 1, in_a_row + 1
            if in_a_row == KILLS_IN_A_ROW:
                code, in_a_row = running.refresh(str(home.pack)), 0
            if code != -signal.SIGKILL:  # it came to its end, whatever it began with
                assert code == 0
                assert different(done, home.content()) == [], f"after {killed} kills"
                # glob, for the folder itself goes when nothing is to publish.
                assert list(building_folder(home.settings).glob("*")) == []
                late.at(home.path)
        assert running.refresh(str(home.pack)) == 0
        assert different(done, home.content()) == []
