"""At the landing gate every rule hears the fault it is named after, on that vintage alone, and nothing on good rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.trips.mechanism import landing_verdict, read_trips, suites


@pytest.mark.parametrize("table", suites("landing"))
def test_each_fault_breaks_its_rule_and_no_other(table: str, tmp_path: Path) -> None:
    assert landing_verdict(tmp_path, table) == read_trips("landing", table).expected
