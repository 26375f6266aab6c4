"""Dagster's own SQLite event log, with few connections kept open, and no more on disk than runs there are.

Belongs here: that, and nothing else. Does not belong here: what is logged, and how long (service/retention.py).

A refresh logs about a thousand events. Dagster opens a database anew for each and waits for the disk after each, which
takes longer than the warehouse's own work. A run killed loses no event; a machine that loses power may lose the last.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME

_WAIT_SECONDS = 20
#: Each run has a database of its own, and each kept open takes three files: the index, and those used last.
KEPT_SHARDS = 4
#: What a database is beside its file while it is used.
_SUFFIXES = (".db", ".db-wal", ".db-shm")
#: Of the index, a share so large standing empty is given back to the disk.
_EMPTY_SHARE = 0.25


class KeptEventLog(SqliteEventLogStorage):
    """SqliteEventLogStorage with one connection a database, of the databases used last."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._engines: OrderedDict[str, sa.Engine] = OrderedDict()
        super().__init__(*arguments, **options)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> KeptEventLog:
        return cls(inst_data=inst_data, **config_value)

    @property
    def folder(self) -> Path:
        """Where the databases are."""
        return Path(self._base_dir)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        self._ensure_made(shard)
        # A connection is used under the lock only, so whichever is closed for want of room is used by nobody.
        with self._db_lock, self._kept(shard).begin() as connection:
            yield connection

    def _ensure_made(self, shard: str) -> None:
        if not Path(self.path_for_shard(shard)).exists():
            self._initialized_dbs.discard(shard)  # another process has removed the run
        if shard not in self._initialized_dbs:
            with super()._connect(shard):  # makes the database where there is none
                pass

    def _kept(self, shard: str) -> sa.Engine:
        if shard not in self._engines:
            self._engines[shard] = self._engine(shard)
        self._engines.move_to_end(shard)
        runs = [name for name in self._engines if name != INDEX_SHARD_NAME]
        for name in runs[:-KEPT_SHARDS]:
            self._engines.pop(name).dispose()
        return self._engines[shard]

    def _engine(self, shard: str) -> sa.Engine:
        options = {"timeout": _WAIT_SECONDS, "check_same_thread": False}
        engine = sa.create_engine(self.conn_string_for_shard(shard), poolclass=sa.StaticPool, connect_args=options)
        sa.event.listen(engine, "connect", lambda opened, _: opened.execute("pragma synchronous = normal"))
        return engine

    def delete_events(self, run_id: str) -> None:
        """Remove a run's events with its database, and the results of its checks, which Dagster leaves in the index."""
        super().delete_events(run_id)
        checks = AssetCheckExecutionsTable
        with self.index_connection() as connection:
            connection.execute(checks.delete().where(checks.c.run_id == run_id))
        self.remove_shard(run_id)

    def remove_shard(self, run_id: str) -> None:
        """Remove a run's database. A process that still reads it goes on to, until it closes it."""
        with self._db_lock:
            engine = self._engines.pop(run_id, None)
            if engine is not None:
                engine.dispose()
            self._initialized_dbs.discard(run_id)
            for suffix in _SUFFIXES:
                (self.folder / f"{run_id}{suffix}").unlink(missing_ok=True)

    def give_back(self) -> bool:
        """Give the disk what stands empty of the index, if that is much; whether it did. Others wait meanwhile.

        Not tried again where another process has it: there is no hurry.
        """
        index = sqlite3.connect(self.path_for_shard(INDEX_SHARD_NAME), timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            [pages], [empty] = (index.execute(f"pragma {of}").fetchone() for of in ("page_count", "freelist_count"))
            if empty < _EMPTY_SHARE * pages:
                return False
            with suppress(sqlite3.OperationalError):
                index.execute("vacuum")
                index.execute("pragma wal_checkpoint(truncate)")
                return True
            return False
        finally:
            index.close()

    def dispose(self) -> None:
        super().dispose()
        with self._db_lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()
