"""Each form of export holds every value, unit and description: read back by programs that did not write it."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines.errors import StatecraftError
from pipelines.export import columnar, delimited, stata, workbook
from pipelines.export.stata_names import LONGEST, stata_names
from pipelines.export.subject import Subject, of_query, of_table
from pipelines.release import Release
from pipelines.settings import Settings
from tests.unit.export.tiny import BUILD, COLUMNS, LONG_TEXT, line, tiny_release
from tests.unit.rooms import toy_settings

SHORT = "a_name_that_is_longer_than_s_usd"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return toy_settings(tmp_path_factory.mktemp("export"))


@pytest.fixture(scope="module")
def release(settings: Settings) -> Release:
    return tiny_release(settings)


@pytest.fixture(scope="module")
def lines(settings: Settings, release: Release) -> Subject:
    return of_table(settings, release, "core.fct_line")


def test_a_workbook_holds_rows_columns_and_where_they_come_from(
    settings: Settings, lines: Subject, tmp_path: Path
) -> None:
    path = tmp_path / "lines.xlsx"
    assert workbook.write(settings, lines, path, 60) == 2
    book = openpyxl.load_workbook(path)
    head, first, second = book["data"].iter_rows()
    assert [cell.value for cell in head] == list(COLUMNS)
    assert head[2].comment.text == "Imports for consumption. Unit: US dollars."
    values = dict(zip(COLUMNS, (cell.value for cell in first), strict=True))
    assert values == {
        "hts10": "0101210010",  # text, so that no leading zero is lost
        "description": 'Horses, "live"',
        "import_value_consumption_usd": 5_000_000_000,
        "period_months": 1,
        "total_rate": 0.25,
        "is_provisional": True,
        "valid_from": datetime(2018, 8, 7),
        "valid_to": datetime(9999, 12, 31),
        "checked_at": datetime(2026, 6, 8, 1, 2, 3),
        "a_name_that_is_longer_than_stata_allows_usd": 7,
    }
    assert second[6].value == "1899-12-31"  # before Excel's first day: a text
    assert [cell.value for cell in second][2:6] == [None, 12, None, None]
    described = {row[0]: row[1:] for row in book["columns"].iter_rows(values_only=True)}
    assert described["total_rate"] == ("fraction of customs value", "Duty rate.", "worked out")
    about = dict(book["about"].iter_rows(values_only=True))
    assert about["build"] == BUILD and BUILD in str(about["cite as"])
    assert about["a row is identified by"] == "hts10, valid_from"


def test_too_many_rows_for_a_sheet_are_refused_before_anything_is_written(
    settings: Settings, lines: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_SHEET", 2)
    with pytest.raises(StatecraftError, match=r"has 2 rows; a sheet of Excel holds 1.*--where.*csv, dta or parquet"):
        workbook.write(settings, lines, tmp_path / "lines.xlsx", 60)
    assert list(tmp_path.iterdir()) == []


def test_a_text_too_long_for_a_cell_is_refused_and_not_cut(
    settings: Settings, lines: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LONGEST_TEXT", 100)
    with pytest.raises(StatecraftError, match=r"description holds a text of 3,200 characters"):
        workbook.write(settings, lines, tmp_path / "lines.xlsx", 60)


def test_a_stata_file_is_read_back_by_pandas(settings: Settings, lines: Subject, tmp_path: Path) -> None:
    path = tmp_path / "lines.dta"
    assert stata.write(settings, lines, path, 60) == 2
    with pd.read_stata(path, iterator=True) as reader:
        assert reader.data_label == f"core.fct_line, build {BUILD}"
        labels = reader.variable_labels()
        frame = reader.read(convert_dates=False)
    assert labels["import_value_consumption_usd"] == "[US dollars] Imports for consumption."
    assert labels[SHORT] == "a_name_that_is_longer_than_stata_allows_usd: [US dollars] Long in name."
    assert list(frame.columns) == [*list(COLUMNS)[:-1], SHORT]
    assert list(frame["hts10"]) == ["0101210010", "7208100000"]
    assert list(frame["description"]) == ['Horses, "live"', LONG_TEXT]
    since = date(1960, 1, 1).toordinal()
    assert [date.fromordinal(int(day) + since) for day in frame["valid_to"]] == [date(9999, 12, 31), date(2025, 4, 9)]
    assert frame["import_value_consumption_usd"].iloc[0] == 5_000_000_000
    assert frame["period_months"].dtype == "int32" and list(frame["period_months"]) == [1, 12]
    for column in ("import_value_consumption_usd", "total_rate", "is_provisional", "checked_at", SHORT):
        assert pd.isna(frame[column].iloc[1]), column
    moment = pd.Timestamp(1960, 1, 1) + pd.Timedelta(milliseconds=int(frame["checked_at"].iloc[0]))
    assert moment == pd.Timestamp(2026, 6, 8, 1, 2, 3)


def test_a_stata_file_says_its_notes_and_formats(settings: Settings, lines: Subject, tmp_path: Path) -> None:
    stata.write(settings, lines, path := tmp_path / "lines.dta", 60)
    content = path.read_bytes()
    assert BUILD.encode() in content.partition(b"<characteristics>")[2].partition(b"</characteristics>")[0]
    assert b"Duty rate. Unit: fraction of customs value. From: worked out.\0" in content
    formats = content.partition(b"<formats>")[2].partition(b"</formats>")[0]
    assert formats.count(b"%td") == 2 and formats.count(b"%tc") == 1


def test_a_number_stata_cannot_hold_exactly_is_refused(settings: Settings, release: Release, tmp_path: Path) -> None:
    query = line(tmp_path / "big.sql", f"select {2**53 + 1}::bigint as big")
    with pytest.raises(StatecraftError, match=r"big holds 9,007,199,254,740,993.*--columns"):
        stata.write(settings, of_query(settings, release, query), tmp_path / "big.dta", 60)


def test_names_for_stata_are_short_legal_and_apart() -> None:
    long = "import_value_consumption_of_the_first_partner_usd"
    names = stata_names(["hts10", "int", "str8", "2nd", "a b", long, long.replace("first", "firsts"), "_all"])
    assert names[:5] == ["hts10", "int_", "str8_", "_2nd", "a_b"] and names[-1] == "_all_"
    assert names[5].startswith("import_value") and names[5].endswith("_usd") and names[6].endswith("_2")
    assert len(set(names)) == len(names) and max(map(len, names)) <= LONGEST


def test_csv_stands_beside_its_description(settings: Settings, lines: Subject, tmp_path: Path) -> None:
    path = tmp_path / "lines.csv"
    assert delimited.write(settings, lines, path, 60) == 2
    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["hts10"] == "0101210010" and first["checked_at"] == "2026-06-08T01:02:03Z"
    assert second["description"] == LONG_TEXT and second["total_rate"] == ""
    told = json.loads(json.dumps(delimited.metadata(lines, path.name)))
    assert told["url"] == "lines.csv" and told["tableSchema"]["primaryKey"] == ["hts10", "valid_from"]
    assert BUILD in told["dc:bibliographicCitation"]
    columns = {column["name"]: column for column in told["tableSchema"]["columns"]}
    assert list(columns) == list(first)
    assert columns["total_rate"]["datatype"] == "double"
    assert columns["total_rate"]["schema:unitText"] == "fraction of customs value"
    assert columns["total_rate"]["dc:source"] == "worked out"


def test_parquet_carries_units_in_its_fields(settings: Settings, lines: Subject, tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    assert columnar.write(settings, lines, path, 60) == 2
    table = pq.read_table(path)
    about = table.schema.field("import_value_consumption_usd").metadata
    assert about[b"unit"] == b"US dollars" and about[b"source_columns"] == b"CON_VAL_MO (Census)"
    assert table.schema.metadata[b"build_id"] == BUILD.encode()
    assert table["valid_to"].to_pylist() == [date(9999, 12, 31), date(2025, 4, 9)]
