"""How far rates travelled in a year, and how far they got: by partner.

Belongs here: this picture. Does not belong here: path and net change (policy_events.churn).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.pictures.picture import Ask, Picture, filled
from pipelines.pictures.theme import ACCENT, HEIGHT, PALE, WIDTH

PARTNERS = 12
_TITLE = "percentage points: grey the path; what is left of it, blue upwards, orange downwards"
_WAYS = {"up": ACCENT, "down": "#e69f00"}


def path_travelled(ask: Ask, year: int, least_imports_usd: int = 10_000_000_000) -> Picture:
    """Partners whose rate moved most in a year, of those the United States buys at least so much of.

    Raises StatecraftError where nothing is held of that year.
    """
    sql = f"""
select partners.partner_name, moved.partner_code, moved.path_pp, moved.net_pp, moved.round_trip_share, moved.step_count
from policy_events.churn as moved
inner join core.dim_partner as partners on moved.partner_code = partners.partner_code
inner join trade_impact.effective_tariff_steps as trade
    on moved.partner_code = trade.partner_code and trade.product_level = 'ALL' and trade.authority = 'ALL'
    and trade.weight_year = moved.weight_year and trade.valid_from <= moved.window_from
    and moved.window_from < trade.valid_to
where moved.window_from = date '{year}-01-01' and moved.authority = 'ALL' and moved.weight_year = 2024
    and trade.import_value_consumption_usd >= {least_imports_usd}
order by moved.path_pp desc, moved.partner_code
limit {PARTNERS}""".strip()
    frame = filled(ask(sql), f"No rate of a large partner moved in {year}.", "Rates are held from 2018 on.")
    first = frame.row(0, named=True)
    return Picture(
        name="path-travelled",
        title=f"How far US tariffs travelled in {year}, and how far they got",
        subtitle=(
            f"Most with {first['partner_name']}: {first['path_pp']:,.1f} points up and down in {first['step_count']}"
            f" steps, {first['net_pp']:+,.1f} from beginning to end. Partners of at least"
            f" ${least_imports_usd / 1e9:,.0f}bn of imports, weights of 2024.",
            "Source: Statecraft, policy_events.churn, from the legal acts, the tariff schedule and US Census imports.",
        ),
        sql=sql,
        frame=frame,
        chart=_lines(frame),
    )


def _lines(frame: pl.DataFrame) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    way = pl.when(pl.col("net_pp") < 0).then(pl.lit("down")).otherwise(pl.lit("up"))
    base = alt.Chart(frame.with_columns(start=pl.lit(0.0), left=pl.col("net_pp").abs(), way=way))
    y = alt.Y(
        "partner_name:N", title=None, sort=frame["partner_name"].to_list(), axis=alt.Axis(labelLimit=200, ticks=False)
    )
    tips = [
        "partner_name:N",
        alt.Tooltip("path_pp:Q", format=".1f"),
        alt.Tooltip("net_pp:Q", format="+.1f"),
        "step_count:Q",
    ]
    return alt.layer(
        base.mark_bar(color="#d5dbe0", height=12).encode(
            x=alt.X(
                "start:Q",
                title=_TITLE,
                axis=alt.Axis(tickCount=6),
            ),
            x2="path_pp:Q",
            y=y,
            tooltip=tips,
        ),
        base.mark_bar(height=6).encode(
            x="start:Q",
            x2="left:Q",
            y=y,
            color=alt.Color("way:N", legend=None, scale=alt.Scale(domain=list(_WAYS), range=list(_WAYS.values()))),
            tooltip=tips,
        ),
        base.mark_text(align="left", dx=6, color=PALE, fontSize=11).encode(
            x="path_pp:Q", y=y, text=alt.Text("path_pp:Q", format=",.0f")
        ),
    ).properties(width=WIDTH - 180, height=min(HEIGHT, 26 * frame.height + 10))
