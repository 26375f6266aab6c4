"""A full or closed disk is told in words, whoever met it, and a run without room does not begin."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines import orchestrate, release, storage
from pipelines.errors import StatecraftError, StorageError
from pipelines.settings import Settings
from tests.unit.rooms import toy_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = toy_settings(tmp_path)
    made.work.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (f"[Errno {errno.ENOSPC}] {os.strerror(errno.ENOSPC)}: '/data/raw/a.parquet'", "at /data/raw/a.parquet"),
        (f"[Errno {errno.EDQUOT}] {os.strerror(errno.EDQUOT)}: '/data/a'", "Disk quota exceeded."),
        (
            'dbt did not build: TransactionContext Error: Failed to commit: Could not write file "/w/a.duckdb.wal": '
            "File too large The last release stands. Mend the model.",
            'Failed to commit: Could not write file "/w/a.duckdb.wal": File too large. Free',
        ),
        ("(sqlite3.OperationalError) database or disk is full\n(Background on this error)", "disk is full."),
        ("(sqlite3.OperationalError) disk I/O error", "disk I/O error."),
    ],
)
def test_a_full_disk_is_told_with_where_and_what_to_do(settings: Settings, words: str, said: str) -> None:
    told = storage.told(settings, words)
    assert told is not None and told.what.startswith("The disk takes no more at /") and said in str(told)
    assert "MB free" in told.what and "--prune" in told.action and "STATECRAFT_HOME" in told.action


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR])
def test_a_closed_home_is_told(settings: Settings, number: int) -> None:
    failed = OSError(number, os.strerror(number), "/data/.writer.lock")
    told = storage.in_words(settings, failed)
    assert told is not None and told.what.startswith("/data/.writer.lock cannot be written: ")
    assert os.strerror(number) in told.what and "STATECRAFT_HOME" in told.action


def test_what_led_to_an_error_is_looked_at_too(settings: Settings) -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/data/x")
        except OSError as cause:
            raise RuntimeError("could not write events") from cause
    except RuntimeError as error:
        told = storage.in_words(settings, error)
    assert told is not None and "/data/x" in told.what


def test_other_errors_are_not_taken_for_it(settings: Settings) -> None:
    assert storage.in_words(settings, ValueError("a model is wrong")) is None
    assert storage.in_words(settings, StatecraftError("No space left on device")) is None  # has words of its own


def test_a_publishers_words_are_not_about_our_disk() -> None:
    def wrapped(kind: str) -> SimpleNamespace:
        return SimpleNamespace(cls_name="Step", cause=SimpleNamespace(cls_name=kind, cause=None))

    assert orchestrate._is_of_a_publisher(wrapped("UnreachableError"))
    assert not orchestrate._is_of_a_publisher(wrapped("OSError"))
    assert not orchestrate._is_of_a_publisher(None)


def test_a_run_that_would_fill_the_disk_does_not_begin(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.ensure_room(settings)  # nothing is known of what a first run needs
    monkeypatch.setattr("pipelines.storage.needed_bytes", lambda _: 3_000_000)
    usage = shutil.disk_usage(settings.home)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=2_000_000))
    with pytest.raises(StorageError, match="has 2 MB free, and a run needs 3 MB") as stopped:
        storage.ensure_room(settings)
    assert "--prune" in stopped.value.action
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=3_000_000))
    storage.ensure_room(settings)


def test_bytes_under_several_names_count_once(settings: Settings) -> None:
    folder = settings.releases / "one"
    folder.mkdir(parents=True)
    (folder / "a").write_bytes(b"12345")
    os.link(folder / "a", folder / "b")
    assert storage.bytes_below(settings.releases) == 5 and release.releases(settings) == []
