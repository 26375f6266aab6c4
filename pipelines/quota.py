"""How many questions a publisher may still be asked today, remembered across runs and shared by sources of one host.

Belongs here: the count. Does not belong here: what to do when it is spent (each fetch.py stops where it can go on the
next day), and how fast questions may follow each other (pipelines/http).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.errors import FetchError


class QuotaSpentError(FetchError):
    """Nothing more may be asked today."""


@dataclass(frozen=True)
class Quota:
    """path: where the count of the day is kept.  day: today, where the publisher is.  limit: questions a day."""

    path: Path
    day: date
    limit: int

    @property
    def left(self) -> int:
        """Questions that may still be put today."""
        with self._counted() as (_, asked):
            return max(0, self.limit - asked)

    def take(self) -> None:
        """Count one question, before it is put: one that fails was put too. Raises QuotaSpentError."""
        with self._counted() as (handle, asked):
            if asked >= self.limit:
                raise QuotaSpentError(
                    f"All {self.limit} questions that may be put to {self.path.stem} in a day are spent.",
                    "Go on tomorrow: what was brought is kept. A key, where there is none, allows more.",
                )
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps({"day": str(self.day), "asked": asked + 1}).encode(), 0)

    def too_few(self, source: str, wanted: int) -> QuotaSpentError:
        """The error for a piece of work that takes more questions than are left."""
        return QuotaSpentError(
            f"{source}: {self.left} of the {self.limit} questions that may be put to {self.path.stem} in a day are"
            f" left, and the next step takes {wanted}.",
            f"Go on tomorrow ({self.day} is today at the publisher): what was brought is kept. A key, where there is"
            f" none, allows more.",
        )

    @contextmanager
    def _counted(self) -> Iterator[tuple[int, int]]:
        """The open, locked file and the day's count. A file that cannot be read counts as none of today."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            try:
                kept = json.loads(os.pread(handle, 4096, 0))
                asked = int(kept["asked"]) if kept["day"] == str(self.day) else 0
            except (ValueError, LookupError, TypeError):
                asked = 0
            yield handle, asked
        finally:
            os.close(handle)
