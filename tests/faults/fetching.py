"""The sources that fetch, each with a small publisher of its own: hand-made content, the requests a healthy run makes.

Belongs here: what each publisher holds on the day of the test, and what we hold already. Does not belong here: faults.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from pipelines.contract import (
    DeliveredFile,
    Delivery,
    Fetched,
    FetchState,
    Parsed,
    SourceSpec,
    fetcher,
    load_spec,
    parser,
)
from pipelines.sources.bis_denied_persons.parse import HEADER as DENIED_PERSONS_HEADER
from tests.faults.asking import make_http
from tests.faults.comtrade import DATA_PATH as COMTRADE_PATH
from tests.faults.comtrade import RELEASES_PATH as COMTRADE_RELEASES_PATH
from tests.faults.comtrade import serve_comtrade
from tests.faults.list_publishers import UFLPA_PATH, serve_four_lists, serve_uflpa
from tests.faults.official_texts import FULL_TEXT_PATH, POSTS_PATH, full_text, posts, white_house_post
from tests.faults.publisher import Publisher
from tests.faults.publishers_formats import (
    DENIED_PERSONS_PATH,
    FEDERAL_REGISTER_PATH,
    GOLDEN_COPY_PATHS,
    OFAC_PATHS,
    PUBLISHES_PATH,
    SCREENING_LIST_PATH,
    Row,
    census_api,
    denied_persons,
    ecfr_site,
    federal_document,
    federal_register,
    golden_copy,
    hts_line,
    hts_site,
    ofac_file,
    ofac_site,
    screening_list,
)
from tests.faults.treasury import RECEIPTS_PATH, serve_treasury

#: What the Census API is asked with; looked for in everything that is said.
KEY = "0123456789abcdef0123456789abcdef01234567"
PARTNERS = ("5700", "1220")
MONTHS = ("2024-12", "2025-01", "2025-02")


@dataclass(frozen=True)
class Source:
    """One source against the loopback.

    serve: registers the publisher's endpoints and returns them.  state: what we hold.
    paths: where faults are put, in the order a healthy run asks.  vintages: those of a healthy run.
    """

    name: str
    serve: Callable[[Publisher], dict[str, str]]
    state: FetchState
    paths: tuple[str, ...]
    vintages: tuple[str, ...]

    def spec(self, publisher: Publisher) -> SourceSpec:
        """source.yml with every endpoint moved to the loopback."""
        spec = _spec(self.name)
        served = self.serve(publisher)
        return spec.model_copy(
            update={"endpoints": {**dict.fromkeys(spec.endpoints, publisher.url("/none")), **served}}
        )

    def fetch(self, publisher: Publisher, state: FetchState | None = None, **options: Any) -> Iterator[Fetched]:
        """What the source's fetch.py brings, one file at a time, with a client in a hurry."""
        with make_http(**{"source": self.name, "max_bytes": 300_000, **options}) as http:
            yield from fetcher(self.name)(http, self.spec(publisher), state or self.state)

    def parse(self, fetched: Iterable[Fetched]) -> Iterator[Parsed]:
        """What parse.py makes of it, a vintage a delivery, as the files come."""
        spec = _spec(self.name)
        for vintage_id, files in itertools.groupby(fetched, key=lambda file: file.vintage_id):
            delivery = Delivery(tuple(delivered(file) for file in files), vintage_id=vintage_id)
            yield from parser(self.name)(delivery, spec)


@lru_cache
def _spec(name: str) -> SourceSpec:
    """Read once: it takes longer than most of these tests."""
    return load_spec(name)


def delivered(file: Fetched) -> DeliveredFile:
    """As the archive hands it on."""
    digest = hashlib.sha256(file.content).hexdigest()
    return DeliveredFile(file.name, file.content, digest, file.url, file.published_on)


def _trade(level: str, commodity: str, product: str, month: str, figures: tuple[str, ...], more: int = 0) -> list[Row]:
    """One product in one month: every partner, their group, and the world they sum to. more: a restatement."""
    quantity = [name for name in figures if "QY" in name or "QTY" in name]
    rows = []
    worth = {partner: 1000 + 10 * int(product) + place + more for place, partner in enumerate(PARTNERS)}
    total = sum(worth.values())
    for code, value in {**worth, "0003": worth[PARTNERS[0]], "-": total}.items():
        group = {"SUMMARY_LVL": "CGP" if code == "0003" else "DET", "COMM_LVL": level, "time": month, "UNIT_QY1": "NO"}
        named = {name: "" if name.endswith("_FLAG") else str(value) for name in (*figures, *quantity)}
        rows.append({"CTY_CODE": code, commodity: product, **named, **group})
    return rows


def _serve_imports(publisher: Publisher) -> dict[str, str]:
    values = ("CON_VAL_MO", "GEN_VAL_MO", "DUT_VAL_MO", "CAL_DUT_MO", "CON_CHA_MO", "CON_QY1_MO", "CON_QY1_MO_FLAG")
    lines = [
        row
        for month in MONTHS
        for level, product in (("HS2", "84"), ("HS2", "85"), ("HS10", "8471300100"), ("HS10", "8542310001"))
        for row in _trade(level, "I_COMMODITY", product, month, values)
    ]
    sectors = [r for m in MONTHS for r in _trade("NA3", "NAICS", "334", m, values[:4])]
    return {
        "hs": census_api(publisher, "/data/timeseries/intltrade/imports/hs", lines, needs_key=KEY),
        "naics": census_api(publisher, "/data/timeseries/intltrade/imports/naics", sectors, needs_key=KEY),
    }


def _serve_exports(publisher: Publisher, restated: str = "") -> dict[str, str]:
    """restated: a month whose figures by product are others."""
    values = ("ALL_VAL_MO", "QTY_1_MO", "QTY_1_MO_FLAG")
    lines = [
        row
        for month in MONTHS
        for level, product in (("HS2", "84"), ("HS2", "85"), ("HS10", "8471300100"), ("HS10", "8542310000"))
        for row in _trade(level, "E_COMMODITY", product, month, values, 7 if month == restated else 0)
    ]
    sectors = [r for m in MONTHS for r in _trade("NA3", "NAICS", "334", m, values[:1])]
    return {
        "hs": census_api(publisher, "/data/timeseries/intltrade/exports/hs", lines, needs_key=KEY),
        "naics": census_api(publisher, "/data/timeseries/intltrade/exports/naics", sectors, needs_key=KEY),
    }


def _serve_entity_list(publisher: Publisher, complete_until: str = "2025-03-10") -> dict[str, str]:
    licence = "For all items subject to the EAR. (See § 744.11 of the EAR)."
    terms = (licence, "Presumption of denial.", "88 FR 12345, 2/28/23.")
    entries = [
        ("CHINA, PEOPLE'S REPUBLIC OF", "Example Works, No. 1 Long Road, Beijing, China.", *terms),
        ("", "Sample Devices, No. 2 Long Road, Shanghai, China.", *terms),
    ]
    record = {
        "id": "1",
        "source": "Entity List (EL) - Bureau of Industry and Security",
        "name": "Example Works",
        "alt_names": [],
        "addresses": [
            {"address": "No. 1 Long Road", "city": "Beijing", "state": None, "postal_code": None, "country": "CN"}
        ],
        "federal_register_notice": "88 FR 12345",
        "start_date": "2023-02-28",
        "license_requirement": licence,
        "license_policy": "Presumption of denial.",
        "remarks": None,
    }
    endpoints = ecfr_site(publisher, complete_until, entries)
    return {**endpoints, **screening_list(publisher, [record], modified="Mon, 10 Mar 2025 09:00:00 GMT")}


def _serve_schedule(publisher: Publisher) -> dict[str, str]:
    releases: list[dict[str, Any]] = [
        {"name": "2026HTSRev30", "status": "current", "releaseStartDate": "11/30/2026", "releaseEndDate": None},
        {
            "name": "2026HTSRev29",
            "status": "archived",
            "releaseStartDate": "11/02/2026",
            "releaseEndDate": "11/29/2026",
        },
    ]
    note = {"columns": ["general"], "marker": "1", "value": "See 9903.88.15. ", "type": "endnote"}
    lines: list[dict[str, Any]] = [
        hts_line("0101", 0, "Live horses and mules:"),
        hts_line("", 1, "Horses:"),
        hts_line("0101.21.00", 2, "Animals for breeding", general="Free", special="", other="Free", footnotes=[note]),
        hts_line("0101.21.00.10", 3, "Males", units=["No."]),
        hts_line("9903.88.15", 0, "Articles of one country", general="The duty provided for + 7.5%"),
    ]
    return hts_site(publisher, releases, lines)


def _serve_ofac(publisher: Publisher) -> dict[str, str]:
    nothing = [None] * 8
    return ofac_site(
        publisher,
        {
            "sdn": ofac_file(
                [[36, "EXAMPLE AIRLINES", None, "CUBA", *nothing], [173, "DOE, Jo", None, "SDGT", *nothing]]
            ),
            "sdn_alternate_names": ofac_file([[36, 12, "aka", "SAMPLE AIRWAYS", None]]),
            "sdn_addresses": ofac_file([[36, 25, None, "Havana", "Cuba", None]]),
            "consolidated": ofac_file([[9640, "SAMPLE BANK", None, "UKRAINE-EO13662", *nothing]]),
            "consolidated_alternate_names": ofac_file([[9640, 9152, "fka", "EXAMPLE BANK", None]]),
            "consolidated_addresses": ofac_file([[9640, 12813, "No. 1 Long Road", "Moscow", "Russia", None]]),
        },
    )


def _serve_denied_persons(publisher: Publisher) -> dict[str, str]:
    where = ("No. 1 Long Road", "Austin", "TX", "", "73301")
    row = (
        "EXAMPLE WORKS",
        *where,
        "06/05/2024",
        "06/05/2034",
        "Y",
        "2024-06-12",
        "FR NOTICE ADDED",
        "89 F.R. 1 6/12/24",
    )
    return denied_persons(publisher, DENIED_PERSONS_HEADER, [row])


def _serve_federal_register(publisher: Publisher) -> dict[str, str]:
    bureau = {"agencies": [{"raw_name": "DEPARTMENT OF COMMERCE", "slug": "industry-and-security-bureau"}]}
    order: dict[str, Any] = {
        "type": "Presidential Document",
        "subtype": "Executive Order",
        "signing_date": "2025-03-06",
    }
    rules = [
        federal_document(f"2025-0{number}", "2025-03-10", abstract="Two entities are added.", **bureau)
        for number in (4001, 4002, 4003)
    ]
    return federal_register(publisher, [*rules, federal_document("2025-04004", "2025-03-11", **order)])


def _serve_full_texts(publisher: Publisher) -> dict[str, str]:
    bureau = {"agencies": [{"slug": "trade-representative-office-of-united-states"}]}
    publisher.register(FULL_TEXT_PATH, full_text("2025-04001"), "text/xml")
    held = federal_document("2025-03001", "2025-03-04", full_text_xml_url=publisher.url("/held.xml"), **bureau)
    new = federal_document("2025-04001", "2025-03-11", full_text_xml_url=publisher.url(FULL_TEXT_PATH), **bureau)
    return federal_register(publisher, [held, new])


def _serve_posts(publisher: Publisher) -> dict[str, str]:
    where = "https://www.whitehouse.gov"
    words = "<p>By the authority vested in me, it is hereby ordered: Executive Order 14257 of April 2, 2025 stands.</p>"
    return posts(
        publisher,
        [
            white_house_post(f"{where}/presidential-actions/2025/03/an-order/", "2025-03-06T10:00:00", words * 20),
            white_house_post(f"{where}/briefings-statements/2025/03/a-statement/", "2025-03-07T10:00:00", words),
        ],
    )


def _serve_golden_copy(publisher: Publisher) -> dict[str, str]:
    lei, parent = "ABCDEFGHIJKLMNOPQR01", "ABCDEFGHIJKLMNOPQR02"
    child = f"{lei},LEI,{parent},LEI,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2020-01-01T00:00:00Z,RELATIONSHIP_PERIOD"
    nodes = [f"Relationship.{node}.{part}" for node in ("StartNode", "EndNode") for part in ("NodeID", "NodeIDType")]
    facts = ["RelationshipType", "RelationshipStatus", "Period.1.startDate", "Period.1.periodType"]
    return golden_copy(
        publisher,
        "2025-03-11",
        {
            "lei2": f"LEI,Entity.LegalName,Entity.LegalAddress.Country\n{lei},Example Works,CN\n",
            "rr": ",".join([*nodes, *(f"Relationship.{fact}" for fact in facts)]) + f"\n{child}\n",
            "repex": f"LEI,Exception.Category,Exception.Reason.1\n{parent},DIRECT_PARENT,NON_PUBLIC\n",
        },
    )


def _census_state(*levels: str) -> FetchState:
    """Two months are held, as read in March; it is April, and February is out."""
    held = (f"{level}_{month}_read_2025-03-12" for level in levels for month in MONTHS[:2])
    return FetchState(frozenset(held), today=date(2025, 4, 10), newest_known_on=date(2025, 3, 12))


def _read_in_april(**months: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{level}_{month}_read_2025-04-10" for level, read in months.items() for month in read)


EXPORTS_RESTATED = partial(_serve_exports, restated=MONTHS[1])
IMPORTS = Source(
    "census_imports",
    _serve_imports,
    _census_state("hs2", "na3", "hs10"),
    ("/data/timeseries/intltrade/imports/hs", "/data/timeseries/intltrade/imports/naics"),
    _read_in_april(hs2=MONTHS, na3=MONTHS, hs10=MONTHS[1:]),
)
EXPORTS = Source(
    "census_exports",
    _serve_exports,
    _census_state("hs2", "na3", "hs10"),
    ("/data/timeseries/intltrade/exports/hs", "/data/timeseries/intltrade/exports/naics"),
    _read_in_april(hs2=MONTHS, na3=MONTHS, hs10=MONTHS[1:]),
)
ENTITY_LIST = Source(
    "bis_entity_list",
    _serve_entity_list,
    FetchState(frozenset({"ecfr-2025-03-03"}), today=date(2025, 3, 11), newest_known_on=date(2025, 3, 3)),
    ("/api/versioner/v1/titles.json", "/api/versioner/v1/full/2025-03-10/title-15.xml"),
    ("ecfr-2025-03-10",),
)
#: The eCFR has had nothing new for a month: the other printing of the list is fetched.
SCREENING_LIST = Source(
    "bis_entity_list",
    partial(_serve_entity_list, complete_until="2025-02-10"),
    FetchState(frozenset({"ecfr-2025-02-10"}), today=date(2025, 3, 11), newest_known_on=date(2025, 2, 10)),
    (SCREENING_LIST_PATH,),
    ("csl-2025-03-11",),
)
SCHEDULE = Source(
    "usitc_hts",
    _serve_schedule,
    FetchState(frozenset({"2026_rev_29"}), today=date(2026, 12, 1), newest_known_on=date(2026, 11, 2)),
    ("/reststop/releaseList", "/reststop/currentRelease", "/reststop/exportList"),
    ("2026_rev_30",),
)
OFAC = Source(
    "ofac_sdn",
    _serve_ofac,
    FetchState(frozenset({"sdn-2025-03-10", "cons-2025-03-10"}), today=date(2025, 3, 11)),
    tuple(OFAC_PATHS.values()),
    ("sdn-2025-03-11", "cons-2025-03-11"),
)
DENIED_PERSONS = Source(
    "bis_denied_persons",
    _serve_denied_persons,
    FetchState(frozenset({"dpl-2025-03-10"}), today=date(2025, 3, 11)),
    (DENIED_PERSONS_PATH,),
    ("dpl-2025-03-11",),
)
FEDERAL_REGISTER = Source(
    "federal_register",
    _serve_federal_register,
    FetchState(frozenset({"bis_read_2025-03-10", "presidential_read_2025-03-10"}), today=date(2025, 3, 11)),
    (FEDERAL_REGISTER_PATH,),
    ("bis_read_2025-03-11", "presidential_read_2025-03-11"),
)
FULL_TEXTS = Source(
    "federal_register_text",
    _serve_full_texts,
    FetchState(frozenset({"2025-03001"}), today=date(2025, 3, 11), newest_known_on=date(2025, 3, 4)),
    (FEDERAL_REGISTER_PATH, FULL_TEXT_PATH),
    ("2025-04001",),
)
PRESIDENTIAL_TEXTS = Source(
    "presidential_text",
    _serve_posts,
    FetchState(frozenset({"read_2025-03-10"}), today=date(2025, 3, 11), newest_known_on=date(2025, 3, 10)),
    (POSTS_PATH,),
    ("read_2025-03-11",),
)
FOUR_LISTS = Source(
    "ita_screening_list",
    serve_four_lists,
    FetchState(frozenset({"2025-03-10"}), today=date(2025, 3, 11)),
    (SCREENING_LIST_PATH,),
    ("2025-03-11",),
)
UFLPA = Source(
    "dhs_uflpa",
    serve_uflpa,
    FetchState(frozenset({"2025-03-10"}), today=date(2025, 3, 11)),
    (UFLPA_PATH,),
    ("2025-03-11",),
)
GOLDEN_COPY = Source(
    "gleif",
    _serve_golden_copy,
    FetchState(frozenset({"golden-copy-2025-02-11"}), today=date(2025, 3, 11)),
    (PUBLISHES_PATH, *GOLDEN_COPY_PATHS.values()),
    ("golden-copy-2025-03-11",),
)
TREASURY = Source(
    "treasury_receipts",
    serve_treasury,
    FetchState(frozenset({"2025-03-10"}), today=date(2025, 3, 11)),
    (RECEIPTS_PATH,),
    ("2025-03-11",),
)
COMTRADE = Source(
    "un_comtrade",
    lambda publisher: serve_comtrade(publisher, KEY, {(156, 2024): "2025-03-01", (156, 2023): "2024-06-01"}),
    FetchState(frozenset({"CN_2023_HS2_released_2024-06-01"}), today=date(2025, 3, 11)),
    (COMTRADE_RELEASES_PATH, COMTRADE_PATH),
    ("CN_2024_HS2_released_2025-03-01",),
)
SOURCES = (
    *(IMPORTS, EXPORTS, ENTITY_LIST, SCREENING_LIST, SCHEDULE, OFAC, DENIED_PERSONS, FEDERAL_REGISTER),
    *(GOLDEN_COPY, FOUR_LISTS, UFLPA, FULL_TEXTS, PRESIDENTIAL_TEXTS, TREASURY, COMTRADE),
)
