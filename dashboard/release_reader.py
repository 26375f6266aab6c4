"""The release pages are read from: one locked session a build, and answers kept, since a release never changes.

Belongs here: opening what `latest` names, following it when it moves, keeping answers. Does not belong here: queries.
"""

from __future__ import annotations

import tempfile
import threading
from collections import OrderedDict
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

import polars as pl

from pipelines.query import asked, held, open_locked
from pipelines.release import Release, current
from pipelines.settings import Settings

#: Seconds a query of a page may take. Pages ask small questions; one that takes longer is a fault, not patience.
LONGEST_QUERY_SECONDS = 30.0
#: What answers may take of memory, all together.
KEPT_BYTES = 64 * 1024**2


T = TypeVar("T")


class Kept(Generic[T]):
    """The things asked for last, up to so many bytes of them; safe to use from several threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._things: OrderedDict[object, tuple[T, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: object) -> T | None:
        with self._lock:
            if key not in self._things:
                return None
            self._things.move_to_end(key)
            return self._things[key][0]

    def put(self, key: object, thing: T, size: int) -> None:
        """Keep a thing; those asked for longest ago go. One larger than all there is room for is not kept."""
        if size > self._most_bytes:
            return
        with self._lock:
            if key in self._things:
                self._bytes -= self._things.pop(key)[1]
            self._things[key] = (thing, size)
            self._bytes += size
            while self._bytes > self._most_bytes:
                self._bytes -= self._things.popitem(last=False)[1][1]


class Held:
    """One release, open for reading. It stays readable for whoever holds it, also when `latest` has moved on."""

    def __init__(self, settings: Settings, release: Release) -> None:
        self.release = release
        self._spill = tempfile.TemporaryDirectory(prefix="statecraft-dashboard-")
        self._connection = open_locked(settings, release.database, Path(self._spill.name))
        self._answers: Kept[pl.DataFrame] = Kept(KEPT_BYTES)

    def ask(self, sql: str) -> pl.DataFrame:
        """One query over the release. Raises QueryError with DuckDB's own words."""
        key = (date.today(), sql)  # some views look at the day
        kept = self._answers.get(key)
        if kept is not None:
            return kept
        with self._connection.cursor() as cursor, asked(cursor, sql, LONGEST_QUERY_SECONDS) as answer:
            found = held(answer)
        self._answers.put(key, found, int(found.estimated_size()))
        return found


class Reader:
    """What readers see now."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._held: Held | None = None
        self._lock = threading.Lock()

    def now(self) -> Held:
        """The release `latest` names. Raises NoReleaseError where there is none."""
        link = self._settings.releases / "latest"
        with self._lock:
            held = self._held
            named = link.resolve().name if link.is_symlink() else None
            if held is None or held.release.build_id != named:
                held = self._held = Held(self._settings, current(self._settings))
            return held
