"""What the work database was last built from, and so what must be built again.

Belongs here: work/built.json and the choice that follows from it. Does not belong here: building (transform.py).

The record holds the fingerprint each model was last built with (lineage.py). A run builds the models whose fingerprint
differs, after striking them from the record, and writes the record when dbt has built and tested them all: a run killed
between leaves them stale, never half-trusted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pipelines.files import read_json, write_json
from pipelines.lineage import Lineage
from pipelines.manifest import code_fingerprint, test_results
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

#: Beyond this many stale models the selection is left out: dbt then builds everything.
SELECT_AT_MOST = 200


@dataclass(frozen=True)
class Record:
    """What stands.

    models: unique id -> fingerprint of code and data.  views: unique id -> fingerprint of code alone.
    tests: dbt test -> how it ended when it last ran.
    """

    code: str = ""
    place: str = ""
    models: dict[str, str] = field(default_factory=dict)
    views: dict[str, str] = field(default_factory=dict)
    tests: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def read(settings: Settings) -> Record:
        """Empty where the work database is gone, or was built elsewhere or by another engine.

        Its views name raw files by place.
        """
        path = _path(settings)
        record = read_json(path) if path.exists() and settings.work_database.exists() else {}
        is_ours = record.keys() == asdict(Record()).keys() and record["place"] == _place(settings)
        return Record(**record) if is_ours else Record()

    def write(self, settings: Settings) -> None:
        write_json(_path(settings), asdict(self))


@dataclass(frozen=True)
class Choice:
    """What one run builds.

    stale: unique ids. selection: names for dbt; None for everything. wanted: the record once all of it stands.
    """

    stale: list[str]
    selection: list[str] | None
    full_refresh: bool
    kept: Record
    wanted: Record

    def begin(self, settings: Settings) -> None:
        """Strike what is about to be built from the record: should this run fail, nothing of it counts as standing."""
        code = "" if self.full_refresh else self.kept.code
        models = {k: v for k, v in self.kept.models.items() if k not in self.stale}
        views = {k: v for k, v in self.kept.views.items() if k not in self.stale or self.wanted.views.get(k) == v}
        replace(self.kept, code=code, models=models, views=views).write(settings)

    def complete(self, settings: Settings, lineage: Lineage) -> None:
        """Put on record that all of it stands, and how its tests ended; the other tests' last results stay."""
        ended = {**self.kept.tests, **test_results(settings)} if self.selection != [] else self.kept.tests
        tests = {k: status for k, status in ended.items() if k in lineage.manifest["nodes"]}
        replace(self.wanted, tests=tests).write(settings)


def choose(settings: Settings, lineage: Lineage) -> Choice:
    """Compare the record with raw and code as they are now.

    A view follows its data by itself: it is made anew only where its code changed, or a raw table it reads became empty
    or ceased to be; its tests run again all the same.
    """
    warehouse, kept = Warehouse(settings), Record.read(settings)
    models = lineage.fingerprints(warehouse.state())
    shapes = lineage.fingerprints(dict.fromkeys(warehouse.filled(), "held"))
    views = {k: shapes[k] for k in lineage.views}
    stale = [k for k, fingerprint in models.items() if kept.models.get(k) != fingerprint]
    standing = {k for k in stale if k in views and kept.views.get(k) == views[k]}
    selection = None
    if len(stale) < min(len(models), SELECT_AT_MOST):
        selection = [lineage.nodes[k]["name"] for k in stale if k not in standing]
        selection += lineage.tests_of(standing)
    code = code_fingerprint()
    wanted = Record(code, _place(settings), models, views)
    # Rows an older rule made must not live on in incremental tables.
    return Choice(stale, selection, kept.code != code, kept, wanted)


def may_become_stale(settings: Settings, lineage: Lineage, tables: list[str]) -> list[str]:
    """Unique ids of what is stale now, or will be if these raw tables change."""
    state = {**Warehouse(settings).state(), **dict.fromkeys(tables, "changed")}
    kept = Record.read(settings).models
    return [k for k, fingerprint in lineage.fingerprints(state).items() if kept.get(k) != fingerprint]


def _place(settings: Settings) -> str:
    """Where, and by which engine, the models stand."""
    return f"{settings.engine}:{settings.raw}"


def _path(settings: Settings) -> Path:
    return settings.work / "built.json"
