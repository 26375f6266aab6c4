"""How long work tells a person where it is: one short line a finished step, through the `statecraft` logger.

Belongs here: the logger and the timing of steps. Does not belong here: colours and tables (cli/).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

log = logging.getLogger("statecraft")


@contextmanager
def step(stage: str) -> Iterator[list[str]]:
    """Time a piece of work and say what it did. The body appends words to the list it is given."""
    words: list[str] = []
    begun = time.monotonic()
    yield words
    if words:
        log.info("%-30s %s (%.1f s)", stage, ", ".join(words), time.monotonic() - begun)


def counted(number: int, noun: str) -> str:
    """1 vintage, 2 vintages, 1,234 rows."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
