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
