"""Files that nothing changed are not read again by every run, and all of them are in the end."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from pipelines import scrubbing
from pipelines.checksums import of_file
from pipelines.scrubbing import Scrubbing


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files read whole, in order."""
    names: list[str] = []

    def noted(path: Path) -> str:
        names.append(path.name)
        return of_file(path)

    monkeypatch.setattr(scrubbing, "of_file", noted)
    return names


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three files of ten bytes."""
    made = [tmp_path / name for name in ("a", "b", "c")]
    for path in made:
        path.write_bytes(path.name.encode() * 10)
    return made


@pytest.fixture
def run(tmp_path: Path, files: list[Path]) -> Callable[[int], list[str]]:
    """A run that looks at every file and reads so many bytes again; the names of those that differ."""
    wanted = {path: of_file(path) for path in files}
    moments = count()

    def looked(again_bytes: int) -> list[str]:
        scrub = Scrubbing(tmp_path / "read.json", again_bytes, lambda: float(next(moments)))
        differ = [path.name for path in files if scrub.differs(path, wanted[path])]
        scrub.remember()
        return differ

    return looked


def test_what_did_not_change_is_read_once(run: Callable[[int], list[str]], read: list[str]) -> None:
    assert run(0) == run(0) == []
    assert read == ["a", "b", "c"]


def test_what_changed_is_read(run: Callable[[int], list[str]], files: list[Path], read: list[str]) -> None:
    run(0)
    seen = files[1].stat()
    files[1].write_bytes(b"x" * 10)
    os.utime(files[1], ns=(seen.st_atime_ns, seen.st_mtime_ns))  # whatever its own times claim
    assert run(0) == ["b"] and read == ["a", "b", "c", "b"]


def test_every_file_is_read_again_in_turn(run: Callable[[int], list[str]], read: list[str]) -> None:
    run(0)
    for name in ("a", "b", "c", "a"):
        del read[:]
        assert run(10) == [] and read == [name]


def test_a_file_larger_than_the_bound_has_its_turn(run: Callable[[int], list[str]], read: list[str]) -> None:
    run(0)
    for name in ("a", "b", "c", "a"):
        del read[:]
        assert run(1) == [] and read == [name]


def test_a_memory_condemns_nothing(run: Callable[[int], list[str]], tmp_path: Path, read: list[str]) -> None:
    run(0)
    memory = tmp_path / "read.json"
    memory.write_text(re.sub(r'"[0-9a-f]{64}"', '"' + "0" * 64 + '"', memory.read_text()))
    assert run(0) == [] and len(read) == 6


def test_without_a_memory_all_is_read(files: list[Path], read: list[str]) -> None:
    for _ in range(2):
        scrub = Scrubbing()
        assert not any(scrub.differs(path, of_file(path)) for path in files)
        scrub.remember()
    assert read == ["a", "b", "c"] * 2


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b'{"1:2": 3}', b'{"1:2": [1, 2]}', b'{"1:2": ["x", 2, "", 3]}'])
def test_a_damaged_memory_costs_a_reading(
    run: Callable[[int], list[str]], tmp_path: Path, read: list[str], content: bytes
) -> None:
    run(0)
    (tmp_path / "read.json").write_bytes(content)
    assert run(0) == [] and read == ["a", "b", "c"] * 2


def test_two_names_of_one_file_are_one_reading(tmp_path: Path, files: list[Path], read: list[str]) -> None:
    os.link(files[0], tmp_path / "also")
    scrub = Scrubbing()
    assert not scrub.differs(files[0], of_file(files[0])) and not scrub.differs(tmp_path / "also", of_file(files[0]))
    assert read == ["a"]
    assert scrub.differs(tmp_path / "none", "") and not scrub.differs(files[0], "")
