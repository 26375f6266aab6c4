"""`statecraft verify`: releases are what was published, publishers' bytes what was sent, or it says which are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import checksums
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
    assert error is not None and "--roll-back" in error.action


def test_a_release_older_than_its_checksums_is_judged_by_its_tables(made: Release) -> None:
    (made.path / checksums.NAME).unlink()
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
