"""`statecraft serve` as a process that can be killed, and what it leaves behind.

Belongs here: starting the service, finding its processes, ending them whatever happens. Does not belong here: what must
hold (test_service_kills.py, benchmarks/faults.py).
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipelines.settings import PROJECT_ROOT
from tests.world.home import STATECRAFT

#: On a busy machine each process of the service imports for half a minute.
PATIENCE_SECONDS = 300.0
Found = TypeVar("Found")
#: What tells the service's children apart in their command lines.
CODE, DAEMON = "api grpc", "dagster._daemon run"


def until(find: Callable[[], Found], what: str, patience: float = PATIENCE_SECONDS) -> Found:
    """Wait until something is found, and return it. Raises TimeoutError."""
    end = time.monotonic() + patience
    while not (found := find()):
        if time.monotonic() > end:
            raise TimeoutError(f"not within {patience:g} s: {what}")
        time.sleep(0.1)
    return found


def processes(home: Path) -> dict[int, str]:
    """Process id -> command line of whatever runs for this home; what has ended and was not asked after is gone."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            named = (entry / "environ").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if f"STATECRAFT_HOME={home}".encode() in named and state not in "ZX":
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


@dataclass
class Service:
    """A service that runs."""

    home: Path
    process: subprocess.Popen[bytes]

    def child(self, kind: str, but: int = 0) -> int:
        """Process id of a child, waited for; of another than `but`."""

        def look() -> int:
            if self.process.poll() is not None:
                raise RuntimeError(f"the service ended with {self.process.returncode}")
            mine = (
                pid
                for pid, line in processes(self.home).items()
                if kind in line and "tied.py" not in line and _parent(pid) == self.process.pid
            )
            return next((pid for pid in mine if pid != but), 0)

        return until(look, kind)

    def begun_again(self, kind: str) -> int:
        """Kill a child (kill -9) and wait for the one that takes its place. Returns its process id."""
        killed = self.child(kind)
        os.kill(killed, signal.SIGKILL)
        return self.child(kind, but=killed)


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


@contextmanager
def serving(home: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[Service]:
    """The service of a home, and at the end nothing of it."""
    log = home.parent / "serve.log"
    with log.open("ab") as words:
        process = subprocess.Popen(
            [str(STATECRAFT), "serve", *(arguments or ("--no-ui",))],
            stdout=words,
            stderr=words,
            env={**os.environ, **environment},
            cwd=PROJECT_ROOT,
        )
    try:
        yield Service(home, process)
    finally:
        process.kill()
        process.wait()
        for pid in processes(home):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
