"""Months of a publisher's past, asked for one after the other; a run that ends early is gone on with.

Belongs here: which months are left, and what became of each. Does not belong here: what a month's questions are (each
source's fetch.py), what is shown (cli/backfill.py), the release that follows.

On disk `backfills/<source>_<first>_<last>.json`: the day it was begun and the months done; removed once all are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines import intake
from pipelines.contract import SourceSpec
from pipelines.errors import BusyError, StatecraftError
from pipelines.files import one_writer, read_json, write_json
from pipelines.intake import Origin
from pipelines.progress import counted, log, step
from pipelines.quota import QuotaSpentError
from pipelines.settings import Settings
from pipelines.span import Span

#: A refresh takes minutes; one that holds the warehouse longer is another matter.
PATIENCE_SECONDS = 3600.0
LOOK_EVERY_SECONDS = 1.0
#: So many months in a row that fail, and the publisher is taken to be away.
FAILURES_IN_A_ROW = 2


@dataclass
class Backfill:
    """One backfill on record. done: step -> the day it was done; a step is a month, or a year where those are asked."""

    source: str
    span: Span
    begun_on: date
    done: dict[str, str] = field(default_factory=dict)

    def path(self, settings: Settings) -> Path:
        return settings.backfills / f"{self.source}_{self.span.first:%Y-%m}_{self.span.last:%Y-%m}.json"

    def save(self, settings: Settings) -> None:
        facts = {"source": self.source, "first": self.span.first, "last": self.span.last, "begun_on": self.begun_on}
        write_json(self.path(settings), {**{k: str(v) for k, v in facts.items()}, "done": self.done})

    def steps(self, spec: SourceSpec) -> list[Span]:
        """Every step, oldest first."""
        return self.span.years if spec.backfill.by == "year" else self.span.months

    def left(self, spec: SourceSpec) -> list[Span]:
        """Steps that are not done, oldest first."""
        return [piece for piece in self.steps(spec) if str(piece) not in self.done]


@dataclass
class Report:
    """What a call brought. silent: steps of which the publisher has nothing.  failed: step -> why.

    stopped: why the rest was not asked for, where it was not.
    """

    landed: int = 0
    rows: int = 0
    unchanged: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    failed: dict[str, StatecraftError] = field(default_factory=dict)
    stopped: StatecraftError | None = None


def begun(settings: Settings) -> list[Backfill]:
    """Backfills that are not done, by source and first month."""
    return [_read(path) for path in sorted(settings.backfills.glob("*.json"))]


def planned(settings: Settings, spec: SourceSpec, span: Span, today: date, anew: bool = False) -> Backfill:
    """The backfill of this source and these months that was begun, or a new one.

    anew: months done before are asked for again. Raises StatecraftError where the publisher offers no past, or the
    months are still to come.
    """
    if spec.backfill.by == "none":
        raise StatecraftError(f"{spec.name}: its publisher cannot be asked for months past.", spec.backfill.words)
    if span.first > today:
        raise StatecraftError(f"{span} is still to come.", "Name months that have begun.")
    new = Backfill(spec.name, Span(span.first, max(m.last for m in span.months if m.first <= today)), today)
    path = new.path(settings)
    return _read(path) if path.exists() and not anew else new


def bring(
    settings: Settings, spec: SourceSpec, plan: Backfill, tell: Callable[[int], None] = lambda done: None
) -> Report:
    """Ask for each step that is left, oldest first, and land what comes; the gate judges it with the next refresh.

    Others may refresh between two steps. tell: called with the number of steps done, at first and after each.
    A step that fails is on record for `statecraft status`, and asked for by the next call; it raises nothing. Raises
    BusyError where another process holds the warehouse for too long.
    """
    report, in_a_row = Report(), 0
    plan.save(settings)
    tell(len(plan.done))
    for piece in plan.left(spec):
        try:
            with when_free(settings), step(f"{spec.name} {piece}") as words:
                words.append(_take_in(settings, spec, piece, report))
        except QuotaSpentError as error:
            report.stopped = error
            break
        except BusyError:
            raise
        except StatecraftError as error:
            intake.record_incident(settings, spec.name, "backfill", error)
            log.error("%s %s: %s", spec.name, piece, error)
            report.failed[str(piece)] = error
            in_a_row += 1
            if in_a_row == FAILURES_IN_A_ROW:
                report.stopped = error
                break
            continue
        in_a_row = 0
        if str(piece) not in report.silent:
            plan.done[str(piece)] = str(date.today())
            plan.save(settings)
        tell(len(plan.done))
    if not report.failed and report.stopped is None:
        plan.path(settings).unlink()
    return report


def _take_in(settings: Settings, spec: SourceSpec, piece: Span, report: Report) -> str:
    """Land one step. Returns what became of it, in words."""
    found = intake.take_in(settings, spec, Origin("live", wanted=piece))
    rows = sum(v.row_count for v in found.landed)
    report.landed += len(found.landed)
    report.rows += rows
    if found.landed:
        return f"{counted(len(found.landed), 'vintage')} landed, {counted(rows, 'row')}"
    if found.known:
        report.unchanged.append(str(piece))
        return "as held"
    report.silent.append(str(piece))
    return "the publisher has nothing that is not held"


@contextmanager
def when_free(settings: Settings, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the warehouse once nobody else does. Raises BusyError where that takes longer."""
    until, told = time.monotonic() + patience_seconds, False
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(one_writer(settings))
                break
            except BusyError as busy:
                if time.monotonic() > until:
                    raise
                if not told:
                    log.info("%s Waiting for it.", busy.what)
                told = True
                time.sleep(LOOK_EVERY_SECONDS)
        yield


def _read(path: Path) -> Backfill:
    kept = read_json(path)
    span = Span(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"]))
    return Backfill(kept["source"], span, date.fromisoformat(kept["begun_on"]), kept["done"])
