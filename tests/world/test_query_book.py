"""The cookbook's queries answer on a release, and its page shows each of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.query import run_query
from pipelines.query_book import FOLDER, PAGE, QUESTIONS, page, queries, question_of, title_of
from tests.world.home import Home

#: Questions the ledger answers whatever trade and lists a warehouse holds.
OF_THE_LEDGER = {
    "life_of_a_policy",
    "status_as_known",
    "calendar_ahead",
    "overdue",
    "two_doctrines",
    "who_assessed_what",
}
OF_THE_LEDGER |= {"announced_and_never_applied", "around_the_rounds", "coders_disagree", "fastest_reversals"}
OF_THE_LEDGER |= {"notice_and_surprise", "predictability_by_administration", "tightening_and_loosening"}
OF_THE_LEDGER |= {"statements_that_disagree", "who_followed", "official_statements", "country_rates_as_known"}
OF_THE_LEDGER |= {"notice_by_authority", "rounds_against_other_days"}


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.stem)
def test_a_query_of_the_cookbook_runs(built: Home, query: Path) -> None:
    found = run_query(built.settings, built.latest.database, query.read_text(encoding="utf-8"))
    assert found.columns
    assert not found.is_empty() or query.stem not in OF_THE_LEDGER


def test_the_life_of_the_affiliates_rule(built: Home) -> None:
    found = run_query(built.settings, built.latest.database, (FOLDER / "life_of_a_policy.sql").read_text())
    told = [(row["status"], row["days_in_force"], row["is_scheduled"]) for row in found.to_dicts()]
    assert told == [("in_force", 42, False), ("suspended", None, False), ("in_force", None, True)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("country_rates_as_known", {"known_from": date(2025, 7, 31), "status": "suspended", "is_scheduled": False}),
        ("announced_and_never_applied", {"action_id": "US-STATEMENT-2025-10-10", "ended_as": "revoked"}),
        ("around_the_rounds", {"round_id": "kuala_lumpur_2025", "tighten": 1}),
        ("official_statements", {"subject": "rate of the surcharge from 2026-02-24", "resolved_as": "10 %"}),
        ("coders_disagree", {"action_id": "US-FR-2025-19001", "read_as": "bargaining_leverage"}),
    ],
)
def test_known_answers(built: Home, name: str, told: dict[str, object]) -> None:
    found = run_query(built.settings, built.latest.database, (FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    assert any(told.items() <= row.items() for row in found.to_dicts())


def test_a_query_is_run_by_the_name_of_its_file(built: Home) -> None:
    done = built.statecraft("sql", FOLDER / "life_of_a_policy.sql", "--format", "csv")
    assert done.returncode == 0 and done.stdout.startswith("status,enforcement,"), done.stderr
    assert built.statecraft("sql", FOLDER / "no_such_query.sql").returncode == 6


def test_an_act_with_two_reasons_counts_once(built: Home) -> None:
    found = run_query(built.settings, built.latest.database, (FOLDER / "around_the_rounds.sql").read_text())
    acts = built.mart("policy_events.round_windows").group_by("round_id", "direction").len()
    for direction in ("tighten", "loosen"):
        counted = dict(acts.filter(pl.col("direction") == direction).select("round_id", "len").iter_rows())
        assert dict(found.select("round_id", direction).iter_rows()) == {
            round_id: counted.get(round_id, 0) for round_id in found["round_id"]
        }


def test_every_question_of_the_index_is_answered() -> None:
    named = [question_of(query) for query in queries()]
    assert set(named) - {None} == set(QUESTIONS)


def test_the_page_shows_every_query_as_it_stands(built: Home) -> None:
    made, written = page(built.settings), PAGE.read_text(encoding="utf-8")
    for query in queries():
        for text in (made, written):
            assert f"## {title_of(query)}\n" in text
            assert "\n".join(query.read_text(encoding="utf-8").splitlines()[1:]).strip() in text
    headings = re.findall(r"^## .*", written, flags=re.MULTILINE)
    assert len(headings) == len(queries())
