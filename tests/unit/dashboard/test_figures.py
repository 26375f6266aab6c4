"""Figures and sentences of pages over marts made by hand, each against a query of its own."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from dashboard.asking import read
from dashboard.origins import Origin, origins, vintage
from dashboard.pages import Page, dependence, estimates, lists, overview, predictability, scenarios
from pipelines.headlines import headline_on
from tests.unit.dashboard.toy_marts import TODAY, marts, shown


@pytest.fixture(scope="module")
def held() -> duckdb.DuckDBPyConnection:
    return marts()


@pytest.fixture(scope="module")
def tiles(held: duckdb.DuckDBPyConnection) -> dict[int, overview.Tile]:
    glance = shown(held, overview.PAGE, "glance")
    return dict(zip(glance.frame["place"], glance.extra, strict=True))


def one(held: duckdb.DuckDBPyConnection, sql: str) -> object:
    """The single value a query answers."""
    return held.sql(sql).pl().item()


def test_the_rate_says_which_part_of_it_is_a_plan(tiles: dict[int, overview.Tile]) -> None:
    assert (tiles[1].figure, tiles[2].figure) == ("11.2", "25.7")
    assert tiles[1].beside == "11.2 % a year before; +0.09 pp of it planned for 2026-11-10, unconfirmed"
    assert tiles[2].beside == "25.7 % a year before; +0.66 pp of it planned for 2026-11-10, unconfirmed"


def test_the_last_move_is_one_that_a_document_confirms(tiles: dict[int, overview.Tile]) -> None:
    assert (tiles[3].figure, tiles[3].label) == ("+0.32", "Last confirmed move of the tariff on all imports")
    assert tiles[3].beside == "on 2026-08-22; +0.09 pp planned for 2026-11-10, unconfirmed"


def test_additions_are_counted_over_the_same_days_of_lists_held_in_both_years(
    held: duckdb.DuckDBPyConnection, tiles: dict[int, overview.Tile]
) -> None:
    both = "(list_code = 'HELD' and day <= '07-09' or list_code = 'ALSO' and day <= '07-31') and change_type = 'add'"
    changes = "(select *, strftime(effective_on, '%m-%d') as day from core.fct_list_change)"
    this, before = (
        one(held, f"select count(*) from {changes} where year(effective_on) = {year} and {both}")
        for year in (2026, 2025)
    )
    assert (this, before) == (3, 2)
    assert tiles[6].figure == str(this)
    assert tiles[6].beside == (
        f"{before} on the same days of the year before; on 2 lists, each held to at least 2026-07-09;"
        " not followed: ENDED since 2024-05; not counted: 1 first held later"
    )


def test_a_table_is_stale_by_what_was_accepted_of_it(held: duckdb.DuckDBPyConnection) -> None:
    fresh = shown(held, overview.PAGE, "freshness")
    told = {row["table_name"]: row for row in fresh.frame.iter_rows(named=True)}
    assert {name: (row["freshness"], row["age_days"]) for name, row in told.items()} == {
        "usitc_dataweb__claims": ("fresh", 153),
        "usitc_dataweb__totals": ("stale", 317),
        "iso_countries__countries": ("fresh", 7),
        "usitc_hts__lines": ("stale", (TODAY - date(2026, 6, 30)).days),
    }
    assert (told["usitc_dataweb__claims"]["editions"], told["usitc_dataweb__claims"]["refused"]) == (1, 1)
    assert told["usitc_dataweb__totals"]["rules_not_passed"] == 1
    assert fresh.finding.startswith("2 of 4 tables are stale") and "1 warns" in fresh.finding


def test_what_is_bought_under_controls_is_no_upper_bound_and_no_total(held: duckdb.DuckDBPyConnection) -> None:
    bought = shown(held, dependence.PAGE, "controlled")
    assert bought.frame.select("product_code", "value_usd", "days_in_force_count").rows() == [
        ("81129210", 600, 365),
        ("25041010", 50, 0),
    ]
    assert "days_in_force_count" in bought.shown and "in 1 of 2 rows" in bought.finding


def test_a_group_is_counted_once_and_told_from_another_of_its_name(held: duckdb.DuckDBPyConnection) -> None:
    groups = shown(held, dependence.PAGE, "parts", year="2025")
    assert groups.frame["product_code"].to_list() == ["rare_earths", "mineral_zinc"]
    assert groups.finding.startswith("1 of 2 are dependent")
    names = [name for _, name in dependence.groups(lambda sql: held.sql(sql).pl())]
    assert names == ["Critical minerals", "Rare earths", "Rare earths, of critical minerals", "Zinc"]


@pytest.mark.parametrize(
    ("page", "card", "headline", "columns"),
    [
        (overview.PAGE, "due", "falls_due", ("due_on", "what")),
        (estimates.PAGE, "exposure", "exposure", ("took_effect_on", "marginal_import_value_consumption_usd")),
        (dependence.PAGE, "parts", "dependence", ("product_code", "top_share", "is_dependent")),
    ],
)
def test_a_card_is_the_headline_number(
    held: duckdb.DuckDBPyConnection, page: Page, card: str, headline: str, columns: tuple[str, ...]
) -> None:
    saved = held.sql(headline_on(headline, TODAY)).pl().select(columns)
    assert shown(held, page, card, year="2025").frame.select(columns).sort(columns).equals(saved.sort(columns))
    assert not saved.is_empty()


def test_what_falls_due_comes_after_today(held: duckdb.DuckDBPyConnection, tiles: dict[int, overview.Tile]) -> None:
    assert shown(held, overview.PAGE, "due").frame["what"].to_list() == ["Next", "Later"]
    assert (tiles[4].figure, tiles[4].beside) == ("1", "next on 2026-12-04")


def test_the_rate_of_today_is_the_headline_number(
    held: duckdb.DuckDBPyConnection, tiles: dict[int, overview.Tile]
) -> None:
    [(now, before, _)] = held.sql(headline_on("effective_rate", TODAY)).pl().rows()
    assert tiles[1].figure == f"{100 * now:.1f}" and tiles[1].beside.startswith(f"{100 * before:.1f} % a year before")


def test_how_far_a_list_is_held_is_said_of_every_year(held: duckdb.DuckDBPyConnection) -> None:
    years = held.sql(headline_on("list_changes_yearly", TODAY)).pl()
    told = {(row["list_code"], row["year_start"].year): row for row in years.iter_rows(named=True)}
    ended = [
        (year, told["ENDED", year]["added_count"], told["ENDED", year]["held_month_count"]) for year in (2024, 2025)
    ]
    assert ended == [(2024, 1, 5), (2025, None, 0)]
    assert (told["HELD", 2026]["added_count"], told["HELD", 2026]["held_month_count"]) == (2, 7)
    assert ("HELD", 2024) not in told and told["ENDED", 2026]["last_edition_on"] == date(2024, 5, 3)


def test_what_was_undone_is_counted_by_provision(held: duckdb.DuckDBPyConnection) -> None:
    undone = shown(held, predictability.PAGE, "reversals")
    count = one(held, "select count(*) from policy_events.reversals where direction = 'tighten'")
    assert count == 3 and undone.frame.height == 2
    assert undone.finding.startswith(f"{count} times a provision was undone")
    assert "provision_count" in undone.shown


def test_a_plan_took_no_effect(held: duckdb.DuckDBPyConnection) -> None:
    touched = shown(held, estimates.PAGE, "exposure")
    assert touched.frame["took_effect_on"].to_list() == [date(2026, 8, 22)]


def test_scenarios_are_drawn_from_the_day_one_of_the_fan_begins(held: duckdb.DuckDBPyConnection) -> None:
    begun = scenarios.fan_begins(lambda sql: held.sql(sql).pl())
    assert begun == one(held, "select valid_from from core.dim_scenario where is_in_fan order by 1 limit 1")
    given = read(scenarios.PAGE.filters[1:2], {"from": "2026-05-30"}, lambda sql: held.sql(sql).pl(), TODAY)
    assert given == {"from": date(2026, 11, 10)}


def test_names_that_are_alike_are_told_to_be_more_than_sql(held: duckdb.DuckDBPyConnection) -> None:
    alike, words = (
        shown(held, lists.PAGE, "found", name="acme trading", match=match, list="ALL", on=TODAY)
        for match in ("alike", "words")
    )
    assert (alike.frame.height, words.frame.height) == (1, 1)
    assert "\n;\n" in alike.sql and "in Python" in alike.note
    assert ";" not in words.sql and not words.note


def test_a_card_is_as_old_as_what_decides_it(held: duckdb.DuckDBPyConnection) -> None:
    behind = origins(lambda sql: held.sql(sql).pl(), ["from trade_impact.effective_tariff_steps"])
    assert vintage(behind) == "newest edition of each source between 2026-06-29 and 2026-06-30, law/ as of the build"


def test_codes_age_nothing_but_what_is_made_of_them_alone() -> None:
    codes = Origin("A", "Codes", "Public domain", date(2026, 11, 22), is_look_up=True)
    trade = Origin("B", "Trade", "Public domain", date(2026, 8, 31))
    assert vintage([codes, trade]) == "newest edition 2026-08-31"
    assert vintage([codes]) == "newest edition 2026-11-22"
    assert vintage([Origin("Statecraft", "scenarios", "Apache-2.0", None)]) == ""
