"""Seconds and memory of work done in a process of its own.

Belongs here: starting a process and watching it. Does not belong here: what is worth measuring.

Peak memory is that of the whole process tree: resident memory summed over the tree twenty times a second, and never
less than the largest single process as the operating system kept it. Shared pages count once per process that maps
them, so the sum is an upper bound.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MB = 1_000_000
_PAGE_BYTES = resource.getpagesize()
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True)
class Run:
    """One finished process. peak_mb: of its tree, in MB.  cpu_seconds: user and system, with waited-for children."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    exit_code: int
    output: str


class Watched:
    """A process started apart, and the memory of its tree until it ends."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as words:
            self.process = subprocess.Popen(
                command, stdout=words, stderr=subprocess.STDOUT, env={**os.environ, **environment}, cwd=ROOT
            )
        self._begun = time.monotonic()
        self._peak_bytes = 0
        self._sampler = threading.Thread(target=self._sample, daemon=True)
        self._ended = threading.Event()
        self._sampler.start()

    def _sample(self) -> None:
        while not self._ended.wait(_PAUSE_SECONDS):
            self._peak_bytes = max(self._peak_bytes, tree_bytes(self.process.pid))

    def kill(self) -> None:
        """kill -9, as a power cut would: nothing is tidied up."""
        self.process.send_signal(signal.SIGKILL)

    def wait(self) -> Run:
        _, status, usage = os.wait4(self.process.pid, 0)
        seconds = time.monotonic() - self._begun
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self._ended.set()
        self._sampler.join()
        peak = max(self._peak_bytes, usage.ru_maxrss * 1024)
        output = self.log.read_text(encoding="utf-8", errors="replace")
        return Run(seconds, usage.ru_utime + usage.ru_stime, peak / MB, self.process.returncode, output)


def tree_bytes(pid: int) -> int:
    """Resident bytes of a process and all below it, now. Linux only; elsewhere 0."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name in brackets may hold anything; the fields after it do not.
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):  # ended between listing and reading
            continue
    tree, grown = {pid}, True
    while grown:
        found = {child for child, parent in parents.items() if parent in tree} - tree
        tree, grown = tree | found, bool(found)
    return sum(_resident_bytes(member) for member in tree)


def _resident_bytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
    except (OSError, ValueError):
        return 0


def run(command: list[str], environment: dict[str, str], log: Path) -> Run:
    """Run a command to its end. Raises RuntimeError with its last words if it fails."""
    done = Watched(command, environment, log).wait()
    if done.exit_code != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.exit_code}:\n{done.output[-2000:]}")
    return done


def start_call(function: str, environment: dict[str, str], log: Path, **arguments: Any) -> Watched:
    """Start `module:function` of this package in a process of its own; `answered` reads what it returned."""
    command = [sys.executable, "-m", "benchmarks.measure", function, json.dumps(arguments), str(_answer_of(log))]
    return Watched(command, environment, log)


def answered(watched: Watched) -> tuple[dict[str, Any], Run]:
    """Wait for a call and return what it returned, and the run. Raises RuntimeError if it failed."""
    done = watched.wait()
    if done.exit_code != 0:
        raise RuntimeError(f"the call ended with {done.exit_code}:\n{done.output[-2000:]}")
    result: dict[str, Any] = json.loads(_answer_of(watched.log).read_text())
    return result, done


def call(function: str, environment: dict[str, str], log: Path, **arguments: Any) -> tuple[dict[str, Any], Run]:
    """Call `module:function` of this package in a process of its own. Returns what it returned, and the run.

    Arguments and the result (a dict) travel as JSON; the function times itself, so that imports do not count.
    """
    return answered(start_call(function, environment, log, **arguments))


def _answer_of(log: Path) -> Path:
    return log.with_suffix(".answer.json")


def middle(values: list[float]) -> float:
    """The median: one slow run on a busy machine does not count."""
    return median(values)


def _answer(function: str, arguments: str, answer: str) -> None:
    module, _, name = function.partition(":")
    result = getattr(importlib.import_module(f"benchmarks.{module}"), name)(**json.loads(arguments))
    Path(answer).write_text(json.dumps(result))


if __name__ == "__main__":
    try:
        _answer(*sys.argv[1:])
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    # The engine's bindings list what they still hold at an ordinary exit, which would hide an error's last words.
    os._exit(0)
