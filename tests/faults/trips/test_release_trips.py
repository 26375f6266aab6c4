"""At the release gate every rule hears the fault it is named after, and nothing in a good release."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.trips.mechanism import good_release, read_trips, release_verdict, suites


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return good_release(tmp_path_factory.mktemp("good") / "statecraft.duckdb")


@pytest.mark.parametrize("table", suites("release"))
def test_each_fault_breaks_its_rule_and_no_other(table: str, good: Path, tmp_path: Path) -> None:
    assert release_verdict(tmp_path, good, table) == read_trips("release", table).expected
