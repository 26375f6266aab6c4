"""The landing suites of the Census sources: each rule hears the fault it is named after, and nothing on sound rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines.contract import SourceSpec, load_spec
from pipelines.gates import read_suite

Row = dict[str, Any]
CODE = {"flows": "partner_code", "controls": "group_code"}
TABLES = [(source, thing) for source in ("census_imports", "census_exports") for thing in CODE]


def rules(source: str, thing: str) -> dict[str, str]:
    """Rule -> its query, for rules written in SQL."""
    suite = read_suite("landing", f"{source}__{thing}")
    found = {e["meta"]["rule"]: e["kwargs"].get("unexpected_rows_query") for e in suite["expectations"]}
    return {rule: query for rule, query in found.items() if query}


def good(source: str, thing: str, **changed: Any) -> Row:
    """One sound row; every money column states 100 unless changed."""
    spec = load_spec(source).things[thing]
    row: Row = {"vintage_id": "v1", **{c: 100 if c.endswith("_usd") else None for c in spec.columns}}
    row |= {
        "product_level": "HS2",
        CODE[thing]: "5700" if thing == "flows" else "-",
        "period_start": date(2026, 8, 1),
        "period_months": 1,
        "product_code": "84",
    }
    if source == "census_imports":
        row["calculated_duty_usd"] = 10
    return row | changed


def tripped(source: str, thing: str, rows: list[Row], controls: list[Row] | None = None) -> set[str]:
    """Rules that return rows over these candidates."""
    spec: SourceSpec = load_spec(source)
    with duckdb.connect() as con:
        con.execute(
            "create table vintages (vintage_id varchar, row_count int, previous_row_count int, is_candidate bool)"
        )
        con.execute("insert into vintages values ('v1', 10, null, true), ('shrunk', 4, 9, true), ('held', 4, 9, false)")
        for view, name, content in (("landing", thing, rows), ("controls", "controls", controls or [])):
            columns = spec.things[name].schema
            frame = pl.DataFrame(content, schema={"vintage_id": pl.String(), **columns})
            con.register(f"{view}_frame", frame)
            con.execute(f"create or replace table {view} as select * from {view}_frame")
        found = rules(source, thing).items()
        return {rule for rule, query in found if con.execute(query.replace("{batch}", "landing")).fetchall()}


@pytest.mark.parametrize(("source", "thing"), TABLES)
def test_every_rule_says_what_to_do(source: str, thing: str) -> None:
    suite, spec = read_suite("landing", f"{source}__{thing}"), load_spec(source)
    assert suite["name"] == f"{source}__{thing}"
    names = [e["meta"]["rule"] for e in suite["expectations"]]
    assert len(set(names)) == len(names)
    for expectation in suite["expectations"]:
        assert expectation["meta"]["action"] == spec.runbook[expectation["meta"]["rule"]]
        assert expectation["severity"] in ("critical", "warning")
    unique = next(e for e in suite["expectations"] if e["meta"]["rule"] == "key_not_unique")
    assert unique["kwargs"]["column_list"] == ["vintage_id", *spec.things[thing].key]


def world(source: str, **changed: Any) -> Row:
    """A month's world total of a size seen before."""
    first = "import_value_consumption_usd" if source == "census_imports" else "export_value_fas_usd"
    return good(source, "controls", **{first: 200_000_000_000, **changed})


@pytest.mark.parametrize(("source", "thing"), TABLES)
def test_sound_rows_pass(source: str, thing: str) -> None:
    ten = "HTS10" if source == "census_imports" else "SB10"
    rows = [good(source, thing), good(source, thing, product_level=ten, product_code="8471300100")]
    rows = rows if thing == "flows" else [world(source), rows[1]]
    assert tripped(source, thing, rows) == set()


FAULTS: list[tuple[str, Row]] = [
    ("key_missing", {"product_code": None}),
    ("code_shape", {"product_code": "1"}),
    ("code_shape", {"product_level": "HS6", "product_code": "84713"}),
    ("period_shape", {"period_start": date(2026, 8, 2)}),
    ("period_shape", {"period_months": 12}),
    ("period_shape", {"period_months": 3}),
    ("shrunk", {"vintage_id": "shrunk"}),
]
IMPORT_FAULTS: list[tuple[str, Row]] = [
    ("negative_value", {"import_charges_usd": -1}),
    ("no_value_stated", dict.fromkeys(c for c in load_spec("census_imports").things["flows"].values)),
    ("duty_without_value", {"dutiable_value_usd": 101}),
    ("duty_without_value", {"dutiable_value_usd": 0}),
    ("duty_above_limit", {"calculated_duty_usd": 1_001}),
    ("duty_unusually_high", {"calculated_duty_usd": 370}),
]
EXPORT_FAULTS: list[tuple[str, Row]] = [
    ("negative_value", {"export_value_fas_usd": -1}),
    ("no_value_stated", {"export_value_fas_usd": None}),
]


@pytest.mark.parametrize("thing", CODE)
@pytest.mark.parametrize(("rule", "fault"), [*FAULTS, *IMPORT_FAULTS])
def test_import_faults_are_heard(thing: str, rule: str, fault: Row) -> None:
    assert rule in tripped("census_imports", thing, [good("census_imports", thing, **fault)])


@pytest.mark.parametrize("thing", CODE)
@pytest.mark.parametrize(("rule", "fault"), [*FAULTS, *EXPORT_FAULTS])
def test_export_faults_are_heard(thing: str, rule: str, fault: Row) -> None:
    assert rule in tripped("census_exports", thing, [good("census_exports", thing, **fault)])


@pytest.mark.parametrize("source", ["census_imports", "census_exports"])
def test_groups_and_partners_do_not_mix(source: str) -> None:
    for code in ("-", "0003", "4XXX", "570", "05700"):
        assert "code_shape" in tripped(source, "flows", [good(source, "flows", partner_code=code)])
    for code, is_sound in (("0003", True), ("4XXX", True), ("8XXX", False), ("5700", False)):
        assert ("code_shape" in tripped(source, "controls", [good(source, "controls", group_code=code)])) != is_sound
    by_partner = good(source, "controls", product_level="NAICS3", group_code="5700", product_code="ALL")
    assert ("code_shape" in tripped(source, "controls", [by_partner])) == (source == "census_exports")


@pytest.mark.parametrize("source", ["census_imports", "census_exports"])
def test_partners_do_not_exceed_the_world(source: str) -> None:
    rows = [good(source, "flows", partner_code=code) for code in ("5700", "4280")]
    first = load_spec(source).things["flows"].values[0]
    small, large = (
        good(source, "controls", **{first: 199}),
        good(source, "controls", **{first: 200, "vintage_id": "v2"}),
    )
    assert "partners_above_world" in tripped(source, "flows", rows, [small])
    assert "partners_above_world" not in tripped(source, "flows", rows, [large])  # another vintage


def test_sectors_add_up_to_all_products() -> None:
    sectors = [good("census_imports", "flows", product_level="NAICS3", product_code=p) for p in ("334", "910")]
    total = good("census_imports", "controls", product_level="NAICS3", group_code="5700", product_code="ALL")
    twice = {c: 2 * v for c, v in total.items() if c.endswith("_usd")}
    rule = "products_unlike_all_products"
    assert rule not in tripped("census_imports", "flows", sectors, [total | twice])
    assert rule in tripped("census_imports", "flows", sectors, [total])
    groups = [good("census_imports", "controls", **(row | {"group_code": "0003"})) for row in sectors]
    for row in groups:
        row.pop("partner_code")
    assert rule not in tripped("census_imports", "controls", [*groups, total | twice | {"group_code": "0003"}])
    assert rule in tripped("census_imports", "controls", [*groups, total | {"group_code": "0003"}])


@pytest.mark.parametrize(("source", "low", "high"), [("census_imports", 130, 690), ("census_exports", 75, 310)])
def test_a_world_month_has_a_size_seen_before(source: str, low: int, high: int) -> None:
    first = load_spec(source).things["controls"].values[0]
    assert "value_size_below" in tripped(source, "controls", [world(source, **{first: low * 10**9})])
    assert "value_size_above" in tripped(source, "controls", [world(source, **{first: high * 10**9})])


def test_a_whole_year_and_a_partner_month_have_a_size_seen_before() -> None:
    year: Row = {"product_level": "HTS10", "product_code": "8471300100", "period_start": date(2025, 1, 1)}
    partners = [
        good("census_imports", "flows", **year, period_months=12, partner_code=str(1000 + n)) for n in range(200)
    ]
    assert "year_size_below" in tripped("census_imports", "flows", partners)
    assert "year_size_below" not in tripped("census_imports", "flows", partners[:50])  # some partners only
    month = good("census_exports", "flows", product_level="SB10", product_code="8471300100", partner_code="5520")
    assert "month_size_below" in tripped("census_exports", "flows", [month])
