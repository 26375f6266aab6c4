"""The landing floor: typed vintages as Parquet, each with its record, waiting for the gate or past it.

Belongs here: writing a parsed vintage down, and the ledger of what was accepted, refused or withdrawn.
Does not belong here: rules about content (expectations/landing) and change-coding (vintages.py).

On disk below `landing/<source>__<thing>/<folder>/`:
    <partition>.parquet   rows of one raw partition, with constant known_from and open known_to
    cells.parquet         the declared scope, where it is not the whole list
    vintage.json          the record, with the others' checksums; written last, so a folder without it never happened
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import polars as pl

from pipelines.checksums import of_file
from pipelines.contract import OPEN_END, Correction, Parsed, PartitionSpec, Precision, SourceSpec, ThingSpec
from pipelines.errors import DamagedError, LandingError
from pipelines.files import read_json, write_json
from pipelines.settings import Settings

Status = Literal["candidate", "accepted", "refused", "withdrawn"]
WHOLE_LIST = "all"


@dataclass(frozen=True)
class Vintage:
    """One snapshot of one thing. Held means accepted and not withdrawn: raw is a function of the held ones.

    partitions: rows per raw partition in scope (0 = declared empty).  columns: compared columns stated (None = all).
    origin: "pack", "live" or "file".  checksums: name of each file beside the record -> sha256; none are kept of
    vintages landed before there were any.
    """

    source: str
    thing: str
    vintage_id: str
    known_on: date
    known_precision: Precision
    sequence: int
    sha256: str
    columns: tuple[str, ...] | None
    has_rows: bool
    partitions: dict[str, int]
    row_count: int
    scope: str
    url: str
    origin: str
    ingested_at: datetime
    status: Status = "candidate"
    reason: str = ""
    corrections: tuple[Correction, ...] = ()
    checksums: dict[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        return f"{self.source}__{self.thing}"

    @property
    def folder(self) -> str:
        """Identity on disk: the same bytes, scope and day always give the same folder."""
        return folder_of(self.known_on, self.sequence, self.vintage_id, self.sha256)

    @property
    def order(self) -> tuple[date, int, str, str]:
        """Publisher's order. vintage_id breaks the tie of two scopes cut from the same bytes."""
        return (self.known_on, self.sequence, self.sha256, self.vintage_id)


def folder_of(known_on: date, sequence: int, vintage_id: str, sha256: str) -> str:
    """Name of the folder in which a vintage lies."""
    words = re.sub(r"[^A-Za-z0-9_-]+", "-", vintage_id)
    return f"{known_on:%Y-%m-%d}_{sequence:04d}_{words}_{sha256[:12]}"


def partition_expression(spec: PartitionSpec) -> pl.Expr:
    """Name of the raw partition a row or cell belongs to ("all" when the thing is one file)."""
    if not spec.by and spec.period is None:
        return pl.lit(WHOLE_LIST)
    parts = [pl.col(name).cast(pl.String) for name in spec.by]
    if spec.period:
        year = pl.col(spec.period).dt.strftime("%Y")
        if spec.month_levels:
            month = pl.col(spec.period).dt.strftime("%Y-%m")
            year = pl.when(pl.col(spec.by[0]).is_in(spec.month_levels)).then(month).otherwise(year)
        parts.append(year)
    return pl.concat_str(parts, separator="-")


def typed_frame(spec: SourceSpec, thing: ThingSpec, parsed: Parsed) -> pl.DataFrame:
    """The frame in exactly the contract's columns and types.

    Raises LandingError on a column the contract does not know, a key without a value, or a value that is not a number.
    """

    def refuse(rule: str, what: str, rows: list[Any], action: str) -> LandingError:
        return LandingError(what, action, source=spec.name, file=parsed.vintage_id, rule=rule, rows=rows)

    unknown = [c for c in parsed.frame.columns if c not in thing.schema]
    if unknown:
        raise refuse("unknown_column", f"columns {unknown} are not in the contract", [], "Add them to source.yml.")
    stated = set(parsed.columns) if parsed.columns is not None else set(thing.columns)
    absent = [c for c in [*thing.key, *stated] if c not in parsed.frame.columns]
    if absent:
        raise refuse(
            "missing_column", f"columns {sorted(set(absent))} are missing", [], "Look at the publisher's header."
        )
    try:
        frame = parsed.frame.select(
            pl.col(name).cast(kind, strict=True) if name in parsed.frame.columns else pl.lit(None, kind).alias(name)
            for name, kind in thing.schema.items()
        )
    except pl.exceptions.PolarsError as error:
        raise refuse("bad_type", str(error).splitlines()[0], [], "Compare the file with source.yml.") from error
    for name in _castable(parsed.frame, thing):
        given = pl.col(name)
        lossy = parsed.frame.filter(given.cast(thing.schema[name]).cast(parsed.frame.schema[name]).ne_missing(given))
        if lossy.height:
            what = f"values of {name} do not fit the declared type"
            raise refuse("bad_type", what, lossy.head(5).rows(), "Compare the file with source.yml.")
    floats = [c for c, kind in thing.schema.items() if kind.is_float()]
    if floats:
        broken = frame.filter(pl.any_horizontal(pl.col(floats).is_nan() | pl.col(floats).is_infinite()))
        if broken.height:
            raise refuse("not_a_number", "a figure is NaN or infinite", broken.head(5).rows(), "Ask the publisher.")
        frame = frame.with_columns(pl.col(floats) + 0.0)  # minus zero becomes zero
    keyless = frame.filter(pl.any_horizontal(pl.col(thing.key).is_null()))
    if keyless.height:
        raise refuse("key_missing", "a row has no key", keyless.head(5).rows(), "Look at these rows in the file.")
    return frame


def _castable(frame: pl.DataFrame, thing: ThingSpec) -> list[str]:
    """Columns whose numbers or moments a cast might quietly cut (1.5 to 1, a time to its day)."""
    return [
        name
        for name, given in frame.schema.items()
        if given != thing.schema[name]
        and (given.is_numeric() or given.is_temporal())
        and thing.schema[name] != pl.String()
    ]


class Landing:
    """The ledger of one warehouse's vintages."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.landing

    def path(self, vintage: Vintage) -> Path:
        return self.folder / vintage.table / vintage.folder

    def file(self, vintage: Vintage, partition: str) -> Path | None:
        """Landing file of one partition; None where the vintage declares it empty."""
        return self.path(vintage) / f"{partition}.parquet" if vintage.partitions.get(partition) else None

    def cells(self, vintage: Vintage) -> pl.DataFrame | None:
        """The declared scope with its `partition` column; None for a whole list."""
        path = self.path(vintage) / "cells.parquet"
        return pl.read_parquet(path) if path.exists() else None

    def vintages(self, table: str | None = None, status: Status | None = None) -> list[Vintage]:
        """Recorded vintages in publisher's order."""
        records = [_read(path) for path in self.folder.glob(f"{table or '*'}/*/vintage.json")]
        found = (v for v in records if v is not None and status in (None, v.status))
        return sorted(found, key=lambda v: (v.table, *v.order))

    def known(self, table: str, known_on: date, sequence: int, vintage_id: str, sha256: str) -> Vintage | None:
        """The record of these very bytes, day and name, if there is one."""
        path = self.folder / table / folder_of(known_on, sequence, vintage_id, sha256) / "vintage.json"
        return _read(path) if path.exists() else None

    def land(self, spec: SourceSpec, parsed: Parsed, origin: str, again: bool = False) -> Vintage:
        """Write one parsed vintage down as a candidate; the same bytes, scope and day again change nothing."""
        return self.record([self.prepare(spec, parsed, origin, again)])[0]

    def record(self, prepared: Sequence[Vintage]) -> list[Vintage]:
        """Put prepared vintages on record: from here on they are candidates."""
        for vintage in prepared:
            self._write(vintage)
        return list(prepared)

    def prepare(self, spec: SourceSpec, parsed: Parsed, origin: str, again: bool = False) -> Vintage:
        """Write one parsed vintage's files; it is no candidate before `record`, so that a delivery enters whole.

        The same bytes, scope and day as on record change nothing.
        again: a refused vintage is written anew (its parser or its suite may have been mended since).
        """
        table = spec.table(parsed.thing)
        before = self.known(table, parsed.known_on, parsed.sequence, parsed.vintage_id, parsed.sha256)
        if before is not None and not (again and before.status == "refused"):
            return before
        thing = spec.things[parsed.thing]
        frame = typed_frame(spec, thing, parsed).with_columns(
            pl.lit(parsed.known_on).cast(pl.Date).alias("known_from"), pl.lit(OPEN_END).cast(pl.Date).alias("known_to")
        )
        cells = self._declared_cells(spec, thing, parsed)
        name = partition_expression(thing.partition).alias("partition")
        pieces = {
            str(key[0]): piece
            for key, piece in frame.with_columns(name).partition_by("partition", as_dict=True).items()
        }
        in_scope = cells["partition"].unique().sort().to_list() if cells is not None else [WHOLE_LIST]
        vintage = Vintage(
            source=spec.name,
            thing=parsed.thing,
            vintage_id=parsed.vintage_id,
            known_on=parsed.known_on,
            known_precision=parsed.known_precision,
            sequence=parsed.sequence,
            sha256=parsed.sha256,
            columns=parsed.columns,
            has_rows=parsed.has_rows,
            partitions={p: pieces[p].height if p in pieces else 0 for p in in_scope},
            row_count=frame.height,
            scope=_scope_words(thing, parsed, cells),
            url=parsed.url,
            origin=origin,
            ingested_at=datetime.now(UTC),
            corrections=parsed.corrections,
        )
        folder = self.path(vintage)
        shutil.rmtree(folder, ignore_errors=True)  # a half-written folder of a killed run
        folder.mkdir(parents=True)
        for partition, piece in pieces.items():
            # In key order. A key sorted as one struct, partition by partition, takes a quarter of the time.
            piece.drop("partition").sort(pl.struct(thing.key)).write_parquet(
                folder / f"{partition}.parquet", compression="zstd", compression_level=1
            )
        if cells is not None:
            cells.write_parquet(folder / "cells.parquet")
        return replace(vintage, checksums={p.name: of_file(p) for p in sorted(folder.glob("*.parquet"))})

    def mark(self, vintages: Iterable[Vintage], status: Status, reason: str = "") -> list[Vintage]:
        """Record what became of vintages; nothing is ever deleted."""
        marked = [replace(v, status=status, reason=reason) for v in vintages]
        for vintage in marked:
            self._write(vintage)
        return marked

    def _write(self, vintage: Vintage) -> None:
        write_json(self.path(vintage) / "vintage.json", asdict(vintage))

    def _declared_cells(self, spec: SourceSpec, thing: ThingSpec, parsed: Parsed) -> pl.DataFrame | None:
        if not thing.cell:
            return None
        if parsed.cells is None:
            raise ValueError(f"{spec.table(parsed.thing)} has cells: a vintage must declare which it covers")
        cells = parsed.cells.select(pl.col(c).cast(thing.schema[c]) for c in thing.cell).unique().sort(thing.cell)
        outside = parsed.frame.select(pl.col(c).cast(thing.schema[c]) for c in thing.cell).join(
            cells, on=thing.cell, how="anti"
        )
        if outside.height:
            raise LandingError(
                "rows lie outside the scope that was asked for",
                "Compare the request with the answer; declare the wider scope if it is right.",
                source=spec.name,
                file=parsed.vintage_id,
                rule="outside_scope",
                rows=outside.unique().head(5).rows(),
            )
        return cells.with_columns(partition_expression(thing.partition).alias("partition"))


def _scope_words(thing: ThingSpec, parsed: Parsed, cells: pl.DataFrame | None) -> str:
    if cells is None:
        where = "whole list"
    else:
        spans = [f"{c}: {cells[c].n_unique()} from {cells[c].min()!s} to {cells[c].max()!s}" for c in thing.cell]
        where = "; ".join(spans)
    stated = f"; columns: {', '.join(parsed.columns)}" if parsed.columns is not None else ""
    return where + stated


def _read(path: Path) -> Vintage | None:
    """None where the record is damaged: it never happened, until mending.py makes it happen again."""
    try:
        return _vintage(read_json(path))
    except (DamagedError, KeyError, TypeError, ValueError):
        return None


def _vintage(record: dict[str, Any]) -> Vintage:
    record["known_on"] = date.fromisoformat(record["known_on"])
    record["ingested_at"] = datetime.fromisoformat(record["ingested_at"])
    record["columns"] = tuple(record["columns"]) if record["columns"] is not None else None
    record["corrections"] = tuple(Correction(**c) for c in record["corrections"])
    return Vintage(**record)
