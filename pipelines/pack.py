"""The embedded pack: real figures as change-coded Parquet, small enough to ship, complete enough to answer.

Belongs here: writing raw out as a pack, and turning a pack back into vintages for the landing floor.
Does not belong here: any source's detail. A vintage read from a pack goes the way of any other: gate, engine, raw.

A pack is a folder:
    manifest.json                         publisher, licence and every vintage with its scope, day and sha256
    <source>__<thing>/<partition>.parquet change-coded rows (known_from, known_to)
    <source>__<thing>/cells.parquet       the scope of vintages that are not whole lists (vintage, cell columns)

A vintage is what stood on its day in its cells and columns, so nothing but the changes needs to be kept.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from pipelines.contract import Correction, Parsed, SourceSpec, ThingSpec
from pipelines.errors import DamagedError, StatecraftError
from pipelines.files import duck, read_json, sha256_of, sql_name, sql_text, write_json
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

FORMAT_VERSION = 1
ZSTD_LEVEL = 19
PACKED_FACTS = (
    *("vintage_id", "known_on", "known_precision", "sequence", "sha256", "columns", "has_rows"),
    *("row_count", "scope", "url", "corrections"),
)


class _Counts(Protocol):
    known: int


def write(settings: Settings, specs: dict[str, SourceSpec], target: Path) -> dict[str, Any]:
    """Write raw as a pack. Returns the manifest. Only sources whose licence lets figures be passed on are written.

    Raises StatecraftError where target is a folder of something else.
    """
    if target.exists() and any(target.iterdir()) and not (target / "manifest.json").exists():
        raise StatecraftError(f"{target} holds other files.", "Name a folder that is empty or holds a pack.")
    temporary = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    manifest: dict[str, Any] = {"format": FORMAT_VERSION, "written_on": datetime.now(UTC).date(), "sources": {}}
    for name, spec in specs.items():
        if not spec.redistributable:
            continue
        things = {}
        for thing in spec.things:
            vintages = _reproducible(Landing(settings), spec, thing)
            if vintages:
                things[thing] = {
                    "files": _write_rows(settings, spec, thing, temporary),
                    "cells_sha256": _write_cells(Landing(settings), spec.table(thing), vintages, temporary),
                    "vintages": [_record(v) for v in vintages],
                }
        if things:
            facts = {"title": spec.title, "publisher": spec.publisher, "licence": spec.licence}
            manifest["sources"][name] = {**facts, "licence_url": spec.licence_url, "things": things}
    write_json(temporary / "manifest.json", manifest)
    kept = [p for p in target.iterdir() if p.suffix == ".md"] if target.exists() else []
    for readme in kept:
        shutil.copy2(readme, temporary / readme.name)
    aside = target.with_name(f".{target.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if target.exists():
        target.rename(aside)
    temporary.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
    return manifest


def read(folder: Path, spec: SourceSpec, landing: Landing, counts: _Counts) -> Iterator[Parsed]:
    """The vintages of one source that are not on the landing floor yet. Raises StatecraftError on a damaged pack."""
    for thing, packed, wanted in _unknown(folder, spec, landing):
        counts.known += len(packed["vintages"]) - len(wanted)
        if wanted:
            yield from _read_thing(folder, spec, thing, packed, wanted)


def has_news(folder: Path, spec: SourceSpec, landing: Landing) -> bool:
    """Whether the pack holds a vintage of this source that was never landed. Reads only the manifest."""
    return any(wanted for _, _, wanted in _unknown(folder, spec, landing))


def _unknown(
    folder: Path, spec: SourceSpec, landing: Landing
) -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Per thing the pack holds: its name, its part of the manifest, the records of vintages not landed yet."""
    manifest = _manifest(folder)
    for thing, packed in manifest["sources"].get(spec.name, {}).get("things", {}).items():
        if thing not in spec.things:
            raise StatecraftError(
                f"Pack {folder} holds {spec.name} {thing}, which source.yml does not know.", "Rebuild it."
            )
        table = spec.table(thing)
        yield thing, packed, [r for r in packed["vintages"] if not _landed(landing, table, r)]


def read_again(folder: Path, spec: SourceSpec, thing: str, place: str) -> Iterator[Parsed]:
    """The vintage the pack keeps under this place, landed or not; none where it keeps no such."""
    packed = _manifest(folder)["sources"].get(spec.name, {}).get("things", {}).get(thing)
    if packed:
        yield from _read_thing(folder, spec, thing, packed, [r for r in packed["vintages"] if r["place"] == place])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = read_json(folder / "manifest.json")
    except (OSError, DamagedError) as error:
        raise _damaged(folder / "manifest.json") from error
    if manifest["format"] != FORMAT_VERSION:
        raise StatecraftError(f"Pack {folder} has format {manifest['format']}, this reads {FORMAT_VERSION}.", "Update.")
    return manifest


def _landed(landing: Landing, table: str, record: dict[str, Any]) -> bool:
    known_on = date.fromisoformat(record["known_on"])
    return bool(landing.known(table, known_on, record["sequence"], record["vintage_id"], record["sha256"]))


def _read_thing(
    folder: Path, spec: SourceSpec, name: str, packed: dict[str, Any], wanted: list[dict[str, Any]]
) -> Iterator[Parsed]:
    thing, place = spec.things[name], folder / spec.table(name)
    rows = {}
    for partition, facts in packed["files"].items():
        path = _verified(place / f"{partition}.parquet", facts["sha256"])
        if any(partition in record["partitions"] for record in wanted):
            rows[partition] = pl.read_parquet(path)
    all_cells = pl.read_parquet(_verified(place / "cells.parquet", packed["cells_sha256"])) if thing.cell else None
    for record in wanted:
        day = date.fromisoformat(record["known_on"])
        cells = None
        if all_cells is not None:
            cells = all_cells.filter(pl.col("vintage") == record["place"]).drop("vintage")
        columns = tuple(record["columns"]) if record["columns"] is not None else None
        frames = [rows[p] for p in record["partitions"] if p in rows]
        standing = (pl.col("known_from") <= day) & (day < pl.col("known_to"))
        stood = [_cut(f.filter(standing), thing, cells, columns) for f in frames]
        yield Parsed(
            thing=name,
            vintage_id=record["vintage_id"],
            known_on=day,
            sha256=record["sha256"],
            frame=pl.concat(stood) if stood else pl.DataFrame(schema=thing.schema),
            known_precision=record["known_precision"],
            sequence=record["sequence"],
            cells=cells,
            columns=columns,
            has_rows=record["has_rows"],
            url=record["url"],
            corrections=tuple(Correction(**c) for c in record["corrections"]),
        )


def _verified(path: Path, sha256: str) -> Path:
    if not path.exists() or sha256_of(path.read_bytes()) != sha256:
        raise _damaged(path)
    return path


def _damaged(path: Path) -> StatecraftError:
    return StatecraftError(f"Pack file {path} is missing or damaged.", "Take the pack from a fresh copy.")


def _cut(
    frame: pl.DataFrame, thing: ThingSpec, cells: pl.DataFrame | None, columns: tuple[str, ...] | None
) -> pl.DataFrame:
    """What a vintage stated of the rows that stood: its cells, its columns."""
    if cells is not None:
        frame = frame.join(cells, on=thing.cell, how="semi")
    unstated = [c for c in thing.values if columns is not None and c not in columns]
    blank = [pl.lit(None, thing.schema[c]).alias(c) for c in unstated]
    return frame.drop("known_from", "known_to").with_columns(blank)


def _reproducible(landing: Landing, spec: SourceSpec, thing: str) -> list[Vintage]:
    """Held vintages less those outdone on their own day (their rows are in no change). Order of the publisher."""
    held = [(_reach(landing, v), v) for v in landing.vintages(spec.table(thing), "accepted")]
    last = dict(held)
    return [v for reach, v in held if last[reach] is v]


def _reach(landing: Landing, vintage: Vintage) -> tuple[Any, ...]:
    """What a later vintage of the same day must state to outdo this one."""
    cells = landing.cells(vintage)
    stated = sha256_of(cells.write_ipc(None).getvalue()) if cells is not None else ""
    return (vintage.known_on, vintage.columns, vintage.has_rows, stated)


def _record(vintage: Vintage) -> dict[str, Any]:
    record = asdict(vintage)
    kept = {k: record[k] for k in PACKED_FACTS}
    return {"place": vintage.folder, **kept, "partitions": sorted(vintage.partitions)}


def _write_rows(settings: Settings, spec: SourceSpec, thing: str, target: Path) -> dict[str, dict[str, Any]]:
    """Raw partitions, compressed hard. Returns per partition its sha256 and rows."""
    table, files = spec.table(thing), {}
    (target / table).mkdir()
    order = ", ".join(sql_name(c) for c in [*reversed(spec.things[thing].key), "known_from"])
    with duck(settings) as con:
        for partition, record in Warehouse(settings).manifest(table).items():
            if record.file is None:
                continue
            path = target / table / f"{partition}.parquet"
            con.execute(
                f"copy (select * from read_parquet({sql_text(settings.raw / table / record.file)}) order by {order})"
                f" to {sql_text(path)} (format parquet, parquet_version v2, compression zstd,"
                f" compression_level {ZSTD_LEVEL}, row_group_size 1000000)"
            )
            files[partition] = {"sha256": sha256_of(path.read_bytes()), "rows": record.rows}
    return files


def _write_cells(landing: Landing, table: str, vintages: list[Vintage], target: Path) -> str | None:
    """The scope of vintages with cells. Returns the file's sha256; None for whole lists."""
    frames = []
    for vintage in vintages:
        cells = landing.cells(vintage)
        if cells is not None:
            frames.append(cells.drop("partition").with_columns(vintage=pl.lit(vintage.folder)))
    if not frames:
        return None
    path = target / table / "cells.parquet"
    pl.concat(frames).write_parquet(path, compression="zstd", compression_level=ZSTD_LEVEL)
    return sha256_of(path.read_bytes())
