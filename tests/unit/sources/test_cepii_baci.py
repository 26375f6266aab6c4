"""BACI: names of files, units, what a year covers, and what is refused at once."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Fetched, FetchState, Parsed, fetcher, load_spec, parser
from pipelines.errors import LandingError
from pipelines.sources.cepii_baci import parse as baci
from tests.faults.asking import make_http

SPEC = load_spec("cepii_baci")
NAME = "BACI_HS17_Y2023_V202501.csv"
GOOD = "t,i,j,k,v,q\n2023,156,842,010121,  1.234,0.500\n2023,490,699,854231,10,     NA\n2023,899,757,854231,7,0.000\n"


def read(content: str | bytes = GOOD, name: str = NAME, **facts: Any) -> list[Parsed]:
    raw = content.encode() if isinstance(content, str) else content
    return list(parser("cepii_baci")(Delivery((DeliveredFile(name, raw, "0" * 64),), **facts), SPEC))


def zipped(**members: str) -> bytes:
    """A ZIP of CSV files; a name is that of the year or the list."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(f"{name}.csv", text)
    return body.getvalue()


def test_thousands_and_tonnes_become_dollars_and_kilograms_and_numbers_countries() -> None:
    (year,) = read()
    columns = ["exporter_code", "importer_code", "product_code", "trade_value_fob_usd", "net_weight_kg"]
    assert year.frame.select(columns).rows() == [
        ("CN", "US", "010121", 1234.0, 500.0),
        ("TW", "IN", "854231", 10000.0, None),
        ("UN899", "CH", "854231", 7000.0, None),
    ]
    assert year.cells is not None and year.cells.rows() == [("HS2017", date(2023, 1, 1))]
    assert (year.vintage_id, year.known_on, year.known_precision) == (
        *("HS17_V202501_Y2023", date(2025, 1, 31)),
        "month",
    )


def test_a_zip_gives_a_vintage_a_year_and_leaves_lists_aside() -> None:
    packed = zipped(
        BACI_HS17_Y2022_V202501=GOOD.replace("2023", "2022"),
        BACI_HS17_Y2023_V202501=GOOD,
        country_codes_V202501="country_code,country_name\n",
        product_codes_HS17_V202501="code,description\n",
    )
    assert [p.vintage_id for p in read(packed, "BACI_HS17_V202501.zip")] == ["HS17_V202501_Y2022", "HS17_V202501_Y2023"]


@pytest.mark.parametrize(
    ("name", "facts", "known_on"),
    [
        ("BACI_HS17_Y2023_V202401b_read-2024-04-09.csv", {}, date(2024, 4, 9)),
        ("BACI_HS17_Y2023_V202401b.csv", {"known_on": date(2024, 4, 8)}, date(2024, 4, 8)),
        (NAME, {"known_on": date(2025, 1, 21)}, date(2025, 1, 21)),
    ],
)
def test_a_day_that_is_stated_goes_before_the_version(name: str, facts: dict[str, Any], known_on: date) -> None:
    (year,) = read(GOOD, name, **facts)
    assert (year.known_on, year.known_precision) == (known_on, "day")


@pytest.mark.parametrize(
    ("content", "name", "rule"),
    [
        pytest.param(GOOD, "flows_2023.csv", "unknown_name", id="a name of one's own"),
        pytest.param(GOOD, "BACI_HS17_V202501.csv", "unknown_name", id="no year"),
        pytest.param(GOOD, "BACI_HS99_Y2023_V202501.csv", "unknown_name", id="no such edition"),
        pytest.param(GOOD, "BACI_HS17_Y2023_V202401b.csv", "known_on_missing", id="mended, nobody says when"),
        pytest.param(GOOD, "BACI_HS17_Y2023_V202513.csv", "known_on_missing", id="no such month"),
        pytest.param(GOOD, "BACI_HS17_Y2023_V202501_read-2025-02-30.csv", "known_on_missing", id="no such day"),
        pytest.param(GOOD, "BACI_HS17_Y2022_V202501.csv", "year_unlike_name", id="another year"),
        pytest.param(GOOD.replace("010121", "10121"), NAME, "bad_cell", id="leading zero lost"),
        pytest.param(GOOD.replace("  1.234", '"1,234"'), NAME, "bad_cell", id="a decimal comma"),
        pytest.param(GOOD.replace("1.234", ""), NAME, "bad_cell", id="no value"),
        pytest.param(GOOD.replace("156", "CN"), NAME, "bad_cell", id="letters for a number"),
        pytest.param(GOOD.replace("k,v", "hs6,v"), NAME, "unknown_column", id="another column"),
        pytest.param("<html><body>Moved</body></html>", NAME, "unknown_column", id="a web page"),
        pytest.param(GOOD[:-9], NAME, "truncated_file", id="cut in a row"),
        pytest.param(GOOD.replace("NA", "\xe9").encode("latin-1"), NAME, "wrong_encoding", id="latin"),
        pytest.param("t,i,j,k,v,q\n", NAME, "no_rows", id="no row"),
        pytest.param(b"PK\x03\x04 cut", "BACI_HS17_V202501.zip", "damaged_zip", id="half a zip"),
        pytest.param(zipped(notes=""), "BACI_HS17_V202501.zip", "unknown_member", id="something else in the zip"),
        pytest.param(zipped(Readme=""), "BACI_HS17_V202501.zip", "no_rows", id="no flows in the zip"),
        pytest.param(
            zipped(BACI_HS17_Y2023_V202401=GOOD), "BACI_HS17_V202501.zip", "unknown_member", id="another version"
        ),
    ],
)
def test_what_is_not_the_publishers_file_is_refused(content: str | bytes, name: str, rule: str) -> None:
    with pytest.raises(LandingError) as caught:
        read(content, name)
    assert caught.value.rule == rule
    assert caught.value.action


def test_a_zip_that_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baci, "LARGEST_FILE_BYTES", 10_000)
    with pytest.raises(LandingError, match="oversized"):
        read(zipped(BACI_HS17_Y2023_V202501=GOOD + "0" * 20_000), "BACI_HS17_V202501.zip")


def test_a_damaged_member_is_refused() -> None:
    packed = bytearray(zipped(BACI_HS17_Y2023_V202501=GOOD * 50))
    packed[60] ^= 0xFF
    with pytest.raises(LandingError, match="damaged_zip"):
        read(bytes(packed), "BACI_HS17_V202501.zip")


def test_there_is_nobody_to_ask() -> None:
    with make_http() as http:
        found: list[Fetched] = list(fetcher("cepii_baci")(http, SPEC, FetchState()))
    assert found == []
