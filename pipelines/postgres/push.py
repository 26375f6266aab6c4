"""A release into PostgreSQL: only what changed is copied, and readers see it whole or not yet.

Belongs here: the order of things. Does not belong here: each of them (loading.py, store.py, views.py).

    take the lock → drop what an interrupted push and old readers left → copy the tables whose content changed, each in
    a transaction of its own → show all of them in one transaction → drop what nobody reads any more

Killed before the last transaction but one, the old release stands, and the next push copies only what is missing.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import psycopg
from psycopg import sql

from pipelines.files import duck
from pipelines.headlines import SCHEMA, headlines
from pipelines.lineage import MARTS
from pipelines.postgres.address import Address, PostgresError, in_words, session
from pipelines.postgres.loading import load
from pipelines.postgres.store import PATIENCE, Store, Version
from pipelines.postgres.tables import Table, tables_of
from pipelines.postgres.views import Made, Views, made_views
from pipelines.progress import counted, log
from pipelines.release import Release
from pipelines.released_sql import released
from pipelines.settings import Settings

SCHEMAS = [*MARTS, SCHEMA]
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Pushed:
    """What a push did. left: old tables that may still be read, for the next push to drop."""

    build_id: str
    was_there: bool
    tables: int
    rows: int
    copied: list[str]
    copied_rows: int
    sent_bytes: int
    left: int
    seconds: float


def push(
    settings: Settings,
    release: Release,
    address: Address,
    prefix: str = "",
    wanted: Sequence[str] = (),
    readers: Sequence[str] = (),
    patience: float = PATIENCE,
) -> Pushed:
    """Bring the copy at this address to this release. wanted: tables or patterns; none means all.

    Raises PostgresError in words, BusyError while another push is under way.
    """
    begun = time.monotonic()
    with duck(settings, str(release.database), read_only=True) as con, session(address) as connection:
        con.execute("set timezone = 'UTC'")
        tables = tables_of(release, con, wanted)
        store = Store(connection, prefix)
        with store.one_pusher():
            store.prepare(SCHEMAS)
            made = made_views(released(), headlines(), [table.qualified for table in tables])
            done = _bring(store, con, address, release, tables, made, readers, patience)
            left = store.retire(set(), patience)
    copied = [table for table, _ in done.copied]
    return Pushed(
        release.build_id,
        done.was_there,
        len(tables),
        sum(table.rows for table in tables),
        [table.qualified for table in copied],
        sum(table.rows for table in copied),
        sum(sent for _, sent in done.copied),
        left,
        time.monotonic() - begun,
    )


@dataclass(frozen=True)
class _Brought:
    was_there: bool
    copied: list[tuple[Table, int]]


def _bring(
    store: Store,
    con: duckdb.DuckDBPyConnection,
    address: Address,
    release: Release,
    tables: list[Table],
    made: list[Made],
    readers: Sequence[str],
    patience: float,
) -> _Brought:
    shown, views = store.shown(), Views(store)
    held = {(v.table_name, v.held_as, v.stamp): v for v in store.versions()}
    keys = {table.qualified: (table.qualified, table.held_as, table.stamp) for table in tables}
    is_shown = all(
        (version := held.get(keys[t.qualified]))
        and (seen := shown.get(t.qualified))
        and (seen.version, seen.wording) == (version.version, t.wording)
        for t in tables
    )
    same = is_shown and shown.keys() == keys.keys() and not views.changes(tables, made, shown)
    if same and store.shown_release() == release.build_id:
        views.let_read(readers, SCHEMAS)
        return _Brought(True, [])
    store.retire(set(keys.values()), patience)
    missing = [table for table in tables if keys[table.qualified] not in held]
    log.info("%s of %s to copy.", f"{len(missing):,}", counted(len(tables), "table"))
    copied = [(table, _load(store, con, address, table, held)) for table in missing]
    chosen = {table.qualified: (table, held[keys[table.qualified]]) for table in tables}
    with store.connection.transaction():
        if changed := views.changes(tables, made, shown):
            views.lock(changed)
        views.make(tables, made, shown)
        views.let_read(readers, SCHEMAS)
        store.show(chosen)
        _sign(store, release, tables, [table for table, _ in copied])
    return _Brought(False, copied)


def _load(
    store: Store,
    con: duckdb.DuckDBPyConnection,
    address: Address,
    table: Table,
    held: dict[tuple[str, str, str], Version],
) -> int:
    """Copy one table and say so. Returns the bytes sent. Raises PostgresError that names the table."""
    begun = time.monotonic()
    try:
        version, sent = load(store, con, table)
    except psycopg.Error as error:
        said = in_words(error, address)
        raise PostgresError(f"{table.qualified}: {said.what}", said.action) from None
    held[(table.qualified, table.held_as, table.stamp)] = version
    words = f"{counted(table.rows, 'row')}, {sent / MEGABYTE:,.1f} MB"
    log.info("%-40s %s (%.1f s)", table.qualified, words, time.monotonic() - begun)
    return sent


def _sign(store: Store, release: Release, tables: list[Table], copied: list[Table]) -> None:
    """The row that says which release is shown; of the same transaction."""
    store.connection.execute(
        sql.SQL(
            "insert into {} (build_id, created_at, tables, rows, copied_tables, copied_rows)"
            " values (%s, %s, %s, %s, %s, %s)"
        ).format(store.name("releases")),
        [
            release.build_id,
            release.created_at,
            len(tables),
            sum(table.rows for table in tables),
            len(copied),
            sum(table.rows for table in copied),
        ],
    )
