"""Scenarios over a whole release: what changes nothing differs by nothing, what is removed takes just its part."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.scenarios.computing import path_of
from pipelines.scenarios.form import Scenario
from tests.world.home import Home

AUTHORITIES = ["IEEPA", "S122", "S201", "S232", "S301", "S338", "OTHER"]


@pytest.fixture
def released(built: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built.latest.database), read_only=True) as connection:
        yield connection


def path(home: Home, **step: object) -> pl.DataFrame:
    asked = {"id": "asked", "title": "Asked", "question": "What if?", "steps": [step]}
    return path_of(home.settings, home.latest.database, Scenario.model_validate(asked))


def largest(frame: pl.DataFrame, expression: pl.Expr) -> float:
    return float(frame.select(expression.max()).item())


def test_a_scenario_that_changes_nothing_is_the_law(built: Home) -> None:
    same = path(built, operation="rescale", authorities=AUTHORITIES, factor=1, **{"from": date(2025, 2, 4)})
    assert same.height > 100
    assert same["difference_pp"].unique().to_list() == [0]
    assert same["exposed_import_value_consumption_usd"].unique().to_list() == [0]
    assert same["effective_rate"].equals(same["law_effective_rate"].rename("effective_rate"))


def test_what_is_held_as_it_is_stays_the_law(built: Home) -> None:
    held = path(built, operation="hold", authorities=["S232"], as_on="2026-06-10", until="2026-06-20",
                **{"from": date(2026, 6, 11)})  # fmt: skip
    assert held["difference_pp"].unique().to_list() == [0]


def test_without_the_emergency_duties_just_their_parts_are_gone(
    built: Home, released: duckdb.DuckDBPyConnection
) -> None:
    """From 2025-06-04 until the end of that month nothing yields to them."""
    without = path(built, operation="remove", authorities=["IEEPA"], until="2025-07-01", **{"from": date(2025, 6, 4)})
    parts = pl.DataFrame(
        released.sql(
            "select partner_code, valid_from, valid_to, 100 * (ieepa_reciprocal_duty_usd + ieepa_fentanyl_duty_usd + "
            "ieepa_other_duty_usd) / import_value_consumption_usd as part_pp from core.fct_weighted_duty "
            "where product_level = 'ALL' and weight_year = 2024"
        ).to_arrow_table()
    )
    found = without.filter(pl.col("valid_from") < date(2025, 7, 1)).join(parts, on="partner_code")
    found = found.filter(
        pl.col("valid_from_right") <= pl.col("valid_from"), pl.col("valid_from") < pl.col("valid_to_right")
    )
    assert found.height > 4 and largest(found, pl.col("part_pp")) > 1
    assert largest(found, (pl.col("difference_pp") + pl.col("part_pp")).abs()) < 1e-9


def test_a_new_duty_on_some_goods_of_one_partner_moves_only_that_partner(built: Home) -> None:
    added = path(built, operation="add", programme="s301_other", rate=0.1, partners=["CN"], products=["8542"],
                 **{"from": date(2027, 1, 1)})  # fmt: skip
    moved = added.filter(pl.col("exposed_import_value_consumption_usd") > 0)
    assert set(moved["partner_code"]) == {"ALL", "5700"}
    tenth = pl.col("exposed_import_value_consumption_usd") / pl.col("import_value_consumption_usd") * 10
    assert largest(moved, (pl.col("difference_pp") - tenth).abs()) < 1e-6


def test_the_command_gives_what_the_release_has(built: Home, released: duckdb.DuckDBPyConnection) -> None:
    shown = built.statecraft("scenario", "surcharge_again", "--format", "csv")
    assert shown.returncode == 0, shown.stderr
    asked = pl.read_csv(io.StringIO(shown.stdout), schema_overrides={"partner_code": pl.String}, try_parse_dates=True)
    held = pl.DataFrame(
        released.sql(
            "select partner_code, valid_from, effective_rate from trade_impact.scenario_path "
            "where scenario_id = 'surcharge_again'"
        ).to_arrow_table()
    )
    both = asked.join(held, on=["partner_code", "valid_from"])
    assert both.height == held.height == asked.height
    assert largest(both, (pl.col("effective_rate") - pl.col("effective_rate_right")).abs()) < 1e-12


def test_the_command_lists_explains_and_says_what_is_wrong(built: Home, tmp_path: Path) -> None:
    assert "truce_prolonged" in built.statecraft("scenario", "--list").stdout
    explained = built.statecraft("scenario", "surcharge_again", "--explain").stdout
    assert "as the law has it on 2026-07-23" in explained and "9903.03.01" in explained
    file = tmp_path / "mine.yml"
    file.write_text(
        "title: Mine\nquestion: What if?\nsteps:\n"
        "  - {operation: remove, measures: s122_surcharg, from: 2027-01-01}\n"
        "  - {operation: add, like: s122_surcharge, from: 2027-01-01}\n"
    )
    refused = built.statecraft("scenario", file)
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert "step 1 (remove): 'measures' has 's122_surcharg'; nearest: s122_surcharge" in refused.stderr
    assert "holds nothing on 2027-01-01; it holds from 2026-02-24 to 2026-07-24" in refused.stderr
    assert "no scenario 'nothing'" in built.statecraft("scenario", "nothing").stderr
