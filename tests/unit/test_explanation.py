"""Taking a rate apart: reasons, bounds and cents, and what is said where the question cannot be answered."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import explain as cli
from pipelines.errors import StatecraftError
from pipelines.explanation import (
    NO_SUM,
    Ask,
    Explanation,
    Measure,
    dotted,
    explain,
    in_cents,
    in_percent,
    line_named,
    partner_named,
)
from pipelines.query import run_query
from pipelines.settings import Settings
from tests.unit.rooms import toy_settings
from tests.unit.toy_tariffs import made_and_moved

DAY, TODAY = date(2026, 2, 10), date(2026, 6, 1)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_and_moved(tmp_path_factory.mktemp("explained"))


class Asked:
    """A released file, asked as the command asks it."""

    def __init__(self, settings: Settings, file: Path) -> None:
        self.settings, self.file = settings, file

    def __call__(self, query: str) -> list[dict[str, Any]]:
        return run_query(self.settings, self.file, query).to_dicts()


@pytest.fixture
def ask(tmp_path: Path, file: Path) -> Asked:
    return Asked(toy_settings(tmp_path), file)


def told(ask: Asked, partner: str) -> Explanation:
    return explain(ask, "9503.00.00.11", partner, DAY, TODAY)


def test_a_rate_is_taken_apart(ask: Asked) -> None:
    found = told(ask, "CN")
    assert (found.hts10, found.description, found.partner_name) == ("9503000011", "Toys, Dolls", "China")
    assert (found.general_rate, found.general_text, found.column2_text) == (0.029, "2.9%", "45%")
    excluded, listed = sorted(found.measures, key=lambda m: m.measure_id)
    assert listed.reasons == ["exempt if claimed by 9903.88.03"]
    assert (listed.unclaimed, listed.claimed, listed.act) == (0.1, 0.0, "Duties on toys")
    assert excluded.reasons == ["takes goods out of china", "only for an entry that claims it"]
    assert found.total_rate_unclaimed == pytest.approx(0.129)
    assert found.total_rate_claimed == pytest.approx(0.029)


def test_a_floor_says_what_it_is_measured_against(ask: Asked) -> None:
    found = told(ask, "Japan")
    [floor] = found.measures
    assert floor.reasons == ["up to 15 %, less the duty in column special"]
    assert (found.special_rate, found.program_code, found.pays_column2) == (0.01, "JP", False)


def with_cars(ask: Asked, operation: str, net: float) -> Ask:
    """The release, with a second programme on the goods beside a first of which nothing is charged."""

    def answer(query: str) -> list[dict[str, Any]]:
        rows = ask(query)
        if "from core.tariff_components_for" in query:
            [listed] = [row for row in rows if row["measure_id"] == "list"]
            listed |= {"net_rate_unclaimed": 0.0, "net_rate_claimed": 0.0}
            car = {**listed, "measure_id": "cars", "programme": "cars", "operation": operation}
            rows = [listed, {**car, "net_rate_unclaimed": net}]
        return rows

    return answer


def test_what_a_programme_yields_to_is_named(ask: Asked) -> None:
    """Where the cell has both programmes, and the first is charged in no state."""

    found = explain(with_cars(ask, "add", 0.1), "9503000011", "CN", DAY, TODAY)
    reasons = {measure.measure_id: measure.reasons for measure in found.measures}
    assert reasons["list"] == ["yields to cars by T-01 (clause 4)"]


def test_what_yields_to_a_floor_that_adds_nothing_says_so(ask: Asked) -> None:
    """A programme that reaches the goods displaces others, also where its floor is no higher than the duty."""
    found = explain(with_cars(ask, "floor", 0.0), "9503000011", "CN", DAY, TODAY)
    reasons = {measure.measure_id: measure.reasons for measure in found.measures}
    assert reasons["list"] == ["yields to cars by T-01 (clause 4)"]


def test_column_2_is_paid_by_its_partners(ask: Asked) -> None:
    found = told(ask, "4621")
    assert found.pays_column2 and found.ordinary_unclaimed == 0.45 and found.measures == []


def test_duty_in_dollars_is_rounded_part_by_part(ask: Asked) -> None:
    duties = told(ask, "CN").duties(Decimal(14172))
    assert [(name, usd) for name, _, usd in duties] == [
        ("column 1 general", Decimal("410.99")),
        ("list 9903.88.03", Decimal("1417.20")),
    ]
    as_json = told(ask, "CN").as_json(Decimal(14172))
    assert as_json["duty_usd"] == Decimal("1828.19")


@pytest.mark.parametrize(
    ("value", "rate", "cents"),
    [("14172", 0.029, "410.99"), ("14172", 0.25, "3543.00"), ("14172", 0.5, "7086.00"), ("1", 0.005, "0.01")],
)
def test_cents_are_rounded_half_up(value: str, rate: float, cents: str) -> None:
    assert in_cents(Decimal(value), rate) == Decimal(cents)


def of_worked_entry(**changed: Any) -> Explanation:
    """The worked entry of 2026-06-08 in its rates: 2.9 % of column 1, 25 % of Section 301, 50 % of Section 232."""
    said: dict[str, Any] = {
        "authority": "S",
        "action_id": "US-ACT-1",
        "act": None,
        "citation": "clause 1",
        "reasons": [],
    }
    measures = [
        Measure(
            **said,
            programme=programme,
            measure_id=programme,
            heading=heading,
            operation="add",
            gross_rate=rate,
            unclaimed=rate,
            claimed=rate,
            expected=rate,
        )
        for programme, heading, rate in (("s232_steel", "9903.82.02", 0.5), ("s301_china", "9903.88.03", 0.25))
    ]
    stated = Explanation(
        hts10="7326908688",
        description="Articles of steel",
        partner_code="5700",
        partner_name="China",
        day=date(2026, 6, 8),
        known_on=date(2026, 6, 8),
        general_rate=0.029,
        general_text="2.9%",
        column2_rate=0.45,
        column2_text="45%",
        pays_column2=False,
        special_rate=None,
        program_code=None,
        claim_share=0.0,
        base_rate=0.029,
        measures=measures,
        total_rate=0.779,
        total_rate_unclaimed=0.779,
        total_rate_claimed=0.779,
    )
    return replace(stated, **changed)


def test_the_worked_entry_comes_to_its_cents() -> None:
    found = of_worked_entry().as_json(Decimal("14172.00"))
    assert {str(each["duty_usd"]) for each in found["duties_usd"]} == {"3543.00", "7086.00", "410.99"}
    assert found["duty_usd"] == Decimal("11039.99") and found["no_sum"] is None


NO_RATE: dict[str, Any] = {"general_rate": None, "base_rate": None, "measures": []}
NO_RATE |= {"total_rate": None, "total_rate_unclaimed": None, "total_rate_claimed": None}


def test_what_cannot_be_computed_is_no_zero(capsys: pytest.CaptureFixture[str]) -> None:
    found = of_worked_entry(**NO_RATE)
    as_json = found.as_json(Decimal(1000))
    assert (as_json["duty_usd"], as_json["duties_usd"], as_json["no_sum"]) == (None, [], NO_SUM)
    cli._write_csv(found, Decimal(1000))
    _, ordinary, total = csv.DictReader(capsys.readouterr().out.splitlines(keepends=True), fieldnames=cli.CSV_COLUMNS)
    assert {row["duty_usd"] for row in (ordinary, total)} == {""} and total["reasons"] == NO_SUM
    assert {row[f"{state}_rate"] for row in (ordinary, total) for state in ("unclaimed", "expected")} == {""}


def test_rates_are_printed_as_people_write_them() -> None:
    assert [in_percent(rate) for rate in (0.029, 0.130975, 0.5, 0.0, None)] == [
        *("2.9 %", "13.0975 %", "50 %", "0 %", "not computable"),
    ]
    assert dotted("7326908688") == "7326.90.86.88" and dotted("73269086") == "7326.90.86"


@pytest.mark.parametrize("text", ["9503.00.00.11", "9503000011", " 9503 00 00 11 "])
def test_a_line_is_given_with_or_without_dots(ask: Asked, text: str) -> None:
    assert line_named(ask, text, DAY, TODAY)[0] == "9503000011"


def test_eight_digits_of_one_line_are_enough(ask: Asked) -> None:
    assert line_named(ask, "9504.20.00", DAY, TODAY)[0] == "9504200000"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9503.00.00", "Give one of them:\n  9503.00.00.11  Toys, Dolls\n  9503.00.00.13  Toys, Other"),
        ("9503.00.00.99", "Lines of 9503.00 on that day:\n  9503.00.00.11"),
        ("9801.00.00.10", "begins with 9801.00.00.10"),
        ("toys", "Give ten digits"),
        ("950", "Give ten digits"),
    ],
)
def test_a_line_that_is_none_is_answered_with_those_there_are(ask: Asked, text: str, words: str) -> None:
    with pytest.raises(StatecraftError) as said:
        line_named(ask, text, DAY, TODAY)
    assert words in str(said.value)


@pytest.mark.parametrize("text", ["5800", "KR", "kor", "South Korea", "south"])
def test_a_partner_is_named_in_any_way_that_is_his_alone(ask: Asked, text: str) -> None:
    assert partner_named(ask, text)["partner_code"] == "5800"


def test_a_partner_that_may_be_two_or_none_is_asked_for(ask: Asked) -> None:
    with pytest.raises(StatecraftError) as said:
        partner_named(ask, "korea")
    assert "5790  North Korea\n  5800  South Korea" in str(said.value)
    with pytest.raises(StatecraftError, match="There is no partner 'Toyland'"):
        partner_named(ask, "Toyland")


def test_a_line_without_a_rate_says_so(ask: Asked) -> None:
    with pytest.raises(StatecraftError, match=r"no rate on 9503\.00\.00\.13 from China"):
        explain(ask, "9503000013", "CN", DAY, TODAY)


def test_a_release_without_rates_says_what_to_do(ask: Asked) -> None:
    with pytest.raises(StatecraftError, match="statecraft refresh"):
        explain(lambda _: [], "9503000011", "CN", DAY, TODAY)
