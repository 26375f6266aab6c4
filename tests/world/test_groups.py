"""Tests that build the small world share it, also where several workers run tests."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_tests_of_the_world_go_to_one_worker(request: pytest.FixtureRequest, pack: Path) -> None:
    """pytest-xdist writes the group into a test's id, which is all that its scheduler sees."""
    assert pack.exists()
    assert request.node.nodeid.endswith("@world") == bool(request.config.getoption("loadgroup", False))
