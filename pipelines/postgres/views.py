"""What readers see: a view a table, the headline numbers, the release; and who may read them.

Belongs here: views, their comments and rights. Does not belong here: what the views look at (store.py).
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from psycopg import errors, sql

from pipelines.headlines import SCHEMA as HEADLINE
from pipelines.headlines import Headline
from pipelines.lineage import MARTS
from pipelines.postgres.store import VERSION, Shown, Store
from pipelines.postgres.tables import Table
from pipelines.released_sql import Released

#: How long a change of columns asks for its locks, and for how long at most it leaves readers alone in between. Chance
#: says how long: those who waited go on together, and after a pause of one length they would be met where they were.
_LOCK_SECONDS = 120.0
_PAUSE_SECONDS = 0.4
#: Of the time after which the server looks for deadlocks: we give way before it ends a reader's query in our favour.
_SHARE_OF_DEADLOCK_TIMEOUT = 0.4


@dataclass(frozen=True)
class Made:
    """A view worked out from other views."""

    schema: str
    name: str
    comment: str
    query: str
    columns: Mapping[str, str]

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"


def made_views(released: Iterable[Released], headlines: Iterable[Headline], tables: Iterable[str]) -> list[Made]:
    """The views both engines read alike, over these tables: released views in plain SQL, then headline numbers."""
    found, present = [], set(tables)
    for view in released:
        plain = view.kind == "View" and not re.search(r"\b(unnest|generate_series|min_by|lambda)\b", view.sql)
        if plain and view.reads <= present:
            comments = {c.name: c.comment for c in view.columns}
            found.append(Made(view.schema, view.name, view.description, view.sql, comments))
    present |= {view.qualified for view in found}
    for headline in headlines:
        if headline.reads <= present:
            found.append(Made(HEADLINE, headline.name, headline.title, headline.sql, headline.columns))
    return found


@dataclass(frozen=True)
class Views:
    """The views of one copy."""

    store: Store

    def changes(self, tables: Iterable[Table], made: Iterable[Made], shown: Mapping[str, Shown]) -> list[str]:
        """Views there are that must be made anew or taken away: their columns changed, or the words of one worked out
        from others did. All of the latter go with any change, the headline numbers first, for they read each other.
        """
        wanted = {table.qualified: table.held_as for table in tables}
        stale = [name for name, seen in shown.items() if wanted.get(name) != seen.held_as]
        held: dict[str, str] = dict(self.store.run("select view_name, definition from {store}.views").fetchall())
        if not stale and held == {view.qualified: view.query for view in made}:
            return []
        return [*sorted(held, key=lambda name: (not name.startswith(HEADLINE), name)), *stale]

    def lock(self, views: list[str]) -> None:
        """Wait until no open transaction has read from these views, then keep new ones waiting. Gives way to readers
        again and again, for up to two minutes. Who reads repeatably and waited here is told to begin again.
        """
        connection = self.store.connection
        [timeout] = connection.execute(
            "select setting::int from pg_settings where name = 'deadlock_timeout'"
        ).fetchone() or [0]
        locked = sql.SQL(", ").join(map(self._view, views))
        until = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                with connection.transaction():
                    milliseconds = int(timeout * _SHARE_OF_DEADLOCK_TIMEOUT)
                    self.store.run("set local statement_timeout = {limit}", limit=sql.Literal(milliseconds))
                    self.store.run("lock table {locked} in access exclusive mode", locked=locked)
                    self.store.run("set local statement_timeout = default")
                    return
            except errors.QueryCanceled:
                if time.monotonic() > until:
                    raise
                time.sleep(random.uniform(0, _PAUSE_SECONDS))

    def make(self, tables: list[Table], made: list[Made], shown: Mapping[str, Shown]) -> None:
        """Make what is missing, remake what has other columns, take away what is no longer there."""
        for name in (gone := self.changes(tables, made, shown)):
            self.store.run("drop view {view}", view=self._view(name))
        if gone:
            self.store.run("delete from {store}.views")
        held = {row[0] for row in self.store.run("select view_name from {store}.views")}
        for table in tables:
            seen = None if table.qualified in gone else shown.get(table.qualified)
            if seen is None:
                self._make_view_of(table)
            if seen is None or seen.wording != table.wording:
                self._comment(table.qualified, table.comment, {c.name: c.comment for c in table.columns})
        for view in made:
            if view.qualified not in held:
                self._make_view(view)

    def _make_view(self, view: Made) -> None:
        # SQL of the project's own files, never a user's.
        query = sql.SQL(self._prefixed(view.query))
        self.store.run("create view {view} as {query}", view=self._view(view.qualified), query=query)
        self._comment(view.qualified, view.comment, view.columns)
        self.store.connection.execute(
            sql.SQL("insert into {} values (%s, %s)").format(self.store.name("views")), [view.qualified, view.query]
        )

    def let_read(self, roles: Iterable[str], schemas: Iterable[str]) -> None:
        """Let these roles, and those let in before, read the views and nothing else."""
        with self.store.connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL("insert into {} values (%s) on conflict do nothing").format(self.store.name("readers")),
                [(role,) for role in roles],
            )
        for [role] in self.store.run("select role_name from {store}.readers").fetchall():
            reader = sql.Identifier(role)
            for schema in schemas:
                name = sql.Identifier(self.store.prefix + schema)
                self.store.run("grant usage on schema {schema} to {reader}", schema=name, reader=reader)
                self.store.run("grant select on all tables in schema {schema} to {reader}", schema=name, reader=reader)
            self.store.run("grant usage on schema {store} to {reader}", reader=reader)
            self.store.run("grant select on {view} to {reader}", view=self.store.name("release"), reader=reader)

    def _view(self, qualified: str) -> sql.Identifier:
        schema, name = qualified.split(".")
        return sql.Identifier(self.store.prefix + schema, name)

    def _make_view_of(self, table: Table) -> None:
        self.store.run(
            "create view {view} as select {columns} from {holder}"
            " where {version} = (select {store}.version_shown({name}, {held_as}))",
            view=self._view(table.qualified),
            columns=sql.SQL(", ").join(sql.Identifier(c.name) for c in table.columns),
            holder=self.store.name(table.held_as),
            version=sql.Identifier(VERSION),
            held_as=sql.Literal(table.held_as),
            name=sql.Literal(table.qualified),
        )

    def _comment(self, qualified: str, comment: str, columns: Mapping[str, str]) -> None:
        view = self._view(qualified)
        self.store.run("comment on view {view} is {words}", view=view, words=sql.Literal(comment))
        for name, words in columns.items():
            column = sql.SQL("{}.{}").format(view, sql.Identifier(name))
            self.store.run("comment on column {column} is {words}", column=column, words=sql.Literal(words))

    def _prefixed(self, query: str) -> str:
        return re.sub(rf"\b({'|'.join(MARTS)})(?=\.\w)", lambda found: self.store.prefix + found[1], query)
