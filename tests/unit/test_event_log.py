"""Dagster's event log: few files open however many runs, and nothing on disk of a run that is gone."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.event_log import KEPT_SHARDS, KeptEventLog
from pipelines.settings import Settings
from tests.unit.rooms import instance_of, toy_settings

RUNS = 25
#: A database that is open: its file, what is written ahead, and what its readers share.
FILES_OF_A_SHARD = 3


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    with instance_of(settings) as found:
        yield found


def kept_log(instance: dg.DagsterInstance) -> KeptEventLog:
    log = instance.event_log_storage
    assert isinstance(log, KeptEventLog)
    return log


def history(settings: Settings) -> Path:
    return settings.dagster_home / "history"


def open_files(folder: Path) -> list[str]:
    """What this process has open below a folder."""
    found = (link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
    return [path.name for path in found if path.is_relative_to(folder)]


def said(instance: dg.DagsterInstance, run_id: str) -> int:
    """Put an event of a run on record; how many there are."""
    instance.report_engine_event("Something.", job_name="toys", run_id=run_id)
    return len(instance.all_logs(run_id))


def ran(instance: dg.DagsterInstance) -> str:
    """A run that made an asset and checked it, on record."""

    @dg.asset(check_specs=[dg.AssetCheckSpec("sound", asset="toys")])
    def toys() -> Iterator[dg.Output[int] | dg.AssetCheckResult]:
        yield dg.Output(1)
        yield dg.AssetCheckResult(passed=True)

    return dg.materialize([toys], instance=instance).run_id


def test_few_files_are_open_however_many_runs(settings: Settings, instance: dg.DagsterInstance) -> None:
    ids = [str(uuid.uuid4()) for _ in range(RUNS)]
    assert [said(instance, run_id) for run_id in ids] == [1] * RUNS
    assert len(open_files(history(settings))) <= FILES_OF_A_SHARD * (KEPT_SHARDS + 1)
    assert said(instance, ids[0]) == 2, "what was closed is opened again"
    assert len(list(history(settings).glob("*-wal"))) <= KEPT_SHARDS + 1, "what is closed leaves nothing beside it"


def test_threads_may_log_to_more_runs_than_are_kept_open(instance: dg.DagsterInstance) -> None:
    ids = [str(uuid.uuid4()) for _ in range(2 * KEPT_SHARDS)]

    def say() -> None:
        for run_id in ids:
            said(instance, run_id)

    threads = [threading.Thread(target=say) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(instance.all_logs(run_id)) for run_id in ids] == [len(threads)] * len(ids)


def test_a_run_that_goes_leaves_nothing(settings: Settings, instance: dg.DagsterInstance) -> None:
    gone, stays = ran(instance), ran(instance)
    instance.delete_run(gone)
    assert [path.name for path in history(settings).glob(f"{gone}*")] == []
    assert [name for name in open_files(history(settings)) if name.startswith(gone)] == []
    with sqlite3.connect(history(settings) / "index.db") as index:
        for table in ("event_logs", "asset_check_executions"):
            left = {run_id for (run_id,) in index.execute(f"select run_id from {table}")}
            assert gone not in left and stays in left


def test_a_run_another_process_removed_has_no_events(instance: dg.DagsterInstance, settings: Settings) -> None:
    """Its database is made anew where somebody asks, not opened without its tables."""
    run_id = str(uuid.uuid4())
    said(instance, run_id)
    for other in range(KEPT_SHARDS):
        said(instance, f"other {other}")
    for path in history(settings).glob(f"{run_id}*"):
        path.unlink()
    assert instance.all_logs(run_id) == []


def test_an_index_mostly_empty_is_given_back_to_the_disk(settings: Settings, instance: dg.DagsterInstance) -> None:
    log, path = kept_log(instance), history(settings) / "index.db"
    assert not log.give_back()
    with sqlite3.connect(path) as index:
        index.execute("create table much (text)")
        index.executemany("insert into much values (?)", [("x" * 1000,)] * 5000)
    with sqlite3.connect(path) as index:
        index.execute("drop table much")
    assert log.give_back()
    assert path.stat().st_size < 1_000_000
    assert said(instance, str(uuid.uuid4())) == 1
