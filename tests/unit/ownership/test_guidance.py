"""The rules' own worked examples, and cases that follow from their definitions.

OFAC: revised guidance of 13 August 2014; FAQ 399 (owners are added up), FAQ 398 (ownership, not control), FAQ 401 (what
counts as indirect; its examples 1 to 3 and the case of two minority holdings).
BIS: 15 CFR part 744, supplement no. 8, paragraph (b): listed parties are added up whatever the list, and so are
"entities subject to restrictions based upon ownership".
"""

from __future__ import annotations

from tests.unit.ownership.toy import Holding, Listing, paths, reached


def test_faq_401_example_1_a_chain_of_halves() -> None:
    """X holds half of A, and A half of B: both are reached, B with one half and not one quarter."""
    assert reached([Holding("X", "A", 0.5), Holding("A", "B", 0.5)], "X") == {"A": 0.5, "B": 0.5}


def test_faq_401_example_2_two_reached_owners_add_up() -> None:
    """X holds half of A and of B, each of which holds a quarter of C: the quarters add up to one half."""
    holdings = [Holding("X", "A", 0.5), Holding("X", "B", 0.5), Holding("A", "C", 0.25), Holding("B", "C", 0.25)]
    assert reached(holdings, "X") == {"A": 0.5, "B": 0.5, "C": 0.5}


def test_faq_401_example_3_a_direct_and_an_indirect_holding_add_up() -> None:
    """X holds half of A and a tenth of B; A holds four tenths of B: one tenth and four tenths are one half."""
    holdings = [Holding("X", "A", 0.5), Holding("X", "B", 0.1), Holding("A", "B", 0.4)]
    assert reached(holdings, "X") == {"A": 0.5, "B": 0.5}


def test_faq_401_holdings_of_owners_that_are_not_reached_do_not_count() -> None:
    """X holds a quarter of A and of B, which hold half of C each: neither is reached, so nothing of C counts."""
    holdings = [Holding("X", "A", 0.25), Holding("X", "B", 0.25), Holding("A", "C", 0.5), Holding("B", "C", 0.5)]
    assert reached(holdings, "X") == {}


def test_one_reached_and_one_unreached_owner_do_not_add_up() -> None:
    """X holds half of A and a quarter of B, each of which holds a quarter of C: only A's quarter counts."""
    holdings = [Holding("X", "A", 0.5), Holding("X", "B", 0.25), Holding("A", "C", 0.25), Holding("B", "C", 0.25)]
    assert reached(holdings, "X") == {"A": 0.5}


def test_faq_399_owners_are_added_up() -> None:
    """X and Y hold a quarter of A each; they need not act together or stand under one programme."""
    assert reached([Holding("X", "A", 0.25), Holding("Y", "A", 0.25)], "XY") == {"A": 0.5}
    assert reached([Holding("X", "A", 0.25), Holding("Y", "A", 0.24)], "XY") == {}


def test_faq_399_one_of_two_delisted_is_no_longer_added() -> None:
    found = paths([Holding("X", "A", 0.25), Holding("Y", "A", 0.25)], [Listing("X"), Listing("Y", 10, 40)])
    assert found.select("source", "node", "begins", "ends", "is_aggregate").rows() == [
        ("X", "A", 10, 40, True),
        ("Y", "A", 10, 40, True),
    ]


def test_half_is_enough_and_less_is_not() -> None:
    """ "50 percent or more"."""
    assert reached([Holding("X", "A", 0.5)], "X") == {"A": 0.5}
    assert reached([Holding("X", "A", 0.49999999)], "X") == {}


def test_faq_398_control_without_ownership_does_not_count() -> None:
    """Control is no edge; a holding of a tenth with control is a holding of a tenth."""
    assert reached([Holding("X", "A", 0.1)], "X") == {}


def test_supplement_8_an_entity_reached_by_ownership_counts_like_a_listed_one() -> None:
    """X holds 60 % of A; A holds 30 % of B and listed Y 20 %: an unlisted, reached owner and a listed one add up."""
    holdings = [Holding("X", "A", 0.6), Holding("A", "B", 0.3), Holding("Y", "B", 0.2)]
    assert reached(holdings, "XY") == {"A": 0.6, "B": 0.5}
    assert reached(holdings, "X") == {"A": 0.6}


def test_shares_are_not_multiplied_however_long_the_chain() -> None:
    """Half of half of half ... is an eighth of a percent by multiplication, and one half by the rule."""
    chain = [Holding(owner, owned, 0.5) for owner, owned in zip("XABCDEFG", "ABCDEFGH", strict=True)]
    assert reached(chain, "X") == dict.fromkeys("ABCDEFGH", 0.5)


def test_consolidation_is_a_floor_and_is_not_added_up() -> None:
    """Whoever consolidates reaches; two floors below the threshold do not make a whole, nor a floor and a share."""
    assert reached([Holding("X", "A", 0.5, at_least=True)], "X") == {"A": 0.5}
    assert reached([Holding("X", "A", 0.5, at_least=True)], "X", threshold=0.6) == {}
    floors = [Holding("X", "A", 0.3, at_least=True), Holding("Y", "A", 0.3, at_least=True), Holding("Z", "A", 0.3)]
    assert reached(floors, "XYZ") == {}
    assert reached([Holding("X", "A", 0.5, at_least=True), Holding("Y", "A", 0.2)], "XY") == {"A": 0.5}
