"""The landing door: candidates are judged together; if a rule trips, each is judged alone, and the guilty are refused.

Belongs here: laying candidates out for a suite, and recording what became of them.
Does not belong here: the rules (expectations/landing) and the running of suites (gates.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines import gates
from pipelines.contract import SourceSpec
from pipelines.files import duck, read_json, sql_name, sql_text, write_json
from pipelines.gates import RuleResult
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings

#: Rows of candidates that are copied into the gate's own file.
COPIED_AT_MOST = 1_000_000


def judge_candidates(settings: Settings, spec: SourceSpec, thing: str) -> tuple[list[RuleResult], list[Vintage]]:
    """Judge all candidates of a table; accept the good, refuse the bad with the reason.

    Returns the rules' results (of the refused alone, where there are refused ones) and the vintages refused now.
    """
    landing, table = Landing(settings), spec.table(thing)
    candidates = landing.vintages(table, "candidate")
    if not candidates:
        return [], []
    results = _judge(settings, spec, thing, candidates)
    if not _broken(results):
        landing.mark(candidates, "accepted")
        _keep_results(settings, table, candidates, results)
        return results, []
    return _separate(settings, spec, thing, candidates, results)


def _separate(
    settings: Settings, spec: SourceSpec, thing: str, candidates: Sequence[Vintage], results: list[RuleResult]
) -> tuple[list[RuleResult], list[Vintage]]:
    """Tell the bad candidates from the good: those the broken rules name, or all; each judged alone.

    One that breaks a rule only beside the others (a list half as long as the one before it) is bad if it is named.
    """
    landing, table = Landing(settings), spec.table(thing)
    refused: list[Vintage] = []
    evidence: list[RuleResult] = []
    remaining = list(candidates)
    named = {v for r in _broken(results) for v in r.vintages}
    suspects = [c for c in candidates if c.vintage_id in named] or list(candidates)
    for suspect in suspects:
        alone = results if len(candidates) == 1 else _judge(settings, spec, thing, [suspect])
        broken = _broken(alone)
        if broken:
            refused += landing.mark([suspect], "refused", " ".join(r.sentence() for r in broken))
            evidence += [replace(r, observed=f"{suspect.vintage_id}: {r.observed}") for r in alone if not r.passed]
            remaining.remove(suspect)
    if not refused:  # broken only together; where no rule tells which one is wrong, none is let in
        reason = " ".join(r.sentence() for r in _broken(results))
        refused += landing.mark(suspects, "refused", reason)
        evidence += [r for r in results if not r.passed]
        remaining = [c for c in candidates if c not in suspects]
    if remaining:
        again = _judge(settings, spec, thing, remaining)
        if _broken(again):
            more_evidence, more = _separate(settings, spec, thing, remaining, again)
            return evidence + more_evidence, refused + more
        landing.mark(remaining, "accepted")
        _keep_results(settings, table, remaining, again)
    return evidence, refused


def kept_results(settings: Settings) -> list[dict[str, Any]]:
    """The last results of every landing gate whose candidates were let in."""
    paths = sorted(settings.landing.glob("*/gate.json"))
    return [row for path in paths for row in read_json(path)["results"]]


def _broken(results: Sequence[RuleResult]) -> list[RuleResult]:
    return [r for r in results if r.critical and not r.passed]


def _keep_results(settings: Settings, table: str, judged: Sequence[Vintage], results: Sequence[RuleResult]) -> None:
    moment = datetime.now(UTC)
    document = {
        "vintages": [v.folder for v in judged],
        "results": [{**asdict(r), "checked_at": moment.isoformat()} for r in results],
    }
    write_json(settings.landing / table / "gate.json", document)


def _judge(settings: Settings, spec: SourceSpec, thing: str, candidates: Sequence[Vintage]) -> list[RuleResult]:
    table = spec.table(thing)
    suite = gates.read_suite("landing", table)
    database = settings.work / f"gate_{table}.duckdb"
    _remove(database)
    try:
        with duck(settings, str(database)) as con:
            _lay_out(con, settings, spec, thing, candidates)
        return gates.judge("landing", table, database, [("landing", None, suite)])
    finally:
        _remove(database)


def _remove(database: Path) -> None:
    for path in (database, database.with_suffix(".duckdb.wal")):
        path.unlink(missing_ok=True)


def _lay_out(
    con: duckdb.DuckDBPyConnection, settings: Settings, spec: SourceSpec, thing: str, candidates: Sequence[Vintage]
) -> None:
    """`landing` (candidates), `vintages` (with the count of the one before), and the source's other things by name."""
    landing = Landing(settings)
    _view(con, landing, spec, thing, "landing", candidates)
    recorded = [v for v in landing.vintages(spec.table(thing)) if v.status in ("accepted", "candidate")]
    names = {c.folder for c in candidates}
    standing = [v for v in recorded if v.status == "accepted" or v.folder in names]
    # Only vintages of equal scope can be compared by size.
    previous: dict[tuple[tuple[str, ...], str], int] = {}
    rows = []
    for v in standing:
        kind = (tuple(sorted(v.partitions)), v.scope)
        rows.append((v.vintage_id, v.known_on, v.sequence, v.row_count, previous.get(kind), v.folder in names))
        previous[kind] = v.row_count
    columns = ["vintage_id", "known_on", "sequence", "row_count", "previous_row_count", "is_candidate"]
    types = [pl.String, pl.Date, pl.Int32, pl.Int64, pl.Int64, pl.Boolean]
    frame = pl.DataFrame(rows, schema=dict(zip(columns, types, strict=True)), orient="row")
    con.register("vintage_frame", frame)
    con.execute("create table vintages as select * from vintage_frame")
    for other in spec.things:
        if other != thing:
            held = [v for v in landing.vintages(spec.table(other)) if v.status in ("accepted", "candidate")]
            _view(con, landing, spec, other, other, held)


def _view(
    con: duckdb.DuckDBPyConnection,
    landing: Landing,
    spec: SourceSpec,
    thing: str,
    view: str,
    vintages: Sequence[Vintage],
) -> None:
    selects = [
        f"select {sql_text(v.vintage_id)} as vintage_id, * from read_parquet([{_files(landing, v)}])"
        for v in vintages
        if v.row_count
    ]
    if not selects:
        kinds = {"text": "varchar"}
        declared = {
            **spec.things[thing].columns,
            **spec.things[thing].carried,
            "known_from": "date",
            "known_to": "date",
        }
        empty = ", ".join(f"null::{kinds.get(t, t)} as {sql_name(c)}" for c, t in declared.items())
        selects = [f"select null::varchar as vintage_id, {empty} where false"]
    # Each rule opens every file of a view again; what is small is copied once.
    kind = "table" if sum(v.row_count for v in vintages) <= COPIED_AT_MOST else "view"
    con.execute(f"create {kind} {sql_name(view)} as {' union all '.join(selects)}")


def _files(landing: Landing, vintage: Vintage) -> str:
    paths = (landing.file(vintage, partition) for partition in vintage.partitions)
    return ", ".join(sql_text(path) for path in paths if path is not None)
