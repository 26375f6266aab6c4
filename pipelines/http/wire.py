"""Sockets under one deadline, and the one place where secrets are added to a request.

Belongs here: connections, proxies, the deadline, secrets at the moment of sending.
Does not belong here: retries, redirects, status codes, bodies.

A read timeout alone does not end a body, or a header, that trickles: every read begins the count anew. So every socket
operation is also given no more than what is left of the request's own deadline.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from pipelines.errors import FetchError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
#: What goes wrong between two machines and may go right the next time.
WIRE_ERRORS = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.RemoteProtocolError, httpcore.ProxyError)

_SECRETS = "statecraft_secrets"
_SECRET_HEADERS = "statecraft_secret_headers"


class Deadline:
    """The moment, on the monotonic clock, at which the request in hand must be over."""

    def __init__(self) -> None:
        self._at = float("inf")

    def start(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def remaining(self) -> float:
        """Seconds left, never below zero."""
        return max(0.0, self._at - time.monotonic())

    @property
    def has_passed(self) -> bool:
        """True once there is no time left for anything (a socket may wake a moment early)."""
        return self.remaining < 0.01

    def bound(self, timeout: float | None) -> float:
        """`timeout`, or what is left if that is less. Raises httpcore.ReadTimeout when nothing is left."""
        remaining = self.remaining
        if self.has_passed:
            raise httpcore.ReadTimeout("deadline passed")
        return remaining if timeout is None else min(timeout, remaining)


class _Stream(httpcore.NetworkStream):
    """A socket whose every operation ends with the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.bound(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.bound(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.bound(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._backend = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        bounded = self._deadline.bound(timeout)
        stream = self._backend.connect_tcp(host, port, bounded, local_address, socket_options)
        return _Stream(stream, self._deadline)


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


def sending_secrets(secrets: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
    """Request extensions that make the transport add `secrets` to the query, and `headers`, as the request leaves."""
    return {_SECRETS: secrets, _SECRET_HEADERS: headers}


class Transport(httpx.BaseTransport):
    """Sends one request. Follows the environment's proxy (HTTPS_PROXY, NO_PROXY); raises `WIRE_ERRORS`.

    The httpx request, which is what logs and exceptions see, never holds a secret: that joins a copy of the address or
    of the headers.
    """

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._pools: dict[str, httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        extensions = dict(request.extensions)
        secrets = extensions.pop(_SECRETS, {})
        url = request.url.copy_merge_params(secrets) if secrets else request.url
        headers = [*request.headers.raw, *httpx.Headers(extensions.pop(_SECRET_HEADERS, {})).raw]
        answer = self._pool(request.url).handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=headers,
                extensions=extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        address = _proxy_for(url)
        if address not in self._pools:
            self._pools[address] = self._new_pool(address)
        return self._pools[address]

    def _new_pool(self, proxy_address: str) -> httpcore.ConnectionPool:
        common: dict[str, Any] = {
            "ssl_context": _trusted(),
            "keepalive_expiry": 30.0,
            "network_backend": _Backend(self._deadline),
        }
        if not proxy_address:
            return httpcore.ConnectionPool(**common)
        if not proxy_address.startswith(("http://", "https://")):
            raise FetchError(
                f"The proxy named by the environment ({urlsplit(proxy_address).scheme}) is not an HTTP proxy.",
                "Name an http:// proxy in HTTPS_PROXY, or list the publisher in NO_PROXY.",
            )
        proxy = httpx.Proxy(proxy_address)
        address = httpcore.URL(scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=b"/")
        return httpcore.HTTPProxy(address, proxy_auth=proxy.raw_auth, **common)


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whom we believe; read once, because reading the certificates takes longer than many a request."""
    return httpx.create_ssl_context()


def _proxy_for(url: httpx.URL) -> str:
    """The proxy the environment names for this address, or "" for none. Never one for this machine itself."""
    if url.host in LOOPBACK or proxy_bypass(url.host):
        return ""
    named = getproxies()
    return named.get(url.scheme) or named.get("all") or ""
