"""What the national accounts say of customs duties, computed from the parsed edition."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from pipelines.contract import SOURCES, Delivery, load_spec, parser
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered

pytestmark = pytest.mark.shared_data

SOURCE = "bea_customs_duties"


def test_customs_duties_of_the_trade_war_and_after() -> None:
    folder = find_shared_data()
    assert folder is not None
    listed = yaml.safe_load((SOURCES / SOURCE / "editions.yml").read_text(encoding="utf-8"))["editions"]
    (edition,) = listed
    files = delivered(folder, edition["files"][0])
    (parsed,) = parser(SOURCE)(Delivery(files, edition["vintage_id"]), load_spec(SOURCE))
    assert (parsed.known_on, parsed.frame.height) == (edition["known_on"], 95)
    billions = {row[0].year: row[2] / 1e9 for row in parsed.frame.iter_rows()}
    assert (min(billions), max(billions)) == (1929, 2023)
    assert [billions[year] for year in range(2017, 2024)] == [38.5, 53.3, 77.8, 68.6, 89.1, 102.3, 81.6]
    assert parsed.frame["period_start"][0] == date(1929, 1, 1)
