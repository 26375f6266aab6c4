"""Counts anybody can check on the lists of Sections 301 and 338 and of other governments, and on the economies named.

Belongs here: what the acts print against the lists drawn from them. Does not belong here: rates (facts.csv).
"""

from __future__ import annotations

import csv

import pytest

from pipelines.law.files import LAW


def codes(folder: str, name: str) -> set[str]:
    """Distinct codes of one list, without print."""
    with (LAW / folder / "lists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {row[0].replace(".", "") for row in rows[1:]}


@pytest.mark.parametrize(
    ("folder", "name", "printed"),
    [
        ("s301", "s301_note31_b", 348),
        ("s301", "s301_note31_d", 10),
        ("s301", "s301_note31_f", 18),
        ("s301", "s301_brazil_exempt", 864),
        ("s301", "s301_brazil_exempt_described", 11),
        ("s301", "s301_brazil_aircraft", 546),
        ("s301", "s301_brazil_pharma", 705),
        ("s338", "s338_alcohol", 63),
        ("s338", "s338_dairy", 52),
        ("s338", "s338_autos", 439),
        ("s338", "s338_aircraft", 554),
        ("other", "russia_column2_35", 552),
        ("other", "russia_column2_70", 127),
        ("foreign", "cn_2018_15", 120),
        ("foreign", "cn_2018_25", 8),
        ("foreign", "cn_2025_03_15", 29),
        ("foreign", "cn_2025_03_10", 711),
    ],
)
def test_lists_hold_as_many_goods_as_the_acts(folder: str, name: str, printed: int) -> None:
    assert len(codes(folder, name)) == printed


def test_the_three_lists_of_section_338_share_no_good() -> None:
    lists = [codes("s338", f"s338_{name}") for name in ("alcohol", "dairy", "autos")]
    assert len(set.union(*lists)) == sum(map(len, lists))


def test_forced_labour_names_sixty_economies() -> None:
    with (LAW / "s301" / "measures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["programme"] == "s301_forced_labour"]
    charging = [row for row in rows if row["operation"] in ("add", "minimum_total")]
    assert len(charging) == 60
    assert {row["partners"] for row in charging if row["operation"] == "minimum_total"} == {
        *("EU27", "5880", "5800", "4419", "5830")
    }


def test_the_two_lists_of_column_2_share_no_good() -> None:
    assert not codes("other", "russia_column2_35") & codes("other", "russia_column2_70")
