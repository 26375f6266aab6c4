"""What a card is: an answer with its finding, its figures, the query behind it, and where they come from.

Belongs here: the parts every card has, ready to be shown. Does not belong here: any one card (pages/).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import polars as pl

from dashboard.columns import NOTHING, Column, column
from pipelines.pictures.picture import Picture

#: Rows a card shows; its CSV has them all.
ROWS_SHOWN = 40
#: Rows under a picture, where figures are read rather than browsed.
ROWS_UNDER_PICTURE = 200
Width = Literal["whole", "half"]
#: A row -> where its cell leads; None where it leads nowhere.
Link = Callable[[dict[str, Any]], str | None]


@dataclass(frozen=True)
class Cell:
    """One value as shown. href: where it leads."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Card:
    """An answer.

    finding: one sentence, what the figures say. frame: all rows of `sql`; shown: the columns a reader sees, all where
    not given. links: column -> where its cells lead; they may look at columns that are not shown. labels: headings of
    this card's own. words: column -> how this card says what is in it. picture: drawn above the figures, `height`
    pixels high if that is given. template: what shows it; `table` is the usual. extra: what another template needs
    besides. also_sql: queries behind `extra`. is_optional: left out where it has no row.
    """

    title: str
    finding: str
    sql: str
    frame: pl.DataFrame
    shown: Sequence[str] = ()
    links: Mapping[str, Link] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    picture: Picture | None = None
    template: Literal["table", "tiles", "duty"] = "table"
    extra: Any = None
    also_sql: Sequence[str] = ()
    width: Width = "whole"
    height: int | None = None
    rows: int = ROWS_SHOWN
    note: str = ""
    nothing: str = "Nothing on record."
    is_optional: bool = False

    @property
    def columns(self) -> list[Column]:
        """The columns shown, with their headings."""
        made = [column(name, self.frame[name]) for name in self.shown or self.frame.columns]
        return [replace(each, label=self.labels.get(each.name, each.label), show=self._said(each)) for each in made]

    def _said(self, each: Column) -> Callable[[Any], str]:
        words = self.words.get(each.name)
        return each.show if words is None else lambda value: NOTHING if value is None else words(value)

    @property
    def cells(self) -> list[list[tuple[Column, Cell]]]:
        """The rows shown."""
        columns = self.columns
        most = ROWS_UNDER_PICTURE if self.picture else self.rows
        return [
            [(each, Cell(each.show(row[each.name]), self._leads(each.name, row))) for each in columns]
            for row in self.frame.head(most).iter_rows(named=True)
        ]

    def _leads(self, name: str, row: dict[str, Any]) -> str | None:
        return self.links[name](row) if name in self.links and row[name] is not None else None

    @property
    def more(self) -> int:
        """Rows that are not shown."""
        return max(0, self.frame.height - (ROWS_UNDER_PICTURE if self.picture else self.rows))


def of_picture(picture: Picture, **parts: Any) -> Card:
    """The card of a picture: its title, what its subtitle says but for the sources, its figures."""
    finding = " ".join(line for line in picture.subtitle if not line.startswith("Source:"))
    given: dict[str, Any] = {"title": picture.title, "finding": _without_sources(finding), **parts}
    return Card(sql=picture.sql, frame=picture.frame, picture=picture, **given)


def _without_sources(text: str) -> str:
    """A subtitle's words less those on sources, which the card tells in full."""
    return text.partition(" Source: ")[0]


def failed(title: str, what: str, action: str) -> Card:
    """In the place of a card that cannot be made: why, and what to do."""
    return Card(title, "", "", pl.DataFrame(), nothing=f"{what} {action}".strip())
