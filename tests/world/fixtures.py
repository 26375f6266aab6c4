"""The small world, built once a session; tests that change it get it back as it was.

Belongs here: fixtures. Does not belong here: what the world holds (small.py), what can be done with it (home.py).

A warehouse is bound to its place (its staging views name raw files), so that a test's warehouse always lies at the same
path: as many tests as change it, one after the other. With pytest-xdist they all go to one worker (`--dist loadgroup`),
but for the kills, which take as long as all others: they build a world of their own beside them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.world import small
from tests.world.home import Home

#: The edition the late world has not heard of: it belongs between two others.
LATE = "bis-2023-12-07"


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "pack" in getattr(item, "fixturenames", ()):
            group = "kills" if item.path.name == "test_kills.py" else "world"
            item.add_marker(pytest.mark.xdist_group(group))
    # Groups take longest: what is left at the end is then small, and done by both workers.
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the small world."""
    return small.write_pack(tmp_path_factory.mktemp("small") / "pack")


@pytest.fixture(scope="session")
def expectations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The suites less their rules about volume."""
    return small.write_expectations(tmp_path_factory.mktemp("suites") / "expectations")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, pack: Path, expectations: Path) -> Home:
    """A warehouse as the first refresh leaves it, kept aside; only to be read. The refresh's words: refresh.log."""
    home = Home(tmp_path_factory.mktemp("home") / "warehouse", pack, expectations)
    done = home.statecraft("refresh", "--source", pack)
    assert done.returncode == 0, done.stderr
    aside = home.at(home.path.with_name("built"))
    (aside.path / "refresh.log").write_text(done.stdout + done.stderr)
    return aside


@pytest.fixture
def world(built: Home) -> Home:
    """The built warehouse, to do with as one likes."""
    return built.at(built.path.with_name("warehouse"))


@pytest.fixture(scope="session")
def late(built: Home) -> Home:
    """A warehouse, kept aside, as it is before a middle edition arrives: a refresh from `pack` has work to do."""
    home = built.at(built.path.with_name("warehouse"))
    without_late_edition(home)
    return home.at(home.path.with_name("late"))


def without_late_edition(home: Home) -> None:
    """Make a warehouse one that has not heard of the late edition."""
    [edition] = [path for path in (home.path / "landing").glob("*/*") if LATE in path.name]
    shutil.rmtree(edition)
    shutil.rmtree(home.path / "raw" / edition.parent.name)  # names it, and it would be missed
    outcome = home.refresh()
    assert outcome.success, outcome.failed
