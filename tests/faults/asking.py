"""How these tests ask: a client in a hurry, and the body most of them ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from pipelines.errors import FetchError
from pipelines.http import Http
from tests.faults.publisher import Publisher

BODY = b'[["GEN_VAL_MO","time"],' + b",".join(b'["%d","2025-01"]' % n for n in range(20_000)) + b"]"


def patience(kind: str) -> float:
    """The longest silence to bear, in seconds: short where silence is the fault, long where a busy machine may be."""
    return 0.1 if kind == "stall" else 3.0


def make_http(**options: Any) -> Http:
    quick = {"min_interval_seconds": 0.0, "timeout_seconds": 3.0, "deadline_seconds": 10.0, "backoff_seconds": 0.005}
    return Http(**{"source": "a_source", "backoff_limit_seconds": 0.02, "attempts": 3, **quick, **options})


def refusal(publisher: Publisher, path: str = "/data", options: dict[str, Any] | None = None, **ask: Any) -> FetchError:
    with make_http(**(options or {})) as http, pytest.raises(FetchError) as caught:
        http.get(publisher.url(path), **ask)
    assert caught.value.what.startswith("a_source: ")
    assert caught.value.action
    return caught.value


def scripted_http(answer: Callable[[httpx.Request], httpx.Response]) -> Http:
    """A client whose wire is a function: for https, which the loopback publisher does not speak."""
    http = make_http()
    http._client = httpx.Client(transport=httpx.MockTransport(answer))
    return http
