"""The command that checks what lies on disk against what was written: releases, and publishers' bytes.

Belongs here: what a person types and sees. Does not belong here: checksums (checksums.py), the archive (archive.py).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from pipelines import checksums, release
from pipelines.archive import Archive, CorruptArchiveError
from pipelines.errors import StatecraftError
from pipelines.release import NoReleaseError, Release
from pipelines.settings import Settings, load_settings

console = Console()


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(verify)


def verify(
    build: Annotated[str | None, typer.Argument(help="A build; every release when not given.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Also read every file publishers sent.")] = False,
) -> None:
    """Check that releases are byte for byte what was published (also: sha256sum --check SHA256SUMS)."""
    settings = load_settings()
    found = [r for r in release.releases(settings) if build in (None, r.build_id)]
    if not found:
        raise NoReleaseError(f"There is no release{f' {build}' if build else ''}.", "See `statecraft releases`.")
    wrong = 0
    for each in found:
        problems = checksums.problems(each.path) if checksums.are_kept(each.path) else tables_changed(each)
        wrong += bool(problems)
        sound = "as published" if checksums.are_kept(each.path) else "tables as published (made before SHA256SUMS)"
        words = ", ".join(f"{name} {what}" for name, what in problems.items()) or sound
        console.print(f"{each.build_id}  {words}", highlight=False, soft_wrap=True)
    wrong += _verify_archive(settings) if archive else 0
    if wrong:
        raise StatecraftError(
            f"{wrong} of what was checked is not what was written.",
            "Point readers at a sound release (statecraft releases --roll-back BUILD), remove the other, refresh.",
        )


def tables_changed(made: Release) -> dict[str, str]:
    """Parquet files of a release that are not what its build.json says, for releases older than SHA256SUMS."""
    found = {}
    for name, table in made.tables.items():
        path = made.path / "parquet" / f"{name.replace('.', '/')}.parquet"
        if not path.is_file():
            found[path.name] = "missing"
        elif checksums.of_file(path) != table.sha256:
            found[path.name] = "changed"
    return found


def _verify_archive(settings: Settings) -> int:
    """How many archived files are damaged, each named."""
    held = Archive(settings)
    damaged = 0
    for sha256 in track(sorted(held.objects()), "Reading the archive", console=Console(stderr=True)):
        try:
            held.get(sha256)
        except CorruptArchiveError as error:
            damaged += 1
            console.print(str(error), markup=False, highlight=False, soft_wrap=True)
    console.print(f"archive  {len(held.objects())} files, {damaged} damaged", highlight=False)
    return damaged
