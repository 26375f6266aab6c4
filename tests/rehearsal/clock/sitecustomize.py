"""A clock that can be moved: processes with this folder on PYTHONPATH, and all they start, believe in it.

Belongs here: this process's idea of now. Does not belong here: who moves it, and when (tests/rehearsal/moved_clock.py).

Who moves the clock is REHEARSAL_DRIVER, a process id: believers end with it, whatever ends it.

REHEARSAL_CLOCK names a file with the seconds the clock is ahead of the real one (behind, where negative). The clock
runs, and follows the file. Who waits for so many seconds waits until the clock says so: a clock put forward ends it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import types
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

import time_machine

LOOK_EVERY_SECONDS = 0.1
#: Shorter waits are of machines, not of calendars.
SHORTEST_FOLLOWED_SECONDS = 1.0
_real = time_machine.escape_hatch.time


def _ahead(file: Path) -> float:
    return float(file.read_text())


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _follow(file: Path, driver: int, begun: float, clock: time_machine.Traveller) -> None:
    """Keep the clock as the file says, as long as there is somebody who moves it."""
    at = begun
    wait = threading.Event()
    while True:
        _event_wait(wait, LOOK_EVERY_SECONDS)
        if not _is_alive(driver):
            os.kill(os.getpid(), signal.SIGTERM)
            return
        ahead = _ahead(file)
        if ahead != at:
            clock.shift(ahead - at)
            at = ahead


_event_wait = threading.Event.wait


def _wait(self: threading.Event, timeout: float | None = None) -> bool:
    """Event.wait, on the moved clock."""
    if timeout is None or timeout < SHORTEST_FOLLOWED_SECONDS:
        return _event_wait(self, timeout)
    until = time.time() + timeout
    while (left := until - time.time()) > 0:
        if _event_wait(self, min(left, LOOK_EVERY_SECONDS)):
            return True
    return self.is_set()


class _RealDeadlines(MetaPathFinder, Loader):
    """gRPC hands deadlines to a library that looks at the real clock: its modules must, too."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if not name.startswith("grpc._"):
            return None
        found = PathFinder.find_spec(name, path)  # type: ignore[arg-type]
        if found is None or found.loader is None or not (found.origin or "").endswith(".py"):
            return None
        self._theirs = {**getattr(self, "_theirs", {}), name: found.loader}
        found.loader = self
        return found

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        self._theirs[module.__name__].exec_module(module)
        if hasattr(module, "time"):
            module.time = types.SimpleNamespace(**{**vars(time), "time": _real.time})  # type: ignore[attr-defined]


if "REHEARSAL_CLOCK" in os.environ:
    _file = Path(os.environ["REHEARSAL_CLOCK"])
    _begun = _ahead(_file)
    sys.meta_path.insert(0, _RealDeadlines())
    threading.Event.wait = _wait  # type: ignore[method-assign]
    _clock = time_machine.travel(time.time() + _begun, tick=True).start()
    threading.Thread(
        target=_follow, args=(_file, int(os.environ["REHEARSAL_DRIVER"]), _begun, _clock), daemon=True
    ).start()
