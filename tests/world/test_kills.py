"""Killed at any moment, the last release answers and the next refresh makes the rest good."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

from pipelines.release import building_folder
from pipelines.settings import PROJECT_ROOT
from tests.world.home import Home, different

KILLS = 20
#: A refresh is let finish after so many kills at most, and its content compared.
KILLS_IN_A_ROW = 7


@dataclass
class Forks:
    """Refreshes of one warehouse, each in a fork of one process that has imported everything (forks.py)."""

    process: subprocess.Popen[str]

    def refresh(self, source: str, killed_after: float | None = None) -> int:
        """Run one refresh, and kill it after so many seconds if it still runs. Its exit code; negative if killed."""
        assert self.process.stdin
        self.process.stdin.write(f"{source}\n")
        self.process.stdin.flush()
        child = self.answer()
        kill = Timer(killed_after, os.kill, (child, signal.SIGKILL)) if killed_after is not None else None
        if kill:
            kill.start()
        code = self.answer()
        if kill:
            kill.cancel()
            kill.join()
        return code

    def answer(self) -> int:
        assert self.process.stdout
        return int(self.process.stdout.readline())


@contextmanager
def forks(home: Home) -> Iterator[Forks]:
    command = [sys.executable, "-m", "tests.world.forks"]
    environment = {**os.environ, **home.environment}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env=environment, cwd=PROJECT_ROOT, text=True, **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == "ready\n"
        yield Forks(process)
        process.stdin.close()


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
