"""Answers of Fiscal Data: months in dollars, and what the parser refuses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from pipelines.sources.treasury_receipts.parse import FIELDS

SOURCE = "treasury_receipts"
ROWS = [
    ("2025-02-28", "Customs Duties", "7904000000.49", "657000000.25", "7247000000.24"),
    ("2025-01-31", "Customs Duties", "8000000000.00", "700000000.00", "7300000000.00"),
]


def answer(rows: Sequence[tuple[str, ...]], total: int | None = None) -> str:
    data = [dict(zip(FIELDS, row, strict=True)) for row in rows]
    return json.dumps({"data": data, "meta": {"total-count": len(rows) if total is None else total}, "links": {}})


def read(text: str, **facts: Any) -> Parsed:
    delivery = Delivery((DeliveredFile("answer.json", text.encode(), "0" * 64),), **facts)
    (parsed,) = parser(SOURCE)(delivery, load_spec(SOURCE))
    return parsed


def test_months_begin_on_their_first_day_and_are_in_whole_dollars() -> None:
    parsed = read(answer(ROWS), known_on=date(2025, 3, 12))
    assert parsed.frame.rows() == [
        (date(2025, 1, 1), 8_000_000_000, 700_000_000, 7_300_000_000),
        (date(2025, 2, 1), 7_904_000_000, 657_000_000, 7_247_000_000),
    ]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (answer(ROWS).replace("current_month_net_rcpt_amt", "net"), "unknown_field"),
        (answer([]), "unknown_field"),
        ("[]", "unknown_field"),
        (answer(ROWS, total=3), "partial_answer"),
        (answer(ROWS).replace("Customs Duties", "Excise Taxes"), "unknown_line"),
        (answer(ROWS).replace("7904000000.49", "null"), "bad_cell"),
        (answer(ROWS).replace('"7904000000.49"', "null"), "bad_cell"),
        (answer(ROWS)[:-9], "truncated_file"),
    ],
)
def test_what_is_not_as_expected_is_refused(text: str, rule: str) -> None:
    with pytest.raises(LandingError) as refused:
        read(text, known_on=date(2025, 3, 12))
    assert refused.value.rule == rule


def test_a_file_without_a_day_is_refused() -> None:
    with pytest.raises(LandingError) as refused:
        read(answer(ROWS))
    assert refused.value.rule == "known_on_missing"
