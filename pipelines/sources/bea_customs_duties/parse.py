"""Table 3.5 of the national accounts, annual, as CSV -> customs duties by year, in dollars.

The table is in billions with one decimal; a year not stated (dashes) has no row.

Belongs here: this layout and its one line. Does not belong here: what the duties are compared with.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import decoded, refuse, single_file, whole_vintage

THING = "duties"
_TABLE = "Table 3.5."
_LINE = "Customs duties"
_REVISED = r"Last Revised on: ([A-Z][a-z]+ \d{1,2}, \d{4})"
_NOT_STATED = re.compile(r"-{3}|\.{5}|")


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of all years. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    text = decoded(file, spec.name)
    if not text.startswith(_TABLE):
        what = f"It begins {text[:60]!r}."
        raise refuse(file, spec.name, "wrong_table", what, "Download table 3.5.")
    rows = list(csv.reader(text.splitlines()))
    years = [row[2:] for row in rows if row[:1] == ["Line"]]
    lines = [row[2:] for row in rows if len(row) > 2 and row[1].strip() == _LINE]
    if len(years) != 1 or len(lines) != 1:
        what = f"{len(years)} rows of years, {len(lines)} lines of customs duties."
        raise refuse(file, spec.name, "unknown_line", what, "Compare with the table in the browser.")
    stated = [
        {
            "period_start": _year(file, spec, year),
            "period_months": 12,
            "customs_duties_usd": _dollars(file, spec, value),
        }
        for year, value in _paired(file, spec, years[0], lines[0])
        if not _NOT_STATED.fullmatch(value.strip())
    ]
    revised = re.search(_REVISED, text)
    revised_on = datetime.strptime(revised[1], "%B %d, %Y").date() if revised else None
    frame = pl.DataFrame(stated, schema=spec.things[THING].schema)
    yield whole_vintage(delivery, spec, THING, frame, stated_on=revised_on)


def _paired(file: DeliveredFile, spec: SourceSpec, years: list[str], values: list[str]) -> Iterator[tuple[str, str]]:
    if len(years) != len(values):
        what = f"{len(years)} years, {len(values)} values."
        raise refuse(file, spec.name, "bad_cell", what, "Download the table again.")
    return zip(years, values, strict=True)


def _year(file: DeliveredFile, spec: SourceSpec, printed: str) -> date:
    if not re.fullmatch(r"(19|20)\d{2}", printed.strip()):
        raise refuse(file, spec.name, "bad_cell", f"{printed!r} is no year.", "Download the annual table.")
    return date(int(printed), 1, 1)


def _dollars(file: DeliveredFile, spec: SourceSpec, printed: str) -> int:
    if not re.fullmatch(r"\d+(\.\d)?", printed.strip()):
        raise refuse(file, spec.name, "bad_cell", f"{printed!r} is no number of billions.", "Look at the file.")
    return int(Decimal(printed.strip()) * 10**9)
