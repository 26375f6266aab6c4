"""Small worlds of owners by letter: who holds which share of whom, on which days, and who is listed.

Belongs here: making frames of them, and an evaluation day by day in plain Python. Does not belong here: assertions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from pipelines.ownership.closure import EDGES, SPANS, WHOLE, Closure, Edges, close
from pipelines.ownership.paths import follow

#: Days of these worlds.
FIRST, LAST = 0, 100
LETTERS = "ABCDEFGHXYZ"
NUMBER = {letter: number for number, letter in enumerate(LETTERS)}


@dataclass(frozen=True)
class Holding:
    """owner holds share (a fraction) of owned on days begins to ends - 1; at_least: the share is a floor."""

    owner: str
    owned: str
    share: float
    begins: int = FIRST
    ends: int = LAST
    at_least: bool = False


@dataclass(frozen=True)
class Listing:
    party: str
    begins: int = FIRST
    ends: int = LAST


def edges_of(holdings: Iterable[Holding]) -> Edges:
    rows = [(NUMBER[h.owner], NUMBER[h.owned], round(h.share * WHOLE), h.at_least, h.begins, h.ends) for h in holdings]
    return Edges.of(pl.DataFrame(rows, schema=EDGES, orient="row"), len(LETTERS))


def spans_of(listings: Iterable[Listing]) -> pl.DataFrame:
    return pl.DataFrame([(NUMBER[x.party], x.begins, x.ends) for x in listings], schema=SPANS, orient="row")


def closure(holdings: Iterable[Holding], listings: Iterable[Listing], threshold: float = 0.5) -> Closure:
    return close(edges_of(holdings), spans_of(listings), round(threshold * WHOLE))


def reached(holdings: Iterable[Holding], listed: str, threshold: float = 0.5) -> dict[str, float]:
    """Letter -> share counted parties hold together, of everything reached; all holdings and listings last."""
    found = closure(holdings, [Listing(party) for party in listed], threshold).reached
    return {LETTERS[node]: max(units, floor) / WHOLE for node, *_, units, floor, _ in found.rows()}


def paths(holdings: Iterable[Holding], listings: Iterable[Listing], threshold: float = 0.5) -> pl.DataFrame:
    """PATHS with letters: source, node, begins, ends, path, path_length, is_aggregate."""
    sources = spans_of(listings).with_columns(source=pl.col("node"))
    names = pl.Series(list(LETTERS))
    found = follow(closure(holdings, listings, threshold), sources, names, round(threshold * WHOLE))
    letters = {name: names.gather(found[name]) for name in ("source", "origin", "node")}
    return found.with_columns(**letters).sort("source", "node", "begins")


def days_of(found: pl.DataFrame) -> dict[str, set[int]]:
    """Letter -> the days it is reached."""
    days: dict[str, set[int]] = defaultdict(set)
    for node, begins, ends in found.select(*SPANS).rows():
        days[LETTERS[node]] |= set(range(begins, ends))
    return days


def day_by_day(
    holdings: Iterable[Holding], listings: Iterable[Listing], threshold: float, days: Iterable[int]
) -> dict[str, set[int]]:
    """The definition, word for word: on each day, add whoever counted parties own, until nobody is new."""
    held, named = list(holdings), list(listings)
    found: dict[str, set[int]] = defaultdict(set)
    for day in days:
        counted = {x.party for x in named if x.begins <= day < x.ends}
        now = [h for h in held if h.begins <= day < h.ends and h.owner != h.owned]
        owned: set[str] = set()
        while True:
            sums: dict[str, int] = defaultdict(int)
            floors: dict[str, int] = defaultdict(int)
            for h in now:
                if h.owner in counted:
                    units = round(h.share * WHOLE)
                    if h.at_least:
                        floors[h.owned] = max(floors[h.owned], units)
                    else:
                        sums[h.owned] += units
            least = round(threshold * WHOLE)
            new = {n for n in LETTERS if max(sums[n], floors[n]) >= least} - owned
            if not new:
                break
            owned |= new
            counted |= new
        for party in owned:
            found[party].add(day)
    return found
