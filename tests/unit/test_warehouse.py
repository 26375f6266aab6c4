"""Raw is a pure function of the set of accepted vintages: however they came, whatever was killed in between."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

from pipelines import vintages, warehouse
from pipelines.contract import OPEN_END
from pipelines.files import read_json, sha256_of
from pipelines.landing import Landing
from pipelines.settings import Settings
from pipelines.warehouse import Partition, Warehouse, fingerprint
from tests.unit.rooms import (
    FEBRUARY,
    JANUARY,
    accept,
    day,
    flow_vintage,
    folders_of,
    list_vintage,
    raw_rows,
    sync,
    toy_settings,
    toy_spec,
    tree,
)

SPEC = toy_spec()
JAN, FEB, YEAR = ("HTS10", JANUARY), ("HTS10", FEBRUARY), ("HS6", JANUARY)

FIRST = flow_vintage(0, {JAN: {"1": (10, 1), "2": (20, 2)}, YEAR: {"1": (30, 3)}})
SECOND = flow_vintage(5, {JAN: {"1": (11, 1), "2": (20, 2)}, FEB: {"1": (5, None)}})
ONLY_VALUES = flow_vintage(7, {JAN: {"1": (12, None), "3": (9, None)}}, columns=("value",))
SAME_DAY = flow_vintage(7, {JAN: {"1": (12, 4)}, FEB: {}}, sequence=1, vintage_id="later")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


def treatment(settings: Settings, thing: str = "flows") -> dict[str, int]:
    """What a sync did, less the zeros."""
    report = sync(settings, thing)
    did = ("adopted", "appended", "rebuilt", "removed", "unchanged")
    return {word: getattr(report, word) for word in did if getattr(report, word)}


def raw_file(settings: Settings, partition: str) -> Path:
    record = Warehouse(settings).manifest("toy__flows")[partition]
    assert record.file
    return settings.raw / "toy__flows" / record.file


def spans(settings: Settings, code: str = "1", level: str = "HTS10") -> list[tuple[object, ...]]:
    rows = [r for r in raw_rows(settings) if r["code"] == code and r["level"] == level and r["period_start"] == JANUARY]
    return [(r["value"], r["duty"], r["known_from"], r["known_to"]) for r in rows]


def test_each_partition_is_treated_as_its_vintages_ask(settings: Settings) -> None:
    accept(settings, SPEC, FIRST)
    assert treatment(settings) == {"adopted": 2}
    assert treatment(settings) == {"unchanged": 2}
    accept(settings, SPEC, SECOND)
    assert treatment(settings) == {"appended": 1, "adopted": 1, "unchanged": 1}
    accept(settings, SPEC, ONLY_VALUES)  # states one column: no fast path
    assert treatment(settings) == {"rebuilt": 1, "unchanged": 2}
    late = flow_vintage(1, {JAN: {"1": (10, 9)}})  # speaks of an earlier day
    (vintage,) = accept(settings, SPEC, late)
    assert treatment(settings) == {"rebuilt": 1, "unchanged": 2}
    Landing(settings).mark([vintage], "withdrawn")
    assert treatment(settings) == {"rebuilt": 1, "unchanged": 2}
    Landing(settings).mark(Landing(settings).vintages("toy__flows"), "withdrawn")
    assert treatment(settings) == {"removed": 3}
    assert raw_rows(settings) == [] and list((settings.raw / "toy__flows").iterdir()) == [
        settings.raw / "toy__flows" / "manifest.json"
    ]


def test_raw_says_what_was_known_when(settings: Settings) -> None:
    accept(settings, SPEC, FIRST, SECOND, ONLY_VALUES)
    report = sync(settings)
    assert spans(settings) == [
        (10, 1, day(0), day(5)),
        (11, 1, day(5), day(7)),
        (12, 1, day(7), OPEN_END),  # duty is not stated by the third: it stands
    ]
    assert spans(settings, "2") == [(20, 2, day(0), day(7))]
    assert spans(settings, "3") == [(9, None, day(7), OPEN_END)]
    assert report.rows == len(raw_rows(settings)) == 7


def test_a_single_vintage_is_adopted_without_a_copy(settings: Settings) -> None:
    (vintage,) = accept(settings, SPEC, FIRST)
    sync(settings)
    landed = Landing(settings).file(vintage, "HTS10-2024-01")
    assert landed is not None and raw_file(settings, "HTS10-2024-01").samefile(landed)


def test_a_partition_declared_empty_by_all_has_a_record_and_no_file(settings: Settings) -> None:
    accept(settings, SPEC, flow_vintage(0, {JAN: {}}))
    assert treatment(settings) == {"adopted": 1}
    (record,) = Warehouse(settings).manifest("toy__flows").values()
    assert (record.file, record.rows) == (None, 0)
    assert treatment(settings) == {"unchanged": 1}
    accept(settings, SPEC, flow_vintage(1, {JAN: {"1": (1, 1)}}))
    assert treatment(settings) == {"rebuilt": 1}
    assert spans(settings) == [(1, 1, day(1), OPEN_END)]


def test_the_manifest_says_what_every_vintage_changed(settings: Settings) -> None:
    made = folders_of(accept(settings, SPEC, FIRST, flow_vintage(5, {JAN: {"1": (11, 1), "9": (1, 1)}})))
    sync(settings)
    record = Warehouse(settings).manifest("toy__flows")["HTS10-2024-01"]
    assert record.inputs == made
    assert record.changes == {made[0]: [2, 0, 0], made[1]: [1, 1, 1]}


def test_any_order_of_arrival_ends_in_the_same_bytes(tmp_path: Path) -> None:
    """With a sync at the end and one in between, after each place in turn: adopt, append and rebuild are mixed."""
    together = toy_settings(tmp_path / "together")
    accept(together, SPEC, FIRST, SECOND, ONLY_VALUES, SAME_DAY)
    sync(together)
    expected = tree(together.raw)
    assert len(expected) == 4
    orders = list(permutations([FIRST, SECOND, ONLY_VALUES, SAME_DAY]))[::2]  # every pair comes first once
    for number, order in enumerate(orders):
        apart = toy_settings(tmp_path / str(number))
        for place, parsed in enumerate(order):
            accept(apart, SPEC, parsed)
            if place in (number % 3, 3):
                sync(apart)
        assert tree(apart.raw) == expected, [p.vintage_id for p in order]


def test_several_partitions_are_appended_to_in_one_run(settings: Settings) -> None:
    months = {JAN: {"1": (1, 1)}, FEB: {"1": (1, 1)}, YEAR: {"1": (1, 1)}}
    accept(settings, SPEC, flow_vintage(0, months))
    sync(settings)
    accept(settings, SPEC, flow_vintage(1, {**months, FEB: {}, YEAR: {"1": (2, 1)}}))
    assert treatment(settings) == {"appended": 3}
    assert [(r["level"], r["value"], r["known_to"]) for r in raw_rows(settings)] == [
        *(("HS6", 1, day(1)), ("HS6", 2, OPEN_END)),
        *(("HTS10", 1, OPEN_END), ("HTS10", 1, day(1))),
    ]


@pytest.mark.parametrize("gone", range(4))
def test_withdrawal_is_as_if_it_had_never_been_held(tmp_path: Path, gone: int) -> None:
    every = [FIRST, SECOND, ONLY_VALUES, SAME_DAY]
    never, once = toy_settings(tmp_path / "never"), toy_settings(tmp_path / "once")
    accept(never, SPEC, *(p for n, p in enumerate(every) if n != gone))
    sync(never)
    held = accept(once, SPEC, *every)
    sync(once)
    Landing(once).mark([held[gone]], "withdrawn", "published by mistake")
    sync(once)
    assert tree(once.raw) == tree(never.raw)
    assert Warehouse(once).state() == Warehouse(never).state()


@pytest.mark.parametrize("status", ["candidate", "refused", "withdrawn"])
def test_only_accepted_vintages_play_a_part(settings: Settings, status: str) -> None:
    accept(settings, SPEC, FIRST)
    sync(settings)
    before = tree(settings.raw)
    vintage = Landing(settings).land(SPEC, SECOND, "file")
    Landing(settings).mark([replace(vintage, status=status)], status)  # type: ignore[arg-type]
    assert treatment(settings) == {"unchanged": 2}
    assert tree(settings.raw) == before


def test_what_a_killed_run_left_is_removed_by_the_next(settings: Settings) -> None:
    accept(settings, SPEC, FIRST)
    sync(settings)
    before = tree(settings.raw)
    folder = settings.raw / "toy__flows"
    (folder / "HTS10-2024-01" / "0123456789abcdef.parquet").write_bytes(b"an orphan")
    (folder / "HTS10-2024-01" / "fedcba9876543210.tmp").write_bytes(b"half")
    (folder / "HTS10-1999-12").mkdir()
    (folder / "HTS10-1999-12" / "0123456789abcdef.parquet").write_bytes(b"never named by a manifest")
    (folder / ".manifest.json.999.tmp").write_bytes(b"{")
    assert treatment(settings) == {"unchanged": 2}
    assert tree(settings.raw) == before
    assert not (folder / "HTS10-1999-12").exists()


def test_a_run_killed_before_its_manifest_is_done_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    accept(settings, SPEC, FIRST)
    sync(settings)
    published = Warehouse(settings).manifest("toy__flows")
    accept(settings, SPEC, SECOND)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(warehouse, "write_json", killed)
        sync(settings)
    assert Warehouse(settings).manifest("toy__flows") == published
    assert all(file.exists() for file in Warehouse(settings).files("toy__flows"))
    assert treatment(settings) == {"appended": 1, "adopted": 1, "unchanged": 1}
    assert [s[0] for s in spans(settings)] == [10, 11]


def test_a_raw_file_deleted_by_hand_is_made_again(settings: Settings) -> None:
    accept(settings, SPEC, FIRST, SECOND)
    sync(settings)
    before = tree(settings.raw)
    raw_file(settings, "HTS10-2024-01").unlink()
    raw_file(settings, "HS6-2024").unlink()
    assert treatment(settings) == {"rebuilt": 1, "adopted": 1, "unchanged": 1}
    assert tree(settings.raw) == before


def test_another_engine_rebuilds_what_the_old_one_made(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    accept(settings, SPEC, FIRST, SECOND)
    sync(settings)
    accept(settings, SPEC, flow_vintage(9, {JAN: {"1": (99, 1)}}))
    monkeypatch.setattr(warehouse, "ENGINE_VERSION", warehouse.ENGINE_VERSION + 1)
    monkeypatch.setattr(vintages, "append", None)  # the old engine's file is not built upon
    assert treatment(settings) == {"rebuilt": 1, "adopted": 2}
    assert all(p.stem in fingerprints(settings) for p in Warehouse(settings).files("toy__flows"))


def test_raw_is_current_only_as_this_engine_leaves_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a refresh would leave the source out, and models read whatever lies there."""
    accept(settings, SPEC, FIRST, SECOND)
    assert not Warehouse(settings).is_current(SPEC, "flows")
    sync(settings)
    assert Warehouse(settings).is_current(SPEC, "flows")
    left = next(Warehouse(settings).files("toy__flows")).with_name("0123456789abcdef.parquet")
    left.write_bytes(b"of a killed run")
    assert not Warehouse(settings).is_current(SPEC, "flows")
    sync(settings)
    assert Warehouse(settings).is_current(SPEC, "flows") and not left.exists()
    monkeypatch.setattr(warehouse, "ENGINE_VERSION", warehouse.ENGINE_VERSION + 1)
    assert not Warehouse(settings).is_current(SPEC, "flows")


def fingerprints(settings: Settings) -> set[str]:
    return {fingerprint(p.inputs) for p in Warehouse(settings).manifest("toy__flows").values()}


def test_a_home_with_a_quote_in_its_name_works(tmp_path: Path) -> None:
    settings = toy_settings(tmp_path / "economist's")
    accept(settings, SPEC, list_vintage(0, {"a": "Ay"}), list_vintage(1, {"a": "Bee"}))
    assert treatment(settings, "list") == {"rebuilt": 1}


def test_equal_raw_has_equal_fingerprints_and_other_raw_others(settings: Settings) -> None:
    accept(settings, SPEC, list_vintage(0, {"a": "Ay"}), FIRST)
    for thing in ("list", "flows"):
        sync(settings, thing)
    before = Warehouse(settings).state()
    assert set(before) == {"toy__list", "toy__flows"}
    accept(settings, SPEC, list_vintage(1, {"a": "Bee"}))
    sync(settings, "list")
    after = Warehouse(settings).state()
    assert after["toy__list"] != before["toy__list"]
    assert after["toy__flows"] == before["toy__flows"]


def test_the_pipelines_own_tables_are_written_once_per_content(settings: Settings) -> None:
    own, folder = Warehouse(settings), settings.raw / "statecraft__notes"
    frame = pl.DataFrame({"note": ["a"]})
    own.write_own_table("statecraft__notes", frame)
    (file,) = own.files("statecraft__notes")
    moment = file.stat().st_mtime_ns
    own.write_own_table("statecraft__notes", frame)
    assert file.stat().st_mtime_ns == moment
    own.write_own_table("statecraft__notes", pl.DataFrame({"note": ["a", "b"]}))
    (newer,) = own.files("statecraft__notes")
    assert pl.read_parquet(newer).height == 2 and not file.exists()
    assert read_json(folder / "manifest.json")["partitions"]["all"]["rows"] == 2


def test_an_own_table_killed_before_its_manifest_is_published_by_the_next_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, frames = Warehouse(settings), [pl.DataFrame({"note": [word]}) for word in ("old", "new")]
    own.write_own_table("statecraft__notes", frames[0])

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(warehouse, "write_json", killed)
        own.write_own_table("statecraft__notes", frames[1])
    own.write_own_table("statecraft__notes", frames[1])
    (file,) = own.files("statecraft__notes")
    assert pl.read_parquet(file)["note"].to_list() == ["new"]


def test_an_own_table_without_rows_still_takes_a_new_column(settings: Settings) -> None:
    own = Warehouse(settings)
    for schema in ({"note": pl.String}, {"note": pl.String, "written_on": pl.Date}):
        own.write_own_table("statecraft__notes", pl.DataFrame(schema=schema))
    (file,) = own.files("statecraft__notes")
    assert pl.read_parquet_schema(file) == {"note": pl.String, "written_on": pl.Date}
    sha256 = sha256_of(file.read_bytes())
    assert own.manifest("statecraft__notes")["all"] == Partition(f"all/{file.name}", [file.stem], 0, {}, sha256)
