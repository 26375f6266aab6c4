"""Table 3.5 of the national accounts: its one line, and what the parser refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError

SOURCE = "bea_customs_duties"
TABLE = """Table 3.5. Taxes on Production and Imports
Table 3.5. Taxes on Production and Imports
"Last Revised on: September 27, 2024"
Line,,1929,2018,2019,2023
,,,,,
14,"        Diesel fuel",---,10.2,10.4,10.1
15,"        Customs duties",0.6,53.3,---,81.6
"""


def read(text: str, **facts: Any) -> Parsed:
    delivery = Delivery((DeliveredFile("t305.csv", text.encode(), "0" * 64),), **facts)
    (parsed,) = parser(SOURCE)(delivery, load_spec(SOURCE))
    return parsed


def test_years_are_in_dollars_and_what_is_not_stated_has_no_row() -> None:
    parsed = read(TABLE)
    assert parsed.frame.rows() == [
        (date(1929, 1, 1), 12, 600_000_000),
        (date(2018, 1, 1), 12, 53_300_000_000),
        (date(2023, 1, 1), 12, 81_600_000_000),
    ]
    assert (parsed.known_on, parsed.known_precision) == (date(2024, 9, 27), "day")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Table 3.5.", "Table 4.1.", "wrong_table"),
        ("Customs duties", "Duties", "unknown_line"),
        ("Diesel fuel", "Customs duties", "unknown_line"),
        ("Line,,1929", "Row,,1929", "unknown_line"),
        ("53.3", "53.3 p", "bad_cell"),
        ("81.6", "81.6,82.0", "bad_cell"),
        ("2018", "2018Q1", "bad_cell"),
        ("Last Revised on", "As of", "known_on_missing"),
    ],
)
def test_what_is_not_as_expected_is_refused(old: str, new: str, rule: str) -> None:
    with pytest.raises(LandingError) as refused:
        read(TABLE.replace(old, new))
    assert refused.value.rule == rule
