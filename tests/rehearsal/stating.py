"""What every publisher of the rehearsal has: a truth it states, and the ways it can be silent.

Belongs here: that. Does not belong here: any one publisher (ofac.py, publishers.py).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.faults.publisher import Publisher
from tests.world.home import Home

#: What a source states, in a form a query on the release can be compared with.
Truth = frozenset[tuple[Any, ...]]


class Stating:
    """One publisher. query: what a release must answer with the truth; `{day}` is the day it is known on.

    is_read_daily: every reading is a vintage of its own, whether or not there is news.
    is_dated: what it states bears its own date, so that what arrives late is known from then.
    """

    source: str
    paths: tuple[str, ...]
    query: str
    is_read_daily = False
    is_dated = False

    def __init__(self, publisher: Publisher, home: Home) -> None:
        self.publisher = publisher
        self.endpoints: dict[str, str] = {}
        self.is_away = False

    def serve(self, today: date) -> None:
        """State the truth, as on this day."""
        raise NotImplementedError

    @property
    def truth(self) -> Truth:
        raise NotImplementedError

    def is_sound(self, today: date) -> None:
        """Nothing is wrong any more."""

    def is_late(self, today: date) -> None:
        """Should have stated something new, and has not."""

    def unreachable(self, today: date) -> None:
        """Hangs up on everyone."""
        for path in self.paths:
            self.publisher.fault(path, "hang_up")

    def away_for_a_moment(self, today: date) -> None:
        """Hangs up on everyone until it comes back."""
        self.is_away = True
        for path in self.paths:
            self.publisher.fault(path, "hang_up", when=lambda _: self.is_away)

    def comes_back(self) -> None:
        """Before anybody asks a second time."""
        self.is_away = False

    def withdrawn(self, today: date) -> None:
        """Its addresses lead nowhere (404)."""
        for path in self.paths:
            self.publisher.fault(path, "404")

    def cut_off(self, today: date) -> None:
        """Breaks off in the middle of its answer, however often it is asked."""
        self.publisher.fault(self.paths[0], "cut_off")

    def maintenance(self, today: date) -> None:
        """A friendly page with status 200 instead."""
        self.publisher.fault(self.paths[0], "html_instead")
