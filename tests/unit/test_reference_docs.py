"""Generated pages say what models and sources declare today."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.contract import all_specs
from pipelines.lineage import Lineage
from pipelines.manifest import prepare_manifest
from pipelines.reference_docs import DOCS, pages
from pipelines.settings import load_settings


def test_pages_on_tables_and_sources_are_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECRAFT_HOME", str(tmp_path))
    wanted = pages(Lineage.read(prepare_manifest(load_settings())), all_specs())
    held = {path.relative_to(DOCS) for folder in ("tables", "sources") for path in (DOCS / folder).rglob("*.md")}
    assert held == wanted.keys()
    stale = [str(path) for path, text in wanted.items() if (DOCS / path).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"
