"""The service's processes may be killed, and it itself: nothing is left behind, and the next one begins cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import dagster as dg
import pytest

from pipelines import orchestrate
from pipelines.settings import PROJECT_ROOT, Settings
from tests.world.home import STATECRAFT
from tests.world.serving import CODE, DAEMON, PATIENCE_SECONDS, processes, serving, until


def dead_run() -> str:
    """A run on record as begun that nobody works on, as a killed worker leaves it."""

    @dg.op
    def nothing() -> None:
        """Do nothing."""

    @dg.job
    def refresh_toys() -> None:
        nothing()

    with dg.DagsterInstance.get() as instance:
        run = instance.create_run_for_job(refresh_toys)
        begun = dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, job_name=refresh_toys.name)
        instance.report_dagster_event(begun, run_id=run.run_id)
    return run.run_id


def status_of(run_id: str) -> dg.DagsterRunStatus:
    with dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status


def test_killed_children_are_begun_again_and_a_killed_service_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    environment = {"STATECRAFT_HOME": str(home), "DAGSTER_HOME": str(home / "dagster")}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    orchestrate.prepare_home(Settings(home, "300MB", 1))
    with serving(home, environment) as service:
        service.child(DAEMON)
        second = subprocess.run(
            [str(STATECRAFT), "serve", "--no-ui"],
            capture_output=True,
            text=True,
            check=False,
            cwd=PROJECT_ROOT,
            timeout=PATIENCE_SECONDS,
        )
        assert second.returncode == 3 and f"(process {service.process.pid})" in second.stderr
        assert service.begun_again(DAEMON) and service.begun_again(CODE)
        service.process.kill()
        service.process.wait()
        until(lambda: not processes(home), "children of a killed service end")

    run_id = dead_run()
    with serving(home, environment) as service:
        assert service.child(CODE) and service.child(DAEMON)
        assert status_of(run_id) is dg.DagsterRunStatus.FAILURE
        os.kill(service.process.pid, signal.SIGTERM)
        assert service.process.wait(PATIENCE_SECONDS) == 0
        assert processes(home) == {}
