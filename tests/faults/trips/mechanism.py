"""How a rule of a gate is tripped: good rows, one small fault a trip, and Great Expectations as judge of all of them.

Belongs here: reading trips, laying rows out as each gate finds them, and telling which rules each fault broke.
Does not belong here: rows and faults (landing/*.sql, release/*.sql, one file a suite) and assertions.

A file of trips holds `-- good` and below it the good rows, then `-- trip <rule>` and below it a fault, once or more a
rule; `with <rule>` names another rule that cannot but break too (a limit beyond a warning).

At the landing gate a fault changes `landing`, `vintages` or the source's other things by name. Each trip is a vintage
of its own beside the good one, and all are judged at once, as the gate does it.

At the release gate a fault changes {mart}, a copy of the good mart in a whole good release. Where millions of rows are
wanted, `-- bulk` selects rows of which only the number matters: only rules that count rows are tripped with them, by a
fault that makes {mart} anew out of {good}.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pipelines.contract import ThingSpec, all_specs
from pipelines.gates import EXPECTATIONS, RuleResult, judge
from pipelines.landing_gate import compares_editions
from tests.rules.repository import columns_of, released_models

FILES = Path(__file__).parent
GOOD = "good"
#: Schema of what is judged beside the good rows.
TRIPS = "trips"
#: Schema of good rows that their table shows beside its bulk.
APART = "apart"
SQL_RULE = "unexpected_rows_expectation"
VINTAGES = (
    f"vintage_id varchar default '{GOOD}', known_on date default date '2030-01-02', sequence integer default 0,"
    " row_count bigint, origin varchar default 'live', previous_vintage_id varchar, previous_row_count bigint,"
    " same_as varchar, is_candidate boolean default true"
)
Suite = dict[str, Any]


@dataclass(frozen=True)
class Trip:
    """One fault.

    name: of the vintage or copy it is made in: the rule's, numbered from the second on.
    also: rules that cannot but break with it.
    """

    name: str
    rule: str
    also: frozenset[str]
    fault: str


@dataclass(frozen=True)
class TripFile:
    """Good rows of one suite's table and the faults that trip its rules."""

    good: str
    bulk: str
    trips: tuple[Trip, ...]

    @property
    def expected(self) -> dict[str, set[str]]:
        """Trip -> the rule it breaks, and those it cannot but break; the good rows break none."""
        return {GOOD: set(), **{trip.name: {trip.rule, *trip.also} for trip in self.trips}}


def suites(gate: str) -> list[str]:
    """Tables that have a suite at this gate."""
    return sorted(path.stem for path in (EXPECTATIONS / gate).glob("*.json"))


def shipped_suite(gate: str, table: str) -> Suite:
    suite: Suite = json.loads((EXPECTATIONS / gate / f"{table}.json").read_text(encoding="utf-8"))
    return suite


def read_trips(gate: str, table: str) -> TripFile:
    """The file of trips of one suite."""
    text = (FILES / gate / f"{table}.sql").read_text(encoding="utf-8")
    _, *parts = re.split(r"^-- (?=(?:good|bulk)$|trip \w)", text, flags=re.MULTILINE)
    heads = [part.partition("\n") for part in parts]
    given = {head: sql for head, _, sql in heads}
    seen: Counter[str] = Counter()
    trips = []
    for head, _, sql in heads:
        if found := re.match(r"trip (\w+)(?: with (\w+))?", head):
            rule, also = found[1], frozenset(name for name in found.groups()[1:] if name)
            seen[rule] += 1
            trips.append(Trip(rule if seen[rule] == 1 else f"{rule}_{seen[rule]}", rule, also, sql))
    return TripFile(given[GOOD], given.get("bulk", ""), tuple(trips))


def landing_verdict(folder: Path, table: str) -> dict[str, set[str]]:
    """Trip -> rules it broke at the landing gate."""
    database, file, suite = folder / "gate.duckdb", read_trips("landing", table), shipped_suite("landing", table)
    in_sql, others = _split(suite, SQL_RULE)
    alone = {trip.name for trip in file.trips if trip.rule in _rules(others)}
    with duckdb.connect() as con:  # in memory: hundreds of small statements would each wait for the disk
        vintage_of = _lay_out_vintages(con, table, file)
        con.execute(f"attach '{database}' as gate; create schema gate.{TRIPS}")
        for relation in _floor(table):
            con.execute(f"create table gate.main.{relation} as from {relation}")
        for name in ("rest", *alone):
            mine = [v for v, trip in vintage_of.items() if (trip if trip in alone else "rest") == name]
            listed = ", ".join(f"'{vintage}'" for vintage in mine)
            con.execute(f"create table gate.{TRIPS}.{name} as from landing where vintage_id in ({listed})")
    relations: list[tuple[str, str | None, Suite]] = [("landing", None, in_sql)] if in_sql["expectations"] else []
    for name in ("rest", *sorted(alone)):
        relations.append((name, TRIPS, others))
    broken: dict[str, set[str]] = {name: set() for name in vintage_of.values()}
    for result in _broken(judge("landing", "", database, relations)):
        relation = result.table_name.removeprefix(f"{TRIPS}.")
        if relation in (*alone, "rest"):
            broken[GOOD if relation == "rest" else relation].add(result.rule)
        else:
            assert result.vintages, f"{table}: {result.sentence()} It names no vintage."
            for vintage in result.vintages:
                broken[vintage_of[vintage]].add(result.rule)
    return broken


def good_release(database: Path) -> Path:
    """A whole small release in which every rule holds, in the shape the models promise."""
    with duckdb.connect(str(database)) as con, _at_once(con):
        for schema in (APART, *sorted({model.layer for model in released_models()})):
            con.execute(f"create schema {schema}")
        for model in released_models():
            table, file = f"{model.layer}.{model.name}", read_trips("release", f"{model.layer}.{model.name}")
            columns = ", ".join(f"{c['name']} {_type(c['data_type'])}" for c in columns_of(model))
            con.execute(f"create table {f'{APART}.{model.name}' if file.bulk else table} ({columns})")
            if file.bulk:
                con.execute(f"create view {table} as from {APART}.{model.name} union all by name ({file.bulk})")
        for table in suites("release"):
            file, (_, name) = read_trips("release", table), table.split(".")
            con.execute(file.good.replace("{mart}", f"{APART}.{name}" if file.bulk else table))
    return database


def release_verdict(folder: Path, good: Path, table: str) -> dict[str, set[str]]:
    """Trip -> rules it broke at the release gate, judged in a copy of the good release."""
    database, file, suite = folder / "statecraft.duckdb", read_trips("release", table), shipped_suite("release", table)
    shutil.copyfile(good, database)
    counting, seeing = _split(suite, "expect_table_row_count_to_be_between")
    schema, mart = table.split(".")
    relations: list[tuple[str, str | None, Suite]] = [(mart, schema, suite)]
    with duckdb.connect(str(database)) as con, _at_once(con):
        con.execute(f"create schema {TRIPS}")
        for trip in file.trips:
            copy = f"{TRIPS}.{trip.name}"
            counts = file.bulk and trip.rule in _rules(counting)
            if not counts:
                con.execute(f"create table {copy} as from {f'{APART}.{mart}' if file.bulk else table}")
            con.execute(trip.fault.replace("{mart}", copy).replace("{good}", table))
            relations.append((trip.name, TRIPS, seeing if file.bulk and not counts else suite))
    broken: dict[str, set[str]] = {GOOD: set(), **{trip.name: set() for trip in file.trips}}
    for result in _broken(judge("release", "", database, relations)):
        name = GOOD if result.table_name == table else result.table_name.removeprefix(f"{TRIPS}.")
        broken[name].add(result.rule)
    return broken


@contextmanager
def _at_once(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """One transaction: hundreds of small statements would each wait for the disk."""
    con.execute("begin")
    yield
    con.execute("commit")


def _broken(results: list[RuleResult]) -> list[RuleResult]:
    """Rules that did not pass. One that could not be evaluated broke nothing: it is itself broken."""
    for result in results:
        assert not result.observed.startswith("could not be evaluated"), result.sentence()
    return [result for result in results if not result.passed]


def _split(suite: Suite, kind: str) -> tuple[Suite, Suite]:
    """The rules of one kind, and the others."""
    of_kind = [rule for rule in suite["expectations"] if rule["type"] == kind]
    others = [rule for rule in suite["expectations"] if rule["type"] != kind]
    return {**suite, "expectations": of_kind}, {**suite, "expectations": others}


def _rules(suite: Suite) -> set[str]:
    return {rule["meta"]["rule"] for rule in suite["expectations"]}


@cache
def _floor(table: str) -> dict[str, str]:
    """Relation -> columns, as landing_gate.py lays them out: candidates, vintages, the source's other things."""
    source, thing = table.split("__")
    spec = all_specs()[source]
    others = {name: _columns(each) for name, each in spec.things.items() if name != thing}
    floor = {"landing": _columns(spec.things[thing]), "vintages": VINTAGES, **others}
    if compares_editions(shipped_suite("landing", table)):
        floor["previous"] = floor["landing"]
    return floor


def _type(kind: str) -> str:
    """The type of a contract (text) or of a model (string) in DuckDB's words."""
    return {"text": "varchar", "string": "varchar"}.get(kind, kind)


def _columns(thing: ThingSpec) -> str:
    stated = [f"{c} {_type(kind)}" for c, kind in {**thing.columns, **thing.carried}.items()]
    clocks = "known_from date default date '2030-01-02', known_to date default date '9999-12-31'"
    return f"vintage_id varchar default '{GOOD}', {', '.join(stated)}, {clocks}"


def _lay_out_vintages(con: duckdb.DuckDBPyConnection, table: str, file: TripFile) -> dict[str, str]:
    """All trips and the good rows as vintages in one place. Returns vintage -> trip."""
    floor = _floor(table)
    con.execute(f"create schema {GOOD}")
    for schema in ("main", GOOD):
        for relation, columns in floor.items():
            con.execute(f"create table {schema}.{relation} ({columns})")
    con.execute(f"set schema = '{GOOD}'")
    con.execute(file.good)
    vintage_of = {}
    for name, fault in ((GOOD, ""), *((trip.name, trip.fault) for trip in file.trips)):
        con.execute("create schema fault; set schema = 'fault'")
        for relation, columns in floor.items():
            con.execute(f"create table {relation} ({columns}); insert into {relation} from {GOOD}.{relation}")
        con.execute(fault)
        for relation in floor:
            con.execute(f"update {relation} set vintage_id = '{name}' where vintage_id = '{GOOD}'")
            con.execute(f"insert into main.{relation} from {relation}")
        for (vintage,) in con.execute("select distinct vintage_id from vintages").fetchall():
            assert vintage not in vintage_of, f"two trips make a vintage {vintage}"
            vintage_of[vintage] = name
        con.execute("set schema = 'main'; drop schema fault cascade")
    return vintage_of
