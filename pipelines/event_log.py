"""Dagster's own SQLite event log, with its connections kept open.

Belongs here: that, and nothing else. Does not belong here: what is logged.

A refresh logs about a thousand events. Dagster opens a database anew for each and waits for the disk after each, which
takes longer than the warehouse's own work. A run killed loses no event; a machine that loses power may lose the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from dagster._core.storage.event_log import SqliteEventLogStorage

_WAIT_SECONDS = 20


class KeptEventLog(SqliteEventLogStorage):
    """SqliteEventLogStorage with one connection a database."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._engines: dict[str, sa.Engine] = {}
        super().__init__(*arguments, **options)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Any) -> KeptEventLog:
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        if shard not in self._engines:
            with super()._connect(shard):  # makes the database where there is none
                pass
            self._engines[shard] = self._engine(shard)
        with self._db_lock, self._engines[shard].begin() as connection:
            yield connection

    def _engine(self, shard: str) -> sa.Engine:
        options = {"timeout": _WAIT_SECONDS, "check_same_thread": False}
        engine = sa.create_engine(self.conn_string_for_shard(shard), poolclass=sa.StaticPool, connect_args=options)
        sa.event.listen(engine, "connect", lambda opened, _: opened.execute("pragma synchronous = normal"))
        return engine

    def dispose(self) -> None:
        super().dispose()
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
