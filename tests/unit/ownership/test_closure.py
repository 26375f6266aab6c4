"""The closure against its definition, evaluated day by day in plain Python on random small worlds; and its ways."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.ownership.toy import (
    FIRST,
    LAST,
    LETTERS,
    Holding,
    Listing,
    closure,
    day_by_day,
    days_of,
    paths,
    reached,
)

DAYS = 12
THRESHOLDS = st.sampled_from([0.25, 0.5, 0.51, 1.0])
PARTIES = st.sampled_from("ABCDEXY")


def spans() -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, DAYS - 1), st.integers(1, DAYS)).map(lambda d: (d[0], max(d[0] + 1, d[1])))


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Holding], list[Listing]]:
    """Holdings, at most one a pair, kind and day, with cycles and shares that often meet the threshold; listings."""
    pairs = draw(st.lists(st.tuples(PARTIES, PARTIES, st.booleans()), max_size=14, unique=True))
    shares = st.sampled_from([0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 1.0])
    holdings = []
    for owner, owned, at_least in pairs:
        middle = draw(st.integers(1, DAYS - 1))
        early, late = (0, middle), (middle, DAYS)
        for begins, ends in draw(st.sampled_from([[(0, DAYS)], [early], [late], [early, late]])):
            holdings.append(Holding(owner, owned, draw(shares), begins, ends, at_least))
    listings = [Listing(party, *draw(spans())) for party in draw(st.lists(PARTIES, min_size=1, max_size=3))]
    return holdings, listings


@settings(max_examples=150)
@given(worlds(), THRESHOLDS)
def test_it_is_the_definition_on_every_day(world: tuple[list[Holding], list[Listing]], threshold: float) -> None:
    holdings, listings = world
    found = days_of(closure(holdings, listings, threshold).reached)
    assert found == day_by_day(holdings, listings, threshold, range(DAYS))


@settings(max_examples=60)
@given(worlds(), st.data())
def test_the_order_of_rows_does_not_matter(world: tuple[list[Holding], list[Listing]], data: st.DataObject) -> None:
    holdings, listings = world
    shuffled = data.draw(st.permutations(holdings)), data.draw(st.permutations(listings))
    order = ["node", "begins"]
    assert closure(holdings, listings).reached.sort(order).equals(closure(*shuffled).reached.sort(order))
    assert paths(holdings, listings).drop("origin").equals(paths(*shuffled).drop("origin"))


@settings(max_examples=60)
@given(worlds(), worlds())
def test_more_edges_and_listings_never_reach_less(
    world: tuple[list[Holding], list[Listing]], more: tuple[list[Holding], list[Listing]]
) -> None:
    holdings, listings = world
    taken = {(h.owner, h.owned, h.at_least) for h in holdings}
    added = [h for h in more[0] if (h.owner, h.owned, h.at_least) not in taken]
    less_found = days_of(closure(holdings, listings).reached)
    found = days_of(closure([*holdings, *added], [*listings, *more[1]]).reached)
    assert all(days <= found[party] for party, days in less_found.items())


@settings(max_examples=80)
@given(worlds())
def test_every_entity_reached_has_a_way_from_a_listed_party_on_every_day(
    world: tuple[list[Holding], list[Listing]],
) -> None:
    """And each way is of holdings that are held, through owners that count; one way a party, entity and day."""
    holdings, listings = world
    found = paths(holdings, listings)
    told: dict[str, set[int]] = defaultdict(set)
    seen = set()
    for row in found.iter_rows(named=True):
        steps = row["path"].split(" > ")
        assert steps[0] == row["source"] and steps[-1] == row["node"] and len(steps) == 2 * row["path_length"] + 1
        for day in range(row["begins"], row["ends"]):
            assert (row["source"], row["node"], day) not in seen
            seen.add((row["source"], row["node"], day))
            assert any(x.party == row["source"] and x.begins <= day < x.ends for x in listings)
            for owner, owned in zip(steps[::2], steps[2::2], strict=False):
                assert any((h.owner, h.owned) == (owner, owned) and h.begins <= day < h.ends for h in holdings)
        told[row["node"]] |= set(range(row["begins"], row["ends"]))
    listed = {party: {d for x in listings if x.party == party for d in range(x.begins, x.ends)} for party in LETTERS}
    for party, days in days_of(closure(holdings, listings).reached).items():
        assert days - listed[party] <= told[party]


def test_a_circle_reaches_nobody_by_itself() -> None:
    assert reached([Holding("A", "B", 0.6), Holding("B", "A", 0.6)], "X") == {}


def test_a_circle_below_a_listed_party_is_gone_round_once() -> None:
    circle = [Holding("X", "A", 0.6), Holding("A", "B", 0.6), Holding("B", "A", 0.4), Holding("B", "X", 0.9)]
    assert reached(circle, "X") == {"A": 1.0, "B": 0.6, "X": 0.9}
    found = paths(circle, [Listing("X")])
    assert found["path"].to_list() == ["X > 60 % > A", "X > 60 % > A > 60 % > B"]


def test_reach_lasts_as_long_as_listing_and_every_edge_last() -> None:
    holdings = [Holding("X", "A", 0.6, 10, 50), Holding("A", "B", 0.6, 20, 90)]
    found = days_of(closure(holdings, [Listing("X", 30, 80)]).reached)
    assert found == {"A": set(range(30, 50)), "B": set(range(30, 50))}


def test_a_listed_party_that_is_owned_is_passed_through() -> None:
    found = paths([Holding("X", "Y", 0.6), Holding("Y", "A", 0.6)], [Listing("X"), Listing("Y")])
    assert found.select("source", "node", "path_length").rows() == [("X", "A", 2), ("X", "Y", 1), ("Y", "A", 1)]


def test_of_equally_short_ways_the_larger_last_share_is_told() -> None:
    holdings = [Holding("X", "A", 0.6), Holding("X", "B", 0.6), Holding("A", "C", 0.2), Holding("B", "C", 0.7)]
    (way,) = paths(holdings, [Listing("X")]).filter(pl.col("node") == "C")["path"]
    assert way == "X > 60 % > B > 70 % > C"


def test_a_longer_way_is_told_for_days_without_a_shorter_one() -> None:
    holdings = [Holding("X", "A", 0.6), Holding("A", "C", 0.9), Holding("X", "C", 0.6, 20, 40)]
    rows = paths(holdings, [Listing("X")]).filter(pl.col("node") == "C").select("begins", "ends", "path_length").rows()
    assert rows == [(FIRST, 20, 2), (20, 40, 1), (40, LAST, 2)]


def test_owners_are_counted_and_a_pair_that_states_and_consolidates_is_one() -> None:
    holdings = [Holding("X", "A", 0.3), Holding("X", "A", 0.5, at_least=True), Holding("Y", "A", 0.1)]
    (row,) = closure(holdings, [Listing("X"), Listing("Y")]).reached.iter_rows(named=True)
    assert (row["owners"], row["units"], row["at_least"]) == (2, 40_000_000, 50_000_000)


def test_nobody_listed_and_nothing_held() -> None:
    assert closure([], [Listing("X")]).reached.is_empty()
    assert closure([Holding("X", "A", 1.0)], []).reached.is_empty()
    assert paths([], [Listing("X")]).is_empty()
