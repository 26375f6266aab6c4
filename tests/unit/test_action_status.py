"""The released macro over statuses: what held on a day as known on another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from pipelines.released_sql import released

#: A rule in force from a day before its publication, stayed for a year; its return is a plan.
STATUSES = """
    select * from (values
        ('rule', 'whole', 'in_force', 'enforced', date '2025-09-29', date '9999-12-31', date '2025-09-29',
            date '2025-11-12', false, 'the rule'),
        ('rule', 'whole', 'in_force', 'enforced', date '2025-09-29', date '2025-11-10', date '2025-11-12',
            date '9999-12-31', false, 'the rule'),
        ('rule', 'whole', 'suspended', 'not_enforced', date '2025-11-10', date '2026-11-10', date '2025-11-12',
            date '9999-12-31', false, 'the stay'),
        ('rule', 'whole', 'in_force', 'enforced', date '2026-11-10', date '9999-12-31', date '2025-11-12',
            date '9999-12-31', true, 'the stay')
    ) as s(action_id, provision_id, status, enforcement, valid_from, valid_to, known_from, known_to, is_scheduled,
        evidence_document)
"""


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("create schema core")
        con.execute(f"create table core.fct_action_status as {STATUSES}")
        for made in released():
            if made.qualified == "core.action_status_on":
                for statement in made.statements():
                    con.execute(statement)
        yield con


@pytest.mark.parametrize(
    ("day", "known_on", "status", "is_scheduled"),
    [
        ("2025-10-15", "2025-10-01", "in_force", False),
        ("2025-12-01", "2025-10-01", "in_force", False),
        ("2025-12-01", "2025-11-12", "suspended", False),
        ("2026-11-10", "2026-11-28", "in_force", True),
    ],
)
def test_status_on_a_day_as_known_on_another(
    con: duckdb.DuckDBPyConnection, day: str, known_on: str, status: str, is_scheduled: bool
) -> None:
    asked = "select status, is_scheduled from core.action_status_on(?, known_on := ?) where action_id = 'rule'"
    held = con.execute(asked, [date.fromisoformat(day), date.fromisoformat(known_on)]).fetchall()
    assert held == [(status, is_scheduled)]
