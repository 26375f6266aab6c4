"""A stretch of whole months or years, asked for by name.

Belongs here: reading it, and cutting it into months and years. Does not belong here: who is asked for it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pipelines.errors import StatecraftError

_NAMED = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, order=True)
class Span:
    """first: a first day of a month.  last: a last day of a month, not before first. Both belong to it."""

    first: date
    last: date

    @staticmethod
    def named(first: str, last: str) -> Span:
        """From what a person types: months (2024-01) or years (2024). Raises StatecraftError."""
        begin, end = _month(first, 1), _month(last, 12)
        if end < begin:
            raise StatecraftError(f"{last} is before {first}.", "Name the first month, then the last.")
        return Span(begin, _end(end))

    @property
    def months(self) -> list[Span]:
        """Its months, oldest first."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        found = [divmod(self.first.year * 12 + self.first.month - 1 + n, 12) for n in range(count)]
        starts = [date(year, index + 1, 1) for year, index in found]
        return [Span(start, _end(start)) for start in starts]

    @property
    def years(self) -> list[Span]:
        """The calendar years it touches, whole, oldest first."""
        return [Span(date(y, 1, 1), date(y, 12, 31)) for y in range(self.first.year, self.last.year + 1)]

    def __str__(self) -> str:
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return f"{self.first:%Y-%m}"
        if self.years == [self]:
            return f"{self.first:%Y}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"


def _month(text: str, of_year: int) -> date:
    """First day of the month; of a year, that of its month `of_year`."""
    found = _NAMED.fullmatch(text.strip())
    month = int(found[2] or of_year) if found else 0
    if not found or not 1 <= month <= 12 or int(found[1]) == 0:
        raise StatecraftError(f"{text!r} is no month.", "Name a month such as 2024-01, or a year such as 2024.")
    return date(int(found[1]), month, 1)


def _end(start: date) -> date:
    return start.replace(day=monthrange(start.year, start.month)[1])
