"""Runs that failed in passing are asked for again, after pauses; what a person must look at is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import dagster as dg
import pytest

from pipelines.errors import BusyError, FetchError, LandingError, StatecraftError, UnreachableError
from pipelines.service import again, watch
from pipelines.service.again import ATTEMPT, STOPPED, Again, ask_again, due, passes, pauses, planned

MINUTE = timedelta(minutes=1)
AWAY = UnreachableError("toys: https://toys.example broke off; asked 5 times in 60 s.", "Try again later.")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as found:
        yield found


def ended(
    instance: dg.DagsterInstance,
    error: Exception | None,
    job: str = "refresh_toys",
    tags: dict[str, str] | None = None,
    at_start: bool = False,
) -> dg.DagsterRun:
    """A run on record that failed so, in its step or (at_start) before it; None: one that did well."""

    def fail() -> None:
        if error is not None:
            raise error

    @dg.resource
    def writer() -> None:
        if at_start:
            fail()

    @dg.op(required_resource_keys={"writer"})
    def land() -> None:
        fail()

    @dg.job(name=job, resource_defs={"writer": writer}, executor_def=dg.in_process_executor)
    def refresh() -> None:
        land()

    result = refresh.execute_in_process(instance=instance, raise_on_error=False, tags=tags or {})
    return result.dagster_run if error is None else _again_from(instance, result.run_id)


def _again_from(instance: dg.DagsterInstance, run_id: str) -> dg.DagsterRun:
    run = instance.get_run_by_id(run_id)
    assert run is not None and run.status is dg.DagsterRunStatus.FAILURE
    return run


def later(minutes: float) -> datetime:
    return datetime.now().astimezone() + minutes * MINUTE


@pytest.mark.parametrize(
    ("error", "at_start", "expected"),
    [
        (AWAY, False, True),
        (BusyError("Another refresh holds this warehouse (process 7)."), True, True),
        (FetchError("toys: the list has another shape."), False, False),
        (LandingError("too few rows", source="toys", rule="row_count"), False, False),
        (StatecraftError("The landing gate could not judge."), False, False),
        (KeyError("a mistake of ours"), False, False),
    ],
)
def test_what_passes_by_itself(instance: dg.DagsterInstance, error: Exception, at_start: bool, expected: bool) -> None:
    assert passes(instance, ended(instance, error, at_start=at_start)) is expected


def test_a_run_that_was_stopped_is_asked_for_again(instance: dg.DagsterInstance) -> None:
    assert passes(instance, ended(instance, KeyError("whatever"), tags={STOPPED: "1"}))


def test_pauses_grow_and_end(instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pauses() == [minutes * MINUTE for minutes in (10, 60, 360, 1440, 1440, 1440)]
    monkeypatch.setenv(again.VARIABLE, "5, 50")
    at = later(0)
    for attempt, minutes in ((0, 5), (1, 50)):
        run = ended(instance, AWAY, tags={ATTEMPT: str(attempt)})
        assert planned(instance, run, at) == Again(run, attempt + 1, 2, at + minutes * MINUTE)
    assert planned(instance, ended(instance, AWAY, tags={ATTEMPT: "2"}), at) is None
    monkeypatch.setenv(again.VARIABLE, "")
    assert planned(instance, ended(instance, AWAY), at) is None
    monkeypatch.setenv(again.VARIABLE, "soon")
    with pytest.raises(StatecraftError, match="Give minutes separated by commas"):
        pauses()


def test_a_failed_run_is_due_once_its_pause_is_over(instance: dg.DagsterInstance) -> None:
    run = ended(instance, AWAY)
    assert due(instance, ["refresh_toys", "refresh_none"], later(9)) == []
    [found] = due(instance, ["refresh_toys", "refresh_none"], later(11))
    request = found.request()
    assert (request.job_name, request.tags[ATTEMPT]) == ("refresh_toys", "1")
    assert run.run_id in str(request.run_key) and dict(request.run_config) == dict(run.run_config)
    ended(instance, None)  # the job ran since
    assert due(instance, ["refresh_toys"], later(2000)) == []


def test_only_the_newest_run_of_a_job_counts(instance: dg.DagsterInstance) -> None:
    ended(instance, AWAY)
    ended(instance, LandingError("too few rows", source="toys", rule="row_count"))
    assert due(instance, ["refresh_toys"], later(2000)) == []


def test_the_sensor_asks_for_what_is_due(instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(again.VARIABLE, "0")

    @dg.op
    def nothing() -> None:
        """Do nothing."""

    @dg.job
    def refresh_toys() -> None:
        nothing()

    sensor = ask_again([refresh_toys], dg.DefaultSensorStatus.STOPPED)
    context = dg.build_sensor_context(instance=instance, definitions=dg.Definitions(jobs=[refresh_toys]))
    assert isinstance(sensor(context), dg.SkipReason)
    ended(instance, AWAY)
    result: Any = sensor(context)
    assert [request.job_name for request in result.run_requests] == ["refresh_toys"]


def test_an_alert_says_when_it_is_asked_again(instance: dg.DagsterInstance) -> None:
    found = Again(ended(instance, AWAY), 1, 6, datetime(2026, 11, 2, 9, 10))
    assert found.sentence() == "It is asked for again at 09:10 on 2026-11-02 (1 of 6)."


def test_what_a_backfill_brought_is_published_after_its_last_month(instance: dg.DagsterInstance) -> None:
    names = {"refresh_toys": "backfill_toys"}
    assert watch.brought(instance, names) == []
    done = ended(instance, None, job="backfill_toys")
    assert watch.brought(instance, names) == [("refresh_toys", done.run_id)]

    @dg.op
    def nothing() -> None:
        """Do nothing."""

    @dg.job
    def backfill_toys() -> None:
        nothing()

    instance.create_run_for_job(backfill_toys)  # a month that has not begun
    assert watch.brought(instance, names) == []
