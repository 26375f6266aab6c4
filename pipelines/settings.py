"""Paths and options, read from STATECRAFT_* environment variables once and in one place.

Belongs here: where things live and how much of the machine may be used.
Does not belong here: anything about a source, a table or a rule.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pipelines.errors import StatecraftError

Engine = Literal["duckdb", "spark"]
PROJECT_ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """Where one warehouse lives and what it may use.

    home: folder that holds everything a warehouse owns (archive, landing, raw, work, releases).
    memory_limit: DuckDB memory limit, in DuckDB's notation ("1200MB").
    threads: DuckDB threads.
    engine: what runs the models, "duckdb" in this process or "spark" on a cluster (docs/scale-out.md).
    """

    home: Path
    memory_limit: str
    threads: int
    engine: Engine = "duckdb"

    @property
    def archive(self) -> Path:
        return self.home / "archive"

    @property
    def landing(self) -> Path:
        return self.home / "landing"

    @property
    def raw(self) -> Path:
        return self.home / "raw"

    @property
    def work(self) -> Path:
        return self.home / "work"

    @property
    def work_database(self) -> Path:
        return self.work / "warehouse.duckdb"

    @property
    def spark_tables(self) -> Path:
        """Folder of the tables a Spark cluster writes; the cluster must see it under the same path."""
        return self.work / "spark"

    @property
    def incidents(self) -> Path:
        return self.home / "incidents"

    @property
    def untold(self) -> Path:
        """Alerts that no channel has taken yet."""
        return self.home / "untold"

    @property
    def backfills(self) -> Path:
        """How far months asked for by name have come."""
        return self.home / "backfills"

    @property
    def came_through(self) -> Path:
        """When each source was last asked and its answer went all the way to raw."""
        return self.home / "came_through"

    @property
    def quotas(self) -> Path:
        """What publishers were asked today, where they allow only so many questions a day."""
        return self.home / "quotas"

    @property
    def dagster_home(self) -> Path:
        return self.home / "dagster"

    @property
    def releases(self) -> Path:
        return self.home / "releases"

    @property
    def temp(self) -> Path:
        return self.work / "tmp"

    @property
    def sample(self) -> Path:
        """The embedded pack that ships with the project."""
        return PROJECT_ROOT / "sample"


def named_folder(variable: str) -> Path | None:
    """The folder an environment variable names; None where it is not set."""
    named = os.environ.get(variable)
    return Path(named).expanduser().resolve() if named else None


def named_engine() -> Engine:
    """The engine $STATECRAFT_ENGINE names; DuckDB where it is not set. Raises StatecraftError for any other word."""
    named = os.environ.get("STATECRAFT_ENGINE", "duckdb")
    for engine in get_args(Engine):
        if named == engine:
            return engine  # type: ignore[no-any-return]
    raise StatecraftError(f"STATECRAFT_ENGINE is {named!r}.", f"Engines: {', '.join(get_args(Engine))}.")


def whole_number(variable: str, default: int, least: int) -> int:
    """A whole number from the environment. Raises StatecraftError for anything else, or less than `least`."""
    named = os.environ.get(variable, str(default))
    if not named.isdecimal() or int(named) < least:
        raise StatecraftError(f"{variable} is {named!r}.", f"Give a whole number from {least} on.")
    return int(named)


def load_settings() -> Settings:
    """Read the environment. STATECRAFT_HOME defaults to ./data below the project root."""
    return Settings(
        home=named_folder("STATECRAFT_HOME") or PROJECT_ROOT / "data",
        memory_limit=os.environ.get("STATECRAFT_MEMORY_LIMIT", "1200MB"),
        threads=int(os.environ.get("STATECRAFT_THREADS", str(min(4, os.cpu_count() or 2)))),
        engine=named_engine(),
    )
