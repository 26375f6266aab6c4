"""Where a PostgreSQL server is, how it is reached, and what its refusals mean.

Belongs here: addresses, sessions, errors in words a person can act on. Does not belong here: what is sent.

A password never stands in an address: addresses are seen in lists of processes and kept in histories of shells. libpq
finds it by itself in PGPASSWORD, PGPASSFILE or ~/.pgpass. No word of an address that may hold one is ever repeated.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pipelines.errors import StatecraftError

SCHEMES = ("postgresql://", "postgres://")
#: Partitions are detached without stopping readers from this version on.
OLDEST_SERVER = 14
_SECRET_WORDS = ("password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")
_CONNECT_SECONDS = 15
_ELSEWHERE = "Put it in PGPASSWORD or in ~/.pgpass, and leave it out of the address."


class PostgresError(StatecraftError):
    """The server could not be reached, or refused; what readers see there is as it was."""


@dataclass(frozen=True)
class Address:
    """One database of one server. shown: the address as it may be printed."""

    conninfo: str
    shown: str

    @staticmethod
    def read(url: str) -> Address:
        """Read postgresql://user@host:port/database. Raises PostgresError; never repeats what it was given."""
        if not url.startswith(SCHEMES):
            raise PostgresError("That is no address of PostgreSQL.", "Write postgresql://user@host:5432/database.")
        before_host, at, _ = url.partition("://")[2].rpartition("@")
        if at and ":" in before_host:
            raise PostgresError("The address holds a password.", _ELSEWHERE)
        try:
            parts = {k: str(v) for k, v in conninfo_to_dict(url).items() if v}
        except psycopg.Error:
            # libpq's own message quotes what it could not read, and a password may be part of that.
            raise PostgresError(
                "The address cannot be read.", "Write postgresql://user@host:5432/database; percent-encode signs."
            ) from None
        if any(word in parts for word in _SECRET_WORDS):
            raise PostgresError("The address holds a password.", _ELSEWHERE)
        if "dbname" not in parts:
            raise PostgresError("The address names no database.", "Write postgresql://user@host:5432/database.")
        if not parts.get("port", "0").replace(",", "").isdigit():
            raise PostgresError("The port is no number.", "Write postgresql://user@host:5432/database.")
        host = parts.get("host") or "local socket"
        user = f"{parts['user']}@" if "user" in parts else ""
        port = f":{parts['port']}" if "port" in parts else ""
        defaults = {"connect_timeout": str(_CONNECT_SECONDS), "application_name": "statecraft push"}
        return Address(make_conninfo("", **{**defaults, **parts}), f"{user}{host}{port}/{parts['dbname']}")


@contextmanager
def session(address: Address) -> Iterator[psycopg.Connection]:
    """An open session, a transaction a statement unless one is begun. Raises PostgresError for any refusal."""
    try:
        with psycopg.connect(address.conninfo, autocommit=True) as connection:
            _only_fit_servers(connection)
            yield connection
    except psycopg.Error as error:
        raise in_words(error, address) from None


def _only_fit_servers(connection: psycopg.Connection) -> None:
    version, encoding = connection.info.server_version, connection.info.parameter_status("server_encoding")
    if version < OLDEST_SERVER * 10_000:
        raise PostgresError(
            f"The server is PostgreSQL {version // 10_000}.", f"PostgreSQL {OLDEST_SERVER} or later is needed."
        )
    if encoding != "UTF8":
        raise PostgresError(f"The database is encoded as {encoding}.", "Make one with ENCODING 'UTF8'.")
    connection.execute("set client_encoding = 'UTF8'")
    connection.execute("set timezone = 'UTC'")
    connection.execute("set client_min_messages = warning")


def in_words(error: psycopg.Error, address: Address) -> PostgresError:
    """What a refusal of the server means, and what to do."""
    said = _without_secrets(" ".join(str(error).split()))
    actions: list[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str]] = [
        (errors.InsufficientPrivilege, "Grant what docs/bi/postgresql.md lists: CREATE on the database, no more."),
        (errors.DiskFull, "Free room on the server; a changed table needs room for two copies. Then push again."),
        (errors.OutOfMemory, "Give the server more memory, then push again."),
        (errors.DependentObjectsStillExist, "Drop those objects, push, and make them again."),
        ((errors.LockNotAvailable, errors.QueryCanceled), "Someone holds a lock for long; push again later."),
        (errors.InvalidCatalogName, "Create the database first; see docs/bi/postgresql.md."),
        (errors.ReadOnlySqlTransaction, "This is a standby: push to the primary."),
    ]
    for kind, action in actions:
        if isinstance(error, kind):
            return PostgresError(f"{address.shown} refused: {said}.", action)
    # While a session is being opened libpq gives words and no code.
    if "password" in said or "authentication" in said:
        return PostgresError(f"{address.shown} did not let us in: {said}.", _ELSEWHERE)
    if isinstance(error, psycopg.OperationalError):
        action = "See that it runs and lets this user in, then push again: what was copied whole is not copied twice."
        return PostgresError(f"{address.shown} cannot be reached or broke off: {said}.", action)
    return PostgresError(f"{address.shown} refused: {said}.", "The release it showed still stands.")


def _without_secrets(text: str) -> str:
    secret = os.environ.get("PGPASSWORD")
    return (text.replace(secret, "***") if secret else text).rstrip(".")
