"""Deltas between releases: of any two, within each release against the one before, and applied."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipelines import delta
from pipelines.cli import app
from pipelines.errors import StatecraftError
from pipelines.files import read_json, write_json
from pipelines.release import Release
from tests.unit.test_release import prepared
from tests.unit.toy_release import ToyMarts


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[ToyMarts, list[Release]]:
    """Three releases, each with other products."""
    with pytest.MonkeyPatch.context() as patch:
        toy = prepared(tmp_path_factory.mktemp("three"), patch)
        made = [toy.publish()]
        for names in ({"b": "Bea", "c": "Sea"}, {"b": "Bee", "c": "Sea", "d": "Dee"}):
            toy.set_products(names)
            made.append(toy.publish())
        return toy, made


def test_a_delta_spans_any_two_releases(three: tuple[ToyMarts, list[Release]], tmp_path: Path) -> None:
    toy, (first, _, last) = three
    manifest = delta.write(toy.settings, first, last, tmp_path / "delta")
    counts = {"key": ["hts10"], "added": 2, "changed": 0, "removed": 1}  # b is Bee again
    assert manifest["tables"] == {"core.dim_product": counts}
    assert (manifest["from"], manifest["to"]) == (first.build_id, last.build_id)
    assert pl.read_parquet(tmp_path / "delta/core/dim_product/added.parquet")["hts10"].to_list() == ["c", "d"]
    assert manifest == read_json(tmp_path / "delta" / "delta.json")


def test_each_release_carries_the_delta_from_the_one_before(
    three: tuple[ToyMarts, list[Release]], tmp_path: Path
) -> None:
    toy, (first, second, last) = three
    assert not (first.path / "delta").exists()
    for old, new in ((first, second), (second, last)):
        own = read_json(new.path / "delta" / "delta.json")
        assert own == delta.write(toy.settings, old, new, tmp_path / new.build_id)
        assert (
            read_json(new.path / "changes.json")["rows"]["core.dim_product"].items()
            <= own["tables"]["core.dim_product"].items()
        )
        for file in (tmp_path / new.build_id).rglob("*.parquet"):
            twin = new.path / "delta" / file.relative_to(tmp_path / new.build_id)
            assert pl.read_parquet(file).equals(pl.read_parquet(twin))


def test_deltas_applied_one_after_the_other_give_the_last_release(
    three: tuple[ToyMarts, list[Release]], tmp_path: Path
) -> None:
    toy, (first, second, last) = three
    assert delta.apply(toy.settings, second.path / "delta", first.path, tmp_path / "second") == 3
    made = pl.read_parquet(tmp_path / "second/parquet/core/dim_product.parquet")
    assert made.equals(pl.read_parquet(second.path / "parquet/core/dim_product.parquet"))
    with pytest.raises(StatecraftError, match=f"begins at {second.build_id}, not at {first.build_id}"):
        delta.apply(toy.settings, last.path / "delta", first.path, tmp_path / "last")
    with pytest.raises(StatecraftError, match="is not empty"):
        delta.apply(toy.settings, second.path / "delta", first.path, tmp_path / "second")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["second"]


def with_a_new_table(first: Release, folder: Path) -> Release:
    """The first release without one of its tables, as a folder of its own: to it, the table is new."""
    older = shutil.copytree(first.path, folder)
    package = read_json(older / "datapackage.json")
    package["resources"] = [r for r in package["resources"] if r["name"] != "core_fct_trade_flow"]
    write_json(older / "datapackage.json", package)
    return replace(first, path=older)


def test_a_delta_and_what_is_made_of_it_are_no_links_into_a_release(
    three: tuple[ToyMarts, list[Release]], tmp_path: Path
) -> None:
    toy, (first, second, _) = three
    older = with_a_new_table(first, tmp_path / "older")
    delta.write(toy.settings, older, second, tmp_path / "delta")
    delta.apply(toy.settings, tmp_path / "delta", older.path, tmp_path / "made")
    released = second.path / "parquet/core/fct_trade_flow.parquet"
    bytes_released = released.read_bytes()
    for copy in ("delta/core/fct_trade_flow/whole.parquet", "made/parquet/core/fct_trade_flow.parquet"):
        assert (tmp_path / copy).read_bytes() == bytes_released
        (tmp_path / copy).write_bytes(b"edited")
    assert released.read_bytes() == bytes_released
    with pytest.raises(StatecraftError, match=r"core\.fct_trade_flow does not come out as the delta says"):
        delta.apply(toy.settings, tmp_path / "delta", older.path, tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("table", ["dim_product", "fct_list_entry"])
def test_an_older_release_that_was_edited_is_found(
    three: tuple[ToyMarts, list[Release]], tmp_path: Path, table: str
) -> None:
    toy, (first, second, _) = three
    edited = shutil.copytree(first.path, tmp_path / "edited")
    file = edited / "parquet" / "core" / f"{table}.parquet"
    pl.read_parquet(file).with_columns(valid_from=pl.lit(date(1999, 1, 1))).write_parquet(file)
    with pytest.raises(StatecraftError, match=rf"core\.{table} does not come out as the delta says"):
        delta.apply(toy.settings, second.path / "delta", edited, tmp_path / "made")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edited"]


def test_a_delta_that_breaks_off_leaves_nothing(
    three: tuple[ToyMarts, list[Release]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy, (first, second, _) = three

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(delta, "write_manifest", full)
    with pytest.raises(OSError, match="No space left"):
        delta.write(toy.settings, first, second, tmp_path / "delta")
    assert list(tmp_path.iterdir()) == []


def test_a_delta_without_sums_is_refused(three: tuple[ToyMarts, list[Release]], tmp_path: Path) -> None:
    toy, (first, second, _) = three
    shutil.copytree(second.path / "delta", tmp_path / "old")
    manifest = read_json(tmp_path / "old" / "delta.json")
    write_json(tmp_path / "old" / "delta.json", {k: v for k, v in manifest.items() if "sha256" not in k})
    with pytest.raises(StatecraftError, match=r"before deltas held checksums.*statecraft delta"):
        delta.apply(toy.settings, tmp_path / "old", first.path, tmp_path / "made")


def test_releases_are_named_by_build_or_by_place(three: tuple[ToyMarts, list[Release]]) -> None:
    toy, (first, second, last) = three
    found = [delta.named(toy.settings, name) for name in ("latest", "previous", first.build_id)]
    assert [each.build_id for each in found] == [last.build_id, second.build_id, first.build_id]
    with pytest.raises(StatecraftError, match=f"no release 'never'.*{first.build_id}.*latest, previous"):
        delta.named(toy.settings, "never")


def test_the_commands_say_what_changed(
    three: tuple[ToyMarts, list[Release]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy, (_, second, _) = three
    monkeypatch.setenv("STATECRAFT_HOME", str(toy.settings.home))
    asked = CliRunner()
    done = asked.invoke(app, ["delta", "previous", "-o", str(tmp_path / "delta")])
    assert "1 added, 1 changed, 0 removed" in done.output and "1 tables changed" in done.output
    to = ["-o", str(tmp_path / "made")]
    assert asked.invoke(app, ["apply-delta", str(tmp_path / "delta"), str(second.path), *to]).exit_code == 0
    assert pl.read_parquet(tmp_path / "made/parquet/core/dim_product.parquet")["hts10"].to_list() == ["b", "c", "d"]
