"""The resource a run holds: what is meant is not warned of."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines import assets, orchestrate

_LOGGER = "dagster._core.execution.plan.active"


@dg.multi_asset(
    specs=[dg.AssetSpec("models")],
    check_specs=[dg.AssetCheckSpec("built_again", asset="models", blocking=True)],
    can_subset=True,
)
def transform(run: assets.Run) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    yield dg.MaterializeResult("models")


@dg.asset(deps=["models"])
def release() -> None:
    """Follows what was built."""


def test_a_check_that_gives_no_result_is_not_warned_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A scheduled run would say so of every model that was not built again, a line each."""
    monkeypatch.setenv("STATECRAFT_HOME", str(tmp_path))
    monkeypatch.setattr(orchestrate, "ready", lambda *_: None)
    monkeypatch.setattr(logging.getLogger(_LOGGER), "level", logging.NOTSET)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [transform, release], instance=instance, resources={"run": assets.Run()}, raise_on_error=False
        )
    assert result.success
    assert "emitted no result" not in caplog.text
