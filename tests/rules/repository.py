"""The repository as the laws see it: its text files, its models with what they read, and what is said of their columns.

Belongs here: reading and taking apart. Does not belong here: any law; those are the test files beside this one.
Nothing is compiled or run: a law that needs an engine is a dbt test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
LAYERS = ("staging", "intermediate", "core", "policy_events", "trade_impact", "provenance")
RELEASED = LAYERS[2:]
#: Folders that are made, not written; and the one that holds Parquet.
NOT_OURS = {
    ".venv",
    ".venv-spark",
    ".venv-audit",
    ".git",
    "data",
    "target",
    "logs",
    "node_modules",
    "dbt_packages",
    "build",
    "dist",
}
TEXT = {".py", ".sql", ".yml", ".yaml", ".md", ".toml", ".json", ".csv", ".cfg", ".txt", ".sh", ".html", ".lock", ""}


@dataclass(frozen=True)
class Model:
    """One SQL model.

    layer: its folder.  group: the folder below it (a source or a topic).  refs: models and seeds it reads.
    """

    path: Path
    name: str
    layer: str
    group: str
    sql: str
    refs: tuple[str, ...]

    @property
    def code(self) -> str:
        """The SQL without comments and Jinja statements, in lower case."""
        return bare(self.sql)


def bare(sql: str) -> str:
    """SQL without comments and Jinja statements; Jinja expressions stay, for they are part of what is said."""
    for pattern in (r"\{#.*?#\}", r"\{%.*?%\}", r"--[^\n]*"):
        sql = re.sub(pattern, " ", sql, flags=re.DOTALL)
    return sql.lower()


@cache
def text_files() -> tuple[Path, ...]:
    """Every text file of the project, written by hand or committed."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        made = path.name in NOT_OURS or path.name.endswith((".egg-info", "_cache")) or path.name == "__pycache__"
        if path.is_dir() and not made and path.name not in {".hypothesis", ".benchmarks"}:
            yield from _walk(path)
        elif path.is_file() and path.suffix in TEXT:
            yield path


def relative(path: Path) -> str:
    """Path from the project's root, for messages."""
    return path.relative_to(ROOT).as_posix()


@cache
def models() -> tuple[Model, ...]:
    """Every SQL model below models/."""
    found = []
    for path in sorted(MODELS.rglob("*.sql")):
        parts = path.relative_to(MODELS).parts
        layer = parts[1] if parts[0] == "marts" else parts[0]
        group = parts[1] if parts[0] != "marts" else layer
        sql = path.read_text(encoding="utf-8")
        refs = tuple(re.findall(r"\bref\(\s*'(\w+)'\s*\)", sql))
        found.append(Model(path, path.stem, layer, group, sql, refs))
    return tuple(found)


@cache
def seeds() -> frozenset[str]:
    """Names of the seeds."""
    return frozenset(path.stem for path in (ROOT / "seeds").glob("*.csv"))


@cache
def yaml_entries(kind: str) -> dict[str, dict[str, Any]]:
    """Entries of one kind ("models", "sources", "unit_tests") in the YAML below models/, by name."""
    entries: dict[str, dict[str, Any]] = {}
    for path in sorted(MODELS.rglob("*.yml")):
        for entry in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get(kind, []):
            assert entry["name"] not in entries, f"{kind} {entry['name']} is described twice, again in {relative(path)}"
            entries[entry["name"]] = entry
    return entries


def released_models() -> list[Model]:
    """Models whose tables are released: core and the marts."""
    return [model for model in models() if model.layer in RELEASED]


def columns_of(model: Model) -> list[dict[str, Any]]:
    """What the YAML says of a model's columns."""
    columns: list[dict[str, Any]] = yaml_entries("models").get(model.name, {}).get("columns", [])
    return columns


def meta_of(entry: dict[str, Any]) -> dict[str, Any]:
    """The meta block of a model or column."""
    meta: dict[str, Any] = (entry.get("config") or {}).get("meta") or {}
    return meta
