"""A publisher on the loopback: serves what it is given, remembers what it was asked, and misbehaves on demand.

Belongs here: HTTP as publishers speak it (validators, ranges, packing) and the switchboard of faults.
Does not belong here: how a fault looks on the wire (misbehaviour.py), any publisher's format (publishers_formats.py).
"""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.faults.misbehaviour import FAULTS

FOREVER = 1_000_000


@dataclass(frozen=True)
class Asked:
    """One request as it arrived. headers have lower-case names; every query parameter is a list."""

    path: str
    params: dict[str, list[str]]
    headers: dict[str, str]
    target: str

    def first(self, name: str) -> str:
        """First value of a query parameter, "" if it was not sent."""
        return self.params.get(name, [""])[0]


@dataclass(frozen=True)
class Reply:
    """What goes back: body as it travels, and headers besides Content-Length."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


Content = bytes | str | Callable[[Asked], "Reply"]


@dataclass(frozen=True)
class _Route:
    content: Content
    content_type: str
    headers: dict[str, str]
    ranges: bool
    packed: bool

    def reply(self, asked: Asked) -> Reply:
        if callable(self.content):
            made = self.content(asked)
            plain = replace(made, headers={**self.headers, **made.headers})
        else:
            body = self.content.encode() if isinstance(self.content, str) else self.content
            plain = Reply(body, content_type=self.content_type, headers=dict(self.headers))
        if plain.status != 200:
            return plain
        if self.packed and "gzip" in asked.headers.get("accept-encoding", ""):
            headers = {**plain.headers, "Content-Encoding": "gzip"}
            plain = replace(plain, body=gzip.compress(plain.body, mtime=0), headers=headers)
        return self._part(asked, self._not_modified(asked, plain))

    @staticmethod
    def _not_modified(asked: Asked, plain: Reply) -> Reply:
        tag, modified = plain.headers.get("ETag"), plain.headers.get("Last-Modified")
        same_tag = tag is not None and asked.headers.get("if-none-match") == tag
        same_date = "if-none-match" not in asked.headers and modified is not None
        if same_tag or (same_date and asked.headers.get("if-modified-since") == modified):
            return replace(plain, status=304, body=b"")
        return plain

    def _part(self, asked: Asked, plain: Reply) -> Reply:
        if not self.ranges or plain.status != 200:
            return plain
        plain = replace(plain, headers={**plain.headers, "Accept-Ranges": "bytes"})
        wanted = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
        still_same = asked.headers.get("if-range") in (plain.headers.get("ETag"), plain.headers.get("Last-Modified"))
        if wanted is None or not still_same:
            return plain
        start, size = int(wanted[1]), len(plain.body)
        if start >= size:
            return replace(plain, status=416, body=b"", headers={"Content-Range": f"bytes */{size}"})
        stated = {"Content-Range": f"bytes {start}-{size - 1}/{size}"}
        return replace(plain, status=206, body=plain.body[start:], headers={**plain.headers, **stated})


@dataclass
class _Fault:
    path: str
    kind: str
    left: int
    when: Callable[[Asked], bool]
    options: dict[str, Any]

    def meets(self, asked: Asked) -> bool:
        return fnmatchcase(asked.path, self.path) and self.when(asked)


def _always(asked: Asked) -> bool:
    return True


class Publisher:
    """`with Publisher() as publisher:` listens on 127.0.0.1 until the block ends, stalled answers included."""

    def __init__(self) -> None:
        self.closing = threading.Event()
        self._routes: list[tuple[str, _Route]] = []
        self._faults: list[_Fault] = []
        self._asked: list[Asked] = []
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"publisher": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.005,), daemon=True)

    def __enter__(self) -> Publisher:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        if self._server.failures and error is None:
            raise self._server.failures[0]

    def url(self, path: str = "") -> str:
        """The full address of a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def register(
        self,
        path: str,
        content: Content,
        content_type: str = "application/json",
        headers: dict[str, str] | None = None,
        *,
        ranges: bool = False,
        packed: bool = False,
    ) -> None:
        """Serve `content` (or what it makes of the request) at `path` ("*" matches anything); the latest wins.

        Validators are the ETag and Last-Modified in `headers`; ranges: answers Range; packed: gzip on the way.
        """
        with self._lock:
            self._routes.insert(0, (path, _Route(content, content_type, headers or {}, ranges, packed)))

    def fault(
        self, path: str, kind: str, times: int = FOREVER, when: Callable[[Asked], bool] | None = None, **options: Any
    ) -> None:
        """Misbehave at `path` for the next `times` requests (`when`: only for those it says yes to).

        kind: a status ("429", ...) or one of FAULTS.  options: what the fault reads; for a status, headers and `body`.
        """
        if kind not in FAULTS and not kind.isdigit():
            raise ValueError(f"no such fault: {kind}; there are: {', '.join(FAULTS)} and any status number")
        with self._lock:
            self._faults.append(_Fault(path, kind, times, when or _always, options))

    def heal(self) -> None:
        """Misbehave no more."""
        with self._lock:
            self._faults.clear()

    def asked(self, path: str = "*") -> list[Asked]:
        """The requests received so far at `path`, in order."""
        with self._lock:
            return [request for request in self._asked if fnmatchcase(request.path, path)]

    def _take(self, asked: Asked) -> tuple[_Route | None, _Fault | None]:
        """The route and the fault for a request, which is remembered; the fault is used up once."""
        with self._lock:
            self._asked.append(asked)
            route = next((r for path, r in self._routes if fnmatchcase(asked.path, path)), None)
            fault = next((f for f in self._faults if f.left > 0 and f.meets(asked)), None)
            if fault is not None:
                fault.left -= 1
            return route, fault


class _Server(ThreadingTCPServer):
    """Keeps what went wrong in a handler, so that a mistake in a test's content fails the test."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.failures: list[BaseException] = []

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    publisher: Publisher
    protocol_version = "HTTP/1.1"
    #: Else every small body waits 40 ms for the acknowledgement of its header.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        split = urlsplit(self.path)
        params = parse_qs(split.query, keep_blank_values=True)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(split.path, params, headers, self.path)
        route, fault = self.publisher._take(asked)
        missing = Reply(b"<html><body>Page not found</body></html>", 404, "text/html")
        reply = route.reply(asked) if route else missing
        try:
            if fault is None:
                self.send(reply.status, reply.body, reply.content_type, reply.headers)
            elif fault.kind.isdigit():
                words = str(fault.options.get("body", f"<html><h1>{fault.kind}</h1></html>"))
                extra = {name.replace("_", "-"): str(v) for name, v in fault.options.items() if name != "body"}
                self.send(int(fault.kind), words.encode(), "text/html", extra)
            else:
                FAULTS[fault.kind](self, asked.target, reply, fault.options)
        except ConnectionError:
            # The client hung up, which is what most of these tests are about.
            self.close_connection = True

    def head(self, status: int, content_type: str, headers: dict[str, str]) -> None:
        """Status line and headers; with a `Date` among them, in place of this machine's."""
        if "Date" in headers:
            self.send_response_only(status)
        else:
            self.send_response(status)
        for name, value in {"Content-Type": content_type, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, status: int, body: bytes, content_type: str, headers: dict[str, str]) -> None:
        """A whole, honest answer."""
        has_body = status not in (204, 304)
        length = {"Content-Length": str(len(body))} if has_body else {}
        self.head(status, content_type, {**headers, **length})
        if has_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what was asked is in `Publisher.asked`."""


def strong_tag(body: bytes) -> str:
    """An ETag that names these very bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'
