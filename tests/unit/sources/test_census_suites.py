"""The landing suites of the Census sources say what their runbook says; tests/faults/trips breaks each rule."""

from __future__ import annotations

import pytest

from pipelines.contract import load_spec
from pipelines.gates import read_suite

TABLES = [(source, thing) for source in ("census_imports", "census_exports") for thing in ("flows", "controls")]
TABLES.append(("census_imports", "claims"))


@pytest.mark.parametrize(("source", "thing"), TABLES)
def test_actions_are_those_of_the_runbook_and_the_key_is_the_contracts(source: str, thing: str) -> None:
    suite, spec = read_suite("landing", f"{source}__{thing}"), load_spec(source)
    for expectation in suite["expectations"]:
        assert expectation["meta"]["action"] == spec.runbook[expectation["meta"]["rule"]]
    unique = next(e for e in suite["expectations"] if e["meta"]["rule"] == "key_not_unique")
    assert unique["kwargs"]["column_list"] == ["vintage_id", *spec.things[thing].key]
