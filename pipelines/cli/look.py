"""Commands that only look: sql, status, sources, releases (which can also point readers back)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
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

from pipelines import intake, mending, release
from pipelines.contract import all_specs
from pipelines.errors import StatecraftError
from pipelines.files import one_writer, read_json
from pipelines.flat import flat
from pipelines.freshness import Freshness, freshness
from pipelines.own_limits import bounded_memory
from pipelines.query import cannot_be_shown, read_sql, run_query
from pipelines.release import current
from pipelines.service.backfill import begun
from pipelines.settings import Settings, load_settings
from pipelines.standing import Incident, standing

console = Console()
ROWS_SHOWN = 40
CELL_WIDTH = 60
#: Wider than any table: lines run over the edge of a narrow terminal rather than lose their end.
NATURAL_WIDTH = 2_000
OVERDUE = "provenance.overdue_confirmations"
OVERDUE_SHOWN = 3
#: Where fewer stand, the newest of the settled ones are shown with them.
INCIDENTS_SHOWN = 3


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def register(app: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    for command in (sql, status, sources):
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


def status(
    check: Annotated[
        bool,
        typer.Option("--check", help="For monitors: exit 1 where something failed and is not settled, or is stale."),
    ] = False,
) -> None:
    """Vintages, freshness, gates, plans of the ledger that no document confirms, and what failed last and why."""
    settings = load_settings()
    found = release.latest(settings)
    if found:
        console.print(f"Release [bold]{found.build_id}[/bold]: {len(found.tables)} tables, {found.rows:,} rows")
        checks = read_json(found.path / "checks.json")
        for door in ("landing_gate", "release_gate"):
            results = checks[door]
            passed = sum(r["passed"] for r in results)
            console.print(f"  {door.replace('_', ' ')}: {passed} of {len(results)} rules passed", highlight=False)
    else:
        console.print("No release yet. Run `statecraft refresh`.")
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in ("table", "vintages", "newest", "age (days)", "freshness", "refused"):
        table.add_column(name, justify="right" if name in ("vintages", "age (days)", "refused") else "left")
    tables = freshness(settings, all_specs(), date.today())
    for t in tables:
        table.add_row(t.table, str(t.held), t.newest, str(t.age_days or "-"), t.word, str(t.refused or ""))
    console.print(table)
    if found:
        warn_of_overdue(settings, found.database)
    for plan in begun(settings):
        left = plan.left(all_specs()[plan.source])
        console.print(
            f"Backfill of {plan.source} since {plan.begun_on}: {len(left)} of {len(left) + len(plan.done)} left; go on"
            f" with statecraft backfill {plan.source} --from {plan.span.first:%Y-%m} --to {plan.span.last:%Y-%m}",
            highlight=False,
            soft_wrap=True,
        )
    incidents = intake.incidents(settings)
    failed = [i for i in incidents if i["stage"] != mending.REPAIR]
    stands = standing(settings, failed, all_specs(), found.created_at if found else None)
    for incident in [*stands, *(i for i in incidents if i not in stands)][: max(len(stands), INCIDENTS_SHOWN)]:
        console.print(f"\n{_said_of(incident, stands)} {incident['at']}: {incident['source']}, {incident['stage']}")
        console.print(f"  {incident['what']}", markup=False, highlight=False)
    if check:
        _check(found is not None, stands, [t for t in tables if t.word == "stale"])


def _said_of(incident: Incident, stands: Sequence[Incident]) -> str:
    if incident["stage"] == mending.REPAIR:
        return "[yellow]Repaired[/yellow]"
    return "[red]Failed[/red]" if incident in stands else "Failed, and settled since:"


def _check(published: bool, failed: Sequence[Incident], stale: Sequence[Freshness]) -> None:
    """Raises StatecraftError in one sentence where a monitor should call somebody."""
    reasons = ["there is no release"] if not published else []
    if failed:
        reasons.append("not settled: " + ", ".join(f"{i['source']} ({i['stage']})" for i in failed))
    if stale:
        reasons.append(f"stale: {', '.join(t.table for t in stale)}")
    if reasons:
        raise StatecraftError(f"Not in order: {'; '.join(reasons)}.", "See above, and docs/runbook/README.md.")


def warn_of_overdue(settings: Settings, database: Path) -> None:
    """Plans of the ledger whose day has passed and that no document confirms: how many, the oldest, what to do."""
    views = "select schema_name || '.' || view_name as view from duckdb_views()"
    if OVERDUE not in run_query(settings, database, views)["view"]:  # a release of before the ledger
        return
    overdue = run_query(settings, database, f"from {OVERDUE} order by due_on, action_id, provision_id")
    if overdue.is_empty():
        return
    noun = "plan of the policy ledger is" if overdue.height == 1 else "plans of the policy ledger are"
    console.print(f"\n[yellow]Overdue[/yellow]: {overdue.height:,} {noun} past the day, and no document confirms it.")
    for row in overdue.head(OVERDUE_SHOWN).iter_rows(named=True):
        line = f"  {row['due_on']} {row['status']}: {row['action_id']} {row['provision_id']}, {row['what']}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(
        "  Look up what happened: add confirmed_on and confirmed_by (of an end: expiry_confirmed_on and "
        f"expiry_confirmed_by) to law/*/provisions.csv, or a row to law/*/statuses.csv. All: {OVERDUE}.",
        highlight=False,
        soft_wrap=True,
    )


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
                release.point_latest(settings, roll_back)
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
