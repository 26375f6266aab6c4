"""The one idea: a sequence of vintages in, change-coded rows with known_from/known_to out.

Belongs here: the semantics, as set-based SQL over one partition at a time.
Does not belong here: files, manifests and the order of work (warehouse.py).

A *covering* is one landing vintage cut to one partition. Terms:
  cell    the part of the key in which scope is declared; a thing without cells is one whole list
  step    in each cell, the days on which some covering speaks, numbered in order
  group   columns that the same coverings state; the rows themselves (which keys exist) are the first group
  winner  per cell, step and group: the last covering of that day, or of the latest day before it, that states the group

The state at a step is, per group, what its winner says. Rows are maximal runs of equal state over consecutive steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from pipelines.contract import OPEN_END, ThingSpec
from pipelines.files import one_row, sql_name, sql_text

#: Change-coded rows are written in key order, in row groups small enough for selective reads.
ROW_GROUP_ROWS = 122_880


@dataclass(frozen=True)
class Covering:
    """One vintage cut to one partition, in publisher's order by its place in the list.

    file: landing Parquet, None when the vintage declares the partition empty.
    cells: the cells it covers here (None = whole list).  columns: compared columns it states (None = all).
    """

    name: str
    known_on: date
    file: Path | None
    cells: pl.DataFrame | None = None
    columns: tuple[str, ...] | None = None
    has_rows: bool = True

    def states(self, column: str) -> bool:
        return self.columns is None or column in self.columns


@dataclass(frozen=True)
class Changes:
    """How many keys one vintage added, changed and removed in one partition."""

    added: int
    changed: int
    removed: int


def _list(names: Iterable[str], prefix: str = "") -> str:
    return ", ".join(f"{prefix}{sql_name(n)}" for n in names)


def _match(names: Sequence[str], left: str, right: str) -> str:
    return " and ".join(f"{left}.{sql_name(n)} = {right}.{sql_name(n)}" for n in names) or "true"


def _groups(thing: ThingSpec, coverings: Sequence[Covering]) -> list[tuple[list[str], list[int]]]:
    """Columns by the places of the coverings that state them; the group that decides rows comes first."""
    rows = tuple(i for i, c in enumerate(coverings) if c.has_rows)
    by_places: dict[tuple[int, ...], list[str]] = {rows: []}
    for column in [*thing.values, *thing.carried]:
        # Printed text rides with any covering: it belongs to whatever stated the row.
        places = rows if column in thing.carried else tuple(i for i, c in enumerate(coverings) if c.states(column))
        by_places.setdefault(places, []).append(column)
    return [(columns, list(places)) for places, columns in by_places.items()]


def _load_coverings(con: duckdb.DuckDBPyConnection, thing: ThingSpec, coverings: Sequence[Covering]) -> None:
    """Tables `said` (every row of every covering, with its place) and `scope` (place, known_on and its cells)."""
    columns = _list([*thing.columns, *thing.carried])
    selects = [
        f"select {place}::integer as place, {columns} from read_parquet({sql_text(covering.file)})"
        for place, covering in enumerate(coverings)
        if covering.file is not None
    ]
    if not selects:
        typed = ", ".join(
            f"null::{_sql_type(t)} as {sql_name(c)}" for c, t in {**thing.columns, **thing.carried}.items()
        )
        selects = [f"select null::integer as place, {typed} where false"]
    con.execute("create or replace temp view said as " + " union all ".join(selects))
    frames = []
    for place, covering in enumerate(coverings):
        cells = covering.cells.select(thing.cell) if covering.cells is not None else pl.DataFrame({"whole": [True]})
        frames.append(
            cells.with_columns(pl.lit(place).cast(pl.Int32).alias("place"), pl.lit(covering.known_on).alias("known_on"))
        )
    scope = pl.concat(frames)
    con.register("scope_frame", scope)
    con.execute("create or replace temp table scope as select * from scope_frame")
    con.unregister("scope_frame")


def _sql_type(kind: str) -> str:
    return {"text": "varchar"}.get(kind, kind)


def rebuild(
    con: duckdb.DuckDBPyConnection, thing: ThingSpec, coverings: Sequence[Covering], target: Path
) -> dict[str, Changes]:
    """Change-code a partition from all its coverings, given in publisher's order, into one Parquet file.

    Returns the changes each covering made, by its name. A covering that was outdone on its own day made none.
    """
    _load_coverings(con, thing, coverings)
    groups = _groups(thing, coverings)
    cell = thing.cell or ["whole"]
    cells = _list(cell)
    wins = [
        f"""last_value(max(case when place in ({", ".join(map(str, places)) or "-1"}) then place end) ignore nulls)
            over (partition by {cells} order by known_on rows unbounded preceding) as winner_{g}"""
        for g, (_, places) in enumerate(groups)
    ]
    con.execute(f"""
        create or replace temp table steps as
        select {cells}, known_on,
               row_number() over (partition by {cells} order by known_on) as step,
               lead(known_on) over (partition by {cells} order by known_on) as next_on,
               {", ".join(wins)}
        from scope group by {cells}, known_on
    """)
    joins, picked = [], [f"r.{sql_name(c)}" for c in [*thing.key, *groups[0][0]] if c not in thing.carried]
    for g, (columns, _) in enumerate(groups[1:], start=1):
        joins.append(f"left join said as g{g} on g{g}.place = s.winner_{g} and {_match(thing.key, f'g{g}', 'r')}")
        picked += [f"g{g}.{sql_name(c)}" for c in columns]
    # Equal states of a key are gathered first, so that what follows grows with change, not with repetition.
    con.execute(f"""
        create or replace temp table gathered as
        select {", ".join(picked)}, list(s.step) as held_steps, row_number() over () as state
        from said as r join steps as s on r.place = s.winner_0 and {_match(thing.cell, "r", "s")}
        {" ".join(joins)}
        group by {", ".join(picked)}
    """)
    con.execute("""
        create or replace temp table runs as
        with spelled as (select state, unnest(held_steps) as step from gathered),
        numbered as (select *, row_number() over (partition by state order by step) as place from spelled),
        islands as (select state, step, step - place as island from numbered)
        select state, min(step) as first_step, max(step) as last_step from islands group by state, island
    """)
    carried = "".join(f"p.{sql_name(c)}, " for c in thing.carried)
    printed = f"join said as p on p.place = f.winner_0 and {_match(thing.key, 'p', 'g')}" if thing.carried else ""
    con.execute(f"""
        create or replace temp table coded as
        select {_list(thing.columns, "g.")}, {carried}
               f.known_on as known_from, coalesce(l.next_on, {_open()}) as known_to
        from runs as u join gathered as g on g.state = u.state
        join steps as f on f.step = u.first_step and {_match(thing.cell, "f", "g")}
        join steps as l on l.step = u.last_step and {_match(thing.cell, "l", "g")}
        {printed}
    """)
    write_coded(con, thing, "coded", target)
    return _changes(con, thing, coverings)


def _open() -> str:
    return f"date {sql_text(OPEN_END)}"


def write_coded(con: duckdb.DuckDBPyConnection, thing: ThingSpec, relation: str, target: Path) -> None:
    """Write change-coded rows in key order; the bytes are a function of the rows."""
    con.execute(f"""
        copy (select {_list([*thing.columns, *thing.carried])}, known_from, known_to
              from {relation} order by {_list(thing.key)}, known_from)
        to {sql_text(target)} (format parquet, compression zstd, row_group_size {ROW_GROUP_ROWS})
    """)


def _changes(con: duckdb.DuckDBPyConnection, thing: ThingSpec, coverings: Sequence[Covering]) -> dict[str, Changes]:
    """Begins and ends in `coded`, counted for the covering that spoke last on that day in that cell."""
    on_cell = _match(thing.cell, "e", "t")
    rows = con.execute(f"""
        with edges as (
            select *, lag(known_to) over w as before_to, lead(known_from) over w as after_from
            from coded window w as (partition by {_list(thing.key)} order by known_from)
        ), events as (
            select {_list([*thing.cell, "known_from"])},
                   case when before_to = known_from then 'changed' else 'added' end as kind
            from edges
            union all
            select {_list([*thing.cell, "known_to"])}, 'removed' from edges
            where known_to < {_open()} and after_from is distinct from known_to
        ), speakers as (
            select {_list(thing.cell or ["whole"])}, known_on, max(place) as place from scope
            group by {_list(thing.cell or ["whole"])}, known_on
        )
        select t.place, e.kind, count(*)
        from events as e join speakers as t on t.known_on = e.known_from and {on_cell}
        group by all
    """).fetchall()
    counts = {(coverings[place].name, kind): n for place, kind, n in rows}
    return {
        c.name: Changes(*(counts.get((c.name, kind), 0) for kind in ("added", "changed", "removed"))) for c in coverings
    }


def may_append(coverings: Sequence[Covering], newest: Covering) -> bool:
    """Whether the fast path may be taken: it states everything, and speaks after every other covering."""
    states_all = newest.columns is None and newest.has_rows
    return states_all and all(c.known_on < newest.known_on for c in coverings)


def append(con: duckdb.DuckDBPyConnection, thing: ThingSpec, current: Path, newest: Covering, target: Path) -> Changes:
    """Fold one newest, complete covering into a change-coded partition. The result is that of a rebuild."""
    all_columns = [*thing.columns, *thing.carried]
    day = f"date {sql_text(newest.known_on)}"
    source = (
        f"select {_list(all_columns)} from read_parquet({sql_text(newest.file)})"
        if newest.file
        else f"select {_list(all_columns)} from read_parquet({sql_text(current)}) where false"
    )
    if newest.cells is not None:
        con.register("covered_frame", newest.cells.select(thing.cell))
        con.execute("create or replace temp table covered as select * from covered_frame")
        con.unregister("covered_frame")
        in_scope = f"exists (select 1 from covered as c where {_match(thing.cell, 'c', 'r')})"
    else:
        in_scope = "true"
    con.execute(f"create or replace temp view newest as {source}")
    con.execute(f"""
        create or replace temp table before as
        select *, known_to = {_open()} and {in_scope} as is_open from read_parquet({sql_text(current)}) as r
    """)
    # One join serves both the rows that follow and the counts.
    texts = [*thing.values, *thing.carried]
    keys, stood, said = _list(thing.key), [f"stood_{t}" for t in texts], [f"said_{t}" for t in texts]
    same = f"row({_list(thing.values, 'b.')}) is not distinct from row({_list(thing.values, 'n.')})"
    con.execute(f"""
        create or replace temp table paired as
        select {keys}, {_renamed("b", texts, stood)} {_renamed("n", texts, said)}
               b.known_from, b.known_to, b.is_open is not null as has_stood,
               n.is_said is not null as is_said, {same if thing.values else "true"} as is_same
        from (select * from before where is_open) as b
        full join (select *, true as is_said from newest) as n using ({keys})
    """)
    con.execute(f"""
        create or replace temp table coded as
        select {_list([*thing.key, *texts])}, known_from, known_to from before where not is_open
        union all
        select {_list([*thing.key, *stood])}, known_from, case when is_said and is_same then known_to else {day} end
        from paired where has_stood
        union all
        select {_list([*thing.key, *said])}, {day}, {_open()}
        from paired where is_said and not (has_stood and is_same)
    """)
    write_coded(con, thing, "coded", target)
    query = """
        select count(*) filter (is_said and not has_stood),
               count(*) filter (is_said and has_stood and not is_same),
               count(*) filter (not is_said)
        from paired
    """
    return Changes(*one_row(con, query))


def _renamed(table: str, names: Sequence[str], others: Sequence[str]) -> str:
    return "".join(f"{table}.{sql_name(n)} as {sql_name(o)}, " for n, o in zip(names, others, strict=True))
