"""The command that asks a publisher for months past.

Belongs here: what a person types and sees. Does not belong here: which months are left (service/backfill.py).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from pipelines import orchestrate
from pipelines.cli.bar import bar
from pipelines.cli.refresh import failure, source_named
from pipelines.contract import SourceSpec
from pipelines.errors import FetchError, StatecraftError
from pipelines.progress import counted
from pipelines.quota import QuotaSpentError
from pipelines.service.backfill import Backfill, Report, bring, planned, when_free
from pipelines.settings import load_settings
from pipelines.span import Span

console = Console()


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(backfill)


def backfill(
    source: Annotated[str, typer.Argument(help="Which source (see `statecraft sources`).")],
    first: Annotated[str, typer.Option("--from", help="First month, such as 2024-01; or a year.")],
    last: Annotated[str | None, typer.Option("--to", help="Last month, or a year; as --from when not given.")] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Ask again for months that a backfill which was not done had brought.")
    ] = False,
) -> None:
    """Ask a publisher again for months past: never fetched, or restated since. Then build and publish once.

    Months are asked for one after the other, oldest first. An answer that is the one held, byte for byte, changes
    nothing; another one is a new vintage, known from today. Whatever ends it early (Ctrl-C, a publisher that is away,
    the questions of the day spent): the same command goes on where it stopped.

    [bold]statecraft backfill census_imports --from 2024-01 --to 2024-06[/bold]

    Sources whose publisher offers only the present say so, and how their past gets in.
    """
    settings, spec = load_settings(), source_named(source)
    orchestrate.prepare_home(settings)
    today = datetime.now(ZoneInfo(spec.cadence.timezone)).date()
    plan = planned(settings, spec, Span.named(first, last or first), today, restart)
    steps = plan.steps(spec)
    if plan.done:
        went = f"{len(plan.done)} of {counted(len(steps), spec.backfill.by)} are done"
        console.print(f"Going on with the backfill begun on {plan.begun_on}: {went}.", highlight=False)
    with bar(spec.name) as shown:
        task = shown.add_task(spec.name, total=len(steps))
        report = bring(settings, spec, plan, lambda done: shown.update(task, completed=done))
    with when_free(settings):
        outcome = orchestrate.run_refresh(settings, "none", [])
    console.print(summary(report), highlight=False, soft_wrap=True)
    if not outcome.success:
        raise failure(outcome)
    if report.failed or report.stopped:
        raise unfinished(spec, plan, report)


def summary(report: Report) -> str:
    """What came, in a sentence or three."""
    words = [f"Landed {counted(report.landed, 'vintage')}, {counted(report.rows, 'row')}."]
    if report.unchanged:
        words.append(f"As held: {', '.join(report.unchanged)}.")
    if report.silent:
        words.append(f"The publisher has nothing that is not held for {', '.join(report.silent)}.")
    return " ".join(words)


def unfinished(spec: SourceSpec, plan: Backfill, report: Report) -> StatecraftError:
    """What is left and why, and when to go on; its kind decides the exit code."""
    left = [str(piece) for piece in plan.left(spec) if str(piece) not in report.silent]
    spent = isinstance(report.stopped, QuotaSpentError)
    tomorrow = datetime.now(ZoneInfo(spec.cadence.timezone)).date() + timedelta(days=1)
    when = f"from {tomorrow} on ({spec.cadence.timezone})" if spent else "later"
    why = [str(report.stopped)] if spent else [f"{piece}: {error}" for piece, error in report.failed.items()]
    reached = spent or all(isinstance(error, FetchError) for error in report.failed.values())
    return (FetchError if reached else StatecraftError)(
        f"{spec.name}: {', '.join(left)} {'is' if len(left) == 1 else 'are'} left. {' '.join(why)}",
        f"What was brought is published. The same command goes on, {when}:"
        f" statecraft backfill {spec.name} --from {plan.span.first:%Y-%m} --to {plan.span.last:%Y-%m}",
    )
