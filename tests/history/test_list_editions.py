"""The lists besides the Entity List as published: counts anybody can check, and the publisher's own sample rows."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from functools import cache

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from pipelines.formats import screening_list
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered

pytestmark = pytest.mark.shared_data


@cache
def edition(source: str) -> Parsed:
    folder = find_shared_data()
    assert folder is not None
    (facts,) = yaml.safe_load((SOURCES / source / "editions.yml").read_text(encoding="utf-8"))["editions"]
    files = tuple(file for pattern in facts["files"] for file in delivered(folder, pattern))
    (parsed,) = parser(source)(Delivery(files, facts["vintage_id"], facts["known_on"]), load_spec(source))
    return parsed


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("ita_screening_list", {"US_BIS_UVL": 222, "US_BIS_MEU": 70, "US_ISN": 161, "US_DDTC_DTC": 787}),
        ("dhs_uflpa", {"US_DHS_UFLPA": 160}),
        ("mofcom_lists", {"CN_MOFCOM_UEL": 60, "CN_MOFCOM_ECL": 139, "CN_MOFCOM_AL": 40}),
        ("meti_end_users", {"JP_METI_EUL": 835}),
    ],
)
def test_entries_of_each_list(source: str, counts: dict[str, int]) -> None:
    assert Counter(edition(source).frame["list_code"].to_list()) == counts
    assert edition(source).frame.select(pl.struct("list_code", "entry_key").is_unique().all()).item()


def test_uflpa_by_sublist_and_party() -> None:
    frame = edition("dhs_uflpa").frame
    assert Counter(frame["sublist_code"].to_list()) == {"i": 9, "ii": 43, "v": 108}
    assert frame["effective_on"].min() == date(2022, 6, 21)
    # Of the rows dated 2025-01-15 two names stand on two sub-lists.
    newest = frame.filter(pl.col("effective_on") == date(2025, 1, 15))
    assert (newest.height, newest["entity_name"].n_unique()) == (41, 39)


def test_citations_of_the_screening_list() -> None:
    frame = edition("ita_screening_list").frame
    cited = frame.group_by("list_code").agg(pl.col("citation", "first_citation_on").count()).sort("list_code")
    assert cited.rows() == [
        ("US_BIS_MEU", 70, 70),
        ("US_BIS_UVL", 0, 0),
        ("US_DDTC_DTC", 787, 34),
        ("US_ISN", 159, 159),
    ]


def test_names_that_slipped_are_put_back() -> None:
    assert len(edition("meti_end_users").corrections) == 37
    assert edition("meti_end_users").frame["entity_name"].null_count() == 0
    assert len(edition("mofcom_lists").corrections) == 3


@pytest.mark.parametrize(
    ("file", "columns", "counts"),
    [
        ("consolidated_28_columns_2019.csv", 28, {"UVL": 4, "ISN": 3, "DTC": 10}),
        ("consolidated_29_columns_2025-06.csv", 29, {"UVL": 1, "MEU": 1, "ISN": 1, "DTC": 1}),
    ],
)
def test_native_rows_of_both_csv_layouts(file: str, columns: int, counts: dict[str, int]) -> None:
    folder = find_shared_data()
    assert folder is not None
    path = folder / "csl" / file
    with path.open(encoding="utf-8") as handle:
        assert len(next(csv.reader(handle))) == columns
    (native,) = delivered(folder, f"csl/{file}")
    try:
        (parsed,) = parser("ita_screening_list")(
            Delivery((native,), known_on=date(2025, 6, 1)), load_spec("ita_screening_list")
        )
    except LandingError as error:
        pytest.fail(f"{error} {error.rows}")
    codes = {"US_BIS_UVL": "UVL", "US_BIS_MEU": "MEU", "US_ISN": "ISN", "US_DDTC_DTC": "DTC"}
    assert Counter(codes[code] for code in parsed.frame["list_code"]) == counts
    # What the full layout states of a party agrees with the projection of the newest edition where both hold it.
    newest = edition("ita_screening_list").frame
    both = parsed.frame.join(newest, on=["list_code", "entry_key"], suffix="_newest")
    assert both.filter(pl.col("citation") != pl.col("citation_newest")).is_empty()
    assert both.height >= len(counts) - 1


@pytest.mark.parametrize("source", ["ita_screening_list", "bis_entity_list"])
@pytest.mark.parametrize("file", ["consolidated_28_columns_2019.csv", "consolidated_29_columns_2025-06.csv"])
def test_native_rows_say_the_same_in_every_layout(file: str, source: str) -> None:
    """Written anew with the other number of columns, and as the JSON, whose values are lists where the CSV joins."""
    folder = find_shared_data()
    assert folder is not None
    rows = pl.read_csv(folder / "csl" / file, infer_schema=False)
    other = rows.drop("_id") if "_id" in rows.columns else rows.with_columns(_id=pl.lit("a"))
    assert {rows.width, other.width} == {28, 29}
    records = [
        {
            **{name: value for name, value in row.items() if name != "_id"},
            "alt_names": (row["alt_names"] or "").split("; ") if row["alt_names"] else [],
            "programs": (row["programs"] or "").split("; ") if row["programs"] else [],
            "addresses": [_address(text) for text in (row["addresses"] or "").split("; ") if text],
        }
        for row in rows.to_dicts()
    ]
    layouts = {
        "a.csv": rows.write_csv().encode(),
        "b.csv": other.write_csv().encode(),
        "c.json": json.dumps({"results": records}).encode(),
    }
    frames = [
        next(iter(parser(source)(Delivery((DeliveredFile(n, c, "0"),), known_on=date(2025, 6, 1)), load_spec(source))))
        for n, c in layouts.items()
    ]
    assert frames[0].frame.height >= 1
    assert all(one.frame.equals(frames[0].frame) for one in frames)


def _address(text: str) -> dict[str, str | None]:
    """The CSV's text of one address; its country is the two letters at the end."""
    place, _, country = text.rpartition(", ")
    is_code = len(country) == 2 and country.isupper()
    return {"address": place, "country": country} if is_code else {"address": text, "country": None}


def test_every_list_of_the_native_rows_has_a_name() -> None:
    folder = find_shared_data()
    assert folder is not None
    for file in ("consolidated_28_columns_2019.csv", "consolidated_29_columns_2025-06.csv"):
        printed = pl.read_csv(folder / "csl" / file, infer_schema=False)["source"].unique()
        assert set(printed) <= screening_list.LISTS
