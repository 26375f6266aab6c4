"""The tables a Spark cluster wrote, as views of the work database: releases are made of both engines in one way.

Belongs here: naming their Parquet to DuckDB. Does not belong here: how the cluster writes them (macros/dialect.sql).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.files import duck, sql_name, sql_text
from pipelines.lineage import Mart
from pipelines.settings import Settings


def expose(settings: Settings, marts: Sequence[Mart]) -> None:
    """Make the work database anew: a view a mart, of the declared column types, over the folder of its Parquet."""
    aside = settings.work_database.with_suffix(".tmp")
    aside.unlink(missing_ok=True)
    with duck(settings, str(aside)) as con:
        for schema in dict.fromkeys(mart.schema for mart in marts):
            con.execute(f"create schema {sql_name(schema)}")
        for mart in marts:
            _create_view(con, mart, settings.spark_tables / mart.schema / mart.name)
    aside.replace(settings.work_database)


def _create_view(con: duckdb.DuckDBPyConnection, mart: Mart, folder: Path) -> None:
    files = (
        f"read_parquet({sql_text(folder / '**' / '*.parquet')}, hive_partitioning = true, hive_types_autocast = false)"
    )
    if any(folder.rglob("*.parquet")):
        columns = ", ".join(f"cast({sql_name(c.name)} as {c.data_type}) as {sql_name(c.name)}" for c in mart.columns)
        query = f"select {columns} from {files}"
    else:  # a partitioned table without rows has no files
        columns = ", ".join(f"cast(null as {c.data_type}) as {sql_name(c.name)}" for c in mart.columns)
        query = f"select {columns} where false"
    con.execute(f"create view {mart.qualified} as {query}")
