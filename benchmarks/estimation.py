"""Estimates at the size of the published samples: made-up varieties by month with planted parameters."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.measure import call
from benchmarks.report import Result, Row
from pipelines.estimation.fits import Fit
from pipelines.estimation.specifications import Specification, specifications

ROWS, SECONDS = 1_000_000, 15
#: Lines, partners and months that varieties are drawn from, as in the samples of 2017 to 2019.
LINES, PARTNERS, MONTHS = 10_000, 200, 28
SPEC, PLANTED = "demand_elasticity_hts10_month", -2.53


def estimation_1m(folder: Path) -> Result:
    """An elasticity of demand by two-stage least squares over a million made-up changes with three interacted effects.

    Products by month, partners by month and partners by chapter are taken out, errors clustered by partner and
    eight-digit line, the sample fingerprinted: against the same fit with one of the effects.
    """
    found, run = call("estimation:fit_million", {}, folder / "estimation.log", effects=3)
    one, _ = call("estimation:fit_million", {}, folder / "estimation_one.log", effects=1)
    recovered = abs(found["estimate"] - PLANTED) < 3 * found["std_error"]
    note = (
        f"planted {PLANTED}, found {found['estimate']:.3f}, standard error {found['std_error']:.3f}; "
        f"{found['n_obs']:,} rows used; {found['n_clusters']} clusters"
    )
    return Result(
        [
            Row(
                f"elasticity of demand from {ROWS:,} changes, three interacted effects",
                found["seconds"],
                run.peak_mb,
                f"one effect, {one['seconds']:.1f} s",
                found["seconds"] / one["seconds"],
                f"less than {SECONDS} s",
                found["seconds"] < SECONDS and recovered,
                note,
            )
        ]
    )


def fit_million(effects: int) -> dict[str, Any]:
    """Draw the changes, then fit; the time is that of the fit."""
    spec = next(s for s in specifications() if s.spec_id == SPEC)
    spec = Specification(**{**vars(spec), "effects": spec.effects[:effects]})
    rows = changes()
    Fit(rows.head(50_000), spec, spec.outcome, [spec.regressor])  # what has to be imported is
    begun = time.monotonic()
    fit = Fit(rows, spec, spec.outcome, [spec.regressor], spec.instrument)
    seconds = time.monotonic() - begun
    row = fit.row(spec.regressor, spec.lag_months)
    return {"seconds": seconds, **{k: row[k] for k in ("estimate", "std_error", "n_obs", "n_clusters")}}


def changes() -> pl.DataFrame:
    """Changes of quantity, price with duty and statutory rate, with shocks to all that the effects take out."""
    draw = np.random.default_rng(11)
    line, partner = (np.minimum((n * draw.random(ROWS) ** 2).astype(int), n - 1) for n in (LINES, PARTNERS))
    month = draw.integers(0, MONTHS, ROWS)
    statutory = np.where(draw.random(ROWS) < 0.1, draw.uniform(0, 0.25, ROWS), 0.0)
    shock = draw.normal(0, 0.5, ROWS)
    common = draw.normal(0, 0.3, (LINES, MONTHS))[line, month] + draw.normal(0, 0.3, (PARTNERS, MONTHS))[partner, month]
    # Prices answer to demand, which is what the instrument is for.
    price = 0.6 * statutory + 0.2 * shock + 0.5 * common + draw.normal(0, 0.3, ROWS)
    first = np.datetime64("2017-01")
    return pl.DataFrame(
        {
            "partner_code": np.char.add("P", partner.astype(str)),
            "product_code": np.char.zfill((line * 997).astype(str), 10),
            "period_start": (first + month.astype("timedelta64[M]")).astype("datetime64[D]"),
            "statutory": statutory,
            "price_with_duty": price,
            "quantity": PLANTED * price + common + shock,
        }
    )
