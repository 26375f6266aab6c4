"""What is installed is what was locked: every package is pinned, with hashes, and no other is let in."""

from __future__ import annotations

import re

import pytest

from tests.rules.repository import ROOT

LOCKS = sorted(path.name for path in ROOT.glob("requirements*.lock"))
_PINNED = re.compile(r"(?m)^[a-z0-9][a-z0-9._-]*(\[[a-z0-9,-]+\])?==[^\s;]+( ; .+)? \\$")
_HASHES = re.compile(r"^( {4}--hash=sha256:[0-9a-f]{64}( \\)?\n)+", re.MULTILINE)


def test_there_are_the_locks_that_are_known() -> None:
    assert LOCKS == ["requirements-audit.lock", "requirements-spark.lock", "requirements.lock"]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_hashed(lock: str) -> None:
    entries = re.split(r"(?m)^(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))
    packages = [entry for entry in entries if entry.strip()]
    assert len(packages) > 20
    for entry in packages:
        first, _, rest = entry.partition("\n")
        assert _PINNED.fullmatch(first), first
        assert _HASHES.match(rest), f"{first} has no hash"
        assert not re.search(r"(?i)https?://|@ |--index|--find-links", entry), f"{first} names a place"


def test_what_is_locked_for_spark_is_locked_the_same_without() -> None:
    """Benchmarks run in Spark's environment, tests in the other: all of the other is in it, at the same versions."""
    alone, with_spark = (
        set(re.findall(r"(?m)^[a-z0-9].*?==[^\s;]+", (ROOT / lock).read_text(encoding="utf-8")))
        for lock in ("requirements.lock", "requirements-spark.lock")
    )
    assert sorted(alone - with_spark) == []


def test_what_sets_up_asks_for_hashes() -> None:
    """Each call that installs from a lock; the project itself is installed alone, from this folder."""
    for script in ("setup", "audit"):
        text = (ROOT / "bin" / script).read_text(encoding="utf-8").replace("\\\n", " ")
        calls = [line for line in text.splitlines() if re.search(r"\bpip install\b", line)]
        assert calls
        assert [call for call in calls if "--require-hashes" not in call and "--no-deps" not in call] == []
