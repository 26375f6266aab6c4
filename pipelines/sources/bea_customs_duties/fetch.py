"""Nothing to fetch: the table is downloaded by hand.

Belongs here: saying so. Does not belong here: the interactive tables or the API, which wants a key.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """No file has an address (see `no address` in the runbook of source.yml)."""
    yield from ()
