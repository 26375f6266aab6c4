"""Which files of a warehouse must be read whole to see whether they are still what was written, and which need not.

Belongs here: sha256 of files across runs, so that the reading of a run grows with what changed. Does not belong here:
what a file should be, and what is done where it is not (mending.py).

A file the disk has not been told to change since it was read (same inode, size and time of change) is taken for what it
was. What changes without being told, on a disk that goes bad, is met in turn: every run also reads the files again that
were read longest ago, up to a bound, and a raw file is made of nothing that was not read just then (warehouse.py).
`statecraft verify --warehouse` reads everything at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.checksums import of_file
from pipelines.errors import DamagedError
from pipelines.files import read_json, write_json
from pipelines.settings import Settings

#: What a run reads again though nothing says it changed: a home of 3 GB is read over in some hundred runs.
AGAIN_BYTES = 32 << 20


@dataclass(frozen=True)
class _Read:
    """A file as it was read. stamp: its size and time of change, in nanoseconds; at: when, in seconds of the epoch."""

    stamp: tuple[int, int]
    sha256: str
    at: float


@dataclass
class Scrubbing:
    """sha256 of files, each read at most once: a raw file is often the landing file under another name.

    memory: where earlier readings are on record; None reads every file. again_bytes: of what need not be read.
    """

    memory: Path | None = None
    again_bytes: int = AGAIN_BYTES
    clock: Callable[[], float] = time.time
    _before: dict[str, _Read] = field(default_factory=dict)
    _now: dict[str, _Read] = field(default_factory=dict)
    _due: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._before = _recalled(self.memory) if self.memory else {}
        left = self.again_bytes
        for name, read in sorted(self._before.items(), key=lambda each: each[1].at):
            if left <= 0:
                break
            left -= read.stamp[0]  # one more than fits, so that a file larger than the bound has its turn too
            self._due.add(name)

    def differs(self, path: Path, sha256: str) -> bool:
        """Whether the file is missing, or is not what it was; false where nobody knows what it was."""
        if not path.is_file() or not sha256:
            return not path.is_file()
        seen = path.stat()
        name, stamp = f"{seen.st_dev}:{seen.st_ino}", (seen.st_size, seen.st_ctime_ns)
        if name not in self._now:
            before = self._before.get(name)
            # An earlier reading only acquits: what it would condemn is read.
            if before and name not in self._due and (before.stamp, before.sha256) == (stamp, sha256):
                self._now[name] = before
            else:
                self._now[name] = _Read(stamp, of_file(path), self.clock())
        return self._now[name].sha256 != sha256

    def remember(self) -> None:
        """Put on record what was read, for the next run. What was not asked for this time is forgotten."""
        if self.memory and self._now != self._before:
            write_json(self.memory, {name: [*read.stamp, read.sha256, read.at] for name, read in self._now.items()})


def memory(settings: Settings) -> Path:
    """Where a warehouse keeps what was read."""
    return settings.work / "read.json"


def _recalled(memory: Path) -> dict[str, _Read]:
    """Earlier readings; none where their record is lost or damaged, which costs one reading of everything."""
    try:
        record = read_json(memory) if memory.exists() else {}
        return {
            name: _Read((int(size), int(changed)), str(sha256), float(at))
            for name, (size, changed, sha256, at) in record.items()
        }
    except (DamagedError, AttributeError, TypeError, ValueError):
        return {}
