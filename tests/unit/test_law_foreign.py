"""Other governments' duties: what the reader makes of law/foreign/, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.contract import OPEN_END
from pipelines.law import files, foreign

HEADER = "issuer,programme,tariff_list,rate,valid_from,valid_to,known_on,action_id,citation\n"
GOOD = (
    "CN,a_programme,a_list,0.15,2025-03-10,,2025-03-04,CN-1,annex 1\n"
    "CN,a_programme,a_list,,2025-11-10,,2025-11-05,CN-2,notice\n"
)


@pytest.fixture
def law(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A law/ with one list of two lines, a statement about it and one that ends it."""
    folder = tmp_path / "law"
    (folder / "foreign" / "lists").mkdir(parents=True)
    (folder / "foreign" / "acts.csv").write_text("action_id\nCN-1\nCN-2\n")
    (folder / "foreign" / "measures.csv").write_text(HEADER + GOOD)
    (folder / "foreign" / "lists" / "a_list.csv").write_text("tariff_code\n02071100\n02071200\n")
    monkeypatch.setattr(files, "LAW", folder)
    return folder


def test_statements_and_lines_are_read(law: Path) -> None:
    first, second = foreign.statements(law)
    assert first[:5] == (0, "CN", "a_programme", "a_list", 0.15)
    assert first[5:8] == (date(2025, 3, 10), OPEN_END, date(2025, 3, 4))
    assert second[4] is None, "no rate: nothing holds"
    assert list(foreign.lines(law)) == [("a_list", "02071100"), ("a_list", "02071200")]
    assert list(foreign.problems(law)) == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("China,a_programme,a_list,0.15,2025-03-10,,2025-03-04,CN-1,annex", "no ISO two-letter code"),
        ("CN,A Programme,a_list,0.15,2025-03-10,,2025-03-04,CN-1,annex", "not lower case words"),
        ("CN,a_programme,other,0.15,2025-03-10,,2025-03-04,CN-1,annex", "no file lists/other.csv"),
        ("CN,a_programme,a_list,15 %,2025-03-10,,2025-03-04,CN-1,annex", "no fraction of value"),
        ("CN,a_programme,a_list,15,2025-03-10,,2025-03-04,CN-1,annex", "no fraction of value"),
        ("CN,a_programme,a_list,0.15,2025-03-10,,2025-03-04,CN-9,annex", "not on record"),
        ("CN,a_programme,a_list,0.15,2025-03-10,,2025-03-04,CN-1,", "citation is blank"),
        ("CN,a_programme,a_list,0.15,2025-3-10,,2025-03-04,CN-1,annex", "is no date"),
        ("CN,a_programme,a_list,0.15,2025-03-10,2025-03-10,2025-03-04,CN-1,annex", "is not after"),
        ("CN,b_programme,a_list,,2025-03-10,,2025-03-04,CN-1,annex", "ends before any statement began it"),
    ],
)
def test_a_row_that_may_not_be_is_named(law: Path, row: str, said: str) -> None:
    (law / "foreign" / "measures.csv").write_text(HEADER + GOOD + row + "\n")
    (found,) = foreign.problems(law)
    assert said in found


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a_list", "tariff_code\n02071100\n02071100\n", "is there twice"),
        ("a_list", "tariff_code\nchicken\n", "no code of a tariff"),
        ("a_list", "hts_prefix\n02071100\n", "its column is tariff_code"),
        ("another", "tariff_code\n02071100\n", "no statement names it"),
    ],
)
def test_a_list_that_may_not_be_is_named(law: Path, name: str, text: str, said: str) -> None:
    (law / "foreign" / "lists" / f"{name}.csv").write_text(text)
    assert any(said in problem for problem in foreign.problems(law))


def test_other_columns_are_refused(law: Path) -> None:
    (law / "foreign" / "measures.csv").write_text("issuer,rate\nCN,0.15\n")
    (found,) = foreign.problems(law)
    assert "columns are" in found
