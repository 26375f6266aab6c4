"""Laws of the written text: short files, nothing left undone, no word that does not belong in public.

Belongs here: what holds for any file. Does not belong here: what holds for models or sources.
"""

from __future__ import annotations

import re

import pytest

from tests.rules.repository import relative, text_files

CODE = {".py", ".sql", ".yml"}
LONGEST_FILE = 400
LONGEST_LINE = 120
#: Spelled so that this file obeys its own law.
UNDONE = re.compile(r"\b(TOD[O]|FIXM[E]|HAC[K])\b")
SKIPPED = re.compile(r"(mark|pytest|unittest)\.(ski[p]|xfai[l])|importorski[p]")
#: Package hosts, and places that exist on one machine only. The ~ is taken out.
FORBIDDEN_WORDS = [
    word.replace("~", "")
    for word in (
        "py~pi.org",
        "python~hosted",
        "conda~.org",
        "ana~conda.com",
        "npm~js",
        "js~delivr",
        "hub.get~dbt",
        "proxy.go~lang",
        "index~-url",
        "/work~/main",
        "/work~/shared",
        "shared~/design",
        "/ro~ot/",
        "/ho~me/",
    )
]


@pytest.mark.parametrize("suffix", sorted(CODE))
def test_files_are_short(suffix: str) -> None:
    lengths = {relative(p): p.read_text(encoding="utf-8").count("\n") for p in text_files() if p.suffix == suffix}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_sql_lines_are_short() -> None:
    long = [
        f"{relative(path)}:{number}"
        for path in text_files()
        if path.suffix == ".sql"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert long == []


def test_nothing_is_left_undone() -> None:
    undone = {
        relative(path): found.group()
        for path in text_files()
        if path.suffix in CODE and (found := UNDONE.search(path.read_text(encoding="utf-8")))
    }
    assert undone == {}


def test_no_test_is_skipped() -> None:
    skipped = {
        relative(path): found.group()
        for path in text_files()
        if path.suffix == ".py" and (found := SKIPPED.search(path.read_text(encoding="utf-8")))
    }
    assert skipped == {}


@pytest.mark.parametrize("word", FORBIDDEN_WORDS)
def test_no_word_that_does_not_belong_here(word: str) -> None:
    assert [relative(path) for path in text_files() if word in path.read_text(encoding="utf-8").lower()] == []
