"""OFAC's lists and the Denied Persons List at hand: read whole, counted, and compared with each other.

Counts are exact, and taken from the files by other means than our reader. What came and went in some of the gaps is set
against what OFAC is known to have done in them.
"""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml

from pipelines.archive import unwrap
from pipelines.contract import SOURCES, Delivery, Parsed, load_spec, parser

pytestmark = pytest.mark.shared_data

#: Edition -> entries, and how many numbers are new and gone against the edition before it.
SDN = {
    "sdn-2018-12": (7379, None, None),
    "sdn-2021-08-24": (9124, 2006, 261),
    "sdn-2021-09-30": (9118, 55, 61),
    "sdn-2021-12-30": (9008, 216, 326),
    "sdn-2022-01-31": (9052, 45, 1),
    "sdn-2022-02-23": (9108, 56, 0),
    "sdn-2022-02-24": (9123, 15, 0),
    "sdn-2022-02-25": (9214, 91, 0),
    "sdn-2022-02-26": (9218, 4, 0),
    "sdn-2022-03-31": (9847, 631, 2),
    "sdn-2022-06-28": (10409, 620, 58),
    "sdn-2022-09-30": (10875, 495, 29),
    "sdn-2022-12-28": (11430, 598, 43),
    "sdn-2023-03-31": (11965, 567, 32),
    "sdn-2023-06-29": (12631, 715, 49),
    "sdn-2023-09-28": (13098, 513, 46),
    "sdn-2023-12-28": (13821, 889, 166),
    "sdn-2024-03-27": (14561, 839, 99),
    "sdn-2024-05-03": (14965, 417, 13),
}


def read(source: str, folder: Path) -> dict[str, Parsed]:
    spec = load_spec(source)
    declared = yaml.safe_load((SOURCES / source / "editions.yml").read_text(encoding="utf-8"))["editions"]
    parsed = {}
    for edition in declared:
        paths = [path for pattern in edition["files"] for path in sorted(folder.glob(pattern))]
        assert len(paths) == len(edition["files"])
        files = tuple(unwrap(path.name, path.read_bytes(), "", None) for path in paths)
        told = {name: value for name, value in edition.items() if name not in ("files", "evidence")}
        (parsed[edition["vintage_id"]],) = parser(source)(Delivery(files, **told), spec)
    return parsed


@pytest.fixture(scope="module")
def ofac(shared_data: Path) -> dict[str, Parsed]:
    return read("ofac_sdn", shared_data)


@pytest.fixture(scope="module")
def denied(shared_data: Path) -> dict[str, Parsed]:
    return read("bis_denied_persons", shared_data)


def numbers(parsed: Parsed) -> set[int]:
    return set(parsed.frame["entity_number"])


def test_every_edition_is_whole_and_every_number_is_there_once(ofac: dict[str, Parsed]) -> None:
    assert {name: parsed.frame.height for name, parsed in ofac.items() if name in SDN} == {
        n: c[0] for n, c in SDN.items()
    }
    assert ofac["cons-2024-08"].frame.height == 442
    assert all(len(numbers(parsed)) == parsed.frame.height for parsed in ofac.values())


def test_entries_come_and_go_as_counted(ofac: dict[str, Parsed]) -> None:
    names = list(SDN)
    found = {
        after: (len(numbers(ofac[after]) - numbers(ofac[before])), len(numbers(ofac[before]) - numbers(ofac[after])))
        for before, after in itertools.pairwise(names)
    }
    assert found == {name: counts[1:] for name, counts in SDN.items() if counts[1] is not None}


def programs(rows: pl.DataFrame) -> dict[str, int]:
    return dict(rows["programs"].value_counts().rows())


def test_no_number_comes_back(ofac: dict[str, Parsed]) -> None:
    """So a number is never given to another party, and keys may rest on it."""
    names = list(SDN)
    gone: set[int] = set()
    for before, after in itertools.pairwise(names):
        gone |= numbers(ofac[before])
        assert (numbers(ofac[after]) - numbers(ofac[before])) & gone == set()


def test_february_2022_is_in_the_list_day_by_day(ofac: dict[str, Parsed]) -> None:
    """Nord Stream 2 on the 23rd, banks and Belarus on the 24th, Russia's president and three others on the 25th."""
    new = {
        day: ofac[f"sdn-2022-02-{day}"].frame.join(ofac[f"sdn-2022-02-{before}"].frame, on="entity_number", how="anti")
        for before, day in (("23", "24"), ("24", "25"), ("25", "26"))
    }
    assert programs(new["24"]) == {"SDGT": 13, "PEESA-EO14039": 2}
    assert "NORD STREAM 2 AG" in new["24"]["entity_name"]
    assert programs(new["25"]) == {
        "RUSSIA-EO14024": 51,
        "RUSSIA-EO14024; UKRAINE-EO13662": 16,
        "BELARUS-EO14038": 24,
    }
    assert programs(new["26"]) == {"RUSSIA-EO14024": 4}


def test_programmes_that_ended_left_the_list(ofac: dict[str, Parsed]) -> None:
    """Burundi's ended with EO 14054 of 2021-11-18; its eleven parties left the list with it."""
    before, after = ofac["sdn-2021-09-30"].frame, ofac["sdn-2021-12-30"].frame
    assert programs(before.join(after, on="entity_number", how="anti"))["BURUNDI"] == 11
    assert "BURUNDI" not in programs(after)


def test_kinds_and_programs_of_the_newest_edition(ofac: dict[str, Parsed]) -> None:
    frame = ofac["sdn-2024-05-03"].frame
    kinds = dict(frame["kind"].value_counts().rows())
    assert kinds == {"entity": 6884, "individual": 6854, "vessel": 851, "aircraft": 376}
    assert frame.filter(pl.col("programs").str.split("; ").list.contains("RUSSIA-EO14024")).height == 4439
    assert frame["remarks"].null_count() == 471


def test_aliases_and_addresses_are_all_there(ofac: dict[str, Parsed]) -> None:
    first, consolidated = ofac["sdn-2018-12"], ofac["cons-2024-08"]
    assert (first.columns, consolidated.columns) == (None, None)
    assert first.frame["alias_count"].sum() == 9682 - 2, "two names are printed twice for one entry"
    assert consolidated.frame["alias_count"].sum() == 1073
    assert first.frame["country_code"].count() == 5144
    assert consolidated.frame["country_code"].count() == 390
    unstated = {"aliases", "addresses", "country_code"}
    for name, parsed in ofac.items():
        if name not in ("sdn-2018-12", "cons-2024-08"):
            assert parsed.columns is not None and not unstated & set(parsed.columns)


def test_few_entries_change_their_name(ofac: dict[str, Parsed]) -> None:
    names = list(SDN)
    for before, after in itertools.pairwise(names):
        both = ofac[before].frame.join(ofac[after].frame, on="entity_number", suffix="_after")
        assert both.filter(pl.col("entity_name") != pl.col("entity_name_after")).height <= 25


def test_denial_orders_are_counted_and_dated(denied: dict[str, Parsed]) -> None:
    first, second = denied["dpl-2019-06"], denied["dpl-2022-09"]
    assert (first.frame.height, second.frame.height) == (416, 460), "from 546 and 581 rows"
    both = first.frame.join(second.frame, on="entry_key", how="inner")
    assert both.height == 288
    for parsed in (first, second):
        frame = parsed.frame
        assert frame.filter(pl.col("expires_on").is_null()).height == 45
        assert frame["effective_on"].min() == date(1981, 3, 24)
        assert frame.filter(pl.col("expires_on") < parsed.known_on).height == 0, "an order that ended is taken off"
        assert frame["citation"].null_count() <= 1 and frame["country_code"].null_count() <= 4


def test_citations_are_of_the_federal_register_of_their_year(denied: dict[str, Parsed]) -> None:
    cited = denied["dpl-2022-09"].frame["citation"].drop_nulls().str.split("; ").explode()
    parts = cited.str.extract_groups(r"^(\d+) FR (\d+)(?:, (\d{4}))?").struct.unnest()
    dated = parts.drop_nulls()
    assert (dated["3"].cast(pl.Int32) - dated["1"].cast(pl.Int32) == 1935).all()
    assert dated.height / parts.height > 0.97
