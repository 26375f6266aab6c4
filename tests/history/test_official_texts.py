"""Official texts at hand: what anybody can read in them."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, Delivery, load_spec, parser
from tests.conftest import find_shared_data
from tests.history.test_census_known_answers import delivered

pytestmark = pytest.mark.shared_data


@cache
def held(source: str) -> dict[str, pl.DataFrame]:
    """Thing -> rows of every edition."""
    folder = find_shared_data()
    assert folder is not None
    text = (SOURCES / source / "editions.yml").read_text(encoding="utf-8")
    frames: dict[str, list[pl.DataFrame]] = {}
    for facts in yaml.safe_load(text)["editions"]:
        files = tuple(file for pattern in facts["files"] for file in delivered(folder, pattern))
        for vintage in parser(source)(Delivery(files, facts["vintage_id"], facts["known_on"]), load_spec(source)):
            frames.setdefault(vintage.thing, []).append(vintage.frame)
    return {thing: pl.concat(frames[thing]) for thing in frames}


def test_the_notice_on_brazil() -> None:
    row = held("federal_register_text")["notices"].row(
        by_predicate=pl.col("document_number") == "2026-11158", named=True
    )
    assert (row["first_page"], row["filed_on"]) == (33854, date(2026, 6, 3))
    assert (row["comments_open_on"], row["comments_due_on"]) == (date(2026, 6, 1), date(2026, 7, 1))
    assert (row["appearance_due_on"], row["hearing_on"]) == (date(2026, 6, 22), date(2026, 7, 6))
    assert (row["table_row_count"], row["listed_number_count"], row["image_count"]) == (1698, 1664, 0)


def test_the_notice_on_forced_labour_prints_its_annex_as_pictures() -> None:
    row = held("federal_register_text")["notices"].row(
        by_predicate=pl.col("document_number") == "2026-11296", named=True
    )
    assert (row["first_page"], row["comments_due_on"]) == (34272, date(2026, 7, 6))
    assert row["hearing_on"] == date(2026, 7, 7)
    assert (row["image_count"], row["listed_number_count"]) == (68, 0)


def test_orders_say_from_which_day_they_bite() -> None:
    texts = held("presidential_text")["texts"]
    assert texts.height == 93
    bites = dict(texts.select("text_id", "first_bite_on").iter_rows())
    reciprocal = next(text for text in bites if text.startswith("regulating-imports-with-a-reciprocal-tariff"))
    assert bites[reciprocal] == date(2025, 4, 5)
    temporary = next(text for text in bites if text.startswith("imposing-a-temporary-import-surcharge"))
    assert bites[temporary] == date(2026, 2, 24)
    days = held("presidential_text")["mentions"].filter(
        (pl.col("text_id") == reciprocal) & (pl.col("mention_kind") == "day_on_or_after")
    )
    assert {"2025-04-05", "2025-04-09"} <= set(days["mention"])


def test_no_words_of_a_text_are_kept() -> None:
    for source in ("federal_register_text", "presidential_text"):
        assert held(source)["mentions"]["mention"].str.len_chars().max() <= 20  # type: ignore[operator]
