"""The other publishers on the loopback that change from day to day, on the script's word.

Belongs here: what each publisher states (its truth), and how it misbehaves. Does not belong here: which day it does
what (script.py), formats (tests/faults/publishers_formats.py).

A method named by the script does one day's work. Some change what is stated for good; faults last until `heal`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from tests.faults.publisher import Publisher
from tests.faults.publishers_formats import (
    FEDERAL_REGISTER_PATH,
    census_api,
    federal_document,
    federal_register,
    hts_site,
)
from tests.rehearsal.census_lines import month_of_imports
from tests.rehearsal.ofac import Ofac
from tests.rehearsal.printing import schedule_lines
from tests.rehearsal.stating import Stating, Truth
from tests.world.home import Home


class FederalRegister(Stating):
    """The Federal Register: documents every working day."""

    source = "federal_register"
    is_read_daily = True
    paths = (FEDERAL_REGISTER_PATH,)
    query = """
        select document_number, document_title from core.dim_document where document_number like '2026-9%'
    """

    def __init__(self, publisher: Publisher, home: Home) -> None:
        super().__init__(publisher, home)
        self.documents: list[dict[str, Any]] = []

    @property
    def truth(self) -> Truth:
        return frozenset((each["document_number"], each["title"]) for each in self.documents)

    def serve(self, today: date) -> None:
        self._print(self.documents)

    def _print(self, documents: Sequence[dict[str, Any]], a_page: int = 1000) -> None:
        self.endpoints = federal_register(self.publisher, documents, a_page=a_page)

    def publishes(self, today: date, **stated: Any) -> None:
        """A rule of the Bureau of Industry and Security."""
        number = f"2026-9{len(self.documents):04d}"
        bureau = [{"raw_name": "DEPARTMENT OF COMMERCE", "slug": "industry-and-security-bureau"}]
        said = {"title": f"Rule of {today}", "agencies": bureau, "volume": today.year - 1935, **stated}
        self.documents.append(federal_document(number, f"{today}", **said))
        self.serve(today)

    def withdraws(self, today: date) -> None:
        """Its first document is not shown any more."""
        self._print(self.documents[1:])

    def wrong_volume(self, today: date) -> None:
        """Today's rule, with a volume of another year: a citation misprinted."""
        self.publishes(today)
        self._print([*self.documents[:-1], {**self.documents[-1], "volume": 19}])

    def pages_missing(self, today: date) -> None:
        """Announces more documents than it shows."""
        self.publishes(today)
        self._print(self.documents)
        self.publisher.fault(
            FEDERAL_REGISTER_PATH,
            "content",
            body=json.dumps({"count": 9, "total_pages": 1, "results": self.documents[:1]}).encode(),
        )

    def renames_a_field(self, today: date) -> None:
        """Documents call their day by another name."""
        self.publishes(today)
        renamed = [{("published_at" if k == "publication_date" else k): v for k, v in self.documents[-1].items()}]
        body = json.dumps({"count": 1, "total_pages": 1, "results": renamed}).encode()
        self.publisher.fault(FEDERAL_REGISTER_PATH, "content", body=body)


class Schedule(Stating):
    """USITC: an edition of the tariff schedule now and then."""

    source = "usitc_hts"
    is_dated = True
    paths = ("/reststop/exportList", "/reststop/releaseList", "/reststop/currentRelease")
    query = """
        select l.htsno, l.general from core.fct_schedule_line as l
        where l.known_from <= date '{day}' and date '{day}' < l.known_to and l.general like '%.0625%'
    """

    def __init__(self, publisher: Publisher, home: Home) -> None:
        super().__init__(publisher, home)
        self.lines = schedule_lines(home)
        self.number, self.released_on = 10, date(2026, 6, 30)
        self.before: tuple[int, date, list[dict[str, Any]]] = (self.number, self.released_on, self.lines)

    @property
    def truth(self) -> Truth:
        return frozenset((x["htsno"], x["general"]) for x in self.lines if ".0625" in x["general"])

    def serve(self, today: date) -> None:
        self._print(self.number, self.released_on, self.lines)

    def _print(self, number: int, released_on: date, lines: Sequence[dict[str, Any]]) -> None:
        release = {"name": f"2026HTSRev{number}", "status": "current", "releaseStartDate": f"{released_on:%m/%d/%Y}"}
        self.endpoints = hts_site(self.publisher, [{**release, "releaseEndDate": None}], [])
        self.publisher.register(self.paths[0], json.dumps(lines))

    def releases(self, today: date) -> None:
        """A revision: one more line of chapter 72 has a rate of its own."""
        self.before = (self.number, self.released_on, self.lines)
        self.number, self.released_on = self.number + 1, today
        place = self._next_line()
        changed = {**self.lines[place], "general": f"{self.number}.0625%"}
        self.lines = [*self.lines[:place], changed, *self.lines[place + 1 :]]
        self.serve(today)

    def _next_line(self) -> int:
        """The next line of eight digits whose rate is a plain percentage and not yet of our making."""
        return next(
            place
            for place, line in enumerate(self.lines)
            if line["htsno"].startswith("85") and len(line["htsno"]) == 10 and line["general"].endswith("%")
            if ".0625" not in line["general"]
        )

    def takes_the_edition_back(self, today: date) -> None:
        """The newest revision is gone; the one before it is current again."""
        self._print(*self.before)

    def half_an_edition(self, today: date) -> None:
        """A new revision, whose export ends in the middle of the chapters."""
        self.releases(today)
        self._print(self.number, self.released_on, self.lines[: len(self.lines) // 2])

    def renames_a_column(self, today: date) -> None:
        """A new revision, whose lines call their number by another name."""
        self.releases(today)
        renamed = [{("number" if k == "htsno" else k): v for k, v in line.items()} for line in self.lines]
        self._print(self.number, self.released_on, self.lines)
        self.publisher.register(self.paths[0], json.dumps(renamed))


class Census(Stating):
    """The Census Bureau: a month of imports, on the day it is released."""

    source = "census_imports"
    paths = ("/data/timeseries/intltrade/imports/hs",)
    query = """
        select period_start, partner_code, product_code, import_value_consumption_usd from core.fct_trade_flow
        where flow = 'import' and product_level = 'HS2' and period_months = 1 and period_start >= date '2026-05-01'
            and known_from <= date '{day}' and date '{day}' < known_to
    """

    def __init__(self, publisher: Publisher, home: Home) -> None:
        super().__init__(publisher, home)
        self.months = [date(2023 + m // 12, 1 + m % 12, 1) for m in range(44)]

    @property
    def truth(self) -> Truth:
        lines = [row for month in self.months for row in month_of_imports(month)]
        flows = [r for r in lines if r["COMM_LVL"] == "HS2" and r["CTY_CODE"] != "-" and r["time"] >= "2026-05"]
        return frozenset(
            (date.fromisoformat(f"{r['time']}-01"), r["CTY_CODE"], r["I_COMMODITY"], int(r["CON_VAL_MO"]))
            for r in flows
        )

    def serve(self, today: date) -> None:
        self._print()

    def _print(self, spoilt: Callable[[dict[str, str]], dict[str, str]] | None = None) -> None:
        rows = [row for month in self.months for row in month_of_imports(month)]
        rows = [spoilt(row) for row in rows] if spoilt else rows
        self.endpoints = {
            "hs": census_api(self.publisher, self.paths[0], rows),
            "naics": self.publisher.url("/data/timeseries/intltrade/imports/naics"),
            "bulk": self.publisher.url("/trade/downloads/{year}/Merch/im_m/IMDB{yymm}.ZIP"),
        }
        self.publisher.fault("/data/timeseries/intltrade/imports/naics", "empty_204")

    def releases(self, today: date) -> None:
        """One month more is out."""
        self.months.append((self.months[-1] + timedelta(days=31)).replace(day=1))
        self.serve(today)

    def wrong_duties(self, today: date) -> None:
        """A new month, whose duties are a hundred times the values."""
        self.releases(today)
        self._print(lambda row: {**row, "CAL_DUT_MO": f"{100 * int(row['CON_VAL_MO'])}"})


ALL: dict[str, type[Stating]] = {each.source: each for each in (Ofac, FederalRegister, Schedule, Census)}
