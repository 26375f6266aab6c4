"""What a measure did, month by month around its first hit: estimates with their bands.

Belongs here: this picture. Does not belong here: the estimates (trade_impact.estimates).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, filled, latest
from pipelines.pictures.theme import ACCENT, HEIGHT, INK, PALE, WIDTH

#: What a method's horizon counts, what its estimates are, and the horizon that is 0 by construction.
_METHODS = {
    "event_study": ("months since the first rise of the tariff", "change of ln(imports) against the month before"),
    "local_projection": (
        "months since the change of the tariff",
        "percent more imports for one percent more duty, against the month before",
    ),
}
_REFERENCE_MONTH = -1
#: Trends before that would rarely come by chance: no effect can be read off the path.
_NOT_FLAT = 0.05


def event_study(ask: Ask, spec_id: str) -> Picture:
    """Estimates of one specification by horizon, with 95 % bands; its published value as a line where it has one.

    Raises StatecraftError naming the specifications that can be drawn where this one cannot.
    """
    sql = f"""
select spec_id, title, method, term, horizon_months, estimate, conf_low, conf_high, n_obs, n_clusters, sample_from,
    sample_to, pretrend_p_value, published_value, published_source
from trade_impact.estimates
where spec_id = {sql_text(spec_id)} and horizon_months is not null and estimate is not null
order by horizon_months""".strip()
    drawable = ask(
        "select spec_id from trade_impact.estimates where estimate is not null and"
        f" method in ({', '.join(map(sql_text, _METHODS))}) group by spec_id"
        " having count(distinct horizon_months) > 1 order by spec_id"
    )["spec_id"].to_list()
    frame = filled(
        ask(sql) if spec_id in drawable else pl.DataFrame(),
        f"No path over months is estimated under {spec_id!r}.",
        f"Drawable: {', '.join(drawable) or 'none in this release'}.",
    )
    row = frame.row(0, named=True)
    horizon, unit = _METHODS[row["method"]]
    return Picture(
        name=f"event-study-{spec_id}",
        title=row["title"],
        subtitle=(
            f"{spec_id}: {unit}, with 95 % bands.",
            f"{_range(frame['n_obs'])} observations, {_range(frame['n_clusters'])} clusters, {row['sample_from']} to"
            f" {latest(frame['sample_to'])}. {_before(row['pretrend_p_value'])}",
            "Source: Statecraft, trade_impact.estimates; what the grain can and cannot say: docs/methods/estimates.md.",
        ),
        sql=sql,
        frame=frame,
        chart=_path(frame, horizon),
    )


def _range(counts: pl.Series) -> str:
    low, high = int(counts.min()), int(counts.max())  # type: ignore[arg-type]
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _before(p_value: float | None) -> str:
    if p_value is None:
        return "No test of the months before."
    verdict = "not flat, so that no effect can be read off the path" if p_value < _NOT_FLAT else "flat as far as seen"
    return f"Months before: {verdict} (p = {p_value:.2g})."


def _path(frame: pl.DataFrame, horizon: str) -> Any:
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    if _REFERENCE_MONTH not in frame["horizon_months"]:
        nothing = dict.fromkeys(("estimate", "conf_low", "conf_high"), 0.0)
        reference = pl.DataFrame(
            [{"term": "reference", "horizon_months": _REFERENCE_MONTH, **nothing}],
            schema_overrides={"horizon_months": frame["horizon_months"].dtype},
        )
        frame = pl.concat([frame, reference], how="diagonal").sort("horizon_months")

    x = alt.X("horizon_months:Q", title=horizon, axis=alt.Axis(grid=False, tickMinStep=1))
    base = alt.Chart(frame.filter(pl.col("term") != "mean_after"))  # of the months that are drawn themselves
    zero = alt.Chart(pl.DataFrame({"zero": [0.0]}))
    layers = [
        base.mark_area(color=ACCENT, opacity=0.18).encode(x=x, y=alt.Y("conf_low:Q", title=None), y2="conf_high:Q"),
        zero.mark_rule(color=INK).encode(y="zero:Q"),
        base.mark_line(color=ACCENT, strokeWidth=2).encode(x=x, y="estimate:Q"),
        base.mark_point(color=ACCENT, filled=True, size=40).encode(
            x=x, y="estimate:Q", tooltip=["term:N", "horizon_months:Q", "estimate:Q", "conf_low:Q", "conf_high:Q"]
        ),
    ]
    if frame["horizon_months"].min() < 0:  # type: ignore[operator]
        layers.insert(1, zero.mark_rule(color=PALE, strokeDash=[3, 3]).encode(x=alt.X("zero:Q")))
    published = frame.filter(pl.col("published_value").is_not_null()).head(1)
    if not published.is_empty():
        line = alt.Chart(published.with_columns(label=pl.lit("published: ") + pl.col("published_source")))
        layers += [
            line.mark_rule(color="#d55e00", strokeDash=[6, 3]).encode(y="published_value:Q"),
            line.mark_text(align="right", dy=-6, color="#d55e00", fontSize=10).encode(
                x=alt.value(WIDTH), y="published_value:Q", text="label:N"
            ),
        ]
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
