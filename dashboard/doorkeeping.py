"""Who is let in, and what every answer carries: names of this host, lengths of addresses, rules for the browser.

Belongs here: what holds for any request. Does not belong here: what is answered.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.listening import host_of

#: Beyond this an address is no question.
LONGEST_ADDRESS = 2_000
#: A page of this server may load from it alone, run no script but its files, and be framed by nobody.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Doorkeeper:
    """Lets requests in that are addressed to this host, and gives every answer the rules for the browser.

    A page of elsewhere can point a name of its own at the loopback address and read what is served there, unless the
    server looks at the name it was asked by.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
            await send(message)

        refusal = self._refusal(scope)
        app = PlainTextResponse(refusal[1], refusal[0]) if refusal else self._app
        await app(scope, receive, answer)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        if self._hosts and host_of(Headers(scope=scope).get("host", "")) not in self._hosts:
            return (
                421,
                "This server is not known by that name. Open it by the address it printed when it was started.\n",
            )
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, "This address is too long to be a question to this server.\n"
        return None
