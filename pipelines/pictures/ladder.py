"""From the rate the law states to the duty that was calculated: one step a reason.

Belongs here: this picture. Does not belong here: the steps (trade_impact.tariff_gap).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, filled, name_of
from pipelines.pictures.theme import HEIGHT, INK, PALE, WIDTH

#: What the steps of trade_impact.tariff_gap are called under their bars; a step that has no name here keeps its own.
STEP_NAMES = {
    "statutory": "statutory",
    "usmca_claims": "USMCA",
    "other_claims": "other claims",
    "expected": "expected",
    "timing": "timing",
    "diversion": "diversion",
    "residual": "residual",
    "calculated": "calculated",
    "receipts": "receipts",
    "collected": "collected",
    "refunds": "refunds",
}
_KINDS = {"level": "#8c8c8c", "more": "#d55e00", "less": "#0072b2"}


def ladder(ask: Ask, partner: str, period: date, months: int) -> Picture:
    """The steps of one partner ("ALL": the world) and period of so many months.

    Raises StatecraftError naming the periods there are.
    """
    sql = f"""
select step, step_order, is_level, step_rate, from_rate, to_rate, weight_year, also_contains
from trade_impact.tariff_gap
where partner_code = {sql_text(partner)} and period_start = date '{period}' and period_months = {months}
order by step_order""".strip()
    held = ask(
        "select coalesce(min(period_start)::varchar || ' to ' || max(period_start)::varchar, 'none') as periods"
        f" from trade_impact.tariff_gap where partner_code = {sql_text(partner)} and period_months = {months}"
    ).item()
    span = f"{period:%B %Y}" if months == 1 else f"{period.year}"
    frame = filled(ask(sql), f"No ladder of {partner} in {span}.", f"Periods of {months} months held: {held}.")
    hidden = frame.filter(pl.col("also_contains").is_not_null()).select("step", "also_contains").iter_rows()
    contains = "".join(f" Also in {STEP_NAMES.get(step, step)}: {', '.join(of.split())}." for step, of in hidden)
    return Picture(
        name="ladder",
        title=f"From the law to the duty: {name_of(ask, partner)}, {span}",
        subtitle=(
            f"% of customs value; fixed weights: imports of {frame['weight_year'][0]}.{contains}",
            "Source: Statecraft, trade_impact.tariff_gap, from the legal acts, the tariff schedule, US Census imports.",
        ),
        sql=sql,
        frame=frame,
        chart=_waterfall(frame),
    )


def _waterfall(frame: pl.DataFrame) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    size = (pl.col("step_rate").abs() * 100).round(2)
    sign = pl.when(size == 0).then(pl.lit("")).when(pl.col("step_rate") < 0).then(pl.lit("-")).otherwise(pl.lit("+"))
    bars = frame.with_columns(
        kind=pl.when("is_level")
        .then(pl.lit("level"))
        .when(pl.col("step_rate") > 0)
        .then(pl.lit("more"))
        .otherwise(pl.lit("less")),
        name=pl.col("step").replace(STEP_NAMES),
        top=pl.max_horizontal("from_rate", "to_rate"),
        label=pl.when("is_level").then(pl.format("{} %", size)).otherwise(pl.format("{}{} pp", sign, size)),
    )
    base = alt.Chart(bars)
    x = alt.X(
        "name:N",
        title=None,
        sort=bars["name"].to_list(),
        axis=alt.Axis(labelAngle=0, labelLimit=110, labelColor=INK, ticks=False),
    )
    color = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(_KINDS), range=list(_KINDS.values())))
    return alt.layer(
        base.mark_bar(size=54).encode(
            x=x,
            y=alt.Y("from_rate:Q", title=None, axis=alt.Axis(format="~%")),
            y2="to_rate:Q",
            color=color,
            tooltip=["step:N", alt.Tooltip("step_rate:Q", format=".3%"), alt.Tooltip("to_rate:Q", format=".3%")],
        ),
        base.mark_text(dy=-8, fontSize=11, color=PALE).encode(x=x, y="top:Q", text="label:N"),
    ).properties(width=WIDTH, height=HEIGHT)
