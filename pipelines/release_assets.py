"""The last three steps as Dagster assets: a candidate, its blocking gate, the release.

Belongs here: the order of those steps. Does not belong here: how a release is made (release.py).
"""

from pathlib import Path

import dagster as dg

from pipelines import intake, mending, release
from pipelines.assets import NOTHING_NEW, Run, rules_table
from pipelines.contract import all_specs
from pipelines.errors import GateError
from pipelines.files import one_writer
from pipelines.gates import RuleResult
from pipelines.lineage import Lineage
from pipelines.progress import counted, log, step

_CANDIDATE, _LATEST = KEYS = (dg.AssetKey(["release", "candidate"]), dg.AssetKey(["release", "latest"]))


def release_assets(
    mart_keys: list[dg.AssetKey], manifest: Path
) -> tuple[list[dg.AssetsDefinition], list[dg.AssetChecksDefinition]]:
    """The candidate, its blocking gate, and the release."""

    @dg.asset(
        key=_CANDIDATE,
        group_name="release",
        deps=mart_keys,
        description="A complete release built aside: DuckDB file, Parquet, data package, changes, documentation.",
        kinds={"duckdb", "parquet"},
        pool="warehouse",
    )
    def candidate(run: Run) -> dg.MaterializeResult[None]:
        settings = run.settings()
        with one_writer(settings), step("candidate") as words, mending.reading_work(settings):
            folder = release.build_candidate(settings, Lineage.read(manifest), all_specs())
            if folder:
                words.append(folder.name)
        return dg.MaterializeResult(metadata={"build": folder.name if folder else NOTHING_NEW})

    verdict: dict[str, list[RuleResult]] = {}

    @dg.asset_check(
        name="release_gate",
        asset=_CANDIDATE,
        blocking=True,
        pool="warehouse",
        description="expectations/release/*.json on the candidate's own bytes.",
    )
    def release_gate(run: Run) -> dg.AssetCheckResult:
        settings = run.settings()
        folder = release.candidate(settings)
        if folder is None:
            return dg.AssetCheckResult(passed=True, metadata={"rules": NOTHING_NEW})
        with one_writer(settings), step("release gate") as words:
            results = release.judge_candidate(folder, Lineage.read(manifest))
            verdict[folder.name] = results
            broken = [r for r in results if r.critical and not r.passed]
            words.append(f"{counted(len(results) - len(broken), 'rule')} of {len(results)} passed")
        if broken:
            reason = " ".join(r.sentence() for r in broken)
            error = GateError(
                f"The release gate refused {folder.name}: {reason}",
                "Mend what the rule names, or withdraw the vintage that brought it (statecraft withdraw): every refresh"
                " stops here until then. The last release stands.",
            )
            path = intake.record_incident(settings, "release", "release_gate", error)
            log.error("%s\nEvidence: %s", error, path)
        return dg.AssetCheckResult(passed=not broken, metadata={"rules": rules_table(results)})

    @dg.asset(
        key=_LATEST,
        group_name="release",
        deps=[_CANDIDATE],
        description="What readers see: releases/latest, swapped in one step.",
        kinds={"duckdb", "parquet"},
        pool="warehouse",
    )
    def publish(run: Run) -> dg.MaterializeResult[None]:
        settings = run.settings()
        with one_writer(settings):
            folder = release.candidate(settings)
            if folder is None:
                return dg.MaterializeResult(metadata={"build": NOTHING_NEW})
            lineage = Lineage.read(manifest)
            # The gate's verdict travels in memory; a process that lacks it judges again rather than trusts.
            results = verdict.pop(folder.name, None) or release.judge_candidate(folder, lineage)
            published = release.publish(settings, lineage, folder, results)
            log.info("%-30s %s", "release", published.path)
        return dg.MaterializeResult(metadata={"build": published.build_id, "dagster/row_count": published.rows})

    return [candidate, publish], [release_gate]
