"""A judgement begun ahead is given once, and none outlives the run that began it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import landing_gate, weighing
from pipelines.contract import all_specs
from pipelines.landing_gate import Judgement
from pipelines.settings import Settings

SPEC = all_specs()["iso_countries"]
[THING] = SPEC.things


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path, "800MB", 1)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Judgement]:
    """Judgements made so far."""
    judgements: list[Judgement] = []

    def judged(*_: object) -> Judgement:
        judgements.append(Judgement())
        return judgements[-1]

    monkeypatch.setattr(landing_gate, "weigh", judged)
    return judgements


def test_a_judgement_begun_is_given_once(settings: Settings, made: list[Judgement]) -> None:
    with weighing.ahead():
        weighing.begin(settings, SPEC)
        given = weighing.weigh(settings, SPEC, THING)
        assert len(made) == 1 and given is made[0]
        assert weighing.weigh(settings, SPEC, THING) is made[1]


def test_none_outlives_its_run(settings: Settings, made: list[Judgement]) -> None:
    with weighing.ahead():
        weighing.begin(settings, SPEC)
    before = len(made)
    weighing.weigh(settings, SPEC, THING)
    assert len(made) == before + 1


def test_none_is_begun_outside_a_run(settings: Settings, made: list[Judgement]) -> None:
    weighing.begin(settings, SPEC)
    assert made == []


def test_an_error_comes_to_whoever_asks(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Judgement:
        raise ValueError("broken")

    monkeypatch.setattr(landing_gate, "weigh", broken)
    with weighing.ahead():
        weighing.begin(settings, SPEC)
        with pytest.raises(ValueError, match="broken"):
            weighing.weigh(settings, SPEC, THING)
