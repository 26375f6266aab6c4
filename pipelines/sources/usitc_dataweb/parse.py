"""DataWeb reports -> claims under USMCA by tariff line (CSV), or totals by sector (workbook).

Lines without imports are left out: they state nothing. S stands for the program indicators S and S+ together, which the
report does not tell apart.

Belongs here: the two layouts. Does not belong here: taking workbooks apart (workbook.py), what claims mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import read_table, refuse, refuse_misshapen, single_file
from pipelines.formats.workbook import is_workbook
from pipelines.sources.usitc_dataweb.workbook import downloaded_on, read_totals

PROGRAM = "S"
MEMBERS = ("1220", "2010")
_COLUMNS = {
    "hts10": "hts10",
    "cty_code": "partner_code",
    "usmca_share": "share",
    "total_value": "total_import_value_consumption_usd",
    "usmca_value": "claimed_import_value_consumption_usd",
}
_SHAPES = {
    "hts10": r"\d{10}",
    "total_import_value_consumption_usd": r"\d+",
    "claimed_import_value_consumption_usd": r"\d+",
    "share": r"\d(\.\d+)?(e-\d+)?",
}
#: Shares are printed with at least six digits.
_SHARE_TOLERANCE = 1e-5


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One month of claims, or all months of a workbook. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    if is_workbook(file):
        totals = read_totals(file, spec)
        known_on = delivery.known_on or file.published_on or downloaded_on(file, spec)
        yield _parsed(delivery, spec, "totals", totals, totals.select("period_start").unique(), known_on)
        return
    month = _month(file, spec)
    claims = _claims(file, spec).with_columns(program_code=pl.lit(PROGRAM), period_start=pl.lit(month))
    cells = pl.DataFrame({"program_code": PROGRAM, "partner_code": MEMBERS, "period_start": month})
    yield _parsed(delivery, spec, "claims", claims, cells, delivery.known_on or file.published_on)


def _parsed(
    delivery: Delivery, spec: SourceSpec, thing: str, frame: pl.DataFrame, cells: pl.DataFrame, known_on: date | None
) -> Parsed:
    file = single_file(delivery, spec.name)
    if known_on is None:
        raise refuse(file, spec.name, "known_on_missing", "Neither file nor name tells its date.", "Pass --known-on.")
    return Parsed(
        thing=thing,
        vintage_id=delivery.vintage_id or f"{thing}_{known_on}",
        known_on=known_on,
        known_precision=delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=file.sha256,
        url=file.url,
        frame=frame.select(pl.col(name).cast(kind) for name, kind in spec.things[thing].schema.items()),
        cells=cells,
    )


def _month(file: DeliveredFile, spec: SourceSpec) -> date:
    found = re.search(r"_(20\d{2})_(0[1-9]|1[0-2])\.csv$", file.name)
    if found is None:
        what = f"The name {file.name} does not end in a year and month."
        raise refuse(file, spec.name, "unknown_period", what, "Name the file ..._2025_07.csv.")
    return date(int(found[1]), int(found[2]), 1)


def _claims(file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    stated = read_table(file, spec, _COLUMNS)
    missing = stated.filter(pl.any_horizontal(pl.all().is_null()))
    if missing.height:
        raise refuse(file, spec.name, "bad_cell", "Cells are blank.", "Run the report again.", rows=missing.rows())
    refuse_misshapen(stated, _SHAPES, file, spec.name)
    strange = stated.filter(~pl.col("partner_code").is_in(MEMBERS))
    if strange.height:
        action = "Give the report of Canada and Mexico."
        raise refuse(file, spec.name, "unknown_partner", "Other partners.", action, rows=strange.rows())
    total, claimed = pl.col("total_import_value_consumption_usd"), pl.col("claimed_import_value_consumption_usd")
    claims = stated.with_columns(total.cast(pl.Int64), claimed.cast(pl.Int64))
    above = claims.filter(claimed > total)
    if above.height:
        action = "Run the report again."
        raise refuse(file, spec.name, "claim_above_total", "More claimed than imported.", action, rows=above.rows())
    claims = claims.filter(total > 0)
    off = claims.filter((pl.col("share").cast(pl.Float64) - claimed / total).abs() > _SHARE_TOLERANCE)
    if off.height:
        action = "Run both reports again on one day."
        raise refuse(file, spec.name, "share_differs", "Shares are of another run.", action, rows=off.rows())
    return claims
