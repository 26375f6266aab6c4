"""What the dictionary says: tables with columns, checks, and the sources and tables each is made of.

Belongs here: reading it out of the manifest, the suites and the source contracts. Does not belong here: HTML (page.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipelines import gates
from pipelines.contract import SourceSpec
from pipelines.lineage import Column, Lineage, Mart
from pipelines.released_sql import Released, released


@dataclass(frozen=True)
class Check:
    """One rule a table is held to: by whom, what, and what to do when it does not hold."""

    gate: str
    rule: str
    action: str = ""


@dataclass(frozen=True)
class Entry:
    """A table, view or macro of the release. made_of: sources (`source:name`), kept facts (`seed:name`), tables."""

    name: str
    kind: str
    description: str
    grain: list[str] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rows: int | None = None
    signature: str = ""
    made_of: list[str] = field(default_factory=list)
    between: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)


@dataclass(frozen=True)
class Dictionary:
    """Everything the page shows."""

    entries: list[Entry]
    sources: dict[str, SourceSpec]

    @cached_property
    def by_name(self) -> dict[str, Entry]:
        return {entry.name: entry for entry in self.entries}

    def makes(self, name: str) -> list[str]:
        """What is made of a table or source, directly."""
        return [entry.name for entry in self.entries if name in entry.made_of]

    def sources_behind(self, entry: Entry) -> list[str]:
        """Every source and kept fact a table is made of, through whatever tables."""
        reached, waiting = set[str](), list(entry.made_of)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += self.by_name[name].made_of if name in self.by_name else []
        return sorted(name for name in reached if ":" in name)


def dictionary(lineage: Lineage, rows: dict[str, int], specs: dict[str, SourceSpec]) -> Dictionary:
    """The dictionary of a release of these tables, rows by table."""
    marts = {mart.unique_id: mart for mart in lineage.marts}
    entries = [_of_mart(lineage, mart, marts, rows.get(mart.qualified)) for mart in lineage.marts]
    present = {mart.qualified for mart in lineage.marts}
    entries += [_of_released(made) for made in released() if made.reads <= present]
    return Dictionary(entries, specs)


def _of_mart(lineage: Lineage, mart: Mart, marts: dict[str, Mart], rows: int | None) -> Entry:
    made_of, between = set[str](), set[str]()

    def upstream(unique_id: str) -> None:
        for parent in lineage.nodes[unique_id].get("depends_on", {}).get("nodes", []):
            if parent in marts:
                made_of.add(marts[parent].qualified)
            elif parent in lineage.manifest["sources"]:
                made_of.add(f"source:{lineage.manifest['sources'][parent]['source_name']}")
            elif parent.startswith("seed."):
                made_of.add(f"seed:{parent.rpartition('.')[2]}")
            elif parent in lineage.nodes and (name := lineage.nodes[parent]["name"]) not in between:
                between.add(name)
                upstream(parent)

    upstream(mart.unique_id)
    return Entry(
        mart.qualified,
        "table",
        mart.description,
        mart.grain,
        mart.columns,
        rows,
        made_of=sorted(made_of),
        between=sorted(between),
        checks=[*_dbt_tests(lineage, mart.unique_id), *_rules(mart)],
    )


def _of_released(made: Released) -> Entry:
    return Entry(
        made.qualified,
        made.kind.lower(),
        made.description,
        columns=made.columns,
        signature=made.signature,
        made_of=sorted(made.reads),
    )


#: What the project's own dbt tests say, by their names; of others the name is said.
_SAID: dict[str, Callable[[dict[str, object]], str]] = {
    "unique_combination": lambda k: f"no two rows have the same {_listed(k['columns'])}",
    "accepted_values": lambda k: f"{k['column_name']} is one of {_listed(k['values'])}",
    "relationships": lambda k: f"every {k['column_name']} is a {k['field']} of {str(k['to'])[5:-2]}",
    "half_open_intervals": lambda k: f"{_listed(k['clocks'])} intervals begin before they end",
    "not_null": lambda k: f"{k['column_name']} is always stated",
}


def _listed(values: object) -> str:
    return ", ".join(map(str, values)) if isinstance(values, list) else str(values)


def _dbt_tests(lineage: Lineage, unique_id: str) -> Iterator[Check]:
    for test in lineage.manifest["nodes"].values():
        if test["resource_type"] == "test" and test.get("attached_node") == unique_id:
            stated = test.get("test_metadata")
            say = _SAID.get(stated["name"]) if stated else None
            yield Check("dbt", say(stated["kwargs"]) if say else test["name"].replace("_", " "))


def _rules(mart: Mart) -> Iterator[Check]:
    path = gates.expectations() / "release" / f"{mart.qualified}.json"
    for rule in gates.read_suite("release", mart.qualified)["expectations"] if path.exists() else []:
        yield Check("release gate", rule["meta"]["rule"].replace("_", " "), rule["meta"]["action"])
