"""Kinds of damaged input, each stopped at the landing door; the warehouse is as it was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipelines import intake, landing_gate
from pipelines.archive import LARGEST_FILE_BYTES
from pipelines.contract import all_specs
from pipelines.errors import LandingError, StatecraftError
from pipelines.files import sha256_of
from pipelines.landing import Landing
from pipelines.settings import Settings
from tests.world.home import Home

pytestmark = pytest.mark.xdist_group("world")

HEADER = ["CTY_CODE", "I_COMMODITY", "CON_VAL_MO", "CAL_DUT_MO", "COMM_LVL", "time"]
ROWS = [["5700", "72", "1000", "250", "HS2", "2021-08"], ["5700", "85", "2000", "500", "HS2", "2021-08"]]
MONTH = json.dumps([HEADER, *ROWS])
BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<ECFR><DIV9 N="Supplement No. 4 to Part 744" TYPE="APPENDIX"><TABLE><TR><TD>&b;</TD></TR></TABLE></DIV9></ECFR>"""

SDN = '36,"EXAMPLE AIRLINES",-0- ,"CUBA"' + ",-0- " * 8 + "\r\n\x1a"
DENIED = (
    "Name\tStreet_Address\tCity\tState\tCountry\tPostal_Code\tEffective_Date\tExpiration_Date\tStandard_Order\t"
    "Last_Update\tAction\tFR_Citation\nEXAMPLE\t\tMUNICH\t\tDE\t\t06/05/2025\t06/05/2030\tY\t2025-06-12\t\t90 F.R. 1\n"
)


@dataclass(frozen=True)
class Damage:
    """A damaged file of a source, and what the error must name."""

    source: str
    name: str
    content: bytes
    rule: str
    shows: str = ""


def _month(change: Callable[[list[list[str]]], list[list[str]]]) -> bytes:
    return json.dumps(change([list(HEADER), *map(list, ROWS)])).encode()


DAMAGES = {
    "truncated JSON": Damage("census_imports", "imports_hs_HS2_2021-08.json", MONTH[:-40].encode(), "truncated"),
    "wrong header": Damage(
        "census_imports",
        "imports_hs_HS2_2021-08.json",
        _month(lambda m: [["A", "B", "C", "D", "E", "F"], *m[1:]]),
        "field",
    ),
    "a column gone": Damage(
        "census_imports",
        "imports_hs_HS2_2021-08.json",
        _month(lambda m: [[c for i, c in enumerate(row) if i not in (2, 3)] for row in m]),
        "missing_column",
    ),
    "a cell 2,429=": Damage(
        "census_imports",
        "imports_hs_HS2_2021-08.json",
        _month(lambda m: [*m, ["5700", "73", "2,429=", "1", "HS2", "2021-08"]]),
        "bad_number",
        "2,429=",
    ),
    "a month missing": Damage(
        "census_imports",
        "imports_hs_HS2_2021-06_2021-08.json",
        _month(lambda m: [m[0], *([*row[:-1], month] for month in ("2021-06", "2021-08") for row in m[1:])]),
        "missing_month",
        "2021-07",
    ),
    "duplicate keys": Damage(
        "census_imports", "imports_hs_HS2_2021-08.json", _month(lambda m: [*m, m[1]]), "unique", "72"
    ),
    "a list that shrank by half": Damage(
        "usitc_hts",
        "hts_2026_rev_11.json",
        json.dumps(
            [
                {
                    "htsno": "0101",
                    "indent": "0",
                    "description": "Live horses",
                    "superior": None,
                    "units": [],
                    "general": "",
                    "special": "",
                    "other": "",
                    "footnotes": [],
                    "quotaQuantity": "",
                    "additionalDuties": "",
                    "addiitionalDuties": None,
                }
            ]
        ).encode(),
        "shrunk",
        "2026_rev_11",
    ),
    "wrong encoding": Damage(
        "usitc_hts",
        "hts_2023_revision_11_csv.csv",
        "HTS Number,Indent,Description,Unit of Quantity,General Rate of Duty,Special Rate of Duty,"
        "Column 2 Rate of Duty,Quota Quantity,Additional Duties\n0101,0,Caf\u00e9,,,,,,\n".encode("latin-1"),
        "encoding",
    ),
    "an XML entity bomb": Damage(
        "bis_entity_list", "ecfr_title-15_part-744_2026-08-01.xml", BOMB.encode(), "xml_entities"
    ),
    "a web page instead of a list": Damage(
        "ofac_sdn", "sdn.csv", b"<!DOCTYPE html><html><body>Try again later.</body></html>", "web_page"
    ),
    "a list cut short": Damage("ofac_sdn", "sdn.csv", SDN.encode()[:-9], "truncated_file"),
    "a column shifted": Damage("ofac_sdn", "sdn.csv", SDN.replace('-0- ,"CUBA"', '"CUBA",-0- ').encode(), "shifted"),
    "a list that shrank by a fifth": Damage("ofac_sdn", "sdn.csv", SDN.encode(), "shrunk", "sdn-2026-09-01"),
    "letters garbled": Damage(
        "bis_denied_persons", "dpl.txt", DENIED.replace("MUNICH", "M\u00c3\u00bcNCHEN").encode(), "mojibake", "NCHEN"
    ),
}


def _settings(world: Home) -> Settings:
    return Settings(world.path, "800MB", 2)


def _state(settings: Settings) -> str:
    """Everything a reader or the next run builds on: raw, the work database, releases."""
    rooms = (settings.raw, settings.work_database, settings.releases)
    files = sorted(p for room in rooms for p in ([room] if room.is_file() else room.rglob("*")) if p.is_file())
    return sha256_of(b"".join(str(p).encode() + p.read_bytes() for p in files))


def _bring(settings: Settings, source: str, path: Path) -> str:
    """Add a file as `statecraft add` does, up to the landing gate. Returns the refusal's words."""
    spec = all_specs()[source]
    try:
        intake.add_files(settings, spec, [path], date(2026, 9, 1), None)
    except StatecraftError as error:
        return f"{getattr(error, 'rule', '')} {error}"
    judged = landing_gate.settle(settings, spec, {t: landing_gate.weigh(settings, spec, t) for t in spec.things})
    return " ".join(f"{v.source} {v.vintage_id} {v.reason}" for j in judged.values() for v in j.refused)


@pytest.mark.parametrize("kind", DAMAGES)
def test_damaged_input_is_stopped_at_the_landing_door(
    world: Home,
    tmp_path: Path,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damage = DAMAGES[kind]
    monkeypatch.setenv("STATECRAFT_HOME", str(world.path))
    monkeypatch.setenv(
        "STATECRAFT_EXPECTATIONS", str(world.expectations if kind != "a list that shrank by half" else "")
    )
    if kind == "a list that shrank by half":
        monkeypatch.delenv("STATECRAFT_EXPECTATIONS")
    path = tmp_path / damage.name
    path.write_bytes(damage.content)
    before = _state(_settings(world))
    words = _bring(_settings(world), damage.source, path)
    assert damage.rule in words, words or "it was let in"
    assert damage.source in words
    assert damage.shows in words
    assert Landing(_settings(world)).vintages(status="candidate") == [], "the next refresh would let half of it in"
    assert _state(_settings(world)) == before


def test_an_oversized_body_is_stopped_before_it_is_read(world: Home, tmp_path: Path) -> None:
    path = tmp_path / "imports_hs_HS2_2021-08.json"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE_BYTES + 1)
    before = _state(_settings(world))
    with pytest.raises(LandingError, match="oversized") as caught:
        intake.add_files(_settings(world), all_specs()["census_imports"], [path], date(2026, 9, 1), None)
    assert caught.value.source == "census_imports" and caught.value.file == path.name
    assert _state(_settings(world)) == before
