"""An incident stands until its own source has come through; what is no source's, until there is a release."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pipelines.errors import StatecraftError
from pipelines.files import write_json
from pipelines.intake import incidents, record_incident
from pipelines.settings import Settings
from pipelines.standing import came_through, standing
from tests.unit.rooms import toy_settings

SOURCES = ("toys", "others")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


def names(settings: Settings, released_at: datetime | None = None) -> list[str]:
    return [i["source"] for i in standing(settings, incidents(settings), SOURCES, released_at)]


def fail(settings: Settings, source: str, minutes_ago: float = 0) -> None:
    path = record_incident(settings, source, "landing", StatecraftError(f"{source} failed."))
    when = datetime.now().astimezone() - timedelta(minutes=minutes_ago)
    document = {"at": when.isoformat(timespec="seconds"), "source": source, "stage": "landing", "what": "It failed."}
    write_json(path, document)


def test_another_source_that_came_through_settles_nothing(settings: Settings) -> None:
    fail(settings, "toys", minutes_ago=5)
    came_through(settings, "others")
    assert names(settings, released_at=datetime.now().astimezone()) == ["toys"]


def test_a_source_that_came_through_settles_its_own_without_a_release(settings: Settings) -> None:
    fail(settings, "toys", minutes_ago=5)
    came_through(settings, "toys")
    assert names(settings, released_at=datetime.now().astimezone() - timedelta(days=3)) == []


def test_what_fails_again_stands_once(settings: Settings) -> None:
    fail(settings, "toys", minutes_ago=5)
    fail(settings, "toys", minutes_ago=3)
    assert names(settings) == ["toys"]


def test_a_release_settles_what_is_no_sources(settings: Settings) -> None:
    fail(settings, "models", minutes_ago=5)
    assert names(settings) == ["models"]
    assert names(settings, released_at=datetime.now().astimezone()) == []
    assert names(settings, released_at=datetime.now().astimezone() - timedelta(minutes=9)) == ["models"]
