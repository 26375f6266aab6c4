"""Checks of a release's tariff panel that any test may use: the parts of a rate against the rate itself.

Belongs here: asking a released file through its macros, and comparing. Does not belong here: what is expected of one
release (test_tariff_panel.py).
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

#: Components of the rate beside the ordinary duty.
COMPONENTS = (*("s232", "s301", "s201", "ieepa_reciprocal", "ieepa_fentanyl", "ieepa_other", "s122", "s338", "other"),)
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Cell:
    """One line from one partner on a day, as known on another."""

    hts10: str
    partner_code: str
    day: date
    known_on: date


def random_cells(con: duckdb.DuckDBPyConnection, count: int, seed: int, first: date, last: date) -> list[Cell]:
    """Cells drawn evenly from lines, partners and days; known on the last day. Half of them are weighted towards lines
    under many measures, where there is something to get wrong."""
    chance = random.Random(seed)
    lines = [r[0] for r in con.execute("select distinct hts10 from core.fct_ordinary_duty order by 1").fetchall()]
    partners = [r[0] for r in con.execute("select partner_code from core.bridge_partner_class order by 1").fetchall()]
    metals = [line for line in lines if line[:2] in ("72", "73", "76", "74", "84", "85", "87")]
    named = [
        p for p in ("5700", "1220", "2010", "4280", "5880", "5800", "4120", "4419", "5830", "4621") if p in partners
    ]
    days = (last - first).days
    cells = []
    for number in range(count):
        of_lines, of_partners = (lines, partners) if number % 2 else (metals or lines, named or partners)
        day = first + timedelta(days=chance.randrange(days))
        cells.append(Cell(chance.choice(of_lines), chance.choice(of_partners), day, last))
    return cells


def component_gaps(con: duckdb.DuckDBPyConnection, cells: list[Cell]) -> list[str]:
    """Where the measures of a cell do not add up to a component of its rate, or the components to the total."""
    component_of = dict(con.execute("select distinct programme, rate_component from core.fct_measure").fetchall())
    gaps = []
    for cell in cells:
        place = [cell.hts10, cell.partner_code, cell.day, cell.known_on]
        rates = _one(con, "from core.tariff_for(?, ?, ?, ?)", place)
        parts: dict[str, float] = defaultdict(float)
        asked = "select programme, net_rate from core.tariff_components_for(?, ?, ?, ?)"
        for programme, net_rate in con.execute(asked, place).fetchall():
            parts[component_of[programme]] += net_rate
        if rates is None:
            gaps += [f"{cell}: measures without a rate"] if parts else []
            continue
        for component in COMPONENTS:
            if abs(parts[component] - rates[f"{component}_rate"]) > TOLERANCE:
                gaps.append(f"{cell}: {component} is {rates[f'{component}_rate']}, its measures {parts[component]}")
        if rates["total_rate"] is not None:
            added = rates["base_rate"] + sum(rates[f"{component}_rate"] for component in COMPONENTS)
            if abs(added - rates["total_rate"]) > TOLERANCE:
                gaps.append(f"{cell}: total_rate is {rates['total_rate']}, its components {added}")
    return gaps


def view_gaps(con: duckdb.DuckDBPyConnection, cells: list[Cell]) -> list[str]:
    """Where the view over time does not say what the macro says of its day. Cells are as known now."""
    gaps = []
    for cell in cells:
        on_day = _one(con, "from core.tariff_for(?, ?, ?)", [cell.hts10, cell.partner_code, cell.day])
        asked = "select * exclude (valid_from, valid_to) from core.fct_tariff_rate where hts10 = ? and partner_code = ?"
        place = [cell.hts10, cell.partner_code, cell.day, cell.day]
        over_time = _one(con, f"{asked} and valid_from <= ? and ? < valid_to", place)
        if on_day != over_time:
            gaps.append(f"{cell}: the macro has {on_day}, the view {over_time}")
    return gaps


def _one(con: duckdb.DuckDBPyConnection, sql: str, parameters: list[object]) -> dict[str, float] | None:
    """The one row there may be. Raises ValueError for more."""
    found = con.execute(sql, parameters)
    names = [column[0] for column in found.description or []]
    rows = found.fetchall()
    if len(rows) > 1:
        raise ValueError(f"{len(rows)} rows for {parameters}")
    return dict(zip(names, rows[0], strict=True)) if rows else None
