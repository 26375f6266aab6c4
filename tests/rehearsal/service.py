"""The real service on a moved clock: `statecraft serve`, watched from outside by what Dagster has on record.

Belongs here: starting it, waiting until a day's work is done, stopping it, the webhook it tells. Does not belong here:
what is done on which day (script.py), what must hold afterwards (rehearsal.py).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import dagster as dg

from pipelines.settings import PROJECT_ROOT
from tests.rehearsal.moved_clock import MovedClock
from tests.world.home import STATECRAFT, Home

#: Nothing the service does in one go takes as long, on the busiest machine.
MOST_SECONDS = 600.0
LOOK_EVERY_SECONDS = 0.2
_ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


@dataclass(frozen=True)
class Ended:
    """One run of a source's schedule. began, ended: seconds of the epoch, on the service's clock."""

    source: str
    run_id: str
    success: bool
    began: float
    ended: float


@dataclass
class Webhook:
    """Takes what the service tells, on the loopback."""

    address: str
    told: list[tuple[date, str]] = field(default_factory=list)

    def told_on(self, day: date) -> list[str]:
        """The words of a day of the service's clock."""
        return [text for when, text in self.told if when == day]


@contextmanager
def webhook(clock: MovedClock) -> Iterator[Webhook]:
    """A place for alerts until the block ends."""
    told: list[tuple[date, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = json.loads(self.rfile.read(int(self.headers["content-length"])))["text"]
            told.append((clock.now().date(), text))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quietly."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Webhook(f"http://127.0.0.1:{server.server_address[1]}/told", told)
        finally:
            server.shutdown()


@dataclass
class Service:
    """A service that runs, and the instance it keeps its records in."""

    process: subprocess.Popen[bytes]
    instance: dg.DagsterInstance
    log: Path

    def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait until it holds. Raises AssertionError where it does not for longer than anything takes."""
        until = time.monotonic() + MOST_SECONDS
        while not holds():
            assert self.process.poll() is None, f"the service ended: {self.words()}"
            assert time.monotonic() < until, f"{what} did not happen: {self.words()}"
            time.sleep(LOOK_EVERY_SECONDS)

    def runs(self, source: str) -> list[Ended]:
        """The ended runs of a source, oldest first."""
        found = self.instance.get_run_records(filters=dg.RunsFilter(job_name=f"refresh_{source}"), ascending=True)
        return [
            Ended(
                source,
                record.dagster_run.run_id,
                record.dagster_run.status is dg.DagsterRunStatus.SUCCESS,
                record.start_time or 0.0,
                record.end_time or 0.0,
            )
            for record in found
            if record.dagster_run.status in _ENDED
        ]

    def is_idle(self) -> bool:
        """Whether no run waits or works."""
        statuses = [status for status in dg.DagsterRunStatus if status not in _ENDED]
        return not self.instance.get_runs(filters=dg.RunsFilter(statuses=statuses), limit=1)

    def words(self) -> str:
        """The end of what the processes have said."""
        files = [self.log, *sorted(self.log.parent.glob("dagster/service/*.log"))]
        return "\n".join(f"{file.name}: {file.read_text(errors='replace')[-2_000:]}" for file in files)

    def stop(self) -> int:
        """Ask it to stop, as systemd does; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(MOST_SECONDS)


@contextmanager
def serving(home: Home, sources: Sequence[str], environment: Mapping[str, str]) -> Iterator[Service]:
    """`statecraft serve` for these sources, once its schedules are known to be on; ended with the block."""
    log = home.path / "serve.log"
    only = [word for source in sources for word in ("--only", source)]
    with log.open("ab") as words:
        process = subprocess.Popen(
            [sys.executable, str(STATECRAFT), "serve", "--no-ui", *only],
            stdout=words,
            stderr=words,
            env={**os.environ, **home.environment, **environment},
            cwd=PROJECT_ROOT,
            start_new_session=True,
        )
    try:
        with home.at_hand(), dg.DagsterInstance.get() as instance:
            service = Service(process, instance, log)
            service.until("that schedules are on", lambda: _schedules(instance) >= len(sources))
            yield service
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _schedules(instance: dg.DagsterInstance) -> int:
    from dagster._core.definitions.run_request import InstigatorType  # noqa: PLC0415

    return len(instance.all_instigator_state(instigator_type=InstigatorType.SCHEDULE))
