"""Laws of a source: its folder is complete, guarded and tested, and its raw tables reach staging column by column.

Belongs here: what every folder below pipelines/sources owes. Does not belong here: what one source does.
"""

from __future__ import annotations

import json

import pytest

from pipelines.contract import SOURCES, all_specs
from tests.rules.repository import ROOT, relative, yaml_entries

NAMES = sorted(all_specs())
SQL_TYPE = {"text": "string"}
CLOCKS = {"known_from": "date", "known_to": "date"}


def test_every_folder_is_a_source() -> None:
    folders = {path.name for path in SOURCES.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_folder_is_complete(name: str) -> None:
    owed = ("source.yml", "fetch.py", "parse.py", "editions.yml")
    assert [file for file in owed if not (SOURCES / name / file).is_file()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_thing_has_a_landing_suite_of_its_name(name: str) -> None:
    for thing in all_specs()[name].things:
        suite = ROOT / "expectations" / "landing" / f"{name}__{thing}.json"
        assert suite.is_file(), relative(suite)
        assert json.loads(suite.read_text(encoding="utf-8"))["name"] == f"{name}__{thing}"


def test_no_landing_suite_without_a_thing() -> None:
    things = {f"{name}__{thing}" for name, spec in all_specs().items() for thing in spec.things}
    assert {path.stem for path in (ROOT / "expectations" / "landing").glob("*.json")} - things == set()


@pytest.mark.parametrize("name", NAMES)
def test_parser_has_unit_tests(name: str) -> None:
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "unit").rglob("test_*.py")]
    assert any(name in text for text in tests)


@pytest.mark.parametrize("name", NAMES)
def test_raw_tables_are_declared_as_the_source_delivers_them(name: str) -> None:
    declared = {
        table["name"]: {column["name"]: column["data_type"] for column in table["columns"]}
        for table in yaml_entries("sources")[name]["tables"]
    }
    delivered = {
        f"raw_{name}__{thing}": {
            **{column: SQL_TYPE.get(kind, kind) for column, kind in {**spec.columns, **spec.carried}.items()},
            **CLOCKS,
        }
        for thing, spec in all_specs()[name].things.items()
    }
    assert declared == delivered
