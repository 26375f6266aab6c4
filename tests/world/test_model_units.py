"""The models' own unit tests (models/**/*.yml), run by dbt on the small world: a refresh leaves them out.

Belongs here: running them, and that each of them ran. Does not belong here: what they state.
"""

from __future__ import annotations

from typing import Any

from pipelines import dbt_command
from pipelines.files import read_json
from pipelines.manifest import prepare_manifest
from tests.world.home import Home


def test_models_pass_their_unit_tests(world: Home) -> None:
    ended: dict[str, str] = {}

    def hear(result: dict[str, Any]) -> None:
        node = result["data"]["node_info"]
        ended[node["unique_id"]] = node["node_status"]

    with world.at_hand() as settings:
        manifest = prepare_manifest(settings)
        assert dbt_command.invoke(settings, manifest, ["test", "--select", "test_type:unit"], hear)
    declared = set(read_json(manifest)["unit_tests"])
    assert declared and ended == dict.fromkeys(declared, "pass")
