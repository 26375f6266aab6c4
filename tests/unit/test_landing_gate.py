"""The landing door: candidates are judged together, the guilty are told from the good, and what was seen is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.contract import Parsed
from pipelines.errors import StatecraftError
from pipelines.files import read_json
from pipelines.landing import Landing, Vintage
from pipelines.landing_gate import Judgement, kept_results, settle, weigh
from pipelines.settings import Settings
from tests.unit.rooms import FEBRUARY, JANUARY, day, flow_vintage, list_vintage, toy_settings, toy_spec

SPEC = toy_spec()
HTS10 = "HTS10"
#: Trips on one vintage alone, and names it.
NAMES_IT = "SELECT vintage_id, name FROM {batch} WHERE name = 'Bad'"
#: Trips only beside the vintage before it, and names the later.
SHRUNK = "SELECT vintage_id FROM vintages WHERE is_candidate AND row_count * 2 < previous_row_count"
SHRUNK += " AND (SELECT count(*) FROM {batch}) >= 0"


class Gate:
    """A warehouse with suites of its own."""

    def __init__(self, folder: Path) -> None:
        self.settings: Settings = toy_settings(folder)
        self.suites = folder / "expectations"
        (self.suites / "landing").mkdir(parents=True)

    def rule(self, name: str, kind: str, thing: str = "list", severity: str = "critical", **kwargs: Any) -> None:
        """Add a rule to the suite of a thing."""
        path = self.suites / "landing" / f"toy__{thing}.json"
        suite = read_json(path) if path.exists() else {"name": path.stem, "expectations": [], "meta": {}}
        rule = {
            "type": kind,
            "kwargs": kwargs,
            "severity": severity,
            "meta": {"rule": name, "action": "Ask the office."},
        }
        suite["expectations"].append(rule)
        path.write_text(json.dumps(suite))

    def sql(self, name: str, query: str, thing: str = "list", severity: str = "critical") -> None:
        self.rule(name, "unexpected_rows_expectation", thing, severity, unexpected_rows_query=query)

    def land(self, *parsed: Parsed) -> list[Vintage]:
        return [Landing(self.settings).land(SPEC, one, "file") for one in parsed]

    def settle(self, *things: str) -> dict[str, Judgement]:
        """Judge these things, and put on record what came of it."""
        return settle(self.settings, SPEC, {thing: weigh(self.settings, SPEC, thing) for thing in things})

    def judge(self, thing: str = "list") -> tuple[set[str], list[str]]:
        """Rules that did not pass, and the vintages refused."""
        judgement = self.settle(thing)[thing]
        assert list(self.settings.work.glob("gate_*")) == []
        return {r.rule for r in judgement.results if not r.passed}, [v.vintage_id for v in judgement.refused]

    def became(self, thing: str = "list") -> dict[str, str]:
        return {v.vintage_id: v.status for v in Landing(self.settings).vintages(f"toy__{thing}")}

    def reason(self, vintage_id: str) -> str:
        (reason,) = [v.reason for v in Landing(self.settings).vintages("toy__list") if v.vintage_id == vintage_id]
        return reason


@pytest.fixture
def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gate:
    made = Gate(tmp_path)
    monkeypatch.setenv("STATECRAFT_EXPECTATIONS", str(made.suites))
    return made


def test_good_candidates_are_accepted_and_what_was_seen_is_kept(gate: Gate) -> None:
    gate.sql("is_bad", NAMES_IT)
    assert gate.judge() == (set(), []) and kept_results(gate.settings) == []  # nothing to judge
    first, second = gate.land(list_vintage(0, {"a": "Ay"}), list_vintage(1, {"a": "Ay", "b": "Bee"}))
    assert gate.judge() == (set(), [])
    assert gate.became() == {"list-0": "accepted", "list-1": "accepted"}
    (kept,) = kept_results(gate.settings)
    assert (kept["gate"], kept["table_name"], kept["rule"], kept["passed"]) == ("landing", "toy__list", "is_bad", True)
    assert read_json(gate.settings.landing / "toy__list" / "gate.json")["vintages"] == [first.folder, second.folder]
    assert gate.judge() == (set(), []) and len(kept_results(gate.settings)) == 1  # nothing new


def test_the_vintage_a_rule_names_is_refused_and_the_others_are_let_in(gate: Gate) -> None:
    gate.sql("is_bad", NAMES_IT)
    gate.land(list_vintage(0, {"a": "Ay"}), list_vintage(1, {"a": "Bad"}), list_vintage(2, {"a": "Ay", "b": "Bee"}))
    judgement = gate.settle("list")["list"]
    results, refused = judgement.results, judgement.refused
    assert gate.became() == {"list-0": "accepted", "list-1": "refused", "list-2": "accepted"}
    assert [v.vintage_id for v in refused] == ["list-1"]
    (broken,) = results
    assert broken.observed == "list-1: 1" and broken.rows == ["vintage_id=list-1, name=Bad"]
    assert "rule is_bad" in gate.reason("list-1") and "Ask the office." in gate.reason("list-1")
    assert gate.reason("list-0") == ""
    (kept,) = kept_results(gate.settings)  # of what was let in
    assert kept["passed"] and kept["rule"] == "is_bad"


def test_where_a_rule_names_none_each_is_judged_alone(gate: Gate) -> None:
    gate.rule("share_missing", "expect_column_values_to_not_be_null", column="share")
    bad = [
        replace(one, frame=one.frame.with_columns(share=None)) for one in (list_vintage(n, {"a": "Ay"}) for n in (1, 2))
    ]
    gate.land(list_vintage(0, {"a": "Ay"}), *bad, list_vintage(3, {"a": "Ay", "b": "Bee"}))
    assert gate.judge() == ({"share_missing"}, ["list-1", "list-2"])
    assert gate.became() == {"list-0": "accepted", "list-1": "refused", "list-2": "refused", "list-3": "accepted"}


def test_one_that_is_bad_only_beside_the_others_is_refused_if_it_is_named(gate: Gate) -> None:
    gate.sql("shrunk", SHRUNK)
    many = {str(n): "Ay" for n in range(9)}
    gate.land(list_vintage(0, many), list_vintage(1, {"1": "Ay"}), list_vintage(2, many))
    assert gate.judge() == ({"shrunk"}, ["list-1"])
    assert gate.became() == {"list-0": "accepted", "list-1": "refused", "list-2": "accepted"}


def test_where_nothing_tells_which_is_bad_none_is_let_in(gate: Gate) -> None:
    gate.rule("too_many_rows", "expect_table_row_count_to_be_between", max_value=2)
    gate.land(list_vintage(0, {"a": "Ay", "b": "Bee"}), list_vintage(1, {"a": "Bee", "b": "Ay"}))
    assert gate.judge() == ({"too_many_rows"}, ["list-0", "list-1"])
    assert gate.became() == {"list-0": "refused", "list-1": "refused"} and kept_results(gate.settings) == []


def test_what_stands_already_is_not_judged_again_and_is_compared_with(gate: Gate) -> None:
    gate.sql("shrunk", SHRUNK)
    gate.land(list_vintage(0, {str(n): "Ay" for n in range(9)}))
    assert gate.judge() == (set(), [])
    gate.sql("is_bad", "SELECT vintage_id FROM {batch} WHERE vintage_id = 'list-0'")
    gate.land(list_vintage(1, {"1": "Ay"}))
    assert gate.judge() == ({"shrunk"}, ["list-1"])
    assert gate.became() == {"list-0": "accepted", "list-1": "refused"}


def test_a_list_without_a_row_is_seen(gate: Gate) -> None:
    gate.sql("shrunk", SHRUNK)
    gate.land(list_vintage(0, {"a": "Ay"}), list_vintage(1, {}))
    assert gate.judge() == ({"shrunk"}, ["list-1"])


def test_a_warning_does_not_refuse_and_is_kept(gate: Gate) -> None:
    gate.sql("is_bad", NAMES_IT, severity="warning")
    gate.land(list_vintage(0, {"a": "Bad"}))
    assert gate.judge() == ({"is_bad"}, [])
    assert gate.became() == {"list-0": "accepted"}
    (kept,) = kept_results(gate.settings)
    assert (kept["passed"], kept["critical"], kept["rows"]) == (False, False, ["vintage_id=list-0, name=Bad"])


def test_a_rule_that_cannot_be_evaluated_refuses(gate: Gate) -> None:
    gate.sql("asks_too_much", "SELECT vintage_id, weight_kg FROM {batch}")
    gate.land(list_vintage(0, {"a": "Ay"}))
    assert gate.judge() == ({"asks_too_much"}, ["list-0"])
    assert "could not be evaluated" in gate.reason("list-0")


def test_a_thing_without_a_suite_is_not_let_in(gate: Gate) -> None:
    gate.land(list_vintage(0, {"a": "Ay"}))
    with pytest.raises(StatecraftError, match="toy__list has no landing suite"):
        gate.judge()
    assert gate.became() == {"list-0": "candidate"} and list(gate.settings.work.glob("gate_*")) == []


def test_the_sources_other_things_and_the_vintages_are_laid_out_beside(gate: Gate) -> None:
    unlisted = 'SELECT vintage_id, code FROM {batch} WHERE code NOT IN (SELECT entry FROM "list")'
    gate.sql("code_unlisted", unlisted, "flows")
    wrong = "SELECT vintage_id, previous_row_count FROM vintages WHERE (SELECT count(*) FROM {batch}) >= 0 AND"
    gate.sql("compared_wrongly", f"{wrong} previous_row_count IS DISTINCT FROM nullif(row_count - 1, 0)", "flows")
    gate.sql(
        "clocks", "SELECT vintage_id FROM {batch} WHERE known_to <> DATE '9999-12-31' OR known_from IS NULL", "flows"
    )
    gate.land(list_vintage(0, {"1": "Ay", "2": "Bee"}))
    one, two = {"1": (1, 1)}, {"1": (1, 1), "2": (2, 2)}
    # Each is compared with the one before it of the same scope.
    gate.land(flow_vintage(0, {(HTS10, JANUARY): one}), flow_vintage(1, {(HTS10, FEBRUARY): one}))
    gate.land(flow_vintage(2, {(HTS10, JANUARY): two}))
    assert gate.judge("flows") == (set(), [])
    gate.land(flow_vintage(3, {(HTS10, FEBRUARY): {"1": (1, 1), "3": (3, 3)}}, known_on=day(3)))
    assert gate.judge("flows") == ({"code_unlisted"}, ["flows-3"])


def test_candidates_without_a_row_leave_the_columns_in_place(gate: Gate) -> None:
    gate.sql(
        "negative", "SELECT vintage_id, value, printed FROM {batch} WHERE value < 0 OR known_from IS NULL", "flows"
    )
    gate.land(flow_vintage(0, {(HTS10, JANUARY): {}}))
    assert gate.judge("flows") == (set(), [])
    assert gate.became("flows") == {"flows-0": "accepted"}


def test_an_edition_enters_whole_or_not_at_all(gate: Gate) -> None:
    """A vintage whose other thing is refused is refused with it; other vintages are let in."""
    gate.sql("is_bad", NAMES_IT)
    gate.sql("negative", "SELECT vintage_id FROM {batch} WHERE value < 0", "flows")
    both = {"vintage_id": "2024-01"}
    gate.land(list_vintage(0, {"a": "Bad"}, **both), list_vintage(1, {"a": "Ay"}))
    gate.land(flow_vintage(0, {(HTS10, JANUARY): {"1": (1, 1)}}, **both), flow_vintage(1, {(HTS10, FEBRUARY): {}}))
    settled = gate.settle("list", "flows")
    assert [v.vintage_id for v in settled["flows"].refused] == ["2024-01"]
    assert gate.became() == {"2024-01": "refused", "list-1": "accepted"}
    assert gate.became("flows") == {"2024-01": "refused", "flows-1": "accepted"}
    (reason,) = [v.reason for v in Landing(gate.settings).vintages("toy__flows", "refused")]
    assert reason.startswith("Refused with its edition. list: ") and "rule is_bad" in reason
