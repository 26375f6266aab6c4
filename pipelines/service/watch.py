"""What the service notices by itself: a run that failed, one that nobody works on any more, a publisher gone quiet,
months past that were brought.

Belongs here: Dagster sensors and the words of their alerts. Does not belong here: how alerts are sent (alerts.py) and
kept until they are (untold.py), which failed run is asked for again (again.py).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from typing import Any

import dagster as dg

from pipelines import intake
from pipelines.contract import all_specs
from pipelines.errors import BusyError
from pipelines.files import one_writer
from pipelines.freshness import stale
from pipelines.service import again, retention, untold
from pipelines.service.alerts import Alert, is_delivered
from pipelines.settings import Settings, load_settings

#: Set by `statecraft serve`: schedules and sensors are on from the start; of sources, where only some are asked.
SERVING, SERVING_ONLY = "STATECRAFT_SERVING", "STATECRAFT_SERVING_ONLY"
#: A run that has begun holds the warehouse within seconds.
TAKES_HOLD_SECONDS = 180
_OPEN = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.CANCELING]
_AHEAD = [*_OPEN, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED]
_DONE = dg.DagsterRunStatus.SUCCESS


def is_serving() -> bool:
    """Whether this process was started by the service."""
    return os.environ.get(SERVING) == "1"


def is_asked(source: str) -> bool:
    """Whether the service asks this source: all, unless it was told which."""
    only = os.environ.get(SERVING_ONLY, "").split()
    return not only or source in only


def _status() -> dg.DefaultSensorStatus:
    return dg.DefaultSensorStatus.RUNNING if is_serving() else dg.DefaultSensorStatus.STOPPED


def alert_of(settings: Settings, job: str, since: datetime | None) -> Alert:
    """What is said of a failed run: everything that went wrong since it began, in the words `statecraft status` has."""
    found = [i for i in intake.incidents(settings) if since is None or datetime.fromisoformat(i["at"]) >= since]
    if not found:
        return Alert(
            f"{job} failed",
            "It left no words of its own. The last release stands. See the run in Dagster's UI.",
        )
    said = dict.fromkeys(i["what"] for i in reversed(found))
    about = ", ".join(dict.fromkeys(f"{i['source']} ({i['stage']})" for i in reversed(found)))
    return Alert(f"{job} failed at {about}", "\n".join([*said, "The last release stands."]))


def sensors(jobs: Mapping[str, Any], backfills: Mapping[str, Any]) -> Sequence[dg.SensorDefinition]:
    """Every sensor of the warehouse. jobs, backfills: source -> its job, and the one that asks for months past."""

    @dg.run_failure_sensor(
        name="tell_of_failures",
        description="Says by email or webhook what failed, why, and what to do.",
        default_status=_status(),
        minimum_interval_seconds=30,
    )
    def tell_of_failures(context: dg.RunFailureSensorContext) -> None:
        run, record = context.dagster_run, context.instance.get_run_record_by_id(context.dagster_run.run_id)
        began = record.start_time if record else None
        since = datetime.fromtimestamp(began).astimezone().replace(microsecond=0) if began else None
        is_asked_again = run.job_name in {job.name for job in jobs.values()}
        next_try = again.planned(context.instance, run, datetime.now().astimezone()) if is_asked_again else None
        if next_try is None or next_try.number == 1:  # those between the first and the last tell nothing new
            settings = load_settings()
            alert = alert_of(settings, run.job_name, since)
            if next_try:
                alert = Alert(alert.title, f"{alert.words}\n{next_try.sentence()}")
            untold.tell(settings, run.run_id, alert)

    @dg.sensor(
        name="tell_again",
        description="Tells again what failed, where no channel took the alert.",
        default_status=_status(),
        minimum_interval_seconds=300,
    )
    def tell_again(_: dg.SensorEvaluationContext) -> dg.SkipReason:
        told, left = untold.tell_again(load_settings())
        return dg.SkipReason(f"Told {told} alerts; {left} are left.")

    @dg.sensor(
        name="end_dead_runs",
        description="Ends runs whose process is gone, so that the next may begin.",
        default_status=_status(),
        minimum_interval_seconds=60,
    )
    def end_dead_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        ended = end_abandoned(load_settings(), context.instance, TAKES_HOLD_SECONDS)
        return dg.SkipReason(f"Ended {', '.join(ended)}." if ended else "Every open run is at work.")

    @dg.sensor(
        name="tell_of_silence",
        description="Says once when a source has told nothing new for longer than its publisher usually takes.",
        default_status=_status(),
        minimum_interval_seconds=3600,
    )
    def tell_of_silence(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        asked = {name: spec for name, spec in all_specs().items() if is_asked(name)}
        silent = {s.table: s.words() for s in stale(load_settings(), asked, date.today())}
        told = set((context.cursor or "").split())
        context.update_cursor(" ".join(sorted(tell_once(silent, told))))
        return dg.SkipReason(f"Stale: {', '.join(sorted(silent)) or 'nothing'}.")

    @dg.sensor(
        name="clear_away",
        description="Removes what is older than it is kept for: logs of runs, records of what failed.",
        default_status=_status(),
        minimum_interval_seconds=86_400,
    )
    def clear_away(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        cleared = retention.clear(load_settings(), context.instance, datetime.now().astimezone())
        return dg.SkipReason(cleared.sentence())

    @dg.sensor(
        name="publish_backfills",
        description="Builds and publishes once what a backfill from Dagster's page has brought, after its last month.",
        jobs=list(jobs.values()),
        default_status=_status(),
        minimum_interval_seconds=60,
    )
    def publish_backfills(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        requests = [
            dg.RunRequest(f"{run_id} published", {"resources": {"run": {"config": {"source": "none"}}}}, job_name=job)
            for job, run_id in brought(context.instance, {jobs[n].name: job.name for n, job in backfills.items()})
        ]
        return dg.SensorResult(run_requests=requests) if requests else dg.SkipReason("No backfill has ended.")

    asking_again = again.ask_again(list(jobs.values()), _status())
    return [tell_of_failures, tell_again, asking_again, end_dead_runs, tell_of_silence, publish_backfills, clear_away]


def brought(instance: dg.DagsterInstance, backfills: Mapping[str, str]) -> list[tuple[str, str]]:
    """(job that publishes, last run that brought a month) of each source whose backfill has no month left to run.

    backfills: job that publishes -> job that brings a month.
    """
    found = []
    for job, backfill in backfills.items():
        done = instance.get_runs(filters=dg.RunsFilter(job_name=backfill, statuses=[_DONE]), limit=1)
        if done and not instance.get_runs(filters=dg.RunsFilter(job_name=backfill, statuses=_AHEAD), limit=1):
            found.append((job, done[0].run_id))
    return found


def tell_once(silent: Mapping[str, str], told: Set[str]) -> set[str]:
    """Tell in one alert of what is silent and was not told of. Returns what need not be told again.

    silent: table -> words. What reached nobody is told again the next time.
    """
    new = sorted(silent.keys() - told)
    if new and not is_delivered(Alert(f"{', '.join(new)} stale", "\n".join(f"{name}: {silent[name]}" for name in new))):
        return told & silent.keys()
    return set(silent)


def end_abandoned(settings: Settings, instance: dg.DagsterInstance, after_seconds: float) -> list[str]:
    """End open runs that began so long ago and hold no warehouse; free what they held. Returns their ids.

    The writer's lock is the proof: the system takes it from a process that dies, and a run at work holds it. It is not
    taken where there is nothing to end: a run that begins in that instant would find the warehouse held.
    """
    before = datetime.now().astimezone() - timedelta(seconds=after_seconds)
    if not _begun(instance, before) and not _held_for_nobody(instance):
        return []
    try:
        with one_writer(settings):
            ended = _begun(instance, before)  # looked up anew: a run may have ended meanwhile
            for run in ended:
                _end(instance, run)
            for run_id in _held_for_nobody(instance):
                instance.event_log_storage.free_concurrency_slots_for_run(run_id)
    except BusyError:
        return []
    return [run.run_id for run in ended]


def _begun(instance: dg.DagsterInstance, before: datetime) -> list[dg.DagsterRun]:
    """Open runs that began before then; a run that starts and has not begun, by when it left the queue."""
    return [
        record.dagster_run
        for record in instance.get_run_records(filters=dg.RunsFilter(statuses=_OPEN))
        if (record.start_time or record.update_timestamp.timestamp()) <= before.timestamp()
    ]


def _held_for_nobody(instance: dg.DagsterInstance) -> Set[str]:
    """Runs that hold a place to work in and are not open."""
    still_open = {run.run_id for run in instance.get_runs(filters=dg.RunsFilter(statuses=_OPEN))}
    held: Set[str] = instance.event_log_storage.get_concurrency_run_ids()
    return held - still_open


def _end(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    instance.add_run_tags(run.run_id, {again.STOPPED: "1"})
    instance.report_run_failed(run, "The process was stopped; the next run repairs what it left.")
    instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
