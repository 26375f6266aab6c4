"""What was published, on record beside the releases, and whether each release is still byte for byte what it was.

Belongs here: the record of a release's checksums, and comparing. Does not belong here: making releases (release.py),
SHA256SUMS itself (checksums.py).

    releases/.published/<build_id>   checksum of the release's SHA256SUMS; `sha256sum --check` in releases/ reads it

A release's own SHA256SUMS tells of every file but itself. A release that has no record was published before they were
kept, and is judged by its SHA256SUMS alone, or, where it is older than these too, by its tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines import checksums
from pipelines.files import replace_file
from pipelines.release_tables import ReleasedTable
from pipelines.settings import Settings


def put_on_record(settings: Settings, build_id: str) -> None:
    """Keep the checksum of a release's SHA256SUMS; once kept, it stays."""
    path, sums = _record(settings, build_id), settings.releases / build_id / checksums.NAME
    if sums.is_file() and not path.exists():
        replace_file(path, f"{checksums.of_file(sums)}  {build_id}/{checksums.NAME}\n".encode())


def strike(settings: Settings, build_id: str) -> None:
    """Forget a release that is about to be removed."""
    _record(settings, build_id).unlink(missing_ok=True)


def lost(settings: Settings) -> Iterator[tuple[str, str]]:
    """Build and what is wrong, of releases that are on record and not there, or there and not to be told for one."""
    for record in sorted((settings.releases / ".published").glob("[!.]*")):
        if not (settings.releases / record.name).is_dir():
            yield record.name, "missing"
    for folder in sorted(settings.releases.glob("[!.]*")):
        if folder.is_dir() and not folder.is_symlink() and not (folder / "build.json").is_file():
            yield folder.name, "build.json missing"


def problems(settings: Settings, folder: Path, tables: Mapping[str, ReleasedTable]) -> dict[str, str]:
    """File -> changed, missing or unknown; empty where the release is as it was published."""
    record, sums = _record(settings, folder.name), folder / checksums.NAME
    if not checksums.are_kept(folder):
        without = {checksums.NAME: "missing"} if record.is_file() else {}
        return without | _tables_changed(folder, tables)
    found = checksums.problems(folder)
    if record.is_file() and record.read_text(encoding="utf-8").split()[:1] != [checksums.of_file(sums)]:
        found[checksums.NAME] = "changed"
    return found


def _record(settings: Settings, build_id: str) -> Path:
    return settings.releases / ".published" / build_id


def _tables_changed(folder: Path, tables: Mapping[str, ReleasedTable]) -> dict[str, str]:
    """Parquet files that are not what build.json says."""
    found = {}
    for name, table in tables.items():
        path = folder / "parquet" / f"{name.replace('.', '/')}.parquet"
        if not path.is_file():
            found[path.name] = "missing"
        elif checksums.of_file(path) != table.sha256:
            found[path.name] = "changed"
    return found
