"""The running of suites: what a rule saw is told rule by rule, and nothing of a judgement is left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import gates
from pipelines.errors import StatecraftError
from pipelines.gates import RuleResult, judge, read_suite

NOT_NULL = "expect_column_values_to_not_be_null"
ROW_COUNT = "expect_table_row_count_to_be_between"


def sql(rule: str, query: str, **stated: Any) -> dict[str, Any]:
    return expectation(rule, "unexpected_rows_expectation", {"unexpected_rows_query": query}, **stated)


def expectation(rule: str, kind: str, kwargs: dict[str, Any], severity: str | None = "critical") -> dict[str, Any]:
    stated = {"severity": severity} if severity else {}
    return {"type": kind, "kwargs": kwargs, "meta": {"rule": rule, "action": "Look at it."}, **stated}


def suite(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"name": "toys", "expectations": list(rules), "meta": {}}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Eight toys of two vintages, one without a name and one that costs less than nothing."""
    path = tmp_path / "toys.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema core; create table core.toys (vintage_id varchar, name varchar, price_usd integer)")
        con.execute("insert into core.toys select 'v' || i % 2, 'toy ' || i, i from range(6) as r(i)")
        con.execute("insert into core.toys values ('v1', null, 6), ('v0', 'debt', -7)")
    return path


def judged(database: Path, *rules: dict[str, Any]) -> dict[str, RuleResult]:
    return {r.rule: r for r in judge("release", "", database, [("toys", "core", suite(*rules))])}


def test_results_say_what_was_seen_and_wanted(database: Path) -> None:
    cheap = sql("too_cheap", "SELECT vintage_id, name, price_usd FROM {batch} WHERE price_usd < 0")
    named = expectation("name_missing", NOT_NULL, {"column": "name"})
    enough = expectation("too_few_rows", ROW_COUNT, {"min_value": 8})
    found = judged(database, cheap, named, enough)
    assert {rule: r.passed for rule, r in found.items()} == {
        "too_cheap": False,
        "name_missing": False,
        "too_few_rows": True,
    }
    assert {(r.gate, r.table_name, r.critical, r.action) for r in found.values()} == {
        ("release", "core.toys", True, "Look at it.")
    }
    assert (found["too_cheap"].observed, found["too_cheap"].bound) == ("1", "no rows")
    assert (found["name_missing"].observed, found["too_few_rows"].observed) == ("1 of 8 values", "8")
    assert found["too_few_rows"].bound == "table_row_count_to_be_between(min_value=8)"
    assert found["too_cheap"].sentence() == (
        "core.toys: rule too_cheap: saw 1, wanted no rows. Rows: vintage_id=v0, name=debt, price_usd=-7. Look at it."
    )


def test_a_rule_in_sql_shows_a_few_rows_and_all_their_vintages(database: Path) -> None:
    every = judged(database, sql("none_allowed", "SELECT vintage_id, name FROM {batch} ORDER BY price_usd"))
    assert len(every["none_allowed"].rows) == gates.ROWS_SHOWN
    assert every["none_allowed"].vintages == ["v0", "v1"] and every["none_allowed"].observed == "8"
    unnamed = judged(database, sql("none_allowed", "SELECT name FROM {batch} WHERE price_usd = 5"))
    assert (unnamed["none_allowed"].rows, unnamed["none_allowed"].vintages) == (["name=toy 5"], [])
    passed = judged(database, sql("none_allowed", "SELECT vintage_id FROM {batch} WHERE price_usd > 99"))
    assert (passed["none_allowed"].rows, passed["none_allowed"].vintages) == ([], [])


def test_other_tables_and_both_kinds_of_query_can_be_asked(database: Path) -> None:
    """The library writes {batch} out with a name of its own, but not where the query joins."""
    plain = "SELECT name FROM {batch} WHERE name NOT IN (SELECT name FROM core.toys WHERE name IS NOT NULL)"
    joined = "SELECT a.name FROM (SELECT * FROM {batch}) AS a ANTI JOIN core.toys AS b USING (price_usd)"
    digits = "SELECT name FROM {batch} WHERE NOT regexp_full_match(name, '[a-z]{{3,4}}( \\d)?')"
    found = judged(database, sql("plain", plain), sql("joined", joined), sql("braces", digits))
    assert all(r.passed for r in found.values()), [r.sentence() for r in found.values()]


def test_a_rule_that_cannot_be_evaluated_has_failed_and_spoils_no_other(database: Path) -> None:
    found = judged(
        database,
        sql("no_such_column", "SELECT weight_kg FROM {batch}"),
        sql("no_such_table", "SELECT name FROM {batch} WHERE name NOT IN (SELECT name FROM core.games)"),
        expectation("no_such_name", NOT_NULL, {"column": "weight_kg"}),
        expectation("sound", NOT_NULL, {"column": "price_usd"}),
        sql("sound_in_sql", "SELECT name FROM {batch} WHERE price_usd > 99"),
    )
    assert {rule for rule, r in found.items() if r.passed} == {"sound", "sound_in_sql"}
    for rule in ("no_such_column", "no_such_table", "no_such_name"):
        assert found[rule].observed.startswith("could not be evaluated") and found[rule].critical


def test_every_rule_of_a_suite_has_a_result_and_results_are_in_order(database: Path) -> None:
    rules = [sql(f"rule_{n}", f"SELECT name FROM {{batch}} WHERE price_usd > {99 + n}") for n in (3, 1, 2)]
    with duckdb.connect(str(database)) as con:
        con.execute("create table core.games as from core.toys")
    relations: list[tuple[str, str | None, dict[str, Any]]] = [
        (name, "core", suite(*rules)) for name in ("toys", "games")
    ]
    found = judge("release", "", database, relations)
    expected = [(f"core.{name}", f"rule_{n}") for name in ("games", "toys") for n in (1, 2, 3)]
    assert [(r.table_name, r.rule) for r in found] == expected
    assert {r.table_name for r in judge("landing", "toy__list", database, relations[:1])} == {"toy__list"}


@pytest.mark.parametrize(("severity", "is_critical"), [("critical", True), ("warning", False), (None, True)])
def test_severity_tells_what_refuses_from_what_warns(database: Path, severity: str | None, is_critical: bool) -> None:
    found = judged(database, sql("any", "SELECT name FROM {batch}", severity=severity))
    assert (found["any"].critical, found["any"].passed) == (is_critical, False)


def test_a_missing_suite_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StatecraftError, match=r"core.toys has no release suite. Write release/core.toys.json"):
        read_suite("release", "core.toys")
    monkeypatch.setenv("STATECRAFT_EXPECTATIONS", str(tmp_path / "suites"))
    with pytest.raises(StatecraftError, match=r"Write landing/iso_countries__countries.json in suites/"):
        read_suite("landing", "iso_countries__countries")


def test_suites_are_read_from_the_folder_the_environment_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = read_suite("landing", "iso_countries__countries")
    assert shipped["expectations"]
    path = tmp_path / "landing" / "iso_countries__countries.json"
    path.parent.mkdir()
    path.write_text(json.dumps({**shipped, "expectations": []}))
    monkeypatch.setenv("STATECRAFT_EXPECTATIONS", str(tmp_path))
    assert read_suite("landing", "iso_countries__countries")["expectations"] == []


def test_a_writer_can_open_the_file_right_after_judgement(database: Path) -> None:
    before = database.read_bytes()
    judged(database, sql("any", "SELECT name FROM {batch}"), expectation("name_missing", NOT_NULL, {"column": "name"}))
    assert database.read_bytes() == before
    with duckdb.connect(str(database), config={"threads": "1"}) as con:
        con.execute("delete from core.toys")


def test_a_writer_can_open_the_file_after_a_judgement_that_failed(database: Path) -> None:
    with pytest.raises(Exception, match="games"):
        judge("release", "", database, [("games", "core", suite(sql("any", "SELECT name FROM {batch}")))])
    with duckdb.connect(str(database), config={"threads": "1"}) as con:
        con.execute("delete from core.toys")


def test_a_judgement_keeps_to_the_machine_it_may_use(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECRAFT_THREADS", "3")
    monkeypatch.setenv("STATECRAFT_MEMORY_LIMIT", "345MB")
    setting = "SELECT current_setting('{0}') AS seen FROM {{batch}} LIMIT 1"
    found = judged(database, sql("threads", setting.format("threads")), sql("memory", setting.format("memory_limit")))
    assert found["threads"].rows == ["seen=3"] and found["memory"].rows == ["seen=329.0 MiB"]
    too_many = sql("threads", "SELECT name FROM {batch} WHERE current_setting('threads') <> 3")
    assert judged(database, too_many)["threads"].passed  # so for the judgement itself, not only for the rows shown


def test_rules_in_sql_are_counted_by_the_projects_own_class() -> None:
    from great_expectations.expectations.registry import get_expectation_impl  # noqa: PLC0415 (seconds to import)

    import pipelines.judging  # noqa: F401, PLC0415
    from pipelines.gx_rules import UnexpectedRowsExpectation  # noqa: PLC0415

    assert get_expectation_impl("unexpected_rows_expectation") is UnexpectedRowsExpectation


def test_a_judge_that_ends_without_an_answer_is_an_error(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", "import sys; sys.stdin.readline(); sys.exit(3)"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        monkeypatch.setattr(gates, "_judging", [process])
        with pytest.raises(StatecraftError, match=r"could not judge toys.duckdb: its process ended with 3"):
            judged(database, sql("any", "SELECT name FROM {batch}"))


def test_the_dialect_reads_results_before_their_cursor_is_closed(database: Path) -> None:
    """The library closes cursors before reading them; without the buffer, this gives no rows."""
    import sqlalchemy  # noqa: PLC0415
    from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy  # noqa: PLC0415

    from pipelines.duckdb_dialect import close_all  # noqa: PLC0415

    engine = sqlalchemy.create_engine(f"duckdb+buffered:///{database}")
    with engine.connect() as connection:
        result = connection.execute(sqlalchemy.text("select name from core.toys where price_usd >= :low"), {"low": 5})
        assert isinstance(result.cursor_strategy, FullyBufferedCursorFetchStrategy)
        connection.connection.cursor().execute("select 1")
        assert sorted(row.name or "" for row in result) == ["", "toy 5"]
    close_all()
    with duckdb.connect(str(database), config={"threads": "1"}) as con:
        con.execute("delete from core.toys")
