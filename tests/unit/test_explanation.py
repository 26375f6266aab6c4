"""Taking a rate apart: reasons, bounds and cents, and what is said where the question cannot be answered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import StatecraftError
from pipelines.explanation import Explanation, dotted, explain, in_cents, in_percent, line_named, partner_named
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


def test_what_a_programme_yields_to_is_named(ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the cell has both programmes, and the first is charged in no state."""

    def with_a_car(query: str) -> list[dict[str, Any]]:
        rows = ask(query)
        if "from core.tariff_components_for" in query:
            [listed] = [row for row in rows if row["measure_id"] == "list"]
            listed |= {"net_rate_unclaimed": 0.0, "net_rate_claimed": 0.0}
            car = {**listed, "measure_id": "cars", "programme": "cars", "net_rate_unclaimed": 0.1}
            rows = [listed, car]
        return rows

    found = explain(with_a_car, "9503000011", "CN", DAY, TODAY)
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
