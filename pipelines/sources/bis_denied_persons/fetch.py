"""BIS's text file of the Denied Persons List -> bytes, if it has changed.

Belongs here: the address. Does not belong here: reading what comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The list as of today, unless it is held or unchanged. Raises FetchError."""
    today = state.today or date.today()
    vintage_id = f"dpl-{today}"
    if vintage_id in state.vintage_ids:
        return
    url = spec.endpoints["list"]
    answer = http.get(url, kind="csv", conditional=state.validators.get(url))
    if answer.not_modified:
        return
    if answer.empty:
        raise FetchError(f"{spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")
    yield Fetched(f"dpl_{today}.txt", answer.content, answer.url, vintage_id, today, answer.headers)
