"""Raw: change-coded partitions on disk, their manifest, and the one procedure that brings them up to date.

Belongs here: deciding which partitions the accepted vintages ask for, and writing exactly those.
Does not belong here: what change-coding means (vintages.py), what is acceptable (gates.py).

On disk below `raw/<source>__<thing>/`:
    <partition>/<fingerprint>.parquet   the fingerprint is a function of the vintages the file is made of
    manifest.json                       partition -> file and its inputs; renamed into place last

`sync` compares the inputs each partition should have with those the manifest records: nothing to do, adopt (a partition
with one vintage hard-links its landing file), append (one newer complete vintage), or rebuild. So a run killed anywhere
is repaired by the next one, and any order of arrival ends in the same files.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines import scrubbing, vintages
from pipelines.checksums import of_file
from pipelines.contract import SourceSpec, ThingSpec
from pipelines.errors import DamagedError
from pipelines.files import duck, link_or_copy, one_row, read_json, sha256_of, sql_text, write_json
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings
from pipelines.vintages import Changes, Covering

#: Raised whenever change-coding would write other rows from the same vintages; old raw is then rebuilt.
ENGINE_VERSION = 1


@dataclass(frozen=True)
class Partition:
    """One raw partition: its file (None if declared empty by all), what it is made of, what each input changed.

    sha256: of the file; "" where it was made before checksums were kept.
    """

    file: str | None
    inputs: list[str]
    rows: int
    changes: dict[str, list[int]]
    sha256: str = ""


@dataclass
class SyncReport:
    """What one sync did to one table: partitions by treatment, and rows in raw afterwards."""

    table: str
    adopted: int = 0
    appended: int = 0
    rebuilt: int = 0
    removed: int = 0
    unchanged: int = 0
    rows: int = 0
    partitions: dict[str, str] = field(default_factory=dict)

    @property
    def touched(self) -> int:
        return self.adopted + self.appended + self.rebuilt + self.removed


def fingerprint(inputs: Sequence[str]) -> str:
    """Name of the raw file made of these vintages, in this order, by this engine."""
    return sha256_of(json.dumps([ENGINE_VERSION, *inputs]).encode())[:16]


class Warehouse:
    """Raw partitions of one warehouse."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.raw
        self.landing = Landing(settings)

    def manifest(self, table: str) -> dict[str, Partition]:
        """Partition -> record, as last published by a completed sync. A damaged manifest is as none."""
        path = self.folder / table / "manifest.json"
        try:
            partitions = read_json(path)["partitions"] if path.exists() else {}
            return {name: Partition(**record) for name, record in partitions.items()}
        except (DamagedError, AttributeError, KeyError, TypeError):
            return {}

    def state(self) -> dict[str, str]:
        """Table -> one fingerprint of everything in it. Equal fingerprints mean equal raw."""
        names = sorted(p.parent.name for p in self.folder.glob("*/manifest.json"))
        return {n: sha256_of((self.folder / n / "manifest.json").read_bytes())[:16] for n in names}

    def filled(self) -> list[str]:
        """Tables that have a raw file."""
        return [path.parent.name for path in self.folder.glob("*/manifest.json") if any(self.files(path.parent.name))]

    def is_current(self, spec: SourceSpec, thing: str) -> bool:
        """Whether every partition is made of what the accepted vintages say; told from the manifest alone."""
        table = spec.table(thing)
        before, folder = self.manifest(table), self.folder / table
        wanted = {name: [v.folder for v in held] for name, held in self._wanted(table).items()}
        # A file that no manifest names is as wrong as one that is missing: models read what is there.
        there = {str(path.relative_to(folder)) for path in folder.glob("*/*")}
        named = {p.file for p in before.values() if p.file}
        by_this_engine = all(p.file in (None, f"{n}/{fingerprint(p.inputs)}.parquet") for n, p in before.items())
        return by_this_engine and there == named and wanted == {name: p.inputs for name, p in before.items()}

    def _wanted(self, table: str) -> dict[str, list[Vintage]]:
        """Partition -> the accepted vintages that cover it, in publisher's order."""
        wanted: dict[str, list[Vintage]] = {}
        for vintage in self.landing.vintages(table, "accepted"):
            for partition in vintage.partitions:
                wanted.setdefault(partition, []).append(vintage)
        return wanted

    def sync(self, spec: SourceSpec, thing_name: str) -> SyncReport:
        """Bring one table's raw files to what its accepted vintages say. Idempotent; safe to kill."""
        table, thing = spec.table(thing_name), spec.things[thing_name]
        before, wanted = self.manifest(table), self._wanted(table)
        report = SyncReport(table, removed=len(before.keys() - wanted.keys()))
        after: dict[str, Partition] = {}
        with duck(self.settings) as con:
            for name in sorted(wanted):
                after[name] = self._bring_up(con, thing, table, name, wanted[name], before.get(name), report)
        report.rows = sum(p.rows for p in after.values())
        report.partitions = {name: p.file or "" for name, p in after.items()}
        if after != before:
            document = {"engine": ENGINE_VERSION, "partitions": {n: asdict(p) for n, p in sorted(after.items())}}
            write_json(self.folder / table / "manifest.json", document)
        self._remove_orphans(table, after)
        return report

    def coverings(self, thing: ThingSpec, partition: str, held: Sequence[Vintage]) -> list[Covering]:
        """The vintages of one partition, as the engine takes them."""
        return [self._covering(thing, partition, vintage) for vintage in held]

    def files(self, table: str) -> Iterator[Path]:
        """Raw files of a table, as the manifest lists them."""
        for partition in self.manifest(table).values():
            if partition.file:
                yield self.folder / table / partition.file

    def _covering(self, thing: ThingSpec, partition: str, vintage: Vintage) -> Covering:
        cells = self.landing.cells(vintage) if thing.cell else None
        if cells is not None:
            cells = cells.filter(pl.col("partition") == partition).drop("partition")
        file = self.landing.file(vintage, partition)
        return Covering(vintage.folder, vintage.known_on, file, cells, vintage.columns, vintage.has_rows)

    def _bring_up(
        self,
        con: duckdb.DuckDBPyConnection,
        thing: ThingSpec,
        table: str,
        name: str,
        held: list[Vintage],
        before: Partition | None,
        report: SyncReport,
    ) -> Partition:
        inputs = [v.folder for v in held]
        relative = f"{name}/{fingerprint(inputs)}.parquet"
        target = self.folder / table / relative
        current = self.folder / table / before.file if before and before.file else None
        whole = before is not None and (before.file is None or (current is not None and current.exists()))
        if before and whole and before.inputs == inputs and before.file in (None, relative):
            report.unchanged += 1
            return before
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if len(held) == 1 and held[0].has_rows:
            report.adopted += 1
            rows = held[0].partitions[name]
            landed = self.landing.file(held[0], name)
            if landed is not None:
                link_or_copy(landed, target)
            sha256 = self._read_whole(target, held[0].checksums.get(landed.name, "")) if landed else ""
            return Partition(relative if landed else None, inputs, rows, {inputs[0]: [rows, 0, 0]}, sha256)
        coverings = self.coverings(thing, name, held)
        temporary = target.with_suffix(".tmp")
        newest = coverings[-1]
        if (
            before
            and current is not None
            and current.exists()
            and before.inputs == inputs[:-1]
            and current.stem == fingerprint(before.inputs)  # not made by an older engine
            and vintages.may_append(coverings[:-1], newest)
        ):
            report.appended += 1
            self._read_whole(current, before.sha256)
            self._read_landed(name, held[-1:])
            made = vintages.append(con, thing, current, newest, temporary)
            changes = {**before.changes, newest.name: _numbers(made)}
        else:
            report.rebuilt += 1
            self._read_landed(name, held)
            changes = {n: _numbers(c) for n, c in vintages.rebuild(con, thing, coverings, temporary).items()}
        temporary.replace(target)
        (count,) = one_row(con, f"select count(*) from read_parquet({sql_text(target)})")
        return Partition(relative, inputs, count, changes, of_file(target))

    def _read_landed(self, partition: str, held: Sequence[Vintage]) -> None:
        """Read the landing files a partition is made of. Raises DamagedError where one is not what was landed."""
        for vintage in held:
            file = self.landing.file(vintage, partition)
            if file is not None:
                self._read_whole(file, vintage.checksums.get(file.name, ""))

    def _read_whole(self, path: Path, sha256: str) -> str:
        """The checksum of a file that is built on. Raises DamagedError where that is not the one on record: in a new
        file, with a checksum of its own, what is damaged would be found by nobody.
        """
        found = of_file(path)
        if sha256 and found != sha256:
            scrubbing.memory(self.settings).unlink(missing_ok=True)
            raise DamagedError(
                f"{path} is not what was written, and nothing on disk says that it was changed.",
                "Look whether the disk is sound. The next run reads every file again, and makes good what is damaged: "
                "`statecraft refresh`. The last release stands.",
            )
        return found

    def _remove_orphans(self, table: str, kept: dict[str, Partition]) -> None:
        """Files no manifest names: left by a killed run, or just replaced."""
        folder = self.folder / table
        named = {folder / p.file for p in kept.values() if p.file}
        for path in [*folder.glob("*/*"), *folder.glob(".*.tmp")]:
            if path not in named:
                path.unlink()
        for child in folder.iterdir() if folder.exists() else ():
            if child.is_dir() and not any(child.iterdir()):
                shutil.rmtree(child)

    def is_made_of(self, table: str, made_of: str) -> bool:
        """Whether an own table stands that was made of this."""
        published = self.manifest(table).get("all")
        return published is not None and published.inputs == [made_of] and all(p.exists() for p in self.files(table))

    def write_own_table(self, table: str, frame: pl.DataFrame, made_of: str | None = None) -> None:
        """Publish one of the pipeline's own tables beside raw, named by its content, or by what it was made of."""
        content_name = made_of or _fingerprint_of(frame)
        relative = f"all/{content_name}.parquet"
        target = self.folder / table / relative
        published = self.manifest(table).get("all")
        if published and published.file == relative and target.exists():
            self._remove_orphans(table, {"all": published})
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".tmp")
        frame.write_parquet(temporary)
        temporary.replace(target)
        after = {"all": Partition(relative, [content_name], frame.height, {}, of_file(target))}
        document: dict[str, Any] = {"engine": ENGINE_VERSION, "partitions": {"all": asdict(after["all"])}}
        write_json(self.folder / table / "manifest.json", document)
        self._remove_orphans(table, after)


def _fingerprint_of(frame: pl.DataFrame) -> str:
    content = [str(frame.schema), frame.to_dicts()]
    return sha256_of(json.dumps(content, default=str, sort_keys=True).encode())[:16]


def _numbers(changes: Changes) -> list[int]:
    return [changes.added, changes.changed, changes.removed]
