"""The command that checks what lies on disk against what was written: releases, and publishers' bytes.

Belongs here: what a person types and sees. Does not belong here: checksums (checksums.py), the archive (archive.py).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from pipelines import checksums, mending, published, release
from pipelines.archive import Archive, CorruptArchiveError
from pipelines.contract import all_specs
from pipelines.errors import StatecraftError
from pipelines.files import one_writer
from pipelines.release import NoReleaseError, Release
from pipelines.settings import Settings, load_settings

console = Console()


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(verify)


def verify(
    build: Annotated[str | None, typer.Argument(help="A build; every release when not given.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="Also read every file publishers sent.")] = False,
    warehouse: Annotated[
        bool, typer.Option("--warehouse", help="Also read what releases are built from: landing, raw, work database.")
    ] = False,
) -> None:
    """Check that releases are byte for byte what was published (also: sha256sum --check SHA256SUMS)."""
    settings = load_settings()
    found = [r for r in release.releases(settings) if build in (None, r.build_id)]
    lost = [(name, what) for name, what in published.lost(settings) if build in (None, name)]
    if not found and not lost:
        raise NoReleaseError(f"There is no release{f' {build}' if build else ''}.", "See `statecraft releases`.")
    wrong = _verify_releases(settings, found, lost)
    damaged = _verify_archive(settings) if archive else 0
    floor = _verify_warehouse(settings) if warehouse else 0
    actions = [
        (wrong, "Remove a release that is damaged (statecraft releases --remove BUILD), then refresh."),
        (
            damaged,
            "Bring what is damaged or lost again (statecraft add SOURCE FILE): the archive takes it anew.",
        ),
        (floor, "The next refresh makes good what is damaged in the warehouse."),
    ]
    if wrong + damaged + floor:
        raise StatecraftError(
            f"{wrong + damaged + floor} of what was checked is not what was written.",
            " ".join(action for number, action in actions if number),
        )


def _verify_releases(settings: Settings, found: list[Release], lost: list[tuple[str, str]]) -> int:
    """How many releases are not what was published, each named with its files."""
    wrong = len(lost)
    for name, what in lost:
        console.print(f"{name}  {what}", highlight=False, soft_wrap=True)
    for each in found:
        problems = release.problems(settings, each)
        wrong += bool(problems)
        sound = "as published" if checksums.are_kept(each.path) else "tables as published (made before SHA256SUMS)"
        words = ", ".join(f"{name} {what}" for name, what in problems.items()) or sound
        console.print(f"{each.build_id}  {words}", highlight=False, soft_wrap=True)
    return wrong


def _verify_warehouse(settings: Settings) -> int:
    """How much is damaged of what releases are built from, each named."""
    with one_writer(settings):  # a run at work is half-way with everything
        found = mending.damage(settings, all_specs())
    for words in found:
        console.print(words, markup=False, highlight=False, soft_wrap=True)
    console.print(f"warehouse  {len(found)} damaged", highlight=False)
    return len(found)


def _verify_archive(settings: Settings) -> int:
    """How many archived files are damaged or lost, each named."""
    held = Archive(settings)
    wrong: list[StatecraftError] = list(held.losses())
    for sha256 in track(sorted(held.objects()), "Reading the archive", console=Console(stderr=True)):
        try:
            held.get(sha256)
        except CorruptArchiveError as error:
            wrong.append(error)
    for each in wrong:
        console.print(str(each), markup=False, highlight=False, soft_wrap=True)
    console.print(f"archive  {len(held.objects())} files, {len(wrong)} damaged or lost", highlight=False)
    return len(wrong)
