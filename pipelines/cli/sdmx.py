"""The command `statecraft sdmx`: series of trade and tariffs for programs that speak SDMX.

Belongs here: what a person types, and where the files go. Does not belong here: the series (export/sdmx.py).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.errors import StatecraftError
from pipelines.export import sdmx as series
from pipelines.export import sdmx_structure
from pipelines.files import whole_file
from pipelines.own_limits import bounded_memory
from pipelines.release import current
from pipelines.settings import load_settings

console = Console(stderr=True)


class FlowName(StrEnum):
    """Which series."""

    trade = "trade"
    tariff = "tariff"


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(sdmx)


def sdmx(
    flow: Annotated[FlowName, typer.Argument(help="Reported trade, or effective tariff rates by month.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write; else sdmx-FLOW here.", file_okay=False)
    ] = None,
    where: Annotated[
        str | None, typer.Option(help="Only these series and periods, in SQL on SDMX names: \"PARTNER = 'CN'\".")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(help="Trade at six digits of one edition: HS2012, HS2017, HS2022.")
    ] = None,
    known_on: Annotated[
        datetime | None, typer.Option(help="Trade as reported on this day, else today.", formats=["%Y-%m-%d"])
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds the query may take.")] = 600.0,
) -> None:
    """Write series as SDMX-CSV 2.0, with their structure (SDMX-ML 3.0): ISO 3166 areas, HS editions as codes.

    Example: statecraft sdmx trade --edition HS2022 --where "PARTNER = 'CN' and FLOW = 'M'"
    """
    settings = load_settings()
    found = current(settings)
    if flow is FlowName.trade:
        asked = series.trade(settings, found, known_on.date() if known_on else date.today(), edition)
    elif edition or known_on:
        raise StatecraftError("--edition and --known-on are for trade.", "Leave them out.")
    else:
        asked = series.tariff(settings, found)
    target = output or Path(f"sdmx-{flow}")
    with bounded_memory(settings), whole_file(target / f"{flow}.csv") as file:
        rows = series.write(settings, found, asked, file, where, timeout)
    with whole_file(target / "structure.xml") as file:
        sdmx_structure.write(asked, file, found.created_at)
    console.print(
        f"Wrote {target}: {rows:,} values of {asked.reference} and their structure, of build {found.build_id}.",
        highlight=False,
        soft_wrap=True,
    )
