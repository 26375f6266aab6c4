"""Entries added to lists, month by month and list by list.

Belongs here: this picture. Does not belong here: the counts (policy_events.list_changes_monthly).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, filled
from pipelines.pictures.theme import COLOURS, HEIGHT, WIDTH

#: Lists told apart by colour; all others are one.
NAMED = 6
OTHERS = "other lists"


def listings(ask: Ask, list_code: str, first: date, last: date) -> Picture:
    """Entries added to a list ("ALL": all of them) between two days, of any country.

    Raises StatecraftError naming the lists there are where nothing changed.
    """
    of_list = "" if list_code == "ALL" else f"and list_code = {sql_text(list_code)} "
    sql = f"""
select month, list_code, cast(sum(added_count) as bigint) as added_count,
    cast(sum(removed_count) as bigint) as removed_count, cast(sum(listed_count) as bigint) as listed_count
from policy_events.list_changes_monthly
where month between date '{first}' and date '{last}' {of_list}
group by month, list_code
having sum(added_count) > 0 or sum(removed_count) > 0
order by month, list_code""".strip()
    held = ask("select distinct list_code from policy_events.list_changes_monthly order by 1")["list_code"]
    frame = filled(
        ask(sql),
        f"No entry of {'any list' if list_code == 'ALL' else list_code} changed between {first} and {last}.",
        f"Lists: {', '.join(held)}. core.dim_list_month says which months of each are held.",
    )
    lists = frame.filter(pl.col("added_count") > 0)["list_code"].n_unique()
    return Picture(
        name="listings",
        title=f"Entries added to {'lists' if list_code == 'ALL' else list_code}, by month",
        subtitle=(
            f"{int(frame['added_count'].sum()):,} entries added to {lists} {'list' if lists == 1 else 'lists'} and"
            f" {int(frame['removed_count'].sum()):,} removed, {first} to {last}, by the day the change took effect."
            " A list is known up to its newest edition.",
            "Source: Statecraft, policy_events.list_changes_monthly, from the lists' editions and rules.",
        ),
        sql=sql,
        frame=frame,
        chart=_bars(frame),
    )


def _bars(frame: pl.DataFrame) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    ranked = (
        frame.group_by("list_code")
        .agg(pl.sum("added_count"))
        .sort("added_count", "list_code", descending=[True, False])
    )
    named = ranked["list_code"].head(NAMED).to_list()
    bars = (
        frame.with_columns(list=pl.when(pl.col("list_code").is_in(named)).then("list_code").otherwise(pl.lit(OTHERS)))
        .group_by("month", "list")
        .agg(pl.sum("added_count").alias("added"))
        .filter(pl.col("added") > 0)
        .sort("month", "list")
    )
    shown = [*named, *([OTHERS] if ranked.height > NAMED else [])]
    scale = alt.Scale(domain=shown, range=[*COLOURS[: len(named)], "#999999"][: len(shown)])
    return (
        alt.Chart(bars)
        .mark_bar(width={"band": 0.8})
        .encode(
            x=alt.X("yearmonth(month):T", title=None, axis=alt.Axis(grid=False)),
            y=alt.Y("added:Q", title="entries added", axis=alt.Axis(format="d")),
            color=alt.Color("list:N", title=None, sort=shown, scale=scale),
            tooltip=[alt.Tooltip("yearmonth(month):T", title="month"), "list:N", "added:Q"],
        )
        .properties(width=WIDTH, height=HEIGHT - 100)
    )
