"""The engine against its definition: random vintages, scopes, days and withdrawals, and a plain-Python oracle."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.contract import OPEN_END, ThingSpec
from pipelines.vintages import Changes, Covering, append, may_append, rebuild

DAY_0 = date(2025, 1, 1)
LATEST = DAY_0 + timedelta(days=9)
CON = duckdb.connect(config={"threads": "1"})

CELLED = ThingSpec(
    title="trade in two cells",
    key=["cell", "code"],
    cell=["cell"],
    columns={"cell": "text", "code": "text", "value": "bigint", "duty": "bigint"},
    carried={"printed": "text"},
)
WHOLE = ThingSpec(title="a list", key=["code"], columns={"code": "text", "value": "bigint", "duty": "bigint"})


@dataclass(frozen=True)
class Snapshot:
    """A vintage as drawn: rows keyed by (cell, code); columns None = all; cells in scope."""

    day: int
    rows: dict[tuple[str, str], tuple[int | None, int | None]]
    cells: tuple[str, ...]
    columns: tuple[str, ...] | None = None
    has_rows: bool = True


def snapshots(partial: bool) -> st.SearchStrategy[list[Snapshot]]:
    value = st.one_of(st.none(), st.integers(0, 2))

    def one(cells: tuple[str, ...]) -> st.SearchStrategy[Snapshot]:
        keys = st.tuples(st.sampled_from(cells), st.sampled_from("abc"))
        return st.builds(
            Snapshot,
            day=st.integers(0, 5),
            rows=st.dictionaries(keys, st.tuples(value, value), max_size=4),
            cells=st.just(cells),
            columns=st.sampled_from([None, ("value",), ("duty",)]) if partial else st.none(),
            has_rows=st.sampled_from([True, True, False]) if partial else st.just(True),
        )

    return st.lists(st.sampled_from([("x",), ("y",), ("x", "y")]).flatmap(one), min_size=1, max_size=6).map(
        lambda drawn: sorted(drawn, key=lambda s: s.day)
    )


def covering(folder: Path, thing: ThingSpec, place: int, snapshot: Snapshot) -> Covering:
    known_on = DAY_0 + timedelta(days=snapshot.day)
    rows: list[dict[str, Any]] = [
        {"cell": cell, "code": code, "value": value, "duty": duty, "printed": f"{place}:{value}"}
        for (cell, code), (value, duty) in snapshot.rows.items()
    ]
    for row in rows:
        for column in ("value", "duty"):
            if snapshot.columns is not None and column not in snapshot.columns:
                row[column] = None
    file = folder / f"{place}.parquet"
    frame = pl.DataFrame(rows, schema={**thing.schema, "cell": pl.String, "printed": pl.String}).select(
        list(thing.schema)
    )
    frame.with_columns(pl.lit(known_on).alias("known_from"), pl.lit(OPEN_END).alias("known_to")).write_parquet(file)
    cells = pl.DataFrame({"cell": list(snapshot.cells)}) if thing.cell else None
    return Covering(str(place), known_on, file if rows else None, cells, snapshot.columns, snapshot.has_rows)


def true_state(drawn: list[Snapshot], day: int) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """The definition, rule 5 and 6: per cell and column, what the last covering up to that day says."""
    state = {}
    for cell in ("x", "y"):
        held = [s for s in drawn if cell in s.cells and s.day <= day]
        deciding = [s for s in held if s.has_rows]
        if not deciding:
            continue
        for key in (k for k in deciding[-1].rows if k[0] == cell):
            values: list[int | None] = []
            for place, column in enumerate(("value", "duty")):
                stating = [s for s in held if s.columns is None or column in s.columns]
                values.append(stating[-1].rows.get(key, (None, None))[place] if stating else None)
            state[key] = (values[0], values[1])
    return state


def read_rows(path: Path) -> list[dict[str, Any]]:
    return pl.read_parquet(path).to_dicts()


def build(thing: ThingSpec, drawn: list[Snapshot]) -> tuple[list[dict[str, Any]], dict[str, Changes]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        coverings = [covering(folder, thing, i, s) for i, s in enumerate(drawn)]
        changes = rebuild(CON, thing, coverings, folder / "raw.parquet")
        return read_rows(folder / "raw.parquet"), changes


quick = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(snapshots(partial=True))
def test_state_on_any_day_is_what_the_last_covering_vintage_says(drawn: list[Snapshot]) -> None:
    rows, _ = build(CELLED, drawn)
    for day in range(-1, 8):
        on = DAY_0 + timedelta(days=day)
        state = {(r["cell"], r["code"]): (r["value"], r["duty"]) for r in rows if r["known_from"] <= on < r["known_to"]}
        assert state == true_state(drawn, day)


@quick
@given(snapshots(partial=True))
def test_intervals_are_half_open_maximal_and_never_overlap(drawn: list[Snapshot]) -> None:
    rows, _ = build(CELLED, drawn)
    by_key: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        assert row["known_from"] < row["known_to"]
        by_key.setdefault((row["cell"], row["code"]), []).append(row)
    for runs in by_key.values():
        runs.sort(key=lambda r: r["known_from"])
        for before, after in pairwise(runs):
            assert before["known_to"] <= after["known_from"]
            if before["known_to"] == after["known_from"]:
                assert (before["value"], before["duty"]) != (after["value"], after["duty"])


@quick
@given(snapshots(partial=False))
def test_append_equals_rebuild(drawn: list[Snapshot]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        coverings = [covering(folder, CELLED, i, s) for i, s in enumerate(drawn)]
        current = folder / "0-raw.parquet"
        rebuild(CON, CELLED, coverings[:1], current)
        for n in range(1, len(coverings)):
            target = folder / f"{n}-raw.parquet"
            whole = folder / f"{n}-whole.parquet"
            expected = rebuild(CON, CELLED, coverings[: n + 1], whole)
            if may_append(coverings[:n], coverings[n]):
                made = append(CON, CELLED, current, coverings[n], target)
                assert made == expected[str(n)]
                assert target.read_bytes() == whole.read_bytes()
            current = whole


@quick
@given(snapshots(partial=True), st.data())
def test_withdrawal_is_as_if_it_had_never_been_said(drawn: list[Snapshot], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(drawn) - 1))
    kept = [s for i, s in enumerate(drawn) if i != gone]
    if not kept:
        return
    rows, _ = build(CELLED, kept)
    on = LATEST
    state = {(r["cell"], r["code"]): (r["value"], r["duty"]) for r in rows if r["known_from"] <= on < r["known_to"]}
    assert state == true_state(kept, 9)


@quick
@given(snapshots(partial=False))
def test_changes_add_up(drawn: list[Snapshot]) -> None:
    drawn = [replace(s, cells=("x", "y")) for s in drawn]
    rows, changes = build(CELLED, drawn)
    assert sum(c.added + c.changed for c in changes.values()) == len(rows)
    standing = sum(r["known_to"] == OPEN_END for r in rows)
    assert sum(c.added - c.removed for c in changes.values()) == standing


def test_a_list_without_cells_closes_by_absence() -> None:
    first = Snapshot(0, {("x", "a"): (1, 1), ("x", "b"): (1, 1)}, ("x",))
    second = Snapshot(2, {("x", "a"): (2, 1)}, ("x",))
    rows, changes = build(WHOLE, [first, second])
    spans = {(r["code"], r["value"]): (r["known_from"], r["known_to"]) for r in rows}
    day_2 = DAY_0 + timedelta(days=2)
    assert spans == {("a", 1): (DAY_0, day_2), ("a", 2): (day_2, OPEN_END), ("b", 1): (DAY_0, day_2)}
    assert changes["1"] == Changes(added=0, changed=1, removed=1)


def test_an_unstated_column_keeps_its_earlier_state() -> None:
    """Rule 6: the later vintage states value only; duty is unstated there, not deleted."""
    first = Snapshot(0, {("x", "a"): (1, 7)}, ("x",))
    second = Snapshot(1, {("x", "a"): (2, None)}, ("x",), columns=("value",))
    rows, _ = build(CELLED, [first, second])
    assert [(r["value"], r["duty"]) for r in rows] == [(1, 7), (2, 7)]


def test_printed_text_rides_along_without_making_a_change() -> None:
    first = Snapshot(0, {("x", "a"): (1, 1)}, ("x",))
    rows, _ = build(CELLED, [first, replace(first, day=1)])
    assert [(r["printed"], r["known_to"]) for r in rows] == [("0:1", OPEN_END)]


def test_the_last_of_one_day_wins() -> None:
    first = Snapshot(0, {("x", "a"): (1, 1)}, ("x",))
    second = Snapshot(0, {("x", "a"): (2, 1)}, ("x",))
    rows, changes = build(CELLED, [first, second])
    assert [(r["value"], r["known_from"]) for r in rows] == [(2, DAY_0)]
    assert changes["0"] == Changes(0, 0, 0) and changes["1"] == Changes(1, 0, 0)
