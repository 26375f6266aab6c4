"""Small, crash-safe file habits shared by every room: atomic writes, hashes, locks, DuckDB sessions.

Belongs here: what any writer of files needs so that a kill at any moment leaves either the old file or the new one.
Does not belong here: what the files mean.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import BusyError, DamagedError, StatecraftError, StorageError
from pipelines.settings import Settings

_UNPACK_STEP = 1 << 16
_RESTORE = "Restore it from a copy; docs/operations.md says what each part of the warehouse is made again from."


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def fsync_folder(folder: Path) -> None:
    """Make a rename in this folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _made_anew(path: Path) -> None:
    """An empty file of our own: in a folder others may write to, a link of theirs could stand under this name."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))


def replace_file(path: Path, content: bytes) -> None:
    """Write bytes so that a reader sees the old file or the whole new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    _made_anew(temporary)
    with temporary.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    fsync_folder(path.parent)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place once written to the end, and is removed if not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.getpid()}.tmp.{path.name}")
    _made_anew(temporary)
    try:
        yield temporary
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        temporary.replace(path)
        fsync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder beside `path` to fill, which takes its place once filled to the end, and is removed if not.

    Raises StatecraftError where `path` holds something.
    """
    path = path.resolve()
    if path.exists() and any(path.iterdir()):
        raise StatecraftError(f"{path} is not empty.", "Name a new folder.")
    temporary = path.with_name(f".{os.getpid()}.tmp.{path.name}")
    temporary.mkdir(parents=True)
    try:
        yield temporary
        temporary.replace(path)  # an empty folder gives way
        fsync_folder(path.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"cannot write {type(value).__name__} as JSON")


def write_json(path: Path, document: Any) -> None:
    """Atomic, readable, dates as ISO text."""
    replace_file(path, (json.dumps(document, indent=2, ensure_ascii=False, default=_plain) + "\n").encode())


def read_json(path: Path) -> Any:
    """What the file holds. Raises DamagedError where it is gone or no JSON: files of ours are written whole or not at
    all.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DamagedError(f"{path} is missing.", _RESTORE) from error
    except ValueError as error:
        raise DamagedError(f"{path} is damaged: it is not JSON ({error}).", _RESTORE) from error


class TooLargeError(Exception):
    """There is more than is allowed."""


def gunzip(packed: bytes | bytearray, max_bytes: int) -> bytes:
    """Unpack piece by piece, so that a small body that unpacks to a huge one is stopped on the way.

    Raises TooLargeError; zlib.error where the packing is damaged; EOFError where it ends too early.
    """
    whole = bytearray()
    member = zlib.decompressobj(wbits=31)
    for at in range(0, len(packed), _UNPACK_STEP):
        piece = bytes(packed[at : at + _UNPACK_STEP])
        while piece:
            if member.eof:
                member = zlib.decompressobj(wbits=31)
            whole += member.decompress(piece, max_bytes - len(whole) + 1)
            if len(whole) > max_bytes:
                raise TooLargeError
            piece = member.unused_data
    if not member.eof:
        raise EOFError("a gzip body ends too early")
    return bytes(whole)


def link_or_copy(source: Path, target: Path) -> None:
    """Hard-link where the file system allows it, copy otherwise. target must not exist."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        replace_file(target, source.read_bytes())


def locked(path: Path) -> int | str:
    """Lock a file and write this process's number into it. Returns its handle, to be closed, or who has it locked.

    The system frees what a process locked when that ends, however it ends. Raises StorageError where the file system
    locks nothing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(handle, 64).decode() or "another process"
        os.close(handle)
        return owner
    except OSError as error:
        os.close(handle)
        raise StorageError(
            f"{path} cannot be locked: {error}.",
            "Mount the file system with locks (of a network, often an option or a service of its own), or set "
            "STATECRAFT_HOME to a folder of another: without a lock two runs could write at once.",
        ) from error
    with suppress(OSError):  # on a full disk: the lock is the system's, the number only tells whose
        os.truncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
    return handle


_held_locks: dict[Path, tuple[int, int]] = {}


def is_writer(settings: Settings) -> bool:
    """Whether this process holds the warehouse's writer lock."""
    return _writer_lock(settings) in _held_locks


def _writer_lock(settings: Settings) -> Path:
    return settings.home / ".writer.lock"


@contextmanager
def one_writer(settings: Settings) -> Iterator[None]:
    """Hold the warehouse's writer lock. Re-entrant in one process; freed by the system if the process dies.

    Raises BusyError naming the process that holds it.
    """
    path = _writer_lock(settings)
    held = _held_locks.get(path)
    if held is not None:
        handle, depth = held
    else:
        taken, depth = locked(path), 0
        if isinstance(taken, str):
            raise BusyError(
                f"Another refresh holds this warehouse (process {taken}).",
                "Wait for it to end, or stop it; the next refresh repairs what it left.",
            )
        handle = taken
    _held_locks[path] = (handle, depth + 1)
    try:
        yield
    finally:
        handle, depth = _held_locks.pop(path)
        if depth > 1:
            _held_locks[path] = (handle, depth - 1)
        else:
            os.close(handle)


@contextmanager
def duck(
    settings: Settings, database: str = ":memory:", read_only: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB session within the configured memory, threads and spill folder; closed on the way out."""
    settings.temp.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        database,
        read_only=read_only,
        config={
            "memory_limit": settings.memory_limit,
            "threads": str(settings.threads),
            "temp_directory": str(settings.temp),
            "preserve_insertion_order": "false",
        },
    )
    try:
        connection.execute("set enable_progress_bar = false")  # the pipeline says its own words
        yield connection
    finally:
        connection.close()


def one_row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The only row of a query, fetched to its end: a connection with an unfinished result takes no new frames."""
    (row,) = connection.execute(query).fetchall()
    return tuple(row)


def sql_text(value: str | Path | date) -> str:
    """A SQL string literal."""
    return "'" + str(value).replace("'", "''") + "'"


def sql_name(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
