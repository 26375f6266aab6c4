"""Stamps of what a table holds: the same for the same rows and columns, another for any other."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.content_stamps import stamps
from pipelines.lineage import Lineage
from pipelines.settings import Settings
from tests.unit import test_lineage
from tests.unit.rooms import toy_settings

TABLE = "model.int_flows"
AS_IT_WAS = "select * from (values (1, 'a'), (2, 'b'), (2, 'b')) as t(number, letter)"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = toy_settings(tmp_path)
    made.work_database.parent.mkdir(parents=True, exist_ok=True)
    return made


def stamp_of(settings: Settings, query: str) -> str:
    with duckdb.connect(str(settings.work_database)) as con:
        con.execute("create schema if not exists intermediate")
        con.execute(f"create or replace table intermediate.int_flows as {query}")
    return stamps(settings, Lineage(test_lineage.manifest()), [TABLE])[TABLE]


def test_order_does_not_matter(settings: Settings) -> None:
    assert stamp_of(settings, AS_IT_WAS) == stamp_of(settings, f"{AS_IT_WAS} order by number desc")


@pytest.mark.parametrize(
    "other",
    [
        "select distinct * from (values (1, 'a'), (2, 'b'), (2, 'b')) as t(number, letter)",
        "select * from (values (1, 'a'), (3, 'c'), (3, 'c')) as t(number, letter)",
        "select * from (values (1, 'a'), (2, 'b'), (2, 'b')) as t(number, word)",
        "select * from (values (1::bigint, 'a'), (2, 'b'), (2, 'b')) as t(number, letter)",
        "select * from (values (1, 'a'), (2, 'b'), (2, null)) as t(number, letter)",
    ],
)
def test_other_rows_or_columns_do(settings: Settings, other: str) -> None:
    assert stamp_of(settings, AS_IT_WAS) != stamp_of(settings, other)


def test_no_table_no_stamp(settings: Settings) -> None:
    assert stamps(settings, Lineage(test_lineage.manifest()), []) == {}
