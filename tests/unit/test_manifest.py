"""dbt's parsed project is used while it is whole, and parsed again when it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines import checksums, manifest
from tests.unit.rooms import toy_settings


@pytest.fixture
def parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "parsed" / "0123456789abcdef"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    (folder / "partial_parse.msgpack").write_bytes(b"\x80")
    checksums.write(folder)
    monkeypatch.setattr(manifest, "_parsed_folder", lambda: folder)
    monkeypatch.setattr(manifest, "_parsing", {})
    return folder


@pytest.mark.parametrize("name", ["manifest.json", "partial_parse.msgpack", checksums.NAME])
@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_what_is_damaged_is_parsed_again(
    parsed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: str
) -> None:
    begun: list[Any] = []
    monkeypatch.setattr("subprocess.Popen", lambda command, **_: begun.append(command))
    manifest.start_parsing(toy_settings(tmp_path))
    assert manifest.current_manifest() == parsed / "manifest.json" and begun == []
    if damage == "changed":
        (parsed / name).write_bytes(b"half")
    else:
        (parsed / name).unlink()
    assert manifest.current_manifest() is None
    manifest.start_parsing(toy_settings(tmp_path))
    [command] = begun
    assert "parse" in command and not parsed.exists()
