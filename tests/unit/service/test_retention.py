"""What is older than it is kept leaves the disk, too: of a run its rows, its event log and its process's words."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.service import retention
from pipelines.settings import Settings
from tests.unit.rooms import instance_of, toy_settings

LATER = datetime.now().astimezone() + timedelta(days=retention.DEFAULT_KEEP_DAYS + 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    with instance_of(settings) as found:
        yield found


def ran(instance: dg.DagsterInstance) -> str:
    """A run that said something, on record."""

    @dg.op
    def say() -> None:
        print("words " * 100)

    @dg.job
    def refresh_toys() -> None:
        say()

    return refresh_toys.execute_in_process(instance=instance).run_id


def on_disk(settings: Settings, run_id: str) -> list[str]:
    return sorted(str(path.relative_to(settings.dagster_home)) for path in settings.dagster_home.rglob(f"{run_id}*"))


def test_a_run_past_its_days_leaves_the_disk(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_id = ran(instance)
    assert {f"history/{run_id}.db", f"storage/{run_id}"} <= set(on_disk(settings, run_id))
    assert retention.clear(settings, instance, datetime.now().astimezone()) == retention.Cleared(0, 0)
    assert len(on_disk(settings, run_id)) > 1
    assert retention.clear(settings, instance, LATER) == retention.Cleared(1, 0)
    assert on_disk(settings, run_id) == []


def test_what_runs_left_that_are_not_on_record_goes(settings: Settings, instance: dg.DagsterInstance) -> None:
    """As they did before, and as a process leaves that is killed while it clears; what is no run's stays."""
    kept, stray = ran(instance), str(uuid.uuid4())
    (settings.dagster_home / "history" / f"{stray}.db").write_bytes(b"")
    (settings.dagster_home / "storage" / stray / "compute_logs").mkdir(parents=True)
    (settings.dagster_home / "storage" / "made-by-hand").mkdir()
    retention.clear(settings, instance, datetime.now().astimezone())
    assert on_disk(settings, stray) == []
    assert len(on_disk(settings, kept)) > 1
    assert (settings.dagster_home / "storage" / "made-by-hand").exists()
    assert {"index.db", "runs.db"} <= {path.name for path in (settings.dagster_home / "history").iterdir()}


def test_the_index_is_looked_through_only_where_no_run_is_open(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that writes to it would have to wait."""
    asked: list[bool] = []
    monkeypatch.setattr(type(instance.event_log_storage), "give_back", lambda _: asked.append(True))
    retention.clear(settings, instance, LATER)
    assert asked == [True]

    @dg.job
    def refresh_toys() -> None:
        """Do nothing."""

    instance.create_run_for_job(refresh_toys)
    retention.clear(settings, instance, LATER)
    assert asked == [True]
