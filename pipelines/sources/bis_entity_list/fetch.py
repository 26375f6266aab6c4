"""eCFR versioner -> Part 744 as of the newest day it vouches for; the Consolidated Screening List as a stand-in.

`titles.json` names the day up to which title 15 is complete ("current" is not an address); the part of that day is one
file. The screening list prints the same list differently (see source.yml, "changed format"), so alternating between the
two would show changes that nobody made: it is fetched only when what is held is older than `stale_after_days`.

Of days past the eCFR says on which a part of it changed; those on which the list did are editions of their own.

Belongs here: addresses and the order of questions. Does not belong here: reading what comes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Answer, Http
from pipelines.span import Span

TITLE = 15
PART = "744"
#: How the eCFR names the list among the pieces of its part.
SUPPLEMENT = "Supplement No. 4 to Part 744"


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The eCFR's edition if it is new; else the screening list if what is held is stale; or the editions of the days
    wanted. Raises FetchError."""
    today = state.today or date.today()
    if state.wanted is not None:
        yield from _past(http, spec, state, state.wanted)
        return
    is_stale = state.newest_known_on is None or today - state.newest_known_on > timedelta(
        days=spec.cadence.stale_after_days
    )
    try:
        edition = _regulation(http, spec, state)
    except FetchError:
        if not is_stale:
            raise
        edition = None
    if edition is not None:
        yield edition
    elif is_stale:
        yield from _screening_list(http, spec, state, today)


def _regulation(http: Http, spec: SourceSpec, state: FetchState) -> Fetched | None:
    day = _complete_until(http.get(spec.endpoints["titles"], kind="json").content, spec)
    return _edition(http, spec, state, day)


def _edition(http: Http, spec: SourceSpec, state: FetchState, day: date) -> Fetched | None:
    """The part as of a day; None where it is held."""
    vintage_id = f"ecfr-{day}"
    if vintage_id in state.vintage_ids:
        return None
    url = spec.endpoints["part"].format(date=day)
    answer = http.get(url, params={"part": PART}, kind="xml", conditional=state.validators.get(f"{url}?part={PART}"))
    if answer.not_modified:
        return None
    _refuse_nothing(answer, spec)
    name = f"title-{TITLE}_part-{PART}_{day}.xml"
    return Fetched(name, answer.content, answer.url, vintage_id, day, answer.headers)


def _past(http: Http, spec: SourceSpec, state: FetchState, wanted: Span) -> Iterator[Fetched]:
    """Editions of the days wanted on which the list changed."""
    asked = {"part": PART, "issue_date[gte]": f"{wanted.first}", "issue_date[lte]": f"{wanted.last}"}
    answer = http.get(spec.endpoints["versions"], params=asked, kind="json")
    try:
        pieces = json.loads(answer.content)["content_versions"]
        days = {date.fromisoformat(p["issue_date"]) for p in pieces if p["identifier"] == SUPPLEMENT}
    except (ValueError, LookupError, TypeError) as error:
        raise FetchError(
            f"{spec.name}: the eCFR does not say on which days part {PART} changed ({error!r}).",
            f"Look at {answer.url}; its shape may have changed.",
        ) from None
    for day in sorted(day for day in days if wanted.first <= day <= wanted.last):
        edition = _edition(http, spec, state, day)
        if edition is not None:
            yield edition


def _complete_until(content: bytes, spec: SourceSpec) -> date:
    try:
        (day,) = [t["up_to_date_as_of"] for t in json.loads(content)["titles"] if t["number"] == TITLE]
        return date.fromisoformat(day)
    except (ValueError, LookupError, TypeError) as error:
        raise FetchError(
            f"{spec.name}: the eCFR does not say up to which day title {TITLE} is complete ({error!r}).",
            f"Look at {spec.endpoints['titles']}; try again tomorrow.",
        ) from None


def _refuse_nothing(answer: Answer, spec: SourceSpec) -> None:
    if answer.empty:
        raise FetchError(f"{spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")


def _screening_list(http: Http, spec: SourceSpec, state: FetchState, today: date) -> Iterator[Fetched]:
    url = spec.endpoints["screening_list"]
    vintage_id = f"csl-{today}"
    if vintage_id in state.vintage_ids:
        return
    answer = http.get(url, kind="json", conditional=state.validators.get(url))
    _refuse_nothing(answer, spec)
    if not answer.not_modified:
        yield Fetched("consolidated.json", answer.content, answer.url, vintage_id, today, answer.headers)
