"""usitc_dataweb: both layouts on rows written by hand, and what each refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, FetchState, Parsed, fetcher, load_spec, parser
from pipelines.errors import LandingError
from tests.unit.sources.xlsx import xlsx

SOURCE = "usitc_dataweb"
CLAIMS = """hts10,cty_code,usmca_share,total_value,usmca_value
0101210010,1220,0,66000,0
0101210010,2010,0,0,0
8471300100,2010,0.25,4000,1000
"""
PARAMETERS = [["Download Date", "46038.73"], ["Data To Report", "Customs Value, Calculated Duties"]]
HEADER = ["Data Type", "Year", "Month", "NAIC Number", "Description"]
VALUE = [
    [*HEADER, "Customs Value"],
    ["Customs Value", "2025", "1", "111", "CROPS", "1000"],
    ["Customs Value", "2025", "2", "111", "CROPS", "2500"],
    ["Total: ", "", "", "", "", "3,500"],
]
DUTY = [
    [*HEADER, "Calculated Duties"],
    ["Calculated Duties", "2025", "1", "111", "CROPS", "10"],
    ["Calculated Duties", "2025", "2", "111", "CROPS", "0"],
    ["Total: ", "", "", "", "", "10"],
]


def workbook(value: list[list[str]], duty: list[list[str]], names: tuple[str, str] | None = None) -> bytes:
    """XLSX as DataWeb writes it."""
    measures = dict(zip(names or ("Customs Value", "Calculated Duties"), (value, duty), strict=True))
    return xlsx({"Query Parameters": PARAMETERS, **measures})


def read(name: str, content: bytes, **facts: Any) -> Parsed:
    delivery = Delivery((DeliveredFile(name, content, "0" * 64),), **facts)
    (parsed,) = parser(SOURCE)(delivery, load_spec(SOURCE))
    return parsed


def broken_rule(name: str, content: bytes, **facts: Any) -> str:
    with pytest.raises(LandingError) as error:
        read(name, content, **facts)
    assert error.value.rule in load_spec(SOURCE).runbook
    return error.value.rule


DAY = {"known_on": date(2026, 6, 29)}


def test_lines_without_imports_are_absent_and_both_partners_are_covered() -> None:
    parsed = read("claims_2025_07.csv", CLAIMS.encode(), **DAY)
    july = date(2025, 7, 1)
    assert parsed.frame.rows() == [
        ("S", "1220", july, "0101210010", 66000, 0),
        ("S", "2010", july, "8471300100", 4000, 1000),
    ]
    assert parsed.cells is not None
    assert parsed.cells.rows() == [("S", "1220", july), ("S", "2010", july)]


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("usmca_share", "share", "unknown_column"),
        ("0101210010,1220", "101210010,1220", "bad_cell"),
        ("66000,0", "66000,", "bad_cell"),
        ("66000,0", "66000,-1", "bad_cell"),
        ("2010,0.25", "5700,0.25", "unknown_partner"),
        ("2010,0,0,0", "2010,0,0,5", "claim_above_total"),
        ("4000,1000", "4000,4001", "claim_above_total"),
        ("0.25,4000", "0.26,4000", "share_differs"),
    ],
)
def test_claims_refuse_what_does_not_fit(old: str, new: str, broken: str) -> None:
    assert broken_rule("claims_2025_07.csv", CLAIMS.replace(old, new).encode(), **DAY) == broken


def test_claims_need_a_month_in_their_name_and_a_day() -> None:
    assert broken_rule("claims_2025.csv", CLAIMS.encode(), **DAY) == "unknown_period"
    assert broken_rule("claims_2025_13.csv", CLAIMS.encode(), **DAY) == "unknown_period"
    assert broken_rule("claims_2025_07.csv", CLAIMS.encode()) == "known_on_missing"


def test_workbook_lays_value_and_duty_side_by_side_and_tells_its_day() -> None:
    parsed = read("totals.xlsx", workbook(VALUE, DUTY))
    assert parsed.frame.rows() == [(date(2025, 1, 1), "111", 1000, 10), (date(2025, 2, 1), "111", 2500, 0)]
    assert parsed.known_on == date(2026, 1, 16)


def test_workbook_finds_columns_by_name() -> None:
    """A column before the measure, which once made every duty zero."""
    moved = [[*row[:2], row[3], row[2], *row[4:]] for row in DUTY]
    assert read("totals.xlsx", workbook(VALUE, moved)).frame["calculated_duty_usd"].to_list() == [10, 0]
    inserted = [["Partner" if row is DUTY[0] else "World", *row] for row in DUTY]
    assert broken_rule("totals.xlsx", workbook(VALUE, inserted)) == "sheet_missing"


def test_workbook_must_add_up_and_agree() -> None:
    assert broken_rule("totals.xlsx", workbook(VALUE, [DUTY[0], DUTY[1], DUTY[3]])) == "sheets_differ"
    assert broken_rule("totals.xlsx", workbook([VALUE[0], VALUE[1], VALUE[3]], DUTY)) == "total_differs"
    assert broken_rule("totals.xlsx", workbook(VALUE[:3], DUTY)) == "total_differs"
    assert broken_rule("totals.xlsx", workbook(VALUE, DUTY, ("Customs Value", "Duties"))) == "sheet_missing"
    assert broken_rule("totals.xlsx", workbook(VALUE, DUTY)[:400]) == "truncated_file"


def test_nothing_is_fetched() -> None:
    assert list(fetcher(SOURCE)(None, load_spec(SOURCE), FetchState())) == []
