"""The SQL of released/: macros and views made over toy tables answer, also in a copy of the file, in two-part names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import released_sql
from pipelines.released_sql import released
from pipelines.settings import PROJECT_ROOT
from tests.unit.toy_tariffs import TARIFF, made_and_moved


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_and_moved(tmp_path_factory.mktemp("released"))


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(file), read_only=True) as con:
        return con.execute(sql).fetchall()


def rounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple(round(cell, 10) if isinstance(cell, float) else cell for cell in row) for row in rows]


TOTALS = "total_rate_unclaimed, total_rate_claimed, total_rate"


def test_a_claim_is_a_mixture_of_two_states(file: Path) -> None:
    asked = f"select base_rate, s301_rate, {TOTALS} from core.tariff_for('9503000011', '5700', date '2026-02-01')"
    assert rounded(ask(file, asked)) == [(0.029, 0.075, 0.129, 0.029, 0.104)]


def test_a_floor_is_measured_against_the_duty_it_names(file: Path) -> None:
    asked = f"select base_rate, s232_rate, {TOTALS} from core.tariff_for('9503000011', '5880', date '2026-02-01')"
    assert rounded(ask(file, asked)) == [(0.0195, 0.14, 0.169, 0.15, 0.1595)]


def absent(file: Path, folder: Path, *changes: str) -> Path:
    """A copy of the file whose line has no general rate that can be computed, and what else is changed."""
    copy = Path(shutil.copy(file, folder / "absent.duckdb"))
    with duckdb.connect(str(copy)) as con:
        for change in ("update core.fct_ordinary_duty set general_rate = null", *changes):
            con.execute(change)
    return copy


def test_a_duty_over_what_cannot_be_computed_is_absent_and_not_zero(file: Path, tmp_path: Path) -> None:
    copy = absent(file, tmp_path, "update core.fct_duty_rate set s232_claimed_floor_column = 'general'")
    of_japan = "('9503000011', '5880', date '2026-02-01')"
    assert ask(copy, f"select base_rate, s232_rate, {TOTALS} from core.tariff_for{of_japan}") == [(None,) * 5]
    of_china = "('9503000011', '5700', date '2026-02-01')"
    assert rounded(ask(copy, f"select s301_rate, total_rate from core.tariff_for{of_china}")) == [(0.075, None)]
    copy = absent(file, tmp_path, "update core.fct_measure set rate_column = 'general'")
    nets = "net_rate_unclaimed, net_rate_claimed, net_rate"
    assert ask(copy, f"select {nets} from core.tariff_components_for{of_japan}") == [(None, None, None)]


def test_a_preference_is_there_without_a_general_rate(file: Path, tmp_path: Path) -> None:
    """What is claimed pays the special rate; a state nobody is in has no say in what is expected."""
    asked = f"select base_rate, {TOTALS} from core.tariff_for('9503000011', '5880', date '2026-02-01')"
    assert rounded(ask(absent(file, tmp_path), asked)) == [(None, None, 0.15, None)]
    copy = absent(file, tmp_path, "update core.fct_claim_share set claim_share = 1")
    assert rounded(ask(copy, asked)) == [(0.01, None, 0.15, 0.15)]
    nets = "net_rate_unclaimed, net_rate_claimed, net_rate"
    of_japan = "core.tariff_components_for('9503000011', '5880', date '2026-02-01')"
    assert rounded(ask(copy, f"select {nets} from {of_japan}")) == [(0.14, 0.14, 0.14)]


def test_column_2_is_paid_from_its_day_on(file: Path) -> None:
    asked = "select base_rate from core.tariff_for('9503000011', '4621', date '{}')"
    assert ask(file, asked.format("2026-01-31")) == [(0.029,)]
    assert ask(file, asked.format("2026-02-01")) == [(0.45,)]


def test_nothing_is_known_before_it_was(file: Path) -> None:
    assert ask(file, "from core.tariff_for('9503000011', '5700', date '2026-02-01', date '2025-12-31')") == []


def test_all_cells_of_a_day_are_the_single_cells(file: Path) -> None:
    for partner in ("5700", "5880", "4621"):
        single = ask(file, f"from core.tariff_for('9503000011', '{partner}', date '2026-02-10')")
        among = ask(file, f"from core.tariff_on(date '2026-02-10') where partner_code = '{partner}'")
        assert single == among and len(single) == 1


def test_the_view_is_cut_where_something_changes(file: Path) -> None:
    asked = (
        "select valid_from::text, round(total_rate, 6) from core.fct_tariff_rate where partner_code = '{}' order by 1"
    )
    assert ask(file, asked.format("5700")) == [("2026-01-01", 0.104)]
    assert ask(file, asked.format("5880")) == [("2026-01-01", 0.15), ("2026-01-15", 0.1595), ("2026-03-01", 0.0195)]
    assert ask(file, asked.format("4621")) == [("2026-01-01", 0.029), ("2026-02-01", 0.45)]


def test_the_view_says_what_the_macro_says(file: Path) -> None:
    for partner in ("5700", "5880", "4621"):
        for day in ("2026-01-10", "2026-01-15", "2026-02-28", "2026-03-01"):
            one = ask(file, f"from core.tariff_for('9503000011', '{partner}', date '{day}')")
            chosen = "select * exclude (valid_from, valid_to) from core.fct_tariff_rate where hts10 = '9503000011'"
            of_day = f"partner_code = '{partner}' and valid_from <= date '{day}' and date '{day}' < valid_to"
            assert ask(file, f"{chosen} and {of_day}") == one


def test_measures_add_up_and_exemptions_are_named(file: Path) -> None:
    columns = "measure_id, operation, gross_rate, net_rate_unclaimed, net_rate_claimed, net_rate"
    asked = f"select {columns} from core.tariff_components_for('9503000011', '{{}}', date '2026-02-01') order by 1"
    assert rounded(ask(file, asked.format("5700"))) == [
        ("excluded", "exempt", None, None, 0.0, 0.0),
        ("list", "add", 0.1, 0.1, 0.0, 0.075),
    ]
    assert rounded(ask(file, asked.format("5880"))) == [("cars", "floor", 0.15, 0.14, 0.14, 0.14)]


def test_the_view_of_measures_has_the_measures_of_the_macro(file: Path) -> None:
    for partner in ("5700", "5880"):
        one = ask(file, f"from core.tariff_components_for('9503000011', '{partner}', date '2026-02-01') order by all")
        chosen = "select * exclude (valid_from, valid_to) from core.fct_tariff_component where partner_code"
        of_day = "valid_from <= date '2026-02-01' and date '2026-02-01' < valid_to"
        assert ask(file, f"{chosen} = '{partner}' and {of_day} order by all") == one


def test_views_are_described_column_by_column(file: Path) -> None:
    for made in released():
        if made.kind == "View" and made.qualified in TARIFF:
            columns = [row[0] for row in ask(file, f"describe {made.qualified}")]
            assert columns == [column.name for column in made.columns]
            asked = f"select comment from duckdb_columns() where table_name = '{made.name}'"
            assert all(comment for (comment,) in ask(file, asked))


def test_names_have_two_parts() -> None:
    """Three-part names fail in readers older than DuckDB 2, and in a file that was renamed."""
    for made in released():
        assert re.findall(r"\b(?:core|policy_events|trade_impact|provenance)\.\w+\.\w+|\w+\.core\.\w+", made.sql) == []
        assert made.reads, made.qualified


def test_views_come_before_the_macros_that_may_read_them() -> None:
    kinds = [made.kind for made in released()]
    assert kinds == sorted(kinds, reverse=True)


def test_a_file_must_begin_with_what_it_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (PROJECT_ROOT / "released").glob("*"):
        shutil.copy(path, tmp_path)
    (tmp_path / "core.list_on.sql").rename(tmp_path / "core.listed_on.sql")
    monkeypatch.setattr(released_sql, "FOLDER", tmp_path)
    released.cache_clear()
    with pytest.raises(ValueError, match=r"core\.listed_on\.sql does not begin"):
        released()
    released.cache_clear()
