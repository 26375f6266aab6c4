"""The service's processes: started, started again when they end, stopped together.

Belongs here: children and their ends. Does not belong here: what they run (cli/serve.py).

A child that ends is started again after a pause that doubles while it keeps ending; a child that stood a while begins
at the shortest pause anew. When this process is told to stop, so are they, and none outlives it: on Linux the system
itself tells them to stop when this process is killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.progress import log

SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 1.0, 60.0
#: A child that stood so long did not end for the reason it ended before.
STOOD_SECONDS = 120.0
#: How long children may take to end when told to, before they are made to.
STOP_SECONDS = 20.0
LOOK_EVERY_SECONDS = 0.2
#: A log that grew beyond this is put aside, in the place of the one before.
LARGEST_LOG_BYTES = 20 * 1024**2
#: Begins a program so that it does not outlive this process.
_TIED = [sys.executable, "-P", str(Path(__file__).with_name("tied.py"))]


@dataclass(frozen=True)
class Program:
    """A command line, begun once a server of this machine answers at the port `after`, if one is named."""

    command: Sequence[str]
    after: int | None = None


@dataclass
class _Child:
    name: str
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = SHORTEST_PAUSE_SECONDS
    again_at: float = 0.0
    ends: int = 0


@dataclass
class Supervisor:
    """Keeps programs (by name) running. logs: folder of one log a child."""

    programs: Mapping[str, Program]
    logs: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    shortest_pause: float = SHORTEST_PAUSE_SECONDS
    stop_seconds: float = STOP_SECONDS

    def __post_init__(self) -> None:
        self._children = [_Child(n, p, pause=self.shortest_pause) for n, p in self.programs.items()]
        self._told_to_stop = threading.Event()

    def run(self) -> None:
        """Keep the children running until this process gets SIGTERM or SIGINT, or `stop` is called."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stop())
        try:
            while not self._told_to_stop.is_set():
                for child in self._children:
                    self._look_after(child)
                self._told_to_stop.wait(LOOK_EVERY_SECONDS)
        finally:
            self._end_all()

    def stop(self) -> None:
        self._told_to_stop.set()

    @property
    def running(self) -> dict[str, int]:
        """Name -> process id of the children that run."""
        return {c.name: c.process.pid for c in self._children if c.process and c.process.poll() is None}

    def _look_after(self, child: _Child) -> None:
        now = time.monotonic()
        self._bound_log(child)
        if child.process is not None and child.process.poll() is not None:
            code = child.process.returncode
            child.process = None
            child.ends += 1
            if now - child.started >= STOOD_SECONDS:
                child.pause = self.shortest_pause
            child.again_at = now + child.pause
            log.warning(
                "%s ended (%s); starting it again in %g s. Its words: %s",
                child.name,
                _why(code),
                child.pause,
                self._log(child),
            )
            child.pause = min(2 * child.pause, LONGEST_PAUSE_SECONDS)
        if child.process is None and now >= child.again_at and _answers(child.program.after):
            child.process = self._start(child)
            child.started = now

    def _start(self, child: _Child) -> subprocess.Popen[bytes]:
        path = self._log(child)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as words:
            return subprocess.Popen(
                [*_TIED, str(os.getpid()), *child.program.command],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )

    def _bound_log(self, child: _Child) -> None:
        """Put the log aside once it is large: a copy, for the child goes on writing to the end of this very file.

        Words written between the two steps are lost.
        """
        path = self._log(child)
        with suppress(OSError):  # none yet; or a full disk, of which others tell, and whose logs must not grow on
            if path.stat().st_size > LARGEST_LOG_BYTES:
                try:
                    shutil.copyfile(path, path.with_suffix(".old.log"))
                finally:
                    os.truncate(path, 0)

    def _log(self, child: _Child) -> Path:
        return self.logs / f"{child.name}.log"

    def _end_all(self) -> None:
        ending = [c.process for c in self._children if c.process is not None]
        for process in ending:
            _signal(process, signal.SIGTERM)
        until = time.monotonic() + self.stop_seconds
        for process in ending:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))
            _signal(process, signal.SIGKILL)  # its own children, too, which share its session
            process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _answers(port: int | None) -> bool:
    """Whether a server of this machine answers at the port; true where none is named."""
    if port is None:
        return True
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _why(code: int) -> str:
    return f"exit {code}" if code >= 0 else signal.Signals(-code).name
