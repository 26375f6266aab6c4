"""Laws of the two gates: every rule says what it is called and what to do, and is tripped by a fault of its own.

Belongs here: that rules and trips match. Does not belong here: tripping them (tests/faults/trips).
"""

from __future__ import annotations

import re

import pytest

from tests.faults.trips.mechanism import FILES, read_trips, shipped_suite, suites
from tests.rules.repository import released_models

GATES = ("landing", "release")
SUITES = [(gate, table) for gate in GATES for table in suites(gate)]
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def test_every_released_table_has_a_release_suite_and_no_other_has() -> None:
    assert suites("release") == sorted(f"{model.layer}.{model.name}" for model in released_models())


@pytest.mark.parametrize("gate", GATES)
def test_every_suite_has_a_file_of_trips_and_no_other_has(gate: str) -> None:
    assert sorted(path.stem for path in (FILES / gate).glob("*.sql")) == suites(gate)


@pytest.mark.parametrize(("gate", "table"), SUITES)
def test_every_rule_is_tripped(gate: str, table: str) -> None:
    rules = [rule["meta"]["rule"] for rule in shipped_suite(gate, table)["expectations"]]
    assert sorted(rules) == sorted(set(rules)), "a rule's name is its identity in gate_results"
    assert {trip.rule for trip in read_trips(gate, table).trips} == set(rules)


@pytest.mark.parametrize(("gate", "table"), SUITES)
def test_every_rule_says_what_to_do(gate: str, table: str) -> None:
    suite = shipped_suite(gate, table)
    assert suite["name"] == table
    wrong = []
    for rule in suite["expectations"]:
        meta = rule["meta"]
        name = meta["rule"]
        if not WORD.fullmatch(name):
            wrong.append(f"{name}: not lower case words")
        if rule["severity"] not in ("critical", "warning"):
            wrong.append(f"{name}: {rule['severity']} neither refuses nor warns")
        if len(meta["action"].split()) < 4:
            wrong.append(f"{name}: does not say what to do")
        if meta.keys() - {"rule", "action", "volume"} or meta.get("volume", True) is not True:
            wrong.append(f"{name}: meta is rule, action, and volume: true where the size of the world matters")
    assert wrong == []


@pytest.mark.parametrize(("gate", "table"), SUITES)
def test_no_suite_is_of_volume_alone(gate: str, table: str) -> None:
    """The small world of the end-to-end tests is judged without those rules: every gate must still be a gate."""
    rules = shipped_suite(gate, table)["expectations"]
    assert [rule for rule in rules if not rule["meta"].get("volume") and rule["severity"] == "critical"]
