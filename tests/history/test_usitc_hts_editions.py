"""Every edition of the tariff schedule at hand: what it lists, and what changed from the one before.

Checked against the normalised counts of revision_diff_summary.csv, the official record counts of the release calendar,
the CSV twins of five JSON exports, and facts known of the schedule's history.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, DeliveredFile, Delivery, Parsed, load_spec
from pipelines.sources.usitc_hts.editions import edition_of_file, edition_of_release, releases
from pipelines.sources.usitc_hts.parse import parse

pytestmark = pytest.mark.shared_data

SPEC = load_spec("usitc_hts")
COMPARED = list(SPEC.things["lines"].columns)
RATES = ["general", "special", "other"]
MARKUP_EDITIONS = ["2025_rev_4", "2025_rev_6", "2025_rev_10", "2025_rev_14", "2026_rev_9"]
#: Editions whose lines and footnotes are those of the edition before: only U.S. notes changed.
UNCHANGED_EDITIONS = ["2025_rev_13", "2025_rev_19", "2025_rev_22"]
TWINS = ["2025_basic", "2025_rev_3", "2025_rev_6", "2025_rev_9", "2025_rev_10"]
SECTION_301_LISTS = {"9903.88.01": 860, "9903.88.02": 287, "9903.88.03": 5906, "9903.88.15": 2963}


@dataclass(frozen=True)
class Edition:
    """One edition, less its rows. Changes are those since the JSON edition before it; None for the first."""

    vintage_id: str
    known_on: date
    lines: int
    corrected: int
    with_markup: int
    unlike_twin: list[str]
    added: int | None = None
    removed: int | None = None
    rerated: list[str] | None = None
    rewritten: int | None = None
    noted_anew: int | None = None


def read(path: Path) -> dict[str, Parsed]:
    content = gzip.decompress(path.read_bytes())
    file = DeliveredFile(path.name.removesuffix(".gz"), content, sha256="")
    return {each.thing: each for each in parse(Delivery((file,)), SPEC)}


def read_all(exports: dict[str, Path]) -> Iterator[tuple[str, dict[str, Parsed]]]:
    """Editions in the given order; two are read at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from zip(exports, pool.map(read, exports.values()), strict=True)


def files(folder: Path, kind: str) -> dict[str, Path]:
    """Files of one kind by vintage, in the order of release."""
    known = {}
    for path in sorted((folder / "usitc_hts" / kind).glob("*.gz")):
        edition = edition_of_file(path.name.removesuffix(".gz"))
        assert edition is not None
        known[edition.vintage_id] = path
    return dict(sorted(known.items(), key=lambda item: releases()[item[0]].released_on))


@pytest.fixture(scope="session")
def editions(shared_data: Path) -> dict[str, Edition]:
    """The 43 JSON editions in order, each compared with the one before it and let go."""
    return {each.vintage_id: each for each in compared(files(shared_data, "json"), files(shared_data, "csv"))}


def compared(exports: dict[str, Path], csv_exports: dict[str, Path]) -> Iterator[Edition]:
    before: tuple[pl.DataFrame, pl.DataFrame] | None = None
    for vintage_id, things in read_all(exports):
        lines, notes = things["lines"], things["footnotes"].frame
        markup = pl.any_horizontal(pl.col(f"{rate}_printed").str.contains("<", literal=True) for rate in RATES)
        facts = {
            "vintage_id": vintage_id,
            "known_on": lines.known_on,
            "lines": lines.frame.height,
            "corrected": len(lines.corrections),
            "with_markup": lines.frame.filter(markup).height,
            "unlike_twin": unlike(lines.frame, csv_exports[vintage_id]) if vintage_id in csv_exports else [],
        }
        now = (lines.frame.select(COMPARED), notes)
        yield Edition(**facts, **(changes(*before, *now) if before else {}))  # type: ignore[arg-type]
        before = now


def changes(
    lines: pl.DataFrame, notes: pl.DataFrame, new_lines: pl.DataFrame, new_notes: pl.DataFrame
) -> dict[str, object]:
    both = lines.join(new_lines, on="htsno", suffix="_new")

    def differing(columns: list[str]) -> pl.DataFrame:
        return both.filter(pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_new")) for c in columns))

    stayed = both.select("htsno")
    noted = pl.concat([notes.join(new_notes, on=notes.columns, how="anti", nulls_equal=True),
                       new_notes.join(notes, on=notes.columns, how="anti", nulls_equal=True)])  # fmt: skip
    return {
        "added": new_lines.join(lines, on="htsno", how="anti").height,
        "removed": lines.join(new_lines, on="htsno", how="anti").height,
        "rerated": differing(RATES)["htsno"].sort().to_list(),
        "rewritten": differing([c for c in COMPARED if c != "htsno"]).height,
        "noted_anew": noted.join(stayed, on="htsno", how="semi")["htsno"].n_unique(),
    }


def unlike(lines: pl.DataFrame, twin: Path) -> list[str]:
    """Compared columns in which the CSV export of the same edition differs."""
    other = read(twin)["lines"].frame
    assert lines["htsno"].equals(other["htsno"])
    return [column for column in COMPARED if not lines[column].equals(other[column])]


@pytest.fixture(scope="session")
def summary(shared_data: Path) -> dict[str, dict[str, str]]:
    with (shared_data / "usitc_hts" / "revision_diff_summary.csv").open(encoding="utf-8", newline="") as handle:
        return {row["revision"]: row for row in csv.DictReader(handle)}


def test_all_editions_are_there_in_order_of_release(editions: dict[str, Edition]) -> None:
    assert len(editions) == 43
    days = [each.known_on for each in editions.values()]
    assert days == sorted(days)
    assert set(editions) == {v for v in releases() if v >= "2025"} - {"2026_rev_5"}


def test_lines_added_and_removed_are_those_counted_independently(
    editions: dict[str, Edition], summary: dict[str, dict[str, str]]
) -> None:
    """But where a file is missing, or a row the export lost is put back."""
    found = {v: (each.added, each.removed) for v, each in editions.items() if each.added is not None}
    expected = {v: (int(summary[v]["added"]), int(summary[v]["removed"])) for v in found}
    # Revision 5 is missing, so that 6 is compared with 4: 19 added and 242 removed by 5, one of those 19 removed by 6.
    expected["2026_rev_6"] = (18, 242)
    # Revision 9 lost heading 0101, counted as removed and as added again by 10; misprints.yml puts it back.
    expected["2026_rev_9"] = (6, 0)
    expected["2026_rev_10"] = (7, 0)
    assert found == expected


def test_rerated_lines_are_those_counted_independently(
    editions: dict[str, Edition], summary: dict[str, dict[str, str]]
) -> None:
    found = {v: len(each.rerated) for v, each in editions.items() if each.rerated is not None}
    expected = {v: int(summary[v]["rate_changed"]) for v in found}
    # The one rate changed by the missing revision 5 (9802.00.50: "(B,C,)" became "(B,C)") shows in 6.
    expected["2026_rev_6"] = 1
    assert editions["2026_rev_6"].rerated == ["9802.00.50"]
    assert found == expected


def test_lines_with_other_footnotes_are_those_counted_independently(
    editions: dict[str, Edition], summary: dict[str, dict[str, str]]
) -> None:
    found = {v: each.noted_anew for v, each in editions.items() if each.noted_anew is not None}
    expected = {v: int(summary[v]["footnote_changed"]) for v in found}
    # 599 are those of the missing revision 5; in 8 a note of 9903.88.21 got its marker ("" became "1").
    expected["2026_rev_6"], expected["2026_rev_8"] = 599, 1
    assert found == expected


def test_numbered_lines_are_as_many_as_counted_independently(
    editions: dict[str, Edition], summary: dict[str, dict[str, str]]
) -> None:
    found = {v: each.lines for v, each in editions.items()}
    expected = {v: int(summary[v]["htsno"]) for v in found}
    expected["2026_rev_9"] += 1
    assert found == expected
    assert {v: each.corrected for v, each in editions.items() if each.corrected} == {"2026_rev_9": 1}


def test_markup_editions_make_no_false_changes(editions: dict[str, Edition]) -> None:
    assert [v for v, each in editions.items() if each.with_markup] == MARKUP_EDITIONS
    order = list(editions)
    for vintage_id in MARKUP_EDITIONS:
        following = editions[order[order.index(vintage_id) + 1]]
        # About 1,600 lines bear markup in texts, units or rates; what changes on the way out are a few of chapter 99.
        assert following.rerated == [] or vintage_id == "2025_rev_10"
        assert following.rewritten is not None
        assert following.rewritten <= 4


def test_editions_that_change_only_notes_are_without_change(editions: dict[str, Edition]) -> None:
    for vintage_id in UNCHANGED_EDITIONS:
        each = editions[vintage_id]
        assert (each.added, each.removed, each.rewritten, each.noted_anew) == (0, 0, 0, 0)


def test_csv_and_json_exports_of_one_edition_agree_in_every_compared_column(
    editions: dict[str, Edition], shared_data: Path
) -> None:
    assert [v for v in files(shared_data, "csv") if v in editions] == TWINS
    assert {v: editions[v].unlike_twin for v in TWINS} == {v: [] for v in TWINS}


def test_section_301_lists_are_found_in_the_footnotes(shared_data: Path) -> None:
    notes = read(files(shared_data, "json")["2025_basic"])["footnotes"].frame
    named = notes.with_columns(pl.col("chapter99_references").str.split(",")).explode("chapter99_references")
    subheadings = named.group_by("chapter99_references").agg(pl.col("htsno").str.slice(0, 10).n_unique())
    assert SECTION_301_LISTS.items() <= dict(subheadings.iter_rows()).items()


@pytest.fixture(scope="session")
def older_lines(shared_data: Path) -> dict[str, Parsed]:
    """The 13 editions of 2018-2023, which are at hand as CSV only."""
    older = {v: path for v, path in files(shared_data, "csv").items() if v < "2024"}
    return {v: things["lines"] for v, things in read_all(older)}


def test_older_editions_have_as_many_records_as_the_release_calendar_says(
    older_lines: dict[str, Parsed], shared_data: Path
) -> None:
    with (shared_data / "usitc_hts" / "csv_release_calendar.csv").open(encoding="utf-8", newline="") as handle:
        calendar = list(csv.DictReader(handle))
    assert len(calendar) == 13
    for entry in calendar:
        edition = edition_of_file(entry["file"])
        assert edition is not None
        assert releases()[edition.vintage_id].released_on == date.fromisoformat(entry["release_start"])
        records = pl.read_csv(shared_data / "usitc_hts" / "csv" / f"{entry['file']}.gz", infer_schema=False)
        assert records.height == int(entry["official_records"])
        numbered = records.filter(pl.col("HTS Number").str.contains(r"\d")).height
        landed = older_lines[edition.vintage_id]
        withheld = {"9902.25.65": 2, "9903.89.61": 1}
        assert numbered == landed.frame.height + sum(withheld[made.key] for made in landed.corrections)


def test_older_editions_tell_the_known_story_of_section_301(older_lines: dict[str, Parsed]) -> None:
    duty = {
        vintage_id: dict(
            each.frame.filter(pl.col("htsno").str.starts_with("9903.8")).select("htsno", "general").iter_rows()
        )
        for vintage_id, each in older_lines.items()
    }
    assert duty["2018_rev_8_1"]["9903.80.01"] == "25%"
    assert "9903.88.03" not in duty["2018_rev_11"]
    added = {v: rates["9903.88.03"].rsplit("+", 1)[1].strip() for v, rates in duty.items() if "9903.88.03" in rates}
    assert added["2019_rev_1"] == "10%"
    assert {rate for v, rate in added.items() if v > "2019_rev_1"} == {"25%"}
    fourth = {v: rates["9903.88.15"].rsplit("+", 1)[1].strip() for v, rates in duty.items() if "9903.88.15" in rates}
    assert (fourth["2019_rev_15"], fourth["2020_rev_1"], fourth["2020_rev_10"]) == ("15%", "15%", "7.5%")


def test_misprints_of_older_editions_are_mended_and_said_so(older_lines: dict[str, Parsed]) -> None:
    made = {v: [c.key for c in each.corrections] for v, each in older_lines.items() if each.corrections}
    assert made == {"2018_rev_8_1": ["9902.25.65"], "2018_rev_11": ["9902.25.65"], "2021_basic_rev_3": ["9903.89.61"]}
    assert all(each.frame["htsno"].is_unique().all() for each in older_lines.values())


def test_release_dates_are_those_of_the_change_records(shared_data: Path) -> None:
    with (shared_data / "usitc_hts" / "release_dates.csv").open(encoding="utf-8", newline="") as handle:
        official = {row["release"]: date.fromisoformat(row["release_date"]) for row in csv.DictReader(handle)}
    for name, day in official.items():
        edition = edition_of_release(name)
        assert edition is not None
        assert (releases()[edition.vintage_id].released_on, releases()[edition.vintage_id].precision) == (day, "day")


def test_the_pack_finds_every_file_it_lists(shared_data: Path) -> None:
    text = (SOURCES / "usitc_hts" / "editions.yml").read_text(encoding="utf-8")
    listed = [entry["files"] for entry in yaml.safe_load(text)["editions"]]
    assert len(listed) == 56
    assert all((shared_data / name).is_file() for names in listed for name in names)
