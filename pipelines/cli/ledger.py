"""Commands that read the policy ledger: timeline, and the life of one act.

Belongs here: what a person types and sees. Does not belong here: what is asked of the release (action_life.py).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from pipelines.action_life import DATES, find, life_of
from pipelines.cli.look import Format, print_frame, write_frame
from pipelines.errors import StatecraftError
from pipelines.files import sql_text
from pipelines.query import run_query
from pipelines.release import current
from pipelines.settings import Settings, load_settings

console = Console()
DAY = ["%Y-%m-%d"]
#: An issuer of so many letters is a country, else words of a name.
COUNTRY_LETTERS = 2
#: What each part of a life is called, in the order in which it is read.
HEADINGS = {
    "provisions": "What it provides (imports: gross, 2024)",
    "statuses": "What became of it, as known now",
    "beliefs": "What was believed before",
    "relations": "What it does to other acts, and they to it",
    "targets": "Aimed at",
    "reasons": "Why, and who says so",
    "documents": "Documents",
}


class LifeForm(StrEnum):
    """How the life of an act is written."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    app.command()(timeline)
    app.command()(action)


def timeline(
    issuer: Annotated[
        str | None, typer.Option(help="Country of the issuer (US, CN, JP …), or words of its name: 'Industry'.")
    ] = None,
    authority: Annotated[str | None, typer.Option(help="IEEPA, S232, S301, EAR, COURT, CN_EXPORT_CONTROL …")] = None,
    kind: Annotated[
        str | None, typer.Option(help="announced, signed, published, takes_effect, suspended, struck_down, list_add …")
    ] = None,
    from_: Annotated[datetime | None, typer.Option("--from", formats=DAY, help="First day.")] = None,
    to: Annotated[datetime | None, typer.Option(formats=DAY, help="Last day.")] = None,
    format: Annotated[Format, typer.Option(help="table prints; the others go to stdout.")] = Format.table,
) -> None:
    """List what happened, every kind of event on one axis.

    Example: statecraft timeline --issuer US --authority IEEPA --from 2025-04-01 --to 2025-05-31
    """
    if from_ and to and to < from_:
        raise StatecraftError(f"{to.date()} is before {from_.date()}.", "Give --from the earlier day.")
    wanted = []
    if issuer:
        is_country = len(issuer) == COUNTRY_LETTERS
        name = f"contains(lower(coalesce(issuer, '')), {sql_text(issuer.lower())})"
        wanted.append(f"issuer_country = {sql_text(issuer.upper())}" if is_country else name)
    if authority:
        wanted.append(f"authority = {sql_text(authority.upper())}")
    if kind:
        wanted.append(f"event_kind = {sql_text(kind.lower())}")
    if from_:
        wanted.append(f"event_on >= date '{from_.date()}'")
    if to:
        wanted.append(f"event_on <= date '{to.date()}'")
    where = f"where {' and '.join(wanted)}" if wanted else ""
    settings = load_settings()
    found = run_query(
        settings,
        current(settings).database,
        "select event_on, event_kind, title, action_id, provision_id, issuer, authority, direction, is_scheduled, "
        f"document_number from policy_events.timeline {where} order by event_on, action_id nulls last, event_kind, "
        "provision_id",
    )
    if found.is_empty():
        for column, asked in (("authority", authority), ("event_kind", kind)):
            _known(settings, column, asked)
        if format is Format.table:
            console.print("Nothing on record. Ask for more days, or without --kind.")
            return
    write_frame(console, found, format)


def _known(settings: Settings, column: str, asked: str | None) -> None:
    """Raises StatecraftError naming what there is, if nothing on record has what was asked for."""
    if asked is None:
        return
    held = run_query(
        settings,
        current(settings).database,
        f"select distinct {column} from policy_events.timeline where {column} is not null order by 1",
    )[column].to_list()
    if asked.lower() not in (value.lower() for value in held):
        raise StatecraftError(f"No event has {column} {asked!r}.", f"On record: {', '.join(held)}.")


def action(
    act: Annotated[str, typer.Argument(help="Id or document number of the act, or a part of one: 14257, 2025-19001.")],
    format: Annotated[LifeForm, typer.Option(help="text prints; json goes to stdout.")] = LifeForm.text,
) -> None:
    """Tell the life of an act: what it provides, what became of it on both clocks, trade touched, documents.

    Example: statecraft action US-EO-14257
    """
    settings = load_settings()
    database = current(settings).database

    def ask(query: str) -> pl.DataFrame:
        return run_query(settings, database, query)

    life = life_of(ask, find(ask, act))
    if format is LifeForm.json:
        print(json.dumps({name: frame.to_dicts() for name, frame in life.items()}, indent=2, default=_plain))
        return
    _print_head(life["act"])
    for name, heading in HEADINGS.items():
        if not life[name].is_empty():
            console.print(f"\n[bold]{heading}[/bold]")
            print_frame(console, life[name], rows=life[name].height)


def _print_head(act: pl.DataFrame) -> None:
    [row] = act.to_dicts()
    console.print(f"[bold]{row['action_id']}[/bold] {row['title']}", highlight=False)
    made = [row["issuer"], row["administration"], row["authority"], row["document_kind"], row["instrument"]]
    console.print(f"  {', '.join(word for word in made if word)}: {row['direction']}", highlight=False, markup=False)
    days = [f"{name.removesuffix('_on').replace('_', ' ')} {row[name]}" for name in DATES if row[name]]
    console.print(f"  {' · '.join(days)}", highlight=False, markup=False)
    read = f"  Read in: {row['evidence']}" + ("" if row["is_confirmed"] else " (not confirmed by a document)")
    console.print(read, highlight=False, markup=False)
    if row["source_url"]:
        console.print(f"  {row['source_url']}", highlight=False, markup=False, soft_wrap=True)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
