"""Assumptions put to other values: pipelines/law/switches.py."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.errors import StatecraftError
from pipelines.law.switches import VARIABLE, asked, switched


def law_tables() -> dict[str, pl.DataFrame]:
    """Four assumptions: a number some statement rests on, shares by goods, a way of estimating, and a year."""
    bounds = {"low": [0.0, 0.5, None, None], "high": [0.2, 4.0, None, None], "unit": ["share", "share", "none", "year"]}
    numbers = dict.fromkeys(("value", "low", "high"), pl.Float64)
    return {
        "law__assumptions": pl.DataFrame(
            {"assumption_id": ["A-1", "A-2", "A-3", "A-4"], "value": [0.1, None, None, 2024.0], **bounds},
            schema={"assumption_id": pl.String, **numbers, "unit": pl.String},
        ),
        "law__shares": pl.DataFrame({"assumption_id": ["A-2", "A-2"], "share": [0.3, 0.8]}),
        "law__statements": pl.DataFrame({"share_assumption": ["A-1", None], "reach_share": [0.1, 1.0]}),
    }


def under(monkeypatch: pytest.MonkeyPatch, words: str) -> dict[str, pl.DataFrame]:
    monkeypatch.setenv(VARIABLE, words)
    return switched(law_tables(), asked())


def test_nothing_asked_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = under(monkeypatch, "")
    assert tables["law__assumptions"]["is_switched"].to_list() == [False, False, False, False]
    assert tables["law__shares"].equals(law_tables()["law__shares"])


@pytest.mark.parametrize(("value", "put"), [("0.5", 0.5), ("low", 0.0), ("high", 0.2), ("x3", 0.3)])
def test_a_number_reaches_the_statements_that_rest_on_it(
    monkeypatch: pytest.MonkeyPatch, value: str, put: float
) -> None:
    tables = under(monkeypatch, f" A-1={value} ,")
    assert tables["law__statements"]["reach_share"].to_list() == pytest.approx([put, 1.0])
    assert tables["law__assumptions"]["value"][0] == pytest.approx(put)
    assert tables["law__assumptions"]["is_switched"].to_list() == [True, False, False, False]


def test_shares_by_goods_stay_parts_of_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert under(monkeypatch, "A-2=x2")["law__shares"]["share"].to_list() == pytest.approx([0.6, 1.0])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("A-9=1", "no assumption"),
        ("A-1=much", "Write"),
        ("A-1", "Write"),
        ("A-3=x2", "estimating"),
        ("A-1=nan", "Write"),
        ("A-1=inf", "Write"),
        ("A-1=-0.5", "Write"),
        ("A-1=x-2", "Write"),
        ("A-1=xinf", "Write"),
        ("A-1=0.5,A-1=0.6", "names A-1 twice"),
        ("A-4=2023", "is a year"),
        ("A-4=x1", "is a year"),
    ],
)
def test_what_cannot_be_switched_is_said(monkeypatch: pytest.MonkeyPatch, words: str, said: str) -> None:
    with pytest.raises(StatecraftError, match=said):
        under(monkeypatch, words)
