"""What a picture is, and how it is written to a file.

Belongs here: the picture with its query, data and sources; PNG, SVG, HTML and Vega-Lite files, made without a network.
Does not belong here: any one picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.errors import StatecraftError
from pipelines.files import sql_text
from pipelines.pictures.theme import themed

#: Answers one query over the release.
Ask = Callable[[str], pl.DataFrame]
#: Suffix -> format. HTML carries its own scripts: it opens without a network.
FORMATS = {".svg": "svg", ".png": "png", ".html": "html", ".json": "json"}
#: Dots per inch of a PNG: sharp on paper and on dense screens.
DOTS_PER_INCH = 192


@dataclass(frozen=True)
class Picture:
    """A drawn answer.

    title: what is seen. subtitle: unit, basis and sources. sql: the query whose rows are drawn; frame: those rows.
    chart: an Altair chart without title.
    """

    name: str
    title: str
    subtitle: Sequence[str]
    sql: str
    frame: pl.DataFrame
    chart: Any

    def drawn(self) -> Any:
        """The chart with its title, its words on sources, and the house's look."""
        return themed(self.chart, self.title, self.subtitle)

    def untitled(self) -> Any:
        """The chart in the house's look alone, for a page that says the rest itself."""
        return themed(self.chart, "", ())


def filled(frame: pl.DataFrame, nothing: str, help: str) -> pl.DataFrame:
    """The rows to draw. Raises StatecraftError in the picture's words where there are none."""
    if frame.is_empty():
        raise StatecraftError(nothing, help)
    return frame


def name_of(ask: Ask, partner_code: str) -> str:
    """Name of a partner by its Schedule C code; "ALL" is all partners."""
    named = ask(f"select partner_name from core.dim_partner where partner_code = {sql_text(partner_code)}")
    return "all partners" if named.is_empty() else str(named.item())


def earliest(*days: pl.Series) -> date:
    """The first day in any of these columns of dates, none of which is empty."""
    found: date = min(day.min() for day in days)  # type: ignore[type-var, assignment]
    return found


def latest(*days: pl.Series) -> date:
    """The last day in any of these columns of dates, none of which is empty."""
    found: date = max(day.max() for day in days)  # type: ignore[type-var, assignment]
    return found


def write(picture: Picture, path: Path) -> None:
    """Write the picture in the format its suffix names. Raises StatecraftError for any other suffix."""
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise StatecraftError(
            f"A picture cannot be written as {path.suffix or 'a file without suffix'}.",
            f"End the name with one of {', '.join(FORMATS)}.",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    options: dict[str, dict[str, Any]] = {"png": {"ppi": DOTS_PER_INCH}, "html": {"inline": True}}
    picture.drawn().save(str(path), format=kind, **options.get(kind, {}))
