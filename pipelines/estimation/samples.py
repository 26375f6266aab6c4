"""Samples: imports of a level with the statutory rate beside them, and the changes a specification is about.

Belongs here: reading the marts of the work database, differences, and naming the effects. Does not belong here:
fitting (fits.py).

Levels have one row a partner, product and period: value_usd, calculated_rate, statutory_rate (NULL where law was not
at hand or no imports of a weight year say how to weigh it), quantity and its unit. What is not stated stays NULL.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from pipelines.estimation.specifications import Specification
from pipelines.files import duck, sha256_of, sql_text
from pipelines.settings import Settings

#: Marts the samples are read from.
MARTS = ("core.fct_trade_flow", "core.fct_period_tariff", "core.fct_weighted_sector_duty")
#: Trade of this year weighs the lines of a sector: the last before the measures of 2025.
WEIGHT_YEAR = 2024
#: Ratios of unit values beyond this, either way, are another good in the same line.
UNIT_VALUE_RATIO = 3.0
#: A rate that moves by no more in a month stands still; more than it is a hit.
STILL = 0.005
#: Months that must have been still before a change, and months shown after it.
STILL_MONTHS, AFTER_MONTHS = 6, 12
#: Horizons of local projections: six months before, where nothing should be seen, to a year after.
HORIZONS = (-6, -4, -2, 0, 1, 2, 3, 6, 9, 12)
#: Stands for NULL in a fingerprint.
_NO_FIGURE = -(2**63)
KEY = ("partner_code", "product_code", "period_start")

_FLOWS = """
    select
        partner_code,
        product_code,
        period_start,
        import_value_consumption_usd as value_usd,
        cast(calculated_duty_usd as double) / import_value_consumption_usd as calculated_rate,
        quantity_1 as quantity,
        quantity_1_unit as quantity_unit
    from work.core.fct_trade_flow
    where
        flow = 'import' and product_level = '{level}' and period_months = {months}
        and known_to = date '9999-12-31' and import_value_consumption_usd > 0
"""
#: The statutory rate beside each flow: of a line as it is; of a sector its lines weighed, by days of the month.
_RATES = {
    "HTS10": """
        select flows.partner_code, flows.product_code, flows.period_start, tariffs.expected_rate as statutory_rate
        from flows
        inner join work.core.fct_period_tariff as tariffs
            on flows.partner_code = tariffs.partner_code and flows.product_code = tariffs.product_code
            and flows.period_start = tariffs.period_start and tariffs.period_months = {months}
    """,
    "NAICS3": """
        select
            flows.partner_code,
            flows.product_code,
            flows.period_start,
            sum(duties.expected_duty_usd * days.held) / sum(duties.import_value_consumption_usd * days.held)
                as statutory_rate
        from flows
        inner join work.core.fct_weighted_sector_duty as duties
            on duties.weight_year = {weight_year} and duties.product_level = 'NAICS3'
            and flows.partner_code = duties.partner_code and flows.product_code = duties.product_code
            and duties.valid_from < flows.period_start + interval {months} month
            and duties.valid_to > flows.period_start
        cross join lateral (
            select date_diff(
                'day',
                greatest(duties.valid_from, flows.period_start),
                least(duties.valid_to, cast(flows.period_start + interval {months} month as date))
            ) as held
        ) as days
        group by flows.partner_code, flows.product_code, flows.period_start
        having sum(duties.import_value_consumption_usd * days.held) > 0
    """,
}


def levels(settings: Settings, product_level: str, period_months: int) -> pl.DataFrame:
    """Levels as the work database has them now, sorted by key."""
    words = {"level": product_level, "months": period_months, "weight_year": WEIGHT_YEAR}
    file = settings.temp / f"levels_{product_level}_{period_months}.parquet"
    settings.temp.mkdir(parents=True, exist_ok=True)
    with duck(settings) as con:
        con.execute(f"attach {sql_text(settings.work_database)} as work (read_only)")
        con.execute(
            f"copy (with flows as ({_FLOWS.format(**words)}), rates as ({_RATES[product_level].format(**words)}) "
            f"select flows.*, rates.statutory_rate from flows left join rates using ({', '.join(KEY)})) "
            f"to {sql_text(file)} (format parquet)"
        )
    return _read(file).sort(KEY)


def _read(file: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(file)
    finally:
        file.unlink()


def changes(held: pl.DataFrame, lag_months: int) -> pl.DataFrame:
    """Changes of logarithms over a lag, where both periods have imports; NULL where a figure of either is missing."""
    prior = held.select(
        "partner_code",
        "product_code",
        pl.col("period_start").dt.offset_by(f"{lag_months}mo"),
        **{f"{c}_before": pl.col(c) for c in ("value_usd", "calculated_rate", "statutory_rate")},
        quantity_before="quantity",
        quantity_unit_before="quantity_unit",
    )
    one_unit = pl.col("quantity_unit").eq_missing(pl.col("quantity_unit_before"))
    more = pl.when(one_unit & (pl.col("quantity") > 0) & (pl.col("quantity_before") > 0)).then(
        (pl.col("quantity") / pl.col("quantity_before")).log()
    )
    value = (pl.col("value_usd") / pl.col("value_usd_before")).log()
    calculated = _change_of_factor("calculated_rate")
    return (
        held.join(prior, on=KEY)
        .select(
            *KEY,
            "value_usd",
            "statutory_rate",
            value=value,
            calculated=calculated,
            statutory=_change_of_factor("statutory_rate"),
            quantity=more,
            unit_value=value - more,
            price_with_duty=value - more + calculated,
        )
        .sort(KEY)
    )


def sample(changed: pl.DataFrame, spec: Specification) -> pl.DataFrame:
    """Rows of a specification in changes, complete in what it needs, within its window."""
    needed = [c for c in (spec.outcome, spec.regressor, spec.instrument) if c]
    rows = _within(changed, spec).drop_nulls(needed)
    if spec.needs_quantities:
        rows = rows.filter(pl.col("unit_value").abs() <= pl.lit(UNIT_VALUE_RATIO).log())
    return rows.select(*KEY, "value_usd", "statutory_rate", *dict.fromkeys(needed))


def _change_of_factor(rate: str) -> pl.Expr:
    return ((1 + pl.col(rate)) / (1 + pl.col(f"{rate}_before"))).log()


def _within(rows: pl.DataFrame, spec: Specification) -> pl.DataFrame:
    first, after = spec.window_from or date.min, spec.window_to or date.max
    return rows.filter((pl.col("period_start") >= first) & (pl.col("period_start") < after))


def _moves(held: pl.DataFrame) -> pl.DataFrame:
    """KEY of months whose statutory rate and that of the month before are known; moved: by how much it changed."""
    prior = held.select(
        "partner_code", "product_code", pl.col("period_start").dt.offset_by("1mo"), before="statutory_rate"
    )
    return held.join(prior, on=KEY).with_columns(moved=pl.col("statutory_rate") - pl.col("before")).drop_nulls("moved")


def event_sample(held: pl.DataFrame, spec: Specification) -> pl.DataFrame:
    """Levels within the window with `since`: months since the first hit, its ends binned; NULL where none came."""
    months = _within(held, spec)
    first_hit = (
        _within(_moves(held), spec)
        .filter(pl.col("moved") > STILL)
        .group_by("partner_code", "product_code")
        .agg(hit_on=pl.col("period_start").min())
    )
    ordinal = {c: pl.col(c).dt.year().cast(pl.Int32) * 12 + pl.col(c).dt.month() for c in ("period_start", "hit_on")}
    since = (ordinal["period_start"] - ordinal["hit_on"]).clip(-AFTER_MONTHS, AFTER_MONTHS)
    return (
        months.join(first_hit, on=["partner_code", "product_code"], how="left")
        .with_columns(since=since, value=pl.col("value_usd").log())
        .select(*KEY, "value_usd", "statutory_rate", "since", "value")
        .sort(KEY)
    )


def clean_samples(
    held: pl.DataFrame, spec: Specification, horizons: tuple[int, ...] = HORIZONS
) -> dict[int, pl.DataFrame]:
    """Horizon -> rows: a change after still months, or stillness until the horizon; outcome over t - 1 to t + h."""
    moves = _within(_moves(held), spec)
    moved = moves.select(*KEY, "moved")

    def at(frame: pl.DataFrame, months: int, column: str, name: str) -> pl.DataFrame:
        return frame.select(
            "partner_code",
            "product_code",
            pl.col("period_start").dt.offset_by(f"{-months}mo"),
            pl.col(column).alias(name),
        )

    still = moves
    for back in range(1, STILL_MONTHS + 1):
        still = still.join(at(moved, -back, "moved", f"moved_{back}"), on=KEY)
    still = still.filter(pl.all_horizontal(pl.col(f"moved_{b}").abs() <= STILL for b in range(1, STILL_MONTHS + 1)))
    is_change = pl.col("moved").abs() > STILL
    base = still.join(at(held, -1, "value_usd", "value_before"), on=KEY).with_columns(
        statutory=((1 + pl.col("statutory_rate")) / (1 + pl.col("before"))).log(), still_until=~is_change
    )
    found: dict[int, pl.DataFrame] = {}
    for horizon in range(min(horizons), max(horizons) + 1):
        if horizon > 0:  # who moves by then is no control from then on
            base = base.join(at(moved, horizon, "moved", "later"), on=KEY, how="left").with_columns(
                still_until=pl.col("still_until") & (pl.col("later").abs() <= STILL).fill_null(value=False)
            )
            base = base.drop("later")
        if horizon not in horizons:
            continue
        rows = base.filter(is_change | pl.col("still_until")).join(at(held, horizon, "value_usd", "value_then"), on=KEY)
        found[horizon] = rows.with_columns(value=(pl.col("value_then") / pl.col("value_before")).log()).select(
            *KEY, "value_usd", "statutory_rate", "statutory", "value"
        )
    return found


def with_effects(rows: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """The rows with effects and clusters as whole numbers, one column a name."""
    code, day = pl.col("product_code"), pl.col("period_start")
    # A line belongs to its chapter; a NAICS sector is one itself.
    sector = pl.when(code.str.len_chars() > 4).then(code.str.slice(0, 2)).otherwise(code)
    product, partner = _number(code), _number(pl.col("partner_code"))
    period = day.dt.year().cast(pl.Int64) * 12 + day.dt.month()
    numbers = {
        "product": product,
        "partner": partner,
        "tariff_line": _number(code.str.slice(0, 8)),
        "product_period": _pair(product, period),
        "partner_period": _pair(partner, period),
        "partner_year": _pair(partner, day.dt.year().cast(pl.Int64)),
        "partner_product": _pair(partner, product),
        "partner_sector": _pair(partner, _number(sector)),
    }
    return rows.with_columns(numbers[name].alias(name) for name in names)


def _number(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Categorical).to_physical().cast(pl.Int64)


def _pair(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    return first * 2**32 + second


def sample_sha256(rows: pl.DataFrame) -> str:
    """Fingerprint of a sample: its keys and figures, sorted, numbers to nine decimals. The order of rows is nothing."""
    ordered = rows.sort(KEY)
    keys = ordered.select(pl.concat_str(*(pl.col(c).cast(pl.String) for c in KEY), separator="|").str.join("\n")).item()
    parts = [str(keys).encode()]
    for name in (c for c in rows.columns if c not in KEY):
        column = ordered[name]
        scaled = (column * 1e9).round(0) if column.dtype.is_float() else column
        parts += [name.encode(), scaled.cast(pl.Int64).fill_null(_NO_FIGURE).to_numpy().astype("<i8").tobytes()]
    return sha256_of(b"\0".join(parts))
