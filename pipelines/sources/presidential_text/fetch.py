"""Posts of the White House's site, by the interface its software has for them, a page after a page.

Belongs here: the pages. Does not belong here: which posts are presidential actions, and what they say (parse.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from pipelines.contract import BACKFILLED, Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http

#: The interface gives no more posts a page.
PER_PAGE = 100
#: More pages than a month has ever had.
MOST_PAGES = 50
#: Days asked for again: a text that was changed.
AGAIN = timedelta(days=31)
FIELDS = "link,date,modified,title,content"
PLACE = "/presidential-actions/"


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Every page of posts since a month before the newest day held, or of the days wanted. Raises FetchError.

    Days wanted that have no presidential action are left out: a month without one is no fault.
    """
    today = state.today or date.today()
    wanted = state.wanted
    vintage_id = f"{wanted}{BACKFILLED}{today}" if wanted else f"read_{today}"
    if vintage_id in state.vintage_ids and wanted is None:
        return
    since = wanted.first if wanted else min(state.newest_known_on or today, today) - AGAIN
    until = {"before": f"{wanted.last + timedelta(days=1)}T00:00:00"} if wanted else {}
    found: list[Fetched] = []
    has_action = False
    for page in range(1, MOST_PAGES + 1):
        asked = {
            "after": f"{since}T00:00:00",
            "order": "asc",
            "orderby": "date",
            "per_page": str(PER_PAGE),
            "page": str(page),
            "_fields": FIELDS,
            **until,
        }
        answer = http.get(spec.endpoints["posts"], params=asked, kind="json")
        links = _links(answer.content, answer.url, spec)
        has_action = has_action or any(PLACE in link for link in links)
        found.append(Fetched(f"{vintage_id}_page{page}.json", answer.content, answer.url, vintage_id, today))
        if len(links) < PER_PAGE:
            if not has_action and wanted is not None:
                return
            if not has_action:
                raise FetchError(
                    f"{spec.name}: no presidential action among the posts since {since} at {answer.url}.",
                    "See whether the addresses of actions still hold /presidential-actions/.",
                )
            yield from found
            return
    raise FetchError(
        f"{spec.name}: {MOST_PAGES} full pages of posts since {since} at {spec.endpoints['posts']}, and no end.",
        "The interface may no longer heed `after`; open the address in a browser.",
    )


def _links(content: bytes, url: str, spec: SourceSpec) -> list[str]:
    """Addresses of the posts of a page. Raises FetchError where the answer is no page of posts."""
    try:
        posts = json.loads(content)
        if not isinstance(posts, list):
            raise TypeError("not a list")
        return [str(post["link"]) for post in posts]
    except (ValueError, LookupError, TypeError) as error:
        raise FetchError(
            f"{spec.name}: {url} did not answer with posts ({error!r}).",
            "Open the address in a browser; the site may be down or have changed its software.",
        ) from None
