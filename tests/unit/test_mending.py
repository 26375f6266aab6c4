"""What is damaged below the home is found and made again from the room before it, or the run stops in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import contract, intake, mending
from pipelines.archive import Archive
from pipelines.contract import Delivery, Fetched, Parsed, SourceSpec
from pipelines.errors import DamagedError, StatecraftError
from pipelines.files import duck
from pipelines.intake import IntakeReport, incidents
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.unit.rooms import day, list_vintage, sync, toy_settings, toy_spec, tree

SPEC = toy_spec()
SPECS = {SPEC.name: SPEC}
TABLE = "toy__list"


def parse(delivery: Delivery, _: SourceSpec) -> Iterator[Parsed]:
    """A name a line; the day as the delivery has it."""
    [file] = delivery.files
    names = dict(line.split(",") for line in file.content.decode().split())
    assert delivery.known_on is not None
    made = list_vintage((delivery.known_on - day(0)).days, names, sha256=file.sha256, vintage_id=delivery.vintage_id)
    yield made


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A warehouse of two editions of a list, brought as files."""
    made = toy_settings(tmp_path)
    monkeypatch.setattr(contract, "parser", lambda _: parse)
    monkeypatch.setattr(Settings, "sample", tmp_path / "no pack")
    (tmp_path / "no pack").mkdir()
    bring(made, 0, b"a,Ay")
    bring(made, 1, b"a,Ay\nb,Bee")
    sync(made, "list")
    return made


def bring(settings: Settings, number: int, content: bytes) -> None:
    facts: dict[str, Any] = {"vintage_id": f"list-{number}", "known_on": day(number)}
    report = IntakeReport(SPEC.name)
    fetched = [Fetched(f"list-{number}.csv", content, "https://toys.example/list.csv")]
    intake._deliver(settings, SPEC, fetched, facts, "file", report, again=True)
    Landing(settings).mark(report.landed, "accepted", "let in")


def first(settings: Settings) -> Vintage:
    return Landing(settings).vintages(TABLE)[0]


def landed(settings: Settings) -> Path:
    return Landing(settings).path(first(settings)) / "all.parquet"


def raw(settings: Settings) -> Path:
    [file] = Warehouse(settings).files(TABLE)
    return file


def archived(settings: Settings) -> Path:
    [file] = (settings.archive / "objects").glob(f"*/{first(settings).sha256}*")
    return file


def spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.unlink()
    path.write_bytes(content)


def test_a_warehouse_that_is_whole_is_left_alone(settings: Settings) -> None:
    before = tree(settings.home)
    assert mending.damage(settings, SPECS) == [] and tree(settings.home) == before
    for _ in range(2):
        assert mending.mend(settings, SPECS) == []
        (settings.work / "read.json").unlink()
        assert tree(settings.home) == before


@pytest.mark.parametrize("damage", [spoil, Path.unlink])
def test_a_raw_file_is_made_again_from_landing(settings: Settings, damage: Any) -> None:
    before = tree(settings.raw)
    damage(raw(settings))
    assert len(mending.damage(settings, SPECS)) == 1
    [words] = mending.mend(settings, SPECS)
    assert "Raw file" in words and "made again from landing" in words
    assert tree(settings.raw) == before
    [told] = incidents(settings)
    assert (told["stage"], told["what"].startswith("Raw file")) == (mending.REPAIR, True)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b'{"partitions": {"all": {}}}'])
def test_a_raw_manifest_is_made_again(settings: Settings, content: bytes | None) -> None:
    before = tree(settings.raw)
    path = settings.raw / TABLE / "manifest.json"
    path.unlink() if content is None else path.write_bytes(content)
    [words] = mending.mend(settings, SPECS)
    assert "Raw manifest" in words and tree(settings.raw) == before


@pytest.mark.parametrize("damage", [spoil, Path.unlink])
def test_a_landing_file_is_made_again_from_the_archive(settings: Settings, damage: Any) -> None:
    before, content = first(settings), landed(settings).read_bytes()
    damage(landed(settings))
    [words] = mending.mend(settings, SPECS)
    assert "Landing file" in words and "from the archive" in words
    assert landed(settings).read_bytes() == content and first(settings) == before


@pytest.mark.parametrize("content", [None, b"{", b"[]", b"{}"])
def test_a_lost_record_is_made_again_and_what_was_held_is_held(settings: Settings, content: bytes | None) -> None:
    record = Landing(settings).path(first(settings)) / "vintage.json"
    record.unlink() if content is None else record.write_bytes(content)
    assert [v.vintage_id for v in Landing(settings).vintages(TABLE)] == ["list-1"]
    [words] = mending.mend(settings, SPECS)
    assert "The record" in words
    assert [v.vintage_id for v in Landing(settings).vintages(TABLE, "accepted")] == ["list-0", "list-1"]
    assert Warehouse(settings).is_current(SPEC, "list")


def test_where_nothing_is_left_to_make_it_from_the_run_stops(settings: Settings) -> None:
    spoil(landed(settings))
    spoil(archived(settings))
    with pytest.raises(DamagedError) as stopped:
        mending.mend(settings, SPECS)
    assert str(landed(settings)) in stopped.value.what
    assert "statecraft add toy --vintage list-0 --known-on 2025-01-01 FILE" in stopped.value.action
    bring(settings, 0, b"a,Ay")  # what it says to do
    assert Archive(settings).get(first(settings).sha256) == b"a,Ay"
    [words] = mending.mend(settings, SPECS)
    assert "from the archive" in words and mending.damage(settings, SPECS) == []


def newest_landed(settings: Settings) -> Path:
    return Landing(settings).path(Landing(settings).vintages(TABLE)[-1]) / "all.parquet"


@pytest.mark.parametrize("rotten", [raw, newest_landed])
def test_what_goes_bad_after_it_was_read_enters_no_other_file(settings: Settings, rotten: Any) -> None:
    assert mending.mend(settings, SPECS) == []
    bring(settings, 2, b"a,Ay\nb,Bee\nc,Cee")
    spoil(rotten(settings))
    before = tree(settings.raw)
    with pytest.raises(DamagedError, match="is not what was written") as stopped:
        sync(settings, "list")
    assert "statecraft refresh" in stopped.value.action
    assert not (settings.work / "read.json").exists() and len(tree(settings.raw)) == len(before)
    [words] = mending.mend(settings, SPECS)
    assert "is damaged or missing" in words
    sync(settings, "list")
    assert mending.damage(settings, SPECS) == []


def test_a_damaged_record_of_a_delivery_is_forgotten(settings: Settings) -> None:
    path = next((settings.landing / "deliveries" / SPEC.name).glob("*.json"))
    path.write_bytes(b"{")
    assert mending.mend(settings, SPECS) == [] and not path.exists()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _change_its_header(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in (4112, 8208):  # DuckDB keeps two, and takes the newer
        content[place] ^= 255
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [_cut, _change_its_header])
def test_a_work_database_that_does_not_open_is_dropped(settings: Settings, damage: Any) -> None:
    with duck(settings, str(settings.work_database)) as con:
        con.execute("create table t as from range(100000)")
    assert mending.mend(settings, SPECS) == []
    damage(settings.work_database)
    [words] = mending.mend(settings, SPECS)
    assert "work database" in words and not settings.work_database.exists()


def test_a_work_database_found_damaged_on_the_way_is_dropped(settings: Settings) -> None:
    with duck(settings, str(settings.work_database)) as con:
        con.execute("create table t as from range(1000000)")
    content = bytearray(settings.work_database.read_bytes())
    content[20_000 : len(content) // 2] = bytes(len(content) // 2 - 20_000)
    settings.work_database.write_bytes(content)
    with (
        pytest.raises(DamagedError, match="damaged and was removed"),
        mending.reading_work(settings),
        duck(settings, str(settings.work_database), read_only=True) as con,
    ):
        con.execute("select sum(range) from t").fetchall()
    assert not settings.work_database.exists() and incidents(settings)[0]["stage"] == mending.REPAIR


def test_other_errors_leave_the_work_database(settings: Settings) -> None:
    with duck(settings, str(settings.work_database)) as con:
        con.execute("create table t as from range(10)")
        with pytest.raises(duckdb.Error), mending.reading_work(settings):
            con.execute("select * from nothing_of_the_name")
    with pytest.raises(StatecraftError), mending.reading_work(settings):
        raise StatecraftError("A model is wrong.")
    assert settings.work_database.exists()


def test_bytes_come_back_into_a_damaged_archive(settings: Settings) -> None:
    spoil(archived(settings))
    bring(settings, 0, b"a,Ay")
    assert Archive(settings).get(first(settings).sha256) == b"a,Ay"
