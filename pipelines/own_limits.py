"""How much memory this process may take, held by the operating system: for commands that run a stranger's SQL.

Belongs here: the bound and setting it. Does not belong here: the bounds a session of DuckDB keeps by itself (query.py).

DuckDB counts its buffers against its memory limit, but not the one value a function makes: repeat('x', 4000000000) asks
the system for 16 GB whatever the limit says. Under this bound it is told that there is no memory, and says so.
"""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.files import one_row
from pipelines.settings import Settings

#: Beside DuckDB's own limit: the answer, what it is made into (a frame, a file), and the libraries themselves.
BESIDE_DUCKDB_BYTES = 3 * 1024**3
_UNITS = {"K": 1, "M": 2, "G": 3, "T": 4}
_LIMIT = re.compile(r"\s*([\d.]+)\s*([KMGT])I?B\s*", re.IGNORECASE)
_STATUS = Path("/proc/self/status")


@contextmanager
def bounded_memory(settings: Settings) -> Iterator[int | None]:
    """Bound what this process may ask the system for, for as long as it is inside. Yields the bound in bytes.

    None, and no bound, where DuckDB takes the memory limit for none or the system does not tell what is held now.
    The bound is on the whole process: for commands, which do one thing; not for servers.
    """
    asked = _bytes_of(settings.memory_limit)
    if asked is None or not _STATUS.exists():
        yield None
        return
    [held] = re.findall(r"VmData:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = int(held) * 1024 + asked + BESIDE_DUCKDB_BYTES
    bound = min([wanted, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
    resource.setrlimit(resource.RLIMIT_DATA, (bound, hard))
    try:
        yield bound
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _bytes_of(limit: str) -> int | None:
    """A memory limit in bytes; what is not written as a size, such as a share of the machine ("80%"), as DuckDB reads
    it. None where that takes it for no limit.
    """
    stated = _LIMIT.fullmatch(limit)
    try:
        if stated is None:
            with duckdb.connect(config={"memory_limit": limit}) as con:
                stated = _LIMIT.fullmatch(one_row(con, "select current_setting('memory_limit')")[0])
    except duckdb.Error:
        return None
    return int(float(stated[1]) * 1024 ** _UNITS[stated[2].upper()]) if stated else None
