"""Every fault has the outcome that is defined for it: repaired, or a clear stop, and readers never notice."""

from __future__ import annotations

import ast
import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import faults
from pipelines.cli import app
from pipelines.errors import StatecraftError
from pipelines.settings import PROJECT_ROOT
from tests.world import census_month, drills
from tests.world.drills import Drill
from tests.world.home import Home


@pytest.mark.parametrize("drill", drills.QUICK, ids=lambda drill: drill.play.__name__)
def test_a_fault_is_repaired_or_stops_the_refresh_in_words(world: Home, drill: Drill) -> None:
    told = drill.play(world)
    assert drill.is_met_by(told), told


@pytest.mark.parametrize("drill", drills.WITH_NEWS, ids=lambda drill: drill.play.__name__)
def test_a_fault_half_way_leaves_the_release_and_the_next_refresh_completes(late: Home, drill: Drill) -> None:
    told = drill.play(late.at(late.path.with_name("warehouse")))
    assert drill.is_met_by(told), told


def _texts_of_the_code() -> str:
    """Every text of the pipeline's code that is no explanation of it."""
    found: list[str] = []
    for path in sorted((PROJECT_ROOT / "pipelines").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        explains = {node.value for node in nodes if isinstance(node, ast.Expr)}
        found += [
            node.value
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explains
        ]
    return "\n".join(found)


def test_the_words_a_drill_waits_for_are_said_somewhere() -> None:
    """A drill that waits for words nobody says any more would be noticed only where it is played."""
    said = _texts_of_the_code() + os.strerror(errno.EROFS)
    told = (*drills.QUICK, *drills.WITH_NEWS, *drills.SLOW, *drills.SLOW_WITH_NEWS)
    every = (*told, *faults.ON_A_SMALL_DISK, faults.READ_ONLY)
    assert [(drill.what, words) for drill in every for words in drill.says if words not in said] == []
    assert "may need" not in said and sum(len(drill.says) for drill in every) > 20


def test_what_was_repaired_is_told_and_is_no_alarm(world: Home) -> None:
    drills.raw_partition(world)
    with world.at_hand():
        words = CliRunner().invoke(app, ["status"]).output
    assert "Repaired" in words and "made again from landing" in words and "Failed" not in words


#: Commands that read, with what they are given; those that write do so elsewhere.
COMMANDS = [
    ["sql", "select count(*) from core.dim_partner"],
    ["sql", "copy (select 1) to 'x'"],
    ["sql", "update core.dim_partner set partner_name = 'x'"],
    ["status"],
    ["sources"],
    ["releases"],
    ["releases", "--prune", "5"],
    ["verify", "--archive", "--warehouse"],
    ["explain", "7326.90.86.88", "CN", "2026-06-08"],
    ["timeline", "--from", "2025-01-01"],
    ["export", "core.dim_partner", "--format", "csv", "--output", "{out}/partners.csv"],
    ["scenario", "--list"],
    ["refresh", "--source", "{pack}", "--no-show"],
    ["refresh", "--source", "{pack}", "--only", "nobody"],
    ["add", "census_imports", "{out}/refused.json"],
]


def test_no_command_writes_into_a_published_release(world: Home, tmp_path: Path) -> None:
    rows = [[*row[:4], f"{90 * int(row[3])}", *row[5:]] if row[0] == "85" else row for row in census_month.lines()]
    census_month.write(tmp_path, rows).rename(tmp_path / "refused.json")

    def run_all() -> None:
        for command in COMMANDS:
            words = [word.format(out=tmp_path, pack=world.pack) for word in command]
            done = CliRunner().invoke(app, words)
            known = done.exception is None or isinstance(done.exception, StatecraftError | SystemExit)
            assert known, (words, done.exception)

    with world.at_hand():
        assert drills.release_unchanged(world, run_all)
