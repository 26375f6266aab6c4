"""The disk below the warehouse: whether a run has room, and what a full or read-only one is called in words.

Belongs here: telling such failures from all others, whoever met them (Python, DuckDB, SQLite, Polars, dbt), and what
to do about them. Does not belong here: writing files (files.py), damage to what was written (mending.py).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipelines import release
from pipelines.errors import StatecraftError, StorageError
from pipelines.settings import Settings

MB = 1_000_000
_FULL = (
    *("no space left on device", "disk quota exceeded", "file too large", "disk is full", "max_temp_directory_size"),
    *("disk i/o error", "input/output error"),
)
_CLOSED = (
    *("read-only file system", "permission denied", "operation not permitted", "readonly database"),
    *("unable to open database file", "not a directory"),
)
_PATH = re.compile(r"""["'](/[^"'\n]+)["']""")


def bytes_below(folder: Path) -> int:
    """Bytes of all files below a folder; a file under several names counts once."""
    sizes = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            seen = path.stat()
            sizes[seen.st_dev, seen.st_ino] = seen.st_size
    return sum(sizes.values())


def needed_bytes(settings: Settings) -> int:
    """What a run that publishes writes anew in any case: the newest release's database. 0 before the first.

    Its Parquet and the work database are written anew only as far as they change, so that a run may need more.
    """
    newest = next(iter(release.releases(settings)), None)
    return newest.database.stat().st_size if newest and newest.database.exists() else 0


def free_bytes(settings: Settings) -> int:
    """What the disk of the home still takes from this user."""
    return shutil.disk_usage(settings.home).free


def ensure_room(settings: Settings) -> None:
    """Raises StorageError where a run that publishes fills the disk: better said before than found half-way."""
    needed, free = needed_bytes(settings), free_bytes(settings)
    if free < needed:
        raise StorageError(
            f"The disk of {settings.home} has {free / MB:,.0f} MB free, and a run needs {needed / MB:,.0f} MB "
            "at least (the newest release's database once more).",
            _make_room(settings),
        )


def told(settings: Settings, words: str) -> StorageError | None:
    """The error in words a person can act on, if these words of any library are about a full or closed disk."""
    path = next((found for found in _PATH.findall(words)), str(settings.home))
    if said := _sentence(words, _FULL):
        return StorageError(
            f"The disk takes no more at {path} ({_free_words(Path(path))}; it is full, a limit on the size of files is "
            f"reached, or it fails): {said}.",
            _make_room(settings),
        )
    if said := _sentence(words, _CLOSED):
        return StorageError(
            f"{path} cannot be written: {said}.",
            f"Let the user who runs this write {path} (owner, mode, a file system mounted read-only, a file where a "
            "folder should be), or name another folder; STATECRAFT_HOME names that of the warehouse. Readers need no "
            "more than to read. The last release stands.",
        )
    return None


def _sentence(words: str, signs: Sequence[str]) -> str:
    """What was said up to the first of the signs, from the last word `Error:` before it; "" where there is none."""
    lower = words.lower()
    end = next((lower.index(sign) + len(sign) for sign in signs if sign in lower), 0)
    said = " ".join(words[:end].split())
    return said[said.rfind("Error: ") + 7 if "Error: " in said else 0 :]


def words_of(error: BaseException | None) -> str:
    """The words of an error and of all that led to it."""
    said: list[str] = []
    while error is not None:
        said.append(str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}")
        error = error.__cause__ or error.__context__
    return "\n".join(said)


def in_words(settings: Settings, error: Exception) -> StorageError | None:
    """`told` of an error that was raised. One that already has words of ours has them still."""
    return None if isinstance(error, StatecraftError) else told(settings, words_of(error))


def _make_room(settings: Settings) -> str:
    older = sum(bytes_below(each.path) for each in release.releases(settings) if not each.is_latest)
    return (
        f"Free space there (`statecraft releases --prune 1` gives back up to {older / MB:,.0f} MB of older releases), "
        "or move the warehouse and set STATECRAFT_HOME. The last release stands; `statecraft refresh` goes on once "
        "there is room."
    )


def _free_words(path: Path) -> str:
    try:
        there = next(folder for folder in (path, *path.parents) if folder.is_dir())
        return f"{shutil.disk_usage(there).free / MB:,.0f} MB free"
    except OSError:
        return "free space unknown"
