"""What is kept for how long: releases, logs of runs, records of what failed.

Belongs here: clearing away what nothing needs any more. Does not belong here: the archive; publishers' bytes are what
every release can be made from again, and are never removed by themselves.

    STATECRAFT_KEEP_RELEASES   newest releases, the one readers see apart (default 5; release.py)
    STATECRAFT_KEEP_DAYS       days that logs of runs and records of what failed are kept (default 90)
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import dagster as dg

from pipelines.errors import DamagedError
from pipelines.event_log import KeptEventLog
from pipelines.files import read_json
from pipelines.settings import Settings, whole_number

DEFAULT_KEEP_DAYS = 90
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_NOT_ENDED = [status for status in dg.DagsterRunStatus if status not in _ENDED]
_RUN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Cleared:
    """How much was removed."""

    runs: int
    incidents: int

    def sentence(self) -> str:
        return f"Removed the logs of {self.runs} runs and {self.incidents} records of what failed."


def clear(settings: Settings, instance: dg.DagsterInstance, now: datetime) -> Cleared:
    """Remove logs of ended runs and records of failures that are older than they are kept."""
    before = now - timedelta(days=whole_number("STATECRAFT_KEEP_DAYS", DEFAULT_KEEP_DAYS, least=1))
    old = instance.get_runs(filters=dg.RunsFilter(statuses=_ENDED, created_before=before))
    for run in old:
        instance.delete_run(run.run_id)
    _clear_disk(settings, instance)
    records = 0
    for path in [*settings.incidents.glob("*.json"), *settings.untold.glob("*.json")]:
        with suppress(DamagedError):  # what cannot be read tells nothing, and stays for whoever wants to look
            if datetime.fromisoformat(read_json(path)["at"]) < before:
                path.unlink()
                records += 1
    return Cleared(len(old), records)


def _clear_disk(settings: Settings, instance: dg.DagsterInstance) -> None:
    """Remove files of runs that are not on record any more, whose rows alone Dagster removes."""
    log = instance.event_log_storage
    if not isinstance(log, KeptEventLog):
        return
    storage = settings.dagster_home / "storage"
    found = {path.name.partition(".")[0] for folder in (log.folder, storage) for path in folder.glob("*-*")}
    # Looked up after the files: a run is on record before it has any.
    for run_id in found - set(instance.run_storage.get_run_ids()):
        if _RUN_ID.fullmatch(run_id):
            log.remove_shard(run_id)
            shutil.rmtree(storage / run_id, ignore_errors=True)
    if not instance.get_runs(filters=dg.RunsFilter(statuses=_NOT_ENDED), limit=1):  # one would have to wait
        log.give_back()
