"""What to ask the Census International Trade API for next, and under which names the answers travel.

Belongs here: which months are wanted, how a month is sliced, and naming the request an answer belongs to.
Does not belong here: how bytes are fetched (pipelines/http), and what an answer means (census_api.py).

One vintage is one product level and one month, all partners, as read on one day. A new month is asked for until it is
there. Detail is restated once a year, with the figures for April (published in June), for up to three years back: then
the months already held from that stretch are read again. The months just before a new one are always read again, so
that a restatement nobody announced is heard.

Without a key the API answers so many questions a day (`keyless_calls_a_day` in source.yml). They are counted across
runs; a month is only begun if all its questions may still be put, and the next day goes on where this one stopped.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pipelines.contract import BACKFILLED, Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.formats.census_scope import month, month_range
from pipelines.http import Answer, Http
from pipelines.progress import log
from pipelines.quota import Quota

APRIL = 4
YEARS_RESTATED = 3
#: The newest figures are never older than this, shutdowns included.
LATEST_MONTHS = 6
#: 77 is kept free by the Harmonized System.
CHAPTERS = [f"{n:02d}" for n in range(1, 100) if n != 77]


@dataclass(frozen=True)
class Slice:
    """One product level to keep up with.

    dataset: key below `endpoints` in source.yml.  commodity: the field of product codes.  fields: what is asked for.
    first_months: how many months a new warehouse starts with.
    recheck_months: how many months before a new one are read again.
    by_chapter: one question a chapter, where a month is too much for one.
    """

    dataset: str
    level: str
    commodity: str
    fields: tuple[str, ...]
    first_months: int
    recheck_months: int
    by_chapter: bool = False


def fetch_slices(
    http: Http, spec: SourceSpec, state: FetchState, flow: str, slices: tuple[Slice, ...]
) -> Iterator[Fetched]:
    """Answers not yet held, oldest month first; or, whatever is held, those of the months wanted by name.

    flow: "imports" or "exports". Ends early, and says so, where the questions of the day are spent; where months are
    wanted by name that is a QuotaSpentError.
    Raises FetchError if the API has nothing for a month it has spoken about before.
    """
    key = os.environ.get(spec.key_environment or "", "")
    today = state.today or datetime.now(UTC).date()
    for wanted in slices:
        question = _Question(http, spec, flow, wanted, key, today, state.quota, state.wanted is not None)
        if state.wanted is not None:
            for month_wanted in state.wanted.months:
                yield from question.if_out(month_wanted.first)
            continue
        held, brought = _held(state, wanted, "_read_"), _held(state, wanted, BACKFILLED)
        if not question.may_put(LATEST_MONTHS):
            return
        newest = _newest_month(question, list(held), today)
        if newest is not None:
            for start in _months(wanted, held, brought, newest):
                if not question.may_put(question.calls):
                    return
                yield from question.answers(start)


def _held(state: FetchState, wanted: Slice, how: str) -> dict[date, date]:
    """Months of this level that were brought this way before, in order, and the day each was read last.

    how: "_read_" by the everyday fetch, BACKFILLED by name.
    """
    pattern = re.compile(rf"{wanted.level.lower()}_(\d{{4}}-\d{{2}}){how}(\d{{4}}-\d{{2}}-\d{{2}})")
    found = (pattern.fullmatch(vintage_id) for vintage_id in state.vintage_ids)
    read = sorted((month(match[1]), date.fromisoformat(match[2])) for match in found if match)
    return dict(read)


def _newest_month(question: _Question, held: list[date], today: date) -> date | None:
    """The newest month the API has and we do not; None if there is none."""
    first = _shift(today.replace(day=1), -LATEST_MONTHS)
    if held:
        first = max(first, _shift(held[-1], 1))
    for start in reversed(month_range(first, today.replace(day=1))[:-1]):
        if question.has(start):
            return start
    return None


def _months(wanted: Slice, held: dict[date, date], brought: dict[date, date], newest: date) -> list[date]:
    """Months to ask for: those since the last held, those just before, and held ones that may have been restated.

    brought: months that were asked for by name; they may be restated, and say nothing of those between.
    Figures come out in the second month after their own. What was read since then is not read again: a run that went on
    over several days would else begin anew on each.
    """
    if not held:
        return list(month_range(_shift(newest, 1 - wanted.first_months), newest))
    last, published_on = max(held), _shift(newest, 2)
    months = set(month_range(_shift(last, 1 - wanted.recheck_months), newest))
    if any(m.month == APRIL for m in month_range(_shift(last, 1), newest)):
        months |= {m for m in {**held, **brought} if m.year >= newest.year - YEARS_RESTATED}
    never = date.min
    return sorted(m for m in months if max(held.get(m, never), brought.get(m, never)) < published_on)


def _shift(start: date, months: int) -> date:
    years, index = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(years, index + 1, 1)


@dataclass(frozen=True)
class _Question:
    """One level of one flow, put to the API month by month. by_name: the months were asked for by name."""

    http: Http
    spec: SourceSpec
    flow: str
    wanted: Slice
    key: str
    today: date
    quota: Quota | None
    by_name: bool

    @property
    def calls(self) -> int:
        """Questions a month takes."""
        return len(CHAPTERS) + 1 if self.wanted.by_chapter else 1

    def may_put(self, calls: int) -> bool:
        """Whether so many questions may still be put today; says so if not. Raises QuotaSpentError for one by name."""
        if self.quota is None or self.quota.left >= calls:
            return True
        if self.by_name:
            raise self.quota.too_few(self.spec.name, calls)
        log.warning(
            "%s: %d of %d keyless questions a day are left, %s wants %d: it goes on tomorrow, or at once with %s set",
            *(self.spec.name, self.quota.left, self.quota.limit, self.wanted.level, calls, self.spec.key_environment),
        )
        return False

    def ask(self, start: date, **conditions: str) -> Answer:
        params = {
            "get": ",".join(self.wanted.fields),
            "COMM_LVL": self.wanted.level,
            "time": f"{start:%Y-%m}",
            **conditions,
        }
        if self.quota is not None:
            self.quota.take()
        url = self.spec.endpoints[self.wanted.dataset]
        if self.key:
            return self.http.get(url, params=params, secret_params={"key": self.key}, kind="json")
        try:
            return self.http.get(url, params=params, kind="json")
        except FetchError as error:
            where = (
                f"If it wants a key: https://api.census.gov/data/key_signup.html, and set {self.spec.key_environment}."
            )
            raise type(error)(error.what, f"{error.action} {where}") from None

    def has(self, start: date) -> bool:
        """Whether the month is out: one chapter or sector that is traded every month is enough to know."""
        probe = {"COMM_LVL": "HS2", self.wanted.commodity: "84"}
        if self.wanted.dataset == "naics":
            probe = {self.wanted.commodity: "334"}
        return not self.ask(start, **probe).empty

    def if_out(self, start: date) -> list[Fetched]:
        """The whole month; nothing where it is not out."""
        if self.may_put(1 + self.calls) and self.has(start):
            return self.answers(start)
        log.info("%s: the API has no %s figures for %s", self.spec.name, self.wanted.level, f"{start:%Y-%m}")
        return []

    def answers(self, start: date) -> list[Fetched]:
        """The whole month, in one file or one a chapter; only when all of it is there."""
        conditions = [{self.wanted.commodity: f"{c}*"} for c in CHAPTERS] if self.wanted.by_chapter else [{}]
        asked = [self.ask(start, **condition) for condition in conditions]
        bodies = [answer for answer in asked if not answer.empty]
        if not bodies:
            raise FetchError(
                f"{self.spec.name}: the API has no {self.wanted.level} figures for {start:%Y-%m}, and should have.",
                "Look at the month in a browser; try again later if the API is being loaded.",
            )
        if self.wanted.by_chapter:
            self._refuse_lost_chapters(start, {c for c, answer in zip(CHAPTERS, asked, strict=True) if answer.empty})
        how = BACKFILLED if self.by_name else "_read_"
        stem = f"{self.flow}_{self.wanted.dataset}_{self.wanted.level}_{start:%Y-%m}_read-{self.today}"
        width = len(str(len(bodies)))
        return [
            Fetched(
                name=f"{stem}_part-{n:0{width}d}-of-{len(bodies)}.json" if len(bodies) > 1 else f"{stem}.json",
                content=answer.content,
                url=answer.url,
                vintage_id=f"{self.wanted.level.lower()}_{start:%Y-%m}{how}{self.today}",
                headers=answer.headers,
            )
            for n, answer in enumerate(bodies, start=1)
        ]

    def _refuse_lost_chapters(self, start: date, silent: set[str]) -> None:
        """No answer means no trade, unless the month has figures for the chapter: its lines would be closed."""
        if not silent:
            return
        try:
            header, *rows = json.loads(self.ask(start, COMM_LVL="HS2").content)
            place = header.index(self.wanted.commodity)
            lost = sorted(silent & {row[place] for row in rows})
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise FetchError(
                f"{self.spec.name}: the chapters traded in {start:%Y-%m} cannot be read ({error}).",
                "Ask for the month's HS2 figures in a browser; try again later if the API is being loaded.",
            ) from None
        if lost:
            raise FetchError(
                f"{self.spec.name}: no {self.wanted.level} figures for {start:%Y-%m} in traded chapters {lost}.",
                "Try again later: the API is being loaded, or a chapter was lost.",
            )
