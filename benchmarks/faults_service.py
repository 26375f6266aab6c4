"""Faults of the service: its daemon, itself, and the worker of a run killed while they work.

Belongs here: these drills. Does not belong here: faults of the disk (faults.py), services (tests/world/serving.py).
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from typing import Any

import dagster as dg
import httpx

from pipelines import mending, release
from pipelines.contract import all_specs
from pipelines.listening import free_port
from tests.world import drills
from tests.world.drills import Told
from tests.world.home import Home
from tests.world.serving import CODE, DAEMON, Service, processes, serving, until

_REPOSITORIES = "{repositoriesOrError{... on RepositoryConnection{nodes{name location{name}}}}}"
_LAUNCH = """
mutation($asked: ExecutionParams!) {
  launchRun(executionParams: $asked) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
  }
}
"""
#: A run that nobody works on is ended within minutes: it must be that old, and the sensor looks each minute.
ENDED_WITHIN_SECONDS = 900.0


def killed_daemon(home: Home) -> Told:
    """The daemon and the code server are killed.

    Each is begun again; the release answers meanwhile.
    """
    before, own = home.answers(), processes(home.path).keys()
    with serving(home.path, home.environment) as service:
        service.child(DAEMON)
        begun = time.monotonic()
        again = [service.begun_again(DAEMON), service.begun_again(CODE)]
        seconds, answered = time.monotonic() - begun, home.answers() == before
        os.kill(service.process.pid, signal.SIGTERM)
        ended = service.process.wait(ENDED_WITHIN_SECONDS)
        # What a child had begun itself ends a moment after it.
        until(lambda: not processes(home.path).keys() - own, "what the service began ends")
    words = "Both were begun again; told to stop, all ended."
    return Told(ended, words, answered, all(again), seconds)


def killed_service(home: Home) -> Told:
    """The service itself is killed.

    None of its processes is left, and the next one begins.
    """
    before, own = home.answers(), processes(home.path).keys()
    with serving(home.path, home.environment) as service:
        service.child(DAEMON)
        begun = time.monotonic()
        service.process.kill()
        service.process.wait()
        until(lambda: not processes(home.path).keys() - own, "children of a killed service end")
        seconds, answered = time.monotonic() - begun, home.answers() == before
    with serving(home.path, home.environment) as service:
        good = bool(service.child(CODE) and service.child(DAEMON))
    return Told(0, "Its processes ended with it; the next service began.", answered, good, seconds)


def killed_service_at_work(home: Home) -> Told:
    """The service is killed while a run's worker works.

    Its processes end, the worker at the end of its run or before; the next service ends a run that nobody works on, and
    the next refresh publishes what is left.
    """
    before, port, own = home.answers(), free_port(), processes(home.path).keys()
    with serving(home.path, home.environment, "--port", str(port)) as service:
        run_id, _ = _at_work(service, port, home)
        begun = time.monotonic()
        service.process.kill()
        service.process.wait()
        answered = home.answers() == before
        until(lambda: not processes(home.path).keys() - own, "the last of a killed service ends", ENDED_WITHIN_SECONDS)
        seconds = time.monotonic() - begun
    with serving(home.path, home.environment) as service:
        service.child(DAEMON)
        status = _ended(home, run_id)
        answered = answered and home.answers().keys() == before.keys()
        os.kill(service.process.pid, signal.SIGTERM)
        service.process.wait(ENDED_WITHIN_SECONDS)
    code, _ = drills.refreshed(home, home.pack)
    sound = not mending.damage(home.settings, all_specs()) and not release.problems(home.settings, home.latest)
    good = status is not None and sound and home.answers() != before
    words = f"Its processes ended; the run was on record as ended ({status.value.lower() if status else 'no'})."
    return Told(code, words, answered, good, seconds)


def killed_worker(home: Home) -> Told:
    """The worker of a run is killed in the middle of it.

    The service ends the run; the next refresh makes the rest good.
    """
    before, port = home.answers(), free_port()
    with serving(home.path, home.environment, "--port", str(port)) as service:
        run_id, worker = _at_work(service, port, home)
        begun = time.monotonic()
        os.kill(worker, signal.SIGKILL)
        answered = home.answers() == before
        status = until(lambda: _ended(home, run_id), "the run is ended", ENDED_WITHIN_SECONDS)
        assert status is not None
        seconds = time.monotonic() - begun
        answered = answered and home.answers() == before
        os.kill(service.process.pid, signal.SIGTERM)
        service.process.wait(ENDED_WITHIN_SECONDS)
    code, _ = drills.refreshed(home, home.pack)
    good = status is dg.DagsterRunStatus.FAILURE and home.answers() != before
    words = f"The run was ended ({status.value.lower()}); the next refresh published."
    return Told(code, words, answered, good, seconds)


def _at_work(service: Service, port: int, home: Home) -> tuple[str, int]:
    """Have a run begin, and wait until models are built. Returns its id, and the process that works on it."""
    run_id = _launched(port, home)
    worker = until(lambda: _worker(service), "a worker takes the warehouse")
    until(lambda: (home.path / "work" / "dbt_logs" / "dbt.log").exists() and _builds(home), "models are built")
    return run_id, worker


def _launched(port: int, home: Home) -> str:
    """Have Dagster run the main job from the pack, as its page does. Returns the run's id."""

    def ask(query: str, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        answer = httpx.post(f"http://127.0.0.1:{port}/graphql", json=body, timeout=120, trust_env=False)
        found: dict[str, Any] = answer.raise_for_status().json()["data"]
        return found

    def repositories() -> list[dict[str, Any]]:
        with suppress(httpx.HTTPError):
            return list(ask(_REPOSITORIES)["repositoriesOrError"].get("nodes", []))
        return []

    [repository] = until(repositories, "Dagster's page answers")
    selector = {
        "repositoryName": repository["name"],
        "repositoryLocationName": repository["location"]["name"],
        "jobName": "refresh",
    }
    config = {"resources": {"run": {"config": {"source": str(home.pack), "only": []}}}}
    told = ask(_LAUNCH, asked={"selector": selector, "runConfigData": config})["launchRun"]
    if told["__typename"] != "LaunchRunSuccess":
        raise RuntimeError(f"the run was not launched: {told}")
    run_id: str = told["run"]["runId"]
    return run_id


def _worker(service: Service) -> int:
    """Process id of the run's worker once it holds the warehouse's lock; 0 before, when it names who held it last."""
    with suppress(OSError, ValueError):
        holder = int((service.home / ".writer.lock").read_text())
        return holder if holder in processes(service.home) else 0
    return 0


def _builds(home: Home) -> bool:
    """Whether dbt has taken hold of the work database: what it writes ahead is there."""
    return home.settings.work_database.with_suffix(".duckdb.wal").exists()


def _ended(home: Home, run_id: str) -> dg.DagsterRunStatus | None:
    """How the run ended; None while it has not."""
    with home.at_hand(), dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(run_id)
    return run.status if run and run.is_finished else None
