"""When each source is asked: one job and one schedule a source, by its publisher's calendar; and months past, by hand.

Belongs here: turning `cadence` and `backfill` of source.yml into Dagster jobs and schedules. Does not belong here: what
a run does.
"""

from __future__ import annotations

from typing import Any

import dagster as dg

from pipelines.contract import SourceSpec
from pipelines.service.watch import is_asked, is_serving

REFRESH = "refresh"
#: The first month Dagster's backfill page offers; the command takes earlier ones.
FIRST_MONTH = "2013-01"
#: A job as it is before its assets are known.
Job = Any


#: The main job: every asset and every check, one writer, in one process.
REFRESH_JOB = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all(),
    description="Take in what is new, gate it, change-code it, build and test the models, gate, publish.",
    executor_def=dg.in_process_executor,
)


def _landed(spec: SourceSpec) -> dg.AssetSelection:
    return dg.AssetSelection.assets(*(dg.AssetKey(["landing", spec.table(thing)]) for thing in spec.things))


def _run_config(spec: SourceSpec, **more: str) -> dict[str, Any]:
    return {"resources": {"run": {"config": {"source": "live", "only": [spec.name], **more}}}}


def source_job(spec: SourceSpec) -> Job:
    """Ask one publisher live: its own way to raw, and what follows from it.

    Other sources' assets are left alone, or Dagster would count them as fresh.
    """
    return dg.define_asset_job(
        f"refresh_{spec.name}",
        selection=_landed(spec).downstream().materializable(),
        description=f"{spec.title}: ask the publisher, gate, build what follows, publish.",
        executor_def=dg.in_process_executor,
    )


def source_schedule(spec: SourceSpec, job: Job) -> dg.ScheduleDefinition:
    """Run a source's job by its publisher's calendar."""
    is_on = is_serving() and is_asked(spec.name)
    return dg.ScheduleDefinition(
        name=job.name,
        job=job,
        cron_schedule=spec.cadence.cron,
        execution_timezone=spec.cadence.timezone,
        run_config=_run_config(spec),
        description=f"{spec.title}: {spec.cadence.words}",
        default_status=dg.DefaultScheduleStatus.RUNNING if is_on else dg.DefaultScheduleStatus.STOPPED,
    )


def backfill_job(spec: SourceSpec) -> Job:
    """Ask one publisher for a month past, up to raw; Dagster's backfill page runs it month by month.

    Nothing is published by it: the source's job does that, once, after the last month (service/watch.py).
    """
    months = dg.MonthlyPartitionsDefinition(
        start_date=FIRST_MONTH, fmt="%Y-%m", timezone=spec.cadence.timezone, end_offset=1
    )
    raw = dg.AssetSelection.assets(*(dg.AssetKey(["raw", spec.table(thing)]) for thing in spec.things))
    return dg.define_asset_job(
        f"backfill_{spec.name}",
        selection=_landed(spec) | raw,
        description=f"{spec.title}, a month past. {spec.backfill.words}",
        config=dg.PartitionedConfig(months, run_config_for_partition_key_fn=lambda key: _run_config(spec, first=key)),
        executor_def=dg.in_process_executor,
    )
