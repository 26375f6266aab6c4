"""The SQL of released/: macros and views made over toy tables answer, also in a copy of the file, in two-part names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jinja2 import Environment, FileSystemLoader

from pipelines import released_sql
from pipelines.released_sql import released
from pipelines.settings import PROJECT_ROOT

TARIFF = {"core.fct_tariff_rate", "core.fct_tariff_component"}
TARIFF |= {"core.tariff_for", "core.tariff_on", "core.tariff_components_for"}
OPEN = "date '9999-12-31'"
CLOCKS = f"date '2026-01-01' as valid_from, {OPEN} as valid_to, date '2026-01-01' as known_from, {OPEN} as known_to"


def law() -> Any:
    """The macros both the models and released/ use."""
    return Environment(loader=FileSystemLoader(PROJECT_ROOT / "macros")).get_template("tariff_cell.sql").module


def duty_rate(**said: object) -> str:
    """A row of core.fct_duty_rate that adds nothing but what is said."""
    columns = []
    for name in str(law().duty_columns()).split():
        of_text = name.endswith("_column")
        blank = "null::varchar" if of_text else "null::double" if name.endswith("_floor_rate") else "0.0::double"
        value = said.get(name)
        columns.append(f"{blank if value is None else repr(value)} as {name}")
    return f"select {said['set_id']} as duty_set_id, 0 as product_class_id, {', '.join(columns)}"


#: A line that pays 2.9 %, from a partner under a duty of 10 % unless claimed (set 1), and one under a floor of 15 %
#: until March (set 2); a third is in column 2 from February.
TABLES = {
    "fct_ordinary_duty": "select '9503000011' as hts10, 0.029::double as general_rate, 0.45::double as column2_rate, "
    f"{CLOCKS}",
    "bridge_product_class": "select '9503000011' as hts10, 7 as product_class_id",
    "bridge_partner_class": "select unnest(['5700', '5880', '4621']) as partner_code, "
    "unnest([1, 2, 3]) as partner_class_id",
    "bridge_partner_group": f"select 'COLUMN2' as group_code, '4621' as partner_code, date '2026-02-01' as valid_from, "
    f"{OPEN} as valid_to",
    "bridge_treatment": "select 7 as product_class_id, unnest([1, 2, 3]) as partner_class_id, "
    "unnest([11, 12, 13]) as treatment_id",
    "fct_treatment": f"select 11 as treatment_id, 1 as duty_set_id, {CLOCKS} union all "
    f"select 12, 2, date '2026-01-01', date '2026-03-01', date '2026-01-01', {OPEN} union all "
    f"select 12, 3, date '2026-03-01', {OPEN}, date '2026-01-01', {OPEN} union all "
    f"select 13, 3, date '2026-01-01', {OPEN}, date '2026-01-01', {OPEN}",
    "fct_duty_rate": " union all ".join(
        [
            duty_rate(set_id=1, s301_added_rate=0.1),
            duty_rate(
                set_id=2,
                **dict.fromkeys(("s232_floor_rate", "s232_claimed_floor_rate"), 0.15),
                **dict.fromkeys(("s232_floor_share", "s232_claimed_floor_share"), 1.0),
                **dict.fromkeys(("s232_floor_column", "s232_claimed_floor_column"), "special"),
            ),
            duty_rate(set_id=3),
        ]
    ),
    "fct_special_rate": f"select '9503000011' as hts10, 'JP' as program_code, 0.01::double as special_rate, {CLOCKS}",
    "bridge_program_partner": f"select 'JP' as program_code, '5880' as partner_code, date '2026-01-15' as valid_from, "
    f"{OPEN} as valid_to",
    "fct_claim_share": f"select '9503000011' as hts10, unnest(['5700', '5880']) as partner_code, "
    f"unnest([0.25, 0.5])::double as claim_share, date '2026-01-01' as valid_from, {OPEN} as valid_to",
    "fct_duty_part": "select unnest([1, 2, 3]) as duty_set_id, 0 as product_class_id, 'other' as content, "
    "1.0::double as part_share",
    "fct_duty_set_measure": "select 1 as duty_set_id, 'other' as content, false as is_claimed, "
    "'list.1' as statement_id, 'china' as programme, 's301' as rate_component, 'add' as operation, "
    "0.1::double as measure_rate, 1.0::double as net_share union all "
    "select 1, 'other', true, 'list.1', 'china', 's301', 'add', 0.1, 0.0 union all "
    "select 1, 'other', true, 'excluded.1', 'china', 's301', 'exempt', null, 1.0 union all "
    "select 2, 'other', unnest([false, true]), 'cars.1', 'cars', 's232', 'floor', 0.15, 1.0",
    "fct_measure": "select unnest(['list.1', 'excluded.1', 'cars.1']) as statement_id, "
    "unnest(['list', 'excluded', 'cars']) as measure_id, unnest(['S301', 'S301', 'S232']) as authority, "
    "'9903.88.03' as heading, unnest(['add', 'exempt', 'floor']) as operation, 'US-ACT-1' as action_id, "
    "'clause 1' as citation, unnest([null, null, 'special']) as rate_column",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of toy tables with the macros and views over them, copied elsewhere after it was made."""
    folder = tmp_path_factory.mktemp("released")
    with duckdb.connect() as con:
        con.execute(f"attach '{folder / 'made.duckdb'}' as release (storage_version 'v1.4.0')")
        con.execute("use release")
        con.execute("create schema core")
        for name, query in TABLES.items():
            con.execute(f"create table core.{name} as {query}")
        for made in released():
            if made.qualified in TARIFF:
                for statement in made.statements():
                    con.execute(statement)
        con.execute("use memory")
    return Path(shutil.copy(folder / "made.duckdb", folder / "another_name.duckdb"))


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
