"""GLEIF's excerpts as published: what they hold, that JSON and XML say the same, and which records are ownership."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
import yaml

from pipelines.contract import OPEN_END, SOURCES, Delivery, Parsed, load_spec, parser
from pipelines.ownership import edges
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered

pytestmark = pytest.mark.shared_data
FOLDER = "ownership/gleif"


@cache
def shared() -> Path:
    folder = find_shared_data()
    assert folder is not None
    return folder


def read(*names: str) -> dict[str, Parsed]:
    files = tuple(file for name in names for file in delivered(shared(), f"{FOLDER}/{name}"))
    delivery = Delivery(files, known_on=date(2023, 8, 17))
    return {parsed.thing: parsed for parsed in parser("gleif")(delivery, load_spec("gleif"))}


@cache
def edition() -> dict[str, Parsed]:
    (facts,) = yaml.safe_load((SOURCES / "gleif" / "editions.yml").read_text(encoding="utf-8"))["editions"]
    return read(*(pattern.removeprefix(f"{FOLDER}/") for pattern in facts["files"]))


def test_the_edition_holds_tens_of_records() -> None:
    assert {thing: parsed.frame.height for thing, parsed in edition().items()} == {
        "entities": 13,
        "relationships": 21,
        "exceptions": 10,
    }
    assert Counter(edition()["relationships"].frame["relationship_type"]) == {
        "IS_FUND-MANAGED_BY": 9,
        "IS_SUBFUND_OF": 3,
        "IS_DIRECTLY_CONSOLIDATED_BY": 5,
        "IS_ULTIMATELY_CONSOLIDATED_BY": 4,
    }


@pytest.mark.parametrize("stem", ["lei-data", "rr-data", "repex-data"])
def test_json_and_xml_say_the_same(stem: str) -> None:
    ((thing, left),) = read(f"{stem}.json").items()
    assert left.frame.equals(read(f"{stem}.xml")[thing].frame)


def test_an_entity_a_relationship_and_an_exception_as_printed() -> None:
    entities, relationships = edition()["entities"].frame, edition()["relationships"].frame
    dentsu = entities.row(by_predicate=pl.col("lei") == "213800FERQ5LE3H7WJ58", named=True)
    assert (dentsu["legal_name"], dentsu["country_code"]) == ("DENTSU INTERNATIONAL LIMITED", "GB")
    assert "AEGIS GROUP PLC" in dentsu["other_names"].split(" | ")
    row = relationships.row(
        by_predicate=(pl.col("child_id") == "2138002YAB7Z9KO21397")
        & (pl.col("relationship_type") == "IS_DIRECTLY_CONSOLIDATED_BY"),
        named=True,
    )
    assert (row["parent_id"], row["starts_on"], row["ends_on"]) == ("984500501A1B1045PB30", date(2019, 6, 30), None)
    reasons = Counter(edition()["exceptions"].frame["exception_reasons"])
    assert reasons == {"NON_CONSOLIDATING": 6, "NO_KNOWN_PERSON": 3, "NON_PUBLIC": 1}


def test_the_printed_quantity_is_no_share() -> None:
    """Whole consolidation is printed 1.00 by one issuer and 100.00 by another, both as a percentage."""
    records = json.loads((shared() / FOLDER / "rr-updates-data2.json").read_text(encoding="utf-8"))
    quantities = {
        (quantity["QuantifierAmount"], quantity["QuantifierUnits"])
        for record in records
        for quantity in record["Relationship"].get("RelationshipQuantifiers", [])
    }
    assert quantities == {("1.00", "PERCENTAGE"), ("100.00", "PERCENTAGE")}


def test_five_of_twenty_one_relationships_are_edges(tmp_path: Path) -> None:
    """Funds are none; every ultimate parent stands beside a direct one, which is told instead."""
    file = tmp_path / "raw.parquet"
    clocks = {"known_from": pl.lit(date(2023, 8, 17)), "known_to": pl.lit(OPEN_END)}
    edition()["relationships"].frame.with_columns(**clocks).write_parquet(file)
    found = edges.edges([file], [])
    assert found.height == 5
    chain = found.filter(pl.col("owned_id").is_in(["98450051BS9C610A8T78", "2138002YAB7Z9KO21397"]))
    assert sorted(chain.select("owner_id", "owned_id", "valid_from").rows()) == [
        ("2138002YAB7Z9KO21397", "98450051BS9C610A8T78", date(2018, 6, 30)),
        ("984500501A1B1045PB30", "2138002YAB7Z9KO21397", date(2019, 6, 30)),
    ]
