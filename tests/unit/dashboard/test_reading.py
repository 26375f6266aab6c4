"""What is asked, kept and shown: filters, answers of a locked session, columns, sources, drawings."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.asking import Asked, BadQuestionError, Choice, Day, Words, read
from dashboard.columns import column
from dashboard.drawing import WIDTHS, svg
from dashboard.origins import origins, sources_of
from dashboard.release_reader import Kept, Reader
from pipelines.errors import QueryError
from pipelines.pictures.effective_rate import effective_rate
from pipelines.pictures.two_clocks import two_clocks
from pipelines.release import NoReleaseError
from tests.unit.dashboard.toy_pages import publish
from tests.unit.pictures.toy_answers import ask
from tests.unit.rooms import toy_settings

TODAY = date(2026, 11, 29)
FILTERS = (
    Choice("partner", "Partner", lambda ask: [("ALL", "All"), ("5700", "China")], "ALL"),
    Day("on", "On"),
    Words("words", "Words", default="steel"),
)


def test_what_is_not_given_is_as_the_page_begins() -> None:
    assert read(FILTERS, {}, ask, TODAY) == {"partner": "ALL", "on": TODAY, "words": "steel"}
    given = {"partner": "5700", "on": "2025-04-02", "words": "  copper ", "other": "x"}
    assert read(FILTERS, given, ask, TODAY) == {"partner": "5700", "on": date(2025, 4, 2), "words": "copper"}


@pytest.mark.parametrize("given", [{"partner": "china"}, {"on": "yesterday"}, {"words": "a\nb"}, {"words": "x" * 101}])
def test_what_a_page_cannot_answer_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(BadQuestionError):
        read(FILTERS, given, ask, TODAY)


def test_a_day_before_anything_is_shown_means_the_first_that_is() -> None:
    begun = Day("from", "From", lambda today: date(2026, 5, 30), begins=lambda ask: date(2026, 11, 10))
    assert begun.start(ask, TODAY) == begun.read("2026-05-30", ask) == begun.first(ask) == date(2026, 11, 10)
    assert begun.read("2027-01-01", ask) == date(2027, 1, 1)
    never = Day("from", "From", begins=lambda ask: None)
    assert never.read("2026-05-30", ask) == date(2026, 5, 30)


def test_an_address_holds_every_choice() -> None:
    asked = Asked(ask, TODAY, read(FILTERS, {"words": "a&b"}, ask, TODAY))
    assert asked.address("/x", partner="5700") == "/x?partner=5700&on=2026-11-29&words=a%26b"
    assert Asked(ask, TODAY, {}).address("/x") == "/x"


def test_the_things_asked_for_last_are_kept() -> None:
    kept: Kept[str] = Kept(10)
    for name in "abc":
        kept.put(name, name, 4)
        kept.get("a")
    assert [kept.get(name) for name in "abc"] == ["a", None, "c"]
    kept.put("large", "large", 11)
    kept.put("c", "C", 6)
    assert (kept.get("large"), kept.get("c")) == (None, "C")


def test_a_release_is_read_and_nothing_else(tmp_path: Path) -> None:
    settings = toy_settings(tmp_path)
    reader = Reader(settings)
    with pytest.raises(NoReleaseError):
        reader.now()
    publish(settings, "20260101T000000Z-aaaaaaaa")
    held = reader.now()
    assert held.ask("select 1 as one") is held.ask("select 1 as one")
    (tmp_path / "private.csv").write_text("secret\nx\n")
    for sql in (
        f"from read_csv('{tmp_path / 'private.csv'}')",
        f"copy core.dim_partner to '{tmp_path / 'out.csv'}'",
        "create table core.mine as select 1",
        "set enable_external_access = true",
    ):
        with pytest.raises(QueryError):
            held.ask(sql)
    assert not (tmp_path / "out.csv").exists()
    publish(settings, "20260102T000000Z-bbbbbbbb")
    assert reader.now().release.build_id.startswith("20260102")
    assert held.ask("select count(*) as partners from core.dim_partner").item() == 3  # whoever holds it reads on


@pytest.mark.parametrize(
    ("name", "values", "heading", "shown"),
    [
        ("total_rate", [0.2575, 0.0, None], ("Total", "%"), ["25.75", "0", "-"]),
        ("total_rate_claimed", [0.5], ("Total rate claimed", "%"), ["50.00"]),
        ("share_undone", [1.0], ("Share undone", "%"), ["100.00"]),
        ("change_pp", [1.234, -0.001], ("Change", "pp"), ["+1.23", "0"]),
        ("import_value_consumption_usd", [1_500_000_000, 0], ("Import value consumption", "$bn"), ["1.50", "0.00"]),
        ("value_usd", [1_500_000], ("Value", "$mn"), ["1.50"]),
        ("net_usd", [2e9, 4e6, -4e6, 6e6], ("Net", "$bn"), ["2.00", "<0.01", ">-0.01", "0.01"]),
        ("china_share", [0.00001, 0.0], ("China", "%"), ["<0.01", "0"]),
        ("imports_usd_bn", [10.7], ("Imports", "$bn"), ["10.7"]),
        ("partner_name", ["China"], ("Partner", ""), ["China"]),
        ("row_count", [12345], ("Row", ""), ["12,345"]),
        ("weight_year", [2024], ("Weight year", ""), ["2024"]),
        ("estimate", [-0.11512, 12345.6], ("Estimate", ""), ["-0.115", "12,346"]),
        ("valid_to", [date(9999, 12, 31), date(2025, 4, 2)], ("Valid to", ""), ["open", "2025-04-02"]),
        ("checked_at", [datetime(2025, 4, 2, 9, 5)], ("Checked at", ""), ["2025-04-02 09:05"]),
        ("status", ["in_force"], ("Status", ""), ["in force"]),
        ("source", ["usitc_hts"], ("Source", ""), ["usitc_hts"]),
        ("is_dependent", [True, False], ("Dependent", ""), ["yes", "no"]),
        ("aliases", [["a", "b"]], ("Aliases", ""), ["a, b"]),
    ],
)
def test_a_column_is_shown_by_its_name(
    name: str, values: list[Any], heading: tuple[str, str], shown: list[str]
) -> None:
    made = column(name, pl.Series(name, values))
    assert ((made.label, made.unit), [made.show(value) for value in values]) == (heading, shown)


@pytest.mark.parametrize(
    ("sql", "some"),
    [
        ("from trade_impact.effective_tariff_steps", {"usitc_hts", "census_imports", "law"}),
        ("from core.tariff_on(date '2025-01-01')", {"usitc_hts", "law"}),  # a macro
        ("from policy_events.calendar", {"law"}),  # a view over tables
        ("from core.fct_list_entry", {"bis_entity_list", "ofac_sdn", "mofcom_lists"}),
    ],
)
def test_sources_are_those_the_models_begin_with(sql: str, some: set[str]) -> None:
    assert some <= sources_of([sql])
    assert sources_of(["select 1"]) == set()


def test_only_sources_that_are_held_are_named() -> None:
    def held(sql: str) -> pl.DataFrame:
        rows = [
            {"source": "usitc_hts", "licence": "Public domain", "newest": date(2026, 6, 30)},
            {"source": "unknown", "licence": "?", "newest": date(2026, 6, 30)},
        ]
        return pl.DataFrame(rows)

    found = origins(held, ["from trade_impact.effective_tariff_steps"])
    assert [(each.publisher, each.newest) for each in found] == [
        ("U.S. International Trade Commission (USITC)", date(2026, 6, 30)),
        ("Statecraft", None),
    ]


def test_a_drawing_is_named_described_and_laid_out_for_its_place() -> None:
    picture = effective_rate(ask, "ALL", date(2025, 1, 1), date(2027, 1, 1), 2024, TODAY)
    drawn = svg(picture, "rates", 'Says "so" & more', "half", 200)
    root = ET.fromstring(drawn)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "rates-title rates-desc")
    title, description = list(root)[:2]
    assert (title.text, description.text) == (picture.title, 'Says "so" & more')
    assert (float(root.get("width") or 0), float(root.get("height") or 0)) == (WIDTHS["half"], 200)
    assert "style=" not in drawn and "<script" not in drawn  # the rules for the browser allow neither


def test_ids_of_two_drawings_differ() -> None:
    picture = two_clocks(ask, "US-RULE", TODAY)
    one, other = (svg(picture, name, "", "whole", None) for name in ("one", "other"))
    ids = [set(re.findall(r'\bid="([^"]+)"', drawn)) for drawn in (one, other)]
    assert ids[0] and not ids[0] & ids[1]
    assert set(re.findall(r"url\(#([^)]+)\)", one)) <= ids[0]
