"""How a database holds releases: versions of tables beside each other, and one row a table that says which is shown.

Belongs here: the bookkeeping in the schema `statecraft`, and what may be dropped when. Does not belong here: rows of
tables (loading.py), what readers see (views.py).

    statecraft.<table>__<shape>         partitioned by _version; one partition a version, never changed once loaded
    statecraft.versions                 every version at hand, with the stamp of its content
    statecraft.shown                    the version readers see, a row a table
    statecraft.releases                 every release shown, in order; the last is the one readers see
    core.<table> …                      views: the rows of the version shown

A release is shown by one transaction that rewrites rows of `shown`. Views look there, so that a reader's snapshot
decides: a statement sees one release whole, and so does a transaction that reads repeatably. Nothing is renamed or
locked, so nobody waits. Attaching a partition, and detaching one concurrently, stop no reader either. Only where
columns change must views be made anew (views.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import errors, sql

from pipelines.errors import BusyError
from pipelines.postgres.tables import Table
from pipelines.progress import log

STORE = "statecraft"
VERSION = "_version"
#: Seconds to wait for readers of an old release before its tables are left for the next push.
PATIENCE = 10.0
_POLL_SECONDS = 0.1
_TABLES: tuple[LiteralString, ...] = (
    """create table if not exists {store}.versions (
        version integer generated always as identity primary key, table_name text not null, held_as text not null,
        stamp text not null, rows bigint not null, loaded_at timestamptz not null default now())""",
    """create table if not exists {store}.shown (
        table_name text primary key, version integer not null, held_as text not null, wording text not null)""",
    """create table if not exists {store}.releases (
        number integer generated always as identity primary key, build_id text not null,
        created_at timestamptz not null, pushed_at timestamptz not null default now(),
        tables integer not null, rows bigint not null, copied_tables integer not null, copied_rows bigint not null)""",
    """create table if not exists {store}.views (view_name text primary key, definition text not null)""",
    """create table if not exists {store}.readers (role_name text primary key)""",
    """create or replace view {store}.release as
        select build_id, created_at, pushed_at, tables, rows from {store}.releases order by number desc limit 1""",
    # A snapshot older than the columns of a view would find nothing there, and nothing is a wrong answer.
    """create or replace function {store}.version_shown(asked text, held text) returns integer
        language plpgsql stable parallel safe security definer set search_path = {store}, pg_temp as $$
        declare found_version integer;
        begin
            select s.version into found_version from shown as s where s.table_name = asked and s.held_as = held;
            if found_version is null then
                raise exception 'the columns of % changed while this transaction was open: begin it again', asked
                    using errcode = 'serialization_failure';
            end if;
            return found_version;
        end $$""",
)


@dataclass(frozen=True)
class Version:
    """One version of one table at hand. held_as: the partitioned table it is a partition of."""

    version: int
    table_name: str
    held_as: str
    stamp: str

    @property
    def partition(self) -> str:
        return f"{self.held_as}_{self.version}"


@dataclass(frozen=True)
class Shown:
    """What readers see of one table."""

    version: int
    held_as: str
    wording: str


@dataclass(frozen=True)
class Store:
    """The bookkeeping of one copy. prefix: what all its schemas begin with."""

    connection: psycopg.Connection
    prefix: str = ""

    @property
    def schema(self) -> sql.Identifier:
        return sql.Identifier(self.prefix + STORE)

    def name(self, table: str) -> sql.Identifier:
        """A table of the store, with its schema."""
        return sql.Identifier(self.prefix + STORE, table)

    def run(self, statement: LiteralString, **names: sql.Composable) -> psycopg.Cursor:
        """Run one statement, names put in as what they are."""
        return self.connection.execute(sql.SQL(statement).format(store=self.schema, **names))

    @contextmanager
    def one_pusher(self) -> Iterator[None]:
        """Hold this copy against another push; the server frees it if we die. Raises BusyError."""
        key = f"statecraft push {self.prefix}"
        [held] = self.connection.execute("select pg_try_advisory_lock(hashtextextended(%s, 0))", [key]).fetchone() or [
            0
        ]
        if not held:
            raise BusyError("Another push to this database is under way.", "Wait for it to end.")
        try:
            yield
        finally:
            if not self.connection.closed:
                self.connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [key])

    def prepare(self, schemas: list[str]) -> None:
        """Make the schemas and the bookkeeping that are not there yet."""
        for name in [self.prefix + STORE, *(self.prefix + schema for schema in schemas)]:
            # CREATE SCHEMA IF NOT EXISTS asks for the right to create even where there is nothing to do.
            if not self.connection.execute("select 1 from pg_namespace where nspname = %s", [name]).fetchone():
                self.connection.execute(sql.SQL("create schema {}").format(sql.Identifier(name)))
        present = self.connection.execute(
            "select 1 from pg_tables where schemaname = %s and tablename = 'shown'", [self.prefix + STORE]
        )
        if not present.fetchone():
            with self.connection.transaction():
                for statement in _TABLES:
                    self.run(statement)

    def versions(self) -> list[Version]:
        return [Version(*row) for row in self.run("select version, table_name, held_as, stamp from {store}.versions")]

    def shown(self) -> dict[str, Shown]:
        """Table -> what readers see of it."""
        rows = self.run("select table_name, version, held_as, wording from {store}.shown").fetchall()
        return {name: Shown(*rest) for name, *rest in rows}

    def shown_release(self) -> str | None:
        """Build readers see."""
        row = self.run("select build_id from {store}.releases order by number desc limit 1").fetchone()
        return str(row[0]) if row else None

    def show(self, tables: dict[str, tuple[Table, Version]]) -> None:
        """Point readers at these versions; within the transaction of the caller."""
        self.connection.execute(
            sql.SQL("delete from {} where not table_name = any(%s)").format(self.name("shown")), [list(tables)]
        )
        with self.connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL(
                    "insert into {} (table_name, version, held_as, wording) values (%s, %s, %s, %s)"
                    " on conflict (table_name) do update set version = excluded.version, held_as = excluded.held_as,"
                    " wording = excluded.wording"
                ).format(self.name("shown")),
                [(name, v.version, v.held_as, table.wording) for name, (table, v) in tables.items()],
            )

    def retire(self, keep_stamps: set[tuple[str, str, str]], patience: float = PATIENCE) -> int:
        """Drop versions nobody is shown, once nobody can still be reading them. Returns how many are left for later.

        keep_stamps: (table, held as, stamp) of versions that will be wanted though nobody is shown them yet.
        """
        shown = {s.version for s in self.shown().values()}
        old = [
            v
            for v in self.versions()
            if v.version not in shown and (v.table_name, v.held_as, v.stamp) not in keep_stamps
        ]
        if old and not self._readers_gone(patience):
            log.info("%d old tables stay until the next push: they may still be read.", len(old))
            return len(old)
        left = [version for version in old if not self._drop(version, patience)]
        if not left:
            self._drop_empty_holders()
        return len(left)

    def _readers_gone(self, patience: float) -> bool:
        """Wait for every transaction now open in this database: only those can hold a snapshot of what was shown
        before, whether they have read from it yet or not. Every role may see who they are, not what they do.
        """
        asked = """
            select l.virtualtransaction from pg_locks as l
            inner join pg_stat_activity as a on a.pid = l.pid
            where l.locktype = 'virtualxid' and l.pid <> pg_backend_pid()
                and a.datname = current_database() and a.usesysid is not null
        """
        open_then = {row[0] for row in self.connection.execute(asked)}
        until = time.monotonic() + patience
        while open_then and time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
            open_then &= {row[0] for row in self.connection.execute(asked)}
        return not open_then

    def _drop(self, version: Version, patience: float) -> bool:
        """Detach and drop one version, waiting for no one longer than our patience. Returns whether it is gone."""
        holder, partition = self.name(version.held_as), self.name(version.partition)
        state = self.connection.execute(
            "select inhdetachpending from pg_inherits where inhrelid = to_regclass(%s)",
            [f'"{self.prefix + STORE}"."{version.partition}"'],
        ).fetchone()
        self.connection.execute(sql.SQL("set statement_timeout = {}").format(sql.Literal(int(patience * 1000) + 1)))
        try:
            if state:
                how: LiteralString = "finalize" if state[0] else "concurrently"
                self.run("alter table {holder} detach partition {partition} " + how, holder=holder, partition=partition)
            self.run("drop table if exists {partition}", partition=partition)
        except errors.QueryCanceled:
            return False
        finally:
            self.connection.execute("reset statement_timeout")
        self.connection.execute(
            sql.SQL("delete from {} where version = %s").format(self.name("versions")), [version.version]
        )
        return True

    def _drop_empty_holders(self) -> None:
        """Drop holders of columns as they once were, and of tables that are gone."""
        rows = self.connection.execute(
            """
            select c.relname from pg_class as c
            where c.relnamespace = to_regnamespace(%s) and c.relkind = 'p'
                and not exists (select from pg_inherits as i where i.inhparent = c.oid)
                and not exists (
                    select from pg_depend as d where d.refobjid = c.oid and d.classid = 'pg_rewrite'::regclass)
            """,
            [f'"{self.prefix + STORE}"'],
        ).fetchall()
        for [name] in rows:
            self.run("drop table {holder}", holder=self.name(name))
