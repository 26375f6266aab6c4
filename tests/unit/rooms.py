"""A toy publisher for the tests of the engine's rooms: one whole list, one thing with cells, and their vintages.

Belongs here: what several unit tests need to set a room up. Does not belong here: assertions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import polars as pl
import pytest

from pipelines import orchestrate
from pipelines.contract import BackfillSpec, CadenceSpec, Parsed, PartitionSpec, SourceSpec, ThingSpec
from pipelines.files import sha256_of
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings
from pipelines.warehouse import SyncReport, Warehouse

DAY_0 = date(2025, 1, 1)
JANUARY, FEBRUARY = date(2024, 1, 1), date(2024, 2, 1)

LIST = ThingSpec(
    title="A list",
    key=["entry"],
    columns={"entry": "text", "name": "text", "share": "double", "rank": "integer", "listed_on": "date"},
    carried={"printed": "text"},
)
FLOWS = ThingSpec(
    title="Trade in cells",
    key=["level", "period_start", "code"],
    cell=["level", "period_start"],
    partition=PartitionSpec(by=["level"], period="period_start", month_levels=["HTS10"]),
    columns={"level": "text", "period_start": "date", "code": "text", "value": "bigint", "duty": "bigint"},
    carried={"printed": "text"},
)

#: A cell: product level and first day of its month.
Cell = tuple[str, date]
#: Rows of a vintage of FLOWS: cell -> code -> (value, duty).
Rows = Mapping[Cell, Mapping[str, tuple[int | None, int | None]]]


def released_figures(folder: Path) -> Path:
    """A released database of one table and one macro, for strangers' SQL. Returns the folder it was written into."""
    with duckdb.connect() as con:
        con.execute(f"attach '{folder / 'statecraft.duckdb'}' as release (storage_version 'v1.4.0')")
        con.execute("use release")
        con.execute("create schema core")
        con.execute("create table core.figures as select i as code, 'name ' || i as name from range(10) as t(i)")
        con.execute("create macro core.figure_of(wanted) as table select * from core.figures where code = wanted")
    return folder


def toy_spec(name: str = "toy", redistributable: bool = True) -> SourceSpec:
    """A source of two things."""
    return SourceSpec(
        name=name,
        title="Toy figures",
        publisher="Office of Toys",
        homepage="https://toys.example",
        licence="public domain",
        licence_url="https://toys.example/licence",
        redistributable=redistributable,
        cadence=CadenceSpec(words="daily", cron="0 9 * * *", stale_after_days=7),
        backfill=BackfillSpec(by="month", words="What a month states today."),
        things={"list": LIST, "flows": FLOWS},
        runbook={"refused": "Ask the office."},
    )


def toy_settings(folder: Path) -> Settings:
    """A warehouse of its own below a test's folder."""
    return Settings(home=folder / "home", memory_limit="300MB", threads=1)


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def list_vintage(number: int, names: Mapping[str, str], **changed: Any) -> Parsed:
    """A vintage of the list on day `number`: entry -> name. changed: other fields of Parsed."""
    rows = [{"entry": entry, "name": name, "share": 0.5, "printed": f"{entry} {name}"} for entry, name in names.items()]
    frame = pl.DataFrame(rows, schema=LIST.schema)
    facts: dict[str, Any] = {"frame": frame, "known_on": day(number), "vintage_id": f"list-{number}"}
    return _parsed("list", {**facts, **changed})


def flow_vintage(number: int, rows: Rows, **changed: Any) -> Parsed:
    """A vintage of the flows on day `number`. Its cells are those of `rows`; a cell without codes is declared empty."""
    records = [
        {"level": level, "period_start": month, "code": code, "value": value, "duty": duty, "printed": str(value)}
        for (level, month), codes in rows.items()
        for code, (value, duty) in codes.items()
    ]
    frame = pl.DataFrame(records, schema=FLOWS.schema)
    stated = changed.get("columns")
    if stated is not None:
        frame = frame.drop([c for c in FLOWS.values if c not in stated])
    cells = pl.DataFrame(list(rows), schema={"level": pl.String, "period_start": pl.Date}, orient="row")
    facts = {"frame": frame, "cells": cells, "known_on": day(number), "vintage_id": f"flows-{number}"}
    return _parsed("flows", {**facts, **changed})


def _parsed(thing: str, facts: dict[str, Any]) -> Parsed:
    frame: pl.DataFrame = facts["frame"]
    content = json.dumps([frame.to_dicts(), str(facts.get("cells"))], default=str).encode()
    return Parsed(thing=thing, **{"sha256": sha256_of(content), **facts})


def accept(settings: Settings, spec: SourceSpec, *parsed: Parsed) -> list[Vintage]:
    """Land vintages and let them past the gate."""
    landing = Landing(settings)
    return [landing.mark([landing.land(spec, one, "file")], "accepted")[0] for one in parsed]


def sync(settings: Settings, thing: str = "flows", spec: SourceSpec | None = None) -> SyncReport:
    return Warehouse(settings).sync(spec or toy_spec(), thing)


def raw_rows(settings: Settings, table: str = "toy__flows") -> list[dict[str, Any]]:
    """All change-coded rows of a table, in the order of its files."""
    files = sorted(Warehouse(settings).files(table))
    return [row for file in files for row in pl.read_parquet(file).to_dicts()]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its relative path."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def folders_of(vintages: Sequence[Vintage]) -> list[str]:
    return [v.folder for v in vintages]


@contextmanager
def instance_of(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """The Dagster instance a service of this warehouse has, not one in memory."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DAGSTER_HOME", "STATECRAFT_HOME"):
            patch.setenv(name, "")  # put back afterwards: preparing a home sets them
        orchestrate.prepare_home(settings)
        with dg.DagsterInstance.get() as found:
            yield found
