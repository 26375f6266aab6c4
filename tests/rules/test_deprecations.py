"""The contract is kept: a promised column goes only after it was announced, in time and where readers see it.

Belongs here: removal and its announcement, type, unit and grain (docs/contract.md). Does not belong here: that columns
are described at all (test_documentation.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.released_sql import released
from tests.rules.repository import ROOT, columns_of, meta_of, released_models, yaml_entries

#: The promised columns.
CONTRACT = Path(__file__).with_name("contract.csv")
DEPRECATIONS = ROOT / "docs" / "deprecations.csv"
NOTICE = timedelta(days=180)
#: Number of the contract's first rows -> sha256 of their lines. New promises go at its end and get a seal of their own
#: here; a seal once set stays, so that no promise is dropped or reworded beneath it.
SEALS = {811: "f2718b165573fa01614c62629f445ddca1177b3d6446091d1d5c5ecb09b83f38"}

Column = tuple[str, str, str]


class Promise(NamedTuple):
    """What is promised of a column besides its name. data_type: as the models name it."""

    data_type: str
    unit: str
    in_grain: bool


class Deprecation(NamedTuple):
    """One row of docs/deprecations.csv."""

    column: Column
    announced_on: date
    goes_on: date
    successor: str
    reason: str


def contract_lines() -> list[str]:
    """The rows of the contract as they stand in the file."""
    return CONTRACT.read_text(encoding="utf-8").splitlines()[1:]


def promised() -> dict[Column, Promise]:
    return {
        (schema, table, column): Promise(data_type, unit, in_grain == "yes")
        for schema, table, column, data_type, unit, in_grain in csv.reader(contract_lines())
    }


def kept() -> dict[Column, Promise]:
    """Every released column as it is: a view states no grain."""
    found = {}
    for model in released_models():
        grain = meta_of(yaml_entries("models")[model.name])["grain"]
        for column in columns_of(model):
            promise = Promise(column["data_type"], meta_of(column).get("unit", ""), column["name"] in grain)
            found[model.layer, model.name, column["name"]] = promise
    return found | {
        (v.schema, v.name, c.name): Promise(c.data_type, c.unit, False) for v in released() for c in v.columns
    }


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


def altered(promises: dict[Column, Promise], there: dict[Column, Promise]) -> list[str]:
    """Promised columns that are of another type or unit, and promised tables of another grain, in words."""
    wrong = []
    for column, promise in sorted(promises.items()):
        for word, said, is_now in zip(
            ("type", "unit", "part in the grain"), promise, there.get(column, ()), strict=False
        ):
            if said != is_now:
                wrong.append(f"{'.'.join(column)}: its {word} is promised as {said!r} and is {is_now!r}")
    tables = {column[:2] for column in promises}
    for column, is_now in sorted(there.items()):
        if is_now.in_grain and column[:2] in tables and column not in promises:
            wrong.append(f"{'.'.join(column)} is new in the grain of a promised table")
    return wrong


def unsealed(lines: list[str], seals: dict[int, str]) -> list[str]:
    """What of the contract's lines does not stand as it was sealed, in words."""
    wrong = [
        f"the first {count} rows are not those promised: put back what was removed or changed, add at the end"
        for count, seal in seals.items()
        if sha256("\n".join(lines[:count]).encode()).hexdigest() != seal
    ]
    names = [line.split(",")[:3] for line in lines]
    wrong += [f"{'.'.join(name)} is promised twice" for at, name in enumerate(names) if name in names[:at]]
    if len(lines) not in seals:
        digest = sha256("\n".join(lines).encode()).hexdigest()
        wrong.append(f"{len(lines)} rows have no seal; if the new ones stand at the end, add {len(lines)}: {digest}")
    return wrong


def test_what_is_promised_is_there_or_was_announced_in_time() -> None:
    assert broken(promised(), held(), deprecations(), date.today()) == []


def test_type_unit_and_grain_are_as_promised() -> None:
    assert altered(promised(), kept()) == []


def test_the_contract_only_grows() -> None:
    assert unsealed(contract_lines(), SEALS) == []


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


def test_another_type_unit_or_grain_under_a_promised_name_is_found() -> None:
    rate, month = ("core", "fct_toy", "rate"), ("core", "fct_toy", "month")
    promises = {rate: Promise("double", "fraction of customs value", False), month: Promise("date", "", True)}
    assert altered(promises, promises | {("core", "fct_other", "day"): Promise("date", "", True)}) == []
    for changed, words in (
        ({rate: promises[rate]._replace(data_type="string")}, "its type is promised as 'double' and is 'string'"),
        ({rate: promises[rate]._replace(unit="percent")}, "its unit is promised as 'fraction of customs value'"),
        ({month: promises[month]._replace(in_grain=False)}, "its part in the grain is promised as True"),
        ({("core", "fct_toy", "line"): Promise("string", "", True)}, "core.fct_toy.line is new in the grain"),
    ):
        [found] = altered(promises, promises | changed)
        assert words in found


def test_a_promise_dropped_swapped_repeated_or_unsealed_is_found() -> None:
    lines = contract_lines()
    assert any("not those promised" in each for each in unsealed(lines[:-1], SEALS))
    assert any("not those promised" in each for each in unsealed([*lines[1:], "core,fct_toy,rate,double,,"], SEALS))
    assert "core.dim_partner.iso2 is promised twice" in unsealed([*lines, "core,dim_partner,iso2,string,,"], SEALS)
    [found] = unsealed([*lines, "core,fct_toy,rate,double,,"], SEALS)
    assert f"add {len(lines) + 1}: " in found
