"""What is known of the duties laid under emergency powers, and of what came after: each row a question with its answer.

Belongs here: provisions, days and what they were on them, as documents have it. Does not belong here: whether rows are
well formed (tests/unit/test_law_ledger.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from tests.world.home import Home

NOW = "2026-11-29"

#: Act, provision, day, known on: status, enforcement, whether it was a plan only.
KNOWN = [
    # Canada and Mexico: signed for 4 February, paused, begun on 4 March.
    ("US-EO-14193", "general", "2025-02-04", "2025-02-02", "in_force", "enforced", True),
    ("US-EO-14193", "general", "2025-02-04", NOW, "suspended", "not_enforced", False),
    ("US-EO-14194", "general", "2025-03-03", NOW, "suspended", "not_enforced", False),
    ("US-EO-14193", "general", "2025-03-04", "2025-03-01", "in_force", "enforced", True),
    ("US-EO-14193", "general", "2025-03-04", NOW, "in_force", "enforced", False),
    ("US-EO-14193", "low-value", "2025-06-01", NOW, "suspended", "not_enforced", False),
    ("US-EO-14231", "usmca", "2025-03-07", NOW, "in_force", "enforced", False),
    ("US-EO-14193", "general", "2025-08-01", NOW, "superseded", "not_enforced", False),
    ("US-EO-14325", "general", "2025-08-01", NOW, "in_force", "enforced", False),
    # China, opioids: 10, 20, 10.
    ("US-EO-14195", "general", "2025-03-03", NOW, "in_force", "enforced", False),
    ("US-EO-14195", "general", "2025-03-04", NOW, "superseded", "not_enforced", False),
    ("US-EO-14195", "low-value", "2025-02-04", NOW, "in_force", "enforced", False),
    ("US-EO-14195", "low-value", "2025-02-05", NOW, "suspended", "not_enforced", False),
    ("US-EO-14228", "general", "2025-11-09", NOW, "in_force", "stayed", False),
    ("US-EO-14228", "general", "2025-11-10", NOW, "superseded", "not_enforced", False),
    ("US-EO-14357", "general", "2025-11-10", NOW, "in_force", "enforced", False),
    # Reciprocal: two provisions, two days; a pause whose end came nearer and went by twice.
    ("US-EO-14257", "baseline", "2025-04-05", NOW, "in_force", "enforced", False),
    ("US-EO-14257", "country-rates", "2025-04-05", NOW, "signed", "not_enforced", False),
    ("US-EO-14257", "country-rates", "2025-04-08", NOW, "published", "not_enforced", False),
    ("US-EO-14257", "country-rates", "2025-04-09", NOW, "in_force", "enforced", False),
    ("US-EO-14257", "country-rates", "2025-04-10", "2025-04-08", "in_force", "enforced", True),
    ("US-EO-14257", "country-rates", "2025-04-10", NOW, "suspended", "not_enforced", False),
    ("US-EO-14257", "country-rates", "2025-07-09", "2025-07-01", "in_force", "enforced", True),
    ("US-EO-14257", "country-rates", "2025-07-09", NOW, "suspended", "not_enforced", False),
    ("US-EO-14257", "country-rates", "2025-08-01", "2025-07-20", "in_force", "enforced", True),
    ("US-EO-14257", "country-rates", "2025-08-01", NOW, "suspended", "not_enforced", False),
    ("US-EO-14257", "country-rates", "2025-08-07", NOW, "superseded", "not_enforced", False),
    ("US-EO-14266", "pause", "2025-07-09", "2025-06-01", "expired", "not_enforced", True),
    ("US-EO-14266", "pause", "2025-07-09", NOW, "superseded", "not_enforced", False),
    ("US-EO-14326", "rates", "2025-08-07", "2025-08-01", "in_force", "enforced", True),
    ("US-EO-14326", "rates", "2025-08-07", NOW, "in_force", "enforced", False),
    # China, reciprocal: 34, 84, 125, then truces.
    ("US-EO-14257", "china", "2025-04-09", "2025-04-03", "in_force", "enforced", True),
    ("US-EO-14257", "china", "2025-04-09", NOW, "superseded", "not_enforced", False),
    ("US-EO-14259", "china", "2025-04-09", NOW, "in_force", "enforced", False),
    ("US-EO-14266", "china", "2025-05-13", NOW, "in_force", "enforced", False),
    ("US-EO-14266", "china", "2025-05-14", NOW, "revoked", "not_enforced", False),
    ("US-EO-14298", "truce", "2025-05-14", "2025-05-12", "in_force", "enforced", True),
    ("US-EO-14298", "truce", "2025-05-14", NOW, "in_force", "enforced", False),
    ("US-EO-14298", "truce", "2025-08-12", NOW, "superseded", "not_enforced", False),
    ("US-EO-14358", "truce", "2026-02-19", NOW, "in_force", "enforced", False),
    ("US-EO-14358", "truce", "2026-11-10", "2026-01-15", "expired", "not_enforced", True),
    ("US-EO-14358", "truce", "2026-11-10", NOW, "struck_down", "not_enforced", False),
    # Courts: unlawful and collected; void and collected; void.
    ("US-EO-14257", "baseline", "2025-05-28", NOW, "struck_down", "enforced", False),
    ("US-EO-14257", "baseline", "2025-05-29", NOW, "in_force", "stayed", False),
    ("US-EO-14257", "baseline", "2025-08-29", NOW, "in_force", "stayed", False),
    ("US-EO-14257", "baseline", "2026-02-20", NOW, "struck_down", "enforced", False),
    ("US-EO-14257", "baseline", "2026-02-23", NOW, "struck_down", "enforced", False),
    ("US-EO-14257", "baseline", "2026-02-24", "2026-02-21", "struck_down", "enforced", False),
    ("US-EO-14257", "baseline", "2026-02-24", "2026-02-23", "struck_down", "not_enforced", True),
    ("US-EO-14257", "baseline", "2026-02-24", NOW, "struck_down", "not_enforced", False),
    ("US-COURT-25-00066", "injunction", "2025-06-07", NOW, "suspended", "stayed", False),
    ("US-COURT-26-01259-2026-03-04", "liquidation", "2026-03-06", NOW, "suspended", "not_enforced", False),
    # Brazil, India, and powers nobody used.
    ("US-EO-14323", "general", "2025-08-06", NOW, "in_force", "enforced", False),
    ("US-EO-14329", "general", "2025-08-26", NOW, "published", "not_enforced", False),
    ("US-EO-14329", "general", "2025-08-27", NOW, "in_force", "enforced", False),
    ("US-EO-14329", "general", "2026-02-07", NOW, "revoked", "not_enforced", False),
    ("US-EO-14245", "power", "2025-12-01", NOW, "in_force", "not_enforced", False),
    # Section 122: for the parties only, stayed, and over; Section 338: three days later than set.
    ("US-PROC-11012", "surcharge", "2026-02-24", "2026-02-21", "in_force", "enforced", True),
    ("US-PROC-11012", "surcharge", "2026-05-08", NOW, "in_force", "enjoined_for_parties", False),
    ("US-PROC-11012", "surcharge", "2026-06-12", NOW, "in_force", "stayed", False),
    ("US-PROC-11012", "surcharge", "2026-07-23", NOW, "in_force", "stayed", False),
    ("US-PROC-11012", "surcharge", "2026-07-24", "2026-06-30", "expired", "not_enforced", True),
    ("US-PROC-11012", "surcharge", "2026-07-24", NOW, "expired", "not_enforced", False),
    ("US-PROC-11047", "dairy", "2026-08-19", "2026-08-01", "in_force", "enforced", True),
    ("US-PROC-11047", "dairy", "2026-08-19", NOW, "suspended", "not_enforced", False),
    ("US-PROC-11047", "dairy", "2026-08-22", NOW, "in_force", "enforced", False),
    ("US-PROC-11061", "ban", "2026-09-29", NOW, "in_force", "enforced", True),
    # Said, and never so.
    ("US-STATEMENT-2025-10-10", "duty", "2025-11-01", "2025-10-15", "in_force", "enforced", True),
    ("US-STATEMENT-2025-10-10", "duty", "2025-11-01", NOW, "revoked", "not_enforced", False),
    ("US-STATEMENT-2026-02-21", "rate", "2026-04-01", NOW, "announced", "not_enforced", False),
    ("US-STATEMENT-2026-02-06-india", "rate", "2026-02-12", NOW, "announced", "not_enforced", False),
    ("US-STATEMENT-2025-07-12", "eu", "2025-08-01", NOW, "superseded", "not_enforced", False),
]


@pytest.fixture(scope="module")
def released(built: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.latest.database), read_only=True) as con:
        yield con


@pytest.mark.parametrize(("act", "provision", "day", "known_on", "status", "enforcement", "is_plan"), KNOWN)
def test_what_became_of_it(
    released: duckdb.DuckDBPyConnection,
    act: str,
    provision: str,
    day: str,
    known_on: str,
    status: str,
    enforcement: str,
    is_plan: bool,
) -> None:
    asked = """
        select status, enforcement, is_scheduled
        from core.action_status_on(cast(? as date), cast(? as date))
        where action_id = ? and provision_id = ?
    """
    assert released.execute(asked, [day, known_on, act, provision]).fetchall() == [(status, enforcement, is_plan)]


def test_nothing_was_known_before_it_was_said(released: duckdb.DuckDBPyConnection) -> None:
    asked = "select * from core.action_status_on(date '2025-04-09', date '2025-04-01') where action_id = 'US-EO-14257'"
    assert released.execute(asked).fetchall() == []


def test_the_truce_of_geneva_was_public_two_days_before_and_printed_a_week_after(
    released: duckdb.DuckDBPyConnection,
) -> None:
    asked = "select known_on, effective_on, published_on from core.dim_action where action_id = 'US-EO-14298'"
    [(known_on, effective_on, published_on)] = released.execute(asked).fetchall()
    assert (effective_on - known_on).days == 2
    assert (effective_on - published_on).days == -7


def test_rounds_stand_on_their_days(released: duckdb.DuckDBPyConnection) -> None:
    asked = "select round_id, starts_on, ends_on from core.dim_round where year(starts_on) = 2025 order by starts_on"
    assert released.execute(asked).fetchall() == [
        ("geneva_2025", date(2025, 5, 10), date(2025, 5, 11)),
        ("london_2025", date(2025, 6, 9), date(2025, 6, 10)),
        ("stockholm_2025", date(2025, 7, 28), date(2025, 7, 29)),
        ("madrid_2025", date(2025, 9, 14), date(2025, 9, 15)),
        ("kuala_lumpur_2025", date(2025, 10, 25), date(2025, 10, 26)),
        ("busan_2025", date(2025, 10, 30), date(2025, 10, 30)),
    ]
