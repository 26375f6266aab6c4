"""A toy work database of four marts, the manifest that describes them, and a clock that ticks.

Belongs here: what tests of releases need to make one. Does not belong here: assertions.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines import release
from pipelines.files import duck
from pipelines.gates import RuleResult
from pipelines.lineage import Lineage
from pipelines.release import Release
from pipelines.settings import Settings
from tests.unit.rooms import toy_spec

SPAN = {"valid_from": "date", "valid_to": "date", "known_from": "date", "known_to": "date"}
RESULTS = {**dict.fromkeys(("gate", "table_name", "rule"), "varchar"), "passed": "boolean"}
TABLES: dict[str, tuple[list[str], dict[str, str]]] = {
    "core.dim_product": (["hts10"], {"hts10": "varchar", "name": "varchar", **SPAN}),
    "core.fct_list_entry": (["list_code", "entry_key"], {"list_code": "varchar", "entry_key": "varchar", **SPAN}),
    "core.fct_trade_flow": (["code"], {"code": "varchar", "value_usd": "bigint", **SPAN}),
    "provenance.gate_results": (
        ["gate", "table_name", "rule"],
        {**RESULTS, "observed": "varchar", "bound": "varchar", "checked_at": "timestamp"},
    ),
}
ALWAYS = "date '2025-01-01', date '9999-12-31', date '2025-01-01', date '9999-12-31'"
PASSED = [RuleResult("release", "core.dim_product", "has_rows", True, True, "2", "at least 1")]


class ToyMarts:
    """A work database with four marts and the manifest that describes them; names: hts10 -> name."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.versions = dict.fromkeys(TABLES, "1")
        self.set_products({"a": "Ay", "b": "Bee"})

    def set_products(self, names: dict[str, str]) -> None:
        """Another dim_product, and with it another fingerprint."""
        self.versions["core.dim_product"] = json.dumps(names)
        with duck(self.settings, str(self.settings.work_database)) as con:
            for table, (_, columns) in TABLES.items():
                con.execute(f"create schema if not exists {table.split('.')[0]}")
                con.execute(f"create or replace table {table} ({', '.join(f'{c} {t}' for c, t in columns.items())})")
            con.executemany(f"insert into core.dim_product values (?, ?, {ALWAYS})", list(names.items()))
            con.execute(f"insert into core.fct_list_entry values ('entity_list', 'acme', {ALWAYS})")
            con.execute(f"insert into core.fct_trade_flow values ('a', 7, {ALWAYS})")
            con.execute("insert into provenance.gate_results values ('landing', 'toy', 'r', true, '1', '1', now())")

    @property
    def lineage(self) -> Lineage:
        return Lineage({"nodes": dict(self._node(t) for t in TABLES), "sources": {}, "macros": {}})

    def _node(self, table: str) -> tuple[str, dict[str, Any]]:
        grain, columns = TABLES[table]
        schema, name = table.split(".")
        described = {c: {"name": c, "data_type": t, "description": f"The {c}."} for c, t in columns.items()}
        node: dict[str, Any] = {
            "resource_type": "model",
            "schema": schema,
            "name": name,
            "description": f"It's {name}.",
        }
        node |= {"columns": described, "checksum": self.versions[table], "meta": {"grain": grain}}
        return f"model.{table}", node

    def candidate(self) -> Path | None:
        return release.build_candidate(self.settings, self.lineage, {"toy": toy_spec()})

    def publish(self, results: list[RuleResult] | None = None) -> Release:
        folder = self.candidate()
        assert folder is not None
        return release.publish(self.settings, self.lineage, folder, PASSED if results is None else results)


class Clock(datetime):
    """A moment later each time it is asked: builds are named to the second."""

    moment = datetime(2025, 6, 1, tzinfo=UTC)

    @classmethod
    def now(cls, tz: Any = None) -> Clock:
        Clock.moment += timedelta(seconds=1)
        return cls.fromtimestamp(Clock.moment.timestamp(), tz)
