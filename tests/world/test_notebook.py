"""The notebook runs on a release to its last cell, draws its pictures, and is committed without results."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from pipelines.settings import PROJECT_ROOT
from tests.world.home import Home

#: nbformat tells no types.
read: Any = nbformat.read
NOTEBOOK = PROJECT_ROOT / "docs" / "notebooks" / "first_look.ipynb"


def test_the_notebook_runs(built: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECRAFT_HOME", str(built.path))
    notebook: Any = read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    shown = [kind for cell in notebook.cells for output in cell.get("outputs", []) for kind in output.get("data", {})]
    assert shown.count("image/svg+xml") == 2  # both pictures
    assert built.latest.build_id in str(notebook.cells[1].outputs)


def test_the_notebook_is_committed_without_results() -> None:
    notebook: Any = read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)
