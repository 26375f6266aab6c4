"""A workbook of the United Nations -> links between the subheadings of two editions of the Harmonized System.

The sheet of correlations holds every link; the sheet of conversions names, for each newer subheading, the one older
subheading the Statistics Division converts it to. Both are kept: a link, and whether it is the conversion. What a
workbook prints twice (relationship, links) must agree.

Belongs here: this layout. Does not belong here: XLSX itself (formats/workbook.py), weights (models/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import refuse, refuse_misshapen, single_file
from pipelines.formats.workbook import Grid, modified_on, read_sheets

THING = "links"
_PAIR = ["newer_hs6", "older_hs6"]
#: Printed in a column without a name where only part of the older subheading is meant; the relationship says so too.
_PART = "ex"


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the links between two editions. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    sheets = read_sheets(file, spec.name)
    stated, editions = _table(file, spec, _sheet(file, spec, sheets, "correlation"), "Relationship")
    converted, same_editions = _table(file, spec, _sheet(file, spec, sheets, "conversion"), None)
    if editions != same_editions:
        what = f"One sheet is of {editions}, the other of {same_editions}."
        raise refuse(file, spec.name, "sheet_missing", what, "Look at the workbook.")
    _refuse_contradictions(file, spec, stated, converted)
    newer, older = editions
    scope = {"newer_edition": newer, "older_edition": older}
    links = stated.join(converted.with_columns(is_conversion=True), on=_PAIR, how="left").with_columns(
        pl.col("is_conversion").fill_null(value=False), **{name: pl.lit(value) for name, value in scope.items()}
    )
    known_on, precision = delivery.known_on or file.published_on, delivery.known_precision
    if known_on is None:
        known_on, precision = _year_saved(file, spec), "year"
    yield Parsed(
        thing=THING,
        vintage_id=delivery.vintage_id or f"{newer}-{older}",
        known_on=known_on,
        known_precision=precision,
        sequence=delivery.sequence or 0,
        sha256=file.sha256,
        url=file.url,
        frame=links.select(pl.col(name).cast(kind) for name, kind in spec.things[THING].schema.items()),
        cells=pl.DataFrame({name: [value] for name, value in scope.items()}),
    )


def _year_saved(file: DeliveredFile, spec: SourceSpec) -> date:
    """The last day of the year in which the workbook was saved last: it came out then or soon after."""
    saved_on = modified_on(file, spec.name)
    if saved_on is None:
        raise refuse(file, spec.name, "known_on_missing", "Neither file nor name tells its date.", "Pass --known-on.")
    return date(saved_on.year, 12, 31)


def _sheet(file: DeliveredFile, spec: SourceSpec, sheets: dict[str, Grid], word: str) -> Grid:
    found = [grid for name, grid in sheets.items() if name.lower().startswith(word) or f" {word}" in name.lower()]
    if len(found) != 1:
        what = f"{len(found)} sheets of {word}s among {sorted(sheets)}."
        raise refuse(file, spec.name, "sheet_missing", what, "Look at the workbook.")
    return found[0]


def _table(file: DeliveredFile, spec: SourceSpec, grid: Grid, last: str | None) -> tuple[pl.DataFrame, tuple[str, str]]:
    """newer_hs6, older_hs6 and, where `last` names it, the relationship; and the two editions."""
    place = next((i for i, row in enumerate(grid) if sum("HS" in text for text in row.values()) == 2), None)
    header = grid[place] if place is not None else {}
    editions = {column: f"HS{found[1]}" for column, text in header.items() if (found := _edition(text))}
    other = {column: text for column, text in header.items() if column not in editions}
    (newer, older) = list(editions) if len(editions) == 2 else ("", "")
    if place is None or not newer or list(other.values()) != ([last] if last else []):
        what = f"The columns are {header}."
        raise refuse(file, spec.name, "unknown_column", what, "Find out what changed before reading on.")
    rows = grid[place + 1 :]
    strange = [row for row in rows if any(row[column] != _PART for column in row.keys() - header.keys())]
    if strange or not editions[newer] > editions[older]:
        what = f"{len(strange)} rows have text beside the columns, or the editions are {editions}."
        raise refuse(file, spec.name, "unknown_column", what, "Find out what it means.", rows=strange)
    wanted = {newer: "newer_hs6", older: "older_hs6"} | {column: "relationship" for column in other}
    table = pl.DataFrame([{own: row.get(column, "") for column, own in wanted.items()} for row in rows])
    shapes = {"newer_hs6": r"\d{6}", "older_hs6": r"\d{6}"} | ({"relationship": "[1n]:[1n]"} if other else {})
    refuse_misshapen(table, shapes, file, spec.name)
    return table, (editions[newer], editions[older])


def _edition(text: str) -> re.Match[str] | None:
    return re.fullmatch(r"(?:From |To )?HS ?((?:19|20)\d\d)", text)


def _refuse_contradictions(
    file: DeliveredFile, spec: SourceSpec, stated: pl.DataFrame, converted: pl.DataFrame
) -> None:
    """Raises LandingError where the relationship is not that of the links, or the conversion is not one of them."""
    newer, older = (pl.len().over(column) for column in _PAIR)
    counted = pl.concat_str(
        pl.when(older == 1).then(pl.lit("1")).otherwise(pl.lit("n")),
        pl.lit(":"),
        pl.when(newer == 1).then(pl.lit("1")).otherwise(pl.lit("n")),
    )
    differing = stated.filter(pl.col("relationship") != counted)
    if differing.height:
        what = f"{differing.height} links are not of the relationship printed beside them."
        action = "A link is lost or doubled. Compare with the workbook."
        raise refuse(file, spec.name, "relationship_differs", what, action, rows=differing.head(5).rows())
    outside = converted.join(stated, on=_PAIR, how="anti")
    without = stated.join(converted, on="newer_hs6", how="anti")
    if outside.height or without.height or converted["newer_hs6"].is_duplicated().any():
        what = "A subheading is converted along no link, twice, or not at all."
        rows = [*outside.head(3).rows(), *without.head(2).rows()]
        raise refuse(file, spec.name, "conversion_differs", what, "Compare the two sheets.", rows=rows)
