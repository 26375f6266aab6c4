"""Nothing to fetch: reports are run under a personal account and given by hand.

Belongs here: saying so. Does not belong here: running reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """No report has an address that can be asked with GET (see `no address` in the runbook of source.yml)."""
    yield from ()
