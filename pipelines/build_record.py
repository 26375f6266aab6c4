"""What the work database was last built from, and so what must be built again.

Belongs here: work/built.json and the choice that follows from it. Does not belong here: building (transform.py).

The record holds the fingerprint each model was last built with (lineage.py). A run builds the models whose fingerprint
differs, after striking them from the record, and writes the record when dbt has built and tested them all: a run killed
between leaves them stale, never half-trusted.

A run goes in waves. Models that are stale only because a table above them that settles (its own word, `meta: settles`)
is made anew wait until it is: should it hold what it held, they still stand. So a new edition of a publication costs
what it changed, not what is made of it. Tests between a model built and one that waits are owed until none waits.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pipelines.content_stamps import stamps
from pipelines.files import read_json, write_json
from pipelines.lineage import Content, Lineage
from pipelines.manifest import code_fingerprint, test_results
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

#: Beyond this many stale models the selection is left out: dbt then builds everything.
SELECT_AT_MOST = 200


@dataclass(frozen=True)
class Record:
    """What stands.

    models: unique id -> fingerprint of code and data.  views: unique id -> fingerprint of code alone.
    contents: unique id of a table that settles -> the fingerprint it was built with, and a stamp of what it holds.
    tests: dbt test -> how it ended when it last ran.  owed: names of tests still to run.
    """

    code: str = ""
    place: str = ""
    models: dict[str, str] = field(default_factory=dict)
    views: dict[str, str] = field(default_factory=dict)
    contents: dict[str, Content] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)
    owed: list[str] = field(default_factory=list)

    @staticmethod
    def read(settings: Settings) -> Record:
        """Empty where the work database is gone, or was built elsewhere or by another engine.

        Its views name raw files by place.
        """
        path = _path(settings)
        record = read_json(path) if path.exists() and settings.work_database.exists() else {}
        is_ours = record.keys() == asdict(Record()).keys() and record["place"] == _place(settings)
        if not is_ours:
            return Record()
        return Record(**{**record, "contents": {k: Content(*c) for k, c in record["contents"].items()}})

    def write(self, settings: Settings) -> None:
        write_json(_path(settings), asdict(self))

    def without(self, unique_ids: set[str]) -> Record:
        """The record with these models struck from it."""
        return replace(
            self,
            models={k: v for k, v in self.models.items() if k not in unique_ids},
            views={k: v for k, v in self.views.items() if k not in unique_ids},
            contents={k: v for k, v in self.contents.items() if k not in unique_ids},
        )


@dataclass(frozen=True)
class Choice:
    """What one wave of a run builds.

    stale: unique ids. waiting: those that are stale if what is built now changes. selection: names for dbt; None for
    everything, which then waits for nothing. owed: names of tests to run besides. excluded: names of tests that are not
    to run yet. state: raw, as it was chosen for. views: unique id -> fingerprint of code alone.
    """

    stale: set[str]
    waiting: set[str]
    selection: list[str] | None
    owed: set[str]
    excluded: list[str]
    full_refresh: bool
    kept: Record
    state: dict[str, str]
    views: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to do, the record included: it has yet to name the code once no wave waits for it."""
        return not (self.stale or self.owed or self.full_refresh)

    def begin(self, settings: Settings) -> None:
        """Strike what is about to be built from the record: should this run fail, nothing of it counts as standing."""
        standing = {k: v for k, v in self.kept.views.items() if self.views.get(k) == v}
        struck = self.kept.without(self.stale)
        owed = sorted({*self.owed, *self.excluded})
        code = "" if self.full_refresh else self.kept.code
        replace(struck, code=code, views={**struck.views, **standing}, owed=owed).write(settings)

    def complete(self, settings: Settings, lineage: Lineage) -> None:
        """Put on record that this wave stands, and how its tests ended; the other tests' last results stay."""
        fresh = stamps(settings, lineage, self.stale.intersection(lineage.settling))
        others = self.kept.without(self.stale)
        made = {k: Content(None, stamp) for k, stamp in fresh.items()}
        models = lineage.fingerprints(self.state, {**others.contents, **made})
        # A test dbt was asked for and passed over is on record too, or it would be owed for ever.
        asked = {k: "not run" for k, name in lineage.tests.items() if name in self.owed.difference(self.excluded)}
        ended = {**self.kept.tests, **asked, **(test_results(settings) if self.selection != [] else {})}
        Record(
            code=code_fingerprint() if not self.waiting else "" if self.full_refresh else self.kept.code,
            place=_place(settings),
            models={**{k: v for k, v in others.models.items() if k in models}, **{k: models[k] for k in self.stale}},
            views={k: v for k, v in self.views.items() if k not in self.waiting or self.kept.views.get(k) == v},
            contents={**others.contents, **{k: Content(models[k], stamp) for k, stamp in fresh.items()}},
            tests={k: status for k, status in ended.items() if k in lineage.manifest["nodes"]},
            owed=self.excluded,
        ).write(settings)


def choose(settings: Settings, lineage: Lineage) -> Choice:
    """Compare the record with raw and code as they are now.

    A view follows its data by itself: it is made anew only where its code changed, or a raw table it reads became empty
    or ceased to be; its tests run again all the same.
    """
    warehouse, kept = Warehouse(settings), Record.read(settings)
    state = warehouse.state()
    models = lineage.fingerprints(state, kept.contents)
    shapes = lineage.fingerprints(dict.fromkeys(warehouse.filled(), "held"))
    views = {k: shapes[k] for k in lineage.views}
    stale = {k for k, fingerprint in models.items() if kept.models.get(k) != fingerprint}
    waiting = _waiting(lineage, kept, state, stale)
    if len(stale - waiting) >= min(len(models), SELECT_AT_MOST):
        waiting = set()
    now = stale - waiting
    standing = {k for k in now if k in views and kept.views.get(k) == views[k]}
    owed = _owed(lineage, kept)
    excluded = {*lineage.tests_between(now, waiting), *owed}.intersection(lineage.tests_between(waiting, waiting))
    selection = None
    if len(now) < min(len(models), SELECT_AT_MOST):
        selection = [lineage.nodes[k]["name"] for k in lineage.in_order if k in now - standing]
        selection += sorted({*lineage.tests_of(standing), *owed} - excluded)
    # Rows an older rule made must not live on in incremental tables.
    full_refresh = kept.code != code_fingerprint()
    return Choice(now, waiting, selection, owed, sorted(excluded), full_refresh, kept, state, views)


def _owed(lineage: Lineage, kept: Record) -> set[str]:
    """Names of tests still to run on what stands: left over from a wave, or new to the project."""
    return {name for k, name in lineage.tests.items() if name in kept.owed or k not in kept.tests}


def owes_tests(settings: Settings, lineage: Lineage) -> bool:
    """Whether any test is still to run on what stands."""
    return bool(_owed(lineage, Record.read(settings)))


def _waiting(lineage: Lineage, kept: Record, state: dict[str, str], stale: set[str]) -> set[str]:
    """Stale models that would stand if the tables above them that settle came out as they were, and all below them.

    A view among them holds nobody up: it follows those tables by itself, which are built before whoever reads it.
    """
    hoped = {k: Content(None, c.stamp) for k, c in kept.contents.items()}
    hopeful = lineage.fingerprints(state, hoped)
    spared = {k for k in stale if kept.models.get(k) == hopeful[k]}
    return spared | (lineage.downstream(spared.difference(lineage.views)) & stale)


def standing_fingerprints(settings: Settings, lineage: Lineage) -> dict[str, str]:
    """Unique id -> what each model is made of, by the content of the tables that settle as they stand."""
    return lineage.fingerprints(Warehouse(settings).state(), Record.read(settings).contents)


def may_become_stale(settings: Settings, lineage: Lineage, tables: list[str]) -> list[str]:
    """Unique ids of what is stale now, or will be if these raw tables change."""
    state = {**Warehouse(settings).state(), **dict.fromkeys(tables, "changed")}
    kept = Record.read(settings)
    return [
        k for k, fingerprint in lineage.fingerprints(state, kept.contents).items() if kept.models.get(k) != fingerprint
    ]


def _place(settings: Settings) -> str:
    """Where, and by which engine, the models stand."""
    return f"{settings.engine}:{settings.raw}"


def _path(settings: Settings) -> Path:
    return settings.work / "built.json"
