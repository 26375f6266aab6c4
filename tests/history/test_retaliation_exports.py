"""Exports stated for the lists of Canada and China of 2025, against the lists the warehouse holds.

Belongs here: headings both name, and the two bounds of docs/methods/exposure.md. Does not belong here: how lists are
drawn (test_s301_lists.py).
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipelines.law.files import LAW

pytestmark = pytest.mark.shared_data


def stated(shared_data: Path, name: str) -> dict[str, float]:
    """Six-digit heading -> American exports to the issuer, US dollars."""
    with (shared_data / "retaliation" / name).open(encoding="utf-8", newline="") as file:
        return {row["hs-code"].zfill(6): float(row["exports"]) for row in csv.DictReader(file)}


def listed(*names: str) -> set[str]:
    """National codes of the lists, without print."""
    found: set[str] = set()
    for name in names:
        with (LAW / "foreign" / "lists" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found |= {row["tariff_code"].replace(".", "") for row in csv.DictReader(file)}
    return found


def undivided(codes: set[str]) -> set[str]:
    """Headings of which every listed code is the only national one."""
    return {code[:6] for code in codes} - {code[:6] for code in codes if code[6:8] != "00"}


@pytest.mark.parametrize(
    ("name", "lists", "headings", "at_least_bn", "at_most_bn"),
    [
        ("canada-US-exports-030425.csv", ["ca_2025_03_04"], 855, 20.22, 39.17),
        ("canada-steel-US-exports-031225.csv", ["ca_2025_03_13_metals", "ca_2025_03_13_other"], 468, 29.17, 34.29),
        ("china-15-percent-US-exports-030425.csv", ["cn_2025_03_15"], 19, 2.38, 2.86),
    ],
)
def test_the_same_headings_and_two_bounds(
    shared_data: Path, name: str, lists: list[str], headings: int, at_least_bn: float, at_most_bn: float
) -> None:
    exports, codes = stated(shared_data, name), listed(*lists)
    assert exports.keys() == {code[:6] for code in codes} and len(exports) == headings
    least = sum(value for hs6, value in exports.items() if hs6 in undivided(codes))
    assert least / 1e9 == pytest.approx(at_least_bn, abs=0.01)
    assert sum(exports.values()) / 1e9 == pytest.approx(at_most_bn, abs=0.01)


def test_canadas_thirty_billion_lie_between_the_bounds(shared_data: Path) -> None:
    """Canadian dollars, at any rate of early 2025 between 1.40 and 1.48 for a US dollar."""
    exports, codes = stated(shared_data, "canada-US-exports-030425.csv"), listed("ca_2025_03_04")
    least = sum(value for hs6, value in exports.items() if hs6 in undivided(codes))
    assert least < 30e9 / 1.48 < 30e9 / 1.40 < sum(exports.values())


def test_the_ten_percent_list_names_nearly_the_same_headings(shared_data: Path) -> None:
    """The stated file lacks 18 headings of the annex and has 7 that the annex does not print."""
    exports = stated(shared_data, "china-10-percent-US-exports-030425.csv")
    headings = {code[:6] for code in listed("cn_2025_03_10")}
    assert (len(headings - exports.keys()), len(exports.keys() - headings)) == (18, 7)
