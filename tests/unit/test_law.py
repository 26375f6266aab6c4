"""Law as rows: what the checks refuse, and what the reader makes of what they accept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.errors import StatecraftError
from pipelines.law.check import FLOORED, RATE_COMPONENTS, problems
from pipelines.law.files import split
from pipelines.law.read import ALWAYS, TABLES, tables
from tests.unit.law_rooms import (
    ACT,
    ASSUMPTION,
    END,
    GROUP,
    LIST,
    MEASURE,
    PROGRAMMES,
    RULE,
    SHARE,
    Rows,
    small_law,
)
from tests.unit.toy_tariffs import law as tariff_cell

OPEN = date(9999, 12, 31)


def lines(**cells: str) -> Rows:
    return [{"hts_prefix": "9503", **cells}]


def test_a_small_law_is_accepted(tmp_path: Path) -> None:
    law = small_law(tmp_path)
    assert problems(law) == []
    assert set(tables(law)) == set(TABLES)


FLOOR = {**MEASURE, "rate_column": "general"}
DATED = {**SHARE, "partner_code": ""}
REFUSALS: list[tuple[str, dict[str, Rows]]] = [
    # Dates.
    ("is no date", {"acts": [{**ACT, "signed_on": "20 February 2026"}]}),
    ("is no date", {"measures": [{**MEASURE, "valid_from": "2026-02-30"}]}),
    ("ended_known_on '2026' is no date", {"toys_list": lines(valid_to="2026-03-01", ended_known_on="2026")}),
    ("is not after valid_from", {"measures": [{**MEASURE, "valid_to": "2026-02-24"}]}),
    ("is not after valid_from", {"toys_list": lines(valid_from="2026-03-01", valid_to="2026-02-01")}),
    # Keys.
    ("action_id 'US-ACT-1' is blank or used twice", {"acts": [ACT, ACT]}),
    ("list_code '' is blank or used twice", {"lists": [LIST, {**LIST, "list_code": ""}]}),
    ("rule_id 'T-01' is blank or used twice", {"stacking": [RULE, RULE]}),
    ("assumption_id 'A-TOY-01' is blank or used twice", {"assumptions": [ASSUMPTION, ASSUMPTION]}),
    # Words of measures.
    ("is not lower case words", {"measures": [{**MEASURE, "measure_id": "Toy-Surcharge"}]}),
    ("operation 'levy' is unknown", {"measures": [{**MEASURE, "operation": "levy"}]}),
    ("value_base 'weight' is none of", {"measures": [{**MEASURE, "value_base": "weight"}]}),
    ("rate_column 'best' is none of", {"measures": [{**MEASURE, "rate_column": "best"}]}),
    ("claim 'maybe' is none of", {"measures": [{**MEASURE, "claim": "maybe"}]}),
    ("content 'tin' is none of", {"measures": [{**MEASURE, "content": "tin"}]}),
    ("programme 'cards' is not on record", {"measures": [{**MEASURE, "programme": "cards"}]}),
    ("action_id 'US-ACT-2' is not on record", {"measures": [{**MEASURE, "action_id": "US-ACT-2"}]}),
    ("assumption 'A-TOY-02' is not on record", {"measures": [{**MEASURE, "share_assumption": "A-TOY-02"}]}),
    ("is of several programmes", {"measures": [MEASURE, {**END, "programme": "games"}]}),
    # Rates.
    ("add with measure_rate ''", {"measures": [{**MEASURE, "measure_rate": ""}]}),
    ("end with measure_rate '0.1'", {"measures": [MEASURE, {**END, "measure_rate": "0.1"}]}),
    ("exempt with measure_rate '0.1'", {"measures": [{**MEASURE, "operation": "exempt"}]}),
    ("measure_rate 25 is no fraction", {"measures": [{**MEASURE, "measure_rate": "25"}]}),
    ("a floor without rate_column", {"measures": [{**MEASURE, "operation": "floor"}]}),
    ("a minimum_total without rate_column", {"measures": [{**MEASURE, "operation": "minimum_total"}]}),
    ("valid_from is blank", {"measures": [{**MEASURE, "valid_from": ""}]}),
    ("known_on is blank", {"measures": [{**MEASURE, "known_on": ""}]}),
    ("citation is blank", {"measures": [{**MEASURE, "citation": ""}]}),
    ("heading '7326.90.86' is none of chapter 99", {"measures": [{**MEASURE, "heading": "7326.90.86"}]}),
    ("specific_duty_usd 'two' is no number", {"measures": [{**MEASURE, "specific_duty_usd": "two"}]}),
    ("specific_duty_usd '-2' is no number", {"measures": [{**MEASURE, "specific_duty_usd": "-2"}]}),
    ("specific_duty_usd 'nan' is no number", {"measures": [{**MEASURE, "specific_duty_usd": "nan"}]}),
    # Components.
    ("a floor in s122, which cannot have one", {"measures": [{**FLOOR, "operation": "floor"}]}),
    ("a minimum_total in s122, which cannot", {"measures": [{**FLOOR, "operation": "minimum_total"}]}),
    ("a replace in s122, which cannot have one", {"measures": [{**FLOOR, "operation": "replace"}]}),
    ("rate_component 'luxury' is none of", {"programmes": [{**p, "rate_component": "luxury"} for p in PROGRAMMES]}),
    # Scopes.
    ("names '9990', neither a group nor", {"measures": [{**MEASURE, "partners": "9990"}]}),
    ("names '201', neither a group nor", {"measures": [{**MEASURE, "partners": "201"}]}),
    ("names 'TOYLAND', neither a group nor", {"measures": [{**MEASURE, "partners": "2010; TOYLAND"}]}),
    ("names 'CN', neither a group nor", {"measures": [{**MEASURE, "partners_except": "CN"}]}),
    ("names 'games_list', which no lists.csv has", {"measures": [{**MEASURE, "products": "games_list;toys_list"}]}),
    ("names 'p:9', which no lists.csv has", {"measures": [{**MEASURE, "products_except": "p:9"}]}),
    ("names 'footnote:7326', which no", {"measures": [{**MEASURE, "products": "footnote:7326;toys_list"}]}),
    ("a measure without partners or products", {"measures": [{**MEASURE, "partners": ""}]}),
    ("a measure without partners or products", {"measures": [MEASURE, {**MEASURE, "products": ""}]}),
    # Lists.
    ("evidence 'hearsay' is none of", {"lists": [{**LIST, "evidence": "hearsay"}]}),
    ("citation is blank", {"lists": [{**LIST, "citation": ""}]}),
    ("no file lists/games_list.csv", {"lists": [LIST, {**LIST, "list_code": "games_list"}]}),
    ("no measure names toys_list", {"measures": [{**MEASURE, "products": "ALL"}]}),
    ("games_list.csv: no lists.csv names it", {"games_list": lines()}),
    ("columns are", {"toys_list": lines(title="Toys")}),
    ("'9503.00' is no prefix", {"toys_list": [{"hts_prefix": "9503.00"}]}),
    ("is there twice", {"toys_list": [*lines(), *lines()]}),
    # Stacking.
    ("applies_to_programme 'cards' is not on record", {"stacking": [{**RULE, "applies_to_programme": "cards"}]}),
    ("yields_to_programme 'cards' is not on record", {"stacking": [{**RULE, "yields_to_programme": "cards"}]}),
    ("action_id 'US-ACT-2' is not on record", {"stacking": [{**RULE, "action_id": "US-ACT-2"}]}),
    ("value_share is all or same_part", {"stacking": [{**RULE, "value_share": "half"}]}),
    ("valid_from is blank", {"stacking": [{**RULE, "valid_from": ""}]}),
    ("known_on is blank", {"stacking": [{**RULE, "known_on": ""}]}),
    ("citation is blank", {"stacking": [{**RULE, "citation": ""}]}),
    ("partners 'TOYLAND': a rule for some partners only", {"stacking": [{**RULE, "partners": "TOYLAND"}]}),
    ("partners '2010': a rule for some partners only", {"stacking": [{**RULE, "partners": "2010"}]}),
    # Assumptions and shares.
    ("statement is blank", {"assumptions": [{**ASSUMPTION, "statement": ""}]}),
    ("source is blank", {"assumptions": [{**ASSUMPTION, "source": ""}]}),
    ("is unknown", {"shares": [{**SHARE, "assumption_id": "A-TOY-02"}]}),
    ("is unknown", {"shares": [{**SHARE, "kind": "tin"}]}),
    ("share '1.5' is no fraction", {"shares": [{**SHARE, "share": "1.5"}]}),
    ("value 'half' is no number", {"assumptions": [{**ASSUMPTION, "value": "half"}]}),
    ("low 'none' is no number", {"assumptions": [{**ASSUMPTION, "low": "none"}]}),
    ("high 'inf' is no number", {"assumptions": [{**ASSUMPTION, "high": "inf"}]}),
    ("share of steel by partner or day", {"shares": [{**SHARE, "kind": "steel"}]}),
    ("share of copper by partner or day", {"shares": [{**DATED, "kind": "copper", "valid_from": "2025-08-01"}]}),
    ("share of aluminum by partner or day", {"shares": [{**DATED, "kind": "aluminum", "valid_to": "2025-08-01"}]}),
    ("'9990' is no Schedule C code", {"shares": [{**SHARE, "partner_code": "9990"}]}),
    ("share 'half' is no fraction", {"shares": [{**SHARE, "share": "half"}]}),
    ("'9503.00' is no prefix", {"shares": [{**SHARE, "hts_prefix": "9503.00"}]}),
    # Groups and acts.
    ("must be given", {"partner_groups": [{**GROUP, "partner_code": "CN"}]}),
    ("must be given", {"partner_groups": [{**GROUP, "partner_code": "9990"}]}),
    ("must be given", {"partner_groups": [{**GROUP, "citation": ""}]}),
    ("must be given", {"program_partners": [{"program_code": "T", "partner_code": "2010", "citation": "note 1"}]}),
    ("title is blank", {"acts": [{**ACT, "title": ""}]}),
    ("evidence is blank", {"acts": [{**ACT, "evidence": ""}]}),
    ("an act nobody announced, signed or published", {"acts": [{**ACT, "signed_on": ""}]}),
    # Series.
    ("ends before any statement began it", {"measures": [END]}),
]


@pytest.mark.parametrize(("words", "changed"), REFUSALS, ids=[f"{i}: {r[0]}" for i, r in enumerate(REFUSALS)])
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, words: str, changed: dict[str, Rows]) -> None:
    law = small_law(tmp_path, **changed)
    found = problems(law)
    assert [p for p in found if words in p], found
    with pytest.raises(StatecraftError, match="law/ holds what it may not"):
        tables(law)


FACT = {"fact_id": "T-F-01", "hts10": "9503000011", "partner_code": "5700", "day": "2026-03-01"}
FACT |= {"component": "s122_rate", "expected_rate": "0.1", "tolerance": "0.0001", "citation": "clause 1"}


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("hts10", "9503", "say which cell"),
        ("partner_code", "CN", "say which cell"),
        ("component", "tax_rate", "is none of"),
        ("expected_rate", "a tenth", "must be given"),
        ("citation", "", "must be given"),
    ],
)
def test_facts_are_held_to_their_form(tmp_path: Path, column: str, cell: str, words: str) -> None:
    assert problems(small_law(tmp_path / "right", facts=[FACT])) == []
    found = problems(small_law(tmp_path / "wrong", facts=[{**FACT, column: cell}]))
    assert len(found) == 1 and words in found[0]


def test_components_are_those_rates_are_worked_out_from() -> None:
    assert set(str(tariff_cell().components()).split()) == RATE_COMPONENTS
    assert set(str(tariff_cell().floored_components()).split()) == FLOORED


@pytest.mark.parametrize("component", sorted(FLOORED))
def test_a_floor_is_accepted_where_there_may_be_one(tmp_path: Path, component: str) -> None:
    programmes = [{**p, "rate_component": component} for p in PROGRAMMES]
    assert problems(small_law(tmp_path, measures=[{**FLOOR, "operation": "floor"}], programmes=programmes)) == []


def test_a_rule_may_name_the_partners_its_programme_reaches(tmp_path: Path) -> None:
    """It yields to what reaches them only, so that it holds for all partners as well."""
    game = {**MEASURE, "measure_id": "toy_games", "programme": "games", "partners": "2010"}
    rules = [{**RULE, "partners": "2010"}]
    assert problems(small_law(tmp_path, measures=[MEASURE, game], stacking=rules)) == []


@pytest.mark.parametrize("name", ["acts.csv", "lists/toys_list.csv"])
def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, name: str) -> None:
    law = small_law(tmp_path)
    with (law / "toys" / name).open("ab") as file:
        file.write("Zölle".encode("latin-1"))
    with pytest.raises(StatecraftError, match=rf"{name} is not UTF-8"):
        tables(law)


def test_a_law_that_is_not_there_or_says_nothing_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: no such folder"]
    (tmp_path / "blank").mkdir()
    for law in (tmp_path / "blank", small_law(tmp_path, measures=[])):
        assert problems(law) == [f"{law}: no measures.csv in it holds a row"]


def test_columns_are_checked_before_all_else(tmp_path: Path) -> None:
    law = small_law(tmp_path)
    file = law / "toys" / "acts.csv"
    file.write_text(file.read_text().replace("document_number", "number"))
    [problem] = problems(law)
    assert "lacking: ['document_number'], unknown: ['number']" in problem


def test_a_comma_without_quotes_is_seen(tmp_path: Path) -> None:
    law = small_law(tmp_path)
    file = law / "toys" / "acts.csv"
    file.write_text(file.read_text().replace("Surcharge", "Surcharge, of ten percent"))
    [problem] = problems(law)
    assert "more cells than columns" in problem and ":2:" in problem


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    law = small_law(tmp_path, acts=[{**ACT, "title": ""}], stacking=[{**RULE, "value_share": "half"}])
    with pytest.raises(StatecraftError) as told:
        tables(law)
    assert "title is blank" in str(told.value) and "value_share" in str(told.value)


def test_codes_of_a_cell_are_apart() -> None:
    assert split(" 2010; EU27 ;;p:7308") == ["2010", "EU27", "p:7308"]


def test_statements_are_numbered_within_their_measure(tmp_path: Path) -> None:
    other = {**MEASURE, "measure_id": "toy_other", "share_assumption": "A-TOY-01"}
    frame = tables(small_law(tmp_path, measures=[MEASURE, other, END]))["law__statements"]
    assert frame["statement_id"].to_list() == ["toy_surcharge.1", "toy_other.1", "toy_surcharge.2"]
    assert frame["reach_share"].to_list() == [1.0, 0.5, 1.0]
    assert frame["rate_component"].unique().to_list() == ["s122"]
    assert frame["value_base"].unique().to_list() == ["customs_value"]
    assert frame["valid_to"].unique().to_list() == [OPEN]
    assert frame["measure_rate"].to_list() == [0.1, 0.1, None]


def test_scopes_are_rows_named_or_left_out(tmp_path: Path) -> None:
    measure = {**MEASURE, "partners": "2010;TOY_MAKERS", "partners_except": "5700"}
    measure |= {"products": "toys_list; p:9504", "products_except": "footnote:9903.88.03"}
    frame = tables(small_law(tmp_path, measures=[measure]))["law__scopes"]
    assert frame.select("scope_kind", "scope_code", "is_excluded").rows() == [
        ("partner", "2010", False),
        ("partner", "TOY_MAKERS", False),
        ("partner", "5700", True),
        ("product", "toys_list", False),
        ("product", "p:9504", False),
        ("product", "footnote:9903.88.03", True),
    ]


def test_a_prefix_named_by_a_measure_is_a_list_and_a_footnote_is_not(tmp_path: Path) -> None:
    """Footnote lists are drawn from the schedule by the models: they have no lines here."""
    measure = {**MEASURE, "products": "toys_list;p:9504;footnote:9903.88.03"}
    frame = tables(small_law(tmp_path, measures=[measure]))["law__list_lines"]
    assert set(frame["list_code"]) == {"toys_list", "p:9504"}
    assert frame.filter(frame["list_code"] == "p:9504")["hts_prefix"].to_list() == ["9504"]


def clocks(tmp_path: Path, listed: dict[str, str], line: dict[str, str]) -> list[tuple[date, ...]]:
    law = small_law(tmp_path, lists=[{**LIST, **listed}], toys_list=lines(**line))
    frame = tables(law)["law__list_lines"]
    return frame.select("valid_from", "valid_to", "known_from", "known_to").rows()


def test_a_line_has_the_dates_of_its_list_where_it_has_none(tmp_path: Path) -> None:
    assert clocks(tmp_path / "blank", {}, {}) == [(ALWAYS, OPEN, ALWAYS, OPEN)]
    listed = {"valid_from": "2026-02-24", "known_from": "2026-02-20"}
    assert clocks(tmp_path / "list", listed, {}) == [(date(2026, 2, 24), OPEN, date(2026, 2, 20), OPEN)]
    own = {"valid_from": "2026-04-01", "known_from": "2026-03-28"}
    assert clocks(tmp_path / "line", listed, own) == [(date(2026, 4, 1), OPEN, date(2026, 3, 28), OPEN)]


def test_an_end_known_later_is_two_states_of_knowledge(tmp_path: Path) -> None:
    listed = {"valid_from": "2026-02-24", "known_from": "2026-02-20"}
    line = {"valid_to": "2026-06-01", "ended_known_on": "2026-06-10"}
    start, known, told = date(2026, 2, 24), date(2026, 2, 20), date(2026, 6, 10)
    assert clocks(tmp_path, listed, line) == [
        (start, OPEN, known, told),
        (start, date(2026, 6, 1), told, OPEN),
    ]


def test_an_end_is_known_on_its_day_where_nothing_else_is_said(tmp_path: Path) -> None:
    listed = {"valid_from": "2026-02-24", "known_from": "2026-02-20"}
    assert clocks(tmp_path, listed, {"valid_to": "2026-06-01"})[1][1:3] == (date(2026, 6, 1), date(2026, 6, 1))


def test_an_end_known_from_the_start_is_one_state(tmp_path: Path) -> None:
    listed = {"valid_from": "2026-02-24", "known_from": "2026-02-20", "valid_to": "2026-07-24"}
    assert clocks(tmp_path, listed, {}) == [(date(2026, 2, 24), date(2026, 7, 24), date(2026, 2, 20), OPEN)]


def test_files_of_a_kind_may_be_split_by_part(tmp_path: Path) -> None:
    law = small_law(tmp_path)
    (law / "toys" / "acts.csv").rename(law / "toys" / "acts_wooden.csv")
    assert tables(law)["law__acts"]["action_id"].to_list() == ["US-ACT-1"]


def test_the_law_of_this_project_is_accepted() -> None:
    assert problems() == []
