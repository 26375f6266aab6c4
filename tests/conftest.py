"""What every test may lean on: where real publishers' files are, if they are at hand.

Tests marked `shared_data` run whenever the data folder is there, and are deselected (not skipped) where it is not;
CI refuses to run without it, so they cannot fall silent.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

# Neither chance nor how busy a machine is decides a test.
settings.register_profile("statecraft", deadline=None, derandomize=True)
settings.load_profile("statecraft")

#: The small world, for every test that runs the whole pipeline; a PostgreSQL server, for what is pushed to one.
pytest_plugins = ["tests.world.fixtures", "tests.unit.postgres.server"]

#: Tests on a cluster need packages that `make test-spark` installs beside the others.
collect_ignore = [] if find_spec("pyspark") else ["spark"]
# Pages are read in a browser by `make test-browser`, which names the folder.
if not any("tests/browser" in argument for argument in sys.argv):
    collect_ignore.append("browser")
# A week of the real service takes minutes, most of them waiting: `make test-rehearsal` names the folder.
if not any("tests/rehearsal" in argument for argument in sys.argv):
    collect_ignore.append("rehearsal")

PROJECT_ROOT = Path(__file__).resolve().parents[1]


def find_shared_data() -> Path | None:
    """The folder of publishers' files: $STATECRAFT_SHARED_DATA, or ../shared/data beside the project."""
    named = os.environ.get("STATECRAFT_SHARED_DATA")
    folder = Path(named) if named else PROJECT_ROOT.parent / "shared" / "data"
    return folder if (folder / "SHA256SUMS").is_file() else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_shared_data() is not None:
        return
    needing = [item for item in items if item.get_closest_marker("shared_data")]
    if needing:
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = find_shared_data()
    assert folder is not None, "a test uses shared_data without the marker of the same name"
    return folder
