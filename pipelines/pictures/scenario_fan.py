"""Where the tariff may go: every scenario as a line, and between the lowest and the highest a fan.

Belongs here: this picture. Does not belong here: the scenarios (trade_impact.scenario_path, trade_impact.scenario_fan).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, filled, latest, name_of
from pipelines.pictures.theme import ACCENT, COLOURS, HEIGHT, INK, PALE, WIDTH

#: Scenarios named by colour: those that end furthest from the law.
NAMED = 6


def scenario_fan(ask: Ask, partner: str, first: date, last: date) -> Picture:
    """Rates of a partner ("ALL": the world) by law, in the fan's bounds and in each scenario of the fan.

    Raises StatecraftError where no scenario reaches these days.
    """
    sql = f"""
select day, 'law' as scenario, law_effective_rate as effective_rate, min_effective_rate, max_effective_rate
from trade_impact.scenario_fan
where partner_code = {sql_text(partner)} and day between date '{first}' and date '{last}'
union all
select day, scenario_id, effective_rate, null, null
from trade_impact.scenario_effective_tariff
where partner_code = {sql_text(partner)} and day between date '{first}' and date '{last}'
    and scenario_id in (select scenario_id from core.dim_scenario where is_in_fan)
order by scenario, day""".strip()
    frame = filled(
        ask(sql),
        f"No scenario reaches {partner} between {first} and {last}.",
        "See `statecraft scenario --list`; scenarios run to two years from today.",
    )
    law = frame.filter(pl.col("scenario") == "law")
    end = law.filter(pl.col("day") == latest(law["day"])).row(0, named=True)
    return Picture(
        name="scenario-fan",
        title=f"Where the US tariff on {name_of(ask, partner)} may go",
        subtitle=(
            f"Expected statutory rate, % of customs value, fixed weights. By law {end['effective_rate']:.1%} on"
            f" {end['day']}; in the fan from {end['min_effective_rate']:.1%} to {end['max_effective_rate']:.1%}.",
            "Scenarios are questions, not forecasts. Source: Statecraft, trade_impact.scenario_fan; scenarios/ says"
            " what each assumes.",
        ),
        sql=sql,
        frame=frame,
        chart=_fan(_steps(frame)),
    )


def _steps(frame: pl.DataFrame) -> pl.DataFrame:
    """The days on which something changes, and each line's last day: all that steps are drawn from."""
    rates = pl.struct("effective_rate", "min_effective_rate", "max_effective_rate")
    changed = rates.ne_missing(rates.shift()).over("scenario", order_by="day")
    is_last = pl.col("day") == pl.col("day").max().over("scenario")
    return frame.filter(changed | is_last)


def _fan(frame: pl.DataFrame) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    law = frame.filter(pl.col("scenario") == "law")
    at_end = frame.filter(pl.col("day") == latest(law["day"]))
    by_law = float(at_end.filter(pl.col("scenario") == "law")["effective_rate"][0])
    others = at_end.filter(pl.col("scenario") != "law").sort(
        (pl.col("effective_rate") - by_law).abs(), pl.col("scenario"), descending=[True, False]
    )
    named = others["scenario"].head(NAMED).to_list()
    lines = frame.filter(pl.col("scenario") != "law").with_columns(
        line=pl.when(pl.col("scenario").is_in(named)).then(pl.col("scenario").str.replace_all("_", " "))
    )
    shown = [name.replace("_", " ") for name in named]
    x = alt.X("day:T", title=None, axis=alt.Axis(grid=False, format="%b %Y", labelOverlap=True))
    y = alt.Y("effective_rate:Q", title=None, axis=alt.Axis(format="~%"), scale=alt.Scale(zero=False))
    tips = ["day:T", "scenario:N", alt.Tooltip("effective_rate:Q", format=".2%")]
    return alt.layer(
        alt.Chart(law)
        .mark_area(color=ACCENT, opacity=0.12, interpolate="step-after")
        .encode(x=x, y=alt.Y("min_effective_rate:Q", title=None), y2="max_effective_rate:Q"),
        alt.Chart(lines.filter(pl.col("line").is_null()))
        .mark_line(color=PALE, opacity=0.5, strokeWidth=1, interpolate="step-after")
        .encode(x=x, y=y, detail="scenario:N", tooltip=tips),
        alt.Chart(lines.filter(pl.col("line").is_not_null()))
        .mark_line(strokeWidth=1.8, interpolate="step-after")
        .encode(
            x=x,
            y=y,
            color=alt.Color("line:N", title=None, sort=shown, scale=alt.Scale(domain=shown, range=list(COLOURS))),
            tooltip=tips,
        ),
        alt.Chart(law).mark_line(color=INK, strokeWidth=2.4, interpolate="step-after").encode(x=x, y=y),
    ).properties(width=WIDTH, height=HEIGHT)
