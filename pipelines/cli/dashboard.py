"""The command that serves the dashboard.

Belongs here: what a person types and sees. Does not belong here: pages (dashboard/).
"""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from typing import Annotated

import typer
from rich.console import Console

from pipelines.listening import bound, is_loopback, names_of
from pipelines.settings import load_settings

console = Console()
PORT = 8501
#: When pages are made ahead that nobody has asked for yet: not while the first one is on its way to the screen.
WARM_AFTER_SECONDS = 5.0


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(dashboard)


def dashboard(
    host: Annotated[str, typer.Option(help="Address to listen on; loopback unless told otherwise.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port on this machine.", min=1, max=65535)] = PORT,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A host name it answers to when it listens beyond loopback; may be given several times."),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open it in the browser.")] = True,
) -> None:
    """Open the dashboard: what the latest release answers, as pages with addresses.

    Nothing it shows is asked from elsewhere, and nothing is written. Stop it with Ctrl-C.
    """
    import uvicorn  # noqa: PLC0415 (slow to load, and of no use to other commands)

    from dashboard.app import make_app  # noqa: PLC0415 (see above)

    is_local = is_loopback(host)
    listening = bound(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    app = make_app(load_settings(), names_of(host, name or ()))
    shown = app.state.dashboard
    shown.warm(shown.pages[:1])
    console.print(f"Statecraft is at [bold]{address}[/bold]  (Ctrl-C stops it)", highlight=False, soft_wrap=True)
    if not is_local:
        console.print(
            "[yellow]Anybody who reaches this machine can read it[/yellow]: there is no password and no encryption. "
            "Put a proxy with both before it (docs/dashboard.md).",
            highlight=False,
            soft_wrap=True,
        )
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    )
    later = threading.Timer(WARM_AFTER_SECONDS, shown.warm, (shown.pages[1:],))
    later.daemon = True
    later.start()
    if browser and is_local and has_screen():
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    server.run(sockets=[listening])


def has_screen() -> bool:
    """Whether there is a screen to open a browser on: where there is none, a browser would take over the terminal."""
    return sys.platform in ("darwin", "win32") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))
