"""The policy ledger's files: what the checks refuse, and what the reader makes of what they accept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.law.check import problems
from pipelines.law.read import tables
from tests.unit.law_rooms import ACT, Rows, small_law

SECOND = {**ACT, "action_id": "US-ACT-2", "direction": "loosen"}
PART = {"action_id": "US-ACT-1", "provision_id": "first-step", "what": "10 % on toys", "effective_on": "2026-02-24"}
PART |= {"expires_on": "2026-07-24", "announced_rate": "0.1", "measure_ids": "toy_surcharge", "citation": "clause 1"}
PART |= {"confirmed_on": "2026-02-25", "confirmed_by": "schedule, revision 4"}
RELATION = {"action_id": "US-ACT-2", "relation": "suspends", "related_action_id": "US-ACT-1", "share_undone": "0.5"}
RELATION |= {"provision_id": "first-step", "citation": "clause 2"}
TARGET = {"action_id": "US-ACT-1", "target_kind": "partner", "target_code": "5700"}
REASON = {"action_id": "US-ACT-1", "coder": "act_text", "rationale": "security", "ground": "Says so.", "source": "act"}
STATUS = {"action_id": "US-ACT-1", "status": "suspended", "valid_from": "2026-03-01", "known_on": "2026-02-27"}
STATUS |= {"is_scheduled": "false", "evidence_document": "2026-00001"}
CONTROL = {"action_id": "US-ACT-1", "provision_id": "first-step", "commodity": "Gallium", "hts_prefix": "811292"}
CONTROL |= {"stated_codes": "8112929010; 81129290", "is_mapped_by_us": "false", "has_other_goods": "true"}
CONTROL |= {"citation": "clause 3"}
DOCUMENT = {"action_id": "US-ACT-1", "document_number": "2026-00002", "role": "correction"}
ASIDE = {"document_number": "2026-00003", "reason": "A letter about the act", "reviewed_on": "2026-03-01"}
ROUND = {"round_id": "toys_2026", "round_name": "Toys", "starts_on": "2026-02-01", "ends_on": "2026-02-02"}
ROUND |= {"parties": "US; CN", "citation": "Joint statement of 2026-02-02"}
LEDGER: dict[str, Rows] = {
    "acts": [{**ACT, "round_id": "toys_2026"}, SECOND],
    "provisions": [PART],
    "relations": [RELATION],
    "targets": [TARGET],
    "rationales": [REASON],
    "statuses": [STATUS],
    "control_products": [CONTROL],
    "documents": [DOCUMENT],
    "documents_set_aside": [ASIDE],
    "rounds": [ROUND],
}

REFUSALS: list[tuple[str, dict[str, Rows]]] = [
    ("2026-00002 is set aside, and US-ACT-1", {"documents_set_aside": [{**ASIDE, "document_number": "2026-00002"}]}),
    ("2026-00003' is blank or used twice", {"documents_set_aside": [ASIDE, ASIDE]}),
    ("reviewed_on is blank", {"documents_set_aside": [{**ASIDE, "reviewed_on": ""}]}),
    ("authority 'S999' is none of", {"acts": [ACT, {**SECOND, "authority": "S999"}]}),
    ("direction 'up' is none of", {"acts": [ACT, {**SECOND, "direction": "up"}]}),
    ("issuer_country 'USA' is no ISO two-letter code", {"acts": [ACT, {**SECOND, "issuer_country": "USA"}]}),
    ("round_id 'no_such' is not in rounds.csv", {"acts": [ACT, {**SECOND, "round_id": "no_such"}]}),
    ("confirmed, and reviewed_on is blank", {"acts": [ACT, {**SECOND, "reviewed_on": ""}]}),
    ("comments close that never opened", {"acts": [ACT, {**SECOND, "comments_close_on": "2026-01-01"}]}),
    ("published_on 2026-01-01 lies before signed_on", {"acts": [ACT, {**SECOND, "published_on": "2026-01-01"}]}),
    ("known_on 'soon' is no date", {"acts": [ACT, {**SECOND, "known_on": "soon"}]}),
    ("provision_id 'First' is not lower case words", {"provisions": [PART, {**PART, "provision_id": "First"}]}),
    ("first-step' is blank or used twice", {"provisions": [PART, PART]}),
    ("measure 'no_such' is not on record", {"provisions": [{**PART, "measure_ids": "toy_surcharge; no_such"}]}),
    ("confirmed_on and confirmed_by go together", {"provisions": [{**PART, "confirmed_by": ""}]}),
    ("expires_on 2026-01-01 lies before effective_on", {"provisions": [{**PART, "expires_on": "2026-01-01"}]}),
    ("it expires on the day it takes effect", {"provisions": [{**PART, "expires_on": "2026-02-24"}]}),
    ("confirmed_on 2026-02-01 lies before effective_on", {"provisions": [{**PART, "confirmed_on": "2026-02-01"}]}),
    ("announced_rate '25 %' is no fraction", {"provisions": [{**PART, "announced_rate": "25 %"}]}),
    ("retroactive_to 'x' is no date", {"provisions": [{**PART, "retroactive_to": "x"}]}),
    ("relation 'kills' is none of", {"relations": [{**RELATION, "relation": "kills"}]}),
    ("act 'US-ACT-9' is not on record", {"relations": [{**RELATION, "related_action_id": "US-ACT-9"}]}),
    ("US-ACT-1 has no provision 'third-step'", {"relations": [{**RELATION, "provision_id": "third-step"}]}),
    ("share_undone '1.5' is no fraction", {"relations": [{**RELATION, "share_undone": "1.5"}]}),
    ("stands in a relation to itself", {"relations": [{**RELATION, "action_id": "US-ACT-1"}]}),
    ("'9999' is no partner", {"targets": [{**TARGET, "target_code": "9999"}]}),
    (
        "'NOBODY' is no partner_group",
        {"targets": [{**TARGET, "target_kind": "partner_group", "target_code": "NOBODY"}]},
    ),
    ("'Steel' is no sector", {"targets": [{**TARGET, "target_kind": "sector", "target_code": "Steel"}]}),
    ("rationale 'greed' is none of", {"rationales": [{**REASON, "rationale": "greed"}]}),
    ("ground is blank", {"rationales": [{**REASON, "ground": ""}]}),
    ("status 'gone' is none of", {"statuses": [{**STATUS, "status": "gone"}]}),
    ("enforcement 'maybe' is none of", {"statuses": [{**STATUS, "enforcement": "maybe"}]}),
    ("is_scheduled '' is none of", {"statuses": [{**STATUS, "is_scheduled": ""}]}),
    ("valid_to 2026-03-01 is not after valid_from", {"statuses": [{**STATUS, "valid_to": "2026-03-01"}]}),
    ("'8112929' is not 4, 6, 8 or 10 digits", {"control_products": [{**CONTROL, "hts_prefix": "8112929"}]}),
    ("stated code '81129' is not 8 or 10 digits", {"control_products": [{**CONTROL, "stated_codes": "81129"}]}),
    ("811299 is not what the codes of the act begin with", {"control_products": [{**CONTROL, "hts_prefix": "811299"}]}),
    ("81129290 is not what the codes of the act", {"control_products": [{**CONTROL, "hts_prefix": "81129290"}]}),
    ("811292 is not what the codes of the act begin with", {"control_products": [{**CONTROL, "stated_codes": ""}]}),
    ("has_other_goods 'so' is none of", {"control_products": [{**CONTROL, "has_other_goods": "so"}]}),
    ("commodity is blank", {"control_products": [{**CONTROL, "commodity": ""}]}),
    ("no provision 'second-step'", {"control_products": [{**CONTROL, "provision_id": "second-step"}]}),
    ("first-step Gallium 811292' is blank or used twice", {"control_products": [CONTROL, CONTROL]}),
    ("role 'rumour' is none of", {"documents": [{**DOCUMENT, "role": "rumour"}]}),
    ("ends_on 2026-01-31 lies before starts_on", {"rounds": [{**ROUND, "ends_on": "2026-01-31"}]}),
]


def test_a_small_ledger_is_accepted(tmp_path: Path) -> None:
    assert problems(small_law(tmp_path, **LEDGER)) == []


@pytest.mark.parametrize(("words", "changed"), REFUSALS)
def test_what_the_ledger_may_not_hold_is_refused(tmp_path: Path, words: str, changed: dict[str, Rows]) -> None:
    found = problems(small_law(tmp_path, **{**LEDGER, **changed}))
    assert any(words in problem for problem in found), found


def test_the_ledger_is_read(tmp_path: Path) -> None:
    read = tables(small_law(tmp_path, **LEDGER))
    assert read["law__provision_measures"].rows() == [("US-ACT-1", "first-step", "toy_surcharge")]
    [status] = read["law__ledger_statuses"].to_dicts()
    assert (status["place_in_file"], status["provision_id"], status["valid_to"]) == (0, None, date(9999, 12, 31))
    [provision] = read["law__provisions"].to_dicts()
    assert provision["announced_rate"] == 0.1 and provision["retroactive_to"] is None
    [control] = read["law__control_products"].to_dicts()
    assert (control["stated_codes"], control["has_other_goods"]) == ("8112929010; 81129290", True)


def test_kinds_without_rows_are_empty_tables(tmp_path: Path) -> None:
    read = tables(small_law(tmp_path))
    assert all(read[name].is_empty() for name in ("law__provisions", "law__ledger_statuses", "law__rounds"))
