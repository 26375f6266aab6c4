"""How far long work has come, on a terminal; nothing where nobody looks.

Belongs here: the bar. Does not belong here: the lines that stay (progress.py).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pipelines.progress import log


@contextmanager
def bar(what: str) -> Iterator[Progress]:
    """A bar on stderr that goes when the work is done; lines of the log stand above it."""
    shown = Progress(
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with shown:
        # While it is shown, sys.stderr is the bar's own.
        told = [(h, h.stream) for h in log.handlers if isinstance(h, logging.StreamHandler)]
        for handler, _ in told:
            handler.setStream(sys.stderr)
        try:
            yield shown
        finally:
            for handler, stream in told:
                handler.setStream(stream)
