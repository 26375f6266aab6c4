"""What changed from one release to another, as files: Parquet of the rows added, removed and changed, and a manifest.

Belongs here: two releases, and applying a delta to the older. Does not belong here: comparing one table
(row_changes.py); the counts in a release's own changes.json (release_tables.py).

    delta.json                                  from, to, and per table its key, its counts, what was left out
    core/fct_measure/added.parquet              rows only in the newer release
    core/fct_measure/removed.parquet            rows only in the older
    core/fct_measure/changed.parquet            same key: <column>__before and <column>__after
    core/fct_new/whole.parquet                  a table that is new, or has other columns than before
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from pipelines import release
from pipelines.errors import StatecraftError
from pipelines.files import duck, link_or_copy, read_json, sql_text
from pipelines.release import Release
from pipelines.release_papers import read_paper
from pipelines.release_tables import GATE_TABLE
from pipelines.row_changes import MANIFEST, WHOLE, Table, applied, compare, delta_place, write_manifest
from pipelines.settings import Settings


def named(settings: Settings, build_id: str) -> Release:
    """A release by its build id, `latest`, or `previous` (the one before the latest). Raises StatecraftError."""
    found = release.releases(settings)
    current = next((at for at, each in enumerate(found) if each.is_latest), None)
    if current is not None and build_id in ("latest", "previous"):
        place = current + (build_id == "previous")
        if place < len(found):
            return found[place]
    for each in found:
        if each.build_id == build_id:
            return each
    held = ", ".join(each.build_id for each in found) or "none"
    raise StatecraftError(f"There is no release {build_id!r}.", f"Releases held: {held}; or say latest, previous.")


def write(settings: Settings, old: Release, new: Release, folder: Path) -> dict[str, Any]:
    """Write the delta into `folder`, which must not hold anything yet. Returns its manifest.

    Tables whose Parquet files are the same bytes are not looked at. The gate's results, made anew in every release,
    are no part of it.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StatecraftError(f"{folder} is not empty.", "Name a new folder.")
    before, after = _resources(old), _resources(new)
    changed: dict[str, Any] = {}
    with duck(settings) as con:
        for name in sorted(after.keys() & before.keys()):
            if old.tables[name].sha256 != new.tables[name].sha256:
                table = Table(after[name]["key"], before[name]["file"], after[name]["file"])
                counts = compare(con, table, delta_place(folder, name))
                changed[name] = {"key": table.key, **counts}
    for name in after.keys() - before.keys():
        link_or_copy(after[name]["file"], delta_place(folder, name) / WHOLE)
    changes = {
        "tables_added": sorted(after.keys() - before.keys()),
        "tables_removed": sorted(before.keys() - after.keys()),
        "tables": changed,
    }
    return write_manifest(folder, old.build_id, new.build_id, changes)


def _resources(made: Release) -> dict[str, Any]:
    """Per table, its key and its Parquet file."""
    names = {name.replace(".", "_"): name for name in made.tables if name != GATE_TABLE}
    return {
        names[r["name"]]: {"key": r["schema"]["primaryKey"], "file": made.path / r["path"]}
        for r in read_paper(made.path, "datapackage")["resources"]
        if r["name"] in names
    }


def apply(settings: Settings, delta: Path, old: Path, target: Path) -> int:
    """Write the newer release's Parquet files from the older's folder `old` and the delta. Returns the tables written.

    Raises StatecraftError where `old` is not the release the delta begins at, or `target` holds something.
    """
    manifest, build = read_json(delta / MANIFEST), read_json(old / "build.json")
    if manifest["from"] != build["build_id"]:
        raise StatecraftError(f"The delta begins at {manifest['from']}, not at {build['build_id']}.", "Name that one.")
    if target.exists() and any(target.iterdir()):
        raise StatecraftError(f"{target} is not empty.", "Name a new folder.")
    kept = build["tables"].keys() - set(manifest["tables_removed"]) - {GATE_TABLE}
    with duck(settings) as con:
        for name in kept:
            _apply_table(con, name, manifest["tables"].get(name), delta, old, target)
    for name in manifest["tables_added"]:
        link_or_copy(delta_place(delta, name) / WHOLE, _parquet(target, name))
    return len(kept) + len(manifest["tables_added"])


def _apply_table(
    con: duckdb.DuckDBPyConnection, name: str, changed: dict[str, Any] | None, delta: Path, old: Path, target: Path
) -> None:
    file = _parquet(target, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    if changed is None:
        shutil.copyfile(_parquet(old, name), file)
        return
    query = applied(con, _parquet(old, name), delta_place(delta, name), changed["key"])
    con.execute(f"copy ({query} order by all) to {sql_text(file)} (format parquet, compression zstd)")


def _parquet(folder: Path, name: str) -> Path:
    return (folder / "parquet" / name.replace(".", "/")).with_suffix(".parquet")
