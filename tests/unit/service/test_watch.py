"""What the service notices: failures in the words they left, runs nobody works on, sources gone quiet, old papers."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.runs.schema import RunsTable

from pipelines.errors import LandingError, StatecraftError
from pipelines.files import read_json, write_json
from pipelines.freshness import freshness, stale
from pipelines.intake import record_incident
from pipelines.schedules import source_job, source_schedule
from pipelines.service import retention, watch
from pipelines.service.alerts import Alert
from pipelines.service.watch import alert_of, end_abandoned
from pipelines.settings import Settings
from tests.unit.rooms import accept, day, list_vintage, toy_settings, toy_spec

NOW = datetime(2026, 11, 2, 9, 0).astimezone()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as found:
        yield found


def begun(instance: dg.DagsterInstance, status: dg.DagsterRunStatus) -> str:
    """A run on record in this state."""

    @dg.op
    def nothing() -> None:
        """Do nothing."""

    @dg.job
    def refresh_toys() -> None:
        nothing()

    run = instance.create_run_for_job(refresh_toys)
    happened = {
        dg.DagsterRunStatus.STARTING: "RUN_STARTING",
        dg.DagsterRunStatus.STARTED: "RUN_START",
        dg.DagsterRunStatus.SUCCESS: "RUN_SUCCESS",
    }[status]
    event = dg.DagsterEvent(dg.DagsterEventType[happened].value, job_name=refresh_toys.name)
    instance.report_dagster_event(event, run_id=run.run_id)
    return run.run_id


def test_an_alert_says_what_failed_in_the_words_that_were_left(settings: Settings) -> None:
    record_incident(settings, "older", "landing", StatecraftError("Long ago."))
    [old] = settings.incidents.glob("*.json")
    write_json(old, {**read_json(old), "at": (NOW - timedelta(days=1)).isoformat()})
    refused = LandingError("too few rows", "Fetch it again.", source="toys", file="toys.csv", rule="row_count")
    record_incident(settings, "toys", "landing", refused)
    alert = alert_of(settings, "refresh_toys", NOW - timedelta(minutes=1))
    assert alert.title == "refresh_toys failed at toys (landing)"
    assert alert.words.splitlines() == [str(refused), "The last release stands."]


def test_an_alert_without_words_says_where_to_look(settings: Settings) -> None:
    alert = alert_of(settings, "refresh_toys", None)
    assert "no words" in alert.words and "The last release stands." in alert.words


def test_a_run_nobody_works_on_is_ended(settings: Settings, instance: dg.DagsterInstance) -> None:
    run_id = begun(instance, dg.DagsterRunStatus.STARTED)
    assert end_abandoned(settings, instance, after_seconds=3600) == []
    assert end_abandoned(settings, instance, after_seconds=0) == [run_id]
    run = instance.get_run_by_id(run_id)
    assert run is not None and run.status is dg.DagsterRunStatus.FAILURE


def test_a_run_at_work_is_left_alone(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Another process holds the warehouse."""
    begun(instance, dg.DagsterRunStatus.STARTED)
    settings.home.mkdir(parents=True, exist_ok=True)
    with (settings.home / ".writer.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert end_abandoned(settings, instance, after_seconds=0) == []


def test_a_run_that_waited_long_and_starts_now_is_left_alone(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Its worker imports, and holds nothing yet."""
    run_id = begun(instance, dg.DagsterRunStatus.STARTING)
    hours_ago = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=5)
    with instance.run_storage.connect() as connection:  # type: ignore[attr-defined]
        connection.execute(RunsTable.update().values(create_timestamp=hours_ago))
    assert end_abandoned(settings, instance, after_seconds=180) == []
    assert end_abandoned(settings, instance, after_seconds=0) == [run_id], "one that starts for ever is ended"


def test_the_warehouse_is_not_held_where_there_is_nothing_to_end(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that begins in that instant would find it held."""
    begun(instance, dg.DagsterRunStatus.STARTED)
    begun(instance, dg.DagsterRunStatus.SUCCESS)
    taken: list[Settings] = []

    @contextmanager
    def one_writer(held: Settings) -> Iterator[None]:
        taken.append(held)
        yield

    monkeypatch.setattr(watch, "one_writer", one_writer)
    assert end_abandoned(settings, instance, after_seconds=180) == []
    assert taken == []
    assert len(end_abandoned(settings, instance, after_seconds=0)) == 1
    assert taken == [settings]


def test_papers_are_kept_for_their_days(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(instance, dg.DagsterRunStatus.SUCCESS)
    begun(instance, dg.DagsterRunStatus.STARTED)
    record_incident(settings, "toys", "landing", StatecraftError("Something."))
    write_json(settings.untold / "run.json", {"at": datetime.now().astimezone(), "title": "Failed", "words": "Words."})
    assert retention.clear(settings, instance, datetime.now().astimezone()) == retention.Cleared(0, 0)
    later = datetime.now().astimezone() + timedelta(days=31)
    monkeypatch.setenv("STATECRAFT_KEEP_DAYS", "30")
    assert retention.clear(settings, instance, later) == retention.Cleared(1, 2)
    assert len(instance.get_runs()) == 1


def test_a_number_of_days_must_be_one(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATECRAFT_KEEP_DAYS", "soon")
    with pytest.raises(StatecraftError, match=r"STATECRAFT_KEEP_DAYS is 'soon'\. Give a whole number from 1 on"):
        retention.clear(settings, instance, NOW)


def test_a_source_is_stale_after_its_publishers_days(settings: Settings) -> None:
    spec = toy_spec()
    accept(settings, spec, list_vintage(0, {"a": "Ada"}))
    days, specs = spec.cadence.stale_after_days, {spec.name: spec}
    assert stale(settings, specs, day(days)) == []
    [silent] = stale(settings, specs, day(days + 1))
    assert silent.table == "toy__list"
    assert f"{days + 1} days old" in silent.words() and "--only toy" in silent.words()


def test_tables_of_which_nothing_is_held_are_not_stale(settings: Settings) -> None:
    spec = toy_spec()
    assert {f.word for f in freshness(settings, {spec.name: spec}, day(0))} == {"none held"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Alert]:
    """Alerts that reached somebody."""
    taken: list[Alert] = []

    def deliver(alert: Alert) -> bool:
        taken.append(alert)
        return True

    monkeypatch.setattr(watch, "is_delivered", deliver)
    return taken


def test_silence_is_told_once_and_in_one_alert(sent: list[Alert]) -> None:
    told = watch.tell_once({"b__x": "old", "a__y": "older"}, set())
    assert [(a.title, a.words) for a in sent] == [("a__y, b__x stale", "a__y: older\nb__x: old")]
    assert watch.tell_once({"b__x": "old", "a__y": "older"}, told) == told
    assert len(sent) == 1


def test_what_speaks_again_may_fall_silent_again(sent: list[Alert]) -> None:
    assert watch.tell_once({}, {"a__y"}) == set()
    assert watch.tell_once({"a__y": "old"}, set()) == {"a__y"}
    assert len(sent) == 1


def test_silence_told_to_nobody_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "is_delivered", lambda _: False)
    assert watch.tell_once({"a__y": "old", "b__x": "old"}, {"b__x", "c__z"}) == {"b__x"}


@pytest.mark.parametrize(
    ("serving", "only", "on"), [("", "", []), ("1", "", ["toys", "others"]), ("1", "toys", ["toys"]), ("", "toys", [])]
)
def test_schedules_are_on_for_what_the_service_asks(
    serving: str, only: str, on: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(watch.SERVING, serving)
    monkeypatch.setenv(watch.SERVING_ONLY, only)
    specs = [toy_spec().model_copy(update={"name": name}) for name in ("toys", "others")]
    made = [source_schedule(spec, source_job(spec)) for spec in specs]
    running = [s.name for s in made if s.default_status is dg.DefaultScheduleStatus.RUNNING]
    assert running == [f"refresh_{name}" for name in on]
