"""When each source is asked: one schedule a source, by its publisher's calendar.

Belongs here: turning `cadence` of source.yml into Dagster schedules. Does not belong here: what a run does.
"""

import dagster as dg

from pipelines.contract import SourceSpec
from pipelines.service.watch import is_asked, is_serving

REFRESH = "refresh"


#: The main job: every asset and every check, one writer, in one process.
REFRESH_JOB = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all(),
    description="Take in what is new, gate it, change-code it, build and test the models, gate, publish.",
    executor_def=dg.in_process_executor,
)


def source_schedule(spec: SourceSpec) -> dg.ScheduleDefinition:
    """Ask one publisher live, by its calendar: its own way to raw, and what follows from it.

    Other sources' assets are left alone, or Dagster would count them as fresh.
    """
    is_on = is_serving() and is_asked(spec.name)
    landed = (dg.AssetKey(["landing", spec.table(thing)]) for thing in spec.things)
    return dg.ScheduleDefinition(
        name=f"refresh_{spec.name}",
        job=dg.define_asset_job(
            f"refresh_{spec.name}",
            selection=dg.AssetSelection.assets(*landed).downstream().materializable(),
            description=f"{spec.title}: ask the publisher, gate, build what follows, publish.",
            executor_def=dg.in_process_executor,
        ),
        cron_schedule=spec.cadence.cron,
        execution_timezone=spec.cadence.timezone,
        run_config={"resources": {"run": {"config": {"source": "live", "only": [spec.name]}}}},
        description=f"{spec.title}: {spec.cadence.words}",
        default_status=dg.DefaultScheduleStatus.RUNNING if is_on else dg.DefaultScheduleStatus.STOPPED,
    )
