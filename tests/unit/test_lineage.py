"""Fingerprints: a model is built again when anything it is made of changed, and only then."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines import lineage
from pipelines.lineage import Column, Lineage, raw_table

RAW = {"toy__list": "aaaa", "toy__flows": "bbbb"}


def model(name: str, schema: str, *upstream: str, **changed: Any) -> dict[str, Any]:
    node = {
        "resource_type": "model",
        "schema": schema,
        "name": name,
        "description": f"What {name}\n  holds.",
        "checksum": {"name": "sha256", "checksum": name},
        "columns": {},
        "config": {"materialized": "table"},
        "depends_on": {"nodes": list(upstream)},
    }
    return {**node, **changed}


def manifest() -> dict[str, Any]:
    """Two raw tables, a staging view each, an intermediate one over the flows, three marts and what is no table."""
    columns = {
        "code": {"name": "code", "data_type": "varchar", "description": "Code.\nOf a toy.", "meta": {}},
        "value_usd": {"name": "value_usd", "description": "Value.", "config": {"meta": {"unit": "USD"}}},
        "share": {"name": "share", "meta": {"unit": "share", "source_columns": ["toy.list.a", "toy.list.b"]}},
    }
    nodes = {
        "model.stg_list": model("stg_list", "staging", "source.list"),
        "model.stg_flows": model("stg_flows", "staging", "source.flows"),
        "model.int_flows": model("int_flows", "intermediate", "model.stg_flows", "seed.groups"),
        "model.dim_toy": model("dim_toy", "core", "model.stg_list", columns=columns, meta={"grain": ["code"]}),
        "model.fct_flow": model("fct_flow", "core", "model.int_flows", config={"meta": {"grain": ["a", "b"]}}),
        "model.balance": model("balance", "trade_impact", "model.fct_flow", "model.dim_toy", alias="trade_balance"),
        "seed.groups": {**model("groups", "seeds"), "resource_type": "seed"},
        "test.not_null": {**model("not_null", "core", "model.dim_toy"), "resource_type": "test"},
    }
    sources = {f"source.{name}": {"name": f"raw_toy__{name}"} for name in ("list", "flows")}
    macros = {
        "macro.statecraft.a": {"package_name": "statecraft", "macro_sql": "select 1"},
        "macro.dbt.b": {"package_name": "dbt", "macro_sql": "select 2"},
    }
    return {"nodes": nodes, "sources": sources, "macros": macros}


def changed_models(change: Callable[[dict[str, Any]], object], raw: dict[str, str] | None = None) -> set[str]:
    """Which fingerprints another manifest, or another raw, gives."""
    other = manifest()
    change(other)
    before, after = Lineage(manifest()).fingerprints(RAW), Lineage(other).fingerprints(raw or RAW)
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def edit(unique_id: str, **fields: Any) -> Callable[[dict[str, Any]], object]:
    return lambda document: document["nodes"][unique_id].update(fields)


FLOWS_DOWN = {"model.int_flows", "model.fct_flow", "model.balance"}


def test_equal_manifests_and_raw_give_equal_fingerprints() -> None:
    shuffled = manifest()
    shuffled["nodes"] = dict(reversed(shuffled["nodes"].items()))
    assert Lineage(shuffled).fingerprints(RAW) == Lineage(manifest()).fingerprints(copy.copy(RAW))


def test_a_raw_table_touches_what_lies_downstream_of_it() -> None:
    assert changed_models(lambda _: None, {**RAW, "toy__flows": "cccc"}) == {"model.stg_flows", *FLOWS_DOWN}
    assert changed_models(lambda _: None, {**RAW, "toy__list": "cccc"}) == {
        *("model.stg_list", "model.dim_toy", "model.balance")
    }
    assert changed_models(lambda _: None, {**RAW, "other__table": "dddd"}) == set()


def test_a_raw_table_that_is_gone_counts_as_a_change() -> None:
    assert "model.fct_flow" in changed_models(lambda _: None, {"toy__list": "aaaa"})


@pytest.mark.parametrize(
    "fields",
    [
        {"checksum": {"name": "sha256", "checksum": "other"}},
        {"description": "Other words."},
        {"columns": {"a": {"name": "a"}}},
        {"config": {"materialized": "view"}},
        {"depends_on": {"nodes": ["model.stg_flows"]}},
    ],
)
def test_a_models_own_change_touches_it_and_what_lies_downstream(fields: dict[str, Any]) -> None:
    assert changed_models(edit("model.int_flows", **fields)) == FLOWS_DOWN


def test_a_seed_touches_what_reads_it() -> None:
    assert changed_models(edit("seed.groups", checksum="other")) == {"seed.groups", *FLOWS_DOWN}


def test_a_macro_of_ours_touches_everything_and_one_of_dbts_nothing() -> None:
    every = set(Lineage(manifest()).nodes)
    assert changed_models(lambda d: d["macros"]["macro.statecraft.a"].update(macro_sql="select 3")) == every
    assert changed_models(lambda d: d["macros"]["macro.dbt.b"].update(macro_sql="select 3")) == set()


def test_a_variable_of_the_project_touches_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest does not hold them, and models are written with them."""
    project = tmp_path / "dbt_project.yml"
    monkeypatch.setattr(lineage, "PROJECT", project)
    seen = []
    for text in (
        "vars: {least_share: 0.85}",
        "# a remark\nvars: {least_share: 0.85}",
        "vars: {least_share: 0.9}",
        "a: 1",
    ):
        project.write_text(text)
        seen.append(Lineage(manifest()).fingerprints(RAW))
    assert seen[0] == seen[1]
    assert all(seen[0][k] != seen[2][k] != seen[3][k] for k in seen[0])


def test_marts_are_the_models_of_released_schemas_in_order() -> None:
    marts = Lineage(manifest()).marts
    assert [m.qualified for m in marts] == ["core.dim_toy", "core.fct_flow", "trade_impact.trade_balance"]
    assert [m.grain for m in marts] == [["code"], ["a", "b"], []]
    assert marts[0].description == "What dim_toy holds."


def test_columns_say_unit_and_source() -> None:
    assert Lineage(manifest()).marts[0].columns == [
        Column("code", "varchar", "Code. Of a toy.", "", ""),
        Column("value_usd", "", "Value.", "USD", ""),
        Column("share", "", "", "share", "toy.list.a; toy.list.b"),
    ]


def test_a_manifest_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(manifest()))
    assert Lineage.read(path).fingerprints(RAW) == Lineage(manifest()).fingerprints(RAW)
    assert raw_table({"name": "raw_toy__list"}) == "toy__list"
