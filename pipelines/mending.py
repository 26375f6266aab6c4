"""What lies damaged or is lost below a warehouse's home, found by checksums and made good before anything is built.

Belongs here: landing, raw and the work database, each made again from the room before it. Does not belong here:
releases (a published one is never touched: cli/verify.py), the archive (what it lost only the publisher has).

    landing   from the archive, by the record of the delivery; what came in a pack from the pack
    raw       from landing
    work      from raw: dropped, and built whole by the run

Every run begins with it (what it reads again though nothing changed it: scrubbing.py). What was made good is on record,
stage `repair`, and in `statecraft status`; where nothing is left to make a thing from, the run stops and says what to
bring.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines import contract, pack
from pipelines.archive import Archive
from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.errors import DamagedError, StatecraftError, WorkDroppedError
from pipelines.files import duck, read_json
from pipelines.intake import Origin, deliveries, record_incident
from pipelines.landing import Landing, Status, Vintage, folder_of
from pipelines.progress import log
from pipelines.scrubbing import Scrubbing, memory
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

REPAIR = "repair"
#: What DuckDB says where a block of its file is not what it wrote; a file it cannot open at all is found before.
_BROKEN = re.compile("corrupt database file|not a valid duckdb|could not read enough bytes", re.IGNORECASE)
#: How the error ends that tells of a work database that was dropped on the way.
WORK_DROPPED = "The work database is damaged and was removed."


@dataclass(frozen=True)
class _Wrong:
    """A vintage that is not on the landing floor as it was landed. record: None where that is what is lost."""

    table: str
    folder: str
    status: Status
    record: Vintage | None
    words: str


def damage(settings: Settings, specs: dict[str, SourceSpec]) -> list[str]:
    """What is damaged or lost in landing, raw and the work database, in words; nothing is changed."""
    read = Scrubbing()
    floor = [wrong.words for spec in specs.values() for wrong in _damaged_vintages(settings, spec, read)]
    raw = [words for _, words in _damaged_raw(settings, read)]
    return [*floor, *raw, *_damaged_work(settings)]


def mend(settings: Settings, specs: dict[str, SourceSpec], source: str = "none") -> list[str]:
    """Make good what is damaged; the caller is the only writer. Returns what it was, in words.

    source: where the run takes vintages from, in the words of `--source`; a pack named there is asked first. Raises
    DamagedError where a vintage can be made again from nothing.
    """
    read, mended = Scrubbing(memory(settings)), []
    for spec in specs.values():
        _forget_damaged_deliveries(settings, spec)
        for wrong in list(_damaged_vintages(settings, spec, read)):
            maker = _land_again(settings, spec, wrong, _packs(settings, source))
            mended.append(f"{wrong.words} The vintage was landed again from {maker}.")
    tables = {spec.table(thing): (spec, thing) for spec in specs.values() for thing in spec.things}
    broken: set[str] = set()
    for path, words in _damaged_raw(settings, read):
        path.unlink(missing_ok=True)
        table = path.relative_to(settings.raw).parts[0]
        broken.add(table)
        mended.append(f"{words} It is made again from {'landing' if table in tables else 'what it rests on'}.")
    for table in broken & tables.keys():
        Warehouse(settings).sync(*tables[table])
    for words in _damaged_work(settings):
        drop_work(settings)
        mended.append(f"{words} It was removed; every model is built anew.")
    for words in mended:
        log.warning("%s", words)
        record_incident(settings, "warehouse", REPAIR, DamagedError(words, "Look whether the disk is sound."))
    read.remember()
    return mended


def is_of_damage(error: Exception) -> bool:
    """Whether the words of an error are DuckDB's about a file that is not what it wrote."""
    return bool(_BROKEN.search(str(error)))


@contextmanager
def reading_work(settings: Settings) -> Iterator[None]:
    """Around what reads the work database. Raises WorkDroppedError where that was damaged."""
    try:
        yield
    except (duckdb.Error, StatecraftError) as error:
        if not is_of_damage(error):
            raise
        drop_work(settings)
        told = WorkDroppedError(
            f"{WORK_DROPPED} {' '.join(str(error).split())[:300]}",
            "The next run builds every model anew: `statecraft refresh`. The last release stands.",
        )
        record_incident(settings, "warehouse", REPAIR, told)
        raise told from None  # what is done about it counts, not what led to it


def drop_work(settings: Settings) -> None:
    """Remove the work database: the next build has nothing to rest on, and builds all of it."""
    for path in (settings.work_database, settings.work_database.with_suffix(".duckdb.wal")):
        path.unlink(missing_ok=True)


def _damaged_vintages(settings: Settings, spec: SourceSpec, read: Scrubbing) -> Iterator[_Wrong]:
    """Vintages that are not on the floor as they were landed. A refused or withdrawn one's rows are asked by nobody."""
    landing = Landing(settings)
    for table in map(spec.table, spec.things):
        recorded = set()
        for vintage in landing.vintages(table):
            recorded.add(vintage.folder)
            files = {f"{name}.parquet": "" for name, rows in vintage.partitions.items() if rows} | vintage.checksums
            place = landing.path(vintage)
            wrong = [name for name, sha256 in files.items() if read.differs(place / name, sha256)]
            if wrong and vintage.status in ("accepted", "candidate"):
                words = f"Landing file {place / wrong[0]} is damaged or missing."
                yield _Wrong(table, vintage.folder, vintage.status, vintage, words)
        held = {folder for p in Warehouse(settings).manifest(table).values() for folder in p.inputs}
        for folder in sorted((held | _delivered(settings, spec, table)) - recorded):
            words = f"The record {landing.folder / table / folder / 'vintage.json'} is damaged or missing."
            yield _Wrong(table, folder, "accepted" if folder in held else "candidate", None, words)


def _delivered(settings: Settings, spec: SourceSpec, table: str) -> set[str]:
    """Folders of a table's vintages that deliveries on record were landed as."""
    places = (place.split("/") for each in deliveries(settings, spec) for place in each.get("vintages", []))
    return {folder for owner, folder in places if owner == table}


def _damaged_raw(settings: Settings, read: Scrubbing) -> Iterator[tuple[Path, str]]:
    """Files of raw that are not what their manifest says; a manifest that says nothing is one of them."""
    warehouse = Warehouse(settings)
    for folder in sorted(settings.raw.glob("*/")):
        table, partitions = folder.name, warehouse.manifest(folder.name)
        if not partitions and any(folder.glob("*/*.parquet")):
            yield folder / "manifest.json", f"Raw manifest {folder / 'manifest.json'} is damaged or missing."
        for partition in partitions.values():
            file = settings.raw / table / partition.file if partition.file else None
            if file and read.differs(file, partition.sha256):
                yield file, f"Raw file {file} is damaged or missing."


def _damaged_work(settings: Settings) -> Iterator[str]:
    """Whether the work database opens. A block that is damaged deeper in is found when it is read (is_of_damage)."""
    if settings.engine != "duckdb" or not settings.work_database.exists():
        return
    try:
        with duck(settings, str(settings.work_database), read_only=True) as con:
            con.execute("select count(*) from duckdb_tables()").fetchall()
    except duckdb.Error as error:
        # Where somebody has it open, against all advice, that is no damage.
        if is_of_damage(error) or "could not set lock" not in str(error).lower():
            yield f"The work database {settings.work_database} is damaged: {str(error).splitlines()[0]}"


def _forget_damaged_deliveries(settings: Settings, spec: SourceSpec) -> None:
    """A record that cannot be read says nothing; without it the same bytes would be landed once more, which is safe."""
    for path in (settings.landing / "deliveries" / spec.name).glob("*.json"):
        try:
            read_json(path)
        except DamagedError as error:
            log.warning("%s It was removed: the delivery is taken in again when it is brought again.", error.what)
            path.unlink()


def _packs(settings: Settings, source: str) -> list[Path]:
    """Packs at hand: the one this run was given, and the one that ships with the project."""
    origin = Origin.named(source, settings)
    given = [origin.path] if origin.kind == "pack" and origin.path else []
    return list(dict.fromkeys([*given, settings.sample]))


def _land_again(settings: Settings, spec: SourceSpec, wrong: _Wrong, packs: Sequence[Path]) -> str:
    """Write a vintage's files and record anew. Returns what it was made from. Raises DamagedError."""
    landing, held = Landing(settings), wrong.record
    for parsed, origin, maker in _made_again(settings, spec, wrong, packs):
        if held is not None and parsed.frame.height != held.row_count:  # another cut of it
            continue
        (landing.folder / wrong.table / wrong.folder / "vintage.json").unlink(missing_ok=True)
        again = replace(landing.prepare(spec, parsed, held.origin if held else origin), status=wrong.status)
        if held is not None:
            again = replace(again, reason=held.reason, ingested_at=held.ingested_at)
        landing.record([again])
        return maker
    named = f"--vintage {held.vintage_id} --known-on {held.known_on} " if held else ""
    raise DamagedError(
        f"{wrong.words} Neither the archive nor a pack at hand has the vintage whole.",
        f"Bring the publisher's file again (statecraft add {spec.name} {named}FILE), or restore "
        f"{landing.folder / wrong.table} from a copy. The last release stands.",
    )


def _made_again(
    settings: Settings, spec: SourceSpec, wrong: _Wrong, packs: Sequence[Path]
) -> Iterator[tuple[Parsed, str, str]]:
    """The vintage as the archive's bytes say it, then as packs say it; with its origin, and where from in words."""
    for delivery in deliveries(settings, spec):
        if f"{wrong.table}/{wrong.folder}" in delivery.get("vintages", []):
            try:
                made = _parsed_again(settings, spec, delivery, wrong.record)
            except (StatecraftError, KeyError) as error:
                log.warning("%s", error)
                continue
            for parsed in made:
                found = folder_of(parsed.known_on, parsed.sequence, parsed.vintage_id, parsed.sha256)
                if (spec.table(parsed.thing), found) == (wrong.table, wrong.folder):
                    yield parsed, "file", "the archive"
    for place in packs:
        try:
            for parsed in pack.read_again(place, spec, wrong.table.removeprefix(f"{spec.name}__"), wrong.folder):
                yield parsed, "pack", f"the pack {place}"
        except StatecraftError as error:
            log.warning("%s", error)


def _parsed_again(settings: Settings, spec: SourceSpec, delivery: dict[str, Any], held: Vintage | None) -> list[Parsed]:
    """A delivery parsed from the archive's bytes. Raises StatecraftError or KeyError where the archive lost them."""
    archive = Archive(settings)
    receipts = {(r.sha256, r.name): r for r in archive.receipts(spec.name)}
    named = zip(delivery["sha256"], delivery["files"], strict=True)
    files = tuple(archive.deliver(receipts[key]) for key in named)
    facts = dict(delivery.get("facts") or ({"known_on": held.known_on.isoformat()} if held else {}))
    if "known_on" in facts:
        facts["known_on"] = date.fromisoformat(facts["known_on"][:10])
    return list(contract.parser(spec.name)(Delivery(files=files, **facts), spec))
