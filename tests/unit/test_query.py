"""The sandbox: what a stranger's SQL may do to a release is read it. What it may not: tests/unit/sandbox/."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipelines import query
from pipelines.errors import QueryError
from pipelines.query import run_query
from pipelines.settings import Settings
from tests.unit.rooms import released_figures, toy_settings, tree


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released file, and beside it one that is nobody's business."""
    folder = released_figures(tmp_path_factory.mktemp("release"))
    (folder / "private.csv").write_text("secret\nhushhush\n")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


def ask(settings: Settings, home: Path, sql: str, timeout_seconds: float = 20) -> pl.DataFrame:
    """Run a query; whatever comes of it, nothing in the release's folder may have changed."""
    before = tree(home)
    try:
        return run_query(settings, home / "statecraft.duckdb", sql, timeout_seconds)
    finally:
        assert tree(home) == before


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("select count(*) from core.figures", [(10,)]),
        ("from core.figure_of(3)", [(3, "name 3")]),
        ("  -- a word before\nselect 1 as a;  -- and after", [(1,)]),
        ("with odd as (select * from core.figures where code % 2 = 1) select sum(code) from odd", [(25,)]),
        ("with recursive r as (select 1 as n union all select n + 1 from r where n < 3) select max(n) from r", [(3,)]),
        ("select 1 union all select 2", [(1,), (2,)]),
        ("values (1, 'copy (select 1) to x')", [(1, "copy (select 1) to x")]),
        ("pivot core.figures on code in (1, 2) using count(*) group by name order by name limit 1", [("name 0", 0, 0)]),
        ("select null::double as absent", [(None,)]),
        ("select * from core.figures where false", []),
        ("select a.code, b.code from core.figures a join core.figures b using (code) where a.code = 4", [(4, 4)]),
    ],
)
def test_ordinary_queries_and_table_macros_work(
    settings: Settings, home: Path, sql: str, rows: list[tuple[object, ...]]
) -> None:
    assert ask(settings, home, sql).rows() == rows


@pytest.mark.parametrize(
    "sql",
    [
        "describe core.figures",
        "summarize core.figures",
        "show all tables",
        "explain select 1",
        "EXPLAIN ANALYZE from core.figures",
    ],
)
def test_one_may_look_around(settings: Settings, home: Path, sql: str) -> None:
    assert ask(settings, home, sql).height > 0


def test_columns_of_one_name_are_told_apart(settings: Settings, home: Path) -> None:
    assert ask(settings, home, "select 1 as a, 2 as a, 3 as a_1").columns == ["a", "a_1", "a_1_1"]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("-- nothing but a word", "Only one statement that reads"),
        ("selec 1", "syntax error"),
        ("select * from core.nowhere", "does not exist"),
        ("select 1 / 'x'::int", "Conversion Error"),
        ("pivot core.figures on code using count(*)", "PIVOT needs its values"),
        ("select interval 1 day as wait", "Cast it"),
        ("select [interval 1 day] as waits", "Cast it"),
    ],
)
def test_what_is_wrong_is_said(settings: Settings, home: Path, sql: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        ask(settings, home, sql)


def test_a_query_that_wants_more_memory_ends_in_an_error(settings: Settings, home: Path) -> None:
    small = replace(settings, memory_limit="60MB")
    with pytest.raises(QueryError, match="Out of Memory"):
        ask(small, home, "select list(i) from range(100000000) as t(i)")
    assert ask(small, home, "select 1 as a").item() == 1


def test_an_answer_too_large_to_hold_is_refused(
    settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query, "LARGEST_ANSWER_BYTES", 10 * 1024**2)
    with pytest.raises(QueryError, match=r"larger than 10 MB.*Parquet"):
        ask(settings, home, "select i, repeat('x', 100) from range(1000000000) as t(i)")


def test_a_file_that_is_no_release_is_refused(settings: Settings, home: Path) -> None:
    for name in ("private.csv", "nowhere.duckdb"):
        with pytest.raises(QueryError):
            run_query(settings, home / name, "select 1")


def test_the_spill_folder_is_private_and_removed(settings: Settings, home: Path) -> None:
    folder = ask(settings, home, "select current_setting('temp_directory') as folder").item()
    assert "statecraft-sql-" in folder and not os.path.exists(folder)
