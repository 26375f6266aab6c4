"""The tables of a release as they will stand in PostgreSQL, read from its files.

Belongs here: what is to be pushed. Does not belong here: how (loading.py, store.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property

import duckdb

from pipelines.content_stamps import stamp
from pipelines.errors import StatecraftError
from pipelines.files import read_json, sha256_of, sql_text
from pipelines.postgres.columns import Column
from pipelines.release import Release

#: PostgreSQL cuts names at 63 bytes; what is added to a table's name takes the rest.
_NAME_ROOM = 40


@dataclass(frozen=True)
class Table:
    """One table of the release. grain: the columns that identify a row. stamp: of its rows (content_stamps.py)."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]
    grain: tuple[str, ...]
    rows: int
    stamp: str

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"

    @cached_property
    def shape(self) -> str:
        """Stamp of its columns, in their order, and its grain: while it stays, rows change and nothing else does."""
        return sha256_of(repr([[(c.name, c.kind) for c in self.columns], self.grain]).encode())[:8]

    @property
    def held_as(self) -> str:
        """Name of the partitioned table that holds its versions."""
        return f"{self.schema}__{self.name}"[:_NAME_ROOM] + f"__{self.shape}"

    @cached_property
    def wording(self) -> str:
        """Stamp of its descriptions."""
        return sha256_of(repr([self.comment, [(c.name, c.comment) for c in self.columns]]).encode())[:8]


def tables_of(release: Release, con: duckdb.DuckDBPyConnection, wanted: Sequence[str] = ()) -> list[Table]:
    """The release's tables, in the order of their names. wanted: names or patterns (core.*); none means all.

    con: an open session on the release's DuckDB file. Raises StatecraftError for a pattern that matches nothing.
    """
    for pattern in wanted:
        if not any(fnmatch(name, pattern) for name in release.tables):
            raise StatecraftError(f"The release has no table {pattern}.", 'Write core.dim_partner or "core.*".')
    package = read_json(release.path / "datapackage.json")
    resources = {resource["path"]: resource for resource in package["resources"]}
    found = []
    for qualified, made in sorted(release.tables.items()):
        if wanted and not any(fnmatch(qualified, pattern) for pattern in wanted):
            continue
        schema, name = qualified.split(".")
        path = f"parquet/{schema}/{name}.parquet"
        grain = tuple(resources[path]["schema"]["primaryKey"])
        described = resources[path]["description"]
        columns = _columns(con, schema, name)
        rows = made.rows
        found.append(Table(schema, name, described, columns, grain, rows, stamp(con, qualified)))
    return found


def _columns(con: duckdb.DuckDBPyConnection, schema: str, name: str) -> tuple[Column, ...]:
    asked = f"""
        select column_name, data_type, coalesce(comment, '') from duckdb_columns()
        where database_name = current_database() and schema_name = {sql_text(schema)} and table_name = {sql_text(name)}
        order by column_index
    """
    return tuple(Column(*row) for row in con.execute(asked).fetchall())
