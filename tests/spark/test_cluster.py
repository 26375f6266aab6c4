"""What counts as running, and that stopping waits for it to be gone; with processes that cost nothing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spark.cluster import Cluster


@pytest.fixture
def sleeping(tmp_path: Path) -> Iterator[Cluster]:
    """A session in which one process runs, and another has ended that nobody asked after."""
    cluster = Cluster(tmp_path, thrift_port=0, master="", executor_memory="")
    process = subprocess.Popen(["sh", "-c", "true & exec sleep 60"], start_new_session=True)
    cluster.processes["sleeper"] = process
    cluster.sessions.add(process.pid)
    yield cluster
    cluster.stop()


def test_what_has_ended_does_not_run(sleeping: Cluster) -> None:
    until = time.monotonic() + 10
    while sleeping.running() != ["sleep 60"]:
        assert time.monotonic() < until, sleeping.running()
    sleeping.stop()
    assert sleeping.running() == []


def test_stopping_waits_until_nothing_runs(sleeping: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a moment after its end a Java is listed by its bare name, and not yet as a zombie."""
    listed = iter([["[java]"], ["[java]"], []])
    with monkeypatch.context() as patch:
        patch.setattr(Cluster, "running", lambda _: next(listed))
        sleeping.stop()
    assert next(listed, None) is None
