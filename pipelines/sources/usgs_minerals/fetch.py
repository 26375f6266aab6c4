"""Nothing to fetch: the tariff codes are extracted from the prose of a yearly publication and given by hand.

Belongs here: saying so. Does not belong here: the extraction.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """No file has an address (see the runbook in source.yml)."""
    yield from ()
