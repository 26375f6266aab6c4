"""What each dbt model is made of, as one fingerprint: equal fingerprints mean the model need not be built again.

Belongs here: reading target/manifest.json. Does not belong here: running dbt (transform.py) or exporting (release.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from pipelines.files import read_json, sha256_of
from pipelines.settings import PROJECT_ROOT

#: Schemas of the released database.
MARTS = ("core", "policy_events", "trade_impact", "provenance")
_BUILT = ("model", "seed")
PROJECT = PROJECT_ROOT / "dbt_project.yml"


@dataclass(frozen=True)
class Column:
    """One column of a mart, as its YAML describes it."""

    name: str
    data_type: str
    description: str
    unit: str
    source_columns: str

    @property
    def comment(self) -> str:
        """What databases say of it: description and unit."""
        return self.description + (f" Unit: {self.unit}." if self.unit else "")


@dataclass(frozen=True)
class Mart:
    """One table of the release. grain: the columns that identify a row."""

    unique_id: str
    schema: str
    name: str
    description: str
    grain: list[str]
    columns: list[Column]

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"


class Content(NamedTuple):
    """What a table holds, as a stamp (content_stamps.py), and the fingerprint it was built with; None: this one."""

    fingerprint: str | None
    stamp: str


class Lineage:
    """The dbt project as its manifest tells it."""

    def __init__(self, manifest: dict[str, Any]) -> None:
        self.manifest = manifest

    @staticmethod
    def read(path: Path) -> Lineage:
        return Lineage(read_json(path))

    @cached_property
    def nodes(self) -> dict[str, dict[str, Any]]:
        """Models and seeds by unique id."""
        return {k: n for k, n in self.manifest["nodes"].items() if n["resource_type"] in _BUILT}

    @cached_property
    def marts(self) -> list[Mart]:
        """Tables of the release, by schema and name."""
        found = [_mart(k, n) for k, n in self.nodes.items() if n["schema"] in MARTS and n["resource_type"] == "model"]
        return sorted(found, key=lambda m: (MARTS.index(m.schema), m.name))

    @cached_property
    def in_order(self) -> list[str]:
        """Unique ids of models and seeds, upstream first."""
        graph = {
            k: [u for u in n.get("depends_on", {}).get("nodes", []) if u in self.nodes] for k, n in self.nodes.items()
        }
        return list(TopologicalSorter(graph).static_order())

    @cached_property
    def views(self) -> list[str]:
        """Unique ids of the models that are views."""
        return [k for k, n in self.nodes.items() if n.get("config", {}).get("materialized") == "view"]

    @cached_property
    def settling(self) -> list[str]:
        """Unique ids of the tables whose content is what the models below them see, by their own word (`settles`)."""
        return [k for k, n in self.nodes.items() if n.get("config", {}).get("meta", {}).get("settles")]

    def tests_of(self, unique_ids: set[str]) -> list[str]:
        """Names of dbt's data tests attached to any of the models."""
        return [n["name"] for n in self._tests if n.get("attached_node") in unique_ids]

    def tests_between(self, some: set[str], others: set[str]) -> list[str]:
        """Names of dbt's data tests that read a model of each of the two sets."""
        return [n["name"] for n in self._tests if some & (read := set(n["depends_on"]["nodes"])) and others & read]

    @cached_property
    def tests(self) -> dict[str, str]:
        """Unique id -> name of dbt's data tests. The id tells their arguments too."""
        return {k: n["name"] for k, n in self.manifest["nodes"].items() if n["resource_type"] == "test"}

    @cached_property
    def _tests(self) -> list[dict[str, Any]]:
        return [n for n in self.manifest["nodes"].values() if n["resource_type"] == "test"]

    def downstream(self, unique_ids: set[str]) -> set[str]:
        """These models and all that are made of them."""
        reached = set(unique_ids)
        for k in self.in_order:
            if reached.intersection(self.nodes[k].get("depends_on", {}).get("nodes", [])):
                reached.add(k)
        return reached

    def fingerprints(
        self, raw_state: dict[str, str], contents: Mapping[str, Content] = MappingProxyType({})
    ) -> dict[str, str]:
        """Unique id -> fingerprint of its code, documentation, and everything upstream of it.

        raw_state: raw table -> fingerprint of its content (warehouse.Warehouse.state). contents: of tables whose
        content counts below them instead of what they are made of, as long as they are still made of the same.
        """
        macros = _digest({k: m["macro_sql"] for k, m in self.manifest["macros"].items() if m["package_name"] != "dbt"})
        variables = yaml.safe_load(PROJECT.read_text(encoding="utf-8")).get("vars")  # not in the manifest
        known: dict[str, str] = {}

        def of(unique_id: str) -> str:
            if unique_id not in known:
                known[unique_id] = compute(unique_id)
            return known[unique_id]

        def seen_from_below(unique_id: str) -> str:
            content = contents.get(unique_id)
            stands = content is not None and content.fingerprint in (None, of(unique_id))
            return content.stamp if content is not None and stands else of(unique_id)

        def compute(unique_id: str) -> str:
            if unique_id in self.manifest["sources"]:
                return raw_state.get(raw_table(self.manifest["sources"][unique_id]), "absent")
            node = self.manifest["nodes"].get(unique_id, {})
            config = node.get("config", {})
            own = [node.get(k) for k in ("checksum", "description", "columns", "schema", "alias")]
            own += [config.get(k) for k in ("materialized", "column_types", "contract")]
            own.append(config.get("meta", {}).get("raw_inputs"))
            upstream = sorted(node.get("depends_on", {}).get("nodes", []))
            return _digest([own, [seen_from_below(u) for u in upstream], macros, variables])

        return {unique_id: of(unique_id) for unique_id in self.nodes}


def raw_table(source: dict[str, Any]) -> str:
    """Folder below raw/ that a dbt source reads."""
    name: str = source["name"]
    return name.removeprefix("raw_")


def _mart(unique_id: str, node: dict[str, Any]) -> Mart:
    columns = [
        Column(
            name=c["name"],
            data_type=c.get("data_type") or "",
            description=" ".join(c.get("description", "").split()),
            unit=str(c.get("meta", {}).get("unit") or c.get("config", {}).get("meta", {}).get("unit") or ""),
            source_columns=_words(
                c.get("meta", {}).get("source_columns") or c.get("config", {}).get("meta", {}).get("source_columns")
            ),
        )
        for c in node["columns"].values()
    ]
    meta = {**node.get("config", {}).get("meta", {}), **node.get("meta", {})}
    return Mart(
        unique_id=unique_id,
        schema=node["schema"],
        name=node.get("alias") or node["name"],
        description=" ".join(node["description"].split()),
        grain=list(meta.get("grain", [])),
        columns=columns,
    )


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(v) for v in value)
    return str(value or "")


def _digest(document: Any) -> str:
    return sha256_of(json.dumps(document, sort_keys=True, default=str).encode())[:16]
