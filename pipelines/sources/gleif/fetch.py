"""GLEIF's golden copy -> the three CSV files of the newest publish, as they were zipped.

Belongs here: which publish, which files. Does not belong here: reading them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http

#: Parts of a publish: legal entities, relationships, reporting exceptions.
PARTS = ("lei2", "rr", "repex")
#: Level 1 alone is about 470 MB; the archive takes no larger file.
LARGEST_BYTES = 512 * 1024**2


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The newest publish, unless it is held. Raises FetchError."""
    address = spec.endpoints["publishes"]
    listed = http.get(address, params={"per_page": 1}, kind="json")
    day, urls = _newest(listed.content, spec)
    vintage_id = f"golden-copy-{day}"
    if vintage_id in state.vintage_ids:
        return
    for url in urls:
        answer = http.get(url, max_bytes=LARGEST_BYTES)
        if answer.empty or not answer.content.startswith(b"PK"):
            what = f"{spec.name}: {answer.url} sent something else instead of a ZIP file."
            raise FetchError(what, "Open the address in a browser; try again later.")
        yield Fetched(PurePosixPath(url).name, answer.content, answer.url, vintage_id, day, answer.headers)


def _newest(content: bytes, spec: SourceSpec) -> tuple[date, list[str]]:
    """Day of the newest publish and the addresses of its files."""
    try:
        [publish] = json.loads(content)["data"]
        day = date.fromisoformat(publish["publish_date"][:10])
        return day, [str(publish[part]["full_file"]["csv"]["url"]) for part in PARTS]
    except (ValueError, LookupError, TypeError) as error:
        raise FetchError(
            f"{spec.name}: the list of publishes does not say where the newest files are ({error!r}).",
            f"Look at {spec.endpoints['publishes']}; its form may have changed.",
        ) from None
