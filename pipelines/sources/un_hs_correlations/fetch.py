"""Nothing to fetch: a table comes once in five years, and is given by hand.

Belongs here: saying so. Does not belong here: reading the tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """No file has a lasting address (see `no address` in the runbook of source.yml)."""
    yield from ()
