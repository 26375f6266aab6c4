"""The life of releases: built aside, judged, swapped in whole; a kill or a refusal leaves readers where they were."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from pipelines import gates, release, release_papers, release_tables
from pipelines.errors import DamagedError, GateError, StatecraftError
from pipelines.files import read_json, sha256_of, write_json
from pipelines.gates import RuleResult
from pipelines.lineage import Mart
from pipelines.query import run_query
from pipelines.release import NoReleaseError, Release
from pipelines.settings import Settings
from tests.unit.rooms import toy_settings
from tests.unit.toy_release import PASSED, TABLES, Clock, ToyMarts

REFUSED = [*PASSED, RuleResult("release", "core.dim_product", "has_name", False, True, "0", "1", "Look.", ["a"])]
WARNED = [*PASSED, RuleResult("release", "core.dim_product", "not_many", False, False, "2", "at most 1")]


def prepared(folder: Path, patch: pytest.MonkeyPatch) -> ToyMarts:
    """dbt's documentation is a stand-in, clocks tick, and each mart has a suite of one rule."""

    def write_docs(settings: Settings, described: list[Mart], rows: dict[str, int], release_folder: Path) -> None:
        (release_folder / "docs").mkdir()
        (release_folder / "docs" / "index.html").write_text("<html>")

    patch.setattr(release_papers, "write_docs", write_docs)
    patch.setattr(release, "datetime", Clock)
    patch.setattr(gates, "EXPECTATIONS", folder / "expectations")
    suites = folder / "expectations" / "release"
    suites.mkdir(parents=True)
    for table in TABLES:
        rule: dict[str, Any] = {"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}
        rule |= {"severity": "critical", "meta": {"rule": "has_rows", "action": "Look."}}
        (suites / f"{table}.json").write_text(json.dumps({"name": table, "expectations": [rule], "meta": {}}))
    return ToyMarts(toy_settings(folder))


@pytest.fixture
def marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ToyMarts:
    return prepared(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def only(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Release]:
    """One release, for tests that only read it."""
    with pytest.MonkeyPatch.context() as patch:
        toy = prepared(tmp_path_factory.mktemp("only"), patch)
        return toy.settings, toy.publish()


def copied(made: Release, build_id: str) -> str:
    """The same release under another name."""
    folder = shutil.copytree(made.path, made.path.with_name(build_id))
    write_json(folder / "build.json", {**read_json(folder / "build.json"), "build_id": build_id})
    return build_id


def parquet(made: Release, table: str) -> Path:
    schema, name = table.split(".")
    return made.path / "parquet" / schema / f"{name}.parquet"


def test_a_release_is_complete_described_and_the_latest(only: tuple[Settings, Release]) -> None:
    settings, made = only
    assert release.latest(settings) == made and made.is_latest
    assert (settings.releases / "latest").resolve() == made.path
    names = (
        "CITATION.cff",
        "SHA256SUMS",
        "build.json",
        "changes.json",
        "checks.json",
        "datapackage.json",
        "docs",
        "parquet",
        "statecraft.duckdb",
    )
    assert sorted(p.name for p in made.path.iterdir()) == sorted(names)
    assert made.tables["core.dim_product"].rows == 2 and made.rows == 6
    package = read_json(made.path / "datapackage.json")
    for resource in package["resources"]:
        content = (made.path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{sha256_of(content)}"
        table = resource["name"].replace("_", ".", 1)
        assert made.tables[table].sha256 == sha256_of(content)
        assert pl.read_parquet(made.path / resource["path"]).height == resource["rows"] == made.tables[table].rows
    assert package["sources"] == [
        {
            "title": "Office of Toys: Toy figures",
            "path": "https://toys.example",
            "publisher": "Office of Toys",
            "licence": "public domain",
            "licence_url": "https://toys.example/licence",
        }
    ]
    assert release.candidate(settings) is None


def test_the_released_file_answers_with_comments_and_macros(only: tuple[Settings, Release]) -> None:
    settings, made = only

    def ask(sql: str) -> list[tuple[Any, ...]]:
        return run_query(settings, made.database, sql).rows()

    assert ask("select name from core.product_on(date '2025-02-01') order by all") == [("Ay",), ("Bee",)]
    assert ask("from core.product_on(date '2024-02-01')") == []
    assert ask("select entry_key from core.list_on('entity_list', date '2025-02-01')") == [("acme",)]
    assert ask("select value_usd from core.trade_known_on()") == [(7,)]
    assert ask("from core.trade_known_on(known_on := date '2024-12-31')") == []
    said = "select comment from duckdb_tables() where table_name = 'dim_product'"
    assert ask(said) == [("It's dim_product.",)]


def test_older_readers_can_open_the_released_file(only: tuple[Settings, Release]) -> None:
    _, made = only
    with duckdb.connect() as con:
        con.execute(f"attach '{made.database}' as release (read_only)")
        (options,) = con.execute("select tags from duckdb_databases() where database_name = 'release'").fetchall()
    assert options[0]["storage_version"].startswith("v1.4")
    with made.database.open("rb") as file:
        head = file.read(20)
    # What DuckDB itself reads before all else: its mark, and the newest number that 1.4.0 opens.
    assert head[8:12] == b"DUCK" and int.from_bytes(head[12:20], "little") <= 67


@pytest.mark.parametrize(
    "listed",
    [
        "duckdb_tables() where not internal",
        "duckdb_columns() where not internal",
        "duckdb_functions() where not internal and schema_name = 'core'",
    ],
)
def test_everything_in_the_released_file_says_what_it_is(only: tuple[Settings, Release], listed: str) -> None:
    settings, made = only
    found = run_query(settings, made.database, f"select comment from {listed}")["comment"]
    assert found.len() > 0 and found.null_count() == 0 and (found.str.len_chars() > 0).all()


def test_nothing_new_makes_no_candidate(marts: ToyMarts) -> None:
    marts.publish()
    assert marts.candidate() is None
    marts.versions["core.fct_trade_flow"] = "2"
    assert marts.candidate() is not None


def test_unchanged_tables_are_linked_to_the_release_before(marts: ToyMarts, monkeypatch: pytest.MonkeyPatch) -> None:
    first = marts.publish()
    write, written = release_tables.write_parquet, []

    def noted(con: duckdb.DuckDBPyConnection, relation: str, mart: Mart, folder: Path) -> int:
        written.append(mart.qualified)
        return write(con, relation, mart, folder)

    monkeypatch.setattr(release_tables, "write_parquet", noted)
    marts.versions["core.fct_trade_flow"] = "other code, same rows"
    marts.set_products({"a": "Ay", "b": "Bea", "c": "Sea"})
    second = marts.publish()
    for table in ("core.fct_list_entry", "core.fct_trade_flow"):
        assert parquet(second, table).samefile(parquet(first, table))
        assert second.tables[table].sha256 == first.tables[table].sha256
    # One of equal fingerprint is not even written; the gate's results are written after the judgement.
    assert written == ["core.dim_product", "core.fct_trade_flow", "provenance.gate_results"]
    assert not parquet(second, "core.dim_product").samefile(parquet(first, "core.dim_product"))
    assert not parquet(second, "provenance.gate_results").samefile(parquet(first, "provenance.gate_results"))


def test_unchanged_tables_stay_in_the_file(marts: ToyMarts, monkeypatch: pytest.MonkeyPatch) -> None:
    marts.publish()
    write, written = release_tables._write_table, []

    def noted(con: duckdb.DuckDBPyConnection, mart: Mart) -> None:
        written.append(mart.qualified)
        write(con, mart)

    monkeypatch.setattr(release_tables, "_write_table", noted)
    marts.set_products({"a": "Ay", "b": "Bea"})
    made = marts.publish()
    assert written == ["core.dim_product", "provenance.gate_results"]
    with duckdb.connect(str(made.database), read_only=True) as con:
        assert con.execute("select name from core.product_on(date '2025-02-01') order by all").fetchall()[1] == ("Bea",)
        assert con.execute("select entry_key from core.fct_list_entry").fetchall() == [("acme",)]
        # The results of the gate before are not carried over.
        gates = con.execute("select gate, count(*) from provenance.gate_results group by all order by all").fetchall()
        assert gates == [("landing", 1), ("release", 1)]


def test_changes_count_rows_by_their_grain_and_tell_of_columns(
    marts: ToyMarts, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = marts.publish()
    assert read_json(first.path / "changes.json")["against"] is None
    grain, columns = TABLES["core.fct_trade_flow"]
    renamed = {("value_eur" if c == "value_usd" else c): t for c, t in columns.items()}
    monkeypatch.setitem(TABLES, "core.fct_trade_flow", (grain, renamed))
    marts.set_products({"b": "Bea", "c": "Sea", "d": "Dee"})
    marts.versions["provenance.gate_results"] = "judged again"
    changes = read_json(marts.publish().path / "changes.json")
    assert changes["against"] == first.build_id
    assert changes["rows"] == {
        "core.dim_product": {"added": 2, "changed": 1, "removed": 1},
        "core.fct_trade_flow": {"columns_added": ["value_eur"], "columns_removed": ["value_usd"]},
    }
    assert (changes["tables_added"], changes["tables_removed"]) == ([], [])


def test_the_gates_results_are_in_the_release_and_nothing_else_changed(marts: ToyMarts) -> None:
    folder = marts.candidate()
    assert folder is not None
    judged = read_json(folder / "build.json")["tables"]
    made = release.publish(marts.settings, marts.lineage, folder, WARNED)
    rows = run_query(marts.settings, made.database, "select rule, passed from provenance.gate_results order by all")
    assert rows.rows() == [("has_rows", True), ("not_many", False), ("r", True)]
    changed = {t for t, facts in read_json(made.path / "build.json")["tables"].items() if facts != judged[t]}
    assert changed == {"provenance.gate_results"}
    assert [c["rule"] for c in read_json(made.path / "checks.json")["release_gate"]] == ["has_rows", "not_many"]


def test_a_refused_or_unjudged_candidate_publishes_nothing(marts: ToyMarts) -> None:
    first = marts.publish()
    marts.set_products({"z": "Zee"})
    folder = marts.candidate()
    assert folder is not None
    for results, words in ((REFUSED, "rule has_name: saw 0, wanted 1"), ([], "was not judged")):
        with pytest.raises(GateError, match=rf"{words}.*The last release stands"):
            release.publish(marts.settings, marts.lineage, folder, results)
    assert release.releases(marts.settings) == [first]
    assert release.candidate(marts.settings) == folder  # the evidence is kept
    assert folder.parent.name == ".building"


def test_the_gate_judges_the_candidates_own_bytes(marts: ToyMarts) -> None:
    folder = marts.candidate()
    assert folder is not None
    with duckdb.connect(str(folder / "statecraft.duckdb")) as con:
        con.execute("delete from core.dim_product")
    results = release.judge_candidate(folder, marts.lineage)
    assert [(r.table_name, r.rule) for r in results] == [(t, "has_rows") for t in TABLES]
    assert [(r.table_name, r.observed) for r in results if not r.passed] == [("core.dim_product", "0")]
    with pytest.raises(GateError, match=r"core\.dim_product: rule has_rows"):
        release.publish(marts.settings, marts.lineage, folder, results)


def test_leftovers_of_a_killed_run_are_removed(marts: ToyMarts) -> None:
    left = release.building_folder(marts.settings) / "20240101T000000Z-dead"
    left.mkdir(parents=True)
    (left / "statecraft.duckdb").write_bytes(b"half")
    folder = marts.candidate()
    assert folder is not None
    assert [p.name for p in release.building_folder(marts.settings).iterdir()] == [folder.name]


def test_a_run_killed_just_before_the_swap_is_finished_by_the_next(
    marts: ToyMarts, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = marts.publish()
    marts.set_products({"z": "Zee"})

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(release, "point_latest", killed)
        marts.publish()
    assert release.latest(marts.settings) == first
    assert marts.candidate() is None  # the release is whole: nothing is left to build
    latest = release.latest(marts.settings)
    assert latest is not None and latest.build_id > first.build_id


def test_readers_who_see_none_are_pointed_at_the_newest_sound_one(marts: ToyMarts) -> None:
    first = marts.publish()
    marts.set_products({"z": "Zee"})
    second = marts.publish()
    second.database.chmod(0o644)
    second.database.write_bytes(b"changed")
    (marts.settings.releases / "latest").unlink()
    release.finish_swap(marts.settings)
    latest = release.latest(marts.settings)
    assert latest is not None and latest.build_id == first.build_id


def test_readers_see_one_whole_release_or_the_other(marts: ToyMarts) -> None:
    made = marts.publish()
    builds = [made.build_id, copied(made, f"{made.build_id}-again")]
    latest, done = marts.settings.releases / "latest", threading.Event()
    seen: set[str] = set()

    def read() -> None:
        while not done.is_set():
            try:
                assert (latest / "statecraft.duckdb").exists()
                seen.add(read_json(latest / "build.json")["build_id"])
            except (AssertionError, OSError, ValueError) as error:
                seen.add(repr(error))

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(60):
        release.point_latest(marts.settings, builds[turn % 2])
    done.set()
    reader.join()
    assert seen == set(builds)


def test_rolling_back_is_one_step_and_is_not_undone_by_a_run_without_news(marts: ToyMarts) -> None:
    second = marts.publish()
    first = copied(second, "20240101T000000Z-older")
    release.point_latest(marts.settings, first)
    assert [(r.build_id, r.is_latest) for r in release.releases(marts.settings)] == [
        (second.build_id, False),
        (first, True),
    ]
    assert marts.candidate() is None
    with pytest.raises(StatecraftError, match="There is no release nowhere"):
        release.point_latest(marts.settings, "nowhere")
    assert (marts.settings.releases / "latest").resolve().name == first


def test_readers_are_not_rolled_back_to_what_is_not_as_published(marts: ToyMarts) -> None:
    first = marts.publish()
    marts.set_products({"z": "Zee"})
    second = marts.publish()
    release.roll_back(marts.settings, first.build_id)
    assert release.current(marts.settings).build_id == first.build_id
    second.database.chmod(0o644)
    second.database.write_bytes(b"changed")
    with pytest.raises(DamagedError, match=r"is not what was published: statecraft\.duckdb changed.*--remove BUILD"):
        release.roll_back(marts.settings, second.build_id)
    for none in ("nowhere", "latest", "../work"):
        with pytest.raises(StatecraftError, match=f"There is no release {none}"):
            release.roll_back(marts.settings, none)
    assert release.current(marts.settings).build_id == first.build_id


def test_readers_who_see_none_of_the_releases_are_told_how_to_see_one(marts: ToyMarts) -> None:
    with pytest.raises(NoReleaseError, match=r"There is no release in .* yet"):
        release.current(marts.settings)
    made = marts.publish()
    (marts.settings.releases / "latest").unlink()
    with pytest.raises(NoReleaseError, match=r"points at none of the releases in .*--roll-back BUILD"):
        release.current(marts.settings)
    release.roll_back(marts.settings, made.build_id)
    assert release.current(marts.settings) == made


def test_pruning_keeps_the_newest_and_the_one_readers_see(marts: ToyMarts) -> None:
    newest = marts.publish()
    older = [copied(newest, f"2024010{number}T000000Z") for number in (1, 2, 3)]
    release.point_latest(marts.settings, older[0])
    half = marts.settings.releases / ".removing-20230101T000000Z"
    half.mkdir()
    (half / "build.json").write_text("left by a kill")
    assert len(release.releases(marts.settings)) == 4
    assert release.prune(marts.settings, 1) == [older[2], older[1]]
    assert [r.build_id for r in release.releases(marts.settings)] == [newest.build_id, older[0]]
    assert not half.exists()


def test_as_many_releases_are_kept_as_the_environment_says(marts: ToyMarts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECRAFT_KEEP_RELEASES", "2")
    for number in range(3):
        marts.set_products({"a": f"Ay {number}"})
        newest = marts.publish()
    kept = release.releases(marts.settings)
    assert len(kept) == 2 and kept[0] == newest
