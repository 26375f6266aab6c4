"""The Superset bundle, without Superset: files and columns that fit together, no password, the same bytes."""

from __future__ import annotations

import json
import re
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.bi.superset import charts, documents, write_bundle
from pipelines.errors import StatecraftError
from pipelines.headlines import headlines

URI = "duckdb:////data/statecraft.duckdb?access_mode=read_only"
KINDS = {headline.name: dict.fromkeys(headline.columns, "DOUBLE") for headline in headlines()}
SAVED = {headline.name: headline for headline in headlines()}


def held(kind: str, uri: str = URI) -> dict[str, dict[str, Any]]:
    """The bundle's documents of one kind, by their uuid."""
    return {d["uuid"]: d for path, d in documents(uri, KINDS).items() if path.startswith(f"{kind}/")}


def columns_named(chart: Mapping[str, Any]) -> set[str]:
    """Every column of its headline number a chart names."""
    found = {*chart.get("rows", []), *chart.get("columns", []), *chart.get("order", [])[:1]}
    found |= {chart[key] for key in ("x", "by", "only") if key in chart}
    return found | {name for metric in chart.get("metrics", {}).values() for name in re.findall(r"\((\w+)\)", metric)}


def test_files_name_each_other() -> None:
    [database], [dashboard] = held("databases").values(), held("dashboards").values()
    assert {d["database_uuid"] for d in held("datasets").values()} == {database["uuid"]}
    assert {c["dataset_uuid"] for c in held("charts").values()} == held("datasets").keys()
    placed = [p["meta"]["uuid"] for p in dashboard["position"].values() if isinstance(p, dict) and p["type"] == "CHART"]
    assert sorted(placed) == sorted(held("charts")) and len(placed) >= 8
    assert all(uuid.UUID(name) for name in placed)


def test_a_dataset_is_a_saved_query_word_for_word_or_its_view() -> None:
    for dataset in held("datasets").values():
        assert dataset["sql"] == SAVED[dataset["table_name"]].sql and dataset["schema"] is None
    for dataset in held("datasets", "postgresql+psycopg2://analyst@db.example/trade").values():
        assert (dataset["schema"], dataset["sql"]) == ("headline", None)


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: str(chart["name"]))
def test_a_chart_names_columns_and_metrics_that_are_there(chart: dict[str, Any]) -> None:
    assert columns_named(chart) and columns_named(chart) <= set(SAVED[chart["headline"]].columns)
    [drawn] = [c for c in held("charts").values() if c["slice_name"] == chart["title"]]
    metrics = {m["metric_name"] for m in held("datasets")[drawn["dataset_uuid"]]["metrics"]}
    asked = drawn["params"].get("metrics", []) + [drawn["params"][key] for key in ("metric",) if key in drawn["params"]]
    assert set(asked) <= metrics


def test_the_grid_has_twelve_columns_and_every_place_a_parent() -> None:
    [dashboard] = held("dashboards").values()
    places = {k: p for k, p in dashboard["position"].items() if isinstance(p, dict)}
    for place in places.values():
        assert set(place.get("children", [])) <= places.keys()
        if place["type"] == "ROW":
            assert sum(places[child]["meta"]["width"] for child in place["children"]) <= 12


def test_the_bundle_is_a_zip_of_yaml_and_the_same_again(tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    assert write_bundle(one, URI, KINDS) == write_bundle(two, URI, KINDS) == len(charts())
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as bundle:
        read = {name: yaml.safe_load(bundle.read(name)) for name in bundle.namelist()}
    assert read["statecraft/metadata.yaml"]["type"] == "Dashboard"
    assert len(read) == 3 + len(held("datasets")) + len(charts())
    assert "password" not in json.dumps(read, default=str).lower()


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatecraftError, match=r"\.zip"):
        write_bundle(tmp_path / "bundle.tar", URI, KINDS)
