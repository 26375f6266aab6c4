"""The factory: from each source contract, the Dagster assets and checks that carry it to raw.

Belongs here: turning contracts into assets. Does not belong here: what the assets do (intake, landing_gate, warehouse).

    landing/<source>__<thing>  what the publisher said, typed; its blocking check is the landing gate
    raw/<source>__<thing>      change-coded partitions of what passed
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import dagster as dg
from pydantic import Field

from pipelines import intake, landing_gate, orchestrate, own_tables, weighing
from pipelines.contract import SourceSpec, all_specs
from pipelines.errors import LandingError, StatecraftError
from pipelines.files import is_writer, one_writer
from pipelines.gates import RuleResult
from pipelines.intake import Origin
from pipelines.landing import Landing, Vintage
from pipelines.landing_gate import Judgement
from pipelines.lineage import Lineage
from pipelines.manifest import prepare_manifest
from pipelines.progress import counted, log, step
from pipelines.settings import Settings, load_settings
from pipelines.span import Span
from pipelines.standing import came_through
from pipelines.warehouse import Warehouse

NOTHING_NEW = "nothing new"


class Run(dg.ConfigurableResource):  # type: ignore[type-arg]
    """What this run takes in. Holds the writer lock while the run lasts; what it builds on is whole."""

    source: str = Field(default="pack", description='"pack", "live", or a folder of publishers\' files or a pack.')
    only: list[str] = Field(default_factory=list, description="Sources to ask; all when empty.")
    first: str = Field(default="", description="Of a live publisher, the first month asked for by name: 2024-01.")
    last: str = Field(default="", description="The last such month; the first when empty.")

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Run"]:
        settings = load_settings()
        orchestrate.expect_missing_checks()
        is_ready = is_writer(settings)  # whoever took the lock before saw to it
        with one_writer(settings):
            if not is_ready:
                orchestrate.ready(settings, self.source)
            yield self

    def settings(self) -> Settings:
        return load_settings()

    def asks(self, name: str) -> bool:
        return not self.only or name in self.only

    def origin(self, settings: Settings) -> Origin:
        origin = Origin.named(self.source, settings)
        return replace(origin, wanted=Span.named(self.first, self.last or self.first)) if self.first else origin


def landing_key(spec: SourceSpec, thing: str) -> dg.AssetKey:
    return dg.AssetKey(["landing", spec.table(thing)])


def raw_key(spec: SourceSpec, thing: str) -> dg.AssetKey:
    return dg.AssetKey(["raw", spec.table(thing)])


def _description(spec: SourceSpec, thing: str) -> str:
    return f"{spec.things[thing].title}\n\nPublisher: {spec.publisher} ({spec.licence}). {spec.cadence.words}"


def landing_assets(spec: SourceSpec) -> dg.AssetsDefinition:
    """Fetch or read, archive, parse and land one source's vintages."""
    stale = timedelta(days=spec.cadence.stale_after_days)

    @dg.multi_asset(
        name=f"land_{spec.name}",
        specs=[
            dg.AssetSpec(
                landing_key(spec, thing),
                group_name="landing",
                description=_description(spec, thing),
                freshness_policy=dg.FreshnessPolicy.time_window(fail_window=stale),
                kinds={"polars", "parquet"},
            )
            for thing in spec.things
        ],
        retry_policy=None,
        pool="warehouse",
    )
    def land(run: Run) -> Iterator[dg.MaterializeResult[None]]:
        settings = run.settings()
        with one_writer(settings):
            landed = _take_in(settings, spec, run)
            for thing in spec.things:
                mine = [v for v in landed if v.thing == thing]
                rows = sum(v.row_count for v in mine)
                yield dg.MaterializeResult(
                    asset_key=landing_key(spec, thing), metadata={"vintages": len(mine), "rows": rows}
                )

    return land


def _take_in(settings: Settings, spec: SourceSpec, run: Run) -> list[Vintage]:
    if not run.asks(spec.name):
        return []
    with step(spec.name) as words:
        try:
            report = intake.take_in(settings, spec, run.origin(settings))
        except StatecraftError as error:
            path = intake.record_incident(settings, spec.name, "landing", error)
            log.error("%s\nEvidence: %s", error, path)
            raise
        if report.landed:
            rows = sum(v.row_count for v in report.landed)
            words += [f"{counted(len(report.landed), 'vintage')} landed", counted(rows, "row")]
    weighing.begin(settings, spec)
    return report.landed


def landing_checks(spec: SourceSpec) -> dg.AssetChecksDefinition:
    """The landing gate of one source: blocking, so that raw is not touched when it trips."""
    checks = {
        thing: dg.AssetCheckSpec(
            name="landing_gate",
            asset=landing_key(spec, thing),
            blocking=True,
            description=f"expectations/landing/{spec.table(thing)}.json on every new vintage.",
        )
        for thing in spec.things
    }

    @dg.multi_asset_check(name=f"gate_{spec.name}", specs=list(checks.values()), pool="warehouse")
    def gate(run: Run) -> Iterator[dg.AssetCheckResult]:
        settings = run.settings()
        with one_writer(settings):
            judgements = {thing: _weigh(settings, spec, thing) for thing in spec.things}
            settled = landing_gate.settle(settings, spec, judgements)
            for thing, judgement in settled.items():
                _tell(settings, spec, judgement)
                yield dg.AssetCheckResult(
                    asset_key=landing_key(spec, thing),
                    check_name="landing_gate",
                    passed=not judgement.refused,
                    severity=dg.AssetCheckSeverity.ERROR,
                    metadata={"rules": rules_table(judgement.results) if judgement.results else NOTHING_NEW},
                )

    return gate


def _weigh(settings: Settings, spec: SourceSpec, thing: str) -> Judgement:
    with step(f"gate {spec.table(thing)}") as words:
        judgement = weighing.weigh(settings, spec, thing)
        if judgement.results and not judgement.refused:
            words.append(f"{counted(len(judgement.results), 'rule')} passed")
    return judgement


def _tell(settings: Settings, spec: SourceSpec, judgement: Judgement) -> None:
    """Warnings to the log; refusals to the log and on record."""
    for result in judgement.results:
        if not result.passed and not result.critical:
            log.warning("%s", result.sentence())
    if judgement.refused:
        error = LandingError(
            "; ".join(v.reason for v in judgement.refused),
            spec.runbook.get("refused", "Correct the file and add it again, or leave it: the last release stands."),
            source=spec.name,
            file=", ".join(v.vintage_id for v in judgement.refused),
            rule=", ".join(sorted({r.rule for r in judgement.results if not r.passed and r.critical})),
        )
        path = intake.record_incident(settings, spec.name, "landing_gate", error)
        log.error("%s\nEvidence: %s", error, path)


def rules_table(results: list[RuleResult]) -> dg.MetadataValue:
    records = [
        dg.TableRecord(
            {"table": r.table_name, "rule": r.rule, "passed": r.passed, "saw": r.observed, "wanted": r.bound}
        )
        for r in results
    ]
    return dg.MetadataValue.table(records)


def raw_assets(spec: SourceSpec) -> dg.AssetsDefinition:
    """Change-code what passed. Depends on every thing's gate, so a source enters raw whole or not at all."""

    @dg.multi_asset(
        name=f"raw_{spec.name}",
        specs=[
            dg.AssetSpec(
                raw_key(spec, thing),
                group_name="raw",
                deps=[landing_key(spec, t) for t in spec.things],
                description=f"{spec.things[thing].title}, change-coded (known_from, known_to).",
                kinds={"duckdb", "parquet"},
            )
            for thing in spec.things
        ],
        pool="warehouse",
    )
    def write_raw(run: Run) -> Iterator[dg.MaterializeResult[None]]:
        settings = run.settings()
        with one_writer(settings):
            for thing in spec.things:
                with step(f"raw {spec.table(thing)}") as words:
                    report = Warehouse(settings).sync(spec, thing)
                    if report.touched:
                        words += [f"{counted(report.touched, 'partition')} written", counted(report.rows, "row")]
                held = Landing(settings).vintages(spec.table(thing), "accepted")
                newest = held[-1].known_on.isoformat() if held else "none"
                yield dg.MaterializeResult(
                    asset_key=raw_key(spec, thing),
                    metadata={"dagster/row_count": report.rows, "vintages": len(held), "newest": newest},
                )
            if run.source != "none" and run.asks(spec.name):
                came_through(settings, spec.name)

    return write_raw


def own_tables_asset() -> dg.AssetsDefinition:
    """The pipeline's own record beside raw."""
    inputs = [raw_key(s, t) for s in all_specs().values() for t in s.things]

    @dg.multi_asset(
        name="raw_statecraft",
        specs=[
            dg.AssetSpec(
                dg.AssetKey(["raw", table]), group_name="raw", deps=inputs, description=text, kinds={"parquet"}
            )
            for table, text in own_tables.TABLES.items()
        ],
        pool="warehouse",
    )
    def statecraft(run: Run) -> Iterator[dg.MaterializeResult[None]]:
        settings = run.settings()
        with one_writer(settings):
            own_tables.write(settings, all_specs(), Lineage.read(prepare_manifest(settings)))
        for table in own_tables.TABLES:
            yield dg.MaterializeResult(asset_key=dg.AssetKey(["raw", table]))

    return statecraft
