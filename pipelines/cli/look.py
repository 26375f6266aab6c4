"""Commands that only look: sql, sources, releases (which can also point readers back)."""

from __future__ import annotations

import sys
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipelines import release
from pipelines.contract import all_specs
from pipelines.files import one_writer
from pipelines.flat import flat
from pipelines.own_limits import bounded_memory
from pipelines.query import cannot_be_shown, read_sql, run_query
from pipelines.release import current
from pipelines.settings import load_settings

console = Console()
ROWS_SHOWN = 40
CELL_WIDTH = 60
#: Wider than any table: lines run over the edge of a narrow terminal rather than lose their end.
NATURAL_WIDTH = 2_000


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    for command in (sql, sources):
        app.command()(command)
    app.command(name="releases")(list_releases)


def sql(
    query: Annotated[
        str,
        typer.Argument(help='One statement, "select * from core.dim_partner limit 5", or the .sql file that holds it.'),
    ],
    format: Annotated[
        Format, typer.Option(help="table prints; csv, json and parquet go to --output or stdout.")
    ] = Format.table,
    output: Annotated[Path | None, typer.Option(help="File to write instead of stdout.")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds a query may take.")] = 60.0,
) -> None:
    """Query the latest release, read-only and sandboxed.

    Schemas: core, policy_events, trade_impact, provenance. Every column is described in provenance.column_dictionary.
    """
    settings = load_settings()
    text = read_sql(Path(query)) if query.endswith(".sql") and Path(query).is_file() else query
    with bounded_memory(settings):
        write_frame(console, run_query(settings, current(settings).database, text, timeout), format, output)


def write_frame(where: Console, frame: pl.DataFrame, format: Format, output: Path | None = None) -> None:
    """A result as it was asked for: printed, or as a file's bytes to a file or stdout."""
    if format is Format.table and output is None:
        print_frame(where, frame)
        return
    try:
        content = _content(frame, format)  # before the file is opened: what cannot be written leaves what was there
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise cannot_be_shown(error) from error
    stream = output.open("wb") if output else sys.stdout.buffer
    stream.write(content)
    stream.flush()


def _content(frame: pl.DataFrame, format: Format) -> bytes:
    """A frame as the bytes of a file."""
    if format is Format.json:
        return frame.write_json().encode() + b"\n"
    content = BytesIO()
    if format is Format.parquet:
        frame.write_parquet(content)
    else:
        flat(frame).write_csv(content)
    return content.getvalue()


def print_frame(where: Console, frame: pl.DataFrame, rows: int = ROWS_SHOWN) -> None:
    """A result at its natural width: numbers right, NULL as a dash, long texts and results cut with a mark."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name, kind in frame.schema.items():
        table.add_column(name, justify="right" if kind.is_numeric() else "left", no_wrap=True)
    for row in frame.head(rows).iter_rows():
        table.add_row(*(escape(_cell(value)) for value in row))
    Console(file=where.file, width=NATURAL_WIDTH).print(table)
    if frame.height > rows:
        where.print(f"… {frame.height - rows:,} more rows; use --format csv for all of them.", highlight=False)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 100 else f"{value:,.1f}"
    text = " ".join(str(value).split())
    return text if len(text) <= CELL_WIDTH else f"{text[: CELL_WIDTH - 1]}…"


def sources() -> None:
    """What is taken in, from whom, under which licence, how often."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, show_lines=True)
    for name in ("source", "title", "publisher", "licence", "asked", "tables"):
        table.add_column(name, overflow="fold")
    for name, spec in all_specs().items():
        tables = ", ".join(spec.things)
        table.add_row(name, spec.title, spec.publisher, spec.licence, spec.cadence.words, tables)
    console.print(table)


def list_releases(
    roll_back: Annotated[str | None, typer.Option(help="Point readers at this build instead.")] = None,
    prune: Annotated[int | None, typer.Option(help="Keep this many releases, remove older ones.", min=1)] = None,
    remove: Annotated[str | None, typer.Option(help="Remove this build, which is damaged or not seen.")] = None,
) -> None:
    """List releases; roll back in one step; prune old ones; remove one."""
    settings = load_settings()
    if roll_back or prune or remove:
        with one_writer(settings):
            if roll_back:
                release.roll_back(settings, roll_back)
            if remove:
                release.remove(settings, remove)
            if prune:
                removed = release.prune(settings, prune)
                console.print(f"Removed {len(removed)} releases.", highlight=False)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in ("", "build", "made (UTC)", "tables", "rows"):
        table.add_column(name, justify="right" if name in ("tables", "rows") else "left")
    for each in release.releases(settings):
        mark = "→" if each.is_latest else ""
        table.add_row(mark, each.build_id, f"{each.created_at:%Y-%m-%d %H:%M}", str(len(each.tables)), f"{each.rows:,}")
    console.print(table)
