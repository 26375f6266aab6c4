"""What changed from one release to another, as files: Parquet of the rows added, removed and changed, and a manifest.

Belongs here: two releases, and applying a delta to the older. Does not belong here: comparing one table
(row_changes.py); the counts in a release's own changes.json (release_tables.py).

    delta.json                                  from, to, per table its key and counts, and the sums of the results
    core/fct_measure/added.parquet              rows only in the newer release
    core/fct_measure/removed.parquet            rows only in the older
    core/fct_measure/changed.parquet            same key: <column>__before and <column>__after
    core/fct_new/whole.parquet                  a table that is new, or has other columns than before
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from pipelines import checksums, release
from pipelines.errors import StatecraftError
from pipelines.files import duck, read_json, sql_text, whole_folder
from pipelines.release import Release
from pipelines.release_papers import read_paper
from pipelines.release_tables import GATE_TABLE
from pipelines.row_changes import (
    MANIFEST,
    WHOLE,
    Table,
    applied,
    compare,
    copy_whole,
    delta_place,
    results,
    rows_sha256,
    write_manifest,
)
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
    """Write the delta to `folder`, whole or not at all. Returns its manifest.

    Tables whose Parquet files are the same bytes are not looked at. The gate's results, made anew in every release,
    are no part of it. Raises StatecraftError where `folder` holds something.
    """
    before, after = _resources(old), _resources(new)
    changed: dict[str, Any] = {}
    with whole_folder(folder) as place, duck(settings) as con:
        for name in sorted(after.keys() & before.keys()):
            if old.tables[name].sha256 != new.tables[name].sha256:
                table = Table(after[name]["key"], before[name]["file"], after[name]["file"])
                changed[name] = {"key": table.key, **compare(con, table, delta_place(place, name))}
        for name in after.keys() - before.keys():
            copy_whole(after[name]["file"], delta_place(place, name))
        files = {name: resource["file"] for name, resource in after.items()}
        changes = {
            "tables_added": sorted(after.keys() - before.keys()),
            "tables_removed": sorted(before.keys() - after.keys()),
            "tables": changed,
            **results(con, changed, files, {name: table.sha256 for name, table in new.tables.items()}),
        }
        return write_manifest(place, old.build_id, new.build_id, changes)


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

    All of them are checked against the sums in delta.json before `target` is there. Raises StatecraftError where one
    differs, where `old` is not the release the delta begins at, or where `target` holds something.
    """
    manifest, build = read_json(delta / MANIFEST), read_json(old / "build.json")
    if manifest["from"] != build["build_id"]:
        raise StatecraftError(f"The delta begins at {manifest['from']}, not at {build['build_id']}.", "Name that one.")
    if "sha256" not in manifest:
        raise StatecraftError("The delta was written before deltas held checksums.", "Write it anew: statecraft delta.")
    with whole_folder(target) as place, duck(settings) as con:
        for name, wanted in manifest["sha256"].items():
            whole, file = delta_place(delta, name) / WHOLE, _parquet(place, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(whole if whole.exists() else _parquet(old, name), file)
            _hold(name, checksums.of_file(file), wanted)
        for name, wanted in manifest["rows_sha256"].items():
            file = _parquet(place, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            query = applied(con, _parquet(old, name), delta_place(delta, name), manifest["tables"][name]["key"])
            con.execute(f"copy ({query} order by all) to {sql_text(file)} (format parquet, compression zstd)")
            _hold(name, rows_sha256(con, file), wanted)
    return len(manifest["sha256"]) + len(manifest["rows_sha256"])


def _hold(name: str, made: str, wanted: str) -> None:
    if made != wanted:
        raise StatecraftError(
            f"{name} does not come out as the delta says: its files or those of the older release were changed.",
            "Get both anew; `statecraft verify` names what was changed in a release.",
        )


def _parquet(folder: Path, name: str) -> Path:
    return (folder / "parquet" / name.replace(".", "/")).with_suffix(".parquet")
