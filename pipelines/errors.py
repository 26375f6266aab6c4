"""Errors a person can act on. Each names the source, the file or vintage, the rule, the rows and what to do.

Belongs here: the error types of the two doors and of the warehouse. Does not belong here: how they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class StatecraftError(Exception):
    """Anything that stops a run for a reason a person can act on.

    what: one sentence, what went wrong.  action: what to do about it.
    """

    what: str
    action: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.action}".strip()


@dataclass
class LandingError(StatecraftError):
    """A publisher's file that may not pass the landing door.

    source: folder name below pipelines/sources.  file: file name or vintage.
    rule: short name of the broken rule (snake_case).  rows: up to five offending rows, as the publisher printed them.
    """

    source: str = ""
    file: str = ""
    rule: str = ""
    rows: list[Any] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{self.source}: {self.file}: rule {self.rule}: {self.what}"]
        if self.rows:
            shown = "; ".join(str(row) for row in self.rows[:5])
            parts.append(f"Rows: {shown}.")
        if self.action:
            parts.append(f"What to do: {self.action}")
        return " ".join(parts)


class FetchError(StatecraftError):
    """The publisher could not be reached, or said no. Nothing was archived."""


class UnreachableError(FetchError):
    """The publisher could not be reached, or asked to be left alone for a while: it passes by itself."""


class QueryError(StatecraftError):
    """The query was refused, failed, or took too long."""


class GateError(StatecraftError):
    """A gate refused what was brought to it; the evidence is kept."""


class BusyError(StatecraftError):
    """Another process holds the warehouse."""


class DamagedError(StatecraftError):
    """A file of the warehouse is not what was written, and cannot be made again from what else is there."""


class WorkDroppedError(DamagedError):
    """The work database was damaged, and was removed: the same run once more builds every model anew."""


class StorageError(StatecraftError):
    """The disk is full, or what the warehouse lies on may not be written."""


def innermost(error: Any) -> Any:
    """What a step raised, of an error as Dagster keeps it: wrapped, each with its cause."""
    while error.cause is not None:
        error = error.cause
    return error
