"""The closure of a 50 % rule over ten million made-up edges of ownership."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.measure import call
from benchmarks.report import Result, Row
from pipelines.files import one_row
from pipelines.ownership.edges import STATED
from pipelines.ownership.graph import Graph
from pipelines.ownership.tables import reach

#: Companies, of which three quarters have one owner and the others two to five: about 1.45 edges each.
COMPANIES, LISTED, SECONDS = 7_000_000, 20_000, 60
DAY = date(2026, 1, 1)
#: Nine owners of ten are near their company (groups up to some twenty steps deep), the others anywhere; one edge of a
#: thousand is turned round, so that there are cycles. Rows are in no order, as in a file of registers put together.
_DRAW = "create macro draw(number, salt) as (hash(number * 64 + salt) % 1000003) / 1000003.0"
_MADE_UP = f"""
with company as (
    select range as i, draw(range, 1) as d from range({COMPANIES}) where range > 0
), stake as (
    select i, owners, unnest(range(owners)) as k from (
        select
            i,
            case when d < 0.75 then 1 when d < 0.9 then 2 else 3 + cast(floor(draw(i, 2) * 3) as int) end as owners
        from company
    )
), held as (
    select
        i,
        i * 8 + k as e,
        owners,
        case
            when draw(i * 8 + k, 3) < 0.9
                then greatest(0, i - 1 - cast(floor(pow(1 / (1 - draw(i * 8 + k, 4) * 0.99999), 1.2)) as bigint))
            else cast(floor(draw(i * 8 + k, 5) * i) as bigint)
        end as o
    from stake
)
select
    'E' || lpad(cast(case when draw(e, 12) < 0.001 then i else o end as varchar), 9, '0') as owner_id,
    'E' || lpad(cast(case when draw(e, 12) < 0.001 then o else i end as varchar), 9, '0') as owned_id,
    case
        when owners > 1 then round((0.2 + 0.8 * draw(e, 8)) / owners, 4)
        when draw(i, 6) < 0.6 then 1.0
        else round(0.3 + 0.7 * draw(i, 7), 4)
    end as share,
    date '2000-01-01' + cast(floor(draw(e, 9) * 9000) as int) as valid_from,
    case
        when draw(e, 10) < 0.7 then date '9999-12-31'
        else date '2000-01-01' + cast(floor(draw(e, 9) * 9000) as int) + 1 + cast(floor(draw(e, 11) * 4000) as int)
    end as valid_to
from held
where i <> o
order by hash(e)
"""


def reach_10m(place: Path) -> Result:
    """Whom 20,000 listed parties reach by ownership over ten million edges with days and cycles, from a Parquet file
    with text identifiers to the rows of `ownership__reach` (every day, shares added up, a way for each): against the
    same fixpoint for a single day and without ways in plain SQL on DuckDB, each round over all edges of that day.
    """
    file = place / "edges.parquet"
    made, _ = call("ownership:make_edges", {}, place / "make.log", file=str(file))
    found, done = call("ownership:close_edges", {}, place / "close.log", file=str(file))
    one_day, plain = call("ownership:close_one_day", {}, place / "plain.log", file=str(file))
    if found["reached_on_the_day"] != one_day["reached"]:
        raise RuntimeError(f"the two ways differ: {found} {one_day}")
    seconds = found["seconds"]
    return Result(
        [
            Row(
                f"reach over {made['edges']:,} edges of ownership, {LISTED:,} listed parties, every day",
                seconds,
                done.peak_mb,
                f"plain SQL for one day without ways, {one_day['seconds']:.1f} s, {plain.peak_mb:,.0f} MB",
                seconds / one_day["seconds"],
                f"less than {SECONDS} s",
                seconds < SECONDS,
                f"{made['parties']:,} parties; {found['rows']:,} rows of reach, up to {found['steps']} steps; reading "
                f"{found['read']:.1f} s, numbering and sorting {found['graph']:.1f} s, closure and ways "
                f"{found['closure']:.1f} s; {one_day['rounds']} rounds of plain SQL",
            )
        ]
    )


def make_edges(file: str) -> dict[str, int]:
    """Write made-up edges; the same every time."""
    with duckdb.connect() as con:
        con.execute(_DRAW)
        con.execute(f"copy ({_MADE_UP}) to '{file}' (format parquet, compression zstd)")
        counts = "select count(*), count(distinct owned_id) + 1 from read_parquet(?)"
        edges, parties = con.execute(counts, [file]).fetchall()[0]
    return {"edges": int(edges), "parties": int(parties)}


def _listed(parties: pl.Series) -> pl.Series:
    """Which parties are listed: the same in both ways, spread over all."""
    return parties.sort().gather_every(max(1, len(parties) // LISTED)).head(LISTED)


def close_edges(file: str) -> dict[str, Any]:
    """Seconds from the file to the rows of reach, as pipelines/ownership does it."""
    begun = time.perf_counter()
    statements = pl.read_parquet(file).with_columns(share_basis=pl.lit(STATED))
    read = time.perf_counter()
    graph = Graph.of(statements)
    numbered = time.perf_counter()
    parties = _listed(graph.ids)
    entry = {"list_code": ["US_BIS_EL"] * len(parties), "entry_key": parties}
    links = pl.DataFrame({**entry, "entity_id": parties})
    always = pl.Series([0] * len(parties), dtype=pl.Int32)
    standing = pl.DataFrame({**entry, "begins": always, "ends": always + 2_932_896})
    rule = pl.DataFrame({"rule_code": ["BIS_AFFILIATES"], "list_code": ["US_BIS_EL"], "threshold_share": [0.5]})
    found = reach(graph, links, standing, rule)
    ended = time.perf_counter()
    on_the_day = found.filter(pl.col("valid_from") <= DAY, pl.col("valid_to") > DAY)
    return {
        "seconds": ended - begun,
        "read": read - begun,
        "graph": numbered - read,
        "closure": ended - numbered,
        "rows": found.height,
        "steps": found["path_length"].max(),
        "reached_on_the_day": on_the_day["entity_id"].n_unique(),
    }


def close_one_day(file: str) -> dict[str, Any]:
    """Seconds of the plain way: counted parties joined with all edges of one day, until a round finds nobody new."""
    statements = pl.scan_parquet(file).select("owner_id", "owned_id").collect()
    listed = _listed(pl.concat([statements["owner_id"], statements["owned_id"]]).unique())
    del statements
    with duckdb.connect() as con:
        con.register("parties", pl.DataFrame({"party": listed}).to_arrow())
        begun = time.perf_counter()
        con.execute("create table listed as select party from parties")
        con.execute("create table counted as from listed")
        con.execute(
            "create table held as select owner_id, owned_id, max(cast(round(share * 100000000) as bigint)) as units"
            f" from read_parquet('{file}') where valid_from <= date '{DAY}' and date '{DAY}' < valid_to group by all"
        )
        rounds, new = 0, 1
        while new:
            con.execute(
                "create or replace table found as select owned_id as party from held join counted on owner_id = party"
                " group by owned_id having sum(units) >= 50000000"
            )
            con.execute("delete from found where party in (from counted)")
            [new] = one_row(con, "select count(*) from found")
            con.execute("insert into counted from found")
            rounds += 1
        seconds = time.perf_counter() - begun
        [reached] = one_row(con, "select count(*) from counted where party not in (from listed)")
    return {"seconds": seconds, "rounds": rounds, "reached": int(reached)}
