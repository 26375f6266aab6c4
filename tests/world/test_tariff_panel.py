"""The tariff panel of a released file: its parts make the whole, on any cell and day, and both ways of asking agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import duckdb
import pytest

from tests.world.home import Home
from tests.world.panel import component_gaps, random_cells, view_gaps

FIRST, LAST = date(2018, 1, 1), date(2026, 11, 1)


@pytest.fixture(scope="module")
def released(built: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.latest.database), read_only=True) as con:
        yield con


def test_measures_add_up_to_components_and_components_to_the_total(released: duckdb.DuckDBPyConnection) -> None:
    cells = random_cells(released, 150, 20250402, FIRST, LAST)
    assert component_gaps(released, cells) == []


def test_the_view_over_time_says_what_the_macro_says_of_a_day(released: duckdb.DuckDBPyConnection) -> None:
    cells = random_cells(released, 60, 20250409, FIRST, LAST)
    assert view_gaps(released, cells) == []


def test_a_cell_is_covered_once_without_gaps(released: duckdb.DuckDBPyConnection) -> None:
    for cell in random_cells(released, 20, 20250605, FIRST, LAST):
        asked = "select valid_from, valid_to from core.fct_tariff_rate where hts10 = ? and partner_code = ? order by 1"
        spans = released.execute(asked, [cell.hts10, cell.partner_code]).fetchall()
        assert spans
        assert all(before[1] == after[0] for before, after in pairwise(spans)), cell


def test_every_charged_measure_names_its_act(released: duckdb.DuckDBPyConnection) -> None:
    unnamed = """
        select statement_id from core.fct_measure as measures
        anti join core.dim_action as acts on measures.action_id = acts.action_id
    """
    assert released.execute(unnamed).fetchall() == []


def test_what_was_believed_is_kept(released: duckdb.DuckDBPyConnection) -> None:
    """On 3 April 2025 China was to pay 34 % from the 9th; by the 9th it was 84 %, and from the 10th 125 %."""
    asked = "select ieepa_reciprocal_rate from core.tariff_for('8518210000', '5700', date '2025-04-15', ?)"
    believed = [
        released.execute(asked, [known]).fetchall()
        for known in (date(2025, 4, 3), date(2025, 4, 8), date(2025, 4, 30), date(2026, 11, 1))
    ]
    assert [round(rate, 4) for [(rate,)] in believed] == [0.34, 0.84, 1.25, 1.25]
