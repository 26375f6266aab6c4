"""Every test of this folder may use the small world, and all of them run in one worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world.fixtures import built, expectations, late, pack, world

__all__ = ["built", "expectations", "late", "pack", "world"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("world"))
