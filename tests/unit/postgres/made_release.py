"""Releases of two or three small tables, written by hand, as `statecraft push` reads them.

Belongs here: making them. Does not belong here: assertions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.files import sha256_of, sql_text, write_json
from pipelines.release import Release
from pipelines.release_tables import DATABASE, ReleasedTable

#: Table -> the SELECT it holds and its grain.
Tables = dict[str, tuple[str, list[str]]]


def rows(build: str, count: int) -> str:
    """Rows that say of which build they are."""
    return f"select i::bigint as id, '{build}' as build from range({count}) as t(i)"


def of_build(build: str, count: int = 300) -> Tables:
    """Two tables that change with each build, one as long again as the other, and one that never does."""
    return {
        "core.fct_flow": (rows(build, count), ["id"]),
        "trade_impact.rates": (rows(build, 2 * count), ["id"]),
        "core.dim_still": (rows("ever", 5), ["id"]),
    }


def made(folder: Path, build_id: str, tables: Tables, words: str = "Rows.") -> Release:
    """A release of these tables. words: what it says of each."""
    path = folder / build_id
    path.mkdir(parents=True)
    released, resources = {}, []
    with duckdb.connect(str(path / DATABASE)) as con:
        for qualified, (select, grain) in tables.items():
            schema, name = qualified.split(".")
            con.execute(f"create schema if not exists {schema}")
            con.execute(f"create table {qualified} as {select}")
            for column in con.table(qualified).columns:
                con.execute(f"comment on column {qualified}.{column} is {sql_text(f'The {column}. Unit: one.')}")
            parquet = path / "parquet" / schema / f"{name}.parquet"
            parquet.parent.mkdir(parents=True, exist_ok=True)
            con.execute(f"copy (select * from {qualified} order by all) to {sql_text(parquet)}")
            [count] = con.execute(f"select count(*) from {qualified}").fetchone() or [0]
            content = parquet.read_bytes()
            released[qualified] = ReleasedTable("f", count, sha256_of(content), len(content))
            resource = {"path": f"parquet/{schema}/{name}.parquet", "description": words}
            resources.append({**resource, "schema": {"primaryKey": grain}})
    write_json(path / "datapackage.json", {"resources": resources})
    return Release(build_id, path, "state", datetime(2026, 1, 1, tzinfo=UTC), released, True)
