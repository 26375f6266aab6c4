"""Two states of one table compared in sets: rows added, removed and changed, as counts and as Parquet files.

Belongs here: one table. Does not belong here: which tables of which releases (release_tables.py, delta.py).

A row is left out of a comparison by nothing but its content. Columns that say where or when the warehouse worked
(OF_STORAGE) are no content: they are neither compared nor written.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.files import one_row, sql_name, sql_text, write_json

#: In which file a row lies changes for a whole period at a time, and when it was checked with every build.
OF_STORAGE = ("raw_file", "checked_at")
MANIFEST = "delta.json"
ADDED, REMOVED, CHANGED, WHOLE = "added.parquet", "removed.parquet", "changed.parquet", "whole.parquet"
_LAYOUT = "(format parquet, compression zstd)"


@dataclass(frozen=True)
class Table:
    """One table in two states. key: what identifies a row in both."""

    key: list[str]
    old: Path
    new: Path


def delta_place(folder: Path, name: str) -> Path:
    """Where the files of one table (`schema.name`) lie in a delta."""
    return folder / name.replace(".", "/")


def copy_whole(source: Path, folder: Path) -> None:
    """Put a table into its folder of the delta as it is. A copy: a link would let a reader of it edit the release."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / WHOLE)


def results(
    con: duckdb.DuckDBPyConnection, changed: Mapping[str, Any], files: Mapping[str, Path], sha256: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """What each table is once the delta is applied: sha256 of the file that is copied, or of the rows put together.

    changed: what `compare` said, per table; files, sha256: the newer release's Parquet files.
    """
    together = {name for name, said in changed.items() if "added" in said}
    return {
        "sha256": {name: sha256[name] for name in sorted(files.keys() - together)},
        "rows_sha256": {name: rows_sha256(con, files[name]) for name in sorted(together)},
    }


def rows_sha256(con: duckdb.DuckDBPyConnection, file: Path) -> str:
    """Of a table's content, whatever the order of its rows and the program that wrote the file.

    Each row's sha256 is taken of its values as text, and theirs of the rows' number and the sum of their first 60 bits.
    """
    columns = (c for c in _columns(con, file) if c not in OF_STORAGE)
    values = ", ".join(f"coalesce(cast({sql_name(c)} as varchar), chr(30))" for c in columns)
    row = f"cast('0x' || left(sha256(concat_ws(chr(31), {values})), 15) as bigint)"
    return str(one_row(con, f"select sha256(concat(count(*), ' ', sum({row}))) from read_parquet({sql_text(file)})")[0])


def write_manifest(folder: Path, older: str, newer: str, changes: dict[str, Any]) -> dict[str, Any]:
    """Write delta.json. changes: tables_added, tables_removed, per changed table its key and counts, and `results`."""
    manifest = {"from": older, "to": newer, "left_out": list(OF_STORAGE), **changes}
    write_json(folder / MANIFEST, manifest)
    return manifest


def compare(con: duckdb.DuckDBPyConnection, table: Table, target: Path | None = None) -> dict[str, Any]:
    """Count the rows added, changed and removed by key, and write them below `target`.

    Where the columns are no longer the same, it says which came and went, and `target` gets the table whole. Where a
    key is not unique, no row is called changed: it is one removed and one added.
    """
    before, after = _columns(con, table.old), _columns(con, table.new)
    if before != after:
        if target:
            copy_whole(table.new, target)
        gained, lost = sorted(after.items() - before.items()), sorted(before.items() - after.items())
        return {"columns_added": [name for name, _ in gained], "columns_removed": [name for name, _ in lost]}
    columns = [name for name in after if name not in OF_STORAGE]
    row = ", ".join(sql_name(c) for c in columns)
    # Rows equal in both are struck out first: what is left is small, whatever the table's size.
    for name, this, other in (("gained", table.new, table.old), ("lost", table.old, table.new)):
        rest = f"select {row} from read_parquet({sql_text(this)}) except all select {row} from read_parquet"
        con.execute(f"create or replace temp table {name} as {rest}({sql_text(other)})")
    key = [c for c in table.key if c in columns]
    pairs = _pairs(con, key)
    queries = {
        "added": (ADDED, f"select n.* from gained as n anti join lost as o on {pairs}"),
        "changed": (CHANGED, _changed(key, columns, pairs)),
        "removed": (REMOVED, f"select o.* from lost as o anti join gained as n on {pairs}"),
    }
    counts = {}
    for what, (file, query) in queries.items():
        counts[what] = int(one_row(con, f"select count(*) from ({query})")[0])
        if target and counts[what]:
            target.mkdir(parents=True, exist_ok=True)
            con.execute(f"copy ({query} order by all) to {sql_text(target / file)} {_LAYOUT}")
    return counts


def _columns(con: duckdb.DuckDBPyConnection, file: Path) -> dict[str, str]:
    described = con.execute(f"describe select * from read_parquet({sql_text(file)})").fetchall()
    return {name: kind for name, kind, *_ in described}


def _pairs(con: duckdb.DuckDBPyConnection, key: list[str]) -> str:
    """When a row lost and a row gained are one row that changed."""
    names = ", ".join(sql_name(c) for c in key)
    for name in ("gained", "lost") if key else ():
        twice = f"select 1 from {name} group by {names} having count(*) > 1"
        if one_row(con, f"select count(*) from ({twice})")[0]:
            return "false"
    return " and ".join(f"o.{sql_name(c)} is not distinct from n.{sql_name(c)}" for c in key) or "false"


def _changed(key: list[str], columns: list[str], pairs: str) -> str:
    """The key, and of every other column what it was and what it is."""
    states = [
        f"o.{sql_name(c)} as {sql_name(c + '__before')}, n.{sql_name(c)} as {sql_name(c + '__after')}"
        for c in columns
        if c not in key
    ]
    selected = ", ".join([*(f"n.{sql_name(c)}" for c in key), *states])
    return f"select {selected} from gained as n join lost as o on {pairs}"


def applied(con: duckdb.DuckDBPyConnection, old: Path, delta: Path, key: list[str]) -> str:
    """The query of the new state, from the old one and what `compare` wrote of the two: in sets, key or no key.

    Of a table the delta does not hold whole.
    """
    columns = [c for c in _columns(con, old) if c not in OF_STORAGE]
    row = ", ".join(sql_name(c) for c in columns)
    gone: list[str] = []
    come: list[str] = []
    for file, side in ((REMOVED, gone), (ADDED, come)):
        if (delta / file).exists():
            side.append(f"select {row} from read_parquet({sql_text(delta / file)})")
    if (delta / CHANGED).exists():
        for side, state in ((gone, "before"), (come, "after")):
            picked = ", ".join(sql_name(c) if c in key else sql_name(f"{c}__{state}") for c in columns)
            side.append(f"select {picked} from read_parquet({sql_text(delta / CHANGED)})")
    query = f"select {row} from read_parquet({sql_text(old)})"
    if gone:
        query = f"({query}) except all ({' union all '.join(gone)})"
    return f"({query}) union all {' union all '.join(come)}" if come else query
