"""Addresses servers of ours listen on: this machine only, unless somebody says otherwise.

Belongs here: taking an address, and whether others can reach it. Does not belong here: what is served.
"""

from __future__ import annotations

import ipaddress
import socket

from pipelines.errors import StatecraftError

HERE = "127.0.0.1"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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
