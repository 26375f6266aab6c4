"""An answer of Fiscal Data on table 4 of the Monthly Treasury Statement -> customs duties by month, in whole dollars.

Belongs here: this answer and its five fields. Does not belong here: what receipts are compared with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import decoded, refuse, refuse_misshapen, single_file, whole_vintage

THING = "customs_duties"
LINE = "Customs Duties"
_AMOUNTS = {
    "current_month_gross_rcpt_amt": "gross_usd",
    "current_month_refund_amt": "refunds_usd",
    "current_month_net_rcpt_amt": "net_usd",
}
FIELDS = ("record_date", "classification_desc", *_AMOUNTS)


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of all months. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    rows = pl.DataFrame(_rows(file, spec), schema=dict.fromkeys(FIELDS, pl.String))
    strange = rows.filter(pl.col("classification_desc").ne_missing(LINE))
    if strange.height:
        action = "Ask again with the filter."
        raise refuse(file, spec.name, "unknown_line", "Other lines.", action, rows=strange.head(5).rows())
    missing = rows.filter(pl.any_horizontal(pl.all().is_null()))
    if missing.height:
        raise refuse(file, spec.name, "bad_cell", "Cells are blank.", "Look at the rows.", rows=missing.rows())
    refuse_misshapen(
        rows, {"record_date": r"\d{4}-\d{2}-\d{2}", **dict.fromkeys(_AMOUNTS, r"-?\d+(\.\d+)?")}, file, spec.name
    )
    months = rows.select(
        period_start=pl.col("record_date").str.to_date("%Y-%m-%d").dt.month_start(),
        **{own: pl.col(field).cast(pl.Decimal(20, 2)).round(0).cast(pl.Int64) for field, own in _AMOUNTS.items()},
    )
    yield whole_vintage(delivery, spec, THING, months.sort("period_start"))


def _rows(file: DeliveredFile, spec: SourceSpec) -> list[dict[str, str]]:
    try:
        answer = json.loads(decoded(file, spec.name))
    except ValueError as error:
        raise refuse(file, spec.name, "truncated_file", f"Not JSON ({error}).", "Ask the publisher again.") from None
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or not rows or any(set(row) != set(FIELDS) for row in rows):
        what = "The answer does not consist of rows of the five fields."
        raise refuse(file, spec.name, "unknown_field", what, "Ask as the runbook says.", rows=(rows or [])[:1])
    total = answer.get("meta", {}).get("total-count")
    if total != len(rows):
        what = f"{len(rows)} rows of {total}."
        raise refuse(file, spec.name, "partial_answer", what, "Ask again with a larger page[size].")
    return rows
