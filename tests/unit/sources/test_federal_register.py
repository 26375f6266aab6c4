"""The Federal Register on rows written by hand: pages of the API, compiled files, BIS's yearly tables."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from tests.faults.publishers_formats import federal_document

SPEC = load_spec("federal_register")
KNOWN = date(2026, 2, 28)
BUREAU = [{"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "slug": "commerce-department"}]


def parsed(*contents: Any, known_on: date | None = KNOWN) -> list[Parsed]:
    files = []
    for place, content in enumerate(contents):
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        files.append(DeliveredFile(f"file{place}", body, hashlib.sha256(body).hexdigest()))
    return list(parser("federal_register")(Delivery(tuple(files), vintage_id="v", known_on=known_on), SPEC))


def refused(*contents: Any, **options: Any) -> str:
    with pytest.raises(LandingError) as caught:
        parsed(*contents, **options)
    return caught.value.rule


def page(*documents: dict[str, Any], count: int | None = None) -> dict[str, Any]:
    return {"count": len(documents) if count is None else count, "total_pages": 1, "results": list(documents)}


def test_a_document_of_the_api_keeps_what_it_states() -> None:
    stated: dict[str, Any] = {
        "agencies": [*BUREAU, {"raw_name": "Office of Examples"}],
        "docket_ids": ["Docket No. 240221-1", "RIN 0694"],
        "citation": "89 FR 14388",
        "volume": 89,
        "start_page": 14388,
        "end_page": 14402,
        "effective_on": "2024-02-23",
        "president": {"identifier": "joe-biden", "name": "Joseph R. Biden Jr."},
        "dates": "This rule is effective February 23, 2024.",
    }
    (vintage,) = parsed(page(federal_document("2024-03969", "2024-02-27", **stated)))
    row = vintage.frame.row(0, named=True)
    assert row["agency_codes"] == "commerce-department; Office of Examples"
    assert row["docket_numbers"] == "Docket No. 240221-1; RIN 0694"
    assert (row["volume"], row["start_page"], row["end_page"]) == (89, 14388, 14402)
    assert row["effective_on"] == date(2024, 2, 23)
    assert row["president"] == "Joseph R. Biden Jr."
    assert row["citation_evidence"] == "publisher"
    assert vintage.cells is not None
    assert vintage.cells["document_number"].to_list() == ["2024-03969"]


def test_what_the_api_says_of_a_rule_beside_its_days_is_kept() -> None:
    address = "https://www.federalregister.gov/api/v1/documents/"
    stated: dict[str, Any] = {
        "agencies": BUREAU,
        "correction_of": f"{address}2023-27742?publication_date=2023-12-19",
        "corrections": [f"{address}R1-2023-28853", f"{address}R2-2023-28853"],
        "regulation_id_numbers": ["0694-AJ31"],
        "cfr_references": [
            {"title": 15, "part": 744, "chapter": None},
            {"title": 15, "part": 746},
            {"title": 15, "part": None},
        ],
        "significant": True,
        "topics": ["Exports", "Banks, banking"],
        "full_text_xml_url": "https://www.federalregister.gov/documents/full_text/xml/2024/01/02/2023-26792.xml",
    }
    (vintage,) = parsed(page(federal_document("2024-1", "2024-01-02", **stated)))
    row = vintage.frame.row(0, named=True)
    assert row["corrects_document_number"] == "2023-27742"
    assert row["corrected_by_numbers"] == "R1-2023-28853; R2-2023-28853"
    assert (row["regulation_numbers"], row["cfr_parts"]) == ("0694-AJ31", "15 CFR 744; 15 CFR 746")
    assert (row["is_significant"], row["topics"]) == (True, "Exports; Banks, banking")
    assert row["full_text_url"].endswith("2023-26792.xml")
    assert refused(page(federal_document("2024-1", "2024-01-02", agencies=BUREAU, significant="yes"))) == "bad_cell"


@pytest.mark.parametrize("field", ["executive_order_notes", "disposition_notes"])
def test_of_notes_on_an_order_relations_and_numbers_are_kept(field: str) -> None:
    noted = "See: EO 14028\r\nAmended by: EO 14318, July 23, 2025; Proc. 9704 of March 8, 2018\r\nA word of nobody"
    kind = {"type": "Presidential Document", "presidential_document_number": None, "executive_order_number": "14141"}
    (vintage,) = parsed(page(federal_document("2025-1", "2025-01-02", **kind, **{field: noted})))
    row = vintage.frame.row(0, named=True)
    assert row["dispositions"] == "see EO 14028; amended by EO 14318; amended by Proc 9704"
    assert row["presidential_number"] == "14141"


def test_documents_of_other_agencies_are_left_out_and_presidential_ones_taken() -> None:
    farm = federal_document("2024-1", "2024-01-02", agencies=[{"raw_name": "F", "slug": "agriculture-department"}])
    order = federal_document("2024-2", "2024-01-02", type="Presidential Document", presidential_document_number="10690")
    (vintage,) = parsed(page(farm, order))
    assert vintage.frame["document_number"].to_list() == ["2024-2"]
    assert refused(page(farm)) == "nothing_of_interest"


def test_pages_of_one_question_are_one_vintage() -> None:
    first, second = (federal_document(f"2024-{n}", "2024-01-02", agencies=BUREAU) for n in (1, 2))
    (vintage,) = parsed(page(first, count=2), page(second, count=2))
    assert vintage.frame.height == 2
    assert refused(page(first, count=3), page(second, count=3)) == "pages_incomplete"


def test_a_compiled_file_states_nothing_where_it_is_blank() -> None:
    told = {"document_number": "2024-1", "publication_date": "2024-01-02", "title": "A", "abstract": "B", "url": "u"}
    untold = {**told, "document_number": "2024-2", "abstract": "No summary provided."}
    whole, partial = parsed([told, untold])
    assert whole.columns is not None
    assert "abstract" in whole.columns
    assert partial.columns == ("document_number", "title", "published_on", "html_url")
    assert partial.vintage_id == "v_without_abstract"


def test_a_presidential_list_takes_numbers_from_addresses() -> None:
    url = "https://www.federalregister.gov/documents/2026/02/25/2026-03832/ending-certain-tariff-actions"
    order = {"id": "14389", "title": "Ending", "date": "2026-02-25", "url": url, "status": "", "challenges": []}
    memo = {**order, "id": "2026-03380", "url": url.replace("03832", "03380")}
    kinds = {"doctype": "Executive Order"}
    vintages = parsed([{**order, **kinds}, {**memo, **kinds}])
    rows = {row["document_number"]: row for vintage in vintages for row in vintage.frame.iter_rows(named=True)}
    assert rows["2026-03832"]["presidential_number"] == "14389"
    assert "presidential_number" not in rows["2026-03380"]
    assert refused([{**order, **kinds, "url": "https://example.org"}]) == "bad_cell"


def test_unverified_citations_resolve_nothing() -> None:
    header = "document_number,publication_date,citation,title_or_note,effective_dates,sources\n"
    rows = (
        "2024-00190,2024-01-09,89 FR 1064,Notice,,fr_api_page\n"
        "2019-09681,2019-05-09,84 FR 20459,List 3,,third-party citation list (unverified)\n"
    )
    vintages = parsed(header + rows)
    stated = {v.frame["document_number"][0]: v for v in vintages}
    assert stated["2024-00190"].frame["start_page"].to_list() == [1064]
    assert stated["2019-09681"].columns is not None
    assert "citation" not in stated["2019-09681"].columns
    assert stated["2019-09681"].frame["citation_evidence"].to_list() == ["unverified: 84 FR 20459"]


TABLES = (
    "publication_date,effective_date_raw,comment_end_raw,fr_citation,title\n"
    "2021-06-16,06/15/2021,,86 FR 31909,Removal\n"
    "2021-12-07,,,86 FR 36496,Exchanged\n"
    "2021-07-19,,,86 FR 37901,Addition\n"
    "2021-09-04,2021-08-04 00:00:00,,86 FR 18437,Both exchanged\n"
    "2021-04-28,,,86 FR 22000,Anchor\n"
    "2021-08-03,,,85 FR 13179,Wrong volume\n"
    '2022-10-13,2022-07-10 00:00:00,1/31/2023,87 FR 62186,"Rule, first day"\n'
    '2022-10-13,10/21/2022,1/31/2023,87 FR 62186,"Rule, first day"\n'
)


def test_days_and_months_of_the_tables_are_put_right_by_the_pages_around() -> None:
    (vintage,) = parsed(TABLES)
    rows = {row["citation"]: row for row in vintage.frame.iter_rows(named=True)}
    assert rows["86 FR 36496"]["published_on"] == date(2021, 7, 12)
    assert rows["86 FR 36496"]["published_evidence"] == "day and month exchanged"
    assert rows["86 FR 18437"]["published_on"] == date(2021, 4, 9)
    assert rows["86 FR 18437"]["effective_on"] == date(2021, 4, 8)
    assert rows["86 FR 31909"]["published_evidence"] == "as printed"
    assert rows["86 FR 13179"]["published_on"] == date(2021, 3, 8)
    assert rows["86 FR 13179"]["citation_printed"] == "85 FR 13179"
    assert rows["87 FR 62186"]["effective_on"] == date(2022, 10, 7)
    assert rows["87 FR 62186"]["comments_close_on"] == date(2023, 1, 31)
    made = {(one.key, one.column_name): (one.published_value, one.corrected_value) for one in vintage.corrections}
    assert made == {
        ("citation=86 FR 18437", "published_on"): ("2021-09-04", "2021-04-09"),
        ("citation=86 FR 18437", "effective_on"): ("2021-08-04 00:00:00", "2021-04-08"),
        ("citation=86 FR 36496", "published_on"): ("2021-12-07", "2021-07-12"),
        ("citation=86 FR 13179", "published_on"): ("2021-08-03", "2021-03-08"),
        ("citation=86 FR 13179", "citation"): ("85 FR 13179", "86 FR 13179"),
        ("citation=87 FR 62186", "effective_on"): ("2022-07-10 00:00:00; 10/21/2022", "2022-10-07"),
    }
    assert {one.status for one in vintage.corrections} == {"repaired_by_rule"}
    assert rows["87 FR 62186"]["effective_printed"] == "2022-07-10 00:00:00; 10/21/2022"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<html><body>Down</body></html>", "unknown_format"),
        ('{"count": 1', "truncated_file"),
        ({"count": 1}, "unknown_format"),
        ([{"a": 1}], "unknown_format"),
        ([], "unknown_format"),
        (page({**federal_document("2024-1", "2024-01-02"), "new": 1}), "unknown_field"),
        (page(federal_document("2024-1", "January", agencies=BUREAU)), "bad_cell"),
        (TABLES.replace("86 FR 31909", "86 FR"), "bad_cell"),
        (TABLES.replace("2021-06-16", "soon"), "bad_cell"),
    ],
)
def test_what_is_not_understood_is_refused(content: Any, rule: str) -> None:
    assert refused(content) == rule


def test_a_file_without_a_day_wants_one() -> None:
    assert refused(page(federal_document("2024-1", "2024-01-02", agencies=BUREAU)), known_on=None) == "known_on_missing"


def test_the_frame_has_the_columns_of_the_contract() -> None:
    (vintage,) = parsed(page(federal_document("2024-1", "2024-01-02", agencies=BUREAU)))
    thing = SPEC.things["documents"]
    told = [name for name in thing.schema if name != "compiled_note"]
    assert vintage.frame.schema == pl.Schema({name: thing.schema[name] for name in told})
