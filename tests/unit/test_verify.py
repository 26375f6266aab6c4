"""`statecraft verify`: releases are what was published, publishers' bytes what was sent, or it says which are not."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import checksums, published, release
from pipelines.archive import Archive
from pipelines.cli import app
from pipelines.contract import Fetched
from pipelines.errors import StatecraftError
from pipelines.release import Release
from tests.unit.rooms import toy_spec
from tests.unit.test_release import prepared
from tests.unit.toy_release import ToyMarts


@pytest.fixture
def marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ToyMarts:
    toy = prepared(tmp_path, monkeypatch)
    monkeypatch.setenv("STATECRAFT_HOME", str(toy.settings.home))
    return toy


@pytest.fixture
def made(marts: ToyMarts) -> Release:
    return marts.publish()


def verify(*arguments: str) -> tuple[str, StatecraftError | None]:
    """What it prints, and the error it ends with."""
    done = CliRunner().invoke(app, ["verify", *arguments])
    error = done.exception
    assert error is None or isinstance(error, StatecraftError | SystemExit), error
    return done.output, error if isinstance(error, StatecraftError) else None


def spoil(path: Path) -> None:
    """Another byte in the middle; the file's size stays."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.unlink()  # a file may be shared with another release
    path.write_bytes(content)


def test_a_release_is_as_it_was_published(made: Release) -> None:
    words, error = verify()
    assert error is None and f"{made.build_id}  as published" in words


def test_a_damaged_file_is_named(made: Release) -> None:
    spoil(made.path / "parquet" / "core" / "dim_product.parquet")
    words, error = verify(made.build_id)
    assert "parquet/core/dim_product.parquet changed" in words
    assert error is not None and "statecraft releases --remove" in error.action


def test_a_file_that_is_gone_and_one_nobody_published_are_named(made: Release) -> None:
    (made.path / "changes.json").unlink()
    (made.path / "parquet" / "more.parquet").write_bytes(b"PAR1")
    words, error = verify()
    assert "changes.json missing, parquet/more.parquet unknown" in words and error is not None


def test_checksums_that_were_changed_with_the_file_are_no_proof(made: Release) -> None:
    spoil(made.path / "parquet" / "core" / "dim_product.parquet")
    checksums.write(made.path)
    words, error = verify()
    assert f"{made.build_id}  SHA256SUMS changed" in words and error is not None


def test_checksums_that_are_gone_are_missed(made: Release) -> None:
    (made.path / checksums.NAME).unlink()
    words, error = verify()
    assert f"{made.build_id}  SHA256SUMS missing" in words and error is not None


def test_a_release_that_is_gone_or_has_lost_its_build_json_is_named(made: Release, marts: ToyMarts) -> None:
    (made.path / "build.json").unlink()
    words, error = verify()
    assert f"{made.build_id}  build.json missing" in words and error is not None
    shutil.rmtree(made.path)
    words, error = verify()
    assert f"{made.build_id}  missing" in words and error is not None
    again = marts.publish()
    assert again.is_latest and f"{again.build_id}  as published" in verify()[0]


def test_a_published_file_is_read_only_and_pruned_all_the_same(made: Release, marts: ToyMarts) -> None:
    files = [path for path in made.path.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {release.READ_ONLY}
    marts.set_products({"c": "Cee"})
    newer = marts.publish()
    assert {path.stat().st_mode & 0o777 for path in newer.path.rglob("*") if path.is_file()} == {release.READ_ONLY}
    assert release.prune(marts.settings, 1) == [made.build_id]
    words, error = verify()
    assert error is None and made.build_id not in words  # what was pruned is not missed


def test_a_damaged_release_is_built_upon_by_none_and_can_be_removed(made: Release, marts: ToyMarts) -> None:
    marts.set_products({"c": "Cee"})
    newer = marts.publish()
    sound = newer.path / "parquet" / "core" / "fct_trade_flow.parquet"
    spoil(sound)
    marts.set_products({"d": "Dee"})
    newest = marts.publish()
    assert checksums.of_file(newest.path / "parquet" / "core" / "fct_trade_flow.parquet") == checksums.of_file(
        made.path / "parquet" / "core" / "fct_trade_flow.parquet"
    )
    assert release.problems(marts.settings, newest) == {}
    release.remove(marts.settings, newer.build_id)
    assert verify()[1] is None


def test_readers_of_a_damaged_release_that_is_removed_see_the_sound_one(made: Release, marts: ToyMarts) -> None:
    marts.set_products({"c": "Cee"})
    newer = marts.publish()
    with pytest.raises(StatecraftError, match="Readers see"):
        release.remove(marts.settings, newer.build_id)
    spoil(newer.path / "statecraft.duckdb")
    release.remove(marts.settings, newer.build_id)
    assert [r.build_id for r in release.releases(marts.settings) if r.is_latest] == [made.build_id]
    spoil(made.path / "statecraft.duckdb")
    release.remove(marts.settings, made.build_id)
    assert release.releases(marts.settings) == [] and release.latest(marts.settings) is None
    for none in (made.build_id, "", ".published", "latest", "../work", f"{made.build_id}/../../work"):
        with pytest.raises(StatecraftError, match="There is no release"):
            release.remove(marts.settings, none)
    assert marts.publish().is_latest


def test_readers_without_a_release_are_pointed_at_the_newest(made: Release, marts: ToyMarts) -> None:
    (marts.settings.releases / "latest").unlink()
    release.finish_swap(marts.settings)
    assert release.latest(marts.settings) == made


def test_a_release_older_than_its_checksums_is_judged_by_its_tables(made: Release, marts: ToyMarts) -> None:
    (made.path / checksums.NAME).unlink()
    published.strike(marts.settings, made.build_id)
    assert verify()[1] is None
    spoil(made.path / "parquet" / "core" / "dim_product.parquet")
    words, error = verify()
    assert "dim_product.parquet changed" in words and error is not None


def test_no_such_release(made: Release) -> None:
    _, error = verify("20200101T000000Z-nowhere")
    assert error is not None and error.what == "There is no release 20200101T000000Z-nowhere."


def test_the_archive_is_read_when_asked(made: Release, marts: ToyMarts) -> None:
    archive = Archive(marts.settings)
    receipt = archive.put(toy_spec(), Fetched("list.csv", b"entry,name\na,Ay\n" * 50, "https://toys.example/list.csv"))
    words, error = verify("--archive")
    assert error is None and "archive  1 files, 0 damaged" in words
    [path] = (archive.folder / "objects").glob(f"*/{receipt.sha256}*")
    spoil(path)
    assert verify()[1] is None
    words, error = verify("--archive")
    assert error is not None and "is damaged" in words and "1 damaged" in words


def test_an_archived_file_that_is_lost_is_missed_and_so_is_what_rests_on_it(made: Release, marts: ToyMarts) -> None:
    archive, base = Archive(marts.settings), random.Random(1).randbytes(200_000)
    revision = base[:90_000] + b"another word" + base[90_012:]
    first, second = (
        archive.put(toy_spec(), Fetched(f"list_{n}.csv", content, "https://toys.example/list.csv"))
        for n, content in enumerate((base, revision))
    )
    [path] = (archive.folder / "objects").glob(f"*/{first.sha256}.zst")
    path.unlink()
    words, error = verify("--archive")
    assert error is not None and "statecraft add" in error.action
    assert "list_0.csv of toy" in words and f"{second.sha256}.{first.sha256}.delta.zst is damaged" in words
    assert "archive  1 files, 2 damaged or lost" in words
    for content in (revision, base):
        archive.put(toy_spec(), Fetched("list.csv", content, "https://toys.example/list.csv"))
    words, error = verify("--archive")
    assert error is None and "archive  2 files, 0 damaged or lost" in words
