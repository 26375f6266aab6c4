"""Runs that failed for a reason that passes by itself are asked for again, after pauses that grow.

A publisher that cannot be reached, a warehouse another process holds, a process that was stopped, a work database that
was damaged and is gone: these pass. A refusal at a gate, a format nobody knows or a key that is not let in does not; a
person has to look first. A run whose job has run again since, by its schedule or by hand, is left alone: that run has
asked for everything that is not held.

Belongs here: which run is due again, and when. Does not belong here: what a run does; questions put again within a run
(pipelines/http).

    STATECRAFT_ASK_AGAIN_MINUTES   the pauses, in minutes, separated by commas; blank: never (default
                                   10,60,360,1440,1440,1440: the same day, then for three days)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import dagster as dg

from pipelines.errors import BusyError, StatecraftError, UnreachableError, WorkDroppedError, innermost

VARIABLE, DEFAULT_MINUTES = "STATECRAFT_ASK_AGAIN_MINUTES", "10,60,360,1440,1440,1440"
#: On a run: which attempt after the first it is; and that its process was stopped.
ATTEMPT, STOPPED = "statecraft/attempt", "statecraft/stopped"
PASSING = frozenset({UnreachableError.__name__, BusyError.__name__, WorkDroppedError.__name__})
_FAILED = {dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.RUN_FAILURE}


@dataclass(frozen=True)
class Again:
    """A failed run that is to be asked for again. number: which attempt after the first that will be, of how many."""

    run: dg.DagsterRun
    number: int
    of: int
    at: datetime

    def sentence(self) -> str:
        return f"It is asked for again at {self.at:%H:%M on %Y-%m-%d} ({self.number} of {self.of})."

    def request(self) -> dg.RunRequest:
        return dg.RunRequest(
            run_key=f"{self.run.run_id} again",
            job_name=self.run.job_name,
            run_config=self.run.run_config,
            tags={ATTEMPT: str(self.number)},
        )


def pauses() -> list[timedelta]:
    """How long to wait before each attempt after the first. Raises StatecraftError for what is no list of minutes."""
    named = os.environ.get(VARIABLE, DEFAULT_MINUTES)
    words = [word.strip() for word in named.split(",") if word.strip()]
    if not all(word.isdecimal() for word in words):
        raise StatecraftError(f"{VARIABLE} is {named!r}.", f"Give minutes separated by commas: {DEFAULT_MINUTES}.")
    return [timedelta(minutes=int(word)) for word in words]


def passes(instance: dg.DagsterInstance, run: dg.DagsterRun) -> bool:
    """Whether everything that failed in the run passes by itself."""
    if STOPPED in run.tags:
        return True
    events: list[Any] = [record.dagster_event for record in instance.all_logs(run.run_id, of_type=_FAILED)]
    errors = [getattr(event.event_specific_data, "error", None) for event in events]
    kinds = {innermost(error).cls_name for error in errors if error is not None}
    return bool(kinds) and kinds <= PASSING


def planned(instance: dg.DagsterInstance, run: dg.DagsterRun, ended: datetime) -> Again | None:
    """When a failed run is asked for again; None where it is not."""
    waits, attempt = pauses(), int(run.tags.get(ATTEMPT, "0"))
    if attempt >= len(waits) or not passes(instance, run):
        return None
    return Again(run, attempt + 1, len(waits), ended + waits[attempt])


def due(instance: dg.DagsterInstance, jobs: Sequence[str], now: datetime) -> list[Again]:
    """The runs to ask for now: of each job the newest, where it failed for a reason that passes, long enough ago."""
    found = []
    for job in jobs:
        for record in instance.get_run_records(filters=dg.RunsFilter(job_name=job), limit=1):
            run = record.dagster_run
            if run.status is dg.DagsterRunStatus.FAILURE:
                ended = datetime.fromtimestamp(record.end_time or record.update_timestamp.timestamp()).astimezone()
                again = planned(instance, run, ended)
                if again is not None and again.at <= now:
                    found.append(again)
    return found


def ask_again(jobs: Sequence[Any], status: dg.DefaultSensorStatus) -> dg.SensorDefinition:
    """The sensor that asks. jobs: those of the sources."""

    @dg.sensor(
        name="ask_again",
        description="Asks again for runs that failed for a reason that passes: a publisher away, a warehouse held.",
        jobs=jobs,
        default_status=status,
        minimum_interval_seconds=60,
    )
    def sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        found = due(context.instance, [job.name for job in jobs], datetime.now().astimezone())
        if not found:
            return dg.SkipReason("No run is due again.")
        return dg.SensorResult(run_requests=[again.request() for again in found])

    return sensor
