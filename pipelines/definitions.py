"""Assembles what Dagster loads, and chooses from it; defines nothing."""

import dagster as dg

from pipelines import assets, estimation_assets, own_tables, release_assets
from pipelines.build_record import may_become_stale
from pipelines.contract import all_specs
from pipelines.estimation import tables as estimation
from pipelines.lineage import Lineage
from pipelines.manifest import prepare_manifest
from pipelines.schedules import REFRESH_JOB, backfill_job, source_job, source_schedule
from pipelines.service.watch import sensors
from pipelines.settings import Settings, load_settings
from pipelines.transform import Translator, transform_assets


def build() -> dg.Definitions:
    """All assets, checks, schedules, sensors and resources of the warehouse at STATECRAFT_HOME."""
    specs = all_specs()
    manifest = prepare_manifest(load_settings())
    jobs = {name: source_job(spec) for name, spec in specs.items()}
    backfills = {name: backfill_job(spec) for name, spec in specs.items() if spec.backfill.by == "month"}
    marts = [dg.AssetKey([m.schema, m.name]) for m in Lineage.read(manifest).marts]
    last_assets, last_checks = release_assets.release_assets(marts, manifest)
    return dg.Definitions(
        assets=[
            *(assets.landing_assets(s) for s in specs.values()),
            *(assets.raw_assets(s) for s in specs.values()),
            assets.own_tables_asset(),
            transform_assets(manifest),
            *estimation_assets.estimation_assets(),
            *last_assets,
        ],
        asset_checks=[
            *(assets.landing_checks(s) for s in specs.values()),
            *last_checks,
        ],
        jobs=[REFRESH_JOB, *backfills.values()],
        schedules=[source_schedule(spec, jobs[name]) for name, spec in specs.items()],
        sensors=sensors(jobs, backfills),
        resources={
            "run": assets.Run(),
        },
        executor=dg.in_process_executor,
    )


def assets_to_refresh(settings: Settings, sources: list[str]) -> list[dg.AssetKey]:
    """What a run must touch when these sources have news: their way to raw, the models that follow, the release."""
    specs = [all_specs()[name] for name in sources]
    tables = [spec.table(thing) for spec in specs for thing in spec.things]
    lineage, translator = Lineage.read(prepare_manifest(settings)), Translator()
    stale = may_become_stale(settings, lineage, [*tables, *own_tables.TABLES, *estimation.TABLES])
    return [
        *(key(spec, thing) for spec in specs for thing in spec.things for key in (assets.landing_key, assets.raw_key)),
        *(dg.AssetKey(["raw", table]) for table in own_tables.TABLES),
        *(translator.get_asset_key(lineage.nodes[k]) for k in stale),
        *release_assets.KEYS,
    ]


defs = build()
