"""Columns of a release as PostgreSQL holds them.

Belongs here: which type becomes which, and how a value is written for COPY. Does not belong here: copying (loading.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.errors import StatecraftError
from pipelines.files import sql_name

#: What COPY takes as it stands.
_PLAIN = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "UTINYINT": "smallint",
    "INTEGER": "integer",
    "USMALLINT": "integer",
    "BIGINT": "bigint",
    "UINTEGER": "bigint",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    # Sorted by bytes, as DuckDB does: an answer has the same order in both, and an index is made in half the time.
    "VARCHAR": 'text collate "C"',
}
#: What is written as text first.
_AS_TEXT = {
    "UBIGINT": "numeric(20, 0)",
    "HUGEINT": "numeric(39, 0)",
    "UHUGEINT": "numeric(39, 0)",
    "TIME": "time",
    "TIMESTAMP_S": "timestamp",
    "TIMESTAMP_MS": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "INTERVAL": "interval",
    "UUID": "uuid",
}
_COLLATED = ' collate "C"'
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_NESTED = re.compile(r"(STRUCT|MAP|UNION)\b.*|JSON|.*\]")


@dataclass(frozen=True)
class Column:
    """One column. source_type: DuckDB's word for it. comment: description and unit."""

    name: str
    source_type: str
    comment: str

    @property
    def kind(self) -> str:
        """PostgreSQL's type. Raises StatecraftError for one that has no honest counterpart."""
        return self._mapped[0]

    @property
    def selected(self) -> str:
        """What DuckDB selects, so that COPY takes its text."""
        return f"{self._mapped[1]} as {sql_name(self.name)}"

    @property
    def _mapped(self) -> tuple[str, str]:
        name, source = sql_name(self.name), self.source_type
        element, text = source.removesuffix("[]"), f"cast({name} as varchar)"
        if source in _PLAIN:
            mapped = _PLAIN[source], name
        elif source in _AS_TEXT:
            mapped = _AS_TEXT[source], text
        elif decimal := _DECIMAL.fullmatch(source):
            mapped = f"numeric({decimal[1]}, {decimal[2]})", text
        elif source.startswith("ENUM("):
            mapped = _PLAIN["VARCHAR"], text
        elif source == "BLOB":
            mapped = "bytea", rf"'\x' || hex({name})"
        elif element != source and element in _PLAIN:
            mapped = f"{_PLAIN[element].removesuffix(_COLLATED)}[]", _array(name)
        elif _NESTED.fullmatch(source):
            mapped = "jsonb", f"cast(to_json({name}) as varchar)"
        else:
            raise StatecraftError(
                f"Column {self.name} is {source}, which PostgreSQL has no counterpart for.", "Cast it in its model."
            )
        return mapped


def _array(name: str) -> str:
    """A list as PostgreSQL writes arrays: {"a","b",NULL}, quotes and backslashes escaped."""
    escaped = r"""replace(replace(cast(x as varchar), '\', '\\'), '"', '\"')"""
    element = f"""case when x is null then 'NULL' else '"' || {escaped} || '"' end"""
    joined = f"array_to_string(list_transform({name}, lambda x: {element}), ',')"
    return f"case when {name} is not null then '{{' || coalesce({joined}, '') || '}}' end"
