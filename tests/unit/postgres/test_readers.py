"""Readers while a release is pushed: they go on, and see one release whole; and what a killed push leaves."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from pipelines.errors import BusyError
from pipelines.postgres.push import Pushed
from pipelines.release import Release
from tests.unit.postgres.made_release import Tables, made, of_build
from tests.unit.postgres.server import Database

pytestmark = pytest.mark.xdist_group("postgres")

IN_ONE_STATEMENT = """
    select (select build_id from statecraft.release),
        (select string_agg(distinct build, ' ') || ' ' || count(*) from core.fct_flow),
        (select string_agg(distinct build, ' ') || ' ' || count(*) from trade_impact.rates),
        (select count(*) from core.dim_still)
"""
#: A push that stops dead after its first table, or in the middle of its second, and says so.
STOPPED = """
import sys, time
from pathlib import Path
from pipelines.postgres import loading, push
from pipelines.postgres.address import Address
from pipelines.settings import Settings
from tests.unit.postgres.made_release import made, of_build

def hang():
    print("stopped", flush=True)
    time.sleep(600)

copy, load, loaded = loading._copy, push.load, []

def copy_and_stop(*given):
    sent = copy(*given)
    if loaded:
        hang()
    return sent

def load_and_stop(*given):
    if loaded and {where!r} == "between":
        hang()
    if {where!r} == "within":
        loading._copy = copy_and_stop
    loaded.append(load(*given))
    return loaded[-1]

push.load = load_and_stop
release = made(Path({folder!r}), "b2", of_build("b2", {count}))
push.push(Settings(Path({folder!r}) / "home", "500MB", 2), release, Address.read({address!r}))
"""


def whole(build: str, count: int = 300) -> tuple[str, str, str, int]:
    """What a reader sees of one release."""
    return build, f"{build} {count}", f"{build} {2 * count}", 5


class Readers:
    """Readers in threads, until told to stop; what they saw, in order, and what went wrong."""

    def __init__(self, database: Database, read: Callable[[psycopg.Connection], list[tuple[object, ...]]]) -> None:
        self.seen: list[list[tuple[object, ...]]] = []
        self.errors: list[Exception] = []
        self.slowest = 0.0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(database, read)) for _ in range(3)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _run(self, database: Database, read: Callable[[psycopg.Connection], list[tuple[object, ...]]]) -> None:
        try:
            with database.opened() as connection:
                while not self._stop.is_set():
                    begun = time.monotonic()
                    self.seen.append(read(connection))
                    self.slowest = max(self.slowest, time.monotonic() - begun)
        except Exception as error:
            self.errors.append(error)


def statement_by_statement(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    return [row for _ in range(2) for row in connection.execute(IN_ONE_STATEMENT).fetchall()]


def repeatably(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    """One transaction that reads table after table with pauses, and then all of them again."""
    told = []
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read")
        [build] = connection.execute("select build_id from statecraft.release").fetchall()
        for table in ("core.fct_flow", "trade_impact.rates"):
            time.sleep(0.03)
            asked = f"select string_agg(distinct build, ' ') || ' ' || count(*) from {table}"
            told += connection.execute(asked.encode()).fetchall()
        [still] = connection.execute("select count(*) from core.dim_still").fetchall()
        return [(*build, *told[0], *told[1], *still), *connection.execute(IN_ONE_STATEMENT).fetchall()]


def again_if_told_so(connection: psycopg.Connection) -> list[tuple[object, ...]]:
    time.sleep(0.15)
    while True:
        try:
            return repeatably(connection)
        except psycopg.errors.SerializationFailure as told:
            assert "begin it again" in str(told)


@pytest.mark.parametrize("read", [statement_by_statement, repeatably], ids=["statements", "transactions"])
def test_readers_see_whole_releases_all_through_pushes(
    database: Database, tmp_path: Path, read: Callable[[psycopg.Connection], list[tuple[object, ...]]]
) -> None:
    builds = [f"b{number}" for number in range(1, 6)]
    database.push(made(tmp_path, "b1", of_build("b1")))
    with Readers(database, read) as readers:
        for build in builds[1:]:
            database.push(made(tmp_path, build, of_build(build)))
    assert readers.errors == []
    assert {row for seen in readers.seen for row in seen} <= {whole(build) for build in builds}
    assert {seen[0][0] for seen in readers.seen} == set(builds)
    if read is repeatably:
        assert all(len(set(seen)) == 1 for seen in readers.seen)
    assert readers.slowest < 2


def test_readers_live_through_a_change_of_columns(database: Database, tmp_path: Path) -> None:
    def wider(build: str) -> Tables:
        tables = of_build(build)
        return {k: (f"select 1.5::double as added, * from ({select})", grain) for k, (select, grain) in tables.items()}

    database.push(made(tmp_path, "b1", of_build("b1")))
    with Readers(database, again_if_told_so) as readers:
        for build, tables in (("b2", wider("b2")), ("b3", of_build("b3")), ("b4", wider("b4"))):
            database.push(made(tmp_path, build, tables))
    assert readers.errors == []
    assert {row for seen in readers.seen for row in seen} <= {whole(f"b{number}") for number in range(1, 5)}
    assert all(len(set(seen)) == 1 for seen in readers.seen)


def test_a_snapshot_older_than_the_columns_is_told_so(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    with database.opened(autocommit=False) as reader:
        reader.execute("set transaction isolation level repeatable read")
        reader.execute("select 1").fetchall()
        other = {"core.fct_flow": ("select 1 as id, 2 as rate", ["id"])}
        database.push(made(tmp_path, "b2", other), patience=0.1)
        with pytest.raises(psycopg.errors.SerializationFailure, match=r"columns of core\.fct_flow changed"):
            reader.execute("select count(*) from core.fct_flow").fetchall()
    assert database.ask("select rate from core.fct_flow") == [(2,)]


def test_what_a_transaction_reads_stays_until_it_ends(database: Database, tmp_path: Path) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    with database.opened(autocommit=False) as reader:
        reader.execute("set transaction isolation level repeatable read")
        reader.execute("select 1").fetchall()  # its snapshot is taken, though it has read nothing of ours
        done = database.push(made(tmp_path, "b2", of_build("b2")), patience=0.3)
        assert done.left == 2
        assert database.push(made(tmp_path, "b3", of_build("b3")), patience=0.3).left == 4
        assert reader.execute(IN_ONE_STATEMENT).fetchall() == [whole("b1")]
    assert database.ask(IN_ONE_STATEMENT) == [whole("b3")]
    assert database.push(made(tmp_path, "b4", of_build("b4"))).left == 0
    parts = "select count(*) from pg_class where relnamespace = 'statecraft'::regnamespace and relispartition"
    assert database.ask(f"{parts} and relkind = 'r'") == [(3,)]


@pytest.mark.parametrize(("where", "copied"), [("between", 1), ("within", 1)])
def test_a_killed_push_leaves_the_old_release_and_the_next_copies_what_is_missing(
    database: Database, tmp_path: Path, where: str, copied: int
) -> None:
    database.push(made(tmp_path, "b1", of_build("b1")))
    program = STOPPED.format(where=where, folder=str(tmp_path / "other"), address=database.address(), count=300)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None and killed.stdout.readline() == "stopped\n"
        killed.send_signal(signal.SIGKILL)
    assert database.ask(IN_ONE_STATEMENT) == [whole("b1")]
    done = push_when_free(database, made(tmp_path, "b2", of_build("b2")))
    assert len(done.copied) == copied
    assert database.ask(IN_ONE_STATEMENT) == [whole("b2")]
    # What was begun for a release that never came is dropped when another comes.
    database.push(made(tmp_path, "b3", of_build("b3")))
    assert database.ask("select count(*) from statecraft.versions", "loader") == [(3,)]


def push_when_free(database: Database, release: Release) -> Pushed:
    """Push as soon as the server has noticed that the one before is dead."""
    until = time.monotonic() + 10
    while True:
        try:
            return database.push(release)
        except BusyError:
            assert time.monotonic() < until
            time.sleep(0.05)
