"""The command that opens Dagster's UI on this warehouse."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from pipelines import orchestrate
from pipelines.manifest import dbt_environment
from pipelines.settings import PROJECT_ROOT, load_settings


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(dev)


def dev(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 3000,
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless told otherwise.")] = "127.0.0.1",
) -> None:
    """Open Dagster's UI: the asset graph by layer, checks, runs, schedules."""
    settings = load_settings()
    orchestrate.prepare_home(settings)
    os.environ.update(dbt_environment(settings))
    workspace = PROJECT_ROOT / "workspace.yaml"
    command = [sys.executable, "-m", "dagster", "dev", "--workspace", str(workspace)]
    os.chdir(PROJECT_ROOT)
    os.execv(sys.executable, [*command, "--host", host, "--port", str(port)])
