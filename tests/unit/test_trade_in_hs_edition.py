"""core.trade_in_hs_edition over toy tables: which edition a code is of, where its dollars go, and that none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.released_sql import released

DAYS = {"HS2012": ("2012-02-03", "2017-01-01"), "HS2017": ("2017-01-01", "2022-01-27")}
DAYS |= {"HS2022": ("2022-01-27", "9999-12-31")}
SHARES = {"a": 0.5, "b": 0.25, "c": 0.25}
#: One that stays; one split in three; two that were one; one that ended in 2022 and has no link.
LINKS = [
    *((a, "010121", b, "010121", 1.0, "only_target") for a in DAYS for b in DAYS if a != b),
    *(
        ("HS2017", "030110", "HS2022", code, share, "trade")
        for code, share in zip("abc", (0.5, 0.25, 0.25), strict=True)
    ),
    *(("HS2022", code, "HS2017", "030110", 1.0, "only_target") for code in "abc"),
    ("HS2022", "970690", "HS2017", "970610", 0.0, "un_conversion"),
    ("HS2022", "970690", "HS2017", "970620", 1.0, "un_conversion"),
    ("HS2017", "300219", "HS2012", "300210", 1.0, "only_target"),
    ("HS2012", "440710", "HS2017", "440711", 1.0, "un_conversion"),
]
MEASURES = ["import_value_consumption_usd", "import_value_general_usd", "dutiable_value_usd", "calculated_duty_usd"]
MEASURES += ["import_charges_usd", "export_value_fas_usd"]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("create schema core")
        con.execute(
            "create table core.fct_trade_flow (flow varchar, partner_code varchar, product_level varchar, product_code"
            " varchar, period_start date, period_months integer, known_from date, known_to date, "
            + ", ".join(f"{measure} bigint" for measure in MEASURES)
            + ")"
        )
        con.execute(
            "create table core.bridge_hs_concordance (from_edition varchar, from_hs6 varchar, to_edition varchar,"
            " to_hs6 varchar, weight_share double, weight_basis varchar, valid_from date, valid_to date)"
        )
        rows = [(a, _six(x), b, _six(y), share, basis, *DAYS[a]) for a, x, b, y, share, basis in LINKS]
        con.executemany("insert into core.bridge_hs_concordance values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        (made,) = [made for made in released() if made.name == "trade_in_hs_edition"]
        for statement in made.statements():
            con.execute(statement)
        yield con


def _six(code: str) -> str:
    return {"a": "030111", "b": "030112", "c": "030119"}.get(code, code)


def reported(con: duckdb.DuckDBPyConnection, *rows: tuple[str, str, int | None]) -> None:
    """Imports from China: line, first day of a month, value."""
    con.execute("delete from core.fct_trade_flow")
    con.executemany(
        "insert into core.fct_trade_flow by name select 'import' as flow, '5700' as partner_code, 'HTS10' as"
        " product_level, ? as product_code, cast(? as date) as period_start, 1 as period_months, date '2024-05-01' as"
        " known_from, date '9999-12-31' as known_to, cast(? as bigint) as import_value_consumption_usd",
        rows,
    )


def converted(con: duckdb.DuckDBPyConnection, edition: str) -> list[tuple[Any, ...]]:
    asked = "select hs6, basis, import_value_consumption_usd from core.trade_in_hs_edition"
    return con.execute(f"{asked}('{edition}', date '2026-01-01') order by all").fetchall()


def test_a_subheading_is_split_by_its_shares_in_whole_dollars(con: duckdb.DuckDBPyConnection) -> None:
    reported(con, ("0301100010", "2021-05-01", 5), ("0301100090", "2021-05-01", 2))
    assert converted(con, "HS2022") == [("030111", "trade", 4), ("030112", "trade", 1), ("030119", "trade", 2)]
    assert converted(con, "HS2017") == [("030110", "as_reported", 7)]


def test_what_was_split_is_one_again(con: duckdb.DuckDBPyConnection) -> None:
    reported(con, ("0301110010", "2024-01-01", 4), ("0301190000", "2024-01-01", 3), ("9706900000", "2024-01-01", 9))
    assert converted(con, "HS2017") == [("030110", "only_target", 7), ("970620", "un_conversion", 9)]


def test_a_code_is_of_the_newest_edition_that_has_it(con: duckdb.DuckDBPyConnection) -> None:
    """In the month of a new edition both are entered; a chapter may be two years late."""
    codes = (("0301100010", "2022-01-01", 4), ("0301110010", "2022-01-01", 3), ("4407100000", "2018-05-01", 9))
    reported(con, *codes)
    assert converted(con, "HS2017") == [("030110", "only_target", 7), ("440711", "un_conversion", 9)]


def test_what_has_no_way_keeps_its_number_and_says_so(con: duckdb.DuckDBPyConnection) -> None:
    reported(con, ("9801001012", "2021-05-01", 4), ("3002190000", "2021-05-01", 3), ("0101210010", "2021-05-01", 2))
    assert converted(con, "HS2022") == [
        ("010121", "only_target", 2),
        ("300219", "unlinked", 3),
        ("980100", "not_in_hs", 4),
    ]


def test_what_is_not_stated_stays_so_and_is_not_known_before_its_day(con: duckdb.DuckDBPyConnection) -> None:
    reported(con, ("0301100010", "2021-05-01", None))
    assert [row[2] for row in converted(con, "HS2022")] == [None, None, None]
    asked = "select count(*) from core.trade_in_hs_edition('HS2022', date '2024-04-30')"
    assert con.execute(asked).fetchall() == [(0,)]


@pytest.mark.parametrize("edition", ["hs2017", "HS2017 ", "HS1992", ""])
def test_an_edition_that_is_none_is_refused(con: duckdb.DuckDBPyConnection, edition: str) -> None:
    reported(con, ("0101210010", "2021-05-01", 2))
    with pytest.raises(duckdb.Error, match="The edition is not one of"):
        converted(con, edition)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=5))
def test_no_dollar_is_lost_or_made(con: duckdb.DuckDBPyConnection, values: list[int]) -> None:
    months = [f"2021-{month:02}-01" for month in range(1, len(values) + 1)]
    reported(con, *(("0301100010", month, value) for month, value in zip(months, values, strict=True)))
    for edition in DAYS:
        assert sum(row[2] for row in converted(con, edition)) == sum(values)
