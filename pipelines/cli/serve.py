"""The command that leaves the warehouse to itself: Dagster's daemon and UI, schedules and sensors on.

Belongs here: what a person types and sees. Does not belong here: keeping processes running (service/supervisor.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines import orchestrate
from pipelines.cli.refresh import source_named
from pipelines.contract import all_specs
from pipelines.errors import BusyError
from pipelines.files import locked, replace_file
from pipelines.listening import HERE, bound, free_port, is_loopback
from pipelines.manifest import dbt_environment, prepare_manifest
from pipelines.service.supervisor import Program, Supervisor
from pipelines.settings import PROJECT_ROOT, Settings, load_settings

console = Console(stderr=True)
#: What the code server loads.
MODULE = "pipelines.definitions"
#: Dagster keeps what schedules and sensors have seen under the location's name: it must outlive the port.
WORKSPACE = """\
# Written by statecraft serve.
load_from:
  - grpc_server: {{host: "{host}", port: {port}, location_name: statecraft}}
"""


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(serve)


def serve(
    port: Annotated[int, typer.Option(help="Port of Dagster's UI on this machine.", min=1, max=65535)] = 3000,
    host: Annotated[
        str, typer.Option(help="Address of the UI; loopback unless told otherwise. The UI asks nobody who they are.")
    ] = HERE,
    ui: Annotated[bool, typer.Option(help="Also serve Dagster's UI.")] = True,
    only: Annotated[
        list[str] | None, typer.Option(help="Ask only this source by itself; may be given several times.")
    ] = None,
) -> None:
    """Keep the warehouse fresh: ask each publisher by its calendar, gate, build, publish, and say what fails.

    Runs until it is stopped (Ctrl-C, SIGTERM); `docs/operations.md` says how to leave it to systemd.
    """
    settings, names = load_settings(), only or []
    for name in names:
        source_named(name)
    orchestrate.prepare_home(settings)
    with only_one_service(settings):
        _serve(settings, host, port, ui, names)


@contextmanager
def only_one_service(settings: Settings) -> Iterator[None]:
    """Two services would ask every publisher twice. Raises BusyError naming the process that serves already."""
    handle = locked(settings.dagster_home / ".service.lock")
    if isinstance(handle, str):
        raise BusyError(
            f"Another `statecraft serve` looks after this warehouse (process {handle}).", "Stop it first, or let it be."
        )
    try:
        yield
    finally:
        os.close(handle)


def _serve(settings: Settings, host: str, port: int, ui: bool, names: Sequence[str]) -> None:
    import dagster as dg  # noqa: PLC0415 (seconds to import)

    from pipelines.service.watch import SERVING, SERVING_ONLY, end_abandoned  # noqa: PLC0415

    if ui:
        bound(host, port).close()  # said now, not by a process that would be started again and again
    prepare_manifest(settings)
    with dg.DagsterInstance.get() as instance:
        end_abandoned(settings, instance, after_seconds=0)
    code_port = free_port()
    workspace = settings.dagster_home / "service" / "workspace.yaml"
    replace_file(workspace, WORKSPACE.format(host=HERE, port=code_port).encode())
    supervisor = Supervisor(
        programs(workspace, host, port, code_port, ui),
        logs=settings.dagster_home / "service",
        environment={**dbt_environment(settings), SERVING: "1", SERVING_ONLY: " ".join(names)},
    )
    _announce(settings, host, port, ui, names)
    supervisor.run()
    console.print("Stopped.")


def programs(workspace: Path, host: str, port: int, code_port: int, ui: bool) -> dict[str, Program]:
    """The service's processes: one holds the code, for the other two, which find it by the workspace."""
    here = [HERE, "--port", str(code_port)]
    module = ["--module-name", MODULE, "--working-directory", str(PROJECT_ROOT)]
    code = ["--workspace", str(workspace)]
    python = [sys.executable, "-m"]
    found = {
        "code": Program([*python, "dagster", "api", "grpc", *module, "--host", *here]),
        "daemon": Program([*python, "dagster._daemon", "run", *code], after=code_port),
    }
    if ui:
        served = ["--host", host, "--port", str(port)]
        found["ui"] = Program([*python, "pipelines.service.ui", *served, *code], after=code_port)
    return found


def _announce(settings: Settings, host: str, port: int, ui: bool, only: Sequence[str]) -> None:
    from pipelines.service.alerts import channels  # noqa: PLC0415 (most commands tell nobody)

    asked = ", ".join(only) or f"{len(all_specs())} sources"
    console.print(f"Serving {settings.home}: {asked}, each asked by its publisher's calendar.")
    if ui:
        console.print(f"Dagster's UI: http://{host}:{port}", highlight=False)
        if not is_loopback(host):
            console.print("It listens beyond this machine, and asks nobody who they are: put it behind what does.")
    told = ", ".join(channels()) or "nobody (set STATECRAFT_ALERT_EMAIL or STATECRAFT_ALERT_WEBHOOK)"
    console.print(f"What fails is told by: {told}.", highlight=False)
    console.print(f"Words of the processes: {settings.dagster_home / 'service'}", highlight=False)
