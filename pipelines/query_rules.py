"""What a text must be to be let through as a query: one statement that reads, by functions that were judged.

Belongs here: judging a stranger's SQL by DuckDB's own parse of it. Does not belong here: running it (query.py).

The session a query runs in refuses files, networks and settings by itself. This is a second lock before it: a function
DuckDB may bring tomorrow is refused until somebody has looked at it and put it on the list.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from pipelines.errors import QueryError

#: Characters of a query; the longest of the cookbook has a hundredth of it.
LONGEST_QUERY = 500_000
_READING_NODES = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
_EXPLAIN = re.compile(r"\s*explain\s+(analyze\s+)?(?P<explained>.*)", re.IGNORECASE | re.DOTALL)
#: Functions one may select from: they make rows of their arguments, or tell of the release and the session.
READERS = frozenset({
    "duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_dependencies", "duckdb_extensions",
    "duckdb_functions", "duckdb_indexes", "duckdb_keywords", "duckdb_memory", "duckdb_optimizers", "duckdb_schemas",
    "duckdb_sequences", "duckdb_settings", "duckdb_tables", "duckdb_types", "duckdb_variables", "duckdb_views",
    "generate_series", "histogram", "histogram_values", "icu_calendar_names", "json_each", "json_tree",
    "pg_timezone_names", "pragma_collations", "pragma_database_size", "pragma_platform", "pragma_show",
    "pragma_storage_info", "pragma_table_info", "pragma_version", "query_table", "range", "repeat", "repeat_row",
    "summary", "test_all_types", "unnest",
})  # fmt: skip
_OWN_MACROS = "select distinct lower(function_name) from duckdb_functions() where not internal"


def only_reads(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raises QueryError unless the text is one query in all its parts.

    A WITH can hide a COPY or an INSERT, so that every node of the parse is looked at.
    """
    if not sql.strip():
        raise QueryError("The query is empty.", "Give one SQL statement.")
    if len(sql) > LONGEST_QUERY:
        raise QueryError(f"The query has more than {LONGEST_QUERY:,} characters.", "Ask for less at a time.")
    explained = _EXPLAIN.match(sql)
    judged = explained["explained"] if explained else sql
    [(text,)] = connection.execute("select json_serialize_sql(?)", [judged]).fetchall()
    try:
        parsed = json.loads(text)
    except RecursionError:
        raise QueryError("The query is nested too deeply.", "Write it in parts: WITH a AS (...), b AS (...).") from None
    if parsed["error"] and parsed["error_type"] == "parser":
        raise QueryError(f"Parser Error: {parsed['error_message']}", "Mend the SQL.")
    nodes = set(re.findall(r'"type":"(\w+_NODE)"', text))
    if parsed["error"] or len(parsed["statements"]) != 1 or not nodes or nodes - _READING_NODES:
        raise QueryError(
            "Only one statement that reads is allowed: SELECT, FROM, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN.",
            "PIVOT needs its values: PIVOT t ON c IN (...). For anything else open the released files directly.",
        )
    unknown = set(_table_functions(parsed["statements"])) - READERS
    if unknown:
        unknown -= {name for (name,) in connection.execute(_OWN_MACROS).fetchall()}
    if unknown:
        raise QueryError(
            f"A query over a release may not call {', '.join(sorted(unknown))}.",
            "It may read the release's tables and call its macros: `from duckdb_functions() where not internal`.",
        )


def _table_functions(statements: list[Any]) -> Iterator[str]:
    """Names of all functions that rows are selected from, wherever they stand."""
    left = list(statements)
    while left:
        part = left.pop()
        if isinstance(part, dict):
            if part.get("type") == "TABLE_FUNCTION":
                yield str(part["function"].get("function_name", "")).lower()
            left.extend(part.values())
        elif isinstance(part, list):
            left.extend(part)
