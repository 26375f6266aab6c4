"""The command line: what a person types and sees.

Belongs here: the app and what exit codes mean. Does not belong here: work; each command calls one of the rooms.
"""

from __future__ import annotations

import logging
import sys

import typer
from rich.console import Console

from pipelines.cli import (
    backfill,
    bi,
    dashboard,
    dev,
    explain,
    export,
    ledger,
    look,
    plot,
    push,
    refresh,
    scenario,
    screen,
    sdmx,
    serve,
    status,
    verify,
)
from pipelines.errors import BusyError, FetchError, QueryError, StatecraftError, StorageError
from pipelines.release import NoReleaseError
from pipelines.settings import load_settings
from pipelines.storage import in_words

EXIT_CODES = """
Exit codes: 0 done (or nothing new) · 1 a gate refused or a step failed, the last release stands · 2 wrong usage ·
3 another refresh holds the warehouse · 4 a publisher could not be reached or said no · 5 there is no release yet ·
6 the query was refused or failed · 7 the disk is full or may not be written
"""

app = typer.Typer(
    name="statecraft",
    help="An open warehouse of economic statecraft: tariffs, export controls and company lists, what was known when, "
    "and what trade did next.\n\nStart with [bold]statecraft refresh[/bold], then "
    '[bold]statecraft sql "select * from core.dim_partner limit 5"[/bold].',
    epilog=EXIT_CODES,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
refresh.register(app)
backfill.register(app)
status.register(app)
look.register(app)
explain.register(app)
screen.register(app)
scenario.register(app)
ledger.register(app)
plot.register(app)
dashboard.register(app)
push.register(app)
bi.register(app)
export.register(app)
sdmx.register(app)
serve.register(app)
verify.register(app)
dev.register(app)


def main() -> None:
    """Run the app; turn known errors into words and exit codes."""
    console = Console(stderr=True)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", datefmt="%H:%M:%S"))
    logger = logging.getLogger("statecraft")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        app()
    except Exception as raised:
        error = raised if isinstance(raised, StatecraftError) else in_words(load_settings(), raised)
        if error is None:
            raise
        console.print("[red]Stopped:[/red]", end=" ")
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        sys.exit(exit_code(error))


def exit_code(error: StatecraftError) -> int:
    """What the command line ends with after this error (EXIT_CODES)."""
    codes: list[tuple[type[StatecraftError], int]] = [
        (BusyError, 3),
        (FetchError, 4),
        (NoReleaseError, 5),
        (QueryError, 6),
        (StorageError, 7),
    ]
    return next((code for kind, code in codes if isinstance(error, kind)), 1)
