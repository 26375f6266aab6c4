"""The source contract: what a source.yml may say, and what is refused on the first day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml
from pydantic import ValidationError

from pipelines import contract
from pipelines.contract import TYPES, SourceSpec, ThingSpec, all_specs, fetcher, load_spec, parser, specs_in
from tests.unit.rooms import FLOWS, toy_spec

THING: dict[str, Any] = {
    "title": "Trade",
    "key": ["level", "month", "code"],
    "cell": ["level", "month"],
    "columns": {"level": "text", "month": "date", "code": "text", "value": "bigint"},
}


def thing(**changed: Any) -> ThingSpec:
    return ThingSpec.model_validate({**THING, **changed})


def written(folder: Path, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> SourceSpec:
    """What load_spec makes of a source.yml."""
    (folder / "toy").mkdir(exist_ok=True)
    (folder / "toy" / "source.yml").write_text(yaml.safe_dump(document), encoding="utf-8")
    monkeypatch.setattr(contract, "SOURCES", folder)
    return load_spec("toy")


def document() -> dict[str, Any]:
    return toy_spec().model_dump(exclude={"name"}, mode="json")


def test_a_thing_knows_its_columns_values_and_types() -> None:
    assert FLOWS.values == ["value", "duty"]
    assert list(FLOWS.schema) == ["level", "period_start", "code", "value", "duty", "printed"]
    assert FLOWS.schema["period_start"] == pl.Date() and FLOWS.schema["value"] == pl.Int64()
    assert set(TYPES) == {"text", "integer", "bigint", "double", "boolean", "date"}


@pytest.mark.parametrize(
    "changed",
    [
        {"key": ["level", "month", "nowhere"]},
        {"cell": ["nowhere"]},
        {"cell": ["value"]},  # not part of the key
        {"columns": {**THING["columns"], "value": "money"}},
        {"carried": {"printed": "string"}},
        {"partition": {"by": ["code"]}},  # not part of the cell: a file would hold half a cell
        {"partition": {"by": ["level"], "period": "value"}},
        {"partition": {"period": "level"}},  # not a date
        {"partition": {"by": ["level"], "month_levels": ["HTS10"]}},  # months of what?
        {"partition": {"period": "month", "month_levels": ["HTS10"]}},  # levels of what?
        {"cell": [], "partition": {"by": ["level"]}},  # a whole list is one file
        {"colour": "red"},
    ],
)
def test_a_thing_that_does_not_hold_together_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        thing(**changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"partition": {"by": ["level"], "period": "month", "month_levels": ["HTS10"]}},
        {"partition": {"by": ["level"]}},
        {"partition": {"period": "month"}},
        {"cell": []},
        {"carried": {"printed": "text"}},
    ],
)
def test_a_thing_that_holds_together_is_taken(changed: dict[str, Any]) -> None:
    assert thing(**changed).key == THING["key"]


def test_a_source_is_read_from_its_folder_and_named_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = written(tmp_path, document(), monkeypatch)
    assert spec == toy_spec()
    assert (spec.name, spec.table("flows"), spec.cadence.timezone) == ("toy", "toy__flows", "America/New_York")


@pytest.mark.parametrize("field", ["licence", "redistributable", "cadence", "things", "runbook", "publisher"])
def test_a_source_that_leaves_out_a_field_is_refused_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    less = document()
    del less[field]
    with pytest.raises(ValueError, match=field):
        written(tmp_path, less, monkeypatch)


def test_a_field_the_contract_does_not_know_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="licences"):
        written(tmp_path, {**document(), "licences": "two"}, monkeypatch)


def test_a_spec_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        toy_spec().title = "Other"


def test_every_source_folder_keeps_the_contract() -> None:
    for name, spec in all_specs().items():
        assert spec.name == name
        assert callable(parser(name)) and callable(fetcher(name))
        assert spec.runbook and spec.things
        assert (contract.SOURCES / name / "editions.yml").is_file()


def test_deleting_a_folder_removes_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = written(tmp_path, document(), monkeypatch)
    specs_in.cache_clear()
    try:
        assert all_specs() == {"toy": spec}
        (tmp_path / "toy" / "source.yml").unlink()
        specs_in.cache_clear()
        assert all_specs() == {}
    finally:
        specs_in.cache_clear()
