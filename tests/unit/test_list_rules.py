"""Rules of lists: numbers in abstracts, citations resolved, and what several files say of one rule."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from pipelines.contract import OPEN_END, load_spec
from pipelines.list_rules import abstracts, citing, tables
from pipelines.sources.bis_entity_list.citations import rules

SPEC = load_spec("federal_register")


def counted(abstract: str, title: str = "Additions to the Entity List") -> tuple[int | None, ...] | None:
    """(entities, entries, by destination, removed) of one abstract; None where it prints no number."""
    documents = pl.DataFrame({"document_number": ["1"], "title": [title], "abstract": [abstract]})
    rows = abstracts.counts(documents).select(pl.selectors.starts_with("stated_")).rows()
    return rows[0] if rows else None


@pytest.mark.parametrize(
    ("abstract", "numbers"),
    [
        ("by adding twenty-four entities to the Entity List. These", (24, None, None, None)),
        ("by adding 120 entities under 120 entries to the Entity List.", (120, 120, None, None)),
        (
            "by adding 49 entities under 52 entries to the Entity List. These entries are under the destinations of "
            "China (42), Estonia (1), Finland (1), Germany (1), India (3), Turkey (2), United Arab Emirates (1), and "
            "the United Kingdom (1). Some entities may have multiple entries.",
            (49, 52, 52, None),
        ),
        (
            "by adding 29 entries (26 entities and 3 addresses) to the Entity List under the destinations of China "
            "(19), Turkey (9), and the United Arab Emirates (UAE) (1).",
            (26, 29, 29, None),
        ),
        (
            "by adding 32 entities to the Entity List. These entries are listed on the Entity List under the "
            "destination of China (23), India, (1), Turkey (8). These entities are bad. It amends Belarus (3).",
            (32, None, 32, None),
        ),
        ("by adding an inadvertently omitted entity to the Entity List.", (1, None, None, None)),
        (
            "by removing 9 persons from the Unverified List (UVL) and adding them to the Entity List.",
            (9, None, None, None),
        ),
        ("this rule removes from the Entity List one entity listed in three entries", (None, None, None, 1)),
        ("This rule also removes one entity from the Entity List under Latvia.", (None, None, None, 1)),
        ("by removing one entity under the destination of China.", (None, None, None, 1)),
        ("by adding 13 persons to the Unverified List (UVL).", None),
        ("by adding one entity to the Military End-User (MEU) List.", None),
        ("This rule revises several entries on the Entity List.", None),
    ],
)
def test_numbers_of_an_abstract(abstract: str, numbers: tuple[int | None, ...] | None) -> None:
    assert counted(abstract) == numbers


def test_a_removal_without_its_list_is_read_only_where_the_title_names_it() -> None:
    assert counted("by removing one entity under the destination of China.", title="Unverified List") is None


RULES = pl.DataFrame(
    {
        "rule_citation": ["87 FR 20295", "87 FR 60064", "88 FR 12155", "88 FR 12170"],
        "volume": [87, 87, 88, 88],
        "start_page": [20295, 60064, 12155, 12170],
        "last_page": [20299, 60066, 12158, 12171],
        "published_on": [date(2022, 4, 7), date(2022, 10, 4), date(2023, 2, 27), date(2023, 2, 27)],
        "amends_list": [True, True, True, True],
    },
    schema_overrides={"volume": pl.Int32, "start_page": pl.Int32, "last_page": pl.Int32},
)


def resolved(text: str, list_code: str = "US_BIS_EL") -> list[tuple[str | None, str]]:
    frame = pl.DataFrame({"list_code": [list_code], "citation_text": [text]})
    rows = citing.resolved(citing.cited(frame), RULES)
    return rows.select("rule_citation", "resolution").rows()


@pytest.mark.parametrize(
    ("citation", "rule", "resolution"),
    [
        ("87 FR 20299", "87 FR 20295", "page"),
        ("87 FR 20310, 2022-04-07", "87 FR 20295", "page"),
        ("87 FR 60022, 2022-10-04", "87 FR 60064", "day"),
        ("88 FR 12150, 2023-02-27", None, "unresolved"),
        ("87 FR 20310", None, "unresolved"),
        ("89 FR 84462", None, "unresolved"),
        ("78 FR (No. 136), 2013-07-16", None, "unresolved"),
    ],
)
def test_a_citation_names_a_rule_or_none(citation: str, rule: str | None, resolution: str) -> None:
    """By page within the rule; beyond it, by the rule's own day; a misprinted page by the one rule of its day."""
    assert resolved(citation) == [(rule, resolution)]


def test_notices_of_other_lists_name_no_rule() -> None:
    assert resolved("87 FR 20299", "US_BIS_DPL") == [(None, "notice")]


def test_citations_keep_their_place() -> None:
    assert resolved("87 FR 20295, 2022-04-07; 88 FR 12170, 2023-02-27") == [
        ("87 FR 20295", "page"),
        ("88 FR 12170", "page"),
    ]


def held(thing: str, *rows: dict[str, object]) -> pl.DataFrame:
    clocks = {"known_from": date(2023, 12, 31), "known_to": OPEN_END}
    schema = {**SPEC.things[thing].schema, "known_from": pl.Date(), "known_to": pl.Date()}
    return pl.DataFrame([{**row, **clocks} for row in rows], schema=schema)


def test_what_files_say_of_one_rule_is_one_row() -> None:
    documents = held(
        "documents",
        {
            "document_number": "2022-07284",
            "title": "Additions of Entities to the Entity List",
            "abstract": "adding 120",
        },
        {"document_number": "2025-19858", "title": "Revisions to the Entity List", "published_on": date(2025, 11, 12)},
        {"document_number": "2024-1", "title": "Soybeans", "published_on": date(2024, 1, 2)},
    )
    table = held(
        "bis_rules",
        {"citation": "87 FR 20295", "volume": 87, "start_page": 20295, "published_on": date(2022, 4, 7),
         "effective_on": date(2022, 4, 1), "title": "Additions of Entities to the Entity List"},
        {"citation": "84 FR 30593", "volume": 84, "start_page": 30593, "published_on": date(2019, 6, 27),
         "title": "Revisions to the Unverified List (UVL)"},
    )  # fmt: skip
    rows = {row["rule_citation"]: row for row in tables.rule_table(documents, table).iter_rows(named=True)}
    assert rows["87 FR 20295"]["document_number"] == "2022-07284"
    assert rows["87 FR 20295"]["effective_on"] == date(2022, 4, 1)
    assert rows["87 FR 20295"]["abstract"] == "adding 120"
    assert rows["84 FR 30593"]["amends_list"]
    assert rows["2025-19858"]["published_on"] == date(2025, 11, 12)
    assert "2024-1" not in rows


def table_row(page: int, published_on: date, title: str, effective_on: date | None = None) -> dict[str, object]:
    return {"citation": f"87 FR {page}", "volume": 87, "start_page": page, "published_on": published_on,
            "effective_on": effective_on, "title": title}  # fmt: skip


def test_a_document_without_a_page_is_put_to_the_one_rule_of_its_day_and_title() -> None:
    """Printings of a title differ in case and plurals; where two rules of one day bear a title, neither is picked."""
    day, other = date(2022, 3, 1), date(2022, 3, 2)
    documents = held(
        "documents",
        {"document_number": "2022-1", "title": "Entity List Removal", "published_on": day},
        {"document_number": "2022-2", "title": "Addition to the Entity List", "published_on": other},
        {"document_number": "2022-3", "title": "Revisions to the Entity List", "published_on": other,
         "volume": 87, "start_page": 140},
    )  # fmt: skip
    table = held(
        "bis_rules",
        table_row(100, day, "Entity List Removals", date(2022, 2, 28)),
        table_row(120, other, "Additions to the Entity List"),
        table_row(130, other, "Additions to the Entity List"),
        table_row(140, other, "Revisions to the entity list", other),
    )
    rows = {row["rule_citation"]: row for row in tables.rule_table(documents, table).iter_rows(named=True)}
    assert (rows["87 FR 100"]["document_number"], rows["87 FR 100"]["effective_on"]) == ("2022-1", date(2022, 2, 28))
    assert (rows["87 FR 140"]["document_number"], rows["87 FR 140"]["effective_on"]) == ("2022-3", other)
    assert "2022-1" not in rows
    assert rows["87 FR 120"]["document_number"] is None
    assert rows["87 FR 130"]["document_number"] is None
    assert "2022-2" in rows


def test_a_misprinted_page_is_no_second_rule() -> None:
    table = held("bis_rules", table_row(75174, date(2022, 12, 7), "Additions of Entities to the Entity List"))
    rows = tables.rule_table(held("documents"), table).filter(pl.col("published_on").dt.year() == 2022)
    near = rows.filter(pl.col("start_page").is_between(75170, 75180))
    assert near.select("rule_citation", "published_on", "document_number").rows() == [
        ("87 FR 75173", date(2022, 12, 8), "2022-26622")
    ]


def test_numbers_of_rules_are_each_given_once() -> None:
    numbers = rules()["document_number"].drop_nulls()
    assert numbers.len() == 48
    assert numbers.n_unique() == numbers.len()
