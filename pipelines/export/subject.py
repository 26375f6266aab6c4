"""What is exported: a released table or a query's answer, and what is known of each of its columns.

Belongs here: finding it in a release, and the query that reads it. Does not belong here: any form of file.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.citation import Citation, of_release
from pipelines.errors import StatecraftError
from pipelines.files import sql_name, sql_text
from pipelines.query import Answer, answering, read_sql, run_query
from pipelines.query_book import saved, title_of
from pipelines.release import Release
from pipelines.release_papers import read_paper
from pipelines.settings import PROJECT_ROOT, Settings

#: DuckDB's types as the forms know them; any other number becomes a double, anything else text.
KINDS = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "TINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "DOUBLE": "double",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
}
_NUMBERS = re.compile(r"HUGEINT|UHUGEINT|DECIMAL.*|FLOAT|U\w+INT")
_LAST_SEMICOLON = re.compile(r";\s*(--[^\n]*\s*)*$")
_CASTS = {"text": "varchar", "integer": "integer", "double": "double", "timestamp": "timestamp"}


@dataclass(frozen=True)
class Field:
    """A column: kind is one of KINDS' values; unit, description and source are empty where nothing is known."""

    name: str
    kind: str
    unit: str = ""
    description: str = ""
    source: str = ""


@dataclass(frozen=True)
class Subject:
    """What is exported. key: the columns that identify a row, where all of them are there. sql: yields `fields`."""

    name: str
    description: str
    fields: list[Field]
    key: list[str]
    sql: str
    release: Release
    citation: Citation

    @property
    def short_name(self) -> str:
        return self.name.rpartition(".")[2]

    @contextmanager
    def rows(self, settings: Settings, timeout: float) -> Iterator[Answer]:
        """Its rows, a batch at a time. Raises QueryError."""
        with answering(settings, self.release.database, self.sql, timeout) as answer:
            yield answer


def of_table(
    settings: Settings, release: Release, name: str, where: str | None = None, columns: list[str] | None = None
) -> Subject:
    """A released table or view, `schema.table` or `table`; or a query of the cookbook, `headline/name` or `name`.

    Raises StatecraftError that names them where several have the name, and what is nearest where none has.
    """
    known, asked = _tables(settings, release), saved()
    found = [each for each in (*known, *asked) if name.lower() in (each, _last(each))]
    if len(found) > 1:
        names = ", ".join(
            f"{each} ({asked[each].relative_to(PROJECT_ROOT)})" if each in asked else each for each in found
        )
        hint = "Name one of them whole; of a file in docs/queries itself: --sql FILE."
        raise StatecraftError(f"{name!r} may be {names}.", hint)
    if not found:
        near = difflib.get_close_matches(name.lower(), [*known, *map(_last, known), *asked, *map(_last, asked)])
        hint = f"Did you mean {', '.join(near)}?" if near else '`statecraft sql "from duckdb_tables()"` lists them.'
        raise StatecraftError(f"There is no table or saved query {name!r} in release {release.build_id}.", hint)
    [table] = found
    if table in asked:
        return of_query(settings, release, asked[table], where, columns)
    resources = read_paper(release.path, "datapackage")["resources"]
    stated = [r["schema"].get("primaryKey", []) for r in resources if r["name"] == table.replace(".", "_")]
    key = stated[0] if stated else []
    sql = f"from {table}" + (f" where {where}" if where else "")
    order = ", ".join(sql_name(column) for column in key)
    subject = Subject(table, known[table], _fields(settings, release, sql), key, sql, release, of_release(release))
    chosen = _chosen(_described(settings, subject, table), columns)
    return replace(chosen, sql=f"{chosen.sql} order by {order}") if order else chosen


def of_query(
    settings: Settings, release: Release, query: Path, where: str | None = None, columns: list[str] | None = None
) -> Subject:
    """What the query in a .sql file answers. Its columns are described where a released column has their name."""
    if not query.is_file():
        raise StatecraftError(f"There is no file {query}.", "Give the .sql file that holds one statement.")
    text = _LAST_SEMICOLON.sub("", read_sql(query).strip())
    title = title_of(query) if text.startswith("--") else f"The answer to {query.name}."
    sql = f"from (\n{text}\n)" + (f" where {where}" if where else "")
    fields = _fields(settings, release, sql)
    return _chosen(
        _described(settings, Subject(query.stem, title, fields, [], sql, release, of_release(release)), None), columns
    )


def _last(name: str) -> str:
    """Of `core.dim_partner` or `headline/falls_due`, the name alone."""
    return re.split(r"[./]", name)[-1]


def _tables(settings: Settings, release: Release) -> dict[str, str]:
    """Released tables and views with what each is."""
    listed = """
        select schema_name || '.' || table_name as name, comment from duckdb_tables() where not internal
        union all select schema_name || '.' || view_name, comment from duckdb_views() where not internal
        order by name
    """
    return {name: comment or "" for name, comment in run_query(settings, release.database, listed).iter_rows()}


def _fields(settings: Settings, release: Release, sql: str) -> list[Field]:
    described = run_query(settings, release.database, f"describe {sql}")
    fields = []
    for name, kind in described.select("column_name", "column_type").iter_rows():
        fields.append(Field(name, KINDS.get(kind) or ("double" if _NUMBERS.fullmatch(kind) else _other(kind))))
    return fields


def _other(kind: str) -> str:
    return "timestamp" if kind.startswith("TIMESTAMP") else "text"


def _described(settings: Settings, subject: Subject, table: str | None) -> Subject:
    """The same with units and descriptions: of the table's own columns, or of columns of the same name.

    One name has one unit in all tables (a law of the repository), but not always one description.
    """
    own = f"where schema_name || '.' || table_name = {sql_text(table)}" if table else ""
    said = f"""
        select column_name, comment, source_columns
        from (from duckdb_columns() select schema_name, table_name, column_name, comment where not internal)
        left join provenance.column_dictionary using (schema_name, table_name, column_name) {own}
    """
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for name, comment, source in run_query(settings, subject.release.database, said).iter_rows():
        description, _, unit = (comment or "").partition(" Unit: ")  # as release_tables.py writes it
        found[name].add((unit.removesuffix("."), description, source or ""))

    def described(field: Field) -> Field:
        said = [set(each) for each in zip(*found[field.name], strict=True)] if field.name in found else []
        unit, description, source = ("".join(each) if len(each) == 1 else "" for each in said or ({""},) * 3)
        return replace(field, unit=unit, description=description, source=source)

    return replace(subject, fields=[described(field) for field in subject.fields])


def _chosen(subject: Subject, columns: list[str] | None) -> Subject:
    """Only these columns, in this order, each cast to what the forms can hold."""
    fields = {field.name: field for field in subject.fields}
    missing = [name for name in columns or [] if name not in fields]
    if missing:
        raise StatecraftError(
            f"{subject.name} has no column {', '.join(missing)}.", f"Its columns: {', '.join(fields)}."
        )
    kept = [fields[name] for name in columns] if columns else subject.fields
    select = ", ".join(
        f"cast({sql_name(f.name)} as {_CASTS[f.kind]}) as {sql_name(f.name)}" if f.kind in _CASTS else sql_name(f.name)
        for f in kept
    )
    key = subject.key if {field.name for field in kept} >= set(subject.key) else []
    body = subject.sql.removeprefix("from ")
    return replace(subject, fields=kept, key=key, sql=f"select {select} from {body}")
