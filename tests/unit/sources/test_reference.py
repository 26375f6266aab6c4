"""Reference sources: their layouts, and what each refuses."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Fetched, FetchState, Parsed, fetcher, load_spec, parser
from pipelines.errors import LandingError

SCHEDULE_C = """----------------------------------------------------------------------
Schedule C - Country List (by code) [Produced: 05FEB24]
----------------------------------------------------------------------
Code     |    Name                                                | ISO Code
----------------------------------------------------------------------
1220     |    Canada                                              | CA
4803     |    Kosovo                                              | KV
7660     |    Congo, Democratic Republic of the Congo (formerly Za|rCD
7920     |    Namibia                                             | NA
----------------------------------------------------------------------
Source: Foreign Trade Division, U.S. Census Bureau, Washington, D.C. 20233
This listing produced...31JAN14
----------------------------------------------------------------------"""

CONCORDANCE = """HS10,short_desc,long_desc,quantity_1,quantity_2,sitc,end_use,usda,naics,hitech,HS6,HS8
0901110015,COFFEE,"COFFEE, NOT ROASTED",KG,,07111,0,1,11133X,0,090111,09011100
8542310001,PROCESSORS,PROCESSORS AND CONTROLLERS,NO,,77641,21320,0,334413,5,854231,85423100
"""

ISO = "FIFA,ISO3166-1-Alpha-3,ISO3166-1-Alpha-2,official_name_en\nNAM,NAM,NA,Namibia\nSUI,CHE,CH,Switzerland\n"
USGS = "commodity,is_critical_2025,statistic,hts_code\nBarite,Yes,Imports,2511101000\nThallium,No,Imports,81125200\n"


def read(source: str, name: str, text: str, **facts: Any) -> Parsed:
    delivery = Delivery((DeliveredFile(name, text.encode(), "0" * 64),), **facts)
    (parsed,) = parser(source)(delivery, load_spec(source))
    return parsed


def broken_rule(source: str, name: str, text: str, **facts: Any) -> str:
    with pytest.raises(LandingError) as error:
        read(source, name, text, **facts)
    assert error.value.rule in load_spec(source).runbook
    return error.value.rule


def test_schedule_c_reads_bars_corrects_congo_and_keeps_namibia() -> None:
    parsed = read("census_schedule_c", "country.txt", SCHEDULE_C)
    assert parsed.frame.rows() == [
        ("1220", "Canada", "CA"),
        ("4803", "Kosovo", "KV"),
        ("7660", "Congo, Democratic Republic of the Congo", "CD"),
        ("7920", "Namibia", "NA"),
    ]
    assert (parsed.known_on, parsed.vintage_id) == (date(2024, 2, 5), "2024-02-05")
    assert [c.published_value for c in parsed.corrections][:1] == ["rCD"]


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("(formerly Za|rCD", "(formerly Za| CD", "correction_outdated"),
        ("1220     |    Canada", "122      |    Canada", "bad_cell"),
        ("| CA", "| CA | 1", "unknown_line"),
        ("1220     |    Canada                                              | CA", "<html>", "unknown_line"),
        ("[Produced: 05FEB24]", "", "unknown_line"),
    ],
)
def test_schedule_c_refuses_another_layout(old: str, new: str, broken: str) -> None:
    assert broken_rule("census_schedule_c", "country.txt", SCHEDULE_C.replace(old, new)) == broken


def test_concordance_restores_zeros_and_leaves_category_zero_unstated() -> None:
    parsed = read("census_import_concordance", "imp_code_2022.csv", CONCORDANCE)
    columns = ("hts10", "end_use_code", "usda_code", "naics", "advanced_technology_code", "unit_2")
    assert parsed.frame.select(columns).rows() == [
        ("0901110015", "00000", "1", "11133X", None, None),
        ("8542310001", "21320", "0", "334413", "5", None),
    ]
    assert (parsed.known_on, parsed.known_precision) == (date(2022, 12, 31), "year")


def test_concordance_reads_the_fixed_width_original_alike() -> None:
    record = {0: "8542310001", 14: "PROCESSORS", 69: "PROCESSORS AND CONTROLLERS", 224: "NO ", 240: "77641"}
    record |= {250: "21320", 260: "0", 265: "334413", 276: "05"}
    line = ""
    for start, field in record.items():
        line = line.ljust(start) + field
    original = read("census_import_concordance", "imp-code_2022.txt", line + "\r\n").frame
    assert original.row(0) == read("census_import_concordance", "imp_code_2022.csv", CONCORDANCE).frame.row(1)


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("naics,hitech", "naics,atp", "unknown_column"),
        ("334413,5,", "334413,11,", "unknown_category"),
        (",0,1,11133X", ",0,2,11133X", "unknown_category"),
        ("8542310001", "854231001", "bad_cell"),
    ],
)
def test_concordance_refuses_what_it_does_not_know(old: str, new: str, broken: str) -> None:
    assert broken_rule("census_import_concordance", "imp_code_2022.csv", CONCORDANCE.replace(old, new)) == broken


def test_concordance_needs_a_date() -> None:
    assert broken_rule("census_import_concordance", "imp_code.csv", CONCORDANCE) == "known_on_missing"


def test_iso_keeps_namibia_as_text() -> None:
    parsed = read("iso_countries", "codes.csv", ISO, known_on=date(2024, 5, 1))
    assert parsed.frame.rows() == [("NA", "NAM", "Namibia"), ("CH", "CHE", "Switzerland")]
    assert broken_rule("iso_countries", "codes.csv", ISO) == "known_on_missing"
    assert broken_rule("iso_countries", "codes.csv", ISO.replace("FIFA", "GDP")) == "unknown_column"
    assert broken_rule("iso_countries", "codes.csv", ISO.replace(",CH,", ",756,")) == "bad_cell"


def test_usgs_reads_yes_and_no_and_nothing_else() -> None:
    facts = {"known_on": date(2026, 11, 22), "vintage_id": "mcs2026"}
    parsed = read("usgs_minerals", "codes.csv", USGS, **facts)
    assert parsed.frame["is_critical_2025"].to_list() == [True, False]
    assert parsed.vintage_id == "mcs2026"
    assert broken_rule("usgs_minerals", "codes.csv", USGS.replace(",Yes,", ",Maybe,"), **facts) == "unknown_category"
    assert broken_rule("usgs_minerals", "codes.csv", USGS.replace(",Yes,", ",,"), **facts) == "unknown_category"
    assert broken_rule("usgs_minerals", "codes.csv", USGS.replace("81125200", "8112520"), **facts) == "bad_cell"


class FakeHttp:
    """Answers every question alike and remembers it."""

    def __init__(self, not_modified: bool = False) -> None:
        self.not_modified = not_modified
        self.asked: list[tuple[str, Any]] = []

    def get(self, url: str, *, kind: str = "any", conditional: Any = None) -> Any:
        self.asked.append((url, conditional))
        return SimpleNamespace(content=b"x", url=url, headers={}, not_modified=self.not_modified, empty=False)


def fetched(source: str, http: FakeHttp, state: FetchState) -> list[Fetched]:
    return list(fetcher(source)(http, load_spec(source), state))


def test_fetch_asks_conditionally_and_not_for_what_is_held() -> None:
    spec = load_spec("census_schedule_c")
    url = spec.endpoints["partners"]
    state = FetchState(validators={url: {"etag": "e"}}, today=date(2026, 1, 15))
    http = FakeHttp()
    (file,) = fetched("census_schedule_c", http, state)
    assert (file.name, file.vintage_id, http.asked) == ("country.txt", "2026-01-15", [(url, {"etag": "e"})])
    assert fetched("census_schedule_c", FakeHttp(not_modified=True), state) == []
    assert fetched("usgs_minerals", FakeHttp(), state) == []
    held = FetchState(vintage_ids=frozenset({"2026"}), today=date(2026, 3, 1))
    assert fetched("census_import_concordance", FakeHttp(), held) == []
    (concordance,) = fetched("census_import_concordance", FakeHttp(), state)
    assert concordance.vintage_id == "2026" and "/2026/" in concordance.url


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("source", "path", "rows"),
    [
        ("census_schedule_c", "census_schedule_c_country_by_code_2021-01-27.txt", 240),
        ("iso_countries", "iso_country_codes.csv", 249),
        ("usgs_minerals", "usgs_mcs2026_mineral_hts_codes_extracted.csv", 141),
    ],
)
def test_real_files_are_read_whole(shared_data: Any, source: str, path: str, rows: int) -> None:
    text = (shared_data / "reference" / path).read_text(encoding="utf-8")
    parsed = read(source, path, text, known_on=date(2026, 11, 22))
    spec = load_spec(source)
    assert parsed.frame.height == rows
    assert not parsed.frame.select(spec.things[parsed.thing].key).is_duplicated().any()
