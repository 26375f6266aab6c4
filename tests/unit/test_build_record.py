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
    monkeypatch.setattr(build_record, "test_results", lambda settings: {})
    return made


def lineage(**changed: Any) -> Lineage:
    """stg_list is a view over the list, with a test; dim_toy a table over it, dim_other one over nothing.

    changed: fields of stg_list.
    """
    document = test_lineage.manifest()
    view = {"config": {"materialized": "view"}}
    nodes = document["nodes"]
    kept = ("model.stg_list", "model.dim_toy")
    tested = a_test("stg_list_is_sound", "model.stg_list")
    other = test_lineage.model("dim_other", "core")
    document["nodes"] = {k: nodes[k] for k in kept} | {"model.dim_other": other, "test.sound": tested}
    document["nodes"]["model.stg_list"].update({**view, **changed})
    return Lineage(document)


def a_test(name: str, *read: str) -> dict[str, Any]:
    """A dbt test of the first of these models that reads all of them."""
    return {"resource_type": "test", "name": name, "attached_node": read[0], "depends_on": {"nodes": list(read)}}


def built(settings: Settings, project: Lineage) -> Choice:
    """One wave, as if dbt had built and tested what it chooses."""
    choice = choose(settings, project)
    choice.begin(settings)
    choice.complete(settings, project)
    return choice


def test_at_first_everything_is_built(settings: Settings) -> None:
    choice = choose(settings, lineage())
    assert (choice.selection, choice.full_refresh, len(choice.stale)) == (None, True, 3)
    built(settings, lineage())
    assert choose(settings, lineage()).is_empty


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


class Content:
    """The work database's say on what a table that settles holds."""

    stamp = "as it was"

    def stamps(self, settings: Settings, project: Lineage, unique_ids: set[str]) -> dict[str, str]:
        return dict.fromkeys(unique_ids, self.stamp)


@pytest.fixture
def content(monkeypatch: pytest.MonkeyPatch) -> Content:
    made = Content()
    monkeypatch.setattr(build_record, "stamps", made.stamps)
    return made


def settling() -> Lineage:
    """int_list settles: a table over stg_list, below which are dim_toy, with a test between the two, and dim_far below
    that; dim_near, beside it, is over stg_list, with a test between it and dim_toy."""
    document = test_lineage.manifest()
    settles = {"config": {"materialized": "table", "meta": {"settles": True}}}
    document["nodes"] = {
        "model.stg_list": document["nodes"]["model.stg_list"],
        "model.int_list": test_lineage.model("int_list", "intermediate", "model.stg_list", **settles),
        "model.dim_near": test_lineage.model("dim_near", "core", "model.stg_list"),
        "model.dim_toy": test_lineage.model("dim_toy", "core", "model.int_list"),
        "model.dim_far": test_lineage.model("dim_far", "core", "model.dim_toy"),
        "test.key": a_test("toy_in_list", "model.dim_toy", "model.int_list"),
        "test.both": a_test("toy_in_near", "model.dim_toy", "model.dim_near"),
    }
    return Lineage(document)


FIRST = {"model.stg_list", "model.int_list", "model.dim_near"}
BELOW = {"model.dim_toy", "model.dim_far"}


@pytest.fixture
def with_news(settings: Settings, content: Content) -> Settings:
    """A home in which all stood, and which has since taken in a new edition of the list."""
    assert built(settings, settling()).stale == FIRST | BELOW
    assert choose(settings, settling()).is_empty
    accept(settings, SPEC, list_vintage(1, {"a": "Bee"}))
    sync(settings, "list")
    return settings


def test_what_lies_below_a_table_that_holds_what_it_held_still_stands(with_news: Settings) -> None:
    choice = built(with_news, settling())
    assert (choice.stale, choice.waiting) == (FIRST, BELOW)
    assert sorted(choice.excluded) == ["toy_in_list", "toy_in_near"]
    owed = built(with_news, settling())
    assert (owed.stale, owed.selection) == (set(), ["toy_in_list", "toy_in_near"])
    assert choose(with_news, settling()).is_empty


def test_what_lies_below_a_table_that_holds_something_else_is_built(with_news: Settings, content: Content) -> None:
    content.stamp = "otherwise"
    built(with_news, settling())
    choice = built(with_news, settling())
    assert choice.stale == BELOW
    assert choice.selection == ["dim_toy", "dim_far", "toy_in_list", "toy_in_near"] and not choice.excluded
    assert choose(with_news, settling()).is_empty


def test_a_run_killed_between_waves_goes_on_where_it_was(with_news: Settings, content: Content) -> None:
    content.stamp = "otherwise"
    built(with_news, settling())
    choose(with_news, settling()).begin(with_news)
    choice = choose(with_news, settling())
    assert choice.stale == BELOW and "toy_in_near" in (choice.selection or [])


def test_a_run_killed_in_the_first_wave_builds_everything_below(with_news: Settings) -> None:
    """What the table held before is no longer known then."""
    choose(with_news, settling()).begin(with_news)
    assert choose(with_news, settling()).stale == FIRST | BELOW


def test_new_code_builds_everything_below_at_once(with_news: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    project = settling()
    project.manifest["macros"]["macro.statecraft.a"]["macro_sql"] = "select 3"
    assert choose(with_news, project).waiting == set()


def test_a_view_that_would_stand_holds_nobody_up(with_news: Settings) -> None:
    """dim_mixed reads the view over the table that settles, and the list itself: it is built beside that table."""
    document = settling().manifest
    view = {"config": {"materialized": "view"}}
    document["nodes"]["model.v"] = test_lineage.model("v", "intermediate", "model.int_list", **view)
    document["nodes"]["model.dim_mixed"] = test_lineage.model("dim_mixed", "core", "model.v", "model.stg_list")
    project = Lineage(document)
    built(with_news, project)
    built(with_news, project)
    accept(with_news, SPEC, list_vintage(2, {"a": "Sea"}))
    sync(with_news, "list")
    choice = built(with_news, project)
    assert (choice.stale, choice.waiting) == (FIRST | {"model.dim_mixed"}, BELOW | {"model.v"})
    built(with_news, project)
    assert choose(with_news, project).is_empty


def test_what_is_built_with_everything_waits_for_nothing(
    with_news: Settings, content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dbt is then given no selection, and would build what waits without its being struck from the record."""
    monkeypatch.setattr(build_record, "SELECT_AT_MOST", 2)
    choice = choose(with_news, settling())
    assert (choice.stale, choice.waiting, choice.selection) == (FIRST | BELOW, set(), None)
    choice.begin(with_news)
    assert Record.read(with_news).models == {}


def test_a_test_new_to_the_project_runs_on_what_stands(settings: Settings) -> None:
    built(settings, lineage())
    project = lineage()
    project.manifest["nodes"]["test.new"] = a_test("dim_toy_is_sound", "model.dim_toy")
    assert build_record.owes_tests(settings, project)
    choice = built(settings, Lineage(project.manifest))
    assert (choice.stale, choice.selection) == (set(), ["dim_toy_is_sound"])
    assert choose(settings, project).is_empty and not build_record.owes_tests(settings, project)


def test_the_code_is_on_record_once_what_waited_stands(with_news: Settings) -> None:
    """Else every later run would begin incremental tables anew."""
    replace(Record.read(with_news), code="older").write(with_news)
    while not (choice := choose(with_news, settling())).is_empty:
        choice.begin(with_news)
        choice.complete(with_news, settling())
    assert Record.read(with_news).code == "code"
