"""What failed and still stands: an incident is settled once the same source has come through, not once any has.

Belongs here: which incidents a person should look at. Does not belong here: keeping them (intake.py), showing them
(cli/status.py).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from pipelines.errors import DamagedError
from pipelines.files import read_json, write_json
from pipelines.settings import Settings

Incident = Mapping[str, Any]


def came_through(settings: Settings, source: str) -> None:
    """Note that a source was asked just now, and that what it answered is in raw."""
    write_json(settings.came_through / f"{source}.json", {"at": datetime.now().astimezone()})


def standing(
    settings: Settings, incidents: Sequence[Incident], sources: Collection[str], released_at: datetime | None
) -> list[Incident]:
    """The newest incident of each source, and of each step after the sources, that nothing has settled; newest first.

    incidents: newest first.  released_at: when the last release was made; it settles what is no source's.
    """
    found: dict[str, Incident] = {}
    for incident in incidents:
        name = incident["source"]
        settled_at = _came_through_at(settings, name) if name in sources else released_at
        if name not in found and (settled_at is None or datetime.fromisoformat(incident["at"]) > settled_at):
            found[name] = incident
    return list(found.values())


def _came_through_at(settings: Settings, source: str) -> datetime | None:
    path = settings.came_through / f"{source}.json"
    with suppress(DamagedError):
        return datetime.fromisoformat(read_json(path)["at"]) if path.exists() else None
    return None
