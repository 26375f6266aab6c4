"""Generated pages say what models and sources declare today."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import runbook
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


def test_the_run_book_has_every_error_and_every_rule_of_the_gates() -> None:
    wanted = runbook.pages()
    held = {path.relative_to(DOCS) for path in (DOCS / "runbook").rglob("*.md")}
    assert held == wanted.keys()
    stale = [str(path) for path, text in wanted.items() if (DOCS / path).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"


def test_errors_are_read_as_they_are_worded() -> None:
    found = {(one.kind, one.what): one.action for one in runbook.raised()}
    assert found["BusyError", "Another refresh holds this warehouse (process …)."].startswith("Wait for it to end")
    assert found["NoReleaseError", "There is no release in … yet."] == "Run `statecraft refresh`."
    assert {"LandingError", "FetchError", "GateError", "QueryError", "PostgresError"} <= {kind for kind, _ in found}
