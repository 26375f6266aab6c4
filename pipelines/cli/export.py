"""Commands that carry a release into other programs: `statecraft export`, `cite`, `dictionary`, `delta`.

Belongs here: what a person types, and where the file goes. Does not belong here: the files (export/).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.citation import of_release, source_lines
from pipelines.delta import apply, named
from pipelines.delta import write as write_delta
from pipelines.dictionary.page import PLACE
from pipelines.errors import StatecraftError
from pipelines.export import columnar, delimited, stata, workbook
from pipelines.export.subject import Subject, of_query, of_table
from pipelines.files import replace_file, whole_file, write_json
from pipelines.own_limits import bounded_memory
from pipelines.release import current
from pipelines.settings import Settings, load_settings

console = Console(stderr=True)


class FileFormat(StrEnum):
    """A form of file; its name is the file's suffix."""

    xlsx = "xlsx"
    csv = "csv"
    dta = "dta"
    parquet = "parquet"


WRITERS: dict[FileFormat, Callable[[Settings, Subject, Path, float], int]] = {
    FileFormat.xlsx: workbook.write,
    FileFormat.csv: delimited.write,
    FileFormat.dta: stata.write,
    FileFormat.parquet: columnar.write,
}


def register(app: typer.Typer) -> None:
    """Add the commands of this file to the app."""
    app.command()(export)
    app.command()(cite)
    app.command()(dictionary)
    app.command()(delta)
    app.command()(apply_delta)


def export(
    table: Annotated[
        str | None,
        typer.Argument(
            help="A released table or view (core.dim_partner), or a query of docs/queries (headline/falls_due)."
        ),
    ] = None,
    format: Annotated[
        FileFormat | None, typer.Option("--format", "-f", help="Form of the file; else the output's suffix decides.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; else TABLE.FORMAT here.", dir_okay=False)
    ] = None,
    where: Annotated[str | None, typer.Option(help="Only these rows: a condition in SQL.")] = None,
    columns: Annotated[str | None, typer.Option(help="Only these columns, in this order: a,b,c.")] = None,
    sql: Annotated[Path | None, typer.Option(help="Export what the query in this .sql file answers.")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds the query may take.")] = 600.0,
) -> None:
    """Write a table of the latest release as Excel, CSV, Stata or Parquet file, with units, sources and the citation.

    Example: statecraft export trade_impact.effective_tariff_daily --where "day = date '2026-06-08'" -o rates.xlsx
    """
    if (table is None) == (sql is None):
        raise StatecraftError("Name one thing to export.", "A table or saved query, or --sql FILE.")
    chosen = _format(format, output)
    settings = load_settings()
    found = current(settings)
    wanted = [name.strip() for name in columns.split(",")] if columns else None
    with bounded_memory(settings):
        if sql:
            subject = of_query(settings, found, sql, where, wanted)
        else:
            subject = of_table(settings, found, str(table), where, wanted)
        target = output or Path(f"{subject.short_name}.{chosen}")
        with whole_file(target) as file:
            rows = WRITERS[chosen](settings, subject, file, timeout)
    if chosen is FileFormat.csv:
        write_json(beside := target.with_name(f"{target.name}-metadata.json"), delimited.metadata(subject, target.name))
        console.print(f"Wrote {beside}: columns, types, units.", highlight=False, soft_wrap=True)
    console.print(
        f"Wrote {target}: {rows:,} rows, {len(subject.fields)} columns, of build {found.build_id}.",
        highlight=False,
        soft_wrap=True,
    )


def _format(format: FileFormat | None, output: Path | None) -> FileFormat:
    """The form asked for. Raises StatecraftError where it is not said, unknown, or said twice and differently."""
    known = ", ".join(f".{each}" for each in FileFormat)
    suffix = output.suffix.removeprefix(".").lower() if output else ""
    if format is None and suffix not in list(FileFormat):
        said = f"The form of {output} is not known." if output else "The form of the file is not said."
        raise StatecraftError(said, f"Give --format, or an --output that ends in {known}.")
    if format and output and suffix != format:
        raise StatecraftError(f"--format {format} and {output} do not agree.", f"End the file's name in .{format}.")
    return format or FileFormat(suffix)


def delta(
    older: Annotated[str, typer.Argument(metavar="FROM", help="Build id, or previous.")],
    newer: Annotated[str, typer.Argument(metavar="[TO]", help="Build id, or latest.")] = "latest",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write; else delta-FROM-TO here.", file_okay=False)
    ] = None,
) -> None:
    """What changed between two releases, as Parquet: rows added and removed, and changed with before and after."""
    settings = load_settings()
    old, new = named(settings, older), named(settings, newer)
    target = output or Path(f"delta-{old.build_id}-{new.build_id}")
    manifest = write_delta(settings, old, new, target)
    for name, said in manifest["tables"].items():
        if "columns_added" in said:
            came, went = (", ".join(said[k]) or "none" for k in ("columns_added", "columns_removed"))
            console.print(f"{name:<45} columns added: {came}; removed: {went}", highlight=False, soft_wrap=True)
        else:
            counts = ", ".join(f"{said[what]:,} {what}" for what in ("added", "changed", "removed"))
            console.print(f"{name:<45} {counts}", highlight=False, soft_wrap=True)
    console.print(
        f"Wrote {target}: {len(manifest['tables'])} tables changed, {len(manifest['tables_added'])} added,"
        f" {len(manifest['tables_removed'])} removed.",
        highlight=False,
        soft_wrap=True,
    )


def apply_delta(
    folder: Annotated[Path, typer.Argument(metavar="DELTA", help="Folder that holds delta.json.", exists=True)],
    older: Annotated[Path, typer.Argument(metavar="FROM", help="Folder of the release it begins at.", exists=True)],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write.", file_okay=False)],
) -> None:
    """Make the newer release's Parquet files from the older release's and a delta."""
    tables = apply(load_settings(), folder, older, output)
    console.print(f"Wrote {output}: {tables} tables.", highlight=False, soft_wrap=True)


def dictionary(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write it to, as index.html.", file_okay=False)
    ] = Path("dictionary"),
) -> None:
    """The data dictionary of the latest release as one page that opens offline: tables, columns, units, lineage."""
    page = current(load_settings()).path / PLACE
    if not page.exists():
        raise StatecraftError("The latest release was made before releases had a dictionary.", "Refresh once more.")
    replace_file(output / "index.html", page.read_bytes())
    console.print(f"Wrote {output / 'index.html'}.", highlight=False, soft_wrap=True)


def cite(
    bibtex: Annotated[bool, typer.Option("--bibtex", help="As an entry for BibTeX.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="The publishers behind it too, a line each.")] = False,
) -> None:
    """How to cite the latest release; its folder holds the same as CITATION.cff."""
    citation = of_release(current(load_settings()))
    typer.echo(citation.bibtex() if bibtex else citation.sentence)
    if sources:
        typer.echo("\n".join(source_lines()))
