"""One table into PostgreSQL: a new version beside those there are, whole or not at all.

Belongs here: COPY. Does not belong here: which tables, and when readers see them (push.py).
"""

from __future__ import annotations

import duckdb
import polars as pl
from psycopg import sql

from pipelines.files import sql_name
from pipelines.postgres.store import VERSION, Store, Version
from pipelines.postgres.tables import Table

_BATCH_ROWS = 100_000
#: No text of ours: text is always quoted, and this is not.
_NULL = r"\N"


def load(store: Store, con: duckdb.DuckDBPyConnection, table: Table) -> tuple[Version, int]:
    """Copy a table as a new version, in one transaction. Returns the version and the bytes sent."""
    with store.connection.transaction():
        _make_holder(store, table)
        row = store.connection.execute(
            sql.SQL(
                "insert into {} (table_name, held_as, stamp, rows) values (%s, %s, %s, %s) returning version"
            ).format(store.name("versions")),
            [table.qualified, table.held_as, table.stamp, table.rows],
        ).fetchone()
        assert row is not None
        version = Version(row[0], table.qualified, table.held_as, table.stamp)
        partition, number = store.name(version.partition), sql.Literal(version.version)
        # The check says what attaching would otherwise read the whole table for.
        store.run(
            "create table {partition} ({columns}, {version} integer not null default {number},"
            " check ({version} = {number}))",
            partition=partition,
            columns=_columns(table),
            version=sql.Identifier(VERSION),
            number=number,
        )
        sent = _copy(store, con, table, partition)
        if table.grain:
            grain = sql.SQL(", ").join(sql.Identifier(c) for c in table.grain)
            store.run("alter table {partition} add primary key ({grain})", partition=partition, grain=grain)
        holder = store.name(table.held_as)
        store.run(
            "alter table {holder} attach partition {partition} for values in ({number})",
            holder=holder,
            partition=partition,
            number=number,
        )
        store.run("analyze {holder}", holder=holder)
    return version, sent


def _columns(table: Table) -> sql.Composable:
    # The types are ours (columns.py), never a user's words.
    return sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(c.name), sql.SQL(c.kind)) for c in table.columns)


def _make_holder(store: Store, table: Table) -> None:
    store.run(
        "create table if not exists {holder} ({columns}, {version} integer not null) partition by list ({version})",
        holder=store.name(table.held_as),
        columns=_columns(table),
        version=sql.Identifier(VERSION),
    )


def _copy(store: Store, con: duckdb.DuckDBPyConnection, table: Table, partition: sql.Composable) -> int:
    """Stream the table in the order of its grain, in which most questions read it. Returns the bytes sent."""
    selected = ", ".join(c.selected for c in table.columns)
    order = ", ".join(sql_name(c) for c in table.grain) or "all"
    reader = con.sql(f"select {selected} from {table.qualified} order by {order}").to_arrow_reader(_BATCH_ROWS)
    names = sql.SQL(", ").join(sql.Identifier(c.name) for c in table.columns)
    # Frozen rows need no second writing by the server's cleaning; the table is of this transaction, so that is allowed.
    statement = sql.SQL("copy {} ({}) from stdin (format csv, freeze, null {})").format(
        partition, names, sql.Literal(_NULL)
    )
    sent = 0
    with store.connection.cursor() as cursor, cursor.copy(statement) as stream:
        for batch in reader:
            text = pl.DataFrame(batch).write_csv(include_header=False, null_value=_NULL, quote_style="non_numeric")
            written = text.encode()
            stream.write(written)
            sent += len(written)
    return sent
