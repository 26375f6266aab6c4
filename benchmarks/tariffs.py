"""How long the tariff panel takes: to work out, to work out again after one more edition, and to ask."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks import homes
from benchmarks.measure import call, middle
from benchmarks.report import Result, Row
from pipelines import dbt_command, intake, landing_gate, own_tables, transform
from pipelines.build_record import choose
from pipelines.contract import all_specs
from pipelines.files import one_row
from pipelines.lineage import Lineage
from pipelines.manifest import prepare_manifest
from pipelines.release import latest
from pipelines.settings import Settings, load_settings
from pipelines.warehouse import Warehouse

PANEL_SECONDS, PANEL_PEAK_MB = 30, 1500
ONE_EDITION_SECONDS = 3
ONE_CELL_SECONDS = 0.05
ALL_CELLS_SECONDS = 2
#: What the best public tracker takes on a machine of this class: seconds a schedule, and how many it goes through.
TRACKER_SECONDS, TRACKER_SCHEDULES = 90, 43
#: Tables of the panel: everything core.tariff_on reads.
PANEL = [
    *("fct_ordinary_duty", "fct_special_rate", "bridge_program_partner", "bridge_product_class"),
    *("bridge_partner_class", "bridge_treatment", "fct_treatment", "fct_duty_rate", "fct_duty_part"),
    *("bridge_partner_group", "fct_claim_share", "fct_duty_set_measure", "fct_measure", "fct_stacking_rule"),
]
CELL = ("7326908688", "5700")
DAYS = [date(2019, 6, 1), date(2025, 4, 10), date(2025, 8, 10), date(2026, 6, 8)]


def tariff_panel(place: Path) -> Result:
    """The factors of the tariff panel for all editions and all acts, on both clocks, from raw to core by dbt, against
    what a public tracker takes to work out one day a schedule; and the rates of all cells and of one cell from the
    released file.
    """
    home, _ = homes.full_home(place)
    answer, done = call("tariffs:build_panel", homes.environment(home), place / "panel.log")
    asked, _ = call("tariffs:ask", homes.environment(home), place / "ask.log")
    built, tracker = answer["seconds"], float(TRACKER_SECONDS * TRACKER_SCHEDULES)
    return Result(
        [
            Row(
                f"tariff panel from raw, {answer['editions']} editions, {answer['measures']:,} statements of measures",
                built,
                done.peak_mb,
                f"a public tracker, about {TRACKER_SECONDS} s and 6,000 MB for each of {TRACKER_SCHEDULES} schedules",
                built / tracker,
                f"at most {PANEL_SECONDS} s, less than {PANEL_PEAK_MB:,} MB",
                built <= PANEL_SECONDS and done.peak_mb < PANEL_PEAK_MB,
            ),
            Row(
                f"core.tariff_on, {asked['cells']:,} cells into a table, median of {len(DAYS)} days",
                asked["all_cells"],
                None,
                "",
                None,
                f"at most {ALL_CELLS_SECONDS} s",
                asked["all_cells"] <= ALL_CELLS_SECONDS,
            ),
            Row(
                "the same, as known on another day",
                asked["as_known"],
                None,
                f"as known today, {asked['all_cells']:.1f} s",
                asked["as_known"] / asked["all_cells"],
                f"at most {ALL_CELLS_SECONDS} s",
                asked["as_known"] <= ALL_CELLS_SECONDS,
            ),
            Row(
                f"core.tariff_for, one cell, median of {len(DAYS)} days",
                asked["one_cell"],
                None,
                "",
                None,
                f"at most {ONE_CELL_SECONDS} s",
                asked["one_cell"] <= ONE_CELL_SECONDS,
            ),
        ]
    )


def one_edition_more(place: Path) -> Result:
    """The tariff panel after the newest edition of the schedule, in a home that held all but that, against working the
    panel out from raw.
    """
    home, _ = homes.home_before_newest_schedule(place)
    added, _ = call("tariffs:add_edition", homes.environment(home), place / "edition.log")
    whole, _ = call("tariffs:build_panel", homes.environment(homes.full_home(place)[0]), place / "panel.log")
    return Result(
        [
            Row(
                f"tariff panel after one more edition, {added['built']} of {added['models']} models built and tested",
                added["seconds"],
                None,
                f"the panel from raw, untested, {whole['seconds']:.1f} s",
                added["seconds"] / whole["seconds"],
                f"at most {ONE_EDITION_SECONDS} s",
                added["seconds"] <= ONE_EDITION_SECONDS,
            )
        ]
    )


def add_edition() -> dict[str, Any]:
    """Take in the newest edition from the pack, up to raw; then seconds for the panel, dbt's tests of it included."""
    settings, spec = load_settings(), all_specs()[homes.TARIFF]
    manifest = prepare_manifest(settings)
    intake.take_in(settings, spec, intake.Origin.named("pack", settings))
    landing_gate.settle(settings, spec, {thing: landing_gate.weigh(settings, spec, thing) for thing in spec.things})
    for thing in spec.things:
        Warehouse(settings).sync(spec, thing)
    own_tables.write(settings, all_specs(), Lineage.read(manifest))
    panel, built = _of_panel(Lineage.read(manifest)), 0
    _import_dbt(settings, manifest)
    begun = time.perf_counter()
    while not (choice := choose(settings, panel)).is_empty:
        transform.build(settings, manifest, panel, choice, lambda _: None)
        built += len(choice.stale)
    return {"seconds": time.perf_counter() - begun, "built": built, "models": len(panel.nodes)}


def _import_dbt(settings: Settings, manifest: Path) -> None:
    dbt_command.invoke(settings, manifest, ["ls", "--select", PANEL[0]], lambda _: None)


def _of_panel(lineage: Lineage) -> Lineage:
    """The project as if it were the panel alone, with what it is made of."""
    wanted = {k for k, n in lineage.nodes.items() if n["name"] in PANEL}
    for unique_id in reversed(lineage.in_order):
        if unique_id in wanted:
            wanted.update(lineage.nodes[unique_id].get("depends_on", {}).get("nodes", []))
    nodes = lineage.manifest["nodes"]
    tests = {k: n for k, n in nodes.items() if n["resource_type"] == "test"}
    of_panel = {k: n for k, n in tests.items() if wanted.issuperset(n["depends_on"]["nodes"])}
    return Lineage({**lineage.manifest, "nodes": {**{k: nodes[k] for k in wanted & nodes.keys()}, **of_panel}})


def build_panel() -> dict[str, Any]:
    """Seconds dbt takes for the panel and all it is made of, without starting and parsing."""
    settings = load_settings()
    manifest = prepare_manifest(settings)
    _import_dbt(settings, manifest)
    begun = time.perf_counter()
    if not dbt_command.invoke(settings, manifest, ["run", "--select", *(f"+{name}" for name in PANEL)], lambda _: None):
        raise RuntimeError("dbt did not build the panel")
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, **_sizes(settings)}


def _sizes(settings: Settings) -> dict[str, int]:
    with duckdb.connect(str(settings.work_database), read_only=True) as con:
        [editions] = one_row(con, "select count(*) from core.dim_schedule_edition")
        [measures] = one_row(con, "select count(distinct statement_id) from core.fct_measure")
    return {"editions": int(editions), "measures": int(measures)}


def ask() -> dict[str, float]:
    """Seconds to put the rates of all cells of a day into a table, today's knowledge and another's; and of one cell."""
    settings = load_settings()
    release = latest(settings)
    assert release is not None
    # As a user opens it: DuckDB's own memory limit, for 4.6 million rows of 20 columns take most of a gigabyte.
    with duckdb.connect(str(release.database), read_only=True, config={"threads": settings.threads}) as con:
        con.execute(f"set temp_directory = '{settings.temp}'")

        def seconds(query: str) -> float:
            begun = time.perf_counter()
            con.execute(query).fetchall()
            return time.perf_counter() - begun

        def all_cells(day: date, known: str) -> float:
            made = f"create or replace temp table rates as from core.tariff_on(date '{day}'{known})"
            return seconds(made)

        today = middle([all_cells(day, "") for day in DAYS])
        [cells] = one_row(con, "select count(*) from rates")
        known = middle([all_cells(day, ", date '2025-04-03'") for day in DAYS])
        line, partner = CELL
        cell = [seconds(f"from core.tariff_for('{line}', '{partner}', date '{day}')") for day in [*DAYS, *DAYS, *DAYS]]
        return {"all_cells": today, "as_known": known, "one_cell": middle(cell), "cells": int(cells)}
