"""Dagster's UI behind a door: it answers its own pages on this machine, and nobody else's.

Belongs here: who may ask the UI. Does not belong here: what it serves, which is Dagster's.

The UI asks nobody who they are, and can start and end runs. A page of elsewhere, open in a browser on this machine,
could otherwise do so: by a name of its own that it points at the loopback address, or over a socket. A proxy that asks
who somebody is has a name of its own, which the door must know: STATECRAFT_UI_NAMES, with commas.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pipelines.listening import HERE, LOOPBACK_NAMES, host_of, names_of

NAMES = "STATECRAFT_UI_NAMES"
#: What Dagster's command calls to make the server.
_MAKER = "create_app_from_workspace_process_context"


class OwnPagesOnly:
    """Lets in what is addressed to a name of this server, and what its own pages send.

    hosts: names it answers to; any where none is given. A browser says where a page comes from that sends something or
    opens a socket (Origin); that must be the server itself, by the name it was asked by or another of its own.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._is_let_in(scope, Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            words = "This server answers its own pages only. Open it by the address it printed when it was started.\n"
            await PlainTextResponse(words, 421)(scope, receive, send)

    def _is_let_in(self, scope: Scope, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        if self._hosts and host_of(host) not in self._hosts:
            return False
        # What an address asks for can be sent by any page, as a picture say, and bears no origin.
        if scope.get("method") == "GET" and scope["path"].endswith("/graphql") and scope["query_string"]:
            return False
        is_link = headers.get("sec-fetch-mode", "navigate") == "navigate"
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not is_link:
            return False
        if origin is None:
            return True
        netloc = urlsplit(origin).netloc.lower()
        return netloc == host.lower() or host_of(netloc) in self._hosts


def main(arguments: Sequence[str]) -> None:
    """Run Dagster's webserver with these arguments of its own, behind the door."""
    from dagster_webserver import cli  # noqa: PLC0415 (seconds to import)

    named = [name.strip() for name in os.environ.get(NAMES, "").split(",") if name.strip()]
    if named:  # who looks whether it lives asks by a name of loopback
        named += LOOPBACK_NAMES
    host = arguments[arguments.index("--host") + 1] if "--host" in arguments else HERE
    make = getattr(cli, _MAKER)

    def behind_the_door(*given: Any, **others: Any) -> OwnPagesOnly:
        return OwnPagesOnly(make(*given, **others), (*names_of(host), *named))

    setattr(cli, _MAKER, behind_the_door)
    cli.cli(list(arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
