"""A week of the real service on a moved clock, with publishers that misbehave: the month is in benchmarks/month.py."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.files import write_json
from tests.rehearsal.moved_clock import MovedClock
from tests.rehearsal.rehearsal import EVE, beyond_the_record, rehearse, rehearsing
from tests.rehearsal.script import MONTH, OFAC, REGISTER, WEEK, Turn
from tests.world import small
from tests.world.home import Home

#: What a month must have in it.
FAULTS = {
    *("late", "partial", "repeated", "withdrawn", "wrong", "unreachable", "clock skew", "a changed schema"),
    *("a half list", "a moment away"),
}


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> MovedClock:
    clock = MovedClock(tmp_path_factory.mktemp("clock") / "ahead")
    clock.set(EVE)
    return clock


@pytest.fixture
def eve(tmp_path: Path, clock: MovedClock) -> Iterator[Home]:
    """A warehouse of the small world as it was built on the evening before."""
    pack, suites = small.write_pack(tmp_path / "pack"), small.write_expectations(tmp_path / "expectations")
    home = Home(tmp_path / "warehouse", pack, suites)
    done = replace(home, engine=clock.environment).statecraft("refresh", "--source", pack, "--no-show")
    assert done.returncode == 0, done.stderr
    yield home
    shutil.rmtree(home.path)


@pytest.mark.xdist_group("rehearsal")
def test_a_week_goes_by_as_scripted(eve: Home, clock: MovedClock, tmp_path: Path) -> None:
    with rehearsing(eve, clock, [OFAC, REGISTER], tmp_path) as rehearsal:
        assert rehearse(rehearsal, WEEK) == []
        followed = [(each.day.day, each.source, each.is_stopped) for each in rehearsal.followed]
        assert sorted(followed) == sorted((turn.day, turn.source, turn.is_stopped) for turn in WEEK)
        told = [text for _, text in rehearsal.hook.told if "failed" in text]
        assert len(told) == sum(each.failures for each in rehearsal.followed)
        [recovered] = [each for each in rehearsal.followed if each.failures and not each.is_stopped]
        assert recovered.does == "away_for_a_moment"


def test_the_month_has_every_fault_in_it() -> None:
    assert {turn.kind for turn in MONTH if turn.kind} == FAULTS
    away = [turn for turn in MONTH if turn.kind == "unreachable"]
    assert [turn.day for turn in away] == [10, 11, 12] and len({turn.source for turn in away}) == 1


def test_each_day_of_the_month_is_told_once() -> None:
    """What follows is judged by the last line of a day and source: lines before it only change what is stated."""
    last: dict[tuple[int, str], Turn] = {}
    for turn in MONTH:
        before = last.get((turn.day, turn.source))
        assert before is None or before.follows == turn.follows
        last[turn.day, turn.source] = turn
    assert [turn.day for turn in MONTH] == sorted(turn.day for turn in MONTH)


def test_a_release_that_only_records_what_was_refused_has_no_news(tmp_path: Path) -> None:
    write_json(tmp_path / "changes.json", {"rows": {"provenance.source_vintages": {"added": 1}}})
    assert beyond_the_record(tmp_path) == []
    write_json(tmp_path / "changes.json", {"rows": {"provenance.source_vintages": {}, "core.fct_list_entry": {}}})
    assert beyond_the_record(tmp_path) == ["core.fct_list_entry"]
