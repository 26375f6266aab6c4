"""The embedded pack: written from raw, read back to the same vintages and the same raw; damage is refused."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines import pack
from pipelines.contract import Correction, Parsed, SourceSpec
from pipelines.errors import StatecraftError
from pipelines.intake import IntakeReport, Origin, take_in
from pipelines.landing import Landing, Vintage
from pipelines.settings import Settings
from tests.unit.rooms import (
    FEBRUARY,
    JANUARY,
    accept,
    flow_vintage,
    list_vintage,
    raw_rows,
    sync,
    toy_settings,
    toy_spec,
    tree,
)

SPEC = toy_spec()
JAN, FEB, YEAR = ("HTS10", JANUARY), ("HTS10", FEBRUARY), ("HS6", JANUARY)
CORRECTION = Correction("entry=a", "name", "Aye", "Ay", "misprint", "open")

LISTS = [
    list_vintage(0, {"a": "Ay", "b": "Bee"}, known_precision="month", url="https://toys.example/1"),
    list_vintage(4, {"a": "Ay", "c": "Sea"}, corrections=(CORRECTION,)),
    list_vintage(9, {"a": "Ay", "c": "Sea"}),
]
FLOWS = [
    flow_vintage(0, {JAN: {"1": (10, 1), "2": (20, 2)}, YEAR: {"1": (30, 3)}}),
    flow_vintage(2, {JAN: {"1": (11, None), "3": (9, None)}}, columns=("value",)),
    flow_vintage(5, {JAN: {"2": (None, 7)}}, columns=("duty",), has_rows=False),
    flow_vintage(7, {FEB: {}, YEAR: {"1": (31, 3)}}, sequence=1),
]


def filled(folder: Path, *parsed: Parsed) -> Settings:
    """A warehouse that holds these vintages."""
    settings = toy_settings(folder)
    accept(settings, SPEC, *parsed)
    for thing in SPEC.things:
        sync(settings, thing)
    return settings


def packed(tmp_path: Path, *parsed: Parsed) -> Path:
    pack.write(filled(tmp_path / "writer", *parsed), {"toy": SPEC}, tmp_path / "pack")
    return tmp_path / "pack"


def unpacked(folder: Path, from_pack: Path, spec: SourceSpec = SPEC) -> tuple[Settings, IntakeReport]:
    """A warehouse filled from a pack, everything accepted."""
    settings = toy_settings(folder)
    report = take_in(settings, spec, Origin("pack", from_pack))
    Landing(settings).mark(report.landed, "accepted")
    for thing in spec.things:
        sync(settings, thing)
    return settings, report


def facts(vintage: Vintage) -> Vintage:
    """A vintage less where it came from and when."""
    return replace(vintage, origin="", ingested_at=None)  # type: ignore[arg-type]


def change_manifest(folder: Path, change: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture(scope="module")
def flows_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once; a test that damages it takes a copy."""
    return packed(tmp_path_factory.mktemp("flows"), *FLOWS)


@pytest.fixture(scope="module")
def lists_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed(tmp_path_factory.mktemp("lists"), *LISTS)


def copied(pack_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack_folder, tmp_path / "pack"))


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    folder = packed(tmp_path, *LISTS, *FLOWS)
    reader, report = unpacked(tmp_path / "reader", folder)
    writer = toy_settings(tmp_path / "writer")
    assert {v.origin for v in report.landed} == {"pack"} and report.known == 0
    written, read = Landing(writer).vintages(), Landing(reader).vintages()
    assert [v.folder for v in read] == [v.folder for v in written]
    for table in ("toy__list", "toy__flows"):
        assert raw_rows(reader, table) == raw_rows(writer, table) != []
    whole_lists = [(facts(a), facts(b)) for a, b in zip(read, written, strict=True) if a.thing == "list"]
    assert all(a == b for a, b in whole_lists)
    assert [v.scope for v in read] == [v.scope for v in written]
    assert [(v.columns, v.has_rows) for v in read] == [(v.columns, v.has_rows) for v in written]


def test_raw_files_from_a_pack_are_the_same_bytes(tmp_path: Path) -> None:
    """Change-coded files; a partition of one vintage is its landing file, written anew."""
    folder = packed(tmp_path, *LISTS, *FLOWS)
    reader, _ = unpacked(tmp_path / "reader", folder)
    ours, theirs = tree(reader.raw), tree(tmp_path / "writer" / "home" / "raw")
    assert ours == theirs


def test_a_pack_of_a_pack_is_the_same_pack(tmp_path: Path) -> None:
    """But for the vintage that decides no rows: it comes back with every row that stood, not only those it stated."""
    folder = packed(tmp_path, *LISTS, *(p for p in FLOWS if p.has_rows))
    reader, _ = unpacked(tmp_path / "reader", folder)
    pack.write(reader, {"toy": SPEC}, tmp_path / "again")
    assert tree(tmp_path / "again") == tree(folder)


def test_vintages_at_hand_are_known_and_not_read_again(tmp_path: Path, lists_pack: Path) -> None:
    folder = copied(lists_pack, tmp_path)
    reader, _ = unpacked(tmp_path / "reader", folder)
    (folder / "toy__list" / "all.parquet").unlink()  # would be missed if it were read
    report = take_in(reader, SPEC, Origin("pack", folder))
    assert (report.landed, report.known) == ([], 3)


def test_only_what_is_missing_is_read(tmp_path: Path, lists_pack: Path) -> None:
    folder = copied(lists_pack, tmp_path)
    reader = filled(tmp_path / "reader", LISTS[1])
    report = take_in(reader, SPEC, Origin("pack", folder))
    assert [v.vintage_id for v in report.landed] == ["list-0", "list-9"]
    assert report.known == 1


def test_a_vintage_outdone_on_its_own_day_is_left_out(tmp_path: Path) -> None:
    outdone = list_vintage(4, {"z": "Zee"}, vintage_id="first try")
    better = list_vintage(4, {"a": "Ay"}, vintage_id="second try", sequence=1)
    folder = packed(tmp_path, LISTS[0], outdone, better)
    reader, report = unpacked(tmp_path / "reader", folder)
    assert [v.vintage_id for v in report.landed] == ["list-0", "second try"]
    assert raw_rows(reader, "toy__list") == raw_rows(toy_settings(tmp_path / "writer"), "toy__list")


def test_one_of_the_same_day_and_span_but_other_cells_is_not_left_out(tmp_path: Path) -> None:
    """Two scopes whose words are the same: three levels each, A to D."""
    one = flow_vintage(4, {(level, JANUARY): {"1": (1, 1)} for level in "ABD"}, vintage_id="one")
    other = flow_vintage(4, {(level, JANUARY): {"1": (2, 2)} for level in "ACD"}, vintage_id="other")
    folder = packed(tmp_path, one, other)
    reader, report = unpacked(tmp_path / "reader", folder)
    assert [v.vintage_id for v in report.landed] == [
        v.vintage_id for v in Landing(toy_settings(tmp_path / "writer")).vintages()
    ]
    assert raw_rows(reader) == raw_rows(toy_settings(tmp_path / "writer"))


def test_withdrawn_refused_and_waiting_vintages_are_not_packed(tmp_path: Path) -> None:
    settings = filled(tmp_path / "writer", *LISTS)
    landing = Landing(settings)
    first, second, third = landing.vintages()
    landing.mark([first], "withdrawn")
    landing.mark([second], "refused")
    sync(settings, "list")
    manifest = pack.write(settings, {"toy": SPEC}, tmp_path / "pack")
    (record,) = manifest["sources"]["toy"]["things"]["list"]["vintages"]
    assert record["vintage_id"] == third.vintage_id


def test_only_sources_that_may_be_passed_on_are_written(tmp_path: Path) -> None:
    settings = filled(tmp_path, *LISTS)
    closed = toy_spec("closed", redistributable=False)
    accept(settings, closed, *LISTS)
    sync(settings, "list", closed)
    manifest = pack.write(settings, {"toy": SPEC, "closed": closed}, tmp_path / "pack")
    assert list(manifest["sources"]) == ["toy"]
    assert not any("closed" in name for name in tree(tmp_path / "pack"))
    said = manifest["sources"]["toy"]
    assert (said["publisher"], said["licence"]) == ("Office of Toys", "public domain")


def test_writing_replaces_a_pack_and_keeps_its_readme(tmp_path: Path) -> None:
    folder = packed(tmp_path, *LISTS)
    (folder / "README.md").write_text("What this is.")
    (folder / "toy__old").mkdir()
    pack.write(toy_settings(tmp_path / "writer"), {"toy": SPEC}, folder)
    assert sorted(p.name for p in folder.iterdir()) == ["README.md", "manifest.json", "toy__list"]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["toy__flows/HTS10-2024-01.parquet", "toy__flows/cells.parquet", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "gone", "changed"])
def test_a_damaged_file_is_refused_by_name(tmp_path: Path, flows_pack: Path, name: str, damage: str) -> None:
    folder = copied(flows_pack, tmp_path)
    path = folder / name
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(content[:-9] if damage == "cut" else b"!" + content[1:])
    with pytest.raises(StatecraftError) as caught:
        unpacked(tmp_path / "reader", folder)
    assert str(path) in str(caught.value) and "missing or damaged" in str(caught.value)
    assert not toy_settings(tmp_path / "reader").landing.exists()


def test_a_thing_the_source_does_not_know_is_refused(tmp_path: Path, lists_pack: Path) -> None:
    folder = copied(lists_pack, tmp_path)
    fewer = SPEC.model_copy(update={"things": {"flows": SPEC.things["flows"]}})
    with pytest.raises(StatecraftError, match="holds toy list, which source"):
        unpacked(tmp_path / "reader", folder, fewer)


def test_a_pack_of_another_format_is_refused(tmp_path: Path, lists_pack: Path) -> None:
    folder = copied(lists_pack, tmp_path)
    change_manifest(folder, lambda manifest: manifest.update(format=99))
    with pytest.raises(StatecraftError, match="has format 99"):
        unpacked(tmp_path / "reader", folder)


def test_a_source_the_pack_does_not_hold_yields_nothing(tmp_path: Path, lists_pack: Path) -> None:
    folder = copied(lists_pack, tmp_path)
    _, report = unpacked(tmp_path / "reader", folder, toy_spec("other"))
    assert (report.landed, report.known) == ([], 0)


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path, lists_pack: Path) -> None:
    target = tmp_path / "documents"
    target.mkdir()
    (target / "letter.txt").write_text("dear")
    with pytest.raises(StatecraftError, match="holds other files"):
        pack.write(toy_settings(tmp_path / "home"), {"toy": SPEC}, target)
    assert (target / "letter.txt").read_text() == "dear"
    again = copied(lists_pack, tmp_path)
    (again / "README.md").write_text("About.")
    pack.write(toy_settings(tmp_path / "home"), {"toy": SPEC}, again)
    assert (again / "README.md").read_text() == "About." and (again / "manifest.json").exists()
    assert list(again.parent.glob(".*")) == []
