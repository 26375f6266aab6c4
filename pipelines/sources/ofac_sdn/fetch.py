"""OFAC's download addresses -> both lists with their alternate names and addresses.

The lists are asked for with the validators of what is held; where a list has changed, its two other files are fetched
with it, so that an edition is of one moment. The files bear no date: an edition is known from the day it was fetched.

Belongs here: addresses and the order of questions. Does not belong here: reading what comes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Answer, Http

#: Vintage prefix -> endpoints: the list first, then what belongs to it.
LISTS = {
    "sdn": ("sdn", "sdn_alternate_names", "sdn_addresses"),
    "cons": ("consolidated", "consolidated_alternate_names", "consolidated_addresses"),
}


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Each list that has changed since it was last held, whole. Raises FetchError."""
    today = state.today or date.today()
    for prefix, endpoints in LISTS.items():
        vintage_id = f"{prefix}-{today}"
        if vintage_id in state.vintage_ids:
            continue
        url, *others = (spec.endpoints[endpoint] for endpoint in endpoints)
        main = http.get(url, kind="csv", conditional=state.validators.get(url))
        if main.not_modified:
            continue
        answers = {url: main, **{other: http.get(other, kind="csv") for other in others}}
        for address, answer in answers.items():
            _refuse_nothing(answer, spec)
            name = PurePosixPath(address).name
            yield Fetched(name, answer.content, answer.url, vintage_id, today, answer.headers)


def _refuse_nothing(answer: Answer, spec: SourceSpec) -> None:
    if answer.empty:
        raise FetchError(f"{spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")
