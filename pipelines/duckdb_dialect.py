"""A SQLAlchemy dialect for DuckDB that reads each result whole before handing it on.

Great Expectations closes a cursor before reading it; on DuckDB that loses the rows and every metric fails. Reading at
once mends it. This leans on one private SQLAlchemy symbol (FullyBufferedCursorFetchStrategy); a unit test holds it.
"""

from __future__ import annotations

from typing import Any

from duckdb_engine import Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.types import NullType

from pipelines.files import sql_name

_opened: list[Any] = []


def close_all() -> None:
    """Close every connection this dialect opened: Great Expectations keeps its engines, and so the file, open."""
    while _opened:
        _opened.pop().close()


class BufferedDialect(Dialect):
    """duckdb_engine's dialect, with results fetched at execution."""

    supports_statement_cache = False

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        connection = super().connect(*cargs, **cparams)
        connection.execute("set enable_progress_bar = false")
        _opened.append(connection)
        return connection

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> Any:
        """Columns of a relation by one DESCRIBE: through the catalogue of PostgreSQL it takes a sixth of a second."""
        relation = ".".join(sql_name(part) for part in (schema, table_name) if part)
        described = connection.exec_driver_sql(f"describe {relation}").fetchall()
        return [
            {"name": row[0], "type": ischema_names.get(row[1].lower(), NullType)(), "nullable": True, "default": None}
            for row in described
        ]

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        super().do_execute(cursor, statement, parameters, context)  # type: ignore[no-untyped-call]
        if context is not None and cursor.description:
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())


registry.register("duckdb.buffered", __name__, "BufferedDialect")
