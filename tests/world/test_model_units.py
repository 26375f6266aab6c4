"""The models' own unit tests (models/**/*.yml), run by dbt on the small world: a refresh leaves them out.

Belongs here: running them, and that each of them ran. Does not belong here: what they state.
"""

from __future__ import annotations

from pipelines import dbt_command
from pipelines.files import read_json
from pipelines.manifest import prepare_manifest, run_results
from tests.world.home import Home


def assert_models_pass_their_unit_tests(home: Home) -> None:
    """Every unit test the project declares ran on this warehouse's engine and passed."""
    with home.at_hand() as settings:
        manifest = prepare_manifest(settings)
        assert dbt_command.invoke(settings, manifest, ["test", "--select", "test_type:unit"], lambda _: None)
        results = run_results(settings)
    declared = set(read_json(manifest)["unit_tests"])
    ended = {r["unique_id"]: (r["status"], r["message"]) for r in results if r["unique_id"].startswith("unit_test.")}
    assert declared and ended.keys() == declared
    assert {status for status, _ in ended.values()} == {"pass"}, ended


def test_models_pass_their_unit_tests(world: Home) -> None:
    assert_models_pass_their_unit_tests(world)
