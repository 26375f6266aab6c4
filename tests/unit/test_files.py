"""File habits: whole files or none, one writer, bounded DuckDB sessions."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import files
from pipelines.errors import BusyError, DamagedError, StorageError
from pipelines.files import (
    duck,
    link_or_copy,
    one_row,
    one_writer,
    read_json,
    replace_file,
    sql_name,
    sql_text,
    whole_file,
    write_json,
)
from pipelines.settings import PROJECT_ROOT, Settings
from tests.unit.rooms import toy_settings

HOLD = """
import sys, time
from pathlib import Path
from pipelines.files import one_writer
from pipelines.settings import Settings
with one_writer(Settings(Path(sys.argv[1]), "100MB", 1)):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


@contextmanager
def another_process_holds(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """A second process with the writer lock; it lets go when its input is closed."""
    command = [sys.executable, "-c", HOLD, str(settings.home)]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT_ROOT)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        yield holder
    finally:
        holder.kill()
        holder.communicate()


def test_a_second_process_is_refused_with_the_owners_number(settings: Settings) -> None:
    with another_process_holds(settings) as holder:
        for _ in range(2):
            with pytest.raises(BusyError, match=rf"process {holder.pid}\b"), one_writer(settings):
                raise AssertionError("two writers")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with one_writer(settings):  # freed by the system
            assert (settings.home / ".writer.lock").read_text() == str(os.getpid())


def test_a_process_that_ends_lets_go(settings: Settings) -> None:
    with another_process_holds(settings) as holder:
        holder.communicate()
        assert holder.returncode == 0
        with one_writer(settings):
            pass


def test_this_process_refuses_the_second(settings: Settings) -> None:
    with one_writer(settings):
        command = [sys.executable, "-c", HOLD, str(settings.home)]
        second = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT_ROOT, check=False)
    assert second.returncode != 0
    assert f"Another refresh holds this warehouse (process {os.getpid()})" in second.stderr


def test_the_lock_is_reentrant_in_one_process_and_held_until_the_outermost_ends(settings: Settings) -> None:
    lock = settings.home / ".writer.lock"
    with one_writer(settings):
        with one_writer(settings), one_writer(settings):
            pass
        assert lock in files._held_locks
        with pytest.raises(ValueError, match="in the body"), one_writer(settings):
            raise ValueError("in the body")
        assert lock in files._held_locks
    assert lock not in files._held_locks
    with one_writer(settings):
        pass


def test_two_warehouses_do_not_hinder_each_other(tmp_path: Path) -> None:
    with one_writer(toy_settings(tmp_path / "a")), another_process_holds(toy_settings(tmp_path / "b")):
        pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EIO])
def test_a_file_system_without_locks_is_no_other_process(
    number: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refused)
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else None
    with pytest.raises(StorageError, match="cannot be locked") as told, one_writer(settings):
        raise AssertionError("a writer without a lock")
    assert os.strerror(number) in told.value.what and "STATECRAFT_HOME" in told.value.action
    assert before is None or len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("step", ["truncate", "write"])
def test_a_full_disk_takes_the_lock_without_its_number(
    step: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making room needs the lock."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, full)
        taken = files.locked(settings.home / ".writer.lock")
    assert isinstance(taken, int)
    assert files.locked(settings.home / ".writer.lock") == "another process"
    os.close(taken)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "facts.json"
    replace_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(os, "fsync", full)
        replace_file(path, b"new, and longer")
    assert path.read_bytes() == b"old"
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [p.name for p in path.parent.iterdir()] == ["facts.json"]


def test_json_is_readable_and_takes_dates_and_nothing_it_cannot_say(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    write_json(path, {"day": date(2025, 1, 2), "moment": datetime(2025, 1, 2, 3, tzinfo=UTC), "word": "Côte"})
    assert read_json(path) == {"day": "2025-01-02", "moment": "2025-01-02T03:00:00+00:00", "word": "Côte"}
    assert "Côte" in path.read_text(encoding="utf-8")
    with pytest.raises(TypeError, match="cannot write set"):
        write_json(path, {"what": {1}})
    assert read_json(path)["word"] == "Côte"
    path.write_text('{"day":')
    with pytest.raises(DamagedError, match="is damaged: it is not JSON"):
        read_json(path)
    path.unlink()
    with pytest.raises(DamagedError, match=r"facts\.json is missing.*Restore it"):
        read_json(path)


def test_a_link_is_made_where_it_can_be_and_a_copy_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"figures")
    link_or_copy(source, tmp_path / "deep" / "link")
    assert (tmp_path / "deep" / "link").samefile(source)

    def other_device(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_device)
    link_or_copy(source, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"figures"
    assert not (tmp_path / "copy").samefile(source)


def test_a_duckdb_session_keeps_to_its_bounds_and_is_closed(settings: Settings) -> None:
    with duck(settings) as connection:
        asked = "select current_setting('threads'), current_setting('temp_directory'), current_setting('memory_limit')"
        threads, temp, memory = one_row(connection, asked)
        assert (threads, temp, memory) == (1, str(settings.temp), "286.1 MiB")
    with pytest.raises(duckdb.ConnectionException):
        connection.execute("select 1")


def test_a_connection_takes_a_new_frame_after_one_row(settings: Settings) -> None:
    """A result that is not fetched to its end keeps DuckDB's connection busy."""
    with duck(settings) as connection:
        assert one_row(connection, "select count(*), 'x' from range(3)") == (3, "x")
        connection.register("frame", pl.DataFrame({"a": [1]}))
        with pytest.raises(ValueError, match="unpack"):
            one_row(connection, "from range(2)")


@pytest.mark.parametrize("text", ["plain", "O'Brien's", "a''b", '"', ";--", ""])
def test_text_and_names_are_quoted(text: str) -> None:
    with duckdb.connect() as connection:
        assert one_row(connection, f"select {sql_text(text)}") == (text,)
        if text:
            connection.execute(f"create table {sql_name(text)} as select 1 as {sql_name(text)}")
            assert connection.execute(f"select {sql_name(text)} from {sql_name(text)}").fetchall() == [(1,)]
    assert sql_text(date(2025, 1, 2)) == "'2025-01-02'"


def test_a_link_that_stands_in_the_way_is_not_followed(tmp_path: Path) -> None:
    """In a folder others may write to, such as /tmp: the name of what is written first can be guessed."""
    victim = tmp_path / "victim"
    victim.write_text("kept")
    for name in (f".out.csv.{os.getpid()}.tmp", f".{os.getpid()}.tmp.out.csv"):
        (tmp_path / name).symlink_to(victim)
    replace_file(tmp_path / "out.csv", b"one")
    with whole_file(tmp_path / "out.csv") as file:
        file.write_text("two")
    assert victim.read_text() == "kept" and (tmp_path / "out.csv").read_text() == "two"
    assert not (tmp_path / "out.csv").is_symlink()
