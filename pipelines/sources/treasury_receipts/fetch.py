"""Fiscal Data: all months of one line of the Monthly Treasury Statement in one answer.

Belongs here: the question. Does not belong here: reading the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http
from pipelines.sources.treasury_receipts.parse import FIELDS, LINE

NAME = "mts_table_4_customs_duties.json"
PARAMS = {"fields": ",".join(FIELDS), "filter": f"classification_desc:eq:{LINE}", "page[size]": "10000"}


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The answer of the day, unless it is held. Raises FetchError."""
    today = state.today or date.today()
    if f"{today}" in state.vintage_ids:
        return
    answer = http.get(spec.endpoints["customs_duties"], params=PARAMS, kind="json")
    if answer.empty:
        raise FetchError(f"{spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")
    yield Fetched(NAME, answer.content, answer.url, f"{today}", published_on=today, headers=answer.headers)
