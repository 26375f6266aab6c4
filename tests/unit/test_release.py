"""The life of releases: built aside, judged, swapped in whole; a kill or a refusal leaves readers where they were."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines import gates, release, release_papers
from pipelines.errors import GateError, StatecraftError
from pipelines.files import duck, read_json, sha256_of
from pipelines.gates import RuleResult
from pipelines.lineage import Lineage
from pipelines.query import run_query
from pipelines.release import Release
from pipelines.settings import Settings
from tests.unit.rooms import toy_settings, toy_spec

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
REFUSED = [*PASSED, RuleResult("release", "core.dim_product", "has_name", False, True, "0", "1", "Look.", ["a"])]
WARNED = [*PASSED, RuleResult("release", "core.dim_product", "not_many", False, False, "2", "at most 1")]


class Warehouse:
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
        node = {"resource_type": "model", "schema": schema, "name": name, "description": f"It's {name}."}
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


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """dbt's documentation is a page written at once, clocks tick, and each mart has a suite of one rule."""

    def finish_docs(settings: Settings, writing: object, folder: Path) -> None:
        (folder / "docs").mkdir()
        (folder / "docs" / "index.html").write_text("<html>")

    monkeypatch.setattr(release, "write_docs", lambda settings: None)
    monkeypatch.setattr(release_papers, "finish_docs", finish_docs)
    monkeypatch.setattr(release, "datetime", Clock)
    monkeypatch.setattr(gates, "EXPECTATIONS", tmp_path / "expectations")
    suites = tmp_path / "expectations" / "release"
    suites.mkdir(parents=True)
    for table in TABLES:
        rule = {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}, "severity": "critical"}
        rule["meta"] = {"rule": "has_rows", "action": "Look."}
        (suites / f"{table}.json").write_text(json.dumps({"name": table, "expectations": [rule], "meta": {}}))
    return Warehouse(toy_settings(tmp_path))


def parquet(made: Release, table: str) -> Path:
    return made.path / "parquet" / table.split(".")[0] / f"{table.split('.')[1]}.parquet"


def test_a_release_is_complete_described_and_the_latest(warehouse: Warehouse) -> None:
    made = warehouse.publish()
    assert release.latest(warehouse.settings) == made and made.is_latest
    assert (warehouse.settings.releases / "latest").resolve() == made.path
    names = ("build.json", "changes.json", "checks.json", "datapackage.json", "docs", "parquet", "statecraft.duckdb")
    assert sorted(p.name for p in made.path.iterdir()) == sorted(names)
    assert made.tables["core.dim_product"].rows == 2 and made.rows == 6
    package = read_json(made.path / "datapackage.json")
    for resource in package["resources"]:
        content = (made.path / resource["path"]).read_bytes()
        assert (resource["hash"], resource["bytes"]) == (f"sha256:{sha256_of(content)}", len(content))
        table = resource["name"].replace("_", ".", 1)
        assert made.tables[table].sha256 == sha256_of(content)
        assert pl.read_parquet(made.path / resource["path"]).height == resource["rows"] == made.tables[table].rows
    assert package["sources"] == [
        {"title": "Office of Toys: Toy figures", "path": "https://toys.example", "licence": "public domain"}
    ]
    assert release.candidate(warehouse.settings) is None


def test_the_released_file_answers_with_comments_and_macros(warehouse: Warehouse) -> None:
    made = warehouse.publish()

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return run_query(warehouse.settings, made.database, sql).rows()

    assert ask("select name from core.product_on(date '2025-02-01') order by all") == [("Ay",), ("Bee",)]
    assert ask("from core.product_on(date '2024-02-01')") == []
    assert ask("select entry_key from core.list_on('entity_list', date '2025-02-01')") == [("acme",)]
    assert ask("select value_usd from core.trade_known_on()") == [(7,)]
    assert ask("from core.trade_known_on(known_on := date '2024-12-31')") == []
    said = "select comment from duckdb_tables() where table_name = 'dim_product'"
    assert ask(said) == [("It's dim_product.",)]


def test_older_readers_can_open_the_released_file(warehouse: Warehouse) -> None:
    made = warehouse.publish()
    with duckdb.connect() as con:
        con.execute(f"attach '{made.database}' as release (read_only)")
        (options,) = con.execute("select tags from duckdb_databases() where database_name = 'release'").fetchall()
    assert options[0]["storage_version"].startswith("v1.4")


def test_nothing_new_makes_no_candidate(warehouse: Warehouse) -> None:
    warehouse.publish()
    assert warehouse.candidate() is None
    warehouse.versions["core.fct_trade_flow"] = "2"
    assert warehouse.candidate() is not None


def test_unchanged_tables_are_linked_to_the_release_before(warehouse: Warehouse) -> None:
    first = warehouse.publish()
    warehouse.versions["core.fct_trade_flow"] = "other code, same rows"
    warehouse.set_products({"a": "Ay", "b": "Bea", "c": "Sea"})
    second = warehouse.publish()
    for table in ("core.fct_list_entry", "core.fct_trade_flow"):
        assert parquet(second, table).samefile(parquet(first, table))
        assert second.tables[table].sha256 == first.tables[table].sha256
    assert not parquet(second, "core.dim_product").samefile(parquet(first, "core.dim_product"))
    assert not parquet(second, "provenance.gate_results").samefile(parquet(first, "provenance.gate_results"))


def test_changes_count_rows_by_their_grain(warehouse: Warehouse) -> None:
    first = warehouse.publish()
    assert read_json(first.path / "changes.json")["against"] is None
    warehouse.set_products({"b": "Bea", "c": "Sea", "d": "Dee"})
    warehouse.versions["provenance.gate_results"] = "judged again"
    changes = read_json(warehouse.publish().path / "changes.json")
    assert changes["against"] == first.build_id
    assert changes["rows"] == {"core.dim_product": {"added": 2, "changed": 1, "removed": 1}}
    assert (changes["tables_added"], changes["tables_removed"]) == ([], [])


def test_a_change_of_columns_is_told_as_such(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse.publish()
    grain, columns = TABLES["core.fct_trade_flow"]
    renamed = {("value_eur" if c == "value_usd" else c): t for c, t in columns.items()}
    monkeypatch.setitem(TABLES, "core.fct_trade_flow", (grain, renamed))
    warehouse.set_products({"a": "Ay", "b": "Bee"})
    rows = read_json(warehouse.publish().path / "changes.json")["rows"]
    assert rows["core.fct_trade_flow"] == {"columns_added": ["value_eur"], "columns_removed": ["value_usd"]}


def test_the_gates_results_are_in_the_release_and_nothing_else_changed(warehouse: Warehouse) -> None:
    folder = warehouse.candidate()
    assert folder is not None
    judged = read_json(folder / "build.json")["tables"]
    made = release.publish(warehouse.settings, warehouse.lineage, folder, WARNED)
    rows = run_query(warehouse.settings, made.database, "select rule, passed from provenance.gate_results order by all")
    assert rows.rows() == [("has_rows", True), ("not_many", False), ("r", True)]
    changed = {t for t, facts in read_json(made.path / "build.json")["tables"].items() if facts != judged[t]}
    assert changed == {"provenance.gate_results"}
    assert [c["rule"] for c in read_json(made.path / "checks.json")["release_gate"]] == ["has_rows", "not_many"]


@pytest.mark.parametrize("results", [REFUSED, []])
def test_a_refused_or_unjudged_candidate_publishes_nothing(warehouse: Warehouse, results: list[RuleResult]) -> None:
    first = warehouse.publish()
    warehouse.set_products({"z": "Zee"})
    with pytest.raises(GateError, match="The last release stands") as caught:
        warehouse.publish(results)
    assert not results or "has_name" in str(caught.value)
    assert release.releases(warehouse.settings) == [first]
    folder = release.candidate(warehouse.settings)  # the evidence is kept
    assert folder is not None and folder.parent.name == ".building"


def test_the_gate_judges_the_candidates_own_bytes(warehouse: Warehouse) -> None:
    folder = warehouse.candidate()
    assert folder is not None
    results = release.judge_candidate(folder, warehouse.lineage)
    assert [(r.table_name, r.rule, r.passed) for r in results] == [(t, "has_rows", True) for t in TABLES]
    with duckdb.connect(str(folder / "statecraft.duckdb")) as con:
        con.execute("delete from core.dim_product")
    judged = {r.table_name: r for r in release.judge_candidate(folder, warehouse.lineage)}
    assert not judged["core.dim_product"].passed and judged["core.dim_product"].observed == "0"
    with pytest.raises(GateError):
        release.publish(warehouse.settings, warehouse.lineage, folder, list(judged.values()))


def test_leftovers_of_a_killed_run_are_removed(warehouse: Warehouse) -> None:
    left = release.building_folder(warehouse.settings) / "20240101T000000Z-dead"
    left.mkdir(parents=True)
    (left / "statecraft.duckdb").write_bytes(b"half")
    folder = warehouse.candidate()
    assert folder is not None
    assert [p.name for p in release.building_folder(warehouse.settings).iterdir()] == [folder.name]


def test_a_run_killed_just_before_the_swap_is_finished_by_the_next(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = warehouse.publish()
    warehouse.set_products({"z": "Zee"})
    killed: Callable[..., None] = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)  # noqa: E731
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(release, "point_latest", killed)
        warehouse.publish()
    assert release.latest(warehouse.settings) == first
    assert warehouse.candidate() is None  # the release is whole: nothing is left to build
    latest = release.latest(warehouse.settings)
    assert latest is not None and latest.build_id > first.build_id


def test_readers_see_one_whole_release_or_the_other(warehouse: Warehouse) -> None:
    builds = [warehouse.publish().build_id]
    warehouse.set_products({"z": "Zee"})
    builds.append(warehouse.publish().build_id)
    latest, done = warehouse.settings.releases / "latest", threading.Event()
    seen: list[str] = []

    def read() -> None:
        while not done.is_set():
            held = latest.resolve(strict=True)
            assert (latest / "statecraft.duckdb").exists()
            seen.append(read_json(held / "build.json")["build_id"])

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(60):
        release.point_latest(warehouse.settings, builds[turn % 2])
    done.set()
    reader.join()
    assert set(seen) == set(builds)


def test_rolling_back_is_one_step_and_is_not_undone_by_a_run_without_news(warehouse: Warehouse) -> None:
    first = warehouse.publish()
    warehouse.set_products({"z": "Zee"})
    second = warehouse.publish()
    release.point_latest(warehouse.settings, first.build_id)
    assert [(r.build_id, r.is_latest) for r in release.releases(warehouse.settings)] == [
        (second.build_id, False),
        (first.build_id, True),
    ]
    assert warehouse.candidate() is None
    assert release.latest(warehouse.settings) is not None
    with pytest.raises(StatecraftError, match="There is no release nowhere"):
        release.point_latest(warehouse.settings, "nowhere")
    assert (warehouse.settings.releases / "latest").resolve() == first.path


def test_pruning_keeps_the_newest_and_the_one_readers_see(warehouse: Warehouse) -> None:
    made = []
    for number in range(4):
        warehouse.set_products({"a": str(number)})
        made.append(warehouse.publish().build_id)
    release.point_latest(warehouse.settings, made[0])
    half = warehouse.settings.releases / f".removing-{made[0]}x"
    half.mkdir()
    (half / "build.json").write_text("left by a kill")
    assert len(release.releases(warehouse.settings)) == 4
    assert release.prune(warehouse.settings, 1) == [made[2], made[1]]
    assert [r.build_id for r in release.releases(warehouse.settings)] == [made[3], made[0]]
    assert not half.exists()
