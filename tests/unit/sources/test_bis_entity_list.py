"""Entity List: every format, one meaning; and what is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec
from pipelines.errors import LandingError
from pipelines.formats import screening_list
from pipelines.sources.bis_entity_list.parse import parse

SPEC = load_spec("bis_entity_list")

#: One made-up party, Acme Optics, as each format would print it, and a second one that only some of them hold.
XML = """<?xml version="1.0" encoding="UTF-8"?>
<DIV5 N="744" TYPE="PART"><DIV9 N="Supplement No. 3 to Part 744"><TABLE><TR><TD>x</TD></TR></TABLE></DIV9>
<DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX"><HEAD>Entity List</HEAD><TABLE>
<TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH><TH>License review policy</TH><TH>Citation</TH></TR>
<TR><TD>CHINA, PEOPLE'S REPUBLIC OF</TD>
<TD><P>Acm\u00e9 Optics Company, Limited, a.k.a., the following two aliases:</P>
<P>\u2014Acme \u201cOptics\u201d; and</P>
<P>\u2014AO Shenzhen.</P><P>1 First Street, Shenzhen, China; <I>and</I> 2 Second Street, Kowloon, Hong Kong.</P></TD>
<TD>For all items subject to the EAR. (See \u00a7\u00a7 734.9(g),<SU>3</SU> 746.8(a)(3), and 744.21(b) of the EAR)</TD>
<TD>Policy of Denial. See \u00a7 746.8(b)</TD>
<TD><P>87 FR 77508, 12/19/22.</P><P>88 FR 12171, 2/27/23.</P></TD></TR>
<TR><TD/><TD>Beta Holding, Inc., 3 Third Road, Hong Kong. (See alternate address under India).</TD>
<TD>All items subject to the EAR. (See \u00a7 744.11 of the EAR)</TD><TD>Presumption of denial</TD>
<TD>76 FR 71869, 11/21/11.</TD></TR>
<TR><TD>INDIA</TD><TD>[Reserved]</TD><TD/><TD/><TD/></TR>
</TABLE></DIV9></DIV5>"""

HEADER = (
    "Source List,Entity Number,SDN Type,Programs,Name,Title,Address,City,State/Province,Postal Code,Country,"
    "Federal Register Notice,Effective Date,Date Lifted/Waived/Expired,Standard Order,License Requirement,"
    "License Policy,Call Sign,Vessel Type,Gross Tonnage,Gross Register Tonnage,Vessel Flag,Vessel Owner,"
    "Remarks/Notes,Address Number,Address Remarks,Alternate Number,Alternate Type,Alternate Name,Alternate Remarks,"
    "Web Link,,"
)
REQUIREMENT = (
    "For All Items Subject to the EAR (See \u00a7734.9(g), 3 \u00a7746.8(a)(3), and \u00a7744.21(b) of the EAR)."
)
ALIASES = "Acme ?Optics?; and AO Shenzhen."


def bis_row(
    name: str, place: str, notice: str, requirement: str = REQUIREMENT, alias: str = ALIASES, **other: str
) -> str:
    cells = dict.fromkeys(HEADER.split(","), "")
    cells |= {"Source List": "EL ", "Name": name, "Federal Register Notice": notice, "Effective Date": "12/16/2022"}
    cells |= {
        "License Requirement": requirement,
        "License Policy": "Policy of denial See \u00a7 746.8(b).",
        "Alternate Name": alias,
    }
    cells |= dict(zip(("Address", "City", "State/Province", "Country"), place.split("|"), strict=True)) | other
    named = [name for name in HEADER.split(",") if name]
    return ",".join(f'"{cells[name]}"' for name in named) + ",,"


NOTICE = "87 FR 77505; 88 FR 12170; 88 FR"
BIS = "\ufeff" + "\n".join(
    [
        HEADER,
        bis_row("Acme Optics Co., Ltd", "1 First Street|Shenzhen||China", NOTICE),
        bis_row("Acme Optics Co., Ltd ", "2 Second Street|Kowloon||Hong Kong", NOTICE, alias=""),
    ]
)

RECORD = {
    "source": screening_list.ENTITY_LIST,
    "name": "Acme Optics Co., Ltd.",
    "alt_names": ["Acme 'Optics'", "and AO Shenzhen"],
    "addresses": [
        {"address": "2 Second Street", "city": "Kowloon", "state": "", "postal_code": None, "country": "HK"},
        {"address": "1 First Street", "city": "Shenzhen", "state": "", "postal_code": None, "country": "CN"},
    ],
    "federal_register_notice": "87 FR  77505, 88 FR 12170",
    "start_date": "2022-12-16",
    "license_requirement": REQUIREMENT,
    "license_policy": "Policy of denial. See \u00a7746.8(b).",
    "remarks": "",
    "id": "abc",
}
OTHER = {**RECORD, "source": "Unverified List (UVL) - Bureau of Industry and Security", "name": "Other"}
PUBLISHER = {
    "search_performed_at": "2026-08-01T13:15:00+00:00",
    "sources_used": [],
    "total": 2,
    "results": [RECORD, OTHER],
}


def csl_csv(columns: int) -> str:
    used = {
        "source": screening_list.ENTITY_LIST,
        "name": "Acme Optics Co., Ltd.",
        "addresses": "2 Second Street, Kowloon, HK; 1 First Street, Shenzhen, CN",
        "alt_names": "Acme 'Optics'; and AO Shenzhen",
        "federal_register_notice": "87 FR 77505, 88 FR 12170",
        "start_date": "2022-12-16",
        "license_requirement": REQUIREMENT,
        "license_policy": "Policy of denial. See \u00a7746.8(b).",
        "remarks": "",
    }
    names = [*(["_id"] if columns == 29 else []), *used, "programs"]
    names += sorted(screening_list.UNREAD - {"_id", "id", "country"})
    assert len(names) == columns
    return ",".join(names) + "\n" + ",".join(f'"{used.get(name, "")}"' for name in names)


def projection(**changes: Any) -> dict[str, Any]:
    entry = {"n": "Acme Optics Co., Ltd.", "a": ["Acme 'Optics'", "AO Shenzhen"], "s": 0, "c": ["HK", "CN"]}
    entry |= {"lr": 0, "lp": 0, "fr": "87 FR 77505; 88 FR 12170", "u": 0}
    document = {name: {} for name in screening_list.PROJECTION} | {
        "sourceGeneratedAt": "2026-07-31T13:15:00+00:00",
        "entryCount": 1,
        "countsBySource": {screening_list.ENTITY_LIST: 1},
        "tables": {
            "sources": [screening_list.ENTITY_LIST],
            "licenceRequirements": [REQUIREMENT],
            "licencePolicies": ["Policy of denial. See \u00a7746.8(b)."],
        },
        "entries": [entry],
    }
    return document | changes


def read(name: str, content: str | bytes | dict[str, Any], **facts: Any) -> Parsed:
    content = json.dumps(content) if isinstance(content, dict) else content
    content = content.encode() if isinstance(content, str) else content
    (parsed,) = parse(Delivery((DeliveredFile(name, content, "0" * 64),), **facts), SPEC)
    return parsed


FORMATS: dict[str, tuple[str, Any]] = {
    "ecfr": ("title-15_2023-12-01.xml", XML),
    "bis": ("List2023-12-01.csv", BIS),
    "csl json": ("all.json", PUBLISHER),
    "csl 28": ("all_2023-12-01.csv", csl_csv(28)),
    "csl 29": ("all_2023-12-01.csv", csl_csv(29)),
    "projection": ("all.json", projection()),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_states_the_same(kind: str) -> None:
    entry = read(*FORMATS[kind]).frame.row(0, named=True)
    assert entry["entry_key"] == "CN:acmeopticsco"
    assert (entry["list_code"], entry["country_code"]) == ("US_BIS_EL", "CN")
    assert entry["address_country_codes"] == "CN,HK"
    assert entry["citation"] == "87 FR 77505, 2022-12-19; 88 FR 12170, 2023-02-27"
    assert entry["first_citation_on"] == date(2022, 12, 19)
    assert entry["licence_requirement"] == "All items subject to the EAR; see \u00a7 734.9(g), 744.21(b), 746.8(a)(3)"
    assert entry["licence_policy"] == "Policy of denial; see \u00a7 746.8(b)"
    assert entry["rule_flags"] == "3"
    assert (entry["aliases"] or "").replace('"', "'") == "AO Shenzhen | Acme 'Optics'"


def test_scope_is_what_the_format_states() -> None:
    whole, partial = read(*FORMATS["ecfr"]), read(*FORMATS["projection"])
    assert whole.columns is None
    assert whole.frame.columns == list(SPEC.things["entries"].schema)
    assert partial.columns is not None
    assert set(SPEC.things["entries"].columns) - set(partial.columns) == {"country_heading", "addresses"}
    assert partial.has_rows and partial.cells is None
    assert partial.frame["addresses_printed"].to_list() == [None]
    assert read(*FORMATS["bis"]).frame["addresses_printed"].to_list() == [
        "1 First Street, Shenzhen, China | 2 Second Street, Kowloon, Hong Kong"
    ]


def test_dates_come_from_the_file_or_the_caller() -> None:
    assert [(read(*FORMATS[k]).vintage_id, read(*FORMATS[k]).known_on.isoformat()) for k in ("ecfr", "csl json")] == [
        ("ecfr-2023-12-01", "2023-12-01"),
        ("csl-2026-08-01", "2026-08-01"),
    ]
    told = read("list.csv", BIS, known_on=date(2023, 12, 7), vintage_id="x", sequence=2)
    assert (told.vintage_id, told.known_on, told.sequence) == ("x", date(2023, 12, 7), 2)
    assert broken_rule("list.csv", BIS) == "known_on_missing"


def test_ecfr_inherits_the_country_splits_prose_and_skips_reserved() -> None:
    second = read(*FORMATS["ecfr"]).frame.row(1, named=True)
    assert read(*FORMATS["ecfr"]).frame.height == 2
    assert second["entry_key"] == "CN:betaholdinginc"
    assert (second["entity_name"], second["country_heading"]) == ("Beta Holding, Inc", "CHINA, PEOPLE'S REPUBLIC OF")
    assert (second["addresses"], second["address_country_codes"]) == ("3 Third Road, Hong Kong", "HK")
    assert second["remarks_printed"] == "(See alternate address under India)."
    assert (second["citation"], second["rule_flags"]) == ("76 FR 71867, 2011-11-21", None)


def rows_json(*rows: tuple[list[str], list[str], list[str], list[str]]) -> str:
    keys = ("entity", "lr", "lp", "fr")
    return json.dumps([{"country": "RUSSIA", **dict(zip(keys, row, strict=True))} for row in rows])


GOOD = (
    ["Gamma OOO, 1 Street, Moscow, Russia."],
    ["All items subject to the EAR"],
    ["Policy of denial"],
    ["87 FR 77508, 12/19/22."],
)


def test_cells_in_the_wrong_column_are_put_back_and_recorded() -> None:
    shifted = (
        ["Delta, a.k.a., the following two aliases:", "\u2014D1;"],
        ["\u2014D2.", "5 Road, Moscow."],
        GOOD[1],
        GOOD[2],
    )
    swapped = (["Epsilon, 6 Road, Moscow."], GOOD[2], GOOD[1], GOOD[3])
    stray = (
        ["Zeta, a.k.a., the following one alias:", "\u2014Z."],
        [*GOOD[1], "48 Prospekt Mira, Moscow, Russia."],
        GOOD[2],
        GOOD[3],
    )
    parsed = read("rows_2023-10-30.json", rows_json(GOOD, shifted, swapped, stray))
    assert set(parsed.frame["licence_requirement"]) == {"All items subject to the EAR"}
    assert set(parsed.frame["licence_policy"]) == {"Policy of denial"}
    assert parsed.frame["aliases"].to_list() == [None, "D1 | D2", None, "Z"]
    assert parsed.frame["addresses"][3] == "48 Prospekt Mira, Moscow, Russia"
    assert [c.key for c in parsed.corrections] == ["Delta", "Epsilon", "Zeta"]


def test_an_entry_cut_in_two_rows_is_put_together() -> None:
    before = ([*GOOD[0], "Eta, a.k.a., the following two aliases:", "\u2014H1;"], *GOOD[1:])
    parsed = read("rows_2023-10-30.json", rows_json(before, (["\u2014H2.", "7 Road, Moscow."], *GOOD[1:])))
    assert parsed.frame.select("entity_name", "aliases").rows() == [("Gamma OOO", None), ("Eta", "H1 | H2")]


@pytest.mark.parametrize(
    ("printed", "name", "aliases", "address"),
    [
        ("Acme (Hong Kong) Co., Limited, Room 1, Kowloon", "Acme (Hong Kong) Co., Limited", None, "Room 1, Kowloon"),
        (
            "Acme, a.k.a., the following one alias: Acme Two. 7380 Road, X; and 9 Road, Y",
            "Acme",
            "Acme Two",
            "7380 Road, X | 9 Road, Y",
        ),
        (
            "OAO Acme (f.k.a., Old Acme OAO), a.k.a., Acme JSC, 1 Road, X",
            "OAO Acme",
            "Acme JSC | Old Acme OAO",
            "1 Road, X",
        ),
        ("Srinakarin Trading FZE, P.O. Box 5, Dubai", "Srinakarin Trading FZE", None, "P.O. Box 5, Dubai"),
    ],
)
def test_prose_is_taken_apart(printed: str, name: str, aliases: str | None, address: str) -> None:
    entry = read("rows_2023-10-30.json", rows_json(([printed], *GOOD[1:]))).frame.row(0, named=True)
    assert (entry["entity_name"], entry["aliases"], entry["addresses"]) == (name, aliases, address)


def test_bis_rows_join_by_name_and_notice_only() -> None:
    moved = bis_row("Huawei X Co., Ltd., Chengdu, Sichuan", "|Chengdu||China", "84 FR 22961")
    unnamed = bis_row("Iota", "Room 1, Tehran, Iran|||", "84 FR 22961", **{"Call Sign": "spilled"})
    again = bis_row("Acme Optics Co., Ltd", "9 Ninth Street|Shenzhen||China", "89 FR 14388")
    lost_list = bis_row("Acme Optics Co., Ltd", "8 Street|Shenzhen||China", NOTICE, **{"Source List": ""})
    frame = read("List2024-12-01.csv", "\n".join([BIS, moved, unnamed, again, lost_list])).frame
    assert frame["entry_key"].to_list() == ["CN:acmeopticsco", "CN:huaweixco", "IR:iota", "CN:acmeopticsco~89fr14388"]
    assert frame["remarks_printed"].to_list() == [None, None, "Call Sign: spilled", None]
    assert "8 Street" in frame["addresses_printed"][0]


def broken_rule(name: str, content: str | bytes | dict[str, Any]) -> str:
    with pytest.raises(LandingError) as error:
        read(name, content)
    assert error.value.rule in SPEC.runbook
    assert error.value.source == "bis_entity_list" and error.value.file == name
    return error.value.rule


BOMB = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><DIV5>&lol2;</DIV5>'


@pytest.mark.parametrize(
    ("name", "content", "broken"),
    [
        ("a_2024-01-01.xml", BOMB, "xml_entities"),
        ("a_2024-01-01.xml", XML[:900], "truncated_file"),
        ("a_2024-01-01.xml", XML.replace("No. 4", "No. 9"), "supplement_missing"),
        ("a_2024-01-01.xml", XML.replace("<TD>Presumption of denial</TD>", ""), "cell_count"),
        ("a_2024-01-01.xml", XML.replace("CHINA, PEOPLE'S REPUBLIC OF", "ATLANTIS"), "unknown_country"),
        ("a_2024-01-01.xml", XML.replace("CHINA, PEOPLE'S REPUBLIC OF", ""), "country_missing"),
        ("a_2024-01-01.json", '[{"country": "RUSSIA"}]', "unknown_column"),
        ("a_2024-01-01.json", '[{"country": "RUS', "truncated_file"),
        ("a_2024-01-01.csv", BIS.replace("Web Link", "Link"), "unknown_column"),
        ("a_2024-01-01.csv", BIS.replace('"EL "', '"UVL"'), "unknown_list"),
        ("a_2024-01-01.csv", BIS.lstrip("\ufeff").encode("cp1252"), "wrong_encoding"),
        ("a_2024-01-01.csv", BIS.replace('"12/16/2022",', "", 1), "cell_count"),
        ("a_2024-01-01.csv", BIS.replace('"12/16/2022"', '"87 FR 77505"'), "bad_cell"),
        ("a_2024-01-01.csv", BIS.replace(ALIASES, "12/16/2022"), "bad_cell"),
        ("a_2024-01-01.xml", XML.replace("AO Shenzhen", "Caf\u00c3\u00a9"), "mojibake"),
        ("a_2024-01-01.html", "<!DOCTYPE html><html><body>Try again later.</body></html>", "html_page"),
        ("a_2024-01-01.csv", csl_csv(28).replace("Entity List (EL)", "Entities (E)"), "unknown_list"),
        ("a_2024-01-01.csv", csl_csv(28).replace("vessel_flag", "flag"), "unknown_column"),
        ("a.json", PUBLISHER | {"total": 3}, "truncated_file"),
        ("a.json", PUBLISHER | {"total": 1, "results": [OTHER]}, "empty_file"),
        ("a.json", PUBLISHER | {"total": 1, "results": [RECORD | {"sanction": "x"}]}, "unknown_column"),
        ("a.json", projection(entryCount=2), "truncated_file"),
        ("a.json", projection(extra=1), "unknown_column"),
        ("a.html", "hello", "unknown_format"),
        ("a.json", "{}", "unknown_format"),
    ],
)
def test_refusals(name: str, content: str | bytes | dict[str, Any], broken: str) -> None:
    assert broken_rule(name, content) == broken
