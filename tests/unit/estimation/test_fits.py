"""Planted parameters are found again, and what the data do not allow is refused in words.

Belongs here: fits and samples on made-up trade. Does not belong here: the table and its record (test_tables.py).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl
import pytest

from pipelines.estimation import samples
from pipelines.estimation.fits import Held, Row, estimate
from pipelines.estimation.specifications import Specification, specifications
from tests.unit.estimation.planted import APPLIED, OMEGA, SIGMA, levels

BY_ID = {spec.spec_id: spec for spec in specifications()}


@cache
def held() -> Held:
    return Held(levels())


def spec_of(spec_id: str, **changed: Any) -> Specification:
    """The shipped specification, on months of lines and without a window."""
    return replace(BY_ID[spec_id], **changed)


def first(spec: Specification, of: Held | None = None) -> Row:
    return estimate(of or held(), spec)[0]


#: What a change of the statutory rate does to quantity, ln(1 + t) by ln(1 + t): shifts in demand meet sloping supply.
_QUANTITY = -SIGMA * APPLIED / (1 + SIGMA * OMEGA)


@pytest.mark.parametrize(
    ("spec_id", "planted"),
    [
        ("pass_through_hts10_month", OMEGA * _QUANTITY),
        ("demand_elasticity_hts10_month", -SIGMA),
        ("supply_elasticity_hts10_month", OMEGA),
    ],
)
def test_planted_parameters_are_found_again(spec_id: str, planted: float) -> None:
    row = first(spec_of(spec_id))
    assert row["estimate"] == pytest.approx(planted, abs=3 * row["std_error"])
    assert row["std_error"] < 0.15 * max(1, abs(planted))
    assert row["conf_low"] < row["estimate"] < row["conf_high"]


def test_values_answer_by_price_and_quantity_together() -> None:
    row = first(spec_of("import_value_naics3_month", product_level="HTS10", lag_months=12))
    assert row["estimate"] == pytest.approx(_QUANTITY * (1 + OMEGA), abs=3 * row["std_error"])


def test_an_event_study_sees_nothing_before_and_the_effect_after() -> None:
    rows = estimate(held(), spec_of("event_study_hts10_month"))
    by_horizon = {row["horizon_months"]: row for row in rows if row["term"] == "event"}
    assert by_horizon[-1]["estimate"] == 0 and by_horizon[-1]["std_error"] is None
    assert rows[0]["pretrend_p_value"] > 0.05
    assert rows[-1]["term"] == "mean_after" and rows[-1]["conf_high"] < 0
    assert rows[-1]["estimate"] == pytest.approx(_QUANTITY * (1 + OMEGA) * 0.2, abs=0.1)


def test_a_trend_before_is_found() -> None:
    falling = samples.event_sample(held().levels, spec_of("event_study_hts10_month"))
    trend = (
        held()
        .levels.join(falling.select(*samples.KEY, "since"), on=samples.KEY)
        .with_columns(
            value_usd=(pl.col("value_usd") * (-0.2 * pl.col("since").fill_null(0)).exp()).round().cast(pl.Int64)
        )
    )
    rows = estimate(Held(trend), spec_of("event_study_hts10_month"))
    assert rows[0]["pretrend_p_value"] < 0.001


def test_local_projections_find_the_effect_at_every_horizon() -> None:
    rows = {r["horizon_months"]: r for r in estimate(held(), spec_of("local_projection_hts10_month"))}
    for horizon in (0, 3):
        assert rows[horizon]["estimate"] == pytest.approx(_QUANTITY * (1 + OMEGA), abs=3 * rows[horizon]["std_error"])
    assert rows[-2]["estimate"] == pytest.approx(0, abs=3 * rows[-2]["std_error"])


def test_the_fingerprint_of_a_sample_is_of_its_rows_not_their_order() -> None:
    rows = samples.sample(held().changes(12), spec_of("import_value_hts10_year"))
    shuffled = rows.sample(fraction=1.0, shuffle=True, seed=3)
    assert samples.sample_sha256(shuffled) == samples.sample_sha256(rows)
    assert samples.sample_sha256(rows.head(-1)) != samples.sample_sha256(rows)
    assert samples.sample_sha256(rows.with_columns(pl.col("value") + 1e-6)) != samples.sample_sha256(rows)


@pytest.mark.parametrize(
    ("frame", "spec_id", "words"),
    [
        (levels().clear(), "pass_through_hts10_month", "No imports of HTS10 by month"),
        (levels().with_columns(quantity=pl.lit(None, pl.Int64)), "pass_through_hts10_month", "No quantities"),
        (
            levels().with_columns(statutory_rate=pl.lit(None, pl.Float64)),
            "import_value_hts10_year",
            "No statutory rate",
        ),
        (levels(partners=1), "import_value_hts10_year", "1 clusters of partner"),
        (levels(lines=2, partners=2, months=14), "import_value_hts10_year", "fewer than 100"),
        (levels().with_columns(statutory_rate=0.02), "import_value_hts10_year", "statutory is the same in all rows"),
        (levels().with_columns(statutory_rate=0.02), "event_study_hts10_month", "No rate rose"),
    ],
    ids=["nothing", "no quantities", "no law", "one cluster", "few rows", "nothing moves", "no hit"],
)
def test_what_the_data_do_not_allow_is_said(frame: pl.DataFrame, spec_id: str, words: str) -> None:
    rows = estimate(Held(frame), BY_ID[spec_id])
    assert len(rows) == 1
    assert rows[0]["estimate"] is None and rows[0]["n_obs"] is None
    assert words in rows[0]["note"]


def test_unit_values_of_other_goods_are_left_out() -> None:
    wild = levels(lines=30, months=13).with_columns(
        quantity=pl.when(pl.col("product_code").str.ends_with("00") & (pl.col("period_start").dt.year() == 2018))
        .then(pl.col("quantity") * 9)
        .otherwise(pl.col("quantity"))
    )
    rows = samples.sample(Held(wild).changes(12), BY_ID["pass_through_hts10_month"])
    assert not rows["product_code"].str.ends_with("00").any() and rows.height > 0


def test_quantities_in_two_units_are_no_change() -> None:
    frame = levels(lines=5, months=13)
    other = frame.with_columns(
        quantity_unit=pl.when(pl.col("period_start").dt.year() == 2018).then(pl.lit("KG")).otherwise("quantity_unit")
    )
    assert Held(frame).changes(12)["quantity"].count() == 100
    assert Held(other).changes(12)["quantity"].count() == 0
