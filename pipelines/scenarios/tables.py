"""Scenarios as typed tables beside raw, for staging to read.

Belongs here: the shipped files, and rows of any scenario. Does not belong here: the form of a file (form.py), what a
step does to duties (models/intermediate/scenario).

A shift is written as what it means: until the later of its days, the measures stay as the law has them on the earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.errors import StatecraftError
from pipelines.law.files import LAW, rows
from pipelines.scenarios.form import Scenario, Step, read
from pipelines.settings import PROJECT_ROOT

SHIPPED = PROJECT_ROOT / "scenarios"
_TEXT, _DATE, _NUMBER = pl.String(), pl.Date(), pl.Float64()
SCHEMAS: dict[str, dict[str, Any]] = {
    "scenario__scenarios": {
        **dict.fromkeys(("scenario_id", "title", "question", "kind", "author", "source"), _TEXT),
        "is_in_fan": pl.Boolean(),
    },
    "scenario__steps": {
        "scenario_id": _TEXT,
        "step_number": pl.Int32(),
        **dict.fromkeys(("stated_operation", "operation", "why"), _TEXT),
        **dict.fromkeys(("names_goods", "names_partners"), pl.Boolean()),
        **dict.fromkeys(("valid_from", "valid_to", "as_on"), _DATE),
        **dict.fromkeys(("measure_rate", "rate_factor"), _NUMBER),
        **dict.fromkeys(("like_measure_id", "programme", "rate_component"), _TEXT),
    },
    "scenario__scopes": {
        "scenario_id": _TEXT,
        "step_number": pl.Int32(),
        **dict.fromkeys(("scope_kind", "scope_code"), _TEXT),
        "is_excluded": pl.Boolean(),
    },
}
#: Table -> what it holds.
TABLES = {
    "scenario__scenarios": "Scenarios: questions of what rates would be if the law were otherwise.",
    "scenario__steps": "What each step of a scenario does, and between which days.",
    "scenario__scopes": "Measures, partners and goods a step names or leaves out.",
}


def shipped() -> list[Scenario]:
    """The scenarios of scenarios/, a file each. Raises StatecraftError for one that is none."""
    found = [read(path) for path in sorted(SHIPPED.glob("*.yml"))]
    misnamed = [s.id for s, path in zip(found, sorted(SHIPPED.glob("*.yml")), strict=True) if s.id != path.stem]
    if misnamed:
        raise StatecraftError(f"Scenarios not named as their files: {', '.join(misnamed)}.", "Leave `id` out.")
    return found


def tables(scenarios: Iterable[Scenario], law: Path = LAW) -> dict[str, pl.DataFrame]:
    """Table name -> its rows."""
    held = list(scenarios)
    components = {row["programme"]: row["rate_component"] for row in rows("programmes", law)}
    kept = {
        "scenario__scenarios": [(s.id, s.title, s.question, s.kind, s.author, s.source, s.in_fan) for s in held],
        "scenario__steps": [row for s in held for row in _steps(s, components)],
        "scenario__scopes": [row for s in held for row in _scopes(s)],
    }
    return {name: pl.DataFrame(rows, schema=SCHEMAS[name], orient="row") for name, rows in kept.items()}


def _steps(scenario: Scenario, components: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for number, step in enumerate(scenario.steps, 1):
        begins, ends, law_of = step.window
        yield (
            scenario.id,
            number,
            step.operation,
            "hold" if step.operation == "shift" else step.operation,
            step.why,
            bool(step.products or step.products_except),
            bool(step.partners or step.partners_except),
            begins,
            ends or OPEN_END,
            law_of or OPEN_END,
            step.rate,
            step.factor,
            step.like,
            step.programme,
            components.get(step.programme or ""),
        )


def _scopes(scenario: Scenario) -> Iterator[tuple[Any, ...]]:
    for number, step in enumerate(scenario.steps, 1):
        for kind, code, is_excluded in _named(step):
            yield scenario.id, number, kind, code, is_excluded


def _named(step: Step) -> Iterator[tuple[str, str, bool]]:
    yield from (("measure", code, False) for code in step.measures)
    yield from (("measure", code, True) for code in step.measures_except)
    yield from (("programme", code, False) for code in step.programmes)
    yield from (("authority", code, False) for code in step.authorities)
    for kind, named, left_out in (
        ("partner", step.partners, step.partners_except),
        ("product", step.products, step.products_except),
    ):
        # What only leaves some out is about all others.
        yield from ((kind, code, False) for code in (named or (("ALL",) if left_out else ())))
        yield from ((kind, code, True) for code in left_out)
