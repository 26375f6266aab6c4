"""What Dagster loads: every job resolves, and each source's own job leads from its publisher to the release."""

from __future__ import annotations

import importlib
from pathlib import Path

import dagster as dg
import pytest

from pipelines.contract import all_specs


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> dg.RepositoryDefinition:
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STATECRAFT_HOME", str(home))
        definitions = importlib.import_module("pipelines.definitions").defs
        dg.Definitions.validate_loadable(definitions)
        found: dg.RepositoryDefinition = definitions.get_repository_def()
        return found


def test_every_source_has_a_schedule_by_its_publishers_calendar(repository: dg.RepositoryDefinition) -> None:
    asked = {s.name: (s.cron_schedule, s.execution_timezone) for s in repository.schedule_defs}
    assert asked == {f"refresh_{n}": (s.cadence.cron, s.cadence.timezone) for n, s in all_specs().items()}


@pytest.mark.parametrize("source", sorted(all_specs()))
def test_a_sources_own_job_leads_from_its_publisher_to_the_release(
    repository: dg.RepositoryDefinition, source: str
) -> None:
    spec = all_specs()[source]
    made = set(repository.get_job(f"refresh_{source}").asset_layer.executable_asset_keys)
    for thing in spec.things:
        assert {dg.AssetKey(["landing", spec.table(thing)]), dg.AssetKey(["raw", spec.table(thing)])} <= made
    assert dg.AssetKey(["release", "latest"]) in made
    landed = {key.path[1] for key in made if key.path[0] == "landing"}
    assert landed == {spec.table(thing) for thing in spec.things}


def test_months_past_can_be_asked_for_from_dagsters_page(repository: dg.RepositoryDefinition) -> None:
    """Up to raw: what a backfill brings is published once, by the source's own job."""
    by_month = {f"backfill_{name}" for name, spec in all_specs().items() if spec.backfill.by == "month"}
    assert {name for name in repository.job_names if name.startswith("backfill_")} == by_month
    job = repository.get_job("backfill_census_imports")
    assert job.partitions_def is not None
    assert {"2013-01", "2024-02"} <= set(job.partitions_def.get_partition_keys())
    config = job.partitioned_config.get_run_config_for_partition_key("2024-02")  # type: ignore[union-attr]
    assert config["resources"]["run"]["config"] == {"source": "live", "only": ["census_imports"], "first": "2024-02"}
    made = {key.path[0] for key in job.asset_layer.executable_asset_keys}
    assert made == {"landing", "raw"}
    assert {check.name for check in job.asset_layer.asset_graph.asset_check_keys} >= {"landing_gate"}


def test_what_fails_is_watched_by_every_sensor(repository: dg.RepositoryDefinition) -> None:
    assert {sensor.name for sensor in repository.sensor_defs} == {
        *(
            "tell_of_failures",
            "tell_again",
            "ask_again",
            "end_dead_runs",
            "tell_of_silence",
            "publish_backfills",
            "clear_away",
        )
    }
