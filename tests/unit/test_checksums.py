"""A release says what it was when it was published, and whether it still is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pipelines import checksums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parquet").mkdir()
    (tmp_path / "build.json").write_text("{}")
    (tmp_path / "parquet" / "a.parquet").write_bytes(b"PAR1" * 500_000)
    checksums.write(tmp_path)
    return tmp_path


def test_a_folder_is_as_it_was_written(folder: Path) -> None:
    assert checksums.problems(folder) == {}
    assert subprocess.run(["sha256sum", "--check", "--quiet", checksums.NAME], cwd=folder, check=False).returncode == 0


def test_whatever_changed_is_named(folder: Path) -> None:
    with (folder / "parquet" / "a.parquet").open("r+b") as file:
        file.seek(1_500_000)
        file.write(b"X")
    (folder / "build.json").unlink()
    (folder / "more.txt").write_text("more")
    assert checksums.problems(folder) == {
        "build.json": "missing",
        "more.txt": "unknown",
        "parquet/a.parquet": "changed",
    }


def test_a_folder_may_have_none(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert checksums.are_kept(folder)
    assert not checksums.are_kept(tmp_path_factory.mktemp("other"))
