"""Export-control acts of the ledger, against facts that anybody can check in their documents.

Belongs here: days, suspensions and letters of export controls. Does not belong here: what SQL derives from the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from pipelines.law import ledger
from pipelines.settings import PROJECT_ROOT

AFFILIATES, SUSPENSION = "US-FR-2025-19001", "US-FR-2025-19846"
DIFFUSION = "US-FR-2025-00636"
SIX = [f"CN-MOFCOM-2025-{number}" for number in (55, 56, 57, 58, 61, 62)]


def _frame(schema: dict[str, Any], rows: Iterator[tuple[Any, ...]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema, orient="row")


@pytest.fixture(scope="module")
def law() -> dict[str, pl.DataFrame]:
    names = ("acts", "provisions", "relations", "targets", "rationales")
    frames = {name: _frame(ledger.SCHEMAS[f"law__{name}"][1], ledger.plain(f"law__{name}")) for name in names}
    return frames | {"statuses": _frame(ledger.STATUSES, ledger.statuses())}


def _seed(name: str) -> list[dict[str, str]]:
    with (PROJECT_ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def act(law: dict[str, pl.DataFrame], action_id: str) -> dict[str, Any]:
    return law["acts"].row(by_predicate=pl.col("action_id") == action_id, named=True)


def stated(law: dict[str, pl.DataFrame], action_id: str, day: date, known_on: date) -> dict[str, Any] | None:
    """The statement that says what held on a day, as known on another."""
    covering = law["statuses"].filter(
        (pl.col("action_id") == action_id)
        & (pl.col("valid_from") <= day)
        & (day < pl.col("valid_to"))
        & (pl.col("known_on") <= known_on)
    )
    found = covering.sort("known_on", "place_in_file", descending=True).head(1).to_dicts()
    return found[0] if found else None


def test_affiliates_rule_bit_a_day_before_it_was_published_and_nobody_was_asked(law: dict[str, pl.DataFrame]) -> None:
    rule = act(law, AFFILIATES)
    assert (rule["announced_on"], rule["published_on"]) == (date(2025, 9, 29), date(2025, 9, 30))
    assert rule["effective_on"] - rule["published_on"] == timedelta(days=-1)
    assert rule["comments_open_on"] is None


@pytest.mark.parametrize(
    ("day", "status", "is_scheduled"),
    [
        (date(2025, 11, 9), None, None),
        (date(2025, 11, 10), "suspended", False),
        (date(2026, 11, 9), "suspended", False),
        (date(2026, 11, 10), "in_force", True),
        (date(2026, 11, 29), "in_force", True),
    ],
)
def test_affiliates_rule_is_suspended_for_a_year_and_its_return_is_a_plan(
    law: dict[str, pl.DataFrame], day: date, status: str | None, is_scheduled: bool | None
) -> None:
    found = stated(law, AFFILIATES, day, date(2026, 11, 29))
    assert (found and found["status"], found and found["is_scheduled"]) == (status, is_scheduled)


def test_affiliates_rule_was_not_known_to_be_suspended_before_the_suspension(law: dict[str, pl.DataFrame]) -> None:
    assert stated(law, AFFILIATES, date(2025, 11, 10), date(2025, 11, 9)) is None


def test_end_of_the_suspension_is_confirmed_by_nothing(law: dict[str, pl.DataFrame]) -> None:
    stay = law["provisions"].row(by_predicate=pl.col("action_id") == SUSPENSION, named=True)
    assert (stay["expires_on"], stay["expiry_confirmed_on"]) == (date(2026, 11, 10), None)


def test_ledger_and_lists_tell_the_same_of_the_affiliates_rule(law: dict[str, pl.DataFrame]) -> None:
    lists = {
        (row["status"], row["valid_from"], row["valid_to"], row["is_scheduled"])
        for row in _seed("list_statuses.csv")
        if row["act"] == "2025-19846"
    }
    told = law["statuses"].filter(pl.col("action_id") == AFFILIATES)
    assert lists == {
        (row["status"], str(row["valid_from"]), str(row["valid_to"]), str(row["is_scheduled"]).lower())
        for row in told.to_dicts()
    }


def test_diffusion_rule_stays_in_the_code_and_is_not_enforced(law: dict[str, pl.DataFrame]) -> None:
    for provision_id, day in (("text", date(2025, 5, 13)), ("requirements", date(2025, 5, 15))):
        told = law["statuses"].filter((pl.col("action_id") == DIFFUSION) & (pl.col("provision_id") == provision_id))
        (row,) = told.to_dicts()
        assert (row["status"], row["enforcement"], row["valid_from"]) == ("in_force", "not_enforced", day)
    stop = law["relations"].filter(pl.col("related_action_id") == DIFFUSION)
    assert stop["action_id"].to_list() == ["US-STATEMENT-2025-05-13"]


def test_letters_bind_before_anybody_else_knows_them(law: dict[str, pl.DataFrame]) -> None:
    letters = law["acts"].filter(
        (pl.col("instrument") == "letter") & pl.col("effective_on").is_not_null() & (pl.col("direction") == "tighten")
    )
    assert letters.filter(pl.col("effective_on") >= pl.col("known_on")).is_empty()
    days = {row["action_id"]: (row["effective_on"], row["known_on"]) for row in letters.to_dicts()}
    assert days["US-LETTER-2025-04-nvidia"] == (date(2025, 4, 9), date(2025, 4, 15))
    assert days["US-LETTER-2022-08-26-nvidia"] == (date(2022, 8, 26), date(2022, 8, 31))


def test_letters_on_design_software_held_for_forty_days(law: dict[str, pl.DataFrame]) -> None:
    sent = act(law, "US-LETTER-2025-05-23-eda")["effective_on"]
    taken_back = stated(law, "US-LETTER-2025-05-23-eda", date(2025, 7, 2), date(2025, 7, 2))
    assert taken_back is not None
    assert (taken_back["status"], (taken_back["valid_from"] - sent).days) == ("revoked", 40)


def test_chip_rule_of_2022_bites_on_three_days(law: dict[str, pl.DataFrame]) -> None:
    rule = law["provisions"].filter(pl.col("action_id") == "US-FR-2022-21658")
    assert rule["effective_on"].to_list() == [date(2022, 10, 7), date(2022, 10, 12), date(2022, 10, 21)]
    assert act(law, "US-FR-2022-21658")["comments_close_on"] == date(2023, 1, 31)


@pytest.mark.parametrize("action_id", SIX)
def test_chinese_controls_of_2025_10_09_are_suspended_for_a_year(law: dict[str, pl.DataFrame], action_id: str) -> None:
    now = date(2026, 11, 29)
    assert act(law, action_id)["published_on"] == date(2025, 10, 9)
    suspended, after = (stated(law, action_id, day, now) for day in (date(2025, 11, 8), date(2026, 11, 10)))
    assert suspended is not None
    assert (suspended["status"], suspended["known_on"]) == ("suspended", date(2025, 11, 7))
    assert after is not None
    assert (after["status"], after["is_scheduled"]) == ("in_force", True)


def test_four_of_the_six_were_suspended_before_their_first_day(law: dict[str, pl.DataFrame]) -> None:
    first = law["acts"].filter(pl.col("action_id").is_in(SIX))["effective_on"].to_list()
    assert sorted(first) == [date(2025, 10, 9)] * 2 + [date(2025, 11, 8)] * 4


def test_april_controls_of_rare_earths_are_not_suspended(law: dict[str, pl.DataFrame]) -> None:
    assert stated(law, "CN-MOFCOM-2025-18", date(2026, 1, 1), date(2026, 11, 29)) is None


def test_general_licence_for_huawei_is_a_chain_of_extensions_without_a_gap(law: dict[str, pl.DataFrame]) -> None:
    extended = law["relations"].filter(
        (pl.col("relation") == "extends") & pl.col("action_id").str.contains("^US-FR-8[45]-")
    )
    chain = {row["related_action_id"]: row["action_id"] for row in extended.to_dicts()}
    link, links = "US-FR-84-23468", 1
    while link in chain:
        following = chain[link]
        day = act(law, following)["effective_on"]
        ended = stated(law, link, day, date(2026, 11, 29))
        assert ended is not None
        assert (ended["status"], ended["valid_from"]) == ("superseded", day)
        link, links = following, links + 1
    assert (links, link) == (6, "US-FR-85-29610")


def test_every_control_says_why_and_whom(law: dict[str, pl.DataFrame]) -> None:
    ours = law["acts"].filter(
        pl.col("authority").str.contains("EXPORT_CONTROL|UNRELIABLE") | (pl.col("authority") == "EAR")
    )
    assert ours.height >= 200
    for kind in ("rationales", "targets"):
        assert set(ours["action_id"]) <= set(law[kind]["action_id"])


def test_assessments_are_of_acts_on_record(law: dict[str, pl.DataFrame]) -> None:
    subjects = {row["subject"] for row in _seed("stated_assessments.csv")}
    assert {s for s in subjects if not s.startswith("topic:")} <= set(law["acts"]["action_id"])


def test_announcements_print_these_codes_of_the_chinese_tariff() -> None:
    rows = _frame(ledger.SCHEMAS["law__control_products"][1], ledger.plain("law__control_products"))

    def printed(action_id: str) -> set[str]:
        stated = rows.filter(pl.col("action_id") == action_id)["stated_codes"].drop_nulls()
        return {code.strip() for codes in stated for code in codes.split(";")}

    assert printed("CN-MOFCOM-2023-39") == {
        *("3801100030", "3801909010", "6815190020"),
        *("2504101000", "2504109100", "3801901000", "3824999940"),
    }
    assert printed("CN-MOFCOM-2024-33") == {
        *("2617101000", "2617109001", "2617109090", "2830902000", "8110101000", "8110102000", "8110200000"),
        *("8110900000", "2825800010", "2931900032", "2850009020"),
    }
    assert printed("CN-MOFCOM-2024-46") == set(), "it names minerals and no codes"
