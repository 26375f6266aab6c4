"""The pages: one file a page, which questions it answers, in which order, with which filters.

Belongs here: what a page is. Does not belong here: the list of all pages (dashboard/site.py), how one is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.asking import Asked, Filter
from dashboard.cards import Card

#: Makes a card when a page, or its download, asks for it. Raises StatecraftError in words a reader can act on.
Maker = Callable[[Asked], Card]


@dataclass(frozen=True)
class Page:
    """A page with an address.

    address: where it is; one that ends in "/{path}" is about one thing, which the rest of the address names.
    name: in the navigation; one without is not there, and `part_of` says below which page it is.
    question: what it answers, in a sentence. heading: of a page about one thing, what that is called.
    filters_before: the card they stand above; at the top where not given.
    """

    address: str
    name: str
    title: str
    question: str
    filters: Sequence[Filter]
    cards: Mapping[str, Maker]
    part_of: str = ""
    filters_before: str = ""
    heading: Callable[[Asked], str] | None = None
