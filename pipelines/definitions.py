"""Assembles what Dagster loads; defines nothing."""

import dagster as dg

from pipelines import assets, release_assets
from pipelines.contract import all_specs
from pipelines.lineage import Lineage
from pipelines.manifest import prepare_manifest
from pipelines.schedules import REFRESH_JOB, source_schedule
from pipelines.settings import load_settings
from pipelines.transform import transform_assets


def build() -> dg.Definitions:
    """All assets, checks, schedules and resources of the warehouse at STATECRAFT_HOME."""
    specs = all_specs()
    manifest = prepare_manifest(load_settings())
    marts = [dg.AssetKey([m.schema, m.name]) for m in Lineage.read(manifest).marts]
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
        jobs=[REFRESH_JOB],
        schedules=[source_schedule(s) for s in specs.values()],
        resources={
            "run": assets.Run(),
        },
        executor=dg.in_process_executor,
    )


defs = build()
