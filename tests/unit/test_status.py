"""`statecraft status`: a part that cannot be read is named, and the others are shown all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import StatecraftError
from pipelines.release import Release
from pipelines.settings import Settings
from tests.unit.test_release import prepared
from tests.unit.toy_release import ToyMarts


@pytest.fixture
def marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ToyMarts:
    toy = prepared(tmp_path, monkeypatch)
    monkeypatch.setenv("STATECRAFT_HOME", str(toy.settings.home))
    return toy


def status(*arguments: str) -> str:
    """What the look prints; it must not fail."""
    done = CliRunner().invoke(app, ["status", *arguments])
    assert done.exception is None, done.exception
    return " ".join(done.output.split())


def checked() -> StatecraftError:
    """What a monitor is told."""
    error = CliRunner().invoke(app, ["status", "--check"]).exception
    assert isinstance(error, StatecraftError), error
    return error


def checks_are_lost(_: Settings, made: Release) -> None:
    (made.path / "checks.json").unlink()


def checks_are_cut(_: Settings, made: Release) -> None:
    (made.path / "checks.json").chmod(0o600)
    (made.path / "checks.json").write_text('{"landing_gate": [')


def checks_say_nothing(_: Settings, made: Release) -> None:
    (made.path / "checks.json").chmod(0o600)
    (made.path / "checks.json").write_text("{}")


def database_is_lost(_: Settings, made: Release) -> None:
    made.database.unlink()


def database_is_cut(_: Settings, made: Release) -> None:
    made.database.chmod(0o600)
    made.database.write_bytes(made.database.read_bytes()[:5_000])


def backfill_is_cut(settings: Settings, _: Release) -> None:
    settings.backfills.mkdir()
    (settings.backfills / "ofac_sdn_2024-01_2024-06.json").write_text('{"source":')


def backfill_is_of_nobody(settings: Settings, _: Release) -> None:
    settings.backfills.mkdir()
    document = '{"source": "nobody", "first": "2024-01-01", "last": "2024-06-30", "begun_on": "2024-07-01", "done": {}}'
    (settings.backfills / "nobody_2024-01_2024-06.json").write_text(document)


def incident_says_nothing(settings: Settings, _: Release) -> None:
    settings.incidents.mkdir()
    (settings.incidents / "20250101T000000_toy_fetch.json").write_text("{}")


@pytest.mark.parametrize(
    ("harm", "part", "action"),
    [
        (checks_are_lost, "what the gates said of the release", "statecraft verify"),
        (checks_are_cut, "what the gates said of the release", "statecraft verify"),
        (checks_say_nothing, "what the gates said of the release", "statecraft verify"),
        (database_is_lost, "the database of the release", "statecraft verify"),
        (database_is_cut, "the database of the release", "statecraft verify"),
        (backfill_is_cut, "a backfill on record", "Remove the file"),
        (backfill_is_of_nobody, "a backfill on record", "Remove the file"),
        (incident_says_nothing, "what failed last", "incidents"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_part_that_cannot_be_read_is_named_and_holds_up_no_other(
    harm: Callable[[Settings, Release], None], part: str, action: str, marts: ToyMarts
) -> None:
    made = marts.publish()
    assert "Damaged" not in status("--check")
    harm(marts.settings, made)
    words = status()
    assert f"Damaged: {part}." in words and action in words.partition("Damaged")[2]
    assert made.build_id in words and "ofac_sdn__entries" in words  # the rest is there
    assert checked().what == f"Not in order: damaged: {part}."


def test_readers_who_see_none_of_the_releases_are_told_so(marts: ToyMarts) -> None:
    assert "There is no release in" in status()
    marts.publish()
    (marts.settings.releases / "latest").unlink()
    words = status()
    assert "`latest` points at none of the releases" in words and "--roll-back BUILD" in words
    assert "there is no release" in checked().what
