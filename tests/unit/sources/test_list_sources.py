"""The lists besides the Entity List: what each file says, and what is refused.

ita_screening_list, dhs_uflpa, mofcom_lists, meti_end_users.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import polars as pl
import pytest

from pipelines.contract import DeliveredFile, Delivery, Fetched, FetchState, Parsed, fetcher, load_spec, parser
from pipelines.errors import FetchError, LandingError
from pipelines.formats import screening_list
from pipelines.sources.mofcom_lists import parse as mofcom


@pytest.fixture(autouse=True)
def no_corrections(monkeypatch: pytest.MonkeyPatch) -> None:
    """The known errors of the real file are not in these."""
    monkeypatch.setattr(mofcom, "load_corrections", lambda source: ())


def read(source: str, name: str, content: str | bytes | Any, **facts: Any) -> Parsed:
    content = json.dumps(content, ensure_ascii=False) if isinstance(content, dict | list) else content
    content = content.encode() if isinstance(content, str) else content
    (parsed,) = parser(source)(Delivery((DeliveredFile(name, content, "0" * 64),), **facts), load_spec(source))
    return parsed


def entry(parsed: Parsed, list_code: str, place: int = 0) -> dict[str, Any]:
    return parsed.frame.filter(pl.col("list_code") == list_code).row(place, named=True)


# -- Consolidated Screening List ------------------------------------------------------------------------------------

TERMS = {"license_requirement": "Items of supplement no. 2.", "license_policy": "See part 744."}
UVL = {
    "source": screening_list.UNVERIFIED,
    "name": "Acme Optics Co., Ltd.",
    "addresses": [{"address": "1 Road", "city": "Kowloon", "country": "HK"}, {"address": "2 Road", "country": "AE"}],
}
MEU = {"source": screening_list.MILITARY_END_USERS, "name": "Beta Works", "federal_register_notice": "85 FR 83799"}
ISN = {
    "source": screening_list.NONPROLIFERATION,
    "name": "Gamma",
    "programs": ["INKSNA", "E.O. 13382"],
    "federal_register_notice": "Vol. 60, No. 109, 06/07/95",
    "start_date": "1995-05-19",
}
DTC = {
    "source": screening_list.DEBARRED,
    "name": "Delta",
    "federal_register_notice": "79 FR 35210 corrected by 79 FR 37384",
}
OTHER = {"source": screening_list.ENTITY_LIST, "name": "Elsewhere"}


def record(**fields: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys((*screening_list.USED, "programs"))
    return {**empty, "addresses": [], "alt_names": [], **fields}


def csl(*records: dict[str, Any], **other: Any) -> dict[str, Any]:
    return {"search_performed_at": "2026-08-01T13:15:00", "results": [record(**r) for r in records], **other}


WHOLE = (UVL, {**MEU, **TERMS}, ISN, DTC, OTHER)


def csl_csv(columns: int) -> str:
    names = [*(["_id"] if columns == 29 else []), *screening_list.USED, *screening_list.LISTED]
    names += sorted(screening_list.UNREAD - {"_id", "id", "country"})
    assert len(names) == columns
    rows: list[dict[str, Any]] = [
        UVL | {"addresses": "1 Road, Kowloon, HK; 2 Road, AE"},
        {**MEU, **TERMS},
        ISN | {"programs": "INKSNA; E.O. 13382"},
        DTC,
    ]
    return "\n".join([",".join(names), *(",".join(f'"{row.get(name, "")}"' for name in names) for row in rows)])


def projection(**changes: Any) -> dict[str, Any]:
    document = {name: {} for name in screening_list.PROJECTION} | {
        "sourceGeneratedAt": "2026-08-01T13:15:00+00:00",
        "entryCount": 4,
        "countsBySource": {r["source"]: 1 for r in WHOLE[:4]},
        "tables": {
            "sources": [r["source"] for r in WHOLE],
            "programmes": ["INKSNA; E.O. 13382"],
            "licenceRequirements": [TERMS["license_requirement"]],
            "licencePolicies": [TERMS["license_policy"]],
        },
        "entries": [
            {"n": UVL["name"], "s": 0, "c": ["HK", "AE"]},
            {"n": "Beta Works", "s": 1, "lr": 0, "lp": 0, "fr": MEU["federal_register_notice"]},
            {"n": "Gamma", "s": 2, "pg": 0, "fr": ISN["federal_register_notice"]},
            {"n": "Delta", "s": 3, "fr": DTC["federal_register_notice"]},
        ],
    }
    return document | changes


LAYOUTS = {
    "json": ("all.json", csl(*WHOLE)),
    "csv 28": ("all_2026-08-01.csv", csl_csv(28)),
    "csv 29": ("all_2026-08-01.csv", csl_csv(29)),
    "projection": ("all.json", projection()),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_of_the_screening_list_states_the_same(layout: str) -> None:
    parsed = read("ita_screening_list", *LAYOUTS[layout])
    assert (parsed.vintage_id, parsed.known_on, parsed.frame.height) == ("2026-08-01", date(2026, 8, 1), 4)
    unverified, user = entry(parsed, "US_BIS_UVL"), entry(parsed, "US_BIS_MEU")
    sanctioned, debarred = entry(parsed, "US_ISN"), entry(parsed, "US_DDTC_DTC")
    assert (unverified["entry_key"], unverified["address_country_codes"]) == ("CN:acmeopticsco", "AE,HK")
    assert (unverified["citation"], unverified["first_citation_on"]) == (None, None)
    assert (user["citation"], user["first_citation_on"]) == ("85 FR 83799, 2020-12-23", date(2020, 12, 23))
    assert (user["licence_requirement"], user["licence_policy"]) == tuple(TERMS.values())
    assert (sanctioned["entry_key"], sanctioned["programs"]) == ("--:gamma", "INKSNA; E.O. 13382")
    assert sanctioned["citation"] == "60 FR (No. 109), 1995-06-07"
    assert sanctioned["first_citation_on"] == date(1995, 6, 7)
    assert (debarred["citation"], debarred["first_citation_on"]) == ("79 FR 35210", None)


def test_every_layout_gives_the_same_entries() -> None:
    """But for what a layout does not print: dates in the CSV's cells are those of the JSON, ids are in none."""
    first, *others = (read("ita_screening_list", *LAYOUTS[layout]).frame for layout in ("json", "csv 28", "csv 29"))
    assert all(other.equals(first) for other in others)
    unprinted = ["addresses_printed", "effective_printed"]
    assert read("ita_screening_list", *LAYOUTS["projection"]).frame.drop(unprinted).equals(first.drop(unprinted))


def test_one_name_under_two_notices_is_two_entries() -> None:
    again = ISN | {"federal_register_notice": "Vol. 83, No. 91, 05/10/2018"}
    frame = read("ita_screening_list", "a.json", csl(*WHOLE, again)).frame
    assert frame.filter(pl.col("list_code") == "US_ISN")["entry_key"].to_list() == ["--:gamma", "--:gamma~83fr91"]


def test_publishers_ids_are_no_part_of_a_key() -> None:
    frames = [read("ita_screening_list", "a.json", csl(*({**r, "id": i} for r in WHOLE))).frame for i in ("a", "b")]
    assert frames[0].equals(frames[1])


# -- UFLPA page -----------------------------------------------------------------------------------------------------

ROWS = {
    "i": ["Acme Silicon Co., Ltd (including one alias: Acme (Shanshan) Co.) and subsidiaries", "June 21, 2022"],
    "ii": ["Acme Silicon Co., Ltd., and Subsidiaries", "December 11, 2023"],
    "v": ["Yarn&nbsp;Co. (formerly known as Thread Co.; also known as Wool Co.; and String Co.)", "January 15, 2025"],
}


def page(rows: dict[str, list[str]] | None = None, head: str = "Name of Entity") -> str:
    tables = [
        f"<h3>Section 2(d)(2)(B)({sublist})</h3><table><tr><th>{head}</th><th>Effective Date</th></tr><tr>"
        + "".join(f"<td>{cell}</td>" for cell in cells)
        + "</tr></table>"
        for sublist, cells in (rows or ROWS).items()
    ]
    updated = "<span>Last Updated:</span> 01/14/2025"
    return f"<!DOCTYPE html><html><title>UFLPA Entity List</title>{''.join(tables)}{updated}</html>"


def test_uflpa_entries_by_sublist() -> None:
    parsed = read("dhs_uflpa", "uflpa_2026-07-09.html", page())
    first, second, third = parsed.frame.rows(named=True)
    assert parsed.known_on == date(2026, 7, 9)
    assert [first["entry_key"], second["entry_key"], third["entry_key"]] == [
        "CN:acmesiliconco~i",
        "--:acmesiliconco~ii",
        "--:yarnco~v",
    ]
    assert (first["aliases"], first["scope_note"]) == ("Acme (Shanshan) Co.", "subsidiaries")
    assert (second["entity_name"], second["scope_note"]) == ("Acme Silicon Co., Ltd.", "Subsidiaries")
    assert (third["entity_name"], third["aliases"]) == ("Yarn Co.", "Thread Co. | Wool Co. | String Co.")
    assert [first["former_names"], third["former_names"]] == [None, "Thread Co."]
    assert [e["aliases_announced"] for e in (first, second, third)] == [1, None, None]
    assert [first["effective_on"], third["effective_on"]] == [date(2022, 6, 21), date(2025, 1, 15)]
    assert first["page_updated_printed"] == "01/14/2025"


# -- Compiled lists -------------------------------------------------------------------------------------------------


def compiled(list_id: str, name: str, **changes: Any) -> dict[str, Any]:
    return {
        "list_id": list_id,
        "source_list_name": list_id,
        "id": f"{list_id}-1",
        "entity_name": name,
        "aliases": [],
        "addresses": [],
        "country": "cn",
        "date_added": "2025-04-04",
        "entity_type": "organization",
        "reason": "-",
        "source_url": "https://aqygzj.mofcom.gov.cn/1.html",
        "last_verified": "2026-07-19",
    } | changes


UEL = compiled("cn-unreliable-entity-list", "Skydrone Inc.", aliases=["\u5929\u7a7a"])
ECL = compiled("cn-export-control-watchlist", "Acme  a.s.", addresses=["Thamova 289, Praha 8, Czech Republic"])
ATT = compiled("cn-attention-list", "Beta Co., Ltd.", addresses=["\u65e5\u672c\u4e1c\u4eac"], date_added="2026-02-24")
CHINA = [UEL, ECL, ATT]
EUL = partial(compiled, "jp-end-user-list", country="jp", date_added=None)
PLACE = {"addresses": ["Islamic Republic of Iran"], "reason": "\u6838 \uff2e; \u901a\u5e38\u5175\u5668: CW"}
JAPAN = [
    EUL("Gamma Co. Ltd.", **PLACE),
    EUL("", addresses=["People's Republic of China Delta Ltd"], reason="\u30df\u30b5\u30a4\u30ebM"),
]


def test_chinas_lists_bite_from_the_announcement() -> None:
    parsed = read("mofcom_lists", "cn.json", CHINA)
    assert parsed.known_on == date(2026, 7, 19)
    assert [
        (e["list_code"], e["entry_key"], e["country_code"], e["announced_on"].isoformat())
        for e in parsed.frame.sort("list_code").rows(named=True)
    ] == [
        ("CN_MOFCOM_AL", "--:betaco", "JP", "2026-02-24"),
        ("CN_MOFCOM_ECL", "--:acmeas", "CZ", "2025-04-04"),
        ("CN_MOFCOM_UEL", "--:skydroneinc", None, "2025-04-04"),
    ]
    assert entry(parsed, "CN_MOFCOM_ECL")["entity_name"] == "Acme a.s."
    assert entry(parsed, "CN_MOFCOM_UEL")["aliases"] == "\u5929\u7a7a"


def test_japans_list_states_concerns_and_a_slipped_name_is_put_back() -> None:
    parsed = read("meti_end_users", "jp.json", JAPAN)
    first, second = parsed.frame.rows(named=True)
    assert (first["entry_key"], first["concerns"], first["country_heading"]) == (
        "IR:gammaco",
        "CW,N",
        "Islamic Republic of Iran",
    )
    assert (second["entry_key"], second["entity_name"], second["concerns"]) == ("CN:deltaltd", "Delta Ltd", "M")
    (repair,) = parsed.corrections
    assert (repair.column_name, repair.published_value, repair.corrected_value) == ("entity_name", "", "Delta Ltd")


# -- Refusals -------------------------------------------------------------------------------------------------------

HTML = "<!DOCTYPE html><html><body>Service unavailable</body></html>"


def without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}


@pytest.mark.parametrize(
    ("source", "name", "content", "rule"),
    [
        ("ita_screening_list", "a.json", HTML, "html_page"),
        ("ita_screening_list", "a.json", json.dumps(csl(*WHOLE))[:-40], "truncated_file"),
        ("ita_screening_list", "a.json", csl(*WHOLE, total=9), "truncated_file"),
        ("ita_screening_list", "a.json", projection(entryCount=5), "truncated_file"),
        ("ita_screening_list", "a.json", csl(*WHOLE[1:]), "empty_file"),
        ("ita_screening_list", "a.json", csl(*WHOLE, {"source": "Wanted List"}), "unknown_list"),
        ("ita_screening_list", "a.json", csl(*WHOLE[1:], UVL | {"name": "Caf\u00c3\u00a9"}), "mojibake"),
        ("ita_screening_list", "a.json", csl(*WHOLE, UVL | {"reason": "x"}), "unknown_column"),
        (
            "ita_screening_list",
            "a.json",
            csl(*WHOLE, UVL | {"addresses": [{"country": "ATLANTIS"}]}),
            "unknown_country",
        ),
        ("ita_screening_list", "a.json", csl(*WHOLE[1:], UVL | {"alt_names": "A; B"}), "bad_cell"),
        ("ita_screening_list", "a.json", csl(*WHOLE[1:], UVL | {"alt_names": [{"name": "A"}]}), "bad_cell"),
        ("ita_screening_list", "a.json", csl(*WHOLE[1:], UVL | {"license_policy": ["A"]}), "bad_cell"),
        ("ita_screening_list", "a.json", csl(*WHOLE[1:], UVL | {"alt_names": ["Caf\u00c3\u00a9"]}), "mojibake"),
        ("ita_screening_list", "a_2026-08-01.csv", csl_csv(28).replace('"",', "", 1), "cell_count"),
        (
            "ita_screening_list",
            "a_2026-08-01.csv",
            csl_csv(28).replace('"1995-05-19"', '"x"').replace('"INKSNA', '"1995-05-19'),
            "bad_cell",
        ),
        ("ita_screening_list", "a_2026-08-01.csv", csl_csv(28).replace("alt_names", "names"), "unknown_column"),
        ("ita_screening_list", "a_2026-08-01.csv", (csl_csv(28) + "\u00e9").encode("latin-1"), "wrong_encoding"),
        ("ita_screening_list", "a.csv", csl_csv(28), "known_on_missing"),
        ("ita_screening_list", "a.txt", "hello", "unknown_format"),
        ("dhs_uflpa", "a_2026-07-09.html", HTML, "not_the_page"),
        ("dhs_uflpa", "a_2026-07-09.html", page()[:-60], "truncated_file"),
        ("dhs_uflpa", "a_2026-07-09.html", page({"i": ROWS["i"], "ii": ROWS["ii"]}), "empty_list"),
        ("dhs_uflpa", "a_2026-07-09.html", page(ROWS | {"iv": ROWS["v"]}), "unknown_sublist"),
        ("dhs_uflpa", "a_2026-07-09.html", page(head="Effective Date"), "unknown_column"),
        ("dhs_uflpa", "a_2026-07-09.html", page(ROWS | {"v": ROWS["v"][::-1]}), "bad_cell"),
        (
            "dhs_uflpa",
            "a_2026-07-09.html",
            page(ROWS | {"v": ["A (and two aliases: B)", "June 21, 2022"]}),
            "alias_count",
        ),
        ("dhs_uflpa", "a_2026-07-09.html", page(ROWS | {"v": ["Yuan\u00e2\u20acan", "June 21, 2022"]}), "mojibake"),
        ("dhs_uflpa", "a_2026-07-09.html", page().encode("utf-16"), "wrong_encoding"),
        ("dhs_uflpa", "a.html", page(), "known_on_missing"),
        ("mofcom_lists", "cn.json", HTML, "html_page"),
        ("mofcom_lists", "cn.json", json.dumps(CHINA)[:-9], "truncated_file"),
        ("mofcom_lists", "cn.json", {"results": CHINA}, "unknown_format"),
        ("mofcom_lists", "cn.json", CHINA[:2], "empty_list"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"list_id": "cn-new"}], "unknown_list"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"extra": 1}], "unknown_column"),
        ("mofcom_lists", "cn.json", [*CHINA, without(UEL, "aliases")], "unknown_column"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"date_added": "Skydrone", "entity_name": "x"}], "bad_cell"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"aliases": "Skydrone"}], "bad_cell"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"date_added": None}], "bad_cell"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"country": "jp"}], "bad_cell"),
        ("mofcom_lists", "cn.json", [*CHINA, UEL | {"entity_name": "a\ufffdb"}], "mojibake"),
        ("mofcom_lists", "cn.json", json.dumps(CHINA, ensure_ascii=False).encode("gb18030"), "wrong_encoding"),
        ("meti_end_users", "jp.json", HTML, "html_page"),
        ("meti_end_users", "jp.json", [EUL("X", addresses=["Atlantis"])], "unknown_country"),
        ("meti_end_users", "jp.json", [EUL("X", addresses=["India"], reason="-")], "bad_cell"),
        ("meti_end_users", "jp.json", [EUL("", **PLACE)], "bad_cell"),
        ("meti_end_users", "jp.json", [], "empty_list"),
    ],
)
def test_refusals(source: str, name: str, content: Any, rule: str) -> None:
    with pytest.raises(LandingError) as error:
        read(source, name, content)
    assert error.value.rule == rule
    assert rule in load_spec(source).runbook
    assert (error.value.source, error.value.file) == (source, name)


@pytest.mark.parametrize("source", ["ita_screening_list", "dhs_uflpa", "mofcom_lists", "meti_end_users"])
def test_one_edition_is_one_file(source: str) -> None:
    files = tuple(DeliveredFile(name, b"{}", "0" * 64) for name in ("a", "b"))
    with pytest.raises(LandingError) as error:
        list(parser(source)(Delivery(files), load_spec(source)))
    assert error.value.rule == "several_files"


# -- Fetching -------------------------------------------------------------------------------------------------------


class Answering:
    """Answers every question alike."""

    def __init__(self, content: bytes = b"x", *, not_modified: bool = False, empty: bool = False) -> None:
        self.content, self.not_modified, self.empty, self.url = content, not_modified, empty, "u"
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []

    def get(self, url: str, **question: Any) -> Answering:
        self.asked.append(url)
        return self


def fetched(source: str, http: Answering, *held: str) -> list[Fetched]:
    fetch: Callable[..., Any] = fetcher(source)
    return list(fetch(http, load_spec(source), FetchState(frozenset(held), today=date(2026, 8, 1))))


@pytest.mark.parametrize("source", ["ita_screening_list", "dhs_uflpa"])
def test_one_address_is_asked_once_a_day(source: str) -> None:
    http = Answering()
    (file,) = fetched(source, http)
    assert file.vintage_id == "2026-08-01"
    assert http.asked == list(load_spec(source).endpoints.values())
    assert fetched(source, Answering(), "2026-08-01") == []
    assert fetched(source, Answering(not_modified=True)) == []
    with pytest.raises(FetchError):
        fetched(source, Answering(empty=True))


@pytest.mark.parametrize("source", ["mofcom_lists", "meti_end_users"])
def test_compiled_lists_are_given_by_hand(source: str) -> None:
    assert fetched(source, Answering()) == []
