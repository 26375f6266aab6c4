"""How each fault of a publisher looks on the wire.

Belongs here: one function a fault; each is given the request's handler and the answer that should have been sent.
Does not belong here: when a fault happens (publisher.py).
"""

from __future__ import annotations

import gzip
import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from tests.faults.publisher import Reply, _Handler

_PAGE = "<!DOCTYPE html><html><head><title>Down for maintenance</title></head><body>Back at noon.</body></html>"
#: Longer than any test: a stalled answer ends when the publisher closes.
_LONG_SECONDS = 30.0

Fault = Callable[["_Handler", str, "Reply", dict[str, Any]], None]


def _begin(handler: _Handler, reply: Reply) -> None:
    headers = {**reply.headers, "Content-Length": str(len(reply.body))}
    handler.head(reply.status, reply.content_type, headers)
    handler.close_connection = True


def cut_off(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Declares the whole length, sends a part (option `share`, default half), hangs up."""
    _begin(handler, reply)
    handler.wfile.write(reply.body[: int(len(reply.body) * options.get("share", 0.5))])


def cut_off_chunked(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends one chunk of a chunked body and never the end mark."""
    handler.head(reply.status, reply.content_type, {**reply.headers, "Transfer-Encoding": "chunked"})
    _chunk(handler, reply.body[: len(reply.body) // 2])
    handler.close_connection = True


def hang_up(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Closes the connection without a word."""
    handler.close_connection = True


def stall(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends a part, then nothing, and keeps the line open."""
    _begin(handler, reply)
    handler.wfile.write(reply.body[: len(reply.body) // 2])
    handler.publisher.closing.wait(_LONG_SECONDS)


def trickle(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends the body byte by byte, `pause` seconds apart: never silent, never done."""
    handler.head(reply.status, reply.content_type, {"Content-Length": str(1 << 20)})
    handler.close_connection = True
    while not handler.publisher.closing.wait(options.get("pause", 0.02)):
        handler.wfile.write(b" ")


def trickle_header(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends a header line that never ends."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Patience: ")
    handler.close_connection = True
    while not handler.publisher.closing.wait(options.get("pause", 0.02)):
        handler.wfile.write(b"x")


def oversized(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends a body without an end."""
    handler.head(200, reply.content_type, {"Transfer-Encoding": "chunked"})
    handler.close_connection = True
    while not handler.publisher.closing.is_set():
        _chunk(handler, b"[" * 65_536)


def bomb(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends a small gzip body that unpacks to `megabytes`."""
    packed = gzip.compress(b"[" * (options.get("megabytes", 20) << 20), compresslevel=1)
    handler.send(200, packed, reply.content_type, {"Content-Encoding": "gzip"})


def content(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends something else (options `body`, `content_type`): a changed header, another format."""
    handler.send(200, options["body"], options.get("content_type", reply.content_type), {})


def empty_204(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Says there is nothing."""
    handler.send(204, b"", reply.content_type, {})


def html_instead(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends a friendly page with status 200 (option `content_type`)."""
    handler.send(200, _PAGE.encode(), options.get("content_type", "text/html; charset=utf-8"), {})


def redirect_loop(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends everyone back to where they came from, query and all."""
    handler.send(302, b"", "text/html", {"Location": target})


def redirect_on_and_on(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends everyone to a new address each time."""
    hop = int(parse_qs(urlsplit(target).query).get("hop", ["0"])[0])
    handler.send(302, b"", "text/html", {"Location": f"{urlsplit(target).path}?hop={hop + 1}"})


def redirect_to(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Sends everyone to option `to`, with option `status`; `with_query` hands the query on, keys included."""
    query = f"?{urlsplit(target).query}" if options.get("with_query") else ""
    handler.send(options.get("status", 302), b"", "text/html", {"Location": options["to"] + query})


def echo_query(handler: _Handler, target: str, reply: Reply, options: dict[str, Any]) -> None:
    """Refuses, and prints the query it was sent, keys included (option `status`)."""
    values = {name: value for name, (value, *_) in parse_qs(urlsplit(target).query).items()}
    shown = html.escape(f"{values} {target}")
    page = f"<html><style>p {{}}</style><p>Your request <b>{shown}</b> is not valid.</p></html>"
    handler.send(options.get("status", 403), page.encode(), "text/html", {"X-Echo": target})


def _chunk(handler: _Handler, piece: bytes) -> None:
    handler.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))


FAULTS: dict[str, Fault] = {
    "cut_off": cut_off,
    "cut_off_chunked": cut_off_chunked,
    "hang_up": hang_up,
    "stall": stall,
    "trickle": trickle,
    "trickle_header": trickle_header,
    "oversized": oversized,
    "bomb": bomb,
    "content": content,
    "empty_204": empty_204,
    "html_instead": html_instead,
    "redirect_loop": redirect_loop,
    "redirect_on_and_on": redirect_on_and_on,
    "redirect_to": redirect_to,
    "echo_query": echo_query,
}
