"""Areas in two levels: a rectangle a group, and in it a rectangle a part, each as large as its value.

Belongs here: where rectangles lie. Does not belong here: what they mean, colours.
"""

from __future__ import annotations

import polars as pl
import squarify

_CORNERS = dict.fromkeys(("x", "x2", "y", "y2"), pl.Float64)


def laid_out(frame: pl.DataFrame, group: str, value: str, width: float, height: float, gap: float = 2) -> pl.DataFrame:
    """The rows with x, x2, y and y2 in pixels, largest first; groups lie `gap` pixels apart.

    frame: one row a rectangle, `value` positive. Rows without a value have no area and are left out.
    """
    held = frame.filter(pl.col(value) > 0)
    groups = held.group_by(group).agg(pl.sum(value)).sort(value, group, descending=[True, False])
    places = _squares(groups[value].to_list(), 0, 0, width, height)
    parts = []
    for (name, _), place in zip(groups.iter_rows(), places, strict=True):
        rows = held.filter(pl.col(group) == name).sort(value, descending=True, maintain_order=True)
        inner = _squares(rows[value].to_list(), place["x"], place["y"], place["dx"] - gap, place["dy"] - gap)
        corners = [(r["x"], r["x"] + r["dx"], r["y"], r["y"] + r["dy"]) for r in inner]
        parts.append(rows.hstack(pl.DataFrame(corners, schema=_CORNERS, orient="row")))
    return pl.concat(parts)


def _squares(values: list[float], x: float, y: float, width: float, height: float) -> list[dict[str, float]]:
    sizes = squarify.normalize_sizes(values, width, height)
    placed: list[dict[str, float]] = squarify.squarify(sizes, x, y, width, height)
    return placed
