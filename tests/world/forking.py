"""Refreshes of one warehouse, each in a fork of a process that has imported everything (forks.py).

Belongs here: asking that process. Does not belong here: what must hold afterwards.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer

from pipelines.settings import PROJECT_ROOT
from tests.world.home import Home


@dataclass
class Forks:
    """Refreshes of one warehouse, each in a fork of one process that has imported everything (forks.py)."""

    process: subprocess.Popen[str]

    def refresh(self, source: str, killed_after: float | None = None, largest_file: int | None = None) -> int:
        """Run one refresh, and kill it after so many seconds if it still runs. Its exit code; negative if killed.

        largest_file: bytes beyond which no file may grow, as on a disk that is full.
        """
        assert self.process.stdin
        limit = f"\t{largest_file}" if largest_file else ""
        self.process.stdin.write(f"{source}{limit}\n")
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
