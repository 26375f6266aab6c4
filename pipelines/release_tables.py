"""The tables of a release: one DuckDB file, one Parquet file a table, and what changed against the release before.

Belongs here: copying marts out of the work database. Does not belong here: when a release is made (release.py).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.files import duck, link_or_copy, one_row, sha256_of, sql_name, sql_text
from pipelines.lineage import Mart
from pipelines.released_sql import released
from pipelines.row_changes import Table, compare, copy_whole, delta_place, results, write_manifest
from pipelines.settings import Settings

DATABASE = "statecraft.duckdb"
#: Folder of what changed against the release before (delta.py).
DELTA = "delta"
#: Older drivers and BI tools read this storage version; DuckDB's own default they cannot.
STORAGE_VERSION = "v1.4.0"
ROW_GROUP_ROWS = 122_880
#: Made anew in every release: the release gate adds its own results.
GATE_TABLE = "provenance.gate_results"


@dataclass(frozen=True)
class ReleasedTable:
    """One table as released. fingerprint: what it was built from (lineage.py); sha256, bytes: of the Parquet file."""

    fingerprint: str
    rows: int
    sha256: str
    bytes: int


def parquet_path(release: Path, mart: Mart) -> Path:
    return release / "parquet" / mart.schema / f"{mart.name}.parquet"


def unchanged(
    marts: list[Mart], fingerprints: dict[str, str], before: tuple[Path, dict[str, ReleasedTable]] | None
) -> set[str]:
    """Tables made of the same things as in the release before."""
    old = {name: table.fingerprint for name, table in before[1].items()} if before else {}
    return {m.qualified for m in marts if old.get(m.qualified) == fingerprints[m.unique_id]}


def write_tables(
    settings: Settings,
    marts: list[Mart],
    fingerprints: dict[str, str],
    release: Path,
    before: tuple[Path, dict[str, ReleasedTable]] | None,
) -> dict[str, ReleasedTable]:
    """Copy the marts out of the work database: one DuckDB file, and one Parquet file a table."""
    with duck(settings) as con:
        con.execute(f"attach {sql_text(settings.work_database)} as work (read_only)")
        _write_database(con, marts, fingerprints, release, before)
        return _export_parquet(con, marts, fingerprints, release, before)


def _write_database(
    con: duckdb.DuckDBPyConnection,
    marts: list[Mart],
    fingerprints: dict[str, str],
    release: Path,
    before: tuple[Path, dict[str, ReleasedTable]] | None,
) -> None:
    """One DuckDB file of all marts, with comments and table macros.

    It begins as a copy of the release before, where that holds just these tables: what is unchanged stays, for writing
    tens of millions of rows costs more than all else.
    """
    target = release / DATABASE
    old = before[0] / DATABASE if before and before[1].keys() == {m.qualified for m in marts} else None
    kept = unchanged(marts, fingerprints, before) - {GATE_TABLE} if old and old.exists() else set()
    if old and kept:
        shutil.copyfile(old, target)
        con.execute(f"attach {sql_text(target)} as release")
        _clear(con, [m for m in marts if m.qualified not in kept])
    else:
        con.execute(f"attach {sql_text(target)} as release (storage_version {sql_text(STORAGE_VERSION)})")
        for schema in dict.fromkeys(m.schema for m in marts):
            con.execute(f"create schema release.{schema}")
    for mart in marts:
        if mart.qualified not in kept:
            _write_table(con, mart)
    con.execute("use release")
    present = {m.qualified for m in marts}
    for made in released():
        if made.reads <= present:
            for statement in made.statements():
                con.execute(statement)
    con.execute("use memory")
    con.execute("detach release")


def _clear(con: duckdb.DuckDBPyConnection, marts: list[Mart]) -> None:
    """Drop these tables, and all macros and views, and free their room in the file."""
    views = "select schema_name, view_name from duckdb_views() where database_name = 'release' and not internal"
    for schema, name in con.execute(views).fetchall():
        con.execute(f"drop view release.{schema}.{name}")
    for mart in marts:
        con.execute(f"drop table release.{mart.qualified}")
    macros = "select distinct schema_name, function_name from duckdb_functions() where database_name = 'release'"
    for schema, name in con.execute(f"{macros} and not internal").fetchall():
        con.execute(f"drop macro table release.{schema}.{name}")
    con.execute("checkpoint release")


def _write_table(con: duckdb.DuckDBPyConnection, mart: Mart) -> None:
    columns = ", ".join(sql_name(c.name) for c in mart.columns)
    con.execute(f"create table release.{mart.qualified} as select {columns} from work.{mart.qualified}")
    con.execute(f"comment on table release.{mart.qualified} is {sql_text(mart.description)}")
    for column in mart.columns:
        named = f"release.{mart.qualified}.{sql_name(column.name)}"
        con.execute(f"comment on column {named} is {sql_text(column.comment)}")


def write_parquet(con: duckdb.DuckDBPyConnection, relation: str, mart: Mart, release: Path) -> int:
    """Write one table as Parquet, in the order of its grain. relation: where it is read. Returns its rows."""
    target = parquet_path(release, mart)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    columns = ", ".join(sql_name(c.name) for c in mart.columns)
    order = ", ".join(sql_name(c) for c in mart.grain) or "all"
    query = f"select {columns} from {relation} order by {order}"
    layout = f"(format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS})"
    return int(one_row(con, f"copy ({query}) to {sql_text(target)} {layout}")[0])


def _export_parquet(
    con: duckdb.DuckDBPyConnection,
    marts: list[Mart],
    fingerprints: dict[str, str],
    release: Path,
    before: tuple[Path, dict[str, ReleasedTable]] | None,
) -> dict[str, ReleasedTable]:
    """Parquet for every table; those made of the same things as in the release before are hard-linked to it."""
    exported, kept = {}, unchanged(marts, fingerprints, before)
    for mart in marts:
        fingerprint, target = fingerprints[mart.unique_id], parquet_path(release, mart)
        old = before[1].get(mart.qualified) if before else None
        old_path = parquet_path(before[0], mart) if before else None
        if old and old_path and old_path.exists() and mart.qualified in kept:
            link_or_copy(old_path, target)
            exported[mart.qualified] = old
            continue
        rows = write_parquet(con, f"work.{mart.qualified}", mart, release)
        content = target.read_bytes()
        sha256 = sha256_of(content)
        if old and old_path and old_path.exists() and old.sha256 == sha256:
            target.unlink()
            link_or_copy(old_path, target)
        exported[mart.qualified] = ReleasedTable(fingerprint, rows, sha256, len(content))
    return exported


def changes(
    settings: Settings,
    marts: list[Mart],
    tables: dict[str, ReleasedTable],
    release: Path,
    before: tuple[Path, dict[str, ReleasedTable]] | None,
) -> dict[str, Any]:
    """Against the release before: tables added and removed; rows added, changed and removed by grain.

    The rows themselves go to the release's delta/, as delta.py lays it out.
    """
    if before is None:
        return {"against": None, "tables_added": sorted(tables), "tables_removed": [], "rows": {}}
    folder, old = before
    by_name = {mart.qualified: mart for mart in marts}
    added = sorted(tables.keys() - old.keys())
    removed = sorted(old.keys() - tables.keys())
    files = {name: parquet_path(release, mart) for name, mart in by_name.items()}
    rows, delta = {}, release / DELTA
    with duck(settings) as con:
        for name, mart in by_name.items():
            if name in old and old[name].sha256 != tables[name].sha256:
                table = Table(mart.grain, parquet_path(folder, mart), files[name])
                rows[name] = compare(con, table, delta_place(delta, name))
        sums = results(con, rows, files, {name: table.sha256 for name, table in tables.items()})
    for name in added:
        if name in by_name:
            copy_whole(files[name], delta_place(delta, name))
    keyed = {name: {"key": by_name[name].grain, **counts} for name, counts in rows.items()}
    found = {"tables_added": added, "tables_removed": removed}
    write_manifest(delta, folder.name, release.name, {**found, "tables": keyed, **sums})
    return {"against": folder.name, **found, "rows": rows}
