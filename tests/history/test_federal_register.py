"""The Federal Register's files at hand: what anybody can look up there."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, Delivery, Parsed, load_spec, parser
from pipelines.list_rules.abstracts import counts
from pipelines.sources.bis_entity_list.citations import rules
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered

pytestmark = pytest.mark.shared_data
SPEC = load_spec("federal_register")


@cache
def vintages() -> dict[str, Parsed]:
    folder = find_shared_data()
    assert folder is not None
    text = (SOURCES / "federal_register" / "editions.yml").read_text(encoding="utf-8")
    parsed = {}
    for facts in yaml.safe_load(text)["editions"]:
        files = tuple(file for pattern in facts["files"] for file in delivered(folder, pattern))
        for vintage in parser("federal_register")(Delivery(files, facts["vintage_id"], facts["known_on"]), SPEC):
            parsed[vintage.vintage_id] = vintage
    return parsed


def test_the_verbatim_page_of_the_api() -> None:
    """1,000 documents, of which 187 are presidential or of an agency taken."""
    page = vintages()["api_2024-01-02_2024-01-17"].frame
    assert page.height == 187
    assert page.filter(pl.col("document_type") == "Presidential Document").height == 8
    row = page.row(by_predicate=pl.col("document_number") == "2023-28935", named=True)
    assert (row["citation"], row["start_page"], row["end_page"]) == ("89 FR 1", 1, 2)
    assert (row["document_subtype"], row["presidential_number"]) == ("Proclamation", "10689")
    assert row["signed_on"] == date(2023, 12, 27)


def test_the_affiliates_rule_and_its_suspension() -> None:
    held = pl.concat(
        [
            v.frame.select("document_number", "published_on", "title")
            for k, v in vintages().items()
            if "bis_abstracts" in k
        ]
    )
    published = dict(held.select("document_number", "published_on").iter_rows())
    assert published["2025-19001"] == date(2025, 9, 30)
    assert published["2025-19846"] == date(2025, 11, 12)


def test_days_of_bis_tables_agree_with_the_days_the_entity_list_prints() -> None:
    """Every rule the eCFR dates."""
    table = vintages()["bis_tables_2011-2023"].frame
    both = rules().join(table, left_on=["volume", "first_page"], right_on=["volume", "start_page"], how="inner")
    assert both.height == 123
    assert both.filter(pl.col("published_on") != pl.col("published_on_right")).height == 0
    assert table.filter(pl.col("published_evidence") == "day and month exchanged").height == 148


@pytest.mark.parametrize(
    ("citation", "published_on", "effective_on"),
    [
        ("84 FR 22961", date(2019, 5, 21), date(2019, 5, 16)),
        ("87 FR 20295", date(2022, 4, 7), date(2022, 4, 1)),
        ("87 FR 60064", date(2022, 10, 4), date(2022, 9, 30)),
        ("87 FR 62186", date(2022, 10, 13), date(2022, 10, 7)),
    ],
)
def test_rules_anybody_can_look_up(citation: str, published_on: date, effective_on: date) -> None:
    row = vintages()["bis_tables_2011-2023"].frame.row(by_predicate=pl.col("citation") == citation, named=True)
    assert (row["published_on"], row["effective_on"]) == (published_on, effective_on)


def test_numbers_of_abstracts_anybody_can_read() -> None:
    """Entities and entries that rules say they add to the Entity List; 37 abstracts at hand print such numbers."""
    abstracts = vintages()["bis_abstracts_2020-2026"].frame
    read = counts(abstracts).filter(pl.col("stated_entity_count").is_not_null())
    numbers = {row[0]: row[1:] for row in read.select("document_number", "^stated_ent.*$").iter_rows()}
    assert len(numbers) == 37
    assert numbers["2022-07284"] == (120, 120)
    assert numbers["2022-21520"] == (57, 57)
    assert numbers["2023-10684"] == (71, None)
    assert numbers["2023-22536"] == (49, 52)
    assert numbers["2023-23048"] == (13, None)


def test_bis_tables_exchanged_days_and_months_148_times() -> None:
    """And 28 effective and closing days; eight citations stand under the year before."""
    made = vintages()["bis_tables_2011-2023"].corrections
    counted = pl.DataFrame([{"column": one.column_name} for one in made]).group_by("column").len()
    assert dict(counted.iter_rows()) == {"published_on": 148, "effective_on": 21, "comments_close_on": 7, "citation": 8}
    known = {one.key: one for one in made if one.column_name == "published_on"}
    assert known["citation=76 FR 1059"].published_value == "2011-07-01"
    assert known["citation=76 FR 1059"].corrected_value == "2011-01-07"
