"""A table's lineage as an inline SVG: what it is made of, itself, and what is made of it.

Belongs here: placing boxes and lines. Does not belong here: which there are (facts.py).
"""

from __future__ import annotations

from html import escape

BOX_WIDTH, BOX_HEIGHT, GAP, APART, EDGE = 300, 24, 8, 70, 4
LONGEST = 42
#: Beyond this many boxes a side, the rest is counted.
MOST = 24


def drawing(made_of: list[str], name: str, makes: list[str], places: set[str]) -> str:
    """Three columns of boxes, the table itself in the middle; each a link to what it names, where that has a place."""
    sides = [_shown(made_of), [name], _shown(makes)]
    height = max(len(side) for side in sides) * (BOX_HEIGHT + GAP) + 2 * EDGE
    width = 3 * BOX_WIDTH + 2 * APART + 2 * EDGE
    lefts = [EDGE + place * (BOX_WIDTH + APART) for place in range(3)]
    tops = [[(height - len(side) * (BOX_HEIGHT + GAP) + GAP) / 2 + n * (BOX_HEIGHT + GAP) for n in range(len(side))]
            for side in sides]  # fmt: skip
    middle = tops[1][0] + BOX_HEIGHT / 2
    lines = [_line(lefts[0] + BOX_WIDTH, top + BOX_HEIGHT / 2, lefts[1], middle) for top in tops[0]]
    lines += [_line(lefts[1] + BOX_WIDTH, middle, lefts[2], top + BOX_HEIGHT / 2) for top in tops[2]]
    boxes = [
        _box(left, top, label, label == name, label in places)
        for left, side, at in zip(lefts, sides, tops, strict=True)
        for label, top in zip(side, at, strict=True)
    ]
    said = f"{name} is made of {len(made_of)} and makes {len(makes)}"
    return (
        f'<svg viewBox="0 0 {width} {height:g}" width="{width}" role="img" aria-label="{escape(said)}">'
        + "".join(lines + boxes)
        + "</svg>"
    )


def _shown(names: list[str]) -> list[str]:
    return names if len(names) <= MOST else [*names[: MOST - 1], f"… {len(names) - MOST + 1} more, listed below"]


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    bend = (x1 + x2) / 2
    return f'<path d="M{x1:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {x2:g} {y2:g}"/>'


def _box(left: float, top: float, label: str, is_itself: bool, has_place: bool) -> str:
    kind = "self" if is_itself else label.partition(":")[0] if ":" in label else "table"
    text = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
    drawn = (
        f'<rect x="{left:g}" y="{top:g}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="4"/>'
        f'<text x="{left + 8:g}" y="{top + 16.5:g}">{escape(text)}</text>'
    )
    if not has_place:
        return f'<g class="{kind}">{drawn}</g>'
    return f'<a class="{kind}" href="#{escape(label)}">{drawn}</a>'
