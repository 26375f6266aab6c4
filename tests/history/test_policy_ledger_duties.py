"""Acts on duties in the ledger, against facts that anybody can check in their documents.

Belongs here: days, windows for comment, steps and reversals of duties. Does not belong here: export controls, what SQL
derives from the rows.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.law import read

#: Suspensions and exclusions whose last day has come, and no document at hand says what happened then.
NOT_KNOWN = {
    ("US-FR-2025-21671", "exclusions-178"),
    ("US-FR-2025-19873", "suspension"),
    ("US-FR-2021-14550", "united-kingdom"),
    ("US-FR-2021-14550", "european-union"),
    ("CN-CTC-2025-11-05-TRUCE", "suspension"),
}
#: The last day on which the ledger's documents of duties were read for what had come of them.
READ_UP_TO = date(2026, 11, 10)

Law = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def law() -> Law:
    return read.tables()


def act(law: Law, action_id: str) -> dict[str, Any]:
    return law["law__acts"].row(by_predicate=pl.col("action_id") == action_id, named=True)


def provision(law: Law, action_id: str, provision_id: str) -> dict[str, Any]:
    wanted = (pl.col("action_id") == action_id) & (pl.col("provision_id") == provision_id)
    return law["law__provisions"].row(by_predicate=wanted, named=True)


def statements(law: Law, action_id: str, provision_id: str) -> pl.DataFrame:
    """Statements of statuses.csv on a provision, the last one first."""
    return (
        law["law__ledger_statuses"]
        .filter(
            (pl.col("action_id") == action_id)
            & (pl.col("provision_id").is_null() | (pl.col("provision_id") == provision_id))
        )
        .sort("known_on", "place_in_file", descending=True)
    )


def days_in_force(law: Law, action_id: str, provision_id: str) -> int | None:
    """Days from effect to the first day on which a statement says that it was not in force; none: no such statement."""
    begins = provision(law, action_id, provision_id)["effective_on"]
    ends = statements(law, action_id, provision_id).filter(
        pl.col("status").is_in(["suspended", "revoked", "superseded", "struck_down", "announced"])
    )["valid_from"]
    return None if ends.is_empty() else max((ends.min() - begins).days, 0)


def related(law: Law, action_id: str) -> set[tuple[str, str, float | None]]:
    rows = law["law__relations"].filter(pl.col("action_id") == action_id)
    return set(rows.select("relation", "related_action_id", "share_undone").iter_rows())


@pytest.mark.parametrize(
    ("action_id", "opened", "closed", "published", "effective"),
    [
        ("US-FR-2024-21217", date(2024, 5, 29), date(2024, 6, 28), date(2024, 9, 18), date(2024, 9, 27)),
        ("US-FR-2024-29462", date(2024, 9, 23), date(2024, 10, 22), date(2024, 12, 16), date(2025, 1, 1)),
        ("US-FR-2018-20610", date(2018, 7, 17), date(2018, 9, 5), date(2018, 9, 21), date(2018, 9, 24)),
        ("US-FR-2018-13248", date(2018, 4, 3), date(2018, 5, 11), date(2018, 6, 20), date(2018, 7, 6)),
        ("US-FR-2018-17709", date(2018, 6, 20), date(2018, 7, 23), date(2018, 8, 16), date(2018, 8, 23)),
        ("US-FR-2020-17973", date(2020, 6, 26), date(2020, 7, 26), date(2020, 8, 18), date(2020, 9, 1)),
        ("US-PROC-9705", date(2017, 4, 26), date(2017, 5, 31), date(2018, 3, 15), date(2018, 3, 23)),
        ("US-FR-2025-06927", date(2025, 2, 21), date(2025, 3, 24), date(2025, 4, 23), date(2025, 10, 14)),
        ("US-FR-2025-19873", date(2025, 11, 6), date(2025, 11, 7), date(2025, 11, 13), date(2025, 11, 10)),
        ("US-FR-2026-14542", date(2026, 6, 1), date(2026, 7, 1), date(2026, 7, 20), date(2026, 7, 22)),
        ("US-FR-2026-15181", date(2026, 6, 5), date(2026, 7, 6), date(2026, 7, 28), date(2026, 7, 24)),
        ("US-PROC-10976", date(2025, 3, 13), date(2025, 4, 1), date(2025, 10, 6), date(2025, 10, 14)),
    ],
)
def test_acts_that_were_consulted_on(
    law: Law, action_id: str, opened: date, closed: date, published: date, effective: date
) -> None:
    row = act(law, action_id)
    assert (row["comments_open_on"], row["comments_close_on"]) == (opened, closed)
    assert (row["published_on"], row["effective_on"]) == (published, effective)
    assert row["comments_close_on"] < row["effective_on"]


def test_the_four_year_review_is_the_benchmark_of_consultation(law: Law) -> None:
    row = act(law, "US-FR-2024-21217")
    assert (row["comments_close_on"] - row["comments_open_on"]).days == 30
    assert (row["effective_on"] - row["published_on"]).days == 9
    assert (row["effective_on"] - row["announced_on"]).days == 14
    assert ("finalizes", "US-FR-2024-11634", None) in related(law, "US-FR-2024-21217")
    steps = law["law__provisions"].filter(
        (pl.col("action_id") == "US-FR-2024-21217") & pl.col("provision_id").str.contains("step")
    )
    assert set(steps["effective_on"]) == {date(2024, 9, 27), date(2025, 1, 1), date(2026, 1, 1)}
    assert steps["confirmed_on"].null_count() == 0


@pytest.mark.parametrize(
    "action_id", ["US-PROC-10895", "US-PROC-10896", "US-PROC-10947", "US-PROC-11021", "US-PROC-11032"]
)
def test_metals_were_raised_without_a_window_for_comment(law: Law, action_id: str) -> None:
    assert act(law, action_id)["comments_open_on"] is None


@pytest.mark.parametrize(
    ("action_id", "provision_id", "rate", "effective", "days"),
    [
        ("US-PROC-10060", "canada-duty", 0.10, date(2020, 8, 16), 16),
        ("US-FR-84-45821", "list-4b-at-15", 0.15, date(2019, 12, 15), 0),
        ("US-FR-2019-17865", "list-4b-at-10", 0.10, date(2019, 12, 15), 0),
        ("US-FR-2019-18946", "thirty", 0.30, date(2019, 10, 1), 0),
        ("US-FR-2018-20610", "step-to-25", 0.25, date(2019, 1, 1), 0),
        ("US-FR-83-65198", "step-to-25", 0.25, date(2019, 3, 2), 0),
        ("US-FR-2020-15312", "duty", 0.25, date(2021, 1, 6), 0),
        ("US-PROC-10976", "step-2026", None, date(2026, 1, 1), 0),
        ("US-FR-2025-06927", "chinese-operators", None, date(2025, 10, 14), 27),
        ("US-FR-2025-19568", "cranes", 1.0, date(2025, 11, 9), 1),
        ("US-PROC-9772", "turkey-50", 0.50, date(2018, 8, 13), 281),
        ("US-PROC-10896", "duty", 0.25, date(2025, 3, 12), 84),
        ("US-PROC-10947", "fifty", 0.50, date(2025, 6, 4), 306),
        ("CN-CTC-2025-6", "forty-one", 0.41, date(2025, 4, 12), 32),
        ("US-FR-2018-13248", "list-1", 0.25, date(2018, 7, 6), None),
        ("US-FR-2020-00904", "list-4a-at-7-5", 0.075, date(2020, 2, 14), None),
    ],
)
def test_lives_of_duties(
    law: Law, action_id: str, provision_id: str, rate: float | None, effective: date, days: int | None
) -> None:
    row = provision(law, action_id, provision_id)
    assert (row["announced_rate"], row["effective_on"]) == (rate, effective)
    assert days_in_force(law, action_id, provision_id) == days


@pytest.mark.parametrize(
    ("action_id", "relation", "other", "share"),
    [
        ("US-PROC-10106", "ends", "US-PROC-10060", 1.0),
        ("US-FR-84-69447", "suspends", "US-FR-84-45821", 1.0),
        ("US-FR-2020-00904", "amends", "US-FR-84-45821", 0.5),
        ("US-FR-2025-19873", "suspends", "US-FR-2025-06927", 1.0),
        ("US-PROC-11000", "suspends", "US-PROC-10976", 1.0),
        ("US-COURT-22-1392", "reverses", "US-COURT-20-03941", 1.0),
        ("CN-CTC-2025-05-13", "suspends", "CN-CTC-2025-4", 1.0),
        ("CN-CTC-2025-4", "responds_to", "US-EO-14257", None),
        ("CA-ORDER-2025-08-29", "ends", "CA-SURTAX-2025-1", 1.0),
        ("CA-SOR-2025-118", "responds_to", "US-PROC-10908", None),
    ],
)
def test_what_undid_or_answered_what(law: Law, action_id: str, relation: str, other: str, share: float | None) -> None:
    assert (relation, other, share) in related(law, action_id)


@pytest.mark.parametrize(
    ("action_id", "provision_id", "effective"),
    [
        ("US-PROC-11000", "step-2027", date(2027, 1, 1)),
        ("US-PROC-20260813-DRONES", "annex-3", date(2027, 2, 9)),
        ("US-PROC-20260806-POLYSILICON", "duty", date(2026, 12, 4)),
        ("US-FR-2026-06956", "onshoring-increase", date(2030, 4, 2)),
        ("US-FR-2025-23912", "increase", date(2027, 6, 23)),
        ("US-PROC-11021", "tier-3-joins", date(2028, 1, 1)),
        ("US-FR-2025-22690", "ten", date(2027, 1, 1)),
    ],
)
def test_steps_that_lie_ahead_are_plans(law: Law, action_id: str, provision_id: str, effective: date) -> None:
    row = provision(law, action_id, provision_id)
    assert (row["effective_on"], row["confirmed_on"]) == (effective, None)


def test_port_fees_come_back_by_the_notice_and_nobody_knows_whether_they_did(law: Law) -> None:
    said = statements(law, "US-FR-2025-06927", "chinese-operators").to_dicts()
    suspended = next(row for row in said if row["status"] == "suspended")
    back = next(row for row in said if row["status"] == "in_force")
    assert (suspended["valid_from"], suspended["valid_to"]) == (date(2025, 11, 10), date(2026, 11, 10))
    assert (back["valid_from"], back["is_scheduled"]) == (date(2026, 11, 10), True)


def test_every_act_on_duties_says_why_at_whom_and_what(law: Law) -> None:
    acts = law["law__acts"].filter(
        pl.col("authority").is_in(["S232", "S201", "S301", "CN_TARIFF", "CA_TARIFF"])
        | pl.col("action_id").is_in(["US-PROC-10420", "US-PROC-10523"])
    )
    reasons = law["law__rationales"].filter(pl.col("coder") == "act_text")
    for table in (reasons, law["law__targets"], law["law__provisions"]):
        assert acts.join(table, on="action_id", how="anti")["action_id"].to_list() == []


def test_what_is_past_is_confirmed_or_said_not_to_have_happened(law: Law) -> None:
    acts = law["law__acts"].filter(pl.col("authority").is_in(["S232", "S201", "S301", "CN_TARIFF", "CA_TARIFF"]))
    known = pl.coalesce(pl.col("known_on"), pl.min_horizontal("signed_on", "published_on"), pl.col("announced_on"))
    planned = law["law__provisions"].join(acts.with_columns(known=known).select("action_id", "known"), on="action_id")
    unsaid = {
        (row["action_id"], row["provision_id"])
        for row in planned.to_dicts()
        if statements(law, row["action_id"], row["provision_id"]).is_empty()
        and (
            (row["effective_on"] and row["known"] < row["effective_on"] <= READ_UP_TO and not row["confirmed_on"])
            or (row["expires_on"] and row["expires_on"] <= READ_UP_TO and not row["expiry_confirmed_on"])
        )
    }
    assert unsaid == NOT_KNOWN
