"""Nothing to fetch: versions of BACI are downloaded by the user, who agrees to the publisher's terms.

Belongs here: saying so. Does not belong here: reading what is given (parse.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """There is no address (see `a file of your own` in the runbook of source.yml)."""
    yield from ()
