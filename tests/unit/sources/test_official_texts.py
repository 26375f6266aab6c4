"""Official texts on rows written by hand: what is read of them, and that no words are kept."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from pipelines.formats.legal_text import first_bite, mentions, plain
from tests.faults.official_texts import full_text, white_house_post

KNOWN = date(2025, 8, 31)


def parsed(source: str, *contents: str, known_on: date | None = KNOWN) -> dict[str, Parsed]:
    files = tuple(
        DeliveredFile(f"file{place}", content.encode(), hashlib.sha256(content.encode()).hexdigest())
        for place, content in enumerate(contents)
    )
    made = parser(source)(Delivery(files, vintage_id="v", known_on=known_on), load_spec(source))
    return {vintage.thing: vintage for vintage in made}


def named(text: str) -> set[tuple[str, str]]:
    return {(kind, what) for kind, what, _ in mentions(plain(text))}


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Proclamations 11046, 11047, and 11048 stand", "act", {"Proc 11046", "Proc 11047", "Proc 11048"}),
        ("under Executive\nOrder 14257 of April 2, 2025", "act", {"EO 14257"}),
        ("the Executive Order of February 1, 2025 (Duties)", "order_of_day", {"2025-02-01"}),
        ("entered on or after 12:01 a.m. eastern daylight time on April 5, 2025", "day_on_or_after", {"2025-04-05"}),
        ("entered on or after the date of notice. On April 5, 2025, he", "day_on_or_after", set()),
        ("loaded before 12:01 a.m. eastern standard time on February 1, 2025", "day_before", {"2025-02-01"}),
        ("*ad valorem* duties, effective August 19, 2026, on", "day_effective", {"2026-08-19"}),
        ("remains until 12:01 a.m. on July 9, 2025", "day_until", {"2025-07-09"}),
        ("on February 30, 2025, nothing", "day_named", set()),
        ("section 232 of the Trade Expansion Act of 1962, as amended (19 U.S.C. 1862)", "statute", {"S232"}),
        ("section 301 of title 3, United States Code", "statute", set()),
        ("sections 9903.01.25 and 9903.01.2 and 1.9903.01.25", "heading", {"9903.01.25"}),
        ("see 83 Fed. Reg. 11,625 and 90 FR 15041", "register_citation", {"83 FR 11625", "90 FR 15041"}),
        ("docket USTR-2026-0331 is open", "docket", {"USTR-2026-0331"}),
    ],
)
def test_a_text_names_acts_days_statutes_and_numbers(text: str, kind: str, what: set[str]) -> None:
    assert {mention for found, mention in named(text) if found == kind} == what


def test_mentions_are_counted() -> None:
    assert ("act", "EO 14257", 2) in list(mentions("Executive Order 14257 and Executive Order 14257"))


def test_the_first_bite_is_not_before_the_text() -> None:
    found = list(mentions("on or after April 2, 2025, then on or after May 3, 2025, effective April 20, 2025"))
    assert first_bite(found, date(2025, 4, 10)) == date(2025, 5, 3)
    assert first_bite([one for one in found if one[0] == "day_effective"], date(2025, 4, 10)) == date(2025, 4, 20)
    assert first_bite(found, date(2026, 1, 1)) is None


def test_a_notice_becomes_figures() -> None:
    made = parsed("federal_register_text", full_text("2025-04001"))
    row = made["notices"].frame.row(0, named=True)
    assert (row["document_number"], row["document_kind"]) == ("2025-04001", "notice")
    assert (row["agency"], row["action"]) == ("OFFICE OF EXAMPLES", "Request for comments.")
    assert row["docket_numbers"] == "Docket Nos. USTR-2025-0001, USTR-2025-0002"
    assert row["filed_on"] == date(2025, 3, 10)
    assert (row["comments_open_on"], row["comments_due_on"]) == (date(2025, 3, 12), date(2025, 4, 1))
    assert (row["appearance_due_on"], row["hearing_on"]) == (date(2025, 3, 20), date(2025, 4, 8))
    assert (row["first_page"], row["last_page"]) == (100, 102)
    assert (row["table_count"], row["table_row_count"], row["listed_number_count"]) == (1, 3, 2)
    assert (row["image_count"], row["heading_count"]) == (1, 1)
    frame = made["mentions"].frame
    found = {(kind, what): times for _, kind, what, times in frame.iter_rows()}
    assert found[("heading_listed", "0201.10.05")] == 2
    assert ("heading", "0201.10.05") not in found, "what a table lists is told apart"
    assert {("act", "EO 14257"), ("act", "Proc 10962"), ("heading", "9903.88.15"), ("statute", "S301")} <= set(found)
    assert found[("day_on_or_after", "2025-04-09")] == 1
    assert max(len(what) for _, what in found) <= 20, "no words are kept"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<html><body>Down</body></html>", "unknown_format"),
        ("<!DOCTYPE NOTICE [<!ENTITY a 'b'>]><NOTICE/>", "unknown_format"),
        (full_text("2025-04001")[:-20], "truncated_file"),
        (full_text("2025-04001").replace("FR Doc.", ""), "number_missing"),
    ],
)
def test_a_text_that_is_none_is_refused(content: str, rule: str) -> None:
    with pytest.raises(LandingError) as caught:
        parsed("federal_register_text", content)
    assert caught.value.rule == rule


URL = "https://www.whitehouse.gov/presidential-actions/2025/04/an-order/"
ORDER = f"""---
date: '2025-04-02'
modified_time: 2025-04-03 08:50:15-04:00
published_time: 2025-04-02 17:37:45-04:00
source_url: {URL}
tags: presidential-actions
title: Regulating
  Imports
---
I hereby declare and order: <span style="text-decoration: underline">Section 1</span>. *Ad
valorem* duties under section 232 of the Trade Expansion Act on goods of heading 9903.01.25 entered on or
after 12:01 a.m. eastern daylight time on April 5, 2025. Executive Order 14193 stands. <u>Sec</u>. 2. Done.
"""


def test_a_presidential_text_becomes_figures() -> None:
    made = parsed("presidential_text", ORDER)
    row = made["texts"].frame.row(0, named=True)
    assert (row["text_id"], row["title"], row["document_kind"]) == ("an-order", "Regulating Imports", "executive_order")
    assert (row["acted_on"], row["modified_on"], row["first_bite_on"]) == (
        date(2025, 4, 2),
        date(2025, 4, 3),
        date(2025, 4, 5),
    )
    assert (row["section_count"], row["cited_act_count"], row["heading_count"]) == (2, 1, 1)
    assert len(row["text_sha256"]) == 64
    found = {(kind, what) for _, kind, what, _ in made["mentions"].frame.iter_rows()}
    assert {("act", "EO 14193"), ("statute", "S232"), ("heading", "9903.01.25")} <= found
    assert made["texts"].cells is not None
    assert made["texts"].cells["text_id"].to_list() == ["an-order"]


def test_a_post_says_what_the_archived_text_says() -> None:
    words = ORDER.split("---\n")[2].replace("*", "")
    post = white_house_post(URL, "2025-04-02T17:37:45", f"<div><p>{words}</p></div>", "Regulating&nbsp;Imports")
    other = white_house_post("https://www.whitehouse.gov/fact-sheets/2025/04/a-sheet/", "2025-04-02T18:00:00", "")
    row = parsed("presidential_text", json.dumps([post, other]))["texts"].frame.row(0, named=True)
    archived = parsed("presidential_text", ORDER)["texts"].frame.row(0, named=True)
    assert {**row, "modified_on": None} == {**archived, "modified_on": None}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<html>Down</html>", "unknown_format"),
        ("---\n: [\n---\nwords", "unknown_format"),
        ('[{"link"', "truncated_file"),
        ("[]", "nothing_of_interest"),
        (json.dumps([{"link": URL}]), "unknown_field"),
        (json.dumps([white_house_post(URL, "2025-04-02T17:37:45", "<p> </p>")]), "text_missing"),
        (ORDER.replace("title:", "heading:"), "unknown_field"),
        (ORDER.replace("date: '2025-04-02'", "date: 'April'"), "bad_cell"),
        (ORDER[: ORDER.rindex("---")] + "---\n", "text_missing"),
    ],
)
def test_what_is_no_presidential_text_is_refused(content: str, rule: str) -> None:
    with pytest.raises(LandingError) as caught:
        parsed("presidential_text", content)
    assert caught.value.rule == rule


@pytest.mark.parametrize("source", ["presidential_text", "federal_register_text"])
def test_a_text_without_a_day_wants_one(source: str) -> None:
    content = ORDER if source == "presidential_text" else full_text("2025-04001")
    with pytest.raises(LandingError) as caught:
        parsed(source, content, known_on=None)
    assert caught.value.rule == "known_on_missing"
