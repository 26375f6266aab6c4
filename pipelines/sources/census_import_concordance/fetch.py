"""IMP-CODE of the current year, as the Census Bureau publishes it.

Belongs here: the address. Does not belong here: reading the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.formats.reference import fetch_whole
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The fixed-width file of the year, unless that edition is held."""
    year = (state.today or date.today()).year
    yield from fetch_whole(http, spec, state, spec.endpoints["products"].format(year=year), f"{year}")
