"""The tariff schedule's editions: what a file's or a release's name says, when it was released, known misprints."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from pipelines.contract import SOURCES, DeliveredFile, Delivery
from pipelines.errors import LandingError
from pipelines.sources.usitc_hts.editions import Edition, edition_of_file, edition_of_release, releases
from pipelines.sources.usitc_hts.parse import parse
from tests.unit.sources.usitc_hts_exports import SPEC, as_csv, as_json, parsed, row

CONTENT = as_json(row("0101", 0, "A"))


@pytest.mark.parametrize(
    ("name", "vintage_id", "sequence"),
    [
        ("hts_2025_basic.json", "2025_basic", 0),
        ("hts_2025_basic_edition.csv", "2025_basic", 0),
        ("hts_2026_basic_edition_json.json", "2026_basic", 0),
        ("hts_2018_basic_json_0.json", "2018_basic", 0),
        ("hts_2025_rev_4.json", "2025_rev_4", 40),
        ("hts_2026_revision_10_json.json", "2026_rev_10", 100),
        ("hts_2019_rev_13_data.json", "2019_rev_13", 130),
        ("hts_2019_rev_15_data_csv.csv", "2019_rev_15", 150),
        ("hts_2020_revsision_3_json.json", "2020_rev_3", 30),
        ("hts_2018_revision_8_1_csv.csv", "2018_rev_8_1", 81),
        ("hts_2021_revision_basic_3_json.json", "2021_basic_rev_3", 30),
        ("hts_2021_basic_rev_3.json", "2021_basic_rev_3", 30),
    ],
)
def test_file_names_state_the_edition(name: str, vintage_id: str, sequence: int) -> None:
    assert edition_of_file(name) == Edition(vintage_id, sequence)


@pytest.mark.parametrize("name", ["tariffs.json", "hts_2025.json", "hts_2025_rev_4.json.bak", "hts_2025_rev_x.csv"])
def test_other_file_names_state_nothing(name: str) -> None:
    assert edition_of_file(name) is None


@pytest.mark.parametrize(
    ("name", "vintage_id"),
    [
        ("2025HTSBasic", "2025_basic"),
        ("2026HTSRev10", "2026_rev_10"),
        ("2018HTSARevision8_1", "2018_rev_8_1"),
        ("2019HTSAREV7C", "2019_rev_7"),
        ("2021HTSABasicRev3", "2021_basic_rev_3"),
    ],
)
def test_release_names_state_the_edition(name: str, vintage_id: str) -> None:
    edition = edition_of_release(name)
    assert edition is not None
    assert edition.vintage_id == vintage_id


@pytest.mark.parametrize("name", ["2026HTS", "2026HTSRev", "2026HTSPreliminary", "HTSRev10"])
def test_other_release_names_state_nothing(name: str) -> None:
    assert edition_of_release(name) is None


def vintage(name: str, published_on: date | None = None, **facts: Any) -> tuple[str, date, str, int]:
    file = DeliveredFile(name, CONTENT, sha256="0" * 64, published_on=published_on)
    first = next(iter(parse(Delivery((file,), **facts), SPEC)))
    return first.vintage_id, first.known_on, first.known_precision, first.sequence


def test_the_release_date_comes_from_the_delivery_then_from_releases_csv_then_from_the_publisher() -> None:
    told, published = date(2030, 5, 6), date(2030, 7, 8)
    assert vintage("hts_2025_rev_4.json") == ("2025_rev_4", date(2025, 3, 12), "day", 40)
    assert vintage("hts_2025_rev_4.json", published) == ("2025_rev_4", date(2025, 3, 12), "day", 40)
    assert vintage("hts_2025_rev_4.json", published, known_on=told) == ("2025_rev_4", told, "day", 40)
    assert vintage("hts_2030_rev_4.json", published) == ("2030_rev_4", published, "day", 40)


def test_a_published_day_is_better_than_a_month() -> None:
    assert vintage("hts_2026_rev_10.json") == ("2026_rev_10", date(2026, 6, 30), "month", 100)
    assert vintage("hts_2026_rev_10.json", date(2026, 6, 8)) == ("2026_rev_10", date(2026, 6, 8), "day", 100)


def test_a_file_of_another_name_is_known_by_it_and_needs_a_date() -> None:
    with pytest.raises(LandingError, match="--known-on") as refused:
        vintage("tariffs.json")
    assert refused.value.rule == "known_on_missing"
    assert vintage("tariffs.json", known_on=date(2030, 1, 1)) == ("tariffs", date(2030, 1, 1), "day", 0)
    assert vintage("tariffs.json", vintage_id="2025_rev_4") == ("2025_rev_4", date(2025, 3, 12), "day", 40)
    assert vintage("hts_2025_rev_4.json", sequence=7)[3] == 7


def test_files_of_several_editions_may_come_together_but_under_their_own_names() -> None:
    files = tuple(DeliveredFile(f"hts_2025_{name}.json", CONTENT, sha256="0" * 64) for name in ("basic", "rev_1"))
    assert [each.vintage_id for each in parse(Delivery(files), SPEC) if each.thing == "lines"] == [
        "2025_basic",
        "2025_rev_1",
    ]
    with pytest.raises(LandingError) as refused:
        list(parse(Delivery(files, vintage_id="2025_basic"), SPEC))
    assert refused.value.rule == "several_files"


def test_the_pack_lists_every_edition_as_releases_csv_and_its_file_name_have_it() -> None:
    text = (SOURCES / "usitc_hts" / "editions.yml").read_text(encoding="utf-8")
    listed = yaml.safe_load(text)["editions"]
    for entry in listed:
        edition = edition_of_file(entry["files"][0].rsplit("/", 1)[1].removesuffix(".gz"))
        assert edition == Edition(entry["vintage_id"], entry["sequence"])
        release = releases()[entry["vintage_id"]]
        assert (entry["known_on"], entry["known_precision"]) == (release.released_on, release.precision)
        assert entry["evidence"] == release.evidence
    assert {entry["vintage_id"] for entry in listed} == set(releases()) - {"2026_rev_5"}


def test_a_number_printed_on_two_lines_is_withheld_and_said_so() -> None:
    twice = (row("9902.25.65", 0, "Phosphorus compound"), row("9902.25.65", 0, "Artificial flowers"))
    found = parsed(as_csv(row("9902.25.64", 0, "Seals"), *twice), "hts_2018_revision_11_data.csv")["lines"]
    assert found.frame["htsno"].to_list() == ["9902.25.64"]
    assert [(made.key, made.published_value, made.corrected_value, made.status) for made in found.corrections] == [
        ("9902.25.65", "9902.25.65", "", "open")
    ]


def test_a_stray_misprinted_copy_is_withheld() -> None:
    rows = (row("9903.89,61", 0, "Wings"), row("9903.89.61", 0, "Wings"))
    found = parsed(as_csv(*rows), "hts_2021_revision_basic_3_csv.csv")["lines"]
    assert found.frame["htsno"].to_list() == ["9903.89.61"]


def test_a_lost_first_row_is_restored_and_said_so() -> None:
    things = parsed(as_json(row("", 1, "Horses:"), row("0101.21.00", 2, "Purebred")), "hts_2026_rev_9.json")
    restored = ("0101", 0, None, "Live horses, asses, mules and hinnies:")
    assert things["lines"].frame.select("htsno", "indent", "parent_htsno", "description").rows() == [
        restored,
        ("0101.21.00", 2, "0101", "Horses: > Purebred"),
    ]
    assert [(made.published_value, made.corrected_value) for made in things["lines"].corrections] == [("", "0101")]
    assert things["footnotes"].corrections == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("hts_2018_revision_11_data.csv", as_csv(row("9902.25.65", 0, "Phosphorus compound"))),
        ("hts_2021_revision_basic_3_csv.csv", as_csv(row("9903.89.61", 0, "Wings"))),
        ("hts_2026_rev_9.json", as_json(row("0101", 0, "Live horses"))),
    ],
)
def test_a_mended_misprint_stops_the_run(name: str, content: bytes) -> None:
    with pytest.raises(LandingError) as refused:
        parsed(content, name)
    assert refused.value.rule == "misprint_outdated"
