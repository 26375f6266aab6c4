"""The source contract: what a folder below pipelines/sources promises, and the records that pass through it.

A source is a folder: `source.yml` (read here), `fetch.py` (publisher -> bytes), `parse.py` (bytes -> typed records).
Belongs here: the shape of that contract. Does not belong here: anything that differs between sources.

    fetch.py:  fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]
    parse.py:  parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.endpoints import VARIABLE, led_elsewhere
from pipelines.quota import Quota
from pipelines.span import Span

SOURCES = Path(__file__).parent / "sources"
OPEN_END = date(9999, 12, 31)
#: Stands in the names of vintages that answer a question about a month asked for by name, before the day it was put.
#: The everyday fetch goes by its own answers: such a month says nothing about those before and after it.
BACKFILLED = "_backfill_"
Precision = Literal["day", "month", "year"]

#: Column types a thing may declare, and the Polars type each is landed as.
TYPES: dict[str, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int32(),
    "bigint": pl.Int64(),
    "double": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PartitionSpec(Strict):
    """How raw is cut into files: by the values of `by`, and by the month or year of `period`.

    `month_levels`: values of the first `by` column whose files are cut by month; all others are cut by year.
    """

    by: list[str] = []
    period: str | None = None
    month_levels: list[str] = []


class ThingSpec(Strict):
    """One table a source delivers.

    key: identifies a row within a vintage.  cell: the part of the key in which scope is declared ([] = one whole list).
    columns: compared columns and their types (key included).  carried: printed text that rides along uncompared.
    """

    title: str
    key: list[str]
    cell: list[str] = []
    partition: PartitionSpec = PartitionSpec()
    columns: dict[str, str]
    carried: dict[str, str] = {}

    @model_validator(mode="after")
    def _coherent(self) -> ThingSpec:
        missing = [c for c in [*self.key, *self.cell] if c not in self.columns]
        unknown = [t for t in [*self.columns.values(), *self.carried.values()] if t not in TYPES]
        if missing or unknown or not set(self.cell) <= set(self.key):
            raise ValueError(
                f"key/cell columns not declared: {missing}; unknown types: {unknown}; cell must be part of key"
            )
        cut = [*self.partition.by, *([self.partition.period] if self.partition.period else [])]
        dated = self.partition.period is None or self.columns.get(self.partition.period) == "date"
        if not set(cut) <= set(self.cell) or not dated:
            raise ValueError(f"partition columns {cut} must be part of cell {self.cell}, and its period a date")
        if self.partition.month_levels and not (self.partition.by and self.partition.period):
            raise ValueError("month_levels are values of the first column of partition.by, and need a period")
        return self

    @property
    def values(self) -> list[str]:
        """Compared columns that are not part of the key."""
        return [c for c in self.columns if c not in self.key]

    @property
    def schema(self) -> dict[str, pl.DataType]:  # type: ignore[override]
        """Column name -> Polars type of a landed frame, key first as declared."""
        return {c: TYPES[t] for c, t in {**self.columns, **self.carried}.items()}


class CadenceSpec(Strict):
    """How often the publisher speaks. cron is in `timezone`; `stale_after_days` counts from the newest vintage held."""

    words: str
    cron: str
    timezone: str = "America/New_York"
    stale_after_days: int


class BackfillSpec(Strict):
    """What a publisher can be asked for again.

    by: how much of its past one step of a backfill asks for; "none" where it offers only the present.
    words: what comes; or, where nothing can be asked for, how the past gets in.
    """

    by: Literal["month", "year", "none"]
    words: str


class SourceSpec(Strict):
    """`source.yml`, as an economist reads it.

    keyless_calls_a_day: questions put to the publisher's host a day while the key of `key_environment` is not set.
    keyed_calls_a_day: the same while it is set.
    """

    name: str = ""
    title: str
    publisher: str
    homepage: str
    licence: str
    licence_url: str
    redistributable: bool
    cadence: CadenceSpec
    backfill: BackfillSpec
    endpoints: dict[str, str] = {}
    key_environment: str | None = None
    keyless_calls_a_day: int | None = None
    keyed_calls_a_day: int | None = None
    ignored_fields: dict[str, str] = Field(default_factory=dict)
    things: dict[str, ThingSpec]
    runbook: dict[str, str]

    def table(self, thing: str) -> str:
        """Name below landing/ and raw/: `<source>__<thing>`."""
        return f"{self.name}__{thing}"


@dataclass(frozen=True)
class Fetched:
    """One file as the publisher sent it. url carries no secret. published_on: the publisher's own date, if stated."""

    name: str
    content: bytes
    url: str
    vintage_id: str | None = None
    published_on: date | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FetchState:
    """What is already held: vintage ids, and per url the validators (ETag, Last-Modified) of the last answer.

    quota: how many questions may still be put today; None where the publisher sets no bound.
    wanted: months asked for by name, whatever is held of them; None where what is not held is asked for, as every day.
    """

    vintage_ids: frozenset[str] = frozenset()
    validators: dict[str, dict[str, str]] = field(default_factory=dict)
    today: date | None = None
    newest_known_on: date | None = None
    quota: Quota | None = None
    wanted: Span | None = None


@dataclass(frozen=True)
class DeliveredFile:
    """A file taken out of the archive: verified bytes, uncompressed if the publisher's file was gzip."""

    name: str
    content: bytes
    sha256: str
    url: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class Delivery:
    """Files that arrived together. known_on and vintage_id, where given, override what the parser would infer."""

    files: tuple[DeliveredFile, ...]
    vintage_id: str | None = None
    known_on: date | None = None
    known_precision: Precision = "day"
    sequence: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction:
    """A known error of the publisher that was repaired in this vintage."""

    key: str
    column_name: str
    published_value: str
    corrected_value: str
    reason: str
    status: str


@dataclass(frozen=True)
class Parsed:
    """One vintage of one thing.

    frame: ThingSpec.schema columns; columns outside `columns` may be missing (they are landed as NULL: unstated).
    cells: the declared scope, one row a cell over ThingSpec.cell (None = whole list). A cell without rows is *empty*.
    columns: compared columns this vintage states (None = all).  has_rows: whether it decides which rows exist.
    """

    thing: str
    vintage_id: str
    known_on: date
    sha256: str
    frame: pl.DataFrame
    known_precision: Precision = "day"
    sequence: int = 0
    cells: pl.DataFrame | None = None
    columns: tuple[str, ...] | None = None
    has_rows: bool = True
    url: str = ""
    corrections: tuple[Correction, ...] = ()


def load_spec(name: str) -> SourceSpec:
    """Read `pipelines/sources/<name>/source.yml`. Raises ValueError naming the field that breaks the contract."""
    text = (SOURCES / name / "source.yml").read_text(encoding="utf-8")
    return SourceSpec.model_validate({**yaml.safe_load(text), "name": name})


def all_specs() -> dict[str, SourceSpec]:
    """Every source folder, by name, at the addresses this machine asks. Adding a folder adds a source."""
    return specs_in(SOURCES, os.environ.get(VARIABLE))


@lru_cache(maxsize=2)
def specs_in(folder: Path, elsewhere: str | None) -> dict[str, SourceSpec]:
    """What these folders state, read once. elsewhere: the file of other addresses."""
    specs = {name: load_spec(name) for name in sorted(p.parent.name for p in folder.glob("*/source.yml"))}
    return led_elsewhere(specs) if elsewhere else specs


def _module(name: str, part: str) -> ModuleType:
    return importlib.import_module(f"pipelines.sources.{name}.{part}")


def parser(name: str) -> Callable[[Delivery, SourceSpec], Iterator[Parsed]]:
    """The source's `parse` function."""
    parse: Callable[[Delivery, SourceSpec], Iterator[Parsed]] = _module(name, "parse").parse
    return parse


def fetcher(name: str) -> Callable[..., Iterator[Fetched]]:
    """The source's `fetch` function."""
    fetch: Callable[..., Iterator[Fetched]] = _module(name, "fetch").fetch
    return fetch
