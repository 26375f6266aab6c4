"""OFAC's lists: what its cells mean, what an edition without the other files leaves unsaid, what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec
from pipelines.errors import LandingError
from pipelines.sources.ofac_sdn.parse import parse

SPEC = load_spec("ofac_sdn")
DAY = date(2024, 5, 3)
Row = Sequence[str | int | None]


def line(row: Row) -> str:
    return ",".join("-0- " if c is None else f'"{c}"' if isinstance(c, str) else str(c) for c in row)


def csv_file(name: str, rows: Sequence[Row], end: str = "\r\n\x1a") -> DeliveredFile:
    content = ("\r\n".join(line(row) for row in rows) + end).encode()
    return DeliveredFile(name, content, hashlib.sha256(content).hexdigest())


def entry(number: int, name: str, kind: str | None = None, programs: str = "CUBA", **cells: str) -> Row:
    rest = ("title", "call_sign", "vessel_type", "tonnage", "grt", "vessel_flag", "vessel_owner", "remarks")
    return [number, name, kind, programs, *(cells.get(c) for c in rest)]


PARTY = entry(36, "EXAMPLE AIRLINES")
MAIN = csv_file("sdn.csv", [PARTY, entry(173, "DOE, Jo", "individual", "SDGT] [IFSR", remarks="DOB 1960.")])
ALT = csv_file("alt.csv", [[36, 12, "aka", "SAMPLE AIRWAYS", None], [36, 13, "fka", "ANY AIR", None]])
ADD = csv_file(
    "add.csv", [[36, 26, "Long Road 1", "Zurich", "Switzerland", None], [36, 25, None, None, "Region: Crimea", None]]
)


def parsed(*files: DeliveredFile, **told: Any) -> list[Parsed]:
    return list(parse(Delivery(files, **{"known_on": DAY, **told}), SPEC))


def test_cells_are_what_the_specification_says() -> None:
    (vintage,) = parsed(MAIN, ALT, ADD)
    first, second = vintage.frame.sort("entity_number").to_dicts()
    assert (vintage.vintage_id, vintage.columns) == ("sdn-2024-05-03", None)
    assert (first["kind"], first["programs"], first["remarks"]) == ("entity", "CUBA", None)
    assert (first["aliases"], first["alias_count"]) == ("ANY AIR | SAMPLE AIRWAYS", 2)
    assert first["addresses"] == "Region: Crimea | Long Road 1, Zurich, Switzerland"
    assert (first["country_code"], first["address_country_codes"]) == ("CH", "CH"), "a region is no country"
    assert (second["kind"], second["programs"], second["aliases"]) == ("individual", "IFSR; SDGT", None)
    assert second["alias_count"] == 0


def test_programs_are_the_same_in_any_order() -> None:
    (one,), (other,) = (
        parsed(csv_file("sdn.csv", [entry(1, "A", None, programs)])) for programs in ("SDGT] [IFSR", "IFSR] [SDGT")
    )
    assert one.frame.equals(other.frame)


def test_what_an_edition_has_no_file_for_is_unstated() -> None:
    (vintage,) = parsed(MAIN)
    assert vintage.columns is not None
    assert not {"aliases", "addresses", "country_code"} & {*vintage.columns, *vintage.frame.columns}
    (named,) = parsed(MAIN, ALT)
    assert named.columns is not None
    assert "aliases" in named.columns and "addresses" not in named.columns


def test_lists_are_vintages_of_their_own() -> None:
    consolidated = csv_file("cons_prim.csv", [PARTY])
    sdn, other = parsed(MAIN, consolidated)
    assert [v.vintage_id for v in (sdn, other)] == ["sdn-2024-05-03", "cons-2024-05-03"]
    assert other.frame["list_code"].to_list() == ["US_OFAC_CONS"]
    assert other.cells is not None and other.cells.rows() == [("US_OFAC_CONS",)]


def test_an_edition_that_lost_its_end_mark_may_say_so() -> None:
    cut = csv_file("sdn.csv", [PARTY], end="")
    trimmed = DeliveredFile(cut.name, cut.content.rstrip(), "0")
    (vintage,) = parsed(trimmed, options={"end_mark_lost": True})
    assert vintage.frame["remarks"].to_list() == [None]


def refused(*files: DeliveredFile, **told: Any) -> str:
    with pytest.raises(LandingError) as caught:
        parsed(*files, **told)
    assert caught.value.rule in SPEC.runbook, caught.value.rule
    assert caught.value.source == "ofac_sdn" and caught.value.action
    return caught.value.rule


SHIFTED = {
    "a cell lost on the left": [None, *PARTY[:-1]],
    "a cell lost in the middle": [36, "EXAMPLE AIRLINES", "CUBA", *[None] * 9],
    "no programme": entry(36, "EXAMPLE AIRLINES", None, ""),
    "a vessel's cells on a person": entry(36, "DOE, Jo", "individual", call_sign="CL2192"),
    "a tonnage in words": entry(36, "SHIP", "vessel", tonnage="Iran"),
    "a number in letters": ["A36", *PARTY[1:]],
}


@pytest.mark.parametrize("row", SHIFTED.values(), ids=SHIFTED)
def test_shifted_columns_are_refused(row: Row) -> None:
    assert refused(csv_file("sdn.csv", [row])) == "shifted_columns"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"<!DOCTYPE html><html><body>Service unavailable</body></html>", "web_page"),
        (MAIN.content[:-30], "truncated_file"),
        (b"", "truncated_file"),
        (b"\x1a", "cell_count"),
        (MAIN.content.replace(b'"EXAMPLE AIRLINES",', b""), "cell_count"),
        (MAIN.content.replace(b"EXAMPLE", "EXÄMPLE".encode("latin-1")), "wrong_encoding"),
        (MAIN.content.replace(b"EXAMPLE", "EX\u00c3\u00a4MPLE".encode()), "mojibake"),
        (MAIN.content.replace(b"EXAMPLE", "EX\ufffdMPLE".encode()), "mojibake"),
    ],
)
def test_a_damaged_list_is_refused(content: bytes, rule: str) -> None:
    assert refused(DeliveredFile("sdn.csv", content, "0")) == rule


def test_letters_that_are_whole_are_let_in() -> None:
    content = MAIN.content.replace(b"EXAMPLE", "EXÄMPLÉ".encode())
    (vintage,) = parsed(DeliveredFile("sdn.csv", content, "0"))
    assert "EXÄMPLÉ AIRLINES" in vintage.frame["entity_name"]


def test_files_that_do_not_belong_together_are_refused() -> None:
    stranger = csv_file("alt.csv", [[99, 1, "aka", "NOBODY", None]])
    nowhere = csv_file("add.csv", [[36, 1, None, "Utopia", "Utopia", None]])
    noted = csv_file("alt.csv", [[36, 1, "aka", "SAMPLE", "low quality"]])
    assert refused(MAIN, stranger) == "entry_unknown"
    assert refused(MAIN, nowhere) == "unknown_country"
    assert refused(MAIN, noted) == "unknown_content"
    assert refused(ALT) == "main_file_missing"
    assert refused(MAIN, MAIN) == "several_files"
    assert refused(MAIN, csv_file("cons_prim.csv", [PARTY]), vintage_id="x") == "several_lists"
    assert refused(csv_file("list.csv", [PARTY])) == "unknown_file"
    assert refused(MAIN, known_on=None) == "known_on_missing"
