"""The page of the UFLPA Entity List.

Belongs here: the address. Does not belong here: reading the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The page, unless it has not changed. Raises FetchError."""
    today, url = state.today or date.today(), spec.endpoints["page"]
    if f"{today}" in state.vintage_ids:
        return
    answer = http.get(url, kind="any", conditional=state.validators.get(url))
    if answer.empty:
        raise FetchError(f"{spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")
    if not answer.not_modified:
        yield Fetched(f"uflpa_{today}.html", answer.content, answer.url, f"{today}", today, answer.headers)
