"""The specifications that are estimated, as rows: seeds/estimate_specifications.csv, which dbt releases too.

Belongs here: reading them. Does not belong here: what a method does (fits.py) or where data come from (samples.py).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date

from pipelines.settings import PROJECT_ROOT

SEED = PROJECT_ROOT / "seeds" / "estimate_specifications.csv"
METHODS = ("change", "instrument", "event_study", "local_projection")


@dataclass(frozen=True)
class Specification:
    """One row of the seed. effects, clusters: names of columns of a sample. window_to is the first day after it."""

    spec_id: str
    title: str
    method: str
    product_level: str
    period_months: int
    lag_months: int
    outcome: str
    regressor: str
    instrument: str | None
    effects: tuple[str, ...]
    clusters: tuple[str, ...]
    window_from: date | None
    window_to: date | None

    @property
    def needs_quantities(self) -> bool:
        """Whether it is of prices or quantities, which nobody can tell from values."""
        return bool({"unit_value", "quantity", "price_with_duty"}.intersection((self.outcome, self.regressor)))


def specifications() -> list[Specification]:
    """All of them, in the order of the seed."""
    with SEED.open(encoding="utf-8", newline="") as rows:
        return [_read(row) for row in csv.DictReader(rows)]


def _read(row: dict[str, str]) -> Specification:
    if row["method"] not in METHODS:
        raise ValueError(f"{row['spec_id']}: no method {row['method']}")
    return Specification(
        spec_id=row["spec_id"],
        title=row["title"],
        method=row["method"],
        product_level=row["product_level"],
        period_months=int(row["period_months"]),
        lag_months=int(row["lag_months"]),
        outcome=row["outcome"],
        regressor=row["regressor"],
        instrument=row["instrument"] or None,
        effects=tuple(row["effects"].split()),
        clusters=tuple(row["clusters"].split()),
        window_from=_day(row["window_from"]),
        window_to=_day(row["window_to"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
