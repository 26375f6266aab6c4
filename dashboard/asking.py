"""What a page can be asked: its filters, and reading them from an address into values that are known to be good.

Belongs here: kinds of filters and their bounds. Does not belong here: which filters a page has (pages/).

Nothing a reader types reaches a query as it is: a choice is one of those offered, a day is a day, and words are
bounded, free of control characters, and quoted by whoever writes the query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl

from pipelines.errors import StatecraftError

Ask = Callable[[str], pl.DataFrame]
#: Value and what it is called.
Option = tuple[str, str]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST_WORDS = 100


class BadQuestionError(StatecraftError):
    """The address asks for something a page cannot answer."""


@dataclass(frozen=True)
class Choice:
    """One of several. options: a list, or what asks the release for it. default: its first where not given."""

    name: str
    label: str
    options: Sequence[Option] | Callable[[Ask], Sequence[Option]]
    default: str | None = None
    kind: str = field(default="choice", init=False)

    def offered(self, ask: Ask) -> Sequence[Option]:
        """Values and what they are called."""
        return self.options(ask) if callable(self.options) else self.options

    def start(self, ask: Ask, today: date) -> str:
        offered = self.offered(ask)
        return self.default if self.default is not None else offered[0][0] if offered else ""

    def read(self, text: str, ask: Ask) -> str:
        if text not in {value for value, _ in self.offered(ask)}:
            raise BadQuestionError(f"{self.label}: {text!r} is none of the choices.", "Choose one from the list.")
        return text


@dataclass(frozen=True)
class Day:
    """A day. default: from the day it is today. slides_from: where it has a slider too, the day that begins on.

    begins: asks the release for the first day that shows anything; an earlier one means that day, so that an address
    kept from a release that began earlier still answers.
    """

    name: str
    label: str
    default: Callable[[date], date] = lambda today: today
    slides_from: date | None = None
    begins: Callable[[Ask], date | None] | None = None
    kind: str = field(default="day", init=False)

    def first(self, ask: Ask) -> date:
        """The first day offered."""
        return (self.begins(ask) if self.begins else None) or FIRST_DAY

    def start(self, ask: Ask, today: date) -> date:
        return max(self.default(today), self.first(ask))

    def read(self, text: str, ask: Ask) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.min
        if not FIRST_DAY <= day <= LAST_DAY:
            raise BadQuestionError(
                f"{self.label}: {text!r} is no day between {FIRST_DAY} and {LAST_DAY}.",
                "Write it as year, month, day: 2026-11-10.",
            )
        return max(day, self.first(ask))


@dataclass(frozen=True)
class Words:
    """Free text, short."""

    name: str
    label: str
    hint: str = ""
    default: str = ""
    kind: str = field(default="words", init=False)

    def start(self, ask: Ask, today: date) -> str:
        return self.default

    def read(self, text: str, ask: Ask) -> str:
        text = text.strip()
        if len(text) > LONGEST_WORDS or not text.isprintable():
            raise BadQuestionError(
                f"{self.label}: at most {LONGEST_WORDS} letters, figures and signs.", "Write it shorter."
            )
        return text


Filter = Choice | Day | Words


@dataclass(frozen=True)
class Asked:
    """A question put to a page: values of its filters, the day it is, and the release that answers.

    path: what the address names beyond the page, e.g. an act's id.
    """

    ask: Ask
    today: date
    values: Mapping[str, Any]
    path: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def address(self, base: str, **changed: Any) -> str:
        """The page's address with these values, some of them changed."""
        values = {**self.values, **changed}
        asked = urlencode({name: str(value) for name, value in values.items() if value != ""})
        return f"{base}?{asked}" if asked else base


def read(filters: Sequence[Filter], given: Mapping[str, str], ask: Ask, today: date) -> dict[str, Any]:
    """Values of a page's filters from an address. An empty one is not given; what is no filter is left out.

    Raises BadQuestionError.
    """
    return {
        each.name: each.read(given[each.name], ask) if given.get(each.name, "").strip() else each.start(ask, today)
        for each in filters
    }
