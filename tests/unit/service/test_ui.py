"""Dagster's UI answers its own pages and no others, on its own server as it is started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from pipelines.cli.serve import WORKSPACE, programs
from pipelines.listening import LOOPBACK_NAMES, free_port
from pipelines.service.ui import OwnPagesOnly
from pipelines.settings import PROJECT_ROOT

#: A server that takes longer to come up hangs.
MOST_SECONDS = 180


async def _anything(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"runs"})


@pytest.mark.parametrize(
    ("hosts", "host", "origin", "is_own"),
    [
        (LOOPBACK_NAMES, "127.0.0.1:3000", None, True),
        (LOOPBACK_NAMES, "localhost:3000", "http://localhost:3000", True),
        (LOOPBACK_NAMES, "[::1]:3000", "http://[::1]:3000", True),
        (LOOPBACK_NAMES, "evil.example:3000", None, False),
        (LOOPBACK_NAMES, "evil.example:3000", "http://evil.example:3000", False),
        (LOOPBACK_NAMES, "127.0.0.1:3000", "https://evil.example", False),
        (LOOPBACK_NAMES, "127.0.0.1:3000", "null", False),
        (LOOPBACK_NAMES, "", None, False),
        ((*LOOPBACK_NAMES, "stats.example"), "127.0.0.1:3000", "https://stats.example", True),
        ((), "stats.example", "http://stats.example", True),
        ((), "stats.example", "https://evil.example", False),
    ],
)
def test_only_its_own_pages_are_answered(hosts: tuple[str, ...], host: str, origin: str | None, is_own: bool) -> None:
    client = TestClient(OwnPagesOnly(_anything, hosts))
    headers = {"host": host, **({"origin": origin} if origin else {})}
    answer = client.post("/graphql", headers=headers)
    assert (answer.status_code, "runs" in answer.text) == ((200, True) if is_own else (421, False))
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/graphql", headers=headers) as socket:
        socket.receive_text()
    assert closed.value.code == (1000 if is_own else 1008)


@pytest.mark.parametrize(
    ("path", "headers", "is_own"),
    [
        ("/runs", {}, True),
        ("/runs", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, True),
        ("/runs", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, True),
        ("/runs", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),
        ("/graphql?query=mutation{}", {}, False),
        ("/graphql", {}, True),
    ],
)
def test_an_address_in_a_page_of_elsewhere_starts_nothing(path: str, headers: dict[str, str], is_own: bool) -> None:
    client = TestClient(OwnPagesOnly(_anything, LOOPBACK_NAMES))
    answer = client.get(path, headers={"host": "localhost:3000", **headers})
    assert (answer.status_code, "runs" in answer.text) == ((200, True) if is_own else (421, False))


@pytest.fixture
def ui(tmp_path: Path) -> Iterator[int]:
    """The UI as the service starts it, over no code; its port."""
    (tmp_path / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    until = time.monotonic() + MOST_SECONDS
    while True:
        port = free_port()
        started = _start(tmp_path, port)
        try:
            if _answers(started, port, until):
                yield port
                return
        finally:
            with suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)
            started.wait()
        assert time.monotonic() < until, (tmp_path / "words").read_text()  # or another took the port


def _start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    workspace, code_port = folder / "workspace.yaml", free_port()
    workspace.write_text(WORKSPACE.format(host="127.0.0.1", port=code_port))
    command = programs(workspace, "127.0.0.1", port, code_port, ui=True)["ui"].command
    environment = {**os.environ, "DAGSTER_HOME": str(folder)}
    with (folder / "words").open("ab") as words:
        return subprocess.Popen(
            list(command), cwd=PROJECT_ROOT, env=environment, stdout=words, stderr=words, start_new_session=True
        )


def _answers(started: subprocess.Popen[bytes], port: int, until: float) -> bool:
    """Wait until it answers; False where it ended instead."""
    while started.poll() is None and time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/server_info", timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return started.poll() is None
    return False


def test_the_ui_is_started_behind_its_door(ui: int) -> None:
    def asked(host: str, origin: str = "") -> int:
        headers = {"host": host, **({"origin": origin} if origin else {})}
        body = {"query": "{ version }"}
        address = f"http://127.0.0.1:{ui}/graphql"
        return httpx.post(address, headers=headers, json=body, timeout=60, trust_env=False).status_code

    own = f"127.0.0.1:{ui}"
    assert asked(own) == asked(own, f"http://{own}") == 200
    assert asked("evil.example") == asked(f"evil.example:{ui}") == asked(own, "https://evil.example") == 421


def test_every_process_of_the_service_listens_on_loopback_alone() -> None:
    """The code server, which runs what it is sent, has no other address whatever --host says."""
    found = programs(Path("workspace.yaml"), "0.0.0.0", 3000, 4000, ui=True)
    assert [sys.executable == program.command[0] for program in found.values()] == [True] * len(found)
    assert "0.0.0.0" not in found["code"].command and "127.0.0.1" in found["code"].command
    assert found["ui"].command.count("0.0.0.0") == 1
    assert "0.0.0.0" not in programs(Path("workspace.yaml"), "127.0.0.1", 3000, 4000, ui=True)["ui"].command
