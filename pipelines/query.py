"""Reading a release safely: one sandboxed, bounded, read-only DuckDB session for a user's SQL.

Belongs here: what a stranger's query may do. Does not belong here: how results are shown (cli/).

The session cannot read or write files, attach databases, load extensions or change its own settings; it has its own
spill folder, a memory limit, a time limit and a limit on the size of its answer.

DuckDB itself refuses most of that, but not all: it lets a session without external access COPY over the very files it
has open. So only queries are let through, judged by DuckDB's own parse of them (query_rules.py).
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

from pipelines.errors import QueryError
from pipelines.query_rules import LONGEST_QUERY, only_reads
from pipelines.settings import Settings

#: An answer is held in memory outside DuckDB's limit, so it has its own.
LARGEST_ANSWER_BYTES = 512 * 1024**2
#: What a session may write to its spill folder: a query must not fill the disk others publish on.
LARGEST_SPILL = "10GB"
_BATCH_ROWS = 100_000


@dataclass(frozen=True)
class Answer:
    """What a query answers, a batch at a time: never more of it in memory than a batch."""

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


def read_sql(path: Path) -> str:
    """The text of a .sql file. Raises QueryError where it is too long for a query, or no text."""
    with path.open("rb") as file:
        content = file.read(4 * LONGEST_QUERY + 1)
    if len(content) > 4 * LONGEST_QUERY:
        raise QueryError(f"{path} is too large for a query.", f"At most {LONGEST_QUERY:,} characters are read.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{path} is not UTF-8.", "Save it as UTF-8.") from error


def run_query(settings: Settings, database: Path, sql: str, timeout_seconds: float = 60.0) -> pl.DataFrame:
    """Run one statement over a released DuckDB file. Raises QueryError with DuckDB's own words.

    core, policy_events, trade_impact and provenance are addressed with two-part names.
    """
    with answering(settings, database, sql, timeout_seconds) as answer:
        return held(answer)


@contextmanager
def answering(settings: Settings, database: Path, sql: str, timeout_seconds: float) -> Iterator[Answer]:
    """The answer as it comes, for who writes it on at once; the time counts until the last batch is taken."""
    with tempfile.TemporaryDirectory(prefix="statecraft-sql-") as spill, ExitStack() as session:
        with _in_words():
            connection = session.enter_context(closing(open_locked(settings, database, Path(spill))))
            only_reads(connection, sql)
        yield session.enter_context(asked(connection, sql, timeout_seconds))


def open_locked(settings: Settings, database: Path, spill: Path) -> duckdb.DuckDBPyConnection:
    """A session that reads this file and nothing else, and that cannot be talked out of it."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "temp_directory": str(spill),
        "max_temp_directory_size": LARGEST_SPILL,
        "python_enable_replacements": "false",  # names of the program around it are no tables
        "allow_persistent_secrets": "false",
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "lock_configuration": "true",
    }
    return duckdb.connect(str(database), read_only=True, config=config)


@contextmanager
def asked(connection: duckdb.DuckDBPyConnection, sql: str, timeout_seconds: float) -> Iterator[Answer]:
    """What a query of our own answers in an open session, as it comes. Raises QueryError, also when its time is up."""
    with ExitStack() as session:
        late = session.enter_context(_time_limit(connection, timeout_seconds))
        with _in_words(late, timeout_seconds):
            reader = connection.sql(sql).to_arrow_reader(_BATCH_ROWS)
        session.callback(reader.close)
        yield Answer(reader.schema, _batches(reader, late, timeout_seconds))


def _batches(reader: pa.RecordBatchReader, late: threading.Event, timeout_seconds: float) -> Iterator[pa.RecordBatch]:
    while True:
        with _in_words(late, timeout_seconds):
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
        yield batch


@contextmanager
def _in_words(late: threading.Event | None = None, timeout_seconds: float = 0) -> Iterator[None]:
    """DuckDB's and Arrow's errors as QueryError; one that came because the time was up says so."""
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if late is not None and late.is_set():
            raise QueryError(
                f"The query ran longer than {timeout_seconds:g} seconds.", "Narrow it, or raise --timeout."
            ) from error
        raise QueryError(str(error).strip(), "See provenance.column_dictionary for tables and columns.") from error


@contextmanager
def _time_limit(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[threading.Event]:
    """Interrupt the session when its time is up, and again until it has noticed. Yields what says that it is."""
    done, late = threading.Event(), threading.Event()

    def watch() -> None:
        if not done.wait(seconds):
            late.set()
            while not done.wait(0.1):
                connection.interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield late
    finally:
        done.set()
        watcher.join()


def held(answer: Answer) -> pl.DataFrame:
    """All of an answer. Raises QueryError where it is more than may be held in memory."""
    batches, size = [], 0
    for batch in answer.batches:
        size += batch.nbytes
        if size > LARGEST_ANSWER_BYTES:
            raise QueryError(
                f"The answer is larger than {LARGEST_ANSWER_BYTES // 1024**2} MB.",
                "Aggregate or LIMIT it, write it with `statecraft export`, or read the released Parquet files.",
            )
        batches.append(batch)
    names: list[str] = []
    for name in answer.schema.names:  # a join may give one name twice
        while name in names:
            name += "_1"  # noqa: PLW2901
        names.append(name)
    try:
        return pl.DataFrame(pa.Table.from_batches(batches, answer.schema).rename_columns(names))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, pa.ArrowException) as error:
        raise cannot_be_shown(error) from error


def cannot_be_shown(error: BaseException) -> QueryError:
    """What is said of a column of a type that no frame, or no file of the kind asked for, holds."""
    words = str(error).splitlines()[0]
    return QueryError(f"A column cannot be shown: {words}.", "Cast it, e.g. to text: column::text.")
