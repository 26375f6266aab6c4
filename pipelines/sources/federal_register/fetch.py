"""The Federal Register's API: documents of agencies that act on trade, and presidential documents, page by page.

All pages of one question are read before any is handed on: they make one vintage, and a page that moved while we read
would be missed. The API numbers its pages and says how many documents there are; it shows at most 10,000 of a question,
so a wider question is halved by day of publication until each half is below.

Belongs here: the questions, their spans of days and their pages. Does not belong here: what a document says
(documents.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.contract import BACKFILLED, Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http
from pipelines.sources.federal_register.documents import FIELDS

PER_PAGE = 1000
#: The API shows no more documents of a question than this; a count that reaches it may be cut off.
MOST = 10_000
#: Before the first document this warehouse knows a use for.
FIRST_DAY = date(2018, 1, 1)
#: Days asked for again: a correction, or a day that failed.
AGAIN = timedelta(days=31)
#: How often a span is read before its pages must add up: documents are published while we read.
READINGS = 3
QUESTIONS = {
    "bis": {"conditions[agencies][]": "industry-and-security-bureau"},
    "ustr": {"conditions[agencies][]": "trade-representative-office-of-united-states"},
    "ita": {"conditions[agencies][]": "international-trade-administration"},
    "cbp": {"conditions[agencies][]": "u-s-customs-and-border-protection"},
    "presidential": {"conditions[type][]": "PRESDOCU"},
}
Span = tuple[date, date]
#: Of one page: documents announced, documents on it, its bytes, its address.
Page = tuple[int, int, bytes, str]


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Every page of each question not asked today, or of all for the days wanted.

    Raises FetchError: no count, pages that do not add up, too many.
    """
    today = state.today or date.today()
    for name, condition in QUESTIONS.items():
        if state.wanted is not None:
            vintage_id = f"{name}_{state.wanted}{BACKFILLED}{today}"
            span = (state.wanted.first, min(state.wanted.last, today))
            yield from _documents(http, spec, vintage_id, condition, span, today)
        elif (vintage_id := f"{name}_read_{today}") not in state.vintage_ids:
            yield from _documents(http, spec, vintage_id, condition, (_since(state, name), today), today)


def _since(state: FetchState, name: str) -> date:
    """A month before the newest day this question was asked; the first day where it never was."""
    asked = [v.removeprefix(f"{name}_read_") for v in state.vintage_ids if v.startswith(f"{name}_read_")]
    return max(date.fromisoformat(day) for day in asked) - AGAIN if asked else FIRST_DAY


def _documents(
    http: Http, spec: SourceSpec, vintage_id: str, condition: dict[str, str], span: Span, read_on: date
) -> list[Fetched]:
    """All pages of a question on a span of days, of as many halves of it as the API wants."""
    announced = seen = 0
    for _ in range(READINGS):
        pages = _pages(http, spec, condition, span)
        if pages is None:
            first, last = span
            if first == last:
                raise FetchError(
                    f"{spec.name}: {MOST:,} documents or more on {first} at {spec.endpoints['documents']}, and the API"
                    f" shows no more.",
                    "Ask a narrower question than those of QUESTIONS in fetch.py.",
                )
            middle = first + (last - first) // 2
            halves = ((first, middle), (middle + timedelta(days=1), last))
            return [page for half in halves for page in _documents(http, spec, vintage_id, condition, half, read_on)]
        announced, seen = max(page[0] for page in pages), sum(page[1] for page in pages)
        if {page[0] for page in pages} == {seen}:
            named = f"{vintage_id}_{span[0]}_{span[1]}"
            return [
                Fetched(f"{named}_page{place}.json", content, url, vintage_id, read_on)
                for place, (count, _, content, url) in enumerate(pages, 1)
                if count
            ]
    raise FetchError(
        f"{spec.name}: the pages of {spec.endpoints['documents']} hold {seen:,} documents,"
        f" {announced:,} are announced, however often they are read.",
        "Fetch again later: documents were published while the pages were read.",
    )


def _pages(http: Http, spec: SourceSpec, condition: dict[str, str], span: Span) -> list[Page] | None:
    """The pages of a span. None: it holds more than is shown."""
    found: list[Page] = []
    pages = 1
    while len(found) < pages:
        asked = {
            **condition,
            "conditions[publication_date][gte]": f"{span[0]}",
            "conditions[publication_date][lte]": f"{span[1]}",
            "per_page": str(PER_PAGE),
            "order": "oldest",
            "page": str(len(found) + 1),
            "fields[]": list(FIELDS),
        }
        answer = http.get(spec.endpoints["documents"], params=asked, kind="json")
        count, pages, on_page = _stated(answer.content, spec, answer.url)
        if count >= MOST or count > pages * PER_PAGE:
            return None
        found.append((count, on_page, answer.content, answer.url))
    return found


def _stated(content: bytes, spec: SourceSpec, url: str) -> tuple[int, int, int]:
    """(documents counted, pages, documents on this page). Raises FetchError where the answer is no page."""
    try:
        page = json.loads(content)
        count = page["count"]
        listed = page["results"] if count else []
        return int(count), int(page["total_pages"]) if count else 1, len(listed)
    except (ValueError, LookupError, TypeError) as error:
        raise FetchError(
            f"{spec.name}: {url} did not answer with a page of documents ({error!r}).",
            "Open the address in a browser; the API may be down or have changed its shape.",
        ) from None
