"""Generated pages say what models and sources declare today."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pipelines import runbook
from pipelines.contract import all_specs
from pipelines.files import read_json
from pipelines.gates import EXPECTATIONS
from pipelines.lineage import Lineage
from pipelines.manifest import prepare_manifest
from pipelines.raised import kinds, raised, unread
from pipelines.reference_docs import DOCS, pages
from pipelines.settings import load_settings

#: Files that pass on the words of another error, or of the library beneath.
PASS_ON = (
    "pipelines/assets.py",
    "pipelines/formats/census_files.py",
    "pipelines/formats/census_scope.py",
    "pipelines/http/client.py",
    "pipelines/landing.py",
    "pipelines/mending.py",
    "pipelines/orchestrate.py",
    "pipelines/pictures/picture.py",
    "pipelines/postgres/push.py",
    "pipelines/query.py",
    "pipelines/screening/asked.py",
    "pipelines/sources/un_comtrade/parse.py",
)


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
    found = {(one.kind, one.what): one.action for one in raised()}
    assert found["BusyError", "Another refresh holds this warehouse (process …)."].startswith("Wait for it to end")
    assert found["NoReleaseError", "There is no release in … yet."] == "Run `statecraft refresh`."
    # Through a helper, with a text that has a name, and through two.
    assert found["FetchError", "… does not exist (answered …)…."].startswith("Check the address under `endpoints`")
    assert found["UnreachableError", "…; asked once / asked … times in … s."].startswith("Check that this machine is")
    assert ("LandingError", "The last row is not whole.") in found
    assert {"LandingError", "FetchError", "GateError", "QueryError", "PostgresError"} <= {kind for kind, _ in found}


def test_every_kind_of_error_is_explained() -> None:
    page = (DOCS / "runbook" / "README.md").read_text(encoding="utf-8")
    for kind in kinds():
        assert kind.means and f"| {kind.name} | {kind.means} |" in page
    assert {"StatecraftError", "UnreachableError", "QuotaSpentError"} <= {kind.name for kind in kinds()}


def test_an_error_that_cannot_be_read_only_passes_on_anothers_words() -> None:
    """Whoever words an error in a way the run-book cannot read finds its place here."""
    assert Counter(place.split(":")[0] for place in unread()) == Counter(PASS_ON)


def test_every_rule_a_source_refuses_by_says_what_to_do() -> None:
    """Where the error does not say it itself, source.yml does."""
    owed = {
        (Path(one.file).parts[2], rule)
        for one in raised()
        if one.file.startswith("pipelines/sources/") and one.kind == "LandingError" and not one.action
        for rule in filter(None, one.rule.split(" / "))
    }
    assert len(owed) > 10
    specs = all_specs()
    assert [(source, rule) for source, rule in sorted(owed) if rule not in specs[source].runbook] == []


def test_every_rule_of_the_gates_has_its_line() -> None:
    page = (DOCS / "runbook" / "gates.md").read_text(encoding="utf-8")
    for gate in ("landing", "release"):
        for path in (EXPECTATIONS / gate).glob("*.json"):
            section = page.split(f"## {gate}: {path.stem}\n")[1].split("\n## ")[0]
            for rule in read_json(path)["expectations"]:
                assert f"| {rule['meta']['rule']} | " in section and rule["meta"]["action"]
