"""The clock the rehearsed service believes in, put forward by who rehearses.

Belongs here: saying what the clock shows, and moving it. Does not belong here: how processes come to believe it
(clock/sitecustomize.py).
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.files import replace_file
from pipelines.settings import PROJECT_ROOT

#: Where the service is rehearsed: most of its publishers' calendars are of this zone.
HERE = ZoneInfo("America/New_York")
BELIEVERS = Path(__file__).with_name("clock")


@dataclass
class MovedClock:
    """A running clock that is so many seconds ahead of the real one as its file says."""

    file: Path

    @property
    def environment(self) -> dict[str, str]:
        """What makes a process, and all it starts, believe in this clock. It also has this project's code first."""
        path = [str(BELIEVERS), str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")]
        driven = {"REHEARSAL_CLOCK": str(self.file), "REHEARSAL_DRIVER": str(os.getpid())}
        return {**driven, "PYTHONPATH": os.pathsep.join(filter(None, path))}

    def set(self, moment: datetime) -> None:
        """From now on it is this moment, and time goes on from there."""
        replace_file(self.file, repr(moment.timestamp() - time.time()).encode())

    def now(self) -> datetime:
        """What the clock shows."""
        return datetime.fromtimestamp(time.time() + float(self.file.read_text()), HERE)
