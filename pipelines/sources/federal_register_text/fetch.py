"""Full texts of the Federal Register: the API names the documents of two agencies; each text is one file.

Belongs here: which documents, and where their texts are. Does not belong here: what a text says (parse.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http

AGENCIES = ("trade-representative-office-of-united-states", "industry-and-security-bureau")
FIELDS = ("document_number", "publication_date", "full_text_xml_url")
#: Days asked for again, and the first asked where nothing is held.
AGAIN = timedelta(days=31)
#: The API's largest page; a month of two agencies is a tenth of it.
PER_PAGE = 1000


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The text of every document of the last month, or of the days wanted, that is not held. Raises FetchError."""
    today = state.today or date.today()
    first, last = min(state.newest_known_on or today, today) - AGAIN, today
    if state.wanted is not None:
        first, last = state.wanted.first, min(state.wanted.last, today)
    asked = {
        "conditions[agencies][]": list(AGENCIES),
        "conditions[publication_date][gte]": f"{first}",
        "conditions[publication_date][lte]": f"{last}",
        "per_page": str(PER_PAGE),
        "page": "1",
        "order": "oldest",
        "fields[]": list(FIELDS),
    }
    answer = http.get(spec.endpoints["documents"], params=asked, kind="json")
    for number, published_on, url in _listed(answer.content, answer.url, spec):
        if number not in state.vintage_ids:
            text = http.get(url, kind="xml")
            if text.empty:
                raise FetchError(f"{spec.name}: {text.url} answered that it has nothing (204).", "Try again later.")
            yield Fetched(f"{number}.xml", text.content, text.url, number, published_on)


def _listed(content: bytes, url: str, spec: SourceSpec) -> list[tuple[str, date, str]]:
    """(number, day of publication, address of the text) of each document. Raises FetchError."""
    try:
        page = json.loads(content)
        results: list[dict[str, Any]] = page["results"] if page["count"] else []
        count = int(page["count"])
        listed = [
            (str(one["document_number"]), date.fromisoformat(one["publication_date"]), str(one["full_text_xml_url"]))
            for one in results
            if one["full_text_xml_url"]
        ]
    except (ValueError, LookupError, TypeError) as error:
        raise FetchError(
            f"{spec.name}: {url} did not answer with a page of documents ({error!r}).",
            "Open the address in a browser; the API may be down or have changed its shape.",
        ) from None
    if count != len(results):
        raise FetchError(
            f"{spec.name}: {url} announces {count:,} documents and shows {len(results):,}.",
            "Fetch again; where a month holds more than a page, ask for fewer days (AGAIN in fetch.py).",
        )
    return listed
