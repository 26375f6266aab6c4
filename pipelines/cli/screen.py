"""The command that holds a user's own names against the lists.

Belongs here: what a person types and sees. Does not belong here: reading the file and matching (screening/).
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from pipelines.cli.bar import bar
from pipelines.cli.look import print_frame
from pipelines.errors import StatecraftError
from pipelines.flat import flat
from pipelines.progress import counted, log, step
from pipelines.query import run_query
from pipelines.release import current
from pipelines.screening.asked import Asked, read_asked
from pipelines.screening.listed import listed_names, lists_without_entry
from pipelines.screening.screen import LEAST_SCORE, MOST_ENTRIES, screen, with_country_codes
from pipelines.settings import Settings, load_settings

console = Console()
#: What a terminal shows of a match; csv and json hold every column.
SHOWN = ["row", "asked_name", "score", "list_code", "matched_name", "name_kind", "entity_name", "country_code"]
SHOWN += ["citation", "listed_from", "listed_to", "status", "is_scheduled"]


class Form(StrEnum):
    """How matches are written."""

    table = "table"
    csv = "csv"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command(name="screen")(screen_file)


def screen_file(
    file: Annotated[
        Path, typer.Argument(help="CSV with a column of names, and perhaps one of countries.", metavar="FILE")
    ],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Listed on this day; today where not given.")
    ] = None,
    known_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As known on this day; today where not given.")
    ] = None,
    with_affiliates: Annotated[
        bool, typer.Option("--with-affiliates", help="Also entities that listed parties own, and through which party.")
    ] = False,
    least_score: Annotated[
        float, typer.Option(min=0.7, max=1.0, help="Tell matches at least this alike; 1 is the same text.")
    ] = LEAST_SCORE,
    most: Annotated[int, typer.Option(min=1, help="Entries told of one name at most.")] = MOST_ENTRIES,
    column: Annotated[str | None, typer.Option(help="Heading of the column of names; guessed where not given.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Encoding of the file, e.g. cp1252; UTF-8 if not given.")] = None,
    format: Annotated[Form, typer.Option(help="table prints; csv and json hold every column.")] = Form.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of stdout.")] = None,
) -> None:
    """Screen a file of names against every list: who is listed, where, by which rule, since and until when.

    Case, signs, accents, script, order of words, legal forms and most typing errors hide no name. A score says how
    alike two names are, not how likely it is the same party: look at each match, with its country and addresses
    (core.fct_list_entry). A country in your file puts matches of that country first and hides none.

    [bold]1[/bold] the same text · [bold]from 0.98[/bold] the same but for legal form and order of words ·
    [bold]from 0.9[/bold] a letter or two · [bold]from 0.85[/bold] near. Names of fewer than seven letters are found
    with a typing error only below that. How many are found, and how many false: docs/methods/screening.md.

    Examples:

    statecraft screen customers.csv

    statecraft screen suppliers.csv --column "Legal name" --on 2025-09-29 --with-affiliates -o matches.csv
    """
    settings = load_settings()
    database = current(settings).database
    _refuse_own_file(file, output)
    asked = read_asked(file, column, encoding)
    day, known = on.date() if on else date.today(), known_on.date() if known_on else date.today()

    def ask(query: str) -> pl.DataFrame:
        return run_query(settings, database, query)

    _tell_of(asked, file)
    if known_on and with_affiliates:
        log.info("What entries own is told as known today, not on %s: ownership has no second clock.", known)
    names = with_country_codes(ask, asked.names)
    listed = listed_names(ask, day, known, with_affiliates)
    lists = listed["list_code"].n_unique()
    log.info(
        "Listed on %s, as known on %s: %s of %s", day, known, counted(listed.height, "name"), counted(lists, "list")
    )
    if absent := lists_without_entry(ask, day, known):
        log.info("No entry on that day, for they or their editions at hand begin later: %s", ", ".join(absent))
    found = _screened(names, listed, least_score, most, settings)
    _write(found, format, output)
    if format is Form.table and output is None and found.is_empty():
        console.print(
            f"No name of {file} is listed on {day} with a score of at least {least_score:g}.", highlight=False
        )


def _refuse_own_file(file: Path, output: Path | None) -> None:
    if output is not None and output.exists() and file.exists() and output.samefile(file):
        raise StatecraftError(f"{output} is the file to screen.", "Name another file for the matches.")


def _tell_of(asked: Asked, file: Path) -> None:
    where = f"column {asked.column!r}" if asked.column else "the only column, without a heading"
    countries = f", countries in {asked.country_column!r}" if asked.country_column else ""
    blank = f"; {counted(asked.blank_rows, 'row')} without a name left out" if asked.blank_rows else ""
    log.info("%s: %s in %s%s%s", file, counted(asked.names.height, "name"), where, countries, blank)


def _screened(
    names: pl.DataFrame, listed: pl.DataFrame, least_score: float, most: int, settings: Settings
) -> pl.DataFrame:
    with step("screened") as words, bar("screening") as shown:
        task = shown.add_task("screening", total=names["name"].n_unique())
        found = screen(
            names,
            listed,
            least_score=least_score,
            most_entries=most,
            workers=settings.threads,
            tell=lambda done: shown.update(task, completed=done),
        )
        words += [counted(names.height, "name"), f"{found['row'].n_unique():,} near a listed one"]
    return found


def _write(found: pl.DataFrame, form: Form, output: Path | None) -> None:
    if form is Form.table and output is None:
        if not found.is_empty():
            extra = [name for name in ("rule_code", "ownership_share", "path") if name in found.columns]
            print_frame(console, found.select(*SHOWN, *extra))
        return
    stream = output.open("wb") if output else sys.stdout.buffer
    if form is Form.json:
        stream.write(found.write_json().encode() + b"\n")
    else:
        flat(found).write_csv(stream)
    stream.flush()
