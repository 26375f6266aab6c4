"""Assembles what Dagster loads; defines nothing."""

from __future__ import annotations

import dagster as dg
from dagster_dbt import DbtCliResource

from pipelines import assets, release_assets
from pipelines.contract import all_specs
from pipelines.lineage import Lineage
from pipelines.schedules import refresh_job, source_schedule
from pipelines.settings import PROJECT_ROOT, load_settings
from pipelines.transform import prepare_manifest, transform_assets


def build() -> dg.Definitions:
    """All assets, checks, schedules and resources of the warehouse at STATECRAFT_HOME."""
    specs = all_specs()
    manifest = prepare_manifest(load_settings())
    marts = [dg.AssetKey([m.schema, m.name]) for m in Lineage.read(manifest).marts]
    job = refresh_job()
    last_assets, last_checks = release_assets.release_assets(marts, manifest)
    return dg.Definitions(
        assets=[
            *(assets.landing_assets(s) for s in specs.values()),
            *(assets.raw_assets(s) for s in specs.values()),
            assets.own_tables_asset(),
            transform_assets(manifest),
            *last_assets,
        ],
        asset_checks=[
            *(assets.landing_checks(s) for s in specs.values()),
            *last_checks,
        ],
        jobs=[job],
        schedules=[source_schedule(s, job) for s in specs.values()],
        resources={
            "run": assets.Run(),
            "dbt": DbtCliResource(project_dir=str(PROJECT_ROOT), profiles_dir=str(PROJECT_ROOT)),
        },
        executor=dg.in_process_executor,
    )


defs = build()
