"""The landing door: candidates are judged together; if a rule trips, each is judged alone, and the guilty are refused.

Belongs here: laying candidates out for a suite, and recording what became of them.
Does not belong here: the rules (expectations/landing) and the running of suites (gates.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines import gates
from pipelines.contract import SourceSpec, ThingSpec
from pipelines.files import duck, read_json, sql_name, sql_text, write_json
from pipelines.gates import RuleResult
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings

#: Rows of candidates that are copied into the gate's own file.
COPIED_AT_MOST = 1_000_000
#: Editions a candidate is compared with to see whether an old file was served again.
LOOKED_BACK = 30


#: Columns of the table `vintages`.
VINTAGES = {
    "vintage_id": pl.String,
    "known_on": pl.Date,
    "sequence": pl.Int32,
    "row_count": pl.Int64,
    "origin": pl.String,
    "previous_vintage_id": pl.String,
    "previous_row_count": pl.Int64,
    "same_as": pl.String,
    "is_candidate": pl.Boolean,
}


@dataclass(frozen=True)
class Judgement:
    """What the gate makes of one table's candidates; nothing is on record before `settle`.

    results: of the refused alone, where there are refused ones.  refused: with the reason.
    seen: results over the accepted together.
    """

    results: list[RuleResult] = field(default_factory=list)
    accepted: list[Vintage] = field(default_factory=list)
    refused: list[Vintage] = field(default_factory=list)
    seen: list[RuleResult] = field(default_factory=list)


def weigh(settings: Settings, spec: SourceSpec, thing: str) -> Judgement:
    """Judge all candidates of a table, and tell the bad from the good."""
    candidates = Landing(settings).vintages(spec.table(thing), "candidate")
    if not candidates:
        return Judgement()
    results = _judge(settings, spec, thing, candidates)
    if not _broken(results):
        return Judgement(results, candidates, [], results)
    return _separate(settings, spec, thing, candidates, results)


def settle(settings: Settings, spec: SourceSpec, judgements: dict[str, Judgement]) -> dict[str, Judgement]:
    """Put judgements on the things of one source on record; an edition enters whole or not at all.

    A vintage whose edition is refused in another thing is refused with it. What the gate saw is written before anything
    is accepted, so that nothing is ever held without it.
    """
    told = {v.vintage_id: f"{v.thing}: {v.reason}" for j in judgements.values() for v in j.refused}
    settled = {}
    for thing, judgement in judgements.items():
        followers = [v for v in judgement.accepted if v.vintage_id in told]
        refused = [
            *judgement.refused,
            *(replace(v, reason=f"Refused with its edition. {told[v.vintage_id]}") for v in followers),
        ]
        accepted = [v for v in judgement.accepted if v not in followers]
        settled[thing] = replace(judgement, accepted=accepted, refused=refused)
    landing = Landing(settings)
    for judgement in settled.values():
        for vintage in judgement.refused:
            landing.mark([vintage], "refused", vintage.reason)
    for thing, judgement in settled.items():
        if judgement.accepted:
            _keep_results(settings, spec.table(thing), judgement.accepted, judgement.seen)
    landing.mark([v for judgement in settled.values() for v in judgement.accepted], "accepted")
    return settled


def _separate(
    settings: Settings, spec: SourceSpec, thing: str, candidates: Sequence[Vintage], results: list[RuleResult]
) -> Judgement:
    """Tell the bad candidates from the good: those the broken rules name, or all; each judged alone.

    One that breaks a rule only beside the others (a list half as long as the one before it) is bad if it is named.
    """
    refused: list[Vintage] = []
    evidence: list[RuleResult] = []
    remaining = list(candidates)
    named = {v for r in _broken(results) for v in r.vintages}
    suspects = [c for c in candidates if c.vintage_id in named] or list(candidates)
    for suspect in suspects:
        alone = results if len(candidates) == 1 else _judge(settings, spec, thing, [suspect])
        broken = _broken(alone)
        if broken:
            refused.append(replace(suspect, reason=" ".join(r.sentence() for r in broken)))
            evidence += [replace(r, observed=f"{suspect.vintage_id}: {r.observed}") for r in alone if not r.passed]
            remaining.remove(suspect)
    if not refused:  # broken only together; where no rule tells which one is wrong, none is let in
        reason = " ".join(r.sentence() for r in _broken(results))
        refused = [replace(suspect, reason=reason) for suspect in suspects]
        evidence = [r for r in results if not r.passed]
        remaining = [c for c in candidates if c not in suspects]
    if not remaining:
        return Judgement(evidence, [], refused)
    again = _judge(settings, spec, thing, remaining)
    if not _broken(again):
        return Judgement(evidence, remaining, refused, again)
    rest = _separate(settings, spec, thing, remaining, again)
    return replace(rest, results=evidence + rest.results, refused=refused + rest.refused)


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
            _lay_out(con, settings, spec, thing, candidates, compares_editions(suite))
        return gates.judge("landing", table, database, [("landing", None, suite)])
    finally:
        _remove(database)


def _remove(database: Path) -> None:
    for path in (database, database.with_suffix(".duckdb.wal")):
        path.unlink(missing_ok=True)


def compares_editions(suite: dict[str, Any]) -> bool:
    """Whether a rule looks at the rows of the edition before, or for an older edition that says the same."""
    words = " ".join(str(rule["kwargs"]) for rule in suite["expectations"])
    return " previous " in words or "same_as" in words


def _lay_out(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: SourceSpec,
    thing: str,
    candidates: Sequence[Vintage],
    with_editions: bool,
) -> None:
    """Tables of the gate's database: what the rules may ask.

    `landing`: rows of the candidates.  `vintages`: all that stand, with the one before it of equal scope and its count.
    The source's other things by name.  with_editions: also `previous`, the rows of the vintage before each candidate
    under the candidate's vintage_id, and in `vintages` same_as, an older one that says the same as the candidate.
    """
    landing = Landing(settings)
    _view(con, landing, spec, thing, "landing", candidates)
    recorded = [v for v in landing.vintages(spec.table(thing)) if v.status in ("accepted", "candidate")]
    names = {c.folder for c in candidates}
    standing = [v for v in recorded if v.status == "accepted" or v.folder in names]
    # Only vintages of equal scope can be compared by size.
    before: dict[tuple[tuple[str, ...], str], list[Vintage]] = {}
    rows, pairs = [], []
    for v in standing:
        earlier = before.setdefault((tuple(sorted(v.partitions)), v.scope), [])
        last = earlier[-1] if earlier else None
        if with_editions and v.folder in names and last is not None:
            pairs.append((v, last))
        same = _same(con, landing, spec.things[thing], v, earlier) if with_editions and v.folder in names else None
        told = (last.vintage_id, last.row_count) if last is not None else (None, None)
        rows.append((v.vintage_id, v.known_on, v.sequence, v.row_count, v.origin, *told, same, v.folder in names))
        earlier.append(v)
    frame = pl.DataFrame(rows, schema=VINTAGES, orient="row")
    con.register("vintage_frame", frame)
    con.execute("create table vintages as select * from vintage_frame")
    if with_editions:
        _previous(con, landing, spec.things[thing], pairs)
    for other in spec.things:
        if other != thing:
            held = [v for v in landing.vintages(spec.table(other)) if v.status in ("accepted", "candidate")]
            _view(con, landing, spec, other, other, held)


def _same(
    con: duckdb.DuckDBPyConnection, landing: Landing, thing: ThingSpec, candidate: Vintage, earlier: Sequence[Vintage]
) -> str | None:
    """The newest of the earlier vintages whose compared columns say the same in every row; None where none does.

    One landed before a column was added to the contract is not comparable.
    """

    def told(vintage: Vintage) -> str:
        columns = ", ".join(sql_name(c) for c in thing.columns)
        return f"select {columns} from read_parquet([{_files(landing, vintage)}])"

    for old in reversed(earlier[-LOOKED_BACK:]):
        if old.row_count != candidate.row_count or not old.row_count:
            continue
        try:
            differs = con.execute(f"select 1 from (({told(candidate)}) except ({told(old)})) limit 1").fetchall()
        except duckdb.BinderException:
            return None
        if not differs:
            return old.vintage_id
    return None


def _previous(
    con: duckdb.DuckDBPyConnection, landing: Landing, thing: ThingSpec, pairs: Sequence[tuple[Vintage, Vintage]]
) -> None:
    """`previous`: per candidate the rows of the vintage before it. Columns an older contract did not have are NULL."""
    con.execute(f"create table previous as {_no_rows(thing)}")
    for candidate, last in pairs:
        if last.row_count:
            rows = (
                f"select {sql_text(candidate.vintage_id)} as vintage_id, * from read_parquet([{_files(landing, last)}])"
            )
            con.execute(f"insert into previous by name {rows}")


def _no_rows(thing: ThingSpec) -> str:
    """A query with the columns of landed rows and none of these."""
    kinds = {"text": "varchar"}
    declared = {**thing.columns, **thing.carried, "known_from": "date", "known_to": "date"}
    empty = ", ".join(f"null::{kinds.get(t, t)} as {sql_name(c)}" for c, t in declared.items())
    return f"select null::varchar as vintage_id, {empty} where false"


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
        selects = [_no_rows(spec.things[thing])]
    # Each rule opens every file of a view again; what is small is copied once.
    kind = "table" if sum(v.row_count for v in vintages) <= COPIED_AT_MOST else "view"
    con.execute(f"create {kind} {sql_name(view)} as {' union all '.join(selects)}")


def _files(landing: Landing, vintage: Vintage) -> str:
    paths = (landing.file(vintage, partition) for partition in vintage.partitions)
    return ", ".join(sql_text(path) for path in paths if path is not None)
