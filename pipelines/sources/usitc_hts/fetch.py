"""USITC -> the current edition, if it is not held yet.

Only the current edition is on offer for export, so the release list is asked first, and who is current is asked again
after the download. Editions missed in between are for `add` (runbook: edition_gap): their archived files appear late,
under changing names.

Belongs here: which addresses are asked, and what the release list must say. Does not belong here: the edition itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.http import Http
from pipelines.sources.usitc_hts.editions import edition_of_release

EXPORT = {"from": "0101", "to": "9999", "format": "JSON", "styles": "false"}


@dataclass(frozen=True)
class _Current:
    """What the release list says of the edition in force: its name there, our name for it, and its release date."""

    name: str
    vintage_id: str
    released_on: date


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """The current edition's JSON export, unless its vintage is held.

    Raises FetchError if the release list is not of the known shape, or a new edition came out during the download.
    """
    releases = http.get(spec.endpoints["release_list"], kind="json")
    current = _current(_json(releases.content, spec), spec)
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


def _json(content: bytes, spec: SourceSpec) -> Any:
    try:
        return json.loads(content)
    except ValueError as wrong:
        raise _changed(spec, f"An answer is not JSON: {wrong}.") from wrong


def _current(releases: Any, spec: SourceSpec) -> _Current:
    """Strict on what is used, silent on other fields: an edition not fetched while it is current may be lost."""
    if not isinstance(releases, list) or not all(isinstance(release, dict) for release in releases):
        raise _changed(spec, "It is not a list of releases.")
    current = [release for release in releases if release.get("status") == "current"]
    if len(current) != 1:
        raise _changed(spec, f"{len(current)} releases are current, not one.")
    name, starts = current[0].get("name"), current[0].get("releaseStartDate")
    edition = edition_of_release(name) if isinstance(name, str) else None
    if edition is None:
        raise _changed(spec, f"The current release has a name of an unknown shape: {name!r}.")
    try:
        released_on = datetime.strptime(starts, "%m/%d/%Y").date()
    except (TypeError, ValueError) as wrong:
        raise _changed(spec, f"The current release starts on {starts!r}, which is not MM/DD/YYYY.") from wrong
    return _Current(name, edition.vintage_id, released_on)


def _changed(spec: SourceSpec, what: str) -> FetchError:
    return FetchError(
        what=f"{spec.name}: USITC's release list is not as it was. {what}", action=spec.runbook["release_list_changed"]
    )
