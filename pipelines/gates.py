"""The two doors: Great Expectations suites judged on what is about to be let in, or out.

Belongs here: running a suite over a DuckDB file and saying, rule by rule, what was seen.
Does not belong here: the rules (expectations/), and what happens to what fails (landing_gate.py, release.py).

Great Expectations takes seconds to import, so it is imported only when there is something to judge.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import StatecraftError
from pipelines.settings import PROJECT_ROOT

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


def suite_path(gate: str, table: str) -> Path:
    """expectations/<gate>/<table>.json"""
    return EXPECTATIONS / gate / f"{table}.json"


def read_suite(gate: str, table: str) -> dict[str, Any]:
    """The suite as written. Raises StatecraftError if a guarded table has none: a missing gate must not pass."""
    path = suite_path(gate, table)
    if not path.exists():
        raise StatecraftError(f"{table} has no {gate} suite.", f"Write {path.relative_to(PROJECT_ROOT)}.")
    suite: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return suite


def judge(
    gate: str, table: str, database: Path, suites: list[tuple[str, str | None, dict[str, Any]]]
) -> list[RuleResult]:
    """Judge relations of a DuckDB file.

    suites: (relation, schema or None, suite). table: how results are named when the relation is a gate's own view
    ("" = by schema and relation). A rule that cannot be evaluated counts as failed.
    """
    import great_expectations as gx  # noqa: PLC0415 (seconds to import)
    import sqlalchemy  # noqa: PLC0415

    from pipelines.duckdb_dialect import close_all  # noqa: PLC0415 (importing it registers the dialect)

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    source = context.data_sources.add_sql(
        "door",
        connection_string=f"duckdb+buffered:///{database}",
        create_temp_table=False,
        # One connection for all rules, closed below: a stale handle would lock the writer out.
        kwargs={"poolclass": sqlalchemy.pool.StaticPool, "connect_args": {"read_only": True}},  # type: ignore[call-arg]
    )
    results: list[RuleResult] = []
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
    finally:
        close_all()
    return sorted(results, key=lambda r: (r.table_name, r.rule))


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
