"""Schedule C text -> trading partners. Three columns between bars, fixed width, with a head and a foot.

Names are kept as printed (they are cut at 52 characters); codes that are not ISO are kept as printed.

Belongs here: this layout. Does not belong here: which codes are countries (the file lists no groups).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import polars as pl

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.corrections import apply_corrections, load_corrections
from pipelines.formats.reference import decoded, refuse, refuse_misshapen, single_file, whole_vintage

THING = "partners"
_ROW = r"^(\S+)\s*\|\s*([^|]*?)\s*\|\s*(\S*)\s*$"
_PRODUCED = r"Schedule C - Country List \(by code\) \[Produced: (\d{2}[A-Z]{3}\d{2})\]"
_FURNITURE = r"^(?:-*|Code\s+\|\s+Name\s+\|\s+ISO Code\s*|Source: .*|This listing produced\.\.\..*)$"


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole schedule. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    lines = pl.DataFrame({"line": decoded(file, spec.name).splitlines()}).with_columns(pl.col("line").str.strip_chars())
    produced = lines["line"].str.extract(_PRODUCED, 1).drop_nulls()
    body = lines.filter(~pl.col("line").str.contains(_FURNITURE), ~pl.col("line").str.contains(_PRODUCED))
    strange = body.filter(~pl.col("line").str.contains(_ROW))
    if strange.height or body.is_empty():
        what = f"{strange.height} lines are not rows of three columns; {body.height} lines in all."
        raise refuse(file, spec.name, "unknown_line", what, "Compare with the published file.", rows=strange["line"])
    partners = body.select(
        partner_code=pl.col("line").str.extract(_ROW, 1),
        partner_name=pl.col("line").str.extract(_ROW, 2).replace("", None),
        iso2=pl.col("line").str.extract(_ROW, 3).replace("", None),
    )
    stated_on = _day(produced[0]) if len(produced) else None
    known_on = delivery.known_on or file.published_on or stated_on
    partners, corrections = apply_corrections(
        partners,
        load_corrections(spec.name),
        source=spec.name,
        thing=THING,
        file=file.name,
        known_on=known_on or date.max,
    )
    refuse_misshapen(partners, {"partner_code": r"\d{4}", "iso2": "[A-Z]{2}"}, file, spec.name)
    yield whole_vintage(delivery, spec, THING, partners, stated_on=stated_on, corrections=corrections)


def _day(printed: str) -> date:
    """27JAN21 -> 2021-01-27."""
    return datetime.strptime(printed.title(), "%d%b%y").date()
