"""The Consolidated Screening List's public download.

Belongs here: the address. Does not belong here: reading the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.formats.reference import fetch_whole
from pipelines.http import Http


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The JSON, if it has changed."""
    yield from fetch_whole(http, spec, state, spec.endpoints["screening_list"], kind="json")
