"""What must be built again: what changed, what was being built when a run failed, and views only for their code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines import build_record
from pipelines.build_record import Choice, Record, choose
from pipelines.lineage import Lineage
from pipelines.settings import Settings
from tests.unit import test_lineage
from tests.unit.rooms import accept, list_vintage, sync, toy_settings, toy_spec

SPEC = toy_spec()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with a list in raw and a work database; all models and seeds lie downstream of it."""
    made = toy_settings(tmp_path)
    made.work_database.parent.mkdir(parents=True, exist_ok=True)
    made.work_database.touch()
    accept(made, SPEC, list_vintage(0, {"a": "Ay"}))
    sync(made, "list")
    monkeypatch.setattr(build_record, "code_fingerprint", lambda: "code")
    return made


def lineage(**changed: Any) -> Lineage:
    """stg_list is a view over the list, with a test; dim_toy a table over it, dim_other one over nothing.

    changed: fields of stg_list.
    """
    document = test_lineage.manifest()
    view = {"config": {"materialized": "view"}}
    nodes = document["nodes"]
    kept = ("model.stg_list", "model.dim_toy")
    tested = {"resource_type": "test", "name": "stg_list_is_sound", "attached_node": "model.stg_list"}
    other = test_lineage.model("dim_other", "core")
    document["nodes"] = {k: nodes[k] for k in kept} | {"model.dim_other": other, "test.sound": tested}
    document["nodes"]["model.stg_list"].update({**view, **changed})
    return Lineage(document)


def built(settings: Settings, project: Lineage) -> None:
    replace(choose(settings, project).wanted, tests={}).write(settings)


def test_at_first_everything_is_built(settings: Settings) -> None:
    choice = choose(settings, lineage())
    assert (choice.selection, choice.full_refresh, len(choice.stale)) == (None, True, 3)
    built(settings, lineage())
    assert choose(settings, lineage()).stale == []


def test_new_data_leaves_a_view_standing_and_runs_its_tests(settings: Settings) -> None:
    built(settings, lineage())
    accept(settings, SPEC, list_vintage(1, {"a": "Bee"}))
    sync(settings, "list")
    choice = choose(settings, lineage())
    assert len(choice.stale) == 2 and not choice.full_refresh
    assert choice.selection == ["dim_toy", "stg_list_is_sound"]


def choice_after_new_code(settings: Settings) -> Choice:
    built(settings, lineage())
    return choose(settings, lineage(checksum="other"))


def test_a_view_is_made_anew_when_its_code_changed(settings: Settings) -> None:
    choice = choice_after_new_code(settings)
    assert sorted(choice.stale) == ["model.dim_toy", "model.stg_list"]
    assert choice.selection == ["stg_list", "dim_toy"]


def test_a_run_that_failed_leaves_nothing_it_touched_standing(settings: Settings) -> None:
    """Even when the code is then put back as it was: what lies in the work database is of the code that failed."""
    choice = choice_after_new_code(settings)
    choice.begin(settings)
    again = choose(settings, lineage())
    assert sorted(again.stale) == ["model.dim_toy", "model.stg_list"] and again.selection == ["stg_list", "dim_toy"]
    assert Record.read(settings).views == {}


def test_incremental_tables_are_begun_anew_after_a_full_refresh_that_failed(settings: Settings) -> None:
    built(settings, lineage())
    choice = replace(choose(settings, lineage()), full_refresh=True)
    choice.begin(settings)
    assert choose(settings, lineage()).full_refresh


def test_a_home_that_moved_is_built_anew(settings: Settings, tmp_path: Path) -> None:
    built(settings, lineage())
    moved = toy_settings(tmp_path / "elsewhere")
    moved.home.parent.mkdir(parents=True)
    settings.home.rename(moved.home)
    assert choose(moved, lineage()).selection is None and choose(moved, lineage()).full_refresh
