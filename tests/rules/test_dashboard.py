"""Laws of the dashboard: it only shows, and only from this machine.

Belongs here: what its files may read and say. Does not belong here: what a page shows (tests/unit, tests/browser).
"""

from __future__ import annotations

import re

from tests.rules.repository import ROOT, relative

DASHBOARD = ROOT / "dashboard"
#: Files through which the dashboard meets a release and the renderer.
READS_A_RELEASE, DRAWS = {"dashboard/release_reader.py"}, {"dashboard/drawing.py"}


def test_one_file_reads_the_release_and_one_draws() -> None:
    meeting = {
        words: {relative(p) for p in DASHBOARD.rglob("*.py") if re.search(words, p.read_text(encoding="utf-8"))}
        for words in (r"\b(open_locked|run_query|answering|duckdb\.connect)\b", r"\bimport vl_convert\b")
    }
    assert list(meeting.values()) == [READS_A_RELEASE, DRAWS]


def test_nothing_of_the_pipeline_leans_on_it_but_what_starts_it_and_what_lists_its_limits() -> None:
    leaning = {
        relative(path)
        for path in (ROOT / "pipelines").rglob("*.py")
        if re.search(r"^\s*(import|from) dashboard\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert leaning == {"pipelines/cli/dashboard.py", "pipelines/limits.py"}


def test_templates_do_no_sums() -> None:
    """A figure is worked out in a mart or a worked query, where others find it too."""
    summing = {
        path.name: found
        for path in (DASHBOARD / "templates").glob("*.html")
        if (found := re.findall(r"\{\{[^}]*?[\w)] [-+*/] [\w(][^}]*?\}\}", path.read_text(encoding="utf-8")))
    }
    assert summing == {}


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_styled_or_run_in_place() -> None:
    texts = {
        relative(path): path.read_text(encoding="utf-8")
        for path in DASHBOARD.rglob("*")
        if path.suffix in {".html", ".css", ".js"}
    }
    assert {name for name, text in texts.items() if re.search(r"https?://|@import|\burl\(|\beval\b", text)} == set()
    in_place = re.compile(r"\s(style|on\w+)=|<style|<script(?![^>]*\bsrc=)")
    assert {name for name, text in texts.items() if name.endswith(".html") and in_place.search(text)} == set()
