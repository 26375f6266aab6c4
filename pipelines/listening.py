"""Addresses servers of ours listen on: this machine only, unless somebody says otherwise.

Belongs here: taking an address, whether others can reach it, the names it is asked by. Does not belong here: what is
served.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from pipelines.errors import StatecraftError

HERE = "127.0.0.1"
LOOPBACK_NAMES = (HERE, "localhost", "[::1]")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def names_of(host: str, named: Sequence[str] = ()) -> tuple[str, ...]:
    """Names a server answers to: on loopback those of loopback and the address itself, beyond it those given.

    A page of elsewhere can point a name of its own at the loopback address and read what is served there, unless the
    server looks at the name it was asked by.
    """
    if not is_loopback(host):
        return tuple(named)
    return tuple(dict.fromkeys((*LOOPBACK_NAMES, f"[{host}]" if ":" in host else host)))


def host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    if header.startswith("["):
        return header.partition("]")[0].lower() + "]"
    return header.partition(":")[0].lower()


def bound(host: str, port: int) -> socket.socket:
    """A socket that holds the address. Raises StatecraftError where it is taken or not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host, port))
        held.listen()
    except OSError as error:
        held.close()
        raise StatecraftError(
            f"{host}:{port} cannot be listened on: {error.strerror or error}.",
            "If another program holds the port, name a different one with --port.",
        ) from error
    return held


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with bound(HERE, 0) as held:
        port: int = held.getsockname()[1]
    return port
