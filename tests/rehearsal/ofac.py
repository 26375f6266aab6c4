"""OFAC on the loopback: a list that changes from day to day, on the script's word.

Belongs here: what it states, and how it misbehaves. Does not belong here: which day it does what (script.py), its
format (tests/faults/publishers_formats.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tests.faults.publisher import Publisher, strong_tag
from tests.faults.publishers_formats import OFAC_PATHS, ofac_file
from tests.rehearsal.printing import OfacRow, ofac_aliases, ofac_rows
from tests.rehearsal.stating import Stating, Truth
from tests.world.home import Home

_HTTP_DATE = "%a, %d %b %Y %H:%M:%S GMT"


class Ofac(Stating):
    """OFAC's lists: entries come and go."""

    source = "ofac_sdn"
    paths = tuple(OFAC_PATHS.values())
    query = """
        select cast(split_part(entry_key, '/', 2) as integer), entity_name from core.fct_list_entry
        where list_code = 'US_OFAC_SDN' and known_from <= date '{day}' and date '{day}' < known_to
            and valid_from <= date '{day}' and date '{day}' < valid_to
    """

    def __init__(self, publisher: Publisher, home: Home) -> None:
        super().__init__(publisher, home)
        self.entries = ofac_rows(home, "US_OFAC_SDN")
        self.consolidated = ofac_rows(home, "US_OFAC_CONS")
        self.aliases = {code: ofac_aliases(home, f"US_OFAC_{code}") for code in ("SDN", "CONS")}
        self.before: list[list[OfacRow]] = []
        self.headers: dict[str, str] = {}

    @property
    def truth(self) -> Truth:
        return frozenset((row[0], row[1]) for row in self.entries)

    def serve(self, today: date) -> None:
        self._print(self.entries)

    def _print(self, entries: Sequence[OfacRow], cut: int | None = None) -> None:
        main, cons = ofac_file(entries), ofac_file(self.consolidated)
        listed = {row[0] for row in entries}
        names = ofac_file([row for row in self.aliases["SDN"] if row[0] in listed])
        other_names = ofac_file(self.aliases["CONS"])
        place, other_place = (
            ofac_file([[each[0][0], 1, None, "Havana", "Cuba", None]]) for each in (entries, self.consolidated)
        )
        files = (main[:cut], names, place, cons, other_names, other_place)
        for path, body in zip(self.paths, files, strict=True):
            self.publisher.register(path, body, "text/csv", {"ETag": strong_tag(body), **self.headers})
        self.endpoints = {name: self.publisher.url(path) for name, path in OFAC_PATHS.items()}
        self.headers = {}

    def designates(self, today: date) -> None:
        """A new entry."""
        self.before.append(list(self.entries))
        number = max(int(row[0] or 0) for row in self.entries) + 1
        made_up = (number, f"EXAMPLE TRADING {today:%d %b}".upper(), None, "SDGT", *[None] * 7, "Made up.")
        self.entries.append(made_up)
        self.serve(today)

    def delists(self, today: date) -> None:
        """The first entry leaves."""
        self.before.append(list(self.entries))
        self.entries.pop(1)
        self.serve(today)

    def half_a_list(self, today: date) -> None:
        """Every second entry is missing."""
        self._print(self.entries[::2])

    def cut_short(self, today: date) -> None:
        """A file that ends in the middle, and says that it is whole."""
        self.designates(today)
        self._print(self.entries, cut=len(ofac_file(self.entries)) // 2)

    def edition_of_before(self, today: date) -> None:
        """The edition before the newest is served again."""
        self._print(self.before[-1])

    def same_again(self, today: date) -> None:
        """The same bytes, as if they were new: another validator."""
        self.headers = {"ETag": f'"{today}"'}
        self._print(self.entries)

    def clock_ahead(self, today: date) -> None:
        """A new entry, from a server whose clock is a month ahead."""
        self.designates(today)
        moment = datetime(today.year, today.month, today.day) + timedelta(days=31)
        self.headers = {"Last-Modified": moment.strftime(_HTTP_DATE), "Date": moment.strftime(_HTTP_DATE)}
        self._print(self.entries)

    def clock_behind(self, today: date) -> None:
        """A new entry, from a server whose clock stopped years ago."""
        self.designates(today)
        stopped = "Thu, 01 Jan 1970 00:00:00 GMT"
        self.headers = {"Last-Modified": stopped, "Date": stopped}
        self._print(self.entries)

    def one_cell_more(self, today: date) -> None:
        """Every row has a thirteenth cell."""
        self.designates(today)
        self._print([(*row, "NEW") for row in self.entries])
