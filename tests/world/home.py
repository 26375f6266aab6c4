"""One warehouse of the small world, and the ways a test touches it.

Belongs here: running commands on a warehouse, and reading what it publishes. Does not belong here: how the world is cut
(small.py) and assertions.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import orchestrate, release
from pipelines.orchestrate import Outcome
from pipelines.release import Release
from pipelines.settings import PROJECT_ROOT, Settings, load_settings

STATECRAFT = Path(sys.executable).with_name("statecraft")
#: A command that takes longer hangs; on Spark, on a busy machine, a first refresh takes ten minutes.
MOST_SECONDS = 1_800
#: Says when and from which judgement, not what: the same content made twice differs in these.
OF_THE_RUN = ("ingested_at", "checked_at")
GATE_RESULTS = "provenance.gate_results"
#: Files that are written in place; every other file is replaced as a whole, so that a copy may share it.
WRITTEN_IN_PLACE = (".duckdb", ".wal", ".db", ".db-wal", ".db-shm", ".lock", ".log")


@dataclass(frozen=True)
class Home:
    """A warehouse at `path`, fed from the pack `pack` and judged by the suites in `expectations`.

    engine: what the environment says of the engine that runs the models; nothing for DuckDB.
    """

    path: Path
    pack: Path
    expectations: Path
    engine: Mapping[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            "STATECRAFT_HOME": str(self.path),
            "STATECRAFT_EXPECTATIONS": str(self.expectations),
            "STATECRAFT_MEMORY_LIMIT": "800MB",
            "STATECRAFT_THREADS": "2",
            "DAGSTER_HOME": str(self.path / "dagster"),
            "COLUMNS": "200",
            **self.engine,
        }

    @contextmanager
    def at_hand(self) -> Iterator[Settings]:
        """This process's environment names this warehouse."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            yield load_settings()

    @property
    def settings(self) -> Settings:
        return Settings(self.path, "800MB", 2)

    def statecraft(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the command line in a process of its own."""
        command = [str(STATECRAFT), *map(str, arguments)]
        environment = {**os.environ, **self.environment}
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            cwd=PROJECT_ROOT,
            timeout=MOST_SECONDS,
        )

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """Start the command line in a process of its own; its progress can be read from stderr."""
        command = [str(STATECRAFT), *map(str, arguments)]
        environment = {**os.environ, **self.environment}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment, cwd=PROJECT_ROOT)

    def refresh(self, source: Path | str = "none") -> Outcome:
        """Run the main job in this process, which has imported everything already."""
        with self.at_hand() as settings:
            return orchestrate.run_refresh(settings, str(source), [])

    @property
    def latest(self) -> Release:
        found = release.latest(self.settings)
        assert found is not None, "nothing is published"
        return found

    def mart(self, name: str) -> pl.DataFrame:
        """A mart of the latest release, from its Parquet."""
        schema, table = name.split(".")
        return pl.read_parquet(self.latest.path / "parquet" / schema / f"{table}.parquet")

    def content(self) -> dict[str, pl.DataFrame]:
        """Every mart of the latest release in one order, without what depends on the run that made it."""
        marts = {name: self.mart(name) for name in self.latest.tables if name != GATE_RESULTS}
        return {name: frame.drop(OF_THE_RUN, strict=False).sort(pl.all()) for name, frame in marts.items()}

    def answers(self) -> dict[str, int]:
        """What a reader sees: rows of every mart, asked of the latest release's DuckDB file."""
        names = [name for name in self.latest.tables if name != GATE_RESULTS]
        with duckdb.connect(str(self.path / "releases" / "latest" / "statecraft.duckdb"), read_only=True) as con:
            counts = ", ".join(f"(select count(*) from {name})" for name in names)
            return dict(zip(names, con.sql(f"select {counts}").fetchall()[0], strict=True))

    def at(self, path: Path) -> Home:
        """A copy of the warehouse, in place of whatever is there; files that are never written in place are shared."""
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(self.path, path, symlinks=True, copy_function=_share)
        return replace(self, path=path)


def _share(source: str, target: str) -> None:
    if source.endswith(WRITTEN_IN_PLACE) and "/releases/" not in source:
        shutil.copy2(source, target)
    else:
        os.link(source, target)


def different(left: dict[str, pl.DataFrame], right: dict[str, pl.DataFrame]) -> list[str]:
    """Names of marts that differ; empty when the contents are equal."""
    assert left.keys() == right.keys()
    return [name for name, frame in left.items() if not frame.equals(right[name])]


def fingerprint(*folders: Path) -> dict[str, str]:
    """Path -> sha256 of every file below the folders; of a link, where it points."""
    found = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_symlink():
                found[str(path)] = str(path.readlink())
            elif path.is_file():
                found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
