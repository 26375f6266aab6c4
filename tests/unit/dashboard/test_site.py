"""The dashboard's own pages, without a release: addresses, names, and that headline figures lead somewhere."""

from __future__ import annotations

import re

from dashboard.pages import overview
from dashboard.site import PAGES
from pipelines.query_book import FOLDER


def test_addresses_and_names_are_distinct_and_cards_have_names_fit_for_an_address() -> None:
    addresses = [page.address for page in PAGES]
    assert len(set(addresses)) == len(addresses)
    names = [page.name for page in PAGES if page.name]
    assert len(set(names)) == len(names)
    for page in PAGES:
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in page.cards), page.address
        assert not page.filters_before or page.filters_before in page.cards
        assert page.name or page.part_of in addresses
        assert all(make.__doc__ or make.__name__ == "make" for make in page.cards.values()), page.address


def test_every_headline_figure_leads_to_where_it_is_read_on() -> None:
    places = {int(place) for place in re.findall(r"^select\n    (\d),", _glance(), re.MULTILINE)}
    places |= {int(place) for place in re.findall(r"^    (\d) as place,", _glance(), re.MULTILINE)}
    assert places == set(overview.LEADS)
    cards = {page.address: set(page.cards) for page in PAGES}
    for address in overview.LEADS.values():
        path, _, card = re.sub(r"\?[^#]*", "", address).partition("#")
        assert path in cards and (not card or card in cards[path]), address


def _glance() -> str:
    return (FOLDER / "at_a_glance.sql").read_text(encoding="utf-8")
