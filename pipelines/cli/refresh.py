"""Commands that change the warehouse: refresh, add, withdraw, pack."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines import intake, orchestrate, pack
from pipelines.cli import summary
from pipelines.contract import SourceSpec, all_specs
from pipelines.errors import FetchError, StatecraftError
from pipelines.files import one_writer
from pipelines.landing import Landing
from pipelines.settings import load_settings
from pipelines.standing import came_through

console = Console()


def source_named(name: str) -> SourceSpec:
    """The contract of a source. Raises StatecraftError listing the names there are."""
    specs = all_specs()
    if name not in specs:
        raise StatecraftError(f"There is no source {name!r}.", f"Sources: {', '.join(specs)}.")
    return specs[name]


def register(app: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    for command in (refresh, add, withdraw, write_pack):
        name = "pack" if command is write_pack else command.__name__
        app.command(name=name)(command)


def refresh(
    source: Annotated[
        str, typer.Option(help="pack (the figures that ship with the project), live (ask the publishers), or a folder.")
    ] = "pack",
    only: Annotated[list[str] | None, typer.Option(help="Ask only this source; may be given several times.")] = None,
    show: Annotated[bool, typer.Option(help="End with what was built and three results.")] = True,
) -> None:
    """Take in what is new, gate it, build the models, gate and publish a release.

    Nothing a reader can see changes until the last step; a refresh killed anywhere is repaired by the next one.
    """
    settings, names = load_settings(), only or []
    for name in names:
        source_named(name)
    intake.Origin.named(source, settings)
    outcome = orchestrate.run_refresh(settings, source, names)
    if not outcome.success:
        raise failure(outcome)
    if show:
        summary.show(settings, console)


def failure(outcome: orchestrate.Outcome) -> StatecraftError:
    """The first failed step, as an error whose type decides the exit code."""
    step, message = next(iter(outcome.failed.items()), ("", "see the lines above"))
    said = message.split(":", 1)[0].rsplit(".", 1)[-1]
    kind = FetchError if said in {k.__name__ for k in (FetchError, *FetchError.__subclasses__())} else StatecraftError
    words = message.splitlines()[0] if message else ""
    return kind(
        f"Refresh stopped{f' at {step}' if step else ' at a gate'}: {words}",
        "The last release stands. `statecraft status` says what failed and what to do.",
    )


def add(
    source: Annotated[str, typer.Argument(help="Which source the files belong to (see `statecraft sources`).")],
    files: Annotated[list[Path], typer.Argument(help="The publisher's files, untouched; .gz is fine.", exists=True)],
    known_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day the publisher made it public, where the file does not say."),
    ] = None,
    vintage: Annotated[str | None, typer.Option(help="A name for this edition, where the file does not say.")] = None,
) -> None:
    """Take in a publisher's files by hand, then refresh. The files together are one delivery."""
    settings, spec = load_settings(), source_named(source)
    orchestrate.prepare_home(settings)
    day: date | None = known_on.date() if known_on else None
    with one_writer(settings):
        try:
            report = intake.add_files(settings, spec, files, day, vintage)
        except StatecraftError as error:
            intake.record_incident(settings, source, "landing", error)
            raise
    names = ", ".join(f"{v.table} {v.vintage_id} ({v.row_count:,} rows)" for v in report.landed)
    console.print(f"Landed: {names or 'nothing new, these bytes are known'}.", highlight=False)
    outcome = orchestrate.run_refresh(settings, "none", [])
    if not outcome.success:
        raise failure(outcome)
    came_through(settings, source)
    summary.show(settings, console, results=False)


def withdraw(
    source: Annotated[str, typer.Argument(help="The source.")],
    vintage: Annotated[str, typer.Argument(help="The vintage id, as provenance.source_vintages names it.")],
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
) -> None:
    """Withdraw a vintage: its statements leave the warehouse at the next refresh, its record stays."""
    settings, spec = load_settings(), source_named(source)
    landing = Landing(settings)
    with one_writer(settings):
        found = [v for t in spec.things for v in landing.vintages(spec.table(t), "accepted") if v.vintage_id == vintage]
        if not found:
            raise StatecraftError(f"{source} holds no vintage {vintage!r}.", "See `statecraft sources`.")
        landing.mark(found, "withdrawn", f"{date.today().isoformat()}: {reason}")
    console.print(f"Withdrew {len(found)} from {source}: {vintage}. Run `statecraft refresh`.", highlight=False)


def write_pack(
    target: Annotated[Path | None, typer.Option(help="Folder to write; the embedded pack when not given.")] = None,
) -> None:
    """Write everything this warehouse holds as a pack: change-coded Parquet with a manifest.

    To renew the embedded pack: refresh from a folder of publishers' files, then pack.
    """
    settings = load_settings()
    with one_writer(settings):
        manifest = pack.write(settings, all_specs(), target or settings.sample)
    for name, source in manifest["sources"].items():
        for thing, facts in source["things"].items():
            rows = sum(f["rows"] for f in facts["files"].values())
            console.print(f"{name}__{thing}: {len(facts['vintages'])} vintages, {rows:,} change rows", highlight=False)
