"""Readers query while releases are swapped under them: no error, no torn read."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

from pipelines import release
from pipelines.files import link_or_copy, read_json, write_json
from pipelines.gates import RuleResult
from pipelines.lineage import Lineage
from pipelines.manifest import current_manifest
from tests.world.home import Home

READERS = 3
PUBLICATIONS = 10
PASSED = [RuleResult("release", "core.dim_partner", "a_rule", passed=True, critical=True, observed="0", bound="0")]


def _read(latest: Path, stop: Event, answers: multiprocessing.Queue[tuple[set[int], int, list[str]]]) -> None:
    """Open, ask two tables that must agree and one that never changes, close; until told to stop."""
    seen: set[int] = set()
    counts: set[int] = set()
    errors: list[str] = []
    while not stop.is_set():
        try:
            with duckdb.connect(str(latest / "statecraft.duckdb"), read_only=True) as con:
                [(flows,)] = con.execute("select count(*) from core.fct_trade_flow").fetchall()
                [(one,)] = con.execute("select max(sequence) from provenance.source_vintages").fetchall()
                [(other,)] = con.execute("select max(indent) from core.fct_schedule_line").fetchall()
        except duckdb.Error as error:
            errors.append(str(error))
            continue
        if one != other:
            errors.append(f"torn: {one} beside {other}")
        seen.add(one)
        counts.add(flows)
    answers.put((seen, len(counts), errors))


def _candidate(home: Home, number: int) -> Path:
    """A candidate like the newest release, with its number in two tables."""
    newest = home.latest
    folder = release.building_folder(home.settings) / f"99990101T{number:06d}Z"
    for path in newest.path.rglob("*"):
        if path.is_file() and path.name != "statecraft.duckdb":
            link_or_copy(path, folder / path.relative_to(newest.path))
    (folder / "statecraft.duckdb").write_bytes(newest.database.read_bytes())
    with duckdb.connect(str(folder / "statecraft.duckdb")) as con:
        con.execute(f"update provenance.source_vintages set sequence = {1000 + number}")
        con.execute(f"update core.fct_schedule_line set indent = {1000 + number}")
    write_json(folder / "build.json", {**read_json(folder / "build.json"), "build_id": folder.name})
    return folder


def test_three_readers_through_ten_publications(world: Home) -> None:
    manifest = current_manifest()
    assert manifest is not None
    lineage = Lineage.read(manifest)
    release.publish(world.settings, lineage, _candidate(world, 0), PASSED)
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    latest = world.settings.releases / "latest"
    readers = [context.Process(target=_read, args=(latest, stop, answers)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(1, PUBLICATIONS + 1):
        published = release.publish(world.settings, lineage, _candidate(world, number), PASSED)
        assert published.is_latest
        time.sleep(0.1)
    stop.set()
    found = [answers.get(timeout=60) for _ in readers]
    for reader in readers:
        reader.join()
    assert [errors for _, _, errors in found] == [[]] * READERS
    assert [counts for _, counts, _ in found] == [1] * READERS  # every release answers, and alike
    seen = set[int]().union(*(numbers for numbers, _, _ in found))
    assert len(seen) > PUBLICATIONS / 2  # they were there while it happened
    assert len(release.releases(world.settings)) == release.KEEP
