"""Counts anybody can check on the lists of steel, aluminum and copper: the annexes of Proclamation 11021.

Belongs here: what the annexes print against the lists drawn from note 16. Does not belong here: rates (tariff_facts).
"""

from __future__ import annotations

import csv

import pytest

from pipelines.law.files import LAW


def codes(*lists: str) -> set[str]:
    """Distinct codes of several lists; trailing zeros beyond eight digits say nothing."""
    found: set[str] = set()
    for name in lists:
        with (LAW / "s232" / "lists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found |= {row["hts_prefix"] for row in csv.DictReader(file)}
    return {code[:8] if len(code) == 10 and code.endswith("00") else code for code in found}


@pytest.mark.parametrize(
    ("lists", "printed"),
    [
        (
            [
                *("s232_aluminum_articles", "s232_aluminum_2026_1a", "s232_steel_articles"),
                *("s232_steel_2026_1a", "s232_copper_2026_1a"),
            ],
            279,
        ),
        (["s232_aluminum_2026_1b", "s232_steel_2026_1b", "s232_copper_2026_1b"], 388),
        (["s232_aluminum_2026_3", "s232_steel_2026_3"], 47),
        (["s232_steel_annex_2", "s232_aluminum_annex_2"], 165),
    ],
    ids=["annex_1a", "annex_1b", "annex_3", "annex_2"],
)
def test_lists_hold_as_many_goods_as_the_annexes(lists: list[str], printed: int) -> None:
    assert len(codes(*lists)) == printed


def test_copper_of_2025_is_copper_of_2026() -> None:
    assert codes("s232_copper_2025") == codes("s232_copper_2026_1a", "s232_copper_2026_1b")


def test_no_good_left_in_scope_stands_in_annex_2_of_its_metal() -> None:
    for metal in ("steel", "aluminum"):
        kept = codes(*(f"s232_{metal}_2026_{tier}" for tier in ("1a", "1b", "3")))
        removed = codes(f"s232_{metal}_annex_2")
        assert not {code for code in removed if any(code.startswith(k) or k.startswith(code) for k in kept)}
