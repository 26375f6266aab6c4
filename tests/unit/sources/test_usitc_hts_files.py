"""The tariff schedule's files: an export not whole, not UTF-8, or not of the known fields is refused by name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipelines.errors import LandingError
from tests.unit.sources.usitc_hts_exports import SPEC, as_csv, as_json, lines, note, parsed, row

ROWS = (row("0101", 0, "A", footnotes=[note("See 9903.88.15.", "general")]), row("", 1, "B"), row("0101.30", 2, "C"))
JSON, CSV = as_json(*ROWS), as_csv(*ROWS)


def refused(content: bytes, name: str = "hts_2030_rev_1.json") -> LandingError:
    with pytest.raises(LandingError) as caught:
        parsed(content, name)
    assert (caught.value.source, caught.value.file) == ("usitc_hts", name)
    assert caught.value.action == SPEC.runbook[caught.value.rule]
    return caught.value


def with_first(**stated: Any) -> bytes:
    return as_json({**ROWS[0], **stated}, *ROWS[1:])


def without(key: str, every: bool = True) -> bytes:
    rows = [{k: v for k, v in each.items() if k != key or (not every and place)} for place, each in enumerate(ROWS)]
    return as_json(*rows)


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("not_json", b"<!DOCTYPE html><html>Access denied</html>"),
        ("unexpected_shape", b'{"error": "no release"}'),
        ("unexpected_shape", b"[]"),
        ("unexpected_shape", b"[1, 2]"),
        ("unexpected_shape", with_first(description=["A"])),
        ("unexpected_shape", with_first(footnotes="See 9903.88.15.")),
        ("truncated", b""),
        ("truncated", JSON[: len(JSON) // 2]),
        ("truncated", JSON.rstrip()[:-1]),
        ("encoding", as_json(row("0101", 0, "5¢")).decode().encode("latin-1")),
        ("unknown_field", with_first(effectiveDate="2030-01-01")),
        ("unknown_field", JSON.replace(b'"general" :', b'"generl":')),
        ("unknown_field", JSON.replace(b'"quotaQuantity"', b'"quota"')),
        ("unknown_field", JSON.replace(b'"htsno" : "0101.30"', b'"x": 1, "htsno" : "0101.30"')),
        ("unknown_field", with_first(footnotes=[note("A", "general", symbol="*")])),
        ("missing_field", without("general")),
        ("missing_field", without("superior")),
        ("missing_field", without("quotaQuantity", every=False)),
        ("missing_field", with_first(units=None)),
        ("missing_field", with_first(footnotes=[{"columns": ["general"], "type": "endnote"}])),
        ("missing_field", JSON.replace(b'"general" : "",', b'"general" : "", "general" : "5%",', 1)),
    ],
)
def test_a_json_export_that_is_not_as_known_is_refused(rule: str, content: bytes) -> None:
    assert refused(content).rule == rule


def test_the_unknown_field_is_named() -> None:
    assert refused(with_first(effectiveDate="2030-01-01")).rows == ["effectiveDate"]


def test_the_misspelt_twin_may_be_absent() -> None:
    assert parsed(without("addiitionalDuties"))["lines"].frame.equals(lines(*ROWS))


@pytest.mark.parametrize("rate", [":", " : see note", 'the "duty": 5%', '"general" : "5%"', "a\\"])
def test_texts_that_look_like_fields_are_texts(rate: str) -> None:
    frame = lines(row("0101", 0, "A", other=rate, footnotes=[note(rate, "general")]))
    assert frame["other_printed"].to_list() == [rate]


def test_a_compact_export_and_one_with_a_byte_order_mark_are_read_alike() -> None:
    compact = json.dumps(list(ROWS), separators=(",", ":")).encode()
    assert parsed(compact)["lines"].frame.equals(lines(*ROWS))
    assert parsed(b"\xef\xbb\xbf" + JSON + b"\n")["lines"].frame.equals(lines(*ROWS))


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("encoding", as_csv(row("0101", 0, "5¢")).decode("utf-8-sig").encode("latin-1")),
        ("header", b"<html></html>"),
        ("header", b""),
        ("header", CSV.replace(b"Special Rate of Duty", b"Special Rate")),
        ("header", CSV.replace(b'"Additional Duties"', b'"Additional Duties","Effective"')),
        ("truncated", CSV[: CSV.rindex(b'"C"') + 2]),
        ("truncated", CSV[: CSV.rindex(b'"C"') + 3]),
        ("truncated", CSV[: CSV.index(b"\r\n") + 2]),
        ("ragged_rows", CSV.replace(b'"0101","0",', b'"0101","0","",')),
        ("bad_units", as_csv(row("0101", 0, "A", units=["kg"])).replace(b'"[""kg""]"', b'"kg"')),
    ],
)
def test_a_csv_export_that_is_not_as_known_is_refused(rule: str, content: bytes) -> None:
    assert refused(content, "hts_2030_revision_1_csv.csv").rule == rule


def test_other_types_of_file_are_refused() -> None:
    assert refused(JSON, "hts_2030_rev_1.xlsx").rule == "unknown_file_type"
