"""The contract is kept: a promised column goes only after it was announced, in time and where readers see it.

Belongs here: removal and its announcement (docs/contract.md). Does not belong here: that columns are described at all
(test_documentation.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from pipelines.released_sql import released
from tests.rules.repository import ROOT, columns_of, released_models
from tests.rules.test_documentation import CONTRACT

DEPRECATIONS = ROOT / "docs" / "deprecations.csv"
NOTICE = timedelta(days=180)
#: Rows the contract had when this was last raised: it only grows.
PROMISED_AT_LEAST = 793

Column = tuple[str, str, str]


class Deprecation(NamedTuple):
    """One row of docs/deprecations.csv."""

    column: Column
    announced_on: date
    goes_on: date
    successor: str
    reason: str


def promised() -> set[Column]:
    with CONTRACT.open(encoding="utf-8", newline="") as file:
        return {(r["schema_name"], r["table_name"], r["column_name"]) for r in csv.DictReader(file)}


def held() -> dict[Column, str]:
    """Every released column with its description."""
    found = {(m.layer, m.name, c["name"]): c["description"] for m in released_models() for c in columns_of(m)}
    return found | {(v.schema, v.name, c.name): c.description for v in released() for c in v.columns}


def deprecations() -> list[Deprecation]:
    with DEPRECATIONS.open(encoding="utf-8", newline="") as file:
        return [
            Deprecation(
                (row["schema_name"], row["table_name"], row["column_name"]),
                date.fromisoformat(row["announced_on"]),
                date.fromisoformat(row["goes_on"]),
                row["successor"],
                row["reason"],
            )
            for row in csv.DictReader(file)
        ]


def broken(columns: Iterable[Column], there: dict[Column, str], announced: list[Deprecation], today: date) -> list[str]:
    """What is wrong, in words."""
    by_column = {each.column: each for each in announced}
    wrong = []
    for column in sorted(columns):
        name, notice = ".".join(column), by_column.get(column)
        if column not in there and notice is None:
            wrong.append(f"{name} is promised and gone: announce it first")
        elif column not in there and notice and today < notice.goes_on:
            wrong.append(f"{name} is gone before {notice.goes_on}, the day announced")
    for each in announced:
        name, said = ".".join(each.column), there.get(each.column)
        if each.column not in columns:
            wrong.append(f"{name} is deprecated and was never promised")
        if each.goes_on - each.announced_on < NOTICE or not each.successor or not each.reason:
            wrong.append(f"{name} needs {NOTICE.days} days' notice, a successor and a reason")
        words = ("Deprecated", str(each.goes_on), each.successor)
        if said is not None and not (said.startswith(words[0]) and all(word in said for word in words)):
            wrong.append(f"{name}: its description begins with Deprecated, and names the day and the successor")
    return wrong


def test_what_is_promised_is_there_or_was_announced_in_time() -> None:
    assert broken(promised(), held(), deprecations(), date.today()) == []


def test_the_contract_only_grows() -> None:
    assert len(promised()) >= PROMISED_AT_LEAST


OLD, NEW = ("core", "fct_toy", "rate"), ("core", "fct_toy", "toy_rate")
SAID = "Deprecated: goes on 2026-12-31, use core.fct_toy.toy_rate."
NOTICED = Deprecation(OLD, date(2026, 6, 1), date(2026, 12, 31), "core.fct_toy.toy_rate", "One name, one meaning.")


@pytest.mark.parametrize(
    ("there", "announced", "today", "words"),
    [
        ({OLD: "A rate.", NEW: "A rate."}, [], date(2026, 6, 1), None),
        ({NEW: "A rate."}, [], date(2026, 6, 1), "gone: announce it first"),
        ({OLD: SAID, NEW: "A rate."}, [NOTICED], date(2026, 6, 1), None),
        ({NEW: "A rate."}, [NOTICED], date(2026, 12, 30), "gone before 2026-12-31"),
        ({NEW: "A rate."}, [NOTICED], date(2026, 12, 31), None),
        ({OLD: "A rate.", NEW: ""}, [NOTICED], date(2026, 6, 1), "its description begins with Deprecated"),
        ({OLD: SAID, NEW: ""}, [NOTICED._replace(announced_on=date(2026, 12, 1))], date(2026, 12, 2), "180 days"),
        ({OLD: SAID, NEW: ""}, [NOTICED._replace(column=NEW)], date(2026, 6, 1), "never promised"),
    ],
)
def test_a_removal_without_its_announcement_is_found(
    there: dict[Column, str], announced: list[Deprecation], today: date, words: str | None
) -> None:
    wrong = broken({OLD}, there, announced, today)
    assert (wrong == []) if words is None else any(words in each for each in wrong)
