"""The small world's release in PostgreSQL: the same rows, and the same headline numbers."""

from __future__ import annotations

import pytest

from pipelines.headlines import headlines
from pipelines.postgres.views import made_views
from pipelines.query import run_query
from pipelines.released_sql import released
from tests.unit.postgres.server import Database
from tests.world.home import Home

pytestmark = pytest.mark.xdist_group("world")


def test_a_whole_release_is_the_same_in_both_engines(built: Home, database: Database) -> None:
    release = built.latest
    done = database.push(release)
    assert done.tables == len(release.tables) and done.rows == release.rows
    with database.opened() as connection:
        for name, table in release.tables.items():
            assert connection.execute(f"select count(*) from {name}".encode()).fetchall() == [(table.rows,)], name
        for headline in headlines():
            order = f"order by {', '.join(headline.columns)}"
            here = run_query(built.settings, release.database, f"select * from ({headline.sql}) as h {order}")
            assert here.columns == list(headline.columns)
            there = connection.execute(f"select * from headline.{headline.name} {order}".encode()).fetchall()
            assert there == [pytest.approx(row) if None not in row else row for row in here.rows()], headline.name
    assert database.push(release).was_there


def test_the_command_says_what_it_did(built: Home, database: Database) -> None:
    done = built.statecraft("push", database.address(), "--tables", "core.dim_partner", "--reader", "analyst")
    assert done.returncode == 0, done.stderr
    assert "is shown; 1 of 1 tables copied" in done.stdout and "core.dim_partner" in done.stderr
    again = built.statecraft("push", database.address(), "--tables", "core.dim_partner")
    assert again.returncode == 0 and "is already there" in again.stdout


def test_views_in_plain_sql_go_along(built: Home) -> None:
    made = {view.qualified for view in made_views(released(), headlines(), built.latest.tables)}
    assert {"policy_events.calendar", "provenance.overdue_confirmations", "headline.effective_rate"} <= made
    assert "trade_impact.effective_tariff_daily" not in made
