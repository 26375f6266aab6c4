"""The three editions of the Entity List at hand, in three formats: read whole, and comparable with each other.

Counts of closed editions are exact; what a change of format does to the comparison is pinned to bounds.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, DeliveredFile, Delivery, Parsed, load_spec
from pipelines.sources.bis_entity_list.citations import rules
from pipelines.sources.bis_entity_list.parse import parse
from tests.unit.sources.ecfr_supplement import supplement_4

pytestmark = pytest.mark.shared_data

SPEC = load_spec("bis_entity_list")
COMPARED = [c for c in SPEC.things["entries"].values if c not in ("addresses", "country_heading")]


@pytest.fixture(scope="module")
def editions(shared_data: Path) -> dict[str, Parsed]:
    declared = yaml.safe_load((SOURCES / "bis_entity_list" / "editions.yml").read_text(encoding="utf-8"))["editions"]
    parsed = {}
    for edition in declared:
        (path,) = (shared_data / pattern for pattern in edition["files"])
        content = gzip.decompress(path.read_bytes())
        file = DeliveredFile(path.name.removesuffix(".gz"), content, hashlib.sha256(content).hexdigest())
        told = Delivery((file,), edition["vintage_id"], edition["known_on"], edition["known_precision"])
        (parsed[edition["vintage_id"]],) = parse(told, SPEC)
        (inferred,) = parse(Delivery((file,)), SPEC)
        assert (inferred.vintage_id, inferred.known_on) == (edition["vintage_id"], edition["known_on"])
    return parsed


def compared(editions: dict[str, Parsed], before: str, after: str) -> dict[str, int]:
    """How many keys are common, revised in a compared column, removed and added between two editions."""
    old, new = editions[before].frame, editions[after].frame
    common = old.join(new, on="entry_key", suffix="_new")
    differs = [~pl.col(c).eq_missing(pl.col(f"{c}_new")) for c in COMPARED]
    return {
        "common": common.height,
        "revised": common.filter(pl.any_horizontal(differs)).height,
        "removed": old.height - common.height,
        "added": new.height - common.height,
    }


@pytest.mark.parametrize(
    ("vintage", "entries", "namesakes", "corrections"),
    [("ecfr-2023-10-30", 2647, 9, 12), ("bis-2023-12-07", 2671, 36, 7), ("csl-2026-07-31", 3420, 88, 25)],
)
def test_every_entry_is_there_once(
    editions: dict[str, Parsed], vintage: str, entries: int, namesakes: int, corrections: int
) -> None:
    parsed = editions[vintage]
    assert parsed.frame.height == entries
    assert parsed.frame["entry_key"].n_unique() == entries
    assert parsed.frame.filter(pl.col("entry_key").str.contains("~")).height <= namesakes
    assert len(parsed.corrections) == corrections
    assert parsed.frame["country_code"].null_count() == 0


def test_five_weeks_and_another_format(editions: dict[str, Parsed]) -> None:
    counts = compared(editions, "ecfr-2023-10-30", "bis-2023-12-07")
    assert counts["common"] >= 2450
    assert counts["removed"] <= 200, "mostly parties the eCFR lists under several countries"
    assert counts["added"] <= 230
    old, new = (editions[v].frame for v in ("ecfr-2023-10-30", "bis-2023-12-07"))
    later = new.join(old, on="entry_key", how="anti").filter(pl.col("first_citation_on") > date(2023, 10, 30))
    assert later.height == 59, "added by 88 FR 76128, 88 FR 80955 and 88 FR 85095"


def test_two_and_a_half_years(editions: dict[str, Parsed]) -> None:
    counts = compared(editions, "bis-2023-12-07", "csl-2026-07-31")
    assert counts["common"] >= 2600
    assert 250 <= counts["revised"] <= 360
    assert counts["common"] - counts["revised"] >= 2280
    assert counts["removed"] <= 50
    assert 700 <= counts["added"] <= 820


def test_aliases_are_as_many_as_announced_but_for_six_misprints(editions: dict[str, Parsed]) -> None:
    told = editions["ecfr-2023-10-30"].frame.drop_nulls("aliases_announced")
    assert told.height == 1338
    wrong = told.filter(pl.col("aliases_announced") != pl.col("aliases_read")).sort("entry_key")
    assert wrong.select("entity_name", "aliases_announced", "aliases_read").rows() == [
        ("Chinese Academy of Engineering Physics", 17, 16),
        ("Tianjin University", 13, 14),
        ("Suntac Group", 1, 2),
        ("Middle East Automation & Controls Services", 1, 2),
        ("Neft-Aktiv LLC", 2, 3),
        ("Public Joint Stock Company Kremny", 5, 6),
    ]


def test_the_ecfrs_xml_of_these_cells_says_the_same_as_the_rows(editions: dict[str, Parsed], shared_data: Path) -> None:
    """The XML is made here, from the layout the eCFR documents: no file of it is at hand."""
    rows = json.loads(gzip.decompress((shared_data / "bis" / "ecfr_supp4_2023-10-30_rows.json.gz").read_bytes()))
    file = DeliveredFile("title-15_part-744_2023-10-30.xml", supplement_4(rows), "0" * 64)
    (parsed,) = parse(Delivery((file,)), SPEC)
    assert (parsed.vintage_id, parsed.columns) == ("ecfr-2023-10-30", None)
    held = editions["ecfr-2023-10-30"]
    assert parsed.frame.equals(held.frame)
    assert parsed.corrections == held.corrections


def test_hong_kong_is_under_china_and_apart(editions: dict[str, Parsed]) -> None:
    for parsed, in_hong_kong in ((editions["ecfr-2023-10-30"], 190), (editions["csl-2026-07-31"], 230)):
        there = parsed.frame.filter(pl.col("address_country_codes").str.contains("HK"))
        assert there.height >= in_hong_kong
        assert (there["country_code"] == "CN").sum() >= in_hong_kong
        assert parsed.frame.filter(pl.col("country_code") == "HK").is_empty()


def test_parties_in_several_countries(editions: dict[str, Parsed]) -> None:
    """The eCFR lists them under each and refers from one to the other; the other formats print all addresses once."""
    frame = editions["ecfr-2023-10-30"].frame
    assert frame["alternate_country_codes"].count() == 223
    assert frame.filter(pl.col("former_names").is_not_null()).height == 23
    several = editions["csl-2026-07-31"].frame.filter(pl.col("address_country_codes").str.contains(","))
    assert several.height > 150


def test_known_parties_read_alike(editions: dict[str, Parsed]) -> None:
    for parsed in editions.values():
        huawei = parsed.frame.filter(pl.col("entry_key") == "CN:huaweitechnologiesco").row(0, named=True)
        assert huawei["first_citation_on"] == date(2019, 5, 21)
        assert huawei["licence_policy"].startswith("Presumption of denial")
        memory = parsed.frame.filter(pl.col("entry_key") == "CN:yangtzememorytechnologiesco").row(0, named=True)
        assert memory["citation"].startswith("87 FR 77505, 2022-12-19")
    flags = editions["csl-2026-07-31"].frame["rule_flags"].drop_nulls().unique().to_list()
    assert set(flags) == {"3", "4", "5", "1,2"}


def test_rule_table_agrees_with_the_bureaus_own_list(shared_data: Path) -> None:
    with (shared_data / "federal_register" / "bis_notices_2011_2023.csv").open(encoding="utf-8") as handle:
        notices = {
            row["fr_citation"].strip(): date.fromisoformat(row["publication_date"]) for row in csv.DictReader(handle)
        }
    held = rules().filter(pl.col("evidence") == "BIS list of rules 2011-2023")
    found = 0
    for volume, page, published_on in held.select("volume", "first_page", "published_on").rows():
        listed = notices.get(f"{volume} FR {page}")
        if listed is not None:  # the list misprints a volume in four rows, and swaps day and month in others
            found += 1
            assert published_on in (listed, date(listed.year, listed.day, listed.month) if listed.day <= 12 else listed)
    assert found > 110
