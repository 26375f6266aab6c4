"""Alerts kept until somebody has been told: a file each below the home, removed once a channel took it.

Belongs here: that. Does not belong here: how alerts are sent (alerts.py), when one is due and when it is sent again
(watch.py), how long one that nobody ever takes is kept (retention.py).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from pipelines.errors import DamagedError
from pipelines.files import read_json, write_json
from pipelines.progress import log
from pipelines.service.alerts import Alert, is_delivered
from pipelines.settings import Settings


def tell(settings: Settings, name: str, alert: Alert) -> bool:
    """Send an alert; whether it reached somebody. What did not is kept under this name, to be told again.

    Kept before it is sent: a channel that does not answer may outlast the patience of whoever asked for this.
    """
    path = settings.untold / f"{name}.json"
    try:
        write_json(path, {"at": datetime.now().astimezone(), "title": alert.title, "words": alert.words})
    except OSError as error:  # a full disk takes no file; what is told must still be told
        log.error("The alert could not be kept: %s", error)
    delivered = is_delivered(alert)
    if delivered:
        path.unlink(missing_ok=True)
    return delivered


def tell_again(settings: Settings) -> tuple[int, int]:
    """Send what is kept, oldest first, until one reaches nobody. Returns how many were told, and how many are left."""
    kept = []
    for path in settings.untold.glob("*.json"):
        with suppress(DamagedError):
            document = read_json(path)
            kept.append((datetime.fromisoformat(document["at"]), path, document))
    kept.sort(key=lambda one: one[:2])
    for told, (at, path, document) in enumerate(kept):
        late = f"This is of {at:%H:%M on %Y-%m-%d}; nobody could be told before."
        if not is_delivered(Alert(document["title"], f"{document['words']}\n{late}")):
            return told, len(kept) - told
        path.unlink(missing_ok=True)
    return len(kept), 0
