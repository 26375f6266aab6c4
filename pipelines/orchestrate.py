"""Dagster's home and one run of the main job in this process.

Belongs here: preparing DAGSTER_HOME, closing runs a kill left open, seeing to it that a run has room and builds on what
is whole, executing the job. Does not belong here: assets.
"""

from __future__ import annotations

import gc
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipelines import gates, mending, storage, weighing
from pipelines.contract import all_specs
from pipelines.errors import BusyError, DamagedError, FetchError, StatecraftError, StorageError, innermost
from pipelines.files import one_writer, replace_file
from pipelines.intake import incidents, record_incident
from pipelines.manifest import start_parsing
from pipelines.news import is_published, sources_with_news
from pipelines.progress import log
from pipelines.release import finish_swap, forget_candidate
from pipelines.settings import Settings

_INSTANCE = """\
# Written by statecraft. One run at a time: DuckDB has one writer.
telemetry:
  enabled: false
concurrency:
  pools:
    granularity: op
    default_limit: 1
  runs:
    max_concurrent_runs: 1
python_logs:
  managed_python_loggers: [statecraft]
  python_log_level: INFO
event_log_storage:
  module: pipelines.event_log
  class: KeptEventLog
  config:
    base_dir: {history}
"""


@dataclass(frozen=True)
class Outcome:
    """How a run ended. failed: the steps that failed, with their errors."""

    run_id: str
    success: bool
    failed: dict[str, str]


def prepare_home(settings: Settings) -> None:
    """Create the home's folders and Dagster's settings; point DAGSTER_HOME there."""
    if settings.home.exists() and not settings.home.is_dir():
        raise StorageError(f"{settings.home} is no folder.", "Set STATECRAFT_HOME to a folder.")
    for folder in (settings.dagster_home, settings.work, settings.releases, settings.temp):
        folder.mkdir(parents=True, exist_ok=True)
    path = settings.dagster_home / "dagster.yaml"
    instance = _INSTANCE.format(history=settings.dagster_home / "history")
    if not path.exists() or path.read_text() != instance:
        replace_file(path, instance.encode())
    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    os.environ["STATECRAFT_HOME"] = str(settings.home)


def run_refresh(settings: Settings, source: str, only: list[str]) -> Outcome:
    """Run the main job in this process. Raises BusyError when another process holds the warehouse, StorageError where
    the disk is full or closed, DamagedError where what is damaged cannot be made good.
    """
    with _in_words(settings):
        prepare_home(settings)
        with one_writer(settings):
            outcome = _refresh(settings, source, only)
            if any(mending.WORK_DROPPED in words for words in outcome.failed.values()):
                outcome = _refresh(settings, source, only)
            return outcome


def ready(settings: Settings, source: str) -> None:
    """Before a scheduled run: what it builds on is whole, and the disk has room. Raises as `run_refresh` does."""
    with _in_words(settings):
        finish_swap(settings)
        mending.mend(settings, all_specs(), source)
        _ensure_room(settings)


def expect_missing_checks() -> None:
    """Checks of models that were not built again give no result; that is meant, and Dagster warns of each."""
    logging.getLogger("dagster._core.execution.plan.active").setLevel(logging.ERROR)


def _ensure_room(settings: Settings) -> None:
    """What a stopped run had built of a release goes first: it may be what fills the disk. Raises StorageError."""
    forget_candidate(settings)
    storage.ensure_room(settings)


@contextmanager
def _in_words(settings: Settings) -> Iterator[None]:
    """A full or closed disk is said in words whoever meets it, and put on record as what is damaged for good is."""
    try:
        yield
    except BusyError:
        raise
    except Exception as error:
        told = error if isinstance(error, StorageError | DamagedError) else storage.in_words(settings, error)
        if told is None:
            raise
        record_incident(settings, "refresh", "run", told)
        raise told from error


def _refresh(settings: Settings, source: str, only: list[str]) -> Outcome:
    finish_swap(settings)
    mending.mend(settings, all_specs(), source)
    sources = sources_with_news(settings, source, only)
    if not sources and is_published(settings):
        log.info("nothing new")
        forget_candidate(settings)
        return Outcome("", True, {})
    _ensure_room(settings)
    warnings.filterwarnings("ignore", module="dagster.*|dbt.*|pydantic.*|pyspark.*")
    expect_missing_checks()
    start_parsing(settings)
    gates.warm_up()
    with _nothing_to_collect():
        import dagster as dg  # noqa: PLC0415 (seconds to import)

        from pipelines.definitions import assets_to_refresh, defs  # noqa: PLC0415
        from pipelines.schedules import REFRESH  # noqa: PLC0415
        from pipelines.service.watch import end_abandoned  # noqa: PLC0415

    on_record = len(incidents(settings))
    with dg.DagsterInstance.get() as instance, weighing.ahead():
        end_abandoned(settings, instance, after_seconds=0)
        result = defs.resolve_job_def(REFRESH).execute_in_process(
            instance=instance,
            raise_on_error=False,
            asset_selection=assets_to_refresh(settings, sources),
            run_config={
                "resources": {"run": {"config": {"source": source, "only": only}}},
                "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
            },
        )
    errors = {e.step_key or "": e.step_failure_data.error for e in result.all_events if e.is_step_failure}
    failed = {step: _cause(error) for step, error in errors.items()}
    for step, words in failed.items():
        # A publisher's words are about the publisher's disks and rights, not ours.
        told = None if _is_of_a_publisher(errors[step]) else storage.told(settings, words)
        if told:
            raise told
    if not result.success and len(incidents(settings)) == on_record:  # what failed has left no words of its own
        for name, words in (failed or {"refresh": "A step failed without a word."}).items():
            error = StatecraftError(words, "See the run in `statecraft dev`; run `statecraft refresh` again.")
            record_incident(settings, name, "run", error)
    return Outcome(result.run_id, result.success, failed)


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Imports make a million objects that stay: looking through them for garbage costs a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _cause(error: Any) -> str:
    """The innermost error's own words."""
    return "" if error is None else str(innermost(error).message).strip()


def _is_of_a_publisher(error: Any) -> bool:
    """Whether a step failed for what a publisher answered, or did not."""
    kinds = {FetchError, *FetchError.__subclasses__()}
    return error is not None and innermost(error).cls_name in {kind.__name__ for kind in kinds}
