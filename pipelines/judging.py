"""The process that judges: Great Expectations over a DuckDB file, on request.

Belongs here: how Great Expectations is called, and what its answers mean. Does not belong here: who asks (gates.py).

One request a line of standard input, one answer a line of standard output, both JSON; it ends when its input does.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import duckdb
import great_expectations as gx
import sqlalchemy

import pipelines.gx_rules  # noqa: F401 (importing it registers the rule)
from pipelines.duckdb_dialect import close_all  # importing it registers the dialect
from pipelines.files import sql_name
from pipelines.gates import ROWS_SHOWN, RuleResult


def main() -> None:
    """Answer requests until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    for line in sys.stdin:
        try:
            answer: dict[str, Any] = {"results": [asdict(result) for result in judge(**json.loads(line))]}
        except Exception:  # whoever asked must hear of it, whatever it is
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()
    os._exit(0)  # taking all the libraries down in order takes a second and a half


def judge(
    gate: str, table: str, database: str, suites: list[tuple[str, str | None, dict[str, Any]]], limits: dict[str, Any]
) -> list[RuleResult]:
    """See gates.judge. limits: DuckDB's settings."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_sql(
        "door",
        connection_string=f"duckdb+buffered:///{database}",
        create_temp_table=False,
        # One connection for all rules, closed below: a stale handle would lock the writer out.
        kwargs={  # type: ignore[call-arg]
            "poolclass": sqlalchemy.pool.StaticPool,
            "connect_args": {"read_only": True, "config": limits},
        },
    )
    results: list[RuleResult] = []
    queries: dict[tuple[str, str], str] = {}
    try:
        for relation, schema, suite in suites:
            name = table or f"{schema}.{relation}"
            asset = source.add_table_asset(name, table_name=relation, schema_name=schema)
            outcome = (
                asset.add_batch_definition_whole_table(name)
                .get_batch()
                .validate(
                    gx.ExpectationSuite(**suite),
                    result_format={"result_format": "SUMMARY", "partial_unexpected_count": ROWS_SHOWN},
                )
            )
            results += [_result(gate, name, each) for each in outcome.results]
            queries |= {(name, rule): query for rule, query in _queries(relation, schema, suite)}
    finally:
        close_all()
    shown = _with_rows(database, limits, results, queries)
    return sorted(shown, key=lambda r: (r.table_name, r.rule))


def _queries(relation: str, schema: str | None, suite: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Rule -> query, for the rules of a suite that are written in SQL."""
    batch = ".".join(sql_name(part) for part in (schema, relation) if part)
    for each in suite["expectations"]:
        if query := each["kwargs"].get("unexpected_rows_query"):
            yield (each.get("meta") or {}).get("rule", each["type"]), query.format(batch=batch)


def _with_rows(
    database: str, limits: dict[str, Any], results: list[RuleResult], queries: dict[tuple[str, str], str]
) -> list[RuleResult]:
    """The results, those that did not pass with their rows (Great Expectations only counts the rows of a query)."""
    failed = [(r, queries[r.table_name, r.rule]) for r in results if not r.passed and (r.table_name, r.rule) in queries]
    if not failed:
        return results
    told = {}
    with duckdb.connect(database, read_only=True, config=limits) as con:
        for result, query in failed:
            try:
                found = con.execute(f"select * from ({query}) limit {ROWS_SHOWN}")
                names = [column[0] for column in found.description]
                rows = [", ".join(f"{n}={v}" for n, v in zip(names, row, strict=True)) for row in found.fetchall()]
                named = f"select distinct vintage_id from ({query}) order by all" if "vintage_id" in names else None
                vintages = [v for (v,) in con.execute(named).fetchall()] if named else []
            except duckdb.Error:  # it could not be evaluated above either
                continue
            told[result.table_name, result.rule] = replace(result, rows=rows, vintages=vintages)
    return [told.get((r.table_name, r.rule), r) for r in results]


def _result(gate: str, name: str, each: Any) -> RuleResult:
    config, result = each.expectation_config, each.result or {}
    meta = config.meta or {}
    errors = [e.get("exception_message") for e in _exceptions(each.exception_info) if e.get("raised_exception")]
    if errors:
        observed = f"could not be evaluated: {errors[0]}"
    elif "observed_value" in result:
        observed = str(result["observed_value"])
    else:
        observed = f"{result.get('unexpected_count', 0)} of {result.get('element_count', 0)} values"
    return RuleResult(
        gate=gate,
        table_name=name,
        rule=meta.get("rule", config.type),
        passed=bool(each.success),
        critical=str(getattr(config.severity, "value", config.severity)) == "critical",
        observed=observed,
        bound=_bound(config),
        action=meta.get("action", ""),
        rows=[] if each.success else list(result.get("partial_unexpected_list", []))[:ROWS_SHOWN],
    )


def _exceptions(info: dict[str, Any]) -> list[dict[str, Any]]:
    return [info] if "raised_exception" in info else [e for e in info.values() if isinstance(e, dict)]


def _bound(config: Any) -> str:
    words = {k: v for k, v in config.kwargs.items() if k not in ("batch_id", "unexpected_rows_query")}
    inside = ", ".join(f"{k}={v}" for k, v in sorted(words.items()))
    if config.type == "unexpected_rows_expectation":
        return "no rows"
    return f"{config.type.removeprefix('expect_')}({inside})"


if __name__ == "__main__":
    main()
