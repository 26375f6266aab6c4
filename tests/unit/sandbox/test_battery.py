"""Every way out of the sandbox is refused in words, at each door that takes SQL; nothing private is read or written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import query
from pipelines.errors import QueryError
from pipelines.query import run_query
from pipelines.query_rules import READERS
from pipelines.settings import PROJECT_ROOT, Settings
from tests.unit.rooms import released_figures, toy_settings, tree
from tests.unit.sandbox.attempts import (
    ATTEMPTS,
    ENDLESS_ATTEMPTS,
    HUGE_ATTEMPTS,
    REFUSED_FUNCTIONS,
    Attempt,
    counts,
)

CANARY = "hushhush"
#: Of a function that could do harm by its name, and has been looked at: none of these leaves the session.
JUDGED_SCALARS = {"json_serialize_sql", "json_deserialize_sql", "json_serialize_plan", "write_log"}
SUSPECT = "file|env|read_|write|http|exec|secret|serialize|system|shell|load"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released file, and beside it what is nobody's business, in every form DuckDB reads."""
    folder = released_figures(tmp_path_factory.mktemp("release"))
    with duckdb.connect() as con:
        con.execute(f"create table private as select '{CANARY}' as secret")
        for suffix in ("csv", "json", "parquet"):
            con.execute(f"copy private to '{folder / 'private'}.{suffix}'")
        con.execute(f"attach '{folder / 'private.duckdb'}' as other")
        con.execute("create table other.private as from private")
        con.execute("detach other")
    (folder / "link.csv").symlink_to(folder / "private.csv")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(toy_settings(tmp_path), memory_limit="80MB")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[None]:
    """A stranger's working folder may be the very one that holds what is private."""
    before = tree(home)
    monkeypatch.chdir(home)
    yield
    assert tree(home) == before, "something was written"


def _refused(settings: Settings, home: Path, attempt: Attempt, seconds: float) -> str:
    planted_frame = pl.DataFrame({"secret": [CANARY]})  # a name of the program, with what is private in it
    sql = attempt.sql.replace("{home}", str(home)).replace("{folder}", home.name).replace("{{}}", "{}")
    with pytest.raises(QueryError) as caught:
        run_query(settings, home / "statecraft.duckdb", sql, seconds)
    assert planted_frame.height and caught.value.what and caught.value.action
    assert CANARY not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_an_attempt_is_refused(settings: Settings, home: Path, attempt: Attempt) -> None:
    words = _refused(settings, home, attempt, 60)
    assert "longer than" not in words, "it ran until its time was up: nothing refused it"


@pytest.mark.parametrize("attempt", ENDLESS_ATTEMPTS, ids=lambda attempt: attempt.name)
def test_an_endless_query_is_stopped(settings: Settings, home: Path, attempt: Attempt) -> None:
    assert "longer than 0.3 seconds" in _refused(settings, home, attempt, 0.3)


def test_a_huge_value_meets_the_bound_of_the_process(settings: Settings, home: Path) -> None:
    """In a process of its own, as `statecraft sql` is: this one must not be bounded, nor take what it would take."""
    asked = f"""
import sys
from pathlib import Path
from pipelines import own_limits
from pipelines.errors import QueryError
from pipelines.query import run_query
from pipelines.settings import Settings
settings = Settings(Path({str(settings.home)!r}), "80MB", 1)
own_limits.BESIDE_DUCKDB_BYTES = 300 << 20
with own_limits.bounded_memory(settings) as bound:
    print(bound)
    for sql in {[attempt.sql for attempt in HUGE_ATTEMPTS]!r}:
        try:
            print("answered", sql, run_query(settings, Path({str(home / "statecraft.duckdb")!r}), sql, 300).rows())
        except QueryError as error:
            print("refused", error.what[:60])
print(run_query(settings, Path({str(home / "statecraft.duckdb")!r}), "select 1 as a").item())
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False, cwd=PROJECT_ROOT)
    bound, *told, after = done.stdout.splitlines()
    assert bound.isdigit() and after == "1", done.stderr
    assert [line for line in told if not line.startswith("refused Out of Memory")] == []
    assert len(told) == len(HUGE_ATTEMPTS)


def test_what_spills_is_bounded(settings: Settings, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "LARGEST_SPILL", "60MB")
    sort = Attempt("sort", "select hash(i) as h, repeat('x', 900) from range(3000000) as t(i) order by h", "the disk")
    assert "max_temp_directory_size" in _refused(settings, home, sort, 300)


def test_every_function_that_gives_rows_is_judged() -> None:
    """A function that a new DuckDB brings fails here until somebody has looked at it."""
    listed = "select function_name from duckdb_functions() where function_type in ('table', 'table_macro') and internal"
    with duckdb.connect() as con:
        known = {name for (name,) in con.execute(listed).fetchall()}
    assert known - READERS - REFUSED_FUNCTIONS.keys() == set(), "new: let in or refused?"
    assert READERS | REFUSED_FUNCTIONS.keys() <= known, "gone, or misspelled"
    assert READERS & REFUSED_FUNCTIONS.keys() == set()


def test_no_function_of_values_reaches_outside() -> None:
    listed = "select distinct function_name from duckdb_functions() where function_type in ('scalar', 'macro')"
    with duckdb.connect() as con:
        known = {name for (name,) in con.execute(f"{listed} and regexp_matches(function_name, '{SUSPECT}')").fetchall()}
    assert {name for name in known if not name.startswith(("parse_", "pg_"))} <= JUDGED_SCALARS


@pytest.mark.parametrize("name", sorted(READERS))
def test_no_function_let_in_takes_a_file(settings: Settings, home: Path, name: str) -> None:
    """Each is given the file that is private wherever it takes a text."""
    for given in ("'private.csv'", f"'{home}/private.csv'", f"['{home}/private.csv']", f"'{home}/private.parquet', 1"):
        try:
            found = run_query(settings, home / "statecraft.duckdb", f"from {name}({given}) limit 5", 60)
        except QueryError as error:
            assert CANARY not in str(error)
        else:
            assert CANARY not in str(found.rows())


def test_the_battery_is_told_apart_and_counted() -> None:
    names = [attempt.name for attempt in (*ATTEMPTS, *ENDLESS_ATTEMPTS, *HUGE_ATTEMPTS)]
    assert len(set(names)) == len(names) == sum(counts().values())
