"""Readers query while releases are swapped under them: no error, no torn read."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest

from pipelines import release
from pipelines.gates import RuleResult
from pipelines.lineage import Lineage
from tests.world.fixtures import World

pytestmark = pytest.mark.xdist_group("world")

READERS = 3
PUBLICATIONS = 10
PASSED = [RuleResult("release", "core.dim_partner", "a_rule", passed=True, critical=True, observed="0", bound="0")]


def _read(latest: Path, stop: Event, answers: multiprocessing.Queue[tuple[int, list[str]]]) -> None:
    """Open, ask two tables that must agree, close; until told to stop."""
    reads, errors = 0, []
    while not stop.is_set():
        try:
            with duckdb.connect(str(latest / "statecraft.duckdb"), read_only=True) as con:
                counted = con.execute("select count(*) from core.fct_trade_flow").fetchone()
                # Each publication marks itself twice in one transaction of files: a torn one would disagree.
                marks = con.execute("select count(distinct observed) from provenance.gate_results where rule = 'mark'")
                row = marks.fetchone()
            if counted is None or counted[0] == 0 or row is None or row[0] > 1:
                errors.append(f"torn: {counted} {row}")
        except duckdb.Error as error:
            errors.append(str(error))
        reads += 1
    answers.put((reads, errors))


def _marked_candidate(world: World, number: int) -> Path:
    """A candidate like the newest release, marked with its number in two rows."""
    newest = world.release()
    folder = release.building_folder(world.settings) / f"99990101T{number:06d}Z-mark{number:04d}"
    shutil.copytree(newest.path, folder)
    with duckdb.connect(str(folder / "statecraft.duckdb")) as con:
        con.execute("delete from provenance.gate_results where rule = 'mark'")
        for table in ("one", "two"):
            con.execute(
                "insert into provenance.gate_results (gate, table_name, rule, passed, observed, bound, checked_at)"
                " values ('release', ?, 'mark', true, ?, '', now()::timestamp)",
                [table, str(number)],
            )
    return folder


def test_three_readers_through_ten_publications(world: World) -> None:
    lineage = Lineage.read(world.settings.work / "dbt" / "manifest.json")
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    latest = world.settings.releases / "latest"
    readers = [context.Process(target=_read, args=(latest, stop, answers)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(PUBLICATIONS):
        published = release.publish(world.settings, lineage, _marked_candidate(world, number), PASSED)
        assert published.is_latest
        time.sleep(0.2)
    stop.set()
    found = [answers.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    assert [errors for _, errors in found] == [[]] * READERS
    assert all(reads >= PUBLICATIONS for reads, _ in found)
