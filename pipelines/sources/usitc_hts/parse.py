"""One file of the schedule -> the vintage it is: `lines`, and `footnotes` where the export states them (JSON only).

Belongs here: the order of the steps. Does not belong here: any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.sources.usitc_hts import csv_format, json_format
from pipelines.sources.usitc_hts.editions import statement
from pipelines.sources.usitc_hts.footnotes import footnote_rows
from pipelines.sources.usitc_hts.lines import line_rows
from pipelines.sources.usitc_hts.misprints import mended
from pipelines.sources.usitc_hts.refusals import refusal


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One file, one edition; files of several editions may come together, one in memory at a time.

    Raises LandingError; its rules are those of source.yml's runbook.
    """
    if delivery.vintage_id and len(delivery.files) > 1:
        names = [file.name for file in delivery.files]
        raise refusal(spec, delivery.vintage_id, "several_files", "One edition is one file.", names)
    for file in delivery.files:
        yield from _parse_file(file, delivery, spec)


def _parse_file(file: DeliveredFile, delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    edition = statement(file, delivery, spec)
    rows, corrections = mended(_read(file, spec), edition.vintage_id, spec, file.name)

    def parsed(thing: str, frame: pl.DataFrame) -> Parsed:
        return Parsed(
            thing=thing,
            vintage_id=edition.vintage_id,
            known_on=edition.known_on,
            known_precision=edition.known_precision,
            sequence=edition.sequence,
            sha256=file.sha256,
            frame=frame,
            url=file.url,
            corrections=corrections if thing == "lines" else (),
        )

    yield parsed("lines", line_rows(rows, spec, file.name))
    if "footnotes" in rows.columns:
        notes = json_format.read_notes(rows, spec, file.name)
        yield parsed("footnotes", footnote_rows(notes, spec, file.name))


def _read(file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    kind = PurePath(file.name).suffix.lower()
    if kind == ".json":
        return json_format.read_rows(file.content, spec, file.name)
    if kind == ".csv":
        return csv_format.read_rows(file.content, spec, file.name)
    raise refusal(spec, file.name, "unknown_file_type", f"Files of type {kind or 'no type'} are not read here.")
