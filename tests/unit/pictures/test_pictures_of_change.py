"""Pictures of what moved: acts by month, paths of rates, entries of lists, one line's duty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.errors import StatecraftError
from pipelines.pictures.duty_path import duty_path
from pipelines.pictures.listings import listings
from pipelines.pictures.moves import moves
from pipelines.pictures.path_travelled import path_travelled
from pipelines.pictures.picture import Picture
from tests.unit.pictures.toy_answers import ask

TODAY = date(2026, 11, 29)
FIRST, LAST = date(2018, 1, 1), date(2027, 1, 1)


def rows(picture: Picture) -> list[dict[str, Any]]:
    """What the first layer draws; layers of the same rows share them."""
    spec = picture.drawn().to_dict()
    first = spec if "data" in spec else spec["layer"][0]
    drawn: list[dict[str, Any]] = spec["datasets"][first["data"]["name"]]
    return drawn


def test_tightening_stands_above_the_line_and_loosening_below_it() -> None:
    picture = moves(ask, "US", FIRST, TODAY)
    assert [(row["month"][:10], row["authority"], row["way"], row["height"]) for row in rows(picture)] == [
        ("2025-03-01", "Export controls", "tighten", 2),
        ("2025-04-01", "IEEPA", "loosen", -1),
        ("2025-04-01", "IEEPA", "tighten", 3),
        ("2025-04-01", "Others", "loosen", -1),
    ]
    assert "5 acts tighten, above the line, and 2 loosen, below it." in picture.subtitle[0]


def test_the_path_is_drawn_behind_what_is_left_of_it() -> None:
    picture = path_travelled(ask, 2025)
    assert picture.frame.row(0, named=True)["partner_name"] == "China"
    assert "Most with China: 190.5 points up and down in 24 steps, +19.7 from beginning to end." in picture.subtitle[0]
    assert [(row["start"], row["path_pp"], row["net_pp"]) for row in rows(picture)] == [(0.0, 190.5, 19.7)]


def test_entries_are_counted_by_month_and_list() -> None:
    assert [(row["month"][:10], row["list"], row["added"]) for row in rows(listings(ask, "ALL", FIRST, TODAY))] == [
        ("2025-01-01", "US_BIS_EL", 25),
        ("2025-02-01", "CN_MOFCOM_UEL", 7),
    ]
    one = listings(ask, "CN_MOFCOM_UEL", FIRST, TODAY)
    assert "7 entries added to 1 list and 0 removed" in one.subtitle[0]
    assert one.title == "Entries added to CN_MOFCOM_UEL, by month"


def test_a_line_is_stacked_by_authority_and_two_duties_of_one_authority_are_one() -> None:
    picture = duty_path(ask, "7326908688", "5700", FIRST, LAST, TODAY)
    assert picture.title == "What 7326.90.86.88 pays from China, by legal authority"
    assert "Highest 82.9% from 2025-02-04; 77.9% from 2025-06-04." in picture.subtitle[0]
    emergency = {row["day"][:10]: row["effective_rate"] for row in rows(picture) if row["authority"] == "IEEPA"}
    assert emergency == pytest.approx({"2018-01-01": 0, "2025-02-04": 0.3, "2025-06-04": 0, "2027-01-01": 0})


def test_a_picture_for_a_page_has_no_heading_of_its_own() -> None:
    picture = path_travelled(ask, 2025)
    assert "title" in picture.drawn().to_dict() and "title" not in picture.untitled().to_dict()


def test_what_cannot_be_drawn_is_said_in_words() -> None:
    with pytest.raises(StatecraftError, match="Countries on record: CN, US"):
        moves(ask, "XX", FIRST, TODAY)
    with pytest.raises(StatecraftError, match="No rate of a large partner moved in 2019"):
        path_travelled(ask, 2019)
    with pytest.raises(StatecraftError, match="Lists: CN_MOFCOM_UEL, US_BIS_EL"):
        listings(ask, "XX", FIRST, TODAY)
    with pytest.raises(StatecraftError, match="There is no rate on 9999999999 from partner 5700"):
        duty_path(ask, "9999999999", "5700", FIRST, LAST, TODAY)
    with pytest.raises(StatecraftError, match="cannot be computed from its text"):
        duty_path(ask, "0101210010", "5700", FIRST, LAST, TODAY)
