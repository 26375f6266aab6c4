"""USITC -> the current edition, if it is not held yet.

Only the current edition is on offer for export, so the release list is asked first, and who is current is asked again
after the download. Editions missed in between are for a backfill, or for `add` (runbook: edition_gap): their archived
files appear late, under changing names.

Belongs here: which addresses are asked, and what the release list must say. Does not belong here: the edition itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http
from pipelines.progress import log
from pipelines.sources.usitc_hts.editions import edition_of_release
from pipelines.span import Span

EXPORT = {"from": "0101", "to": "9999", "format": "JSON", "styles": "false"}


@dataclass(frozen=True)
class _Listed:
    """What the release list says of an edition: its name there, our name for it, and its release date."""

    name: str
    vintage_id: str
    released_on: date


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The current edition's JSON export, unless its vintage is held; or the archived editions of the days wanted.

    Raises FetchError if the release list is not of the known shape, or a new edition came out during the download.
    """
    releases = _json(http.get(spec.endpoints["release_list"], kind="json").content, spec)
    current = _current(releases, spec)
    wanted = state.wanted
    if wanted is not None:
        yield from _archived(http, spec, state, wanted, releases)
        if not wanted.first <= current.released_on <= wanted.last:
            return
    if current.vintage_id in state.vintage_ids:
        return
    export = http.get(spec.endpoints["export"], params=EXPORT, kind="json")
    if export.empty:
        raise FetchError(f"{spec.name}: {export.url} answered that it has nothing (204).", "Try again later.")
    after = _json(http.get(spec.endpoints["current_release"], kind="json").content, spec)
    name_after = after.get("name") if isinstance(after, dict) else None
    if not isinstance(name_after, str):
        raise _changed(spec, "The current release has no name.")
    if name_after != current.name:
        raise FetchError(
            what=f"{spec.name}: USITC released {name_after} while {current.name} was being downloaded.",
            action=spec.runbook["release_changed_meanwhile"],
        )
    yield Fetched(
        name=f"hts_{current.vintage_id}.json",
        content=export.content,
        url=export.url,
        vintage_id=current.vintage_id,
        published_on=current.released_on,
        headers=export.headers,
    )


def _archived(
    http: Http, spec: SourceSpec, state: FetchState, wanted: Span, releases: list[dict[str, Any]]
) -> Iterator[Fetched]:
    """Files of past editions released on the days wanted and not held, where they are at the usual address."""
    past = [_listed(release, spec) for release in releases if release.get("status") != "current"]
    for edition in sorted(past, key=lambda one: one.released_on):
        if edition.vintage_id in state.vintage_ids or not wanted.first <= edition.released_on <= wanted.last:
            continue
        address = _archived_address(spec, edition.vintage_id)
        answer = http.get(address, kind="json", may_be_absent=True) if address else None
        if answer is None or answer.empty:
            log.warning("%s: no archived file of %s; %s", spec.name, edition.name, spec.runbook["edition_gap"])
            continue
        name = f"hts_{edition.vintage_id}.json"
        yield Fetched(name, answer.content, answer.url, edition.vintage_id, edition.released_on, answer.headers)


def _archived_address(spec: SourceSpec, vintage_id: str) -> str:
    """Where an edition's file usually lies; "" for one whose place is not known."""
    found = re.fullmatch(r"(\d{4})_(?:(basic)|rev_(\d+))", vintage_id)
    if found is None:
        return ""
    endpoint = "archived_basic_edition" if found[2] else "archived_revision"
    return spec.endpoints[endpoint].format(year=found[1], number=found[3])


def _json(content: bytes, spec: SourceSpec) -> Any:
    try:
        return json.loads(content)
    except ValueError as wrong:
        raise _changed(spec, f"An answer is not JSON: {wrong}.") from wrong


def _current(releases: Any, spec: SourceSpec) -> _Listed:
    """Strict on what is used, silent on other fields: an edition not fetched while it is current may be lost."""
    if not isinstance(releases, list) or not all(isinstance(release, dict) for release in releases):
        raise _changed(spec, "It is not a list of releases.")
    current = [release for release in releases if release.get("status") == "current"]
    if len(current) != 1:
        raise _changed(spec, f"{len(current)} releases are current, not one.")
    return _listed(current[0], spec)


def _listed(release: dict[str, Any], spec: SourceSpec) -> _Listed:
    name, starts = release.get("name"), release.get("releaseStartDate")
    edition = edition_of_release(name) if isinstance(name, str) else None
    if edition is None:
        raise _changed(spec, f"A release has a name of an unknown shape: {name!r}.")
    try:
        released_on = datetime.strptime(str(starts), "%m/%d/%Y").date()
    except ValueError as wrong:
        raise _changed(spec, f"A release starts on {starts!r}, which is not MM/DD/YYYY.") from wrong
    return _Listed(str(name), edition.vintage_id, released_on)


def _changed(spec: SourceSpec, what: str) -> FetchError:
    return FetchError(
        what=f"{spec.name}: USITC's release list is not as it was. {what}", action=spec.runbook["release_list_changed"]
    )
