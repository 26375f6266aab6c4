"""Nothing to fetch: the ministry publishes a PDF; the compiled file is given by hand.

Belongs here: saying so. Does not belong here: reading the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """There is no official machine-readable list (see `no address` in the runbook of source.yml)."""
    yield from ()
