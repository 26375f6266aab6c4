"""An alert that reached nobody is kept, told again, and gone once somebody has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.service import untold, watch
from pipelines.service.alerts import Alert
from pipelines.settings import Settings
from tests.unit.rooms import toy_settings

ALERT = Alert("refresh_toys failed at toys (landing)", "Too few rows.")


class Channel:
    """What takes alerts, or does not."""

    def __init__(self) -> None:
        self.answers = True
        self.got: list[Alert] = []

    def takes(self, alert: Alert) -> bool:
        if self.answers:
            self.got.append(alert)
        return self.answers


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Channel:
    found = Channel()
    monkeypatch.setattr(untold, "is_delivered", found.takes)
    return found


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = toy_settings(tmp_path)
    monkeypatch.setenv("STATECRAFT_HOME", str(settings.home))
    return settings


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as found:
        yield found


def kept(settings: Settings) -> list[str]:
    return sorted(path.stem for path in settings.untold.glob("*.json"))


def test_what_reached_somebody_is_not_kept(settings: Settings, channel: Channel) -> None:
    assert untold.tell(settings, "one", ALERT)
    assert (channel.got, kept(settings)) == ([ALERT], [])


def test_what_reached_nobody_is_told_again_with_its_time(settings: Settings, channel: Channel) -> None:
    channel.answers = False
    assert not untold.tell(settings, "one", ALERT)
    assert untold.tell_again(settings) == (0, 1)
    assert kept(settings) == ["one"]
    channel.answers = True
    assert untold.tell_again(settings) == (1, 0)
    [got] = channel.got
    assert got.title == ALERT.title and got.words.startswith("Too few rows.\nThis is of ")
    assert kept(settings) == [] and untold.tell_again(settings) == (0, 0)


def test_the_oldest_is_told_first(settings: Settings, channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    channel.answers = False
    hours = iter(range(2))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 2, 9, 0) + timedelta(hours=next(hours))

    monkeypatch.setattr(untold, "datetime", Clock)
    for name in ("z first", "a second"):
        untold.tell(settings, name, Alert(name, "Words."))
    channel.answers = True
    assert untold.tell_again(settings) == (2, 0)
    assert [alert.title for alert in channel.got] == ["z first", "a second"]


def test_a_full_disk_keeps_no_alert_from_being_told(
    settings: Settings, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(untold, "write_json", full)
    assert untold.tell(settings, "one", ALERT)
    assert channel.got == [ALERT]


def test_a_damaged_record_stops_no_other(settings: Settings, channel: Channel) -> None:
    channel.answers = False
    untold.tell(settings, "one", ALERT)
    (settings.untold / "two.json").write_text("{")
    channel.answers = True
    assert untold.tell_again(settings) == (1, 0)
    assert kept(settings) == ["two"]


def test_a_failed_run_is_told_by_one_sensor_or_the_other(
    settings: Settings, channel: Channel, instance: dg.DagsterInstance
) -> None:
    @dg.op
    def land() -> None:
        raise ValueError("no")

    @dg.job
    def refresh_toys() -> None:
        land()

    result = refresh_toys.execute_in_process(instance=instance, raise_on_error=False)
    sensors = {sensor.name: sensor for sensor in watch.sensors({}, {})}
    channel.answers = False
    failed = dg.build_run_status_sensor_context(
        "tell_of_failures", result.get_run_failure_event(), instance, result.dagster_run
    ).for_run_failure()
    sensors["tell_of_failures"](failed)
    assert kept(settings) == [result.run_id]
    channel.answers = True
    sensors["tell_again"](dg.build_sensor_context(instance))
    assert [alert.title for alert in channel.got] == ["refresh_toys failed"] and kept(settings) == []
