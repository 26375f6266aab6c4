"""Months past, asked of publishers on the loopback: what is held is not landed twice, and what stops is gone on with.

Belongs here: a backfill up to the landing floor. Does not belong here: the release that follows (tests/world), what one
source asks for (test_backfill_questions.py).
"""

from __future__ import annotations

import fcntl
import threading
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pipelines import intake
from pipelines.archive import Archive
from pipelines.cli.backfill import summary, unfinished
from pipelines.contract import SourceSpec, all_specs
from pipelines.errors import BusyError, FetchError, LandingError, StatecraftError, UnreachableError
from pipelines.formats import census_live
from pipelines.intake import incidents
from pipelines.landing import Landing
from pipelines.quota import QuotaSpentError
from pipelines.service import backfill
from pipelines.service.backfill import Report, begun, bring, planned, when_free
from pipelines.settings import Settings
from pipelines.span import Span
from tests.faults.asking import make_http
from tests.faults.fetching import EXPORTS, EXPORTS_RESTATED, KEY
from tests.faults.publisher import Asked, Publisher
from tests.unit.rooms import toy_settings

SPAN = Span.named("2024-12", "2025-02")
MONTHS = ["2024-12", "2025-01", "2025-02"]
HS, NAICS = EXPORTS.paths
LEVELS = 3
THINGS = 2


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A key, three chapters instead of 98, and clients in a hurry."""
    monkeypatch.setenv("CENSUS_API_KEY", KEY)
    monkeypatch.setattr(census_live, "CHAPTERS", ["84", "85", "86"])
    monkeypatch.setattr(intake, "Http", make_http)
    return toy_settings(tmp_path)


@pytest.fixture
def spec(publisher: Publisher) -> SourceSpec:
    return EXPORTS.spec(publisher)


def call(settings: Settings, spec: SourceSpec, span: Span = SPAN, anew: bool = False) -> Report:
    """One call of the command, up to the landing floor."""
    return bring(settings, spec, planned(settings, spec, span, date.today(), anew))


def held(settings: Settings) -> list[tuple[str, str]]:
    """(thing, vintage) of all that landed."""
    return [(v.thing, v.vintage_id) for v in Landing(settings).vintages()]


def asked_months(publisher: Publisher) -> set[str]:
    return {asked.first("time") for asked in publisher.asked()}


def of(month: str, asked: Asked) -> bool:
    return asked.first("time") == month


def test_each_month_is_landed_once_and_its_record_goes(
    settings: Settings, spec: SourceSpec, publisher: Publisher
) -> None:
    done: list[int] = []
    report = bring(settings, spec, planned(settings, spec, SPAN, date.today()), done.append)
    assert (report.landed, report.failed, report.stopped) == (len(MONTHS) * LEVELS * THINGS, {}, None)
    assert done == [0, 1, 2, 3] and begun(settings) == []
    assert asked_months(publisher) == set(MONTHS)
    today = {v.split("_backfill_")[1] for _, v in held(settings)}
    assert len(today) == 1 and len(set(held(settings))) == len(held(settings))
    again = call(settings, spec)
    assert (again.landed, again.unchanged) == (0, MONTHS)
    assert "As held: 2024-12, 2025-01, 2025-02." in summary(again)


def test_a_month_restated_since_is_a_new_vintage_and_the_newest(
    settings: Settings, spec: SourceSpec, publisher: Publisher
) -> None:
    call(settings, spec)
    EXPORTS_RESTATED(publisher)
    report = call(settings, spec)
    assert report.unchanged == ["2024-12", "2025-02"]
    assert report.landed == 2 * THINGS  # sectors are as they were
    both = [v for v in Landing(settings).vintages("census_exports__flows") if v.vintage_id.startswith("hs2_2025-01")]
    assert both[0].sequence < both[1].sequence  # read on one day: this tells which came last
    Landing(settings).mark(both[1:], "withdrawn", "by hand")
    assert call(settings, spec).unchanged == ["2024-12", "2025-02"]  # what was withdrawn is not held


def test_a_month_that_fails_is_left_for_the_next_call(
    settings: Settings, spec: SourceSpec, publisher: Publisher
) -> None:
    publisher.fault(HS, "503", when=partial(of, "2025-01"))
    report = call(settings, spec)
    assert list(report.failed) == ["2025-01"] and report.stopped is None
    assert isinstance(report.failed["2025-01"], UnreachableError)
    [incident] = incidents(settings)
    assert (incident["stage"], incident["rule"]) == ("backfill", "UnreachableError")
    [plan] = begun(settings)
    assert [str(piece) for piece in plan.left(spec)] == ["2025-01"]
    error = unfinished(spec, plan, report)
    assert isinstance(error, FetchError) and error.what.startswith("census_exports: 2025-01 is left. 2025-01: ")
    assert "answered 503" in error.what and "--from 2024-12 --to 2025-02" in error.action

    publisher.heal()
    before = len(publisher.asked())
    report = call(settings, spec)
    assert {asked.first("time") for asked in publisher.asked()[before:]} == {"2025-01"}
    assert report.failed == {} and begun(settings) == []
    assert len(set(held(settings))) == len(held(settings)) == len(MONTHS) * LEVELS * THINGS


def test_a_publisher_that_is_away_is_not_asked_for_all_the_years(
    settings: Settings, spec: SourceSpec, publisher: Publisher
) -> None:
    publisher.fault("*", "503")
    report = call(settings, spec)
    assert list(report.failed) == MONTHS[:2] and isinstance(report.stopped, UnreachableError)
    assert asked_months(publisher) == set(MONTHS[:2])


def test_a_month_that_cannot_be_read_stops_no_other(settings: Settings, spec: SourceSpec, publisher: Publisher) -> None:
    publisher.fault(NAICS, "content", when=partial(of, "2025-01"), body=b'[["NAICS","new"],["334","1"]]')
    report = call(settings, spec)
    assert list(report.failed) == ["2025-01"] and isinstance(report.failed["2025-01"], LandingError)
    error = unfinished(spec, begun(settings)[0], report)
    assert not isinstance(error, FetchError)  # the exit code says that a person must look


def test_a_month_that_is_not_out_is_said_and_no_fault(settings: Settings, spec: SourceSpec) -> None:
    report = call(settings, spec, Span.named("2025-02", "2025-03"))
    assert (report.silent, report.failed, report.stopped) == (["2025-03"], {}, None)
    assert "The publisher has nothing that is not held for 2025-03." in summary(report)
    assert begun(settings) == []


@pytest.mark.parametrize("files", [1, 4, 9])
def test_a_killed_backfill_goes_on(
    settings: Settings, spec: SourceSpec, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    """Killed while the first file, one of the first month's others, and one of a later month's is archived."""
    kept, put = [0], Archive.put

    def killed(self: Archive, *arguments: object) -> object:
        kept[0] += 1
        if kept[0] == files:
            raise KeyboardInterrupt
        return put(self, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "put", killed)
        with pytest.raises(KeyboardInterrupt):
            call(settings, spec)
    [plan] = begun(settings)
    before = len(publisher.asked())
    call(settings, spec)
    left = {str(piece) for piece in plan.left(spec)}
    assert {asked.first("time") for asked in publisher.asked()[before:]} == left
    assert len(set(held(settings))) == len(held(settings)) == len(MONTHS) * LEVELS * THINGS
    assert begun(settings) == []


def test_the_questions_of_a_day_are_heeded_and_the_next_day_goes_on(
    settings: Settings, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month takes 2 questions by chapter, 2 by sector, 6 by ten digits; two months are more than a day has."""
    monkeypatch.delenv("CENSUS_API_KEY")
    monkeypatch.setattr("tests.faults.fetching.KEY", "")
    spec = EXPORTS.spec(publisher).model_copy(update={"keyless_calls_a_day": 14})
    report = call(settings, spec, Span.named("2024-12", "2025-01"))
    assert isinstance(report.stopped, QuotaSpentError) and report.failed == {}
    assert len(publisher.asked()) <= 14
    error = unfinished(spec, begun(settings)[0], report)
    assert isinstance(error, FetchError) and "2025-01 is left" in error.what
    assert "from " in error.action and "on (America/New_York)" in error.action
    assert incidents(settings) == []  # nothing failed

    [counted] = settings.quotas.iterdir()
    counted.unlink()  # a new day
    before = len(publisher.asked())
    report = call(settings, spec, Span.named("2024-12", "2025-01"))
    assert report.stopped is None and begun(settings) == []
    assert {asked.first("time") for asked in publisher.asked()[before:]} == {"2025-01"}
    assert len(set(held(settings))) == len(held(settings)) == 2 * LEVELS * THINGS


def test_a_backfill_begun_anew_asks_for_every_month(settings: Settings, spec: SourceSpec, publisher: Publisher) -> None:
    publisher.fault(HS, "503", when=partial(of, "2025-02"))
    call(settings, spec)
    publisher.heal()
    assert call(settings, spec, anew=True).unchanged == MONTHS[:2]


def test_the_everyday_fetch_does_not_take_a_month_by_name_for_its_own(
    settings: Settings, spec: SourceSpec, publisher: Publisher
) -> None:
    """It would think the years between held, and read what it has never read."""
    call(settings, spec)
    landing = Landing(settings)
    landing.mark(landing.vintages(), "accepted")
    state = intake._fetch_state(settings, spec, date(2025, 4, 10))
    assert state.newest_known_on is None and len(state.vintage_ids) == len(MONTHS) * LEVELS
    for wanted in census_live_slices():
        assert census_live._held(state, wanted, "_read_") == {}
        brought = census_live._held(state, wanted, "_backfill_")
        assert [f"{month:%Y-%m}" for month in brought] == MONTHS
        april = census_live._months(wanted, {date(2025, 3, 1): date(2025, 5, 6)}, brought, date(2026, 4, 1))
        assert date(2024, 12, 1) not in april  # read today, which is after April's figures came out
        early = dict.fromkeys(brought, date(2025, 3, 12))
        again = census_live._months(wanted, {date(2026, 3, 1): date(2026, 5, 6)}, early, date(2026, 4, 1))
        assert set(early) <= set(again)  # what was brought by name is restated with the rest


def census_live_slices() -> tuple[census_live.Slice, ...]:
    from pipelines.sources.census_exports.fetch import SLICES  # noqa: PLC0415

    return SLICES


@pytest.mark.parametrize("name", sorted(n for n, s in all_specs().items() if s.backfill.by == "none"))
def test_a_publisher_without_a_past_says_how_it_gets_in(settings: Settings, name: str) -> None:
    with pytest.raises(StatecraftError, match="cannot be asked for months past") as caught:
        planned(settings, all_specs()[name], SPAN, date.today())
    assert f"statecraft add {name}" in caught.value.action or f"--only {name}" in caught.value.action


def test_months_to_come_are_not_asked_for(settings: Settings, spec: SourceSpec) -> None:
    with pytest.raises(StatecraftError, match="2025-03 is still to come"):
        planned(settings, spec, Span.named("2025-03", "2025-03"), date(2025, 2, 28))
    plan = planned(settings, spec, Span.named("2025", "2025"), date(2025, 2, 28))
    assert [str(piece) for piece in plan.steps(spec)] == ["2025-01", "2025-02"]


def test_a_warehouse_that_is_held_is_waited_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backfill, "LOOK_EVERY_SECONDS", 0.01)
    settings.home.mkdir(parents=True)
    with (settings.home / ".writer.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(BusyError), when_free(settings, patience_seconds=0):
            pass
        threading.Timer(0.2, lambda: fcntl.flock(other, fcntl.LOCK_UN)).start()
        with when_free(settings, patience_seconds=60):
            pass
