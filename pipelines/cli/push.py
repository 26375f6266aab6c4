"""The command that copies a release to a server: `statecraft push`.

Belongs here: what a person types and sees. Does not belong here: how it is copied (postgres/).
"""

from __future__ import annotations

import re
from typing import Annotated

import typer
from rich.console import Console

from pipelines.errors import StatecraftError
from pipelines.release import current
from pipelines.settings import load_settings

console = Console()
_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,19}|")


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command(name="push")(push_release)


def push_release(
    address: Annotated[
        str,
        typer.Argument(help="postgresql://user@host:port/database. The password comes from PGPASSWORD or ~/.pgpass."),
    ],
    schema_prefix: Annotated[
        str, typer.Option(help="What the schemas' names begin with there: sc_ makes sc_core, sc_policy_events …")
    ] = "",
    tables: Annotated[
        list[str] | None,
        typer.Option(help='Table or pattern, "core.*"; repeatable. The copy then holds these tables only.'),
    ] = None,
    reader: Annotated[
        list[str] | None, typer.Option(help="Role that may read the copy and nothing else; repeatable, remembered.")
    ] = None,
) -> None:
    """Copy the latest release into PostgreSQL 14 or later: what changed, seen whole or not yet.

    Example: statecraft push postgresql://loader@db.example/trade --reader analyst
    """
    from pipelines.postgres.address import Address  # noqa: PLC0415 (most commands speak to no server)
    from pipelines.postgres.push import MEGABYTE, push  # noqa: PLC0415

    if not _PREFIX.fullmatch(schema_prefix):
        raise StatecraftError("The prefix must be small letters, digits and _, at most 20.", "Try sc_.")
    settings, where = load_settings(), Address.read(address)
    done = push(settings, current(settings), where, schema_prefix, tables or (), reader or ())
    if done.was_there:
        words = f"{where.shown}: release {done.build_id} is already there."
    else:
        copied = f"{len(done.copied)} of {done.tables} tables copied"
        size = f"{done.copied_rows:,} of {done.rows:,} rows, {done.sent_bytes / MEGABYTE:,.0f} MB"
        words = f"{where.shown}: release {done.build_id} is shown; {copied} ({size}) in {done.seconds:.1f} s."
    console.print(words, highlight=False, soft_wrap=True, markup=False)
    if done.left:
        console.print(f"Left for the next push, still being read: {done.left} old tables.", highlight=False)
