"""The command that serves: which address is this machine's alone, and a port that is taken."""

from __future__ import annotations

import socket

import pytest

from pipelines.cli.dashboard import bound, is_loopback
from pipelines.errors import StatecraftError


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        *((host, True) for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST")),
        *((host, False) for host in ("0.0.0.0", "192.168.1.7", "::", "localhost.example", "")),
    ],
)
def test_loopback_is_known(host: str, answer: bool) -> None:
    assert is_loopback(host) is answer


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(StatecraftError, match=f"127.0.0.1:{port} cannot be listened on"):
            bound("127.0.0.1", port)


def test_an_address_is_held_from_the_start() -> None:
    with bound("127.0.0.1", 0) as held:
        assert held.getsockname()[1] > 0
        socket.create_connection(held.getsockname(), timeout=5).close()
