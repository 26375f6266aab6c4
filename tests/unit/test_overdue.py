"""Plans of the ledger whose day has passed: which the released view has, and what `statecraft status` says of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.cli.status import OVERDUE, warn_of_overdue
from pipelines.released_sql import released
from tests.unit.rooms import toy_settings

TODAY = date.today()
OPEN = date(9999, 12, 31)
LONG_AGO, TOMORROW = TODAY - timedelta(days=60), TODAY + timedelta(days=1)

#: provision, status, valid_from, known_to, is_scheduled
Said = tuple[str, str, date, date, bool]
PLANS: list[Said] = [
    ("overdue", "in_force", LONG_AGO, OPEN, True),
    ("due-today", "expired", TODAY, OPEN, True),
    ("ahead", "in_force", TOMORROW, OPEN, True),
    ("fact", "in_force", LONG_AGO, OPEN, False),
    ("confirmed-since", "in_force", LONG_AGO, TODAY, True),
]


def released_file(folder: Path, said: list[Said]) -> Path:
    """A released file of these statuses, with the view over them."""
    file = folder / "released.duckdb"
    with duckdb.connect(str(file)) as con:
        con.execute("create schema core")
        con.execute("create schema provenance")
        con.execute("create table core.fct_action_provision (action_id text, provision_id text, what text)")
        con.execute(
            "create table core.fct_action_status (action_id text, provision_id text, status text, valid_from date, "
            "known_from date, known_to date, is_scheduled boolean, evidence_document text)"
        )
        for provision, status, valid_from, known_to, is_scheduled in said:
            con.execute("insert into core.fct_action_provision values ('US-EO-1', ?, 'A duty')", [provision])
            con.execute(
                "insert into core.fct_action_status values ('US-EO-1', ?, ?, ?, date '2020-01-01', ?, ?, '2020-1')",
                [provision, status, valid_from, known_to, is_scheduled],
            )
        for made in released():
            if made.qualified == OVERDUE:
                for statement in made.statements():
                    con.execute(statement)
    return file


def test_a_plan_is_overdue_from_its_day_on_until_it_is_a_fact(tmp_path: Path) -> None:
    with duckdb.connect(str(released_file(tmp_path, PLANS)), read_only=True) as con:
        rows = con.execute(f"select provision_id, what, status, due_on from {OVERDUE} order by due_on").fetchall()
    assert rows == [("overdue", "A duty", "in_force", LONG_AGO), ("due-today", "A duty", "expired", TODAY)]


def test_status_names_the_oldest_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = [LONG_AGO + timedelta(days=n) for n in (3, 0, 2, 1)]
    file = released_file(tmp_path, [(f"p{n}", "in_force", day, OPEN, True) for n, day in enumerate(days)])
    warn_of_overdue(toy_settings(tmp_path), file)
    told = capsys.readouterr().out
    assert "4 plans" in told and "confirmed_on" in told and "law/*/statuses.csv" in told
    assert [line.split()[3] for line in told.splitlines() if "US-EO-1" in line] == ["p1,", "p3,", "p2,"]


def test_status_is_silent_where_nothing_is_overdue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    warn_of_overdue(toy_settings(tmp_path), released_file(tmp_path, PLANS[2:]))
    assert capsys.readouterr().out == ""


def test_status_reads_releases_of_before_the_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "older.duckdb"
    duckdb.connect(str(file)).close()
    warn_of_overdue(toy_settings(tmp_path), file)
    assert capsys.readouterr().out == ""
