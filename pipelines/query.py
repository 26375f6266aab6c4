"""Reading a release safely: one sandboxed, bounded, read-only DuckDB session for a user's SQL.

Belongs here: what a stranger's query may do. Does not belong here: how results are shown (cli/).

The session cannot read or write files, attach databases, load extensions or change its own settings; it has its own
spill folder, a memory limit and a time limit.
"""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import duckdb
import polars as pl

from pipelines.errors import StatecraftError
from pipelines.settings import Settings


class QueryError(StatecraftError):
    """The query was refused, failed, or took too long."""


def run_query(settings: Settings, database: Path, sql: str, timeout_seconds: float = 60.0) -> pl.DataFrame:
    """Run one statement over a released DuckDB file. Raises QueryError with DuckDB's own words.

    core, policy_events, trade_impact and provenance are addressed with two-part names.
    """
    if not sql.strip():
        raise QueryError("The query is empty.", "Give one SQL statement.")
    with tempfile.TemporaryDirectory(prefix="statecraft-sql-") as spill:
        connection = duckdb.connect(
            str(database),
            read_only=True,
            config={
                "enable_external_access": "false",
                "memory_limit": settings.memory_limit,
                "threads": str(settings.threads),
                "temp_directory": spill,
                "lock_configuration": "true",
            },
        )
        timer = threading.Timer(timeout_seconds, connection.interrupt)
        timer.start()
        try:
            relation = connection.sql(sql)
            frame: pl.DataFrame = pl.DataFrame() if relation is None else relation.pl()
            return frame
        except duckdb.InterruptException as error:
            raise QueryError(
                f"The query ran longer than {timeout_seconds:g} seconds.", "Narrow it, or raise --timeout."
            ) from error
        except duckdb.Error as error:
            raise QueryError(str(error).strip(), "See provenance.column_dictionary for tables and columns.") from error
        finally:
            timer.cancel()
            connection.close()
