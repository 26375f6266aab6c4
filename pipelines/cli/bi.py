"""Commands for BI tools: `statecraft bi superset`.

Belongs here: what a person types and sees. Does not belong here: what a tool is given (bi/).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.bi.superset import write_bundle
from pipelines.headlines import headlines
from pipelines.query import run_query
from pipelines.release import current
from pipelines.release_tables import DATABASE
from pipelines.settings import load_settings

console = Console()
app = typer.Typer(name="bi", help="What BI tools import: see docs/bi/README.md.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `superset` a word of its own while there is one command."""


def register(parent: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    parent.add_typer(app)


@app.command()
def superset(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write, .zip.", dir_okay=False)] = Path(
        "statecraft-superset.zip"
    ),
    postgres: Annotated[
        str | None,
        typer.Option(
            help="postgresql://reader@host:port/database of a pushed copy; the released file where not given."
        ),
    ] = None,
) -> None:
    """Write a dashboard of the headline numbers that Apache Superset 6 imports. It holds no password.

    Example: statecraft bi superset -o statecraft-superset.zip
    """
    settings = load_settings()
    release = current(settings)
    uri = _duckdb_uri(settings.releases / "latest" / DATABASE) if postgres is None else _postgres_uri(postgres)
    described = {h.name: run_query(settings, release.database, f"describe {h.sql}") for h in headlines()}
    kinds = {name: dict(zip(d["column_name"], d["column_type"], strict=True)) for name, d in described.items()}
    count = write_bundle(output, uri, kinds)
    console.print(f"{output}: {count} charts over {uri}", highlight=False, soft_wrap=True, markup=False)


def _duckdb_uri(database: Path) -> str:
    """`latest` stays a link in it: the next release is read as soon as it is there."""
    return f"duckdb:///{database.absolute()}?access_mode=read_only"


def _postgres_uri(url: str) -> str:
    from pipelines.postgres.address import Address  # noqa: PLC0415 (most commands speak to no server)

    Address.read(url)  # refuses a password
    return "postgresql+psycopg2://" + url.partition("://")[2]
