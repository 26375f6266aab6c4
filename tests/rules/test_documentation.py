"""Laws of description: what one row is, what each column means, in which unit, and where it comes from.

Belongs here: that it is said, and that what was promised is there. Does not belong here: names (test_names.py).
"""

from __future__ import annotations

import json
import re

import pytest
import yaml

from benchmarks import reliability, report
from tests.rules.repository import MODELS, ROOT, Model, columns_of, meta_of, models, released_models, yaml_entries


@pytest.mark.parametrize("model", models(), ids=lambda model: model.name)
def test_first_line_states_the_grain(model: Model) -> None:
    assert re.match(r"-- Grain: one row an? [^\n]+\.\n\n", model.sql)


@pytest.mark.parametrize("model", models(), ids=lambda model: model.name)
def test_model_is_described(model: Model) -> None:
    assert yaml_entries("models").get(model.name, {}).get("description", "").strip()


@pytest.mark.parametrize("model", released_models(), ids=lambda model: model.name)
def test_released_column_is_typed_described_and_traced(model: Model) -> None:
    gaps = [
        f"{column['name']} lacks {lacking}"
        for column in columns_of(model)
        for lacking, value in (
            ("data_type", column.get("data_type")),
            ("description", column.get("description")),
            ("meta.source_columns", meta_of(column).get("source_columns")),
        )
        if not value
    ]
    assert columns_of(model)
    assert gaps == []


@pytest.mark.parametrize("model", released_models(), ids=lambda model: model.name)
def test_grain_is_declared_and_tested(model: Model) -> None:
    entry = yaml_entries("models")[model.name]
    grain = meta_of(entry).get("grain")
    tested = [t["unique_combination"]["arguments"]["columns"] for t in entry["data_tests"] if "unique_combination" in t]
    assert grain
    assert set(grain) <= {column["name"] for column in columns_of(model)}
    assert tested == [grain]


@pytest.mark.parametrize("model", released_models(), ids=lambda model: model.name)
def test_last_select_names_the_columns_described(model: Model) -> None:
    """In the order described, so that the file reads like the table; the contract checks them against the engine."""
    last_select = model.code[model.code.rindex("\nselect") :]
    depth, fields, current = 0, [], ""
    for sign in last_select.removeprefix("\nselect").split("\nfrom ")[0]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            fields.append(current)
            current = ""
        else:
            current += sign
    names = [re.split(r"[\s.]", field.strip())[-1] for field in [*fields, current]]
    assert sorted(names) == sorted(column["name"] for column in columns_of(model))


def test_no_description_without_a_model() -> None:
    assert set(yaml_entries("models")) == {model.name for model in models()}


def test_contracts_are_enforced_and_descriptions_kept_in_the_database() -> None:
    marts = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["models"]["statecraft"]["marts"]
    assert marts["+contract"] == {"enforced": True}
    assert marts["+persist_docs"] == {"relation": True, "columns": True}
    switched = [m.name for m in released_models() if re.search(r"\b(contract|persist_docs)\b", m.sql)]
    assert switched == []


def test_shared_descriptions_are_used() -> None:
    written = set(re.findall(r"{% docs (\w+) %}", (MODELS / "shared_descriptions.md").read_text(encoding="utf-8")))
    used = {
        name
        for path in MODELS.rglob("*.yml")
        for name in re.findall(r"doc\('(\w+)'\)", path.read_text(encoding="utf-8"))
    }
    assert written == used


@pytest.mark.parametrize(
    "name", ["known_from", "known_to", "partner_code", "product_level", "import_value_consumption_usd"]
)
def test_shared_column_has_one_description(name: str) -> None:
    """Clocks, codes and value bases are described once; a table may narrow a code to what it holds (…_or_all)."""
    found = {
        column["description"]
        for m in released_models()
        for column in columns_of(m)
        if column["name"] == name and m.layer != "provenance"
    }
    assert all(re.fullmatch(rf"{{{{ doc\('{name}(_or_all)?'\) }}}}", description) for description in found)


def test_readme_states_what_was_measured_last() -> None:
    measured = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))["benchmarks"]
    assert report.headline(measured) in (ROOT / "README.md").read_text(encoding="utf-8"), "run `make bench`"
    missed = [row["what"] for result in measured.values() for row in result["rows"] if row["met"] is False]
    assert missed == []


def test_the_page_on_reliability_states_what_was_measured_last() -> None:
    measured = json.loads(reliability.RESULTS.read_text(encoding="utf-8"))["benchmarks"]
    assert reliability.SECTIONS.keys() <= measured.keys(), "run `make reliability`"
    assert reliability.PAGE.read_text(encoding="utf-8") == reliability.page(measured), "run `make reliability`"


def test_what_was_not_measured_is_named_on_the_page_on_reliability() -> None:
    page = reliability.page({})
    for title in reliability.SECTIONS.values():
        assert f"## {title}\n\n{reliability.NOT_YET}\n" in page
