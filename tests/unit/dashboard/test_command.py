"""The command that serves: which address is this machine's alone, and a port that is taken."""

from __future__ import annotations

import socket

import pytest

from pipelines.errors import StatecraftError
from pipelines.listening import LOOPBACK_NAMES, bound, free_port, is_loopback, names_of


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        *((host, True) for host in ("127.0.0.1", "127.8.8.8", "::1", "localhost", "LOCALHOST")),
        *((host, False) for host in ("0.0.0.0", "192.168.1.7", "::", "localhost.example", "")),
    ],
)
def test_loopback_is_known(host: str, answer: bool) -> None:
    assert is_loopback(host) is answer


@pytest.mark.parametrize(
    ("host", "named", "names"),
    [
        ("127.0.0.1", (), LOOPBACK_NAMES),
        ("::1", (), LOOPBACK_NAMES),
        ("127.0.0.2", (), (*LOOPBACK_NAMES, "127.0.0.2")),
        ("0.0.0.0", (), ()),
        ("0.0.0.0", ("stats.example.org",), ("stats.example.org",)),
    ],
)
def test_the_address_it_prints_is_one_it_answers_to(host: str, named: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert names_of(host, named) == names


def test_a_port_that_is_taken_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        with pytest.raises(StatecraftError, match=f"127.0.0.1:{port} cannot be listened on"):
            bound("127.0.0.1", port)


def test_an_address_is_held_from_the_start() -> None:
    with bound("127.0.0.1", 0) as held:
        assert held.getsockname()[1] > 0
        socket.create_connection(held.getsockname(), timeout=5).close()


def test_a_free_port_can_be_listened_on() -> None:
    with bound("127.0.0.1", free_port()) as held:
        assert held.getsockname()[1] > 0
