"""Where supply hangs on one country: imports as areas, coloured by one supplier's share.

Belongs here: this picture. Does not belong here: the shares (trade_impact.supplier_dependence).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import polars as pl

from pipelines.errors import StatecraftError
from pipelines.files import sql_text
from pipelines.pictures.picture import Ask, Picture, filled
from pipelines.pictures.theme import HEIGHT, INK, WIDTH
from pipelines.pictures.treemap import laid_out

#: An area says its name only where the name fits: pixels a letter, and of a line.
_LETTER, _LINE = 7, 14
_HEIGHT = HEIGHT + 60
#: Pale where the supplier sells nothing, through sand at a half, to rust where it sells all.
_SHADES = ["#edf2f7", "#f3b98a", "#c44e00"]

_QUERY = """
select {part} as part, {label} as label, goods.product_code, goods.import_value_consumption_usd,
    goods.{share} as supplier_share, partners.partner_name as largest_supplier
from trade_impact.supplier_dependence as goods
left join core.dim_partner as partners on goods.top_partner_code = partners.partner_code
where goods.period_months = 12 and goods.period_start = date '{year}-01-01' and {condition}
order by goods.import_value_consumption_usd desc, goods.product_code""".strip()
#: What is drawn of a group that has parts, and of one that has none: part, label, condition.
_PARTS = {
    "part": "''",
    "label": "replace(goods.product_name, 'Advanced technology: ', '')",
    "condition": "goods.product_level = 'GROUP' and goods.product_code in"
    " (select group_code from core.bridge_product_group where parent_group_code = {group})",
}
_LINES = {
    "part": "left(goods.product_code, 6)",
    "label": "left(goods.product_code, 4) || '.' || substr(goods.product_code, 5, 2) || ' '"
    " || trim(regexp_extract(goods.product_name, '[^>]*$'))",
    "condition": "goods.product_level = 'HTS10' and exists (select 1 from core.bridge_product_group as codes"
    " where codes.group_code = {group} and starts_with(goods.product_code, codes.product_code))",
}


class Supplier(StrEnum):
    """Whose share colours the areas."""

    china = "china"
    largest = "largest"


def dependence(ask: Ask, group: str, year: int, supplier: Supplier, width: int = WIDTH) -> Picture:
    """Imports for consumption of a group of goods in a year: an area a part of the group, or a ten-digit line.

    group: a code of core.bridge_product_group. Raises StatecraftError naming the groups, or where nothing is held.
    """
    groups = ask(
        "select group_code, group_name, bool_or(group_code in (select parent_group_code from core.bridge_product_group"
        " where parent_group_code is not null)) as has_parts from core.bridge_product_group"
        " group by group_code, group_name order by group_code"
    )
    known = {code: (name, has_parts) for code, name, has_parts in groups.iter_rows()}
    if group not in known:
        raise StatecraftError(f"There is no group {group!r}.", f"Groups: {', '.join(known)}.")
    name, has_parts = known[group]
    share = {Supplier.china: "china_share", Supplier.largest: "top_share"}[supplier]
    drawn = {key: text.format(group=sql_text(group)) for key, text in (_PARTS if has_parts else _LINES).items()}
    sql = _QUERY.format(share=share, year=year, **drawn)
    frame = filled(
        ask(sql), f"No year {year} of {group} is held.", "Whole years by ten-digit line are needed: 2024 and 2025."
    )
    value = float(frame["import_value_consumption_usd"].sum()) / 1e9
    whose = "China's share" if supplier is Supplier.china else "the largest supplier's share"
    return Picture(
        name=f"dependence-{group}",
        title=f"{name}: US imports of {year} and {whose}",
        subtitle=(
            f"Area: imports for consumption {'by part' if has_parts else 'by ten-digit line'}, ${value:,.1f}bn in all."
            f" Colour: {whose}; grey where not known.",
            "Source: Statecraft, trade_impact.supplier_dependence, from US Census imports.",
        ),
        sql=sql,
        frame=frame,
        chart=areas(frame, "part", "label", "import_value_consumption_usd", "supplier_share", whose, width),
    )


def areas(
    frame: pl.DataFrame, group: str, label: str, value: str, share: str, share_title: str, width: int = WIDTH
) -> Any:
    """Rectangles in groups, coloured by share (0 to 1; grey where it is not known)."""
    import altair as alt  # noqa: PLC0415 (most commands draw nothing)

    placed = laid_out(frame, group, value, width, _HEIGHT).with_columns(
        width=pl.col("x2") - pl.col("x"), height=pl.col("y2") - pl.col("y")
    )
    letters = (pl.col("width") / _LETTER).floor().cast(pl.Int64) - 1
    fits = (pl.col("height") > _LINE) & (letters >= 4)
    named = placed.filter(fits).with_columns(
        text=pl.when(pl.col(label).str.len_chars() <= letters)
        .then(pl.col(label))
        .otherwise(pl.col(label).str.head(letters - 1) + "…"),
        percent=pl.when(pl.col(share).is_not_null()).then(
            pl.format("{} %", (pl.col(share) * 100).round(0).cast(pl.Int64))
        ),
    )
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, width], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[_HEIGHT, 0], nice=False))
    known = alt.Chart(placed.filter(pl.col(share).is_not_null()))
    color = alt.Color(
        f"{share}:Q",
        title=share_title,
        scale=alt.Scale(domain=[0, 0.5, 1], range=_SHADES, interpolate="rgb"),
        legend=alt.Legend(format=".0%", orient="bottom", gradientLength=220, direction="horizontal"),
    )
    tips = [
        f"{group}:N",
        f"{label}:N",
        alt.Tooltip(f"{value}:Q", format=",.0f"),
        alt.Tooltip(f"{share}:Q", format=".1%"),
    ]
    layers = [
        known.mark_rect(stroke="white", strokeWidth=1).encode(
            x=x, x2="x2:Q", y=y, y2="y2:Q", color=color, tooltip=tips
        ),
        alt.Chart(placed.filter(pl.col(share).is_null()))
        .mark_rect(color="#c8c8c8", stroke="white", strokeWidth=1)
        .encode(x=x, x2="x2:Q", y=y, y2="y2:Q", tooltip=tips),
        alt.Chart(named)
        .mark_text(align="left", baseline="top", dx=4, dy=4, fontSize=11)
        .encode(x=x, y=y, text="text:N"),
        alt.Chart(named.filter((pl.col("height") > 2 * _LINE + 4) & pl.col("percent").is_not_null()))
        .mark_text(align="left", baseline="top", dx=4, dy=4 + _LINE, fontSize=10, color=INK)
        .encode(x=x, y=y, text="percent:N"),
    ]
    return alt.layer(*layers).properties(width=width, height=_HEIGHT)
