"""The first look: what is held, how old it is, what failed last and why.

Belongs here: what `statecraft status` shows, part by part; one that cannot be read is named and holds up no other.
Does not belong here: ages (freshness.py), which failures stand (standing.py), finding all damage (cli/verify.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from pipelines import intake, mending
from pipelines.contract import all_specs
from pipelines.errors import StatecraftError
from pipelines.files import read_json
from pipelines.freshness import Freshness, freshness
from pipelines.query import run_query
from pipelines.release import NoReleaseError, Release, current
from pipelines.service.backfill import begun
from pipelines.settings import Settings, load_settings
from pipelines.standing import Incident, standing

console = Console()
OVERDUE = "provenance.overdue_confirmations"
OVERDUE_SHOWN = 3
#: Where fewer stand, the newest of the settled ones are shown with them.
INCIDENTS_SHOWN = 3
_VERIFY = "See `statecraft verify`."


@dataclass
class _Damage:
    """Parts of the first look that could not be read."""

    parts: list[str] = field(default_factory=list)

    @contextmanager
    def in_part(self, part: str, action: str = _VERIFY) -> Iterator[None]:
        """Around reading one part: where that fails it is said, and the others are shown all the same."""
        try:
            yield
        except (StatecraftError, OSError, ValueError, KeyError, TypeError) as error:
            why = error.what if isinstance(error, StatecraftError) else f"{type(error).__name__}: {error}"
            self.parts.append(part)
            console.print(f"\n[red]Damaged[/red]: {part}.", end=" ", highlight=False)
            console.print(f"{why} {action}", markup=False, highlight=False, soft_wrap=True)


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(status)


def status(
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="For monitors: exit 1 where something failed and is not settled, is stale, or is damaged."
        ),
    ] = False,
) -> None:
    """Vintages, freshness, gates, plans of the ledger that no document confirms, and what failed last and why."""
    settings, damage = load_settings(), _Damage()
    found = _published(settings)
    if found:
        console.print(f"Release [bold]{found.build_id}[/bold]: {len(found.tables)} tables, {found.rows:,} rows")
        with damage.in_part("what the gates said of the release"):
            _show_gates(found)
    tables: list[Freshness] = []
    with damage.in_part("what was landed", "See `statecraft verify --warehouse`."):
        tables = freshness(settings, all_specs(), date.today())
        _show_freshness(tables)
    if found:
        with damage.in_part("the database of the release"):
            warn_of_overdue(settings, found.database)
    with damage.in_part("a backfill on record", "Remove the file, and begin the backfill again."):
        _show_backfills(settings)
    stands: list[Incident] = []
    with damage.in_part("what failed last", f"Look into {settings.incidents}."):
        stands = _show_incidents(settings, found)
    if check:
        _check(found is not None, stands, [t for t in tables if t.word == "stale"], damage.parts)


def _published(settings: Settings) -> Release | None:
    """The release readers see; where they see none, it is said."""
    try:
        return current(settings)
    except NoReleaseError as none:
        console.print(str(none), markup=False, highlight=False, soft_wrap=True)
        return None


def _show_gates(found: Release) -> None:
    checks = read_json(found.path / "checks.json")
    for door in ("landing_gate", "release_gate"):
        results = checks[door]
        passed = sum(r["passed"] for r in results)
        console.print(f"  {door.replace('_', ' ')}: {passed} of {len(results)} rules passed", highlight=False)


def _show_freshness(tables: Sequence[Freshness]) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in ("table", "vintages", "newest", "age (days)", "freshness", "refused"):
        table.add_column(name, justify="right" if name in ("vintages", "age (days)", "refused") else "left")
    for t in tables:
        table.add_row(t.table, str(t.held), t.newest, str(t.age_days or "-"), t.word, str(t.refused or ""))
    console.print(table)


def _show_backfills(settings: Settings) -> None:
    for plan in begun(settings):
        left = plan.left(all_specs()[plan.source])
        console.print(
            f"Backfill of {plan.source} since {plan.begun_on}: {len(left)} of {len(left) + len(plan.done)} left; go on"
            f" with statecraft backfill {plan.source} --from {plan.span.first:%Y-%m} --to {plan.span.last:%Y-%m}",
            highlight=False,
            soft_wrap=True,
        )


def _show_incidents(settings: Settings, found: Release | None) -> list[Incident]:
    """Show what failed and was repaired. Returns what stands."""
    incidents = intake.incidents(settings)
    failed = [i for i in incidents if i["stage"] != mending.REPAIR]
    stands = standing(settings, failed, all_specs(), found.created_at if found else None)
    for incident in [*stands, *(i for i in incidents if i not in stands)][: max(len(stands), INCIDENTS_SHOWN)]:
        console.print(f"\n{_said_of(incident, stands)} {incident['at']}: {incident['source']}, {incident['stage']}")
        console.print(f"  {incident['what']}", markup=False, highlight=False)
    return stands


def _said_of(incident: Incident, stands: Sequence[Incident]) -> str:
    if incident["stage"] == mending.REPAIR:
        return "[yellow]Repaired[/yellow]"
    return "[red]Failed[/red]" if incident in stands else "Failed, and settled since:"


def _check(published: bool, failed: Sequence[Incident], stale: Sequence[Freshness], damaged: Sequence[str]) -> None:
    """Raises StatecraftError in one sentence where a monitor should call somebody."""
    reasons = ["there is no release"] if not published else []
    if failed:
        reasons.append("not settled: " + ", ".join(f"{i['source']} ({i['stage']})" for i in failed))
    if stale:
        reasons.append(f"stale: {', '.join(t.table for t in stale)}")
    if damaged:
        reasons.append(f"damaged: {', '.join(damaged)}")
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
