"""The two doors: Great Expectations suites judged on what is about to be let in, or out.

Belongs here: running a suite over a DuckDB file and saying, rule by rule, what was seen.
Does not belong here: the rules (expectations/), and what happens to what fails (landing_gate.py, release.py).

Great Expectations takes seconds to import, so it is imported only when there is something to judge.
"""

from __future__ import annotations

import importlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import StatecraftError
from pipelines.files import sql_name
from pipelines.settings import PROJECT_ROOT, load_settings, named_folder

#: The suites that ship with the project.
EXPECTATIONS = PROJECT_ROOT / "expectations"
ROWS_SHOWN = 5


@dataclass(frozen=True)
class RuleResult:
    """What one rule of one suite saw. critical rules refuse; others warn."""

    gate: str
    table_name: str
    rule: str
    passed: bool
    critical: bool
    observed: str
    bound: str
    action: str = ""
    rows: list[Any] = field(default_factory=list)
    vintages: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """One readable line: rule, what was seen, rows, what to do."""
        seen = f"{self.table_name}: rule {self.rule}: saw {self.observed}, wanted {self.bound}."
        shown = f" Rows: {'; '.join(str(row) for row in self.rows)}." if self.rows else ""
        return f"{seen}{shown} {self.action}".strip()


def expectations() -> Path:
    """The folder of suites: $STATECRAFT_EXPECTATIONS, else those that ship with the project."""
    return named_folder("STATECRAFT_EXPECTATIONS") or EXPECTATIONS


def suite_path(gate: str, table: str) -> Path:
    """<folder of suites>/<gate>/<table>.json"""
    return expectations() / gate / f"{table}.json"


def read_suite(gate: str, table: str) -> dict[str, Any]:
    """The suite as written. Raises StatecraftError if a guarded table has none: a missing gate must not pass."""
    path = suite_path(gate, table)
    if not path.exists():
        raise StatecraftError(f"{table} has no {gate} suite.", f"Write {gate}/{path.name} in {expectations().name}/.")
    suite: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return suite


def warm_up() -> None:
    """Begin importing Great Expectations beside other work: a judgement is coming."""
    threading.Thread(target=importlib.import_module, args=("great_expectations",), daemon=True).start()


def judge(
    gate: str, table: str, database: Path, suites: list[tuple[str, str | None, dict[str, Any]]]
) -> list[RuleResult]:
    """Judge relations of a DuckDB file.

    suites: (relation, schema or None, suite). table: how results are named when the relation is a gate's own view
    ("" = by schema and relation). A rule that cannot be evaluated counts as failed. Of a rule written in SQL that did
    not pass, a few rows are shown, and the vintages they lie in where it names them.
    """
    import great_expectations as gx  # noqa: PLC0415 (seconds to import)
    import sqlalchemy  # noqa: PLC0415

    import pipelines.gx_rules  # noqa: F401, PLC0415 (importing it registers the rule)
    from pipelines.duckdb_dialect import close_all  # noqa: PLC0415 (importing it registers the dialect)

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_sql(
        "door",
        connection_string=f"duckdb+buffered:///{database}",
        create_temp_table=False,
        # One connection for all rules, closed below: a stale handle would lock the writer out.
        kwargs={  # type: ignore[call-arg]
            "poolclass": sqlalchemy.pool.StaticPool,
            "connect_args": {"read_only": True, "config": _limits()},
        },
    )
    results: list[RuleResult] = []
    queries: dict[tuple[str, str], str] = {}
    try:
        for relation, schema, suite in suites:
            name = table or f"{schema}.{relation}"
            asset = source.add_table_asset(name, table_name=relation, schema_name=schema)
            validation = gx.ValidationDefinition(
                name=name,
                data=asset.add_batch_definition_whole_table(name),
                suite=context.suites.add(gx.ExpectationSuite(**suite)),
            )
            outcome = context.validation_definitions.add(validation).run(
                result_format={"result_format": "SUMMARY", "partial_unexpected_count": ROWS_SHOWN}
            )
            results += [_result(gate, name, each) for each in outcome.results]
            queries |= {(name, rule): query for rule, query in _queries(relation, schema, suite)}
    finally:
        close_all()
    shown = _with_rows(database, results, queries)
    return sorted(shown, key=lambda r: (r.table_name, r.rule))


def _limits() -> dict[str, Any]:
    """What of the machine a gate may use; it spills where every other step does."""
    settings = load_settings()
    return {
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "temp_directory": str(settings.temp),
    }


def _queries(relation: str, schema: str | None, suite: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Rule -> query, for the rules of a suite that are written in SQL."""
    batch = ".".join(sql_name(part) for part in (schema, relation) if part)
    for each in suite["expectations"]:
        if query := each["kwargs"].get("unexpected_rows_query"):
            yield (each.get("meta") or {}).get("rule", each["type"]), query.format(batch=batch)


def _with_rows(database: Path, results: list[RuleResult], queries: dict[tuple[str, str], str]) -> list[RuleResult]:
    """The results, those that did not pass with their rows (Great Expectations only counts the rows of a query)."""
    failed = [(r, queries[r.table_name, r.rule]) for r in results if not r.passed and (r.table_name, r.rule) in queries]
    if not failed:
        return results
    told = {}
    with duckdb.connect(str(database), read_only=True, config=_limits()) as con:
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
