"""How high the tariff is, by authority, over time: steps stacked, with the law ahead marked.

Belongs here: this picture. Does not belong here: the rates (trade_impact.effective_tariff_steps).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, earliest, filled, name_of
from pipelines.pictures.theme import AUTHORITY_COLOURS, AUTHORITY_NAMES, HEIGHT, INK, PALE, WIDTH


def effective_rate(ask: Ask, partner: str, first: date, last: date, weight_year: int, today: date) -> Picture:
    """Expected statutory rate on imports from a partner ("ALL": the world), stacked by authority.

    Fractions of customs value at the imports of `weight_year`. Raises StatecraftError where nothing is held.
    """
    sql = f"""
select
    greatest(valid_from, date '{first}') as day,
    least(valid_to, date '{last}') as until,
    authority,
    effective_rate
from trade_impact.effective_tariff_steps
where partner_code = {sql_text(partner)} and product_level = 'ALL' and weight_year = {weight_year}
    and authority <> 'ALL' and valid_from < date '{last}' and valid_to > date '{first}'
order by day, authority""".strip()
    frame = filled(
        ask(sql),
        f"No rates of {partner} between {first} and {last} at the trade of {weight_year}.",
        "Rates begin on 2018-01-01; weights are 2024 and 2025.",
    )
    rate_at_end = frame.filter(pl.col("day") == pl.col("day").max())["effective_rate"].sum()
    highest = frame.group_by("day").agg(pl.sum("effective_rate")).sort("effective_rate", "day").row(-1)
    return Picture(
        name="effective-rate",
        title=f"US tariff on goods from {name_of(ask, partner)}, by legal authority",
        subtitle=(
            f"Expected statutory rate, % of customs value, at the imports of {weight_year}. Highest {highest[1]:.1%} on"
            f" {highest[0]}; {rate_at_end:.1%} at the end.",
            "Source: Statecraft, trade_impact.effective_tariff_steps, from the tariff schedule, the legal acts and US"
            " Census imports.",
        ),
        sql=sql,
        frame=frame,
        chart=stacked(frame, last, today),
    )


def stacked(frame: pl.DataFrame, last: date, today: date) -> Any:
    """Steps stacked by authority. frame: day, until, authority, effective_rate; one row a step and authority."""
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    # A step needs its end: the last level is stated once more on the last day.
    ends = frame.filter(pl.col("until") == last).with_columns(day=pl.col("until"))
    steps = pl.concat([frame, ends]).with_columns(pl.col("authority").replace(AUTHORITY_NAMES))
    levied = steps.group_by("authority").agg(pl.max("effective_rate")).filter(pl.col("effective_rate") > 0.0002)
    order = [name for name in AUTHORITY_COLOURS if name in levied["authority"].to_list()]
    steps = steps.filter(pl.col("authority").is_in(order)).with_columns(
        rank=pl.col("authority").replace_strict({name: k for k, name in enumerate(order)}, return_dtype=pl.Int64)
    )
    area = (
        alt.Chart(steps.sort("day", "rank"))
        .mark_area(interpolate="step-after", opacity=0.9)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(grid=False)),
            y=alt.Y("effective_rate:Q", title=None, stack="zero", axis=alt.Axis(format="~%")),
            color=alt.Color(
                "authority:N",
                title=None,
                sort=order[::-1],
                scale=alt.Scale(domain=order[::-1], range=[AUTHORITY_COLOURS[name] for name in order[::-1]]),
            ),
            order=alt.Order("rank:Q"),
            tooltip=["day:T", "authority:N", alt.Tooltip("effective_rate:Q", format=".2%")],
        )
    )
    layers = [area, _told(frame)]
    if earliest(frame["day"]) < today < last:
        ahead = alt.Chart(pl.DataFrame({"day": [today], "last": [last], "label": ["law as it now stands →"]}))
        layers += [
            ahead.mark_rect(color="white", opacity=0.45).encode(x="day:T", x2="last:T"),
            ahead.mark_rule(color=INK, strokeDash=[3, 3]).encode(x="day:T"),
            ahead.mark_text(align="right", dx=-6, dy=-6, color=PALE, fontSize=11).encode(
                x="day:T", y=alt.value(0), text="label:N"
            ),
        ]
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)


def _told(frame: pl.DataFrame) -> Any:
    """Each step whole, unseen, with what it is made of: what is read where one points, or has the picture read out."""
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    percent = (pl.col("effective_rate") * 100).round(2)
    parts = pl.format("{}: {} %", pl.col("authority").replace(AUTHORITY_NAMES), percent)
    steps = (
        frame.sort("day", "effective_rate", descending=[False, True])
        .group_by("day", "until", maintain_order=True)
        .agg(parts.filter(percent > 0).str.join("; ").alias("parts"), pl.sum("effective_rate").alias("total"))
        .with_columns(
            told=pl.format("{} to {}; total: {} %; {}", "day", "until", (pl.col("total") * 100).round(2), "parts")
        )
    )
    return (
        alt.Chart(steps)
        .mark_rect(opacity=0)
        .encode(x="day:T", x2="until:T", description="told:N", tooltip=alt.Tooltip("told:N", title=" "))
    )
