"""The look all pictures share.

Belongs here: colours that people with colour-blindness tell apart, letters, axes, titles. Does not belong here: data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

INK, PALE, GRID = "#1b1b1b", "#6b6b6b", "#e4e4e4"
ACCENT = "#0072b2"
WIDTH, HEIGHT = 760, 380
#: Okabe and Ito's colours, in an order in which neighbours differ in lightness too.
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999")
#: The colour of an authority is the same in every picture.
AUTHORITY_COLOURS = {
    "Ordinary duty": "#b3b3b3",
    "Section 301": "#56b4e9",
    "Section 201": "#f0e442",
    "Section 232": "#0072b2",
    "IEEPA": "#d55e00",
    "Section 122": "#e69f00",
    "Section 338": "#cc79a7",
    "Other": "#009e73",
}
AUTHORITY_NAMES = {
    "BASE": "Ordinary duty",
    "S301": "Section 301",
    "S201": "Section 201",
    "S232": "Section 232",
    "IEEPA": "IEEPA",
    "S122": "Section 122",
    "S338": "Section 338",
    "OTHER": "Other",
}
#: Every status the ledger may state, those that do not bite pale.
STATUS_COLOURS = {
    "signed": "#d9d2e9",
    "published": "#c9e2d9",
    "announced": "#f0e442",
    "in_force": "#0072b2",
    "amended": "#56b4e9",
    "suspended": "#b3b3b3",
    "revoked": "#d55e00",
    "expired": "#8c8c8c",
    "struck_down": "#cc79a7",
    "superseded": "#009e73",
}
_FONT = "DejaVu Sans, Helvetica, Arial, sans-serif"


def themed(chart: Any, title: str, subtitle: Sequence[str]) -> Any:
    """The chart in the shared look, with title and subtitle if there is a title."""
    heading = {
        "text": title,
        "subtitle": list(subtitle),
        "anchor": "start",
        "frame": "group",
        "fontSize": 16,
        "color": INK,
        "subtitleColor": PALE,
        "subtitleFontSize": 11,
        "subtitlePadding": 6,
        "offset": 14,
    }
    headed = chart.properties(title=heading, padding=16) if title else chart.properties(padding=4)
    return (
        headed.properties(background="white")
        .configure(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=PALE,
            titleColor=PALE,
            titleFontWeight="normal",
            gridColor=GRID,
            domainColor=GRID,
            tickColor=GRID,
            labelFontSize=11,
            titleFontSize=11,
        )
        .configure_legend(
            labelColor=INK, titleColor=PALE, titleFontWeight="normal", symbolType="square", orient="right"
        )
    )
