"""What one act was on every day, as known on every day: status over both clocks.

Belongs here: this picture. Does not belong here: the statuses (core.fct_action_status).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, earliest, filled, latest
from pipelines.pictures.theme import INK, PALE, STATUS_COLOURS, WIDTH

#: Days drawn before the first and after the last date that is stated.
MARGIN_DAYS = 60
PROVISIONS = 6
OPEN_END = date(9999, 12, 31)
_HEIGHT = 320
_AXIS = {"grid": False, "format": "%b %Y", "labelOverlap": True}


def two_clocks(ask: Ask, action_id: str, today: date, last: date | None = None) -> Picture:
    """Status of an act's provisions, at most PROVISIONS of them: the day meant against the day of knowledge.

    Raises StatecraftError where no status is on record.
    """
    sql = f"""
select provision_id, status, enforcement, is_scheduled, valid_from, valid_to, known_from, known_to
from core.fct_action_status
where action_id = {sql_text(action_id)}
order by provision_id, known_from, valid_from""".strip()
    frame = filled(
        ask(sql), f"No status of {action_id} is on record.", "See `statecraft timeline` for acts and their ids."
    )
    title = ask(f"select title from core.dim_action where action_id = {sql_text(action_id)}").item()
    stated = frame.select(
        day=pl.concat_list("valid_from", "valid_to").explode(empty_as_null=True, keep_nulls=True)
    ).filter(pl.col("day") < OPEN_END)
    ends = last or max(today, latest(stated["day"])) + timedelta(MARGIN_DAYS)
    begins = earliest(stated["day"], frame["known_from"]) - timedelta(MARGIN_DAYS)
    shown = frame["provision_id"].unique(maintain_order=True).to_list()[:PROVISIONS]
    return Picture(
        name="two-clocks",
        title=f"{action_id}: what was in force, and what was believed",
        subtitle=(
            title if len(title) < 110 else f"{title[:109]}…",
            "Read along a row: what was known on that day of all days. Pale: planned, no document confirms it."
            " Along the line the two clocks agree.",
            "Source: Statecraft, core.fct_action_status, from the acts and the documents that changed them.",
        ),
        sql=sql,
        frame=frame,
        chart=_boxes(frame.filter(pl.col("provision_id").is_in(shown)), begins, ends, today),
    )


def _boxes(frame: pl.DataFrame, begins: date, ends: date, today: date) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    learnt = max(today, latest(frame["known_from"])) + timedelta(1)
    boxes = frame.with_columns(
        valid_to=pl.min_horizontal("valid_to", pl.lit(ends)),
        valid_from=pl.max_horizontal("valid_from", pl.lit(begins)),
        known_to=pl.min_horizontal("known_to", pl.lit(learnt)),
        status=pl.col("status").str.replace_all("_", " "),
        certainty=pl.when("is_scheduled").then(pl.lit("planned")).otherwise(pl.lit("stated")),
    ).filter(pl.col("valid_from") < pl.col("valid_to"))
    colours = {status.replace("_", " "): colour for status, colour in STATUS_COLOURS.items()}
    held = [status for status in colours if status in boxes["status"].to_list()]
    days = alt.Scale(domain=[begins.isoformat(), ends.isoformat()])
    knowledge = alt.Scale(domain=[earliest(frame["known_from"]).isoformat(), learnt.isoformat()])
    base = alt.Chart(boxes)
    rectangles = base.mark_rect(stroke="white", strokeWidth=1.5).encode(
        x=alt.X("valid_from:T", title="the day it is about", scale=days, axis=_AXIS),
        x2="valid_to:T",
        y=alt.Y("known_from:T", title="as known on", scale=knowledge, axis=_AXIS),
        y2="known_to:T",
        color=alt.Color(
            "status:N", title=None, scale=alt.Scale(domain=held, range=[colours[status] for status in held])
        ),
        opacity=alt.Opacity(
            "certainty:N", title=None, scale=alt.Scale(domain=["stated", "planned"], range=[0.95, 0.45])
        ),
        tooltip=[
            "provision_id:N",
            "status:N",
            "enforcement:N",
            "valid_from:T",
            "valid_to:T",
            "known_from:T",
            "known_to:T",
        ],
    )
    line = [max(begins, earliest(frame["known_from"])), min(ends, learnt)]
    diagonal = alt.Chart(pl.DataFrame({"day": line})).mark_line(color=INK, strokeDash=[3, 3], clip=True)
    provisions = boxes["provision_id"].unique(maintain_order=True).to_list()
    height = _HEIGHT if len(provisions) == 1 else _HEIGHT // 2
    panels = [
        alt.layer(
            rectangles.transform_filter(alt.datum.provision_id == provision),
            diagonal.encode(x="day:T", y="day:T"),
        ).properties(
            width=WIDTH,
            height=height,
            title=alt.TitleParams(provision, anchor="start", fontSize=12, color=PALE, fontWeight="normal"),
        )
        for provision in provisions
    ]
    return panels[0] if len(panels) == 1 else alt.vconcat(*panels, spacing=12)
