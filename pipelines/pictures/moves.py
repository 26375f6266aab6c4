"""Tightening above the line and loosening below it, month by month.

Belongs here: this picture. Does not belong here: the counts (policy_events.tighten_loosen_monthly).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, filled
from pipelines.pictures.theme import AUTHORITY_COLOURS, HEIGHT, INK, WIDTH

#: Authorities told apart, in colours they have in every picture; all others are one.
NAMED = {
    "EAR": ("Export controls", "#009e73"),
    "S232": ("Section 232", AUTHORITY_COLOURS["Section 232"]),
    "S301": ("Section 301", AUTHORITY_COLOURS["Section 301"]),
    "IEEPA": ("IEEPA", AUTHORITY_COLOURS["IEEPA"]),
    "S122": ("Section 122", AUTHORITY_COLOURS["Section 122"]),
    "S338": ("Section 338", AUTHORITY_COLOURS["Section 338"]),
}
OTHERS = ("Others", "#999999")


def moves(ask: Ask, country: str, first: date, last: date) -> Picture:
    """Acts of a country's authorities by month and direction. country: of the issuer (US, CN …).

    Raises StatecraftError naming the countries there are where nothing is held.
    """
    sql = f"""
select month, authority, sum(tighten_count) as tighten_count, sum(loosen_count) as loosen_count
from policy_events.tighten_loosen_monthly
where issuer_country = {sql_text(country)} and month between date '{first}' and date '{last}'
group by month, authority
order by month, authority""".strip()
    held = ask("select distinct issuer_country from policy_events.tighten_loosen_monthly order by 1")
    frame = filled(
        ask(sql).with_columns(pl.col("tighten_count", "loosen_count").cast(pl.Int64)),
        f"No act of {country} between {first} and {last} tightens or loosens.",
        f"Countries on record: {', '.join(word for word in held['issuer_country'] if word)}.",
    )
    tighten, loosen = int(frame["tighten_count"].sum()), int(frame["loosen_count"].sum())
    return Picture(
        name="moves",
        title=f"{country} acts that tighten, and that loosen, by month",
        subtitle=(
            f"From {first} to {last}: {tighten:,} acts tighten, above the line, and {loosen:,} loosen, below it.",
            "Source: Statecraft, policy_events.tighten_loosen_monthly, from the legal acts.",
        ),
        sql=sql,
        frame=frame,
        chart=_bars(frame),
    )


def _bars(frame: pl.DataFrame) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    names = {code: name for code, (name, _) in NAMED.items()}
    long = (
        frame.with_columns(pl.col("authority").replace_strict(names, default=OTHERS[0]))
        .unpivot(
            ["tighten_count", "loosen_count"], index=["month", "authority"], variable_name="way", value_name="acts"
        )
        .group_by("month", "authority", "way")
        .agg(pl.sum("acts"))
        .filter(pl.col("acts") > 0)
        .with_columns(
            pl.col("way").str.replace("_count", "", literal=True),
            height=pl.when(pl.col("way") == "tighten_count").then("acts").otherwise(-pl.col("acts")),
        )
        .sort("month", "authority", "way")
    )
    held = set(long["authority"])
    shown = {name: colour for name, colour in (*NAMED.values(), OTHERS) if name in held}
    colours = alt.Scale(domain=list(shown), range=list(shown.values()))
    return alt.layer(
        alt.Chart(long)
        .mark_bar(width={"band": 0.8})
        .encode(
            x=alt.X("yearmonth(month):T", title=None, axis=alt.Axis(grid=False)),
            y=alt.Y(
                "height:Q", title="loosening  ·  tightening", axis=alt.Axis(format="d", labelExpr="abs(datum.value)")
            ),
            color=alt.Color("authority:N", title=None, sort=list(shown), scale=colours),
            tooltip=[alt.Tooltip("yearmonth(month):T", title="month"), "authority:N", "way:N", "acts:Q"],
        ),
        alt.Chart(pl.DataFrame({"zero": [0]})).mark_rule(color=INK).encode(y="zero:Q"),
    ).properties(width=WIDTH, height=HEIGHT - 80)
