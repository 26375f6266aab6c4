"""What the United Nations' tables of the Harmonized System are known to say, computed from the parsed editions."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, Delivery, load_spec, parser
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered

pytestmark = pytest.mark.shared_data

SOURCE = "un_hs_correlations"
UNSPECIFIED = "999999"


@cache
def links(vintage_id: str) -> pl.DataFrame:
    folder = find_shared_data()
    assert folder is not None
    text = (SOURCES / SOURCE / "editions.yml").read_text(encoding="utf-8")
    (edition,) = [e for e in yaml.safe_load(text)["editions"] if e["vintage_id"] == vintage_id]
    files = tuple(file for pattern in edition["files"] for file in delivered(folder, pattern))
    (parsed,) = parser(SOURCE)(Delivery(files, vintage_id, edition["known_on"], "year"), load_spec(SOURCE))
    return parsed.frame


def subheadings(vintage_id: str, column: str) -> set[str]:
    return set(links(vintage_id)[column]) - {UNSPECIFIED}


def related(vintage_id: str) -> dict[str, int]:
    return dict(links(vintage_id).group_by("relationship").len().iter_rows())


def test_subheadings_of_each_edition() -> None:
    """The World Customs Organization counts 5,205 in 2012 and 5,387 in 2017."""
    assert len(subheadings("HS2022-HS2017", "newer_hs6")) == 5612
    assert len(subheadings("HS2017-HS2012", "newer_hs6")) == 5387
    assert len(subheadings("HS2017-HS2012", "older_hs6")) == 5205


def test_links_by_relationship() -> None:
    assert related("HS2022-HS2017") == {"1:1": 4097, "n:1": 1392, "1:n": 54, "n:n": 10114}
    assert related("HS2017-HS2012") == {"1:1": 4744, "n:1": 578, "1:n": 44, "n:n": 775}


def test_one_subheading_of_2017_has_no_link_to_2022() -> None:
    of_2017 = subheadings("HS2017-HS2012", "newer_hs6")
    assert of_2017 - subheadings("HS2022-HS2017", "older_hs6") == {"300219"}
    assert subheadings("HS2022-HS2017", "older_hs6") <= of_2017


def test_conversions_reach_fewer_subheadings_than_there_are() -> None:
    reached = {v: links(v).filter("is_conversion")["older_hs6"].n_unique() for v in ("HS2022-HS2017", "HS2017-HS2012")}
    assert reached == {"HS2022-HS2017": 5362, "HS2017-HS2012": 5194}


def test_drones_smartphones_and_electronic_waste() -> None:
    """Known changes of 2022: drones came out of aircraft, smartphones out of telephones, waste out of everything."""
    converted = dict(links("HS2022-HS2017").filter("is_conversion").select("newer_hs6", "older_hs6").iter_rows())
    assert (converted["880621"], converted["851713"], converted["970690"]) == ("852580", "851712", "970600")
    of_waste = links("HS2022-HS2017").filter(pl.col("newer_hs6") == "854999")
    assert of_waste.height == 1019
