"""Days of a service by itself: publishers do what the script says, the clock is put forward, what follows is judged.

Belongs here: driving a day and judging it. Does not belong here: what happens on it (script.py), the service itself
(service.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import yaml

from pipelines.files import read_json
from pipelines.intake import incidents
from pipelines.release import releases
from tests.faults.publisher import Publisher
from tests.rehearsal import publishers
from tests.rehearsal.moved_clock import HERE, MovedClock
from tests.rehearsal.script import NOTHING, PUBLISHED, Turn
from tests.rehearsal.service import Ended, Service, Webhook, serving, webhook
from tests.rehearsal.stating import Stating, Truth
from tests.world.home import Home

#: After the last schedule of a working day; a while later, for what is told then; and when what passes is asked again.
EVENING, LATER, AGAIN_MINUTES = (18, 5), timedelta(minutes=5), 10
#: What may follow besides an incident.
BUILT, NOTHING_NEW = "published", "nothing new"
#: What one source's gate refused is on record in the next release, whichever source's run makes that.
ON_RECORD = "nothing new but the record"
EVE = datetime(2026, 11, 1, 20, 0, tzinfo=HERE)


@dataclass(frozen=True)
class Followed:
    """What followed from one publisher's day. failures: runs of it that failed. wrong: what should be otherwise."""

    day: date
    source: str
    does: str
    kind: str
    followed: str
    run_seconds: float
    failures: int
    wrong: tuple[str, ...]

    @property
    def is_stopped(self) -> bool:
        """Whether the run failed, in the words of `followed`."""
        return self.followed not in (BUILT, NOTHING_NEW, ON_RECORD)


@dataclass
class Rehearsal:
    """A service, its publishers, and what each was last heard to state."""

    home: Home
    clock: MovedClock
    publisher: Publisher
    stating: dict[str, Stating]
    service: Service
    hook: Webhook
    heard: dict[str, Truth]
    history: dict[str, dict[date, Truth]] = field(default_factory=dict)
    followed: list[Followed] = field(default_factory=list)
    day_seconds: dict[date, float] = field(default_factory=dict)
    builds: set[str] = field(default_factory=set)
    status: str = ""

    def day(self, today: date, turns: Sequence[Turn]) -> list[Followed]:
        """One working day: publishers take their turns, the evening comes, and all that follows is judged."""
        begun = time.monotonic()
        self.publisher.heal()
        for each in self.stating.values():
            each.serve(today)
        for turn in turns:
            getattr(self.stating[turn.source], turn.does)(today)
        runs = self._evening(today)
        self.status = ""
        if not all(each[-1].success for each in runs.values()):
            said = self.home.statecraft("status", "--check")
            self.status = " ".join([*said.stdout.split(), *said.stderr.split()])
        last = {turn.source: turn for turn in turns}
        found = [
            self._judge(last.get(name) or self._quiet(today, name), [t.does for t in turns if t.source == name], each)
            for name, each in runs.items()
        ]
        self.followed += found
        self.day_seconds[today] = time.monotonic() - begun
        return found

    def _quiet(self, today: date, source: str) -> Turn:
        """What follows where a publisher does nothing: a reading of the Register is on record every day."""
        follows = PUBLISHED if self.stating[source].is_read_daily and self.heard[source] else NOTHING
        return Turn(today.day, source, "is_sound", follows)

    def _evening(self, today: date) -> dict[str, list[Ended]]:
        """Put the clock forward until every source was asked, failures were told, and what passes by itself was asked
        again. The day's runs.
        """
        before = {name: len(self.service.runs(name)) for name in self.stating}
        self.clock.set(datetime(today.year, today.month, today.day, *EVENING, tzinfo=HERE))
        runs = self._asked(today, before, dict.fromkeys(before, 1))
        again = {name: "asked for again" in "".join(self._alerts(name, today)) for name in runs}
        if any(again.values()):
            for each in self.stating.values():
                each.comes_back()
            self.clock.set(self.clock.now() + timedelta(minutes=AGAIN_MINUTES))
            runs = self._asked(today, before, {name: 1 + again[name] for name in runs})
        return runs

    def _asked(self, today: date, before: dict[str, int], times: dict[str, int]) -> dict[str, list[Ended]]:
        """Wait until each source was asked so many times more than before, and its failures were told. The new runs."""
        self.service.until(
            f"that each source was asked on {today}",
            lambda: (
                all(len(self.service.runs(name)) >= count + times[name] for name, count in before.items())
                and self.service.is_idle()
            ),
        )
        runs = {name: self.service.runs(name)[count:] for name, count in before.items()}
        failures = {name: sum(not run.success for run in each) for name, each in runs.items()}
        if any(failures.values()):
            self.clock.set(self.clock.now() + LATER)
            self.service.until(
                f"that failures of {today} are told",
                lambda: all(len(self._alerts(name, today)) >= count for name, count in failures.items()),
            )
        return runs

    @property
    def _unsettled(self) -> str:
        """The sources `statecraft status --check` holds for unsettled, as it lists them."""
        return self.status.partition("not settled:")[2]

    def _alerts(self, source: str, today: date) -> list[str]:
        return [text for text in self.hook.told_on(today) if f"refresh_{source} failed" in text]

    def _judge(self, turn: Turn, did: Sequence[str], runs: Sequence[Ended]) -> Followed:
        run, stating, wrong = _together(runs), self.stating[turn.source], []
        built = [r for r in releases(self.home.settings) if run.began <= r.created_at.timestamp() <= run.ended]
        self.builds |= {r.build_id for r in built}
        news = sorted({table for r in built for table in beyond_the_record(r.path)})
        followed = (BUILT if news or turn.follows == PUBLISHED else ON_RECORD) if built else NOTHING_NEW
        if turn.is_stopped:
            said = [i for i in incidents(self.home.settings) if i["at"] >= _moment(run.began)]
            words = next((i["what"] for i in said if i["source"] == turn.source), "")
            followed = words
            told = "\n".join(self._alerts(turn.source, turn.date))
            wrong += _unmet(
                {
                    "the run did not fail": not run.success,
                    f"{turn.follows!r} is not in the incident: {words}": turn.follows in words,
                    "the incident does not say what to do": any(i["action"] for i in said),
                    "the alert has other words": turn.follows in told,
                    "status has other words": turn.follows in self.status,
                    "status does not hold it for unsettled": f"{turn.source} (" in self._unsettled,
                    "a release was made": not built,
                }
            )
        else:
            wrong += _unmet(
                {
                    "the run failed": run.success,
                    "no release was made": bool(built) or turn.follows == NOTHING,
                    f"a release was made, with other {', '.join(news)}": not news or turn.follows == PUBLISHED,
                    "status holds it for unsettled": f"{turn.source} (" not in self._unsettled,
                }
            )
            if turn.follows == PUBLISHED:
                self.heard[turn.source] = stating.truth
        wrong += self._content(stating, turn.date)
        remembered = stating.truth if stating.is_dated else self.heard[turn.source]
        self.history.setdefault(turn.source, {})[turn.date] = remembered
        does, failures = ", ".join(did) or "states what it stated", sum(not each.success for each in runs)
        took = sum(each.ended - each.began for each in runs)
        return Followed(turn.date, turn.source, does, turn.kind, followed, took, failures, tuple(wrong))

    def _content(self, stating: Stating, known_on: date) -> list[str]:
        """What the release says of a source and should not, or does not and should."""
        found, wanted = self.ask(stating.query.format(day=known_on)), self.heard[stating.source]
        if found == wanted:
            return []
        return [f"not stated: {sorted(found - wanted)[:3]}", f"lost: {sorted(wanted - found)[:3]}"]

    def ask(self, query: str) -> Truth:
        with duckdb.connect(str(self.home.path / "releases" / "latest" / "statecraft.duckdb"), read_only=True) as con:
            return frozenset(con.execute(query).fetchall())

    def misremembered(self) -> list[str]:
        """Days on which the last release says something else was known than was, of sources with a knowledge clock."""
        return [
            f"{source} as known on {day}"
            for source, days in self.history.items()
            for day, truth in days.items()
            if "{day}" in self.stating[source].query
            if self.ask(self.stating[source].query.format(day=day)) != truth
        ]


def beyond_the_record(release: Path) -> list[str]:
    """Tables in which a release differs from the one before it, but for those that tell what was read and refused."""
    return [table for table in read_json(release / "changes.json")["rows"] if not table.startswith("provenance.")]


def _unmet(conditions: dict[str, bool]) -> list[str]:
    """The words of what does not hold."""
    return [words for words, holds in conditions.items() if not holds]


def _together(runs: Sequence[Ended]) -> Ended:
    """A day's runs of one source as one, which ended as the last did."""
    return replace(runs[-1], began=min(run.began for run in runs), ended=max(run.ended for run in runs))


def _moment(timestamp: float) -> str:
    return datetime.fromtimestamp(int(timestamp)).astimezone().isoformat(timespec="seconds")


def working_days(turns: Sequence[Turn]) -> list[date]:
    """From the first day of a script to its last, without weekends."""
    first, last = min(t.date for t in turns), max(t.date for t in turns)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


@contextmanager
def rehearsing(home: Home, clock: MovedClock, sources: Sequence[str], folder: Path) -> Iterator[Rehearsal]:
    """A service of this warehouse for these sources, the evening before the first day. folder: for its papers."""
    clock.set(EVE)
    home = replace(home, engine={**home.engine, **clock.environment})
    with Publisher() as publisher, webhook(clock) as hook:
        stating = {name: publishers.ALL[name](publisher, home) for name in sources}
        for each in stating.values():
            each.serve(EVE.date())
        addresses = folder / "endpoints.yml"
        addresses.write_text(yaml.safe_dump({name: each.endpoints for name, each in stating.items()}))
        told = {
            "STATECRAFT_ENDPOINTS": str(addresses),
            "STATECRAFT_ALERT_WEBHOOK": hook.address,
            # Once, the same evening: the next day's jump of the clock would make another and the schedule due at once.
            "STATECRAFT_ASK_AGAIN_MINUTES": str(AGAIN_MINUTES),
        }
        with serving(home, sources, told) as service:
            rehearsal = Rehearsal(home, clock, publisher, stating, service, hook, {})
            rehearsal.heard = {name: rehearsal.ask(each.query.format(day=EVE.date())) for name, each in stating.items()}
            yield rehearsal


def rehearse(rehearsal: Rehearsal, turns: Sequence[Turn], told: Callable[[str], None] = lambda _: None) -> list[str]:
    """Every day of a script, and the end: the service stops, releases are whole. What was wrong, in words."""
    for day in working_days(turns):
        for each in rehearsal.day(day, [turn for turn in turns if turn.date == day]):
            told(
                f"{day} {each.source}: {each.does}: {each.followed[:100]} ({each.run_seconds:.1f} s) {each.wrong or ''}"
            )
    wrong = [f"{f.day} {f.source}: {w}" for f in rehearsal.followed for w in f.wrong]
    wrong += rehearsal.misremembered()
    code = rehearsal.service.stop()
    wrong += [f"serve ended with {code}"] if code else []
    verified = rehearsal.home.statecraft("verify")
    wrong += [f"verify: {verified.stdout} {verified.stderr}"] if verified.returncode else []
    return wrong
