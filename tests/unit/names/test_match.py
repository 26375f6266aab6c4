"""Matching in bulk: what is near, how near, and how many of the near ones are told."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.names.match import BATCH, best_matches

LISTED = {
    "a": "Huawei Technologies Co., Ltd.",
    "b": "HASSAN, Ali Mohammed",
    "c": "Joint Stock Company Obukhovskoye",
    "d": "27th Scientific Center of the Russian Ministry of Defense",
    "e": "48th Scientific Center of the Russian Ministry of Defense",
    "f": "Škoda Plzeň a.s.",
    "g": None,
    "h": "Mesbah Energy Company",
    "i": "Mesbah Energy LLC",
}


def named(names: dict[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame({"id": list(names), "name": list(names.values())})


def found(name: str, least_score: float = 0.85, per_asked: int = 5) -> dict[str, float]:
    pairs = best_matches(named({"?": name}), named(LISTED), least_score=least_score, per_asked=per_asked)
    return dict(pairs.select("listed_id", "score").rows())


@pytest.mark.parametrize(
    ("name", "listed", "least"),
    [
        ("Huawei Technologies Co., Ltd.", "a", 1.0),
        ("huawei TECHNOLOGIES co ltd", "a", 1.0),
        ("Huawei Technologies GmbH", "a", 0.99),
        ("Ali Mohammed Hassan", "b", 0.98),
        ("Obukhovskoye Company Stock Joint", "c", 0.98),
        ("АО «Обуховское»", "c", 0.9),  # noqa: RUF001
        ("SKODA PLZEN", "f", 0.98),
        ("Technolgies, Huawei Co.", "a", 0.9),
        ("Hua Wei Technologies", "a", 0.98),
        ("Uhawei Technologies", "a", 0.9),
    ],
)
def test_noise_does_not_hide_a_name(name: str, listed: str, least: float) -> None:
    assert found(name)[listed] >= least


@pytest.mark.parametrize("name", ["Nokia Technologies Ltd", "Ali Reza Hassani", "Co., Ltd.", "--", ""])
def test_other_names_are_other_names(name: str) -> None:
    assert found(name) == {}


def test_numbers_tell_names_apart() -> None:
    pairs = found("27th Scientific Center of the Russian Ministry of Defense", least_score=0.7)
    assert pairs["d"] == 1.0 and pairs["e"] < 0.87


def test_the_legal_form_decides_between_equals() -> None:
    pairs = found("Mesbah Energy Company")
    assert list(pairs) == ["h", "i"] and pairs["h"] == 1.0 > pairs["i"] > 0.98


def test_only_so_many_are_told_and_the_best_first() -> None:
    assert list(found("Mesbah Energy Company", per_asked=1)) == ["h"]


def test_result_does_not_depend_on_order_or_batch() -> None:
    asked = pl.DataFrame({"name": [f"Huawei Technologies {n:05}" for n in range(BATCH + 5)]}).with_row_index("id")
    listed = named(LISTED)
    whole = best_matches(asked, listed, least_score=0.7, per_asked=3)
    again = best_matches(asked.reverse(), listed.reverse(), least_score=0.7, per_asked=3)
    assert whole.height > BATCH and whole.equals(again)
    assert whole.schema == {"asked_id": pl.UInt32, "listed_id": pl.String, "score": pl.Float64}


@pytest.mark.parametrize("empty", ["asked", "listed"])
def test_nothing_on_a_side_is_no_match(empty: str) -> None:
    sides = {side: named({} if side == empty else LISTED) for side in ("asked", "listed")}
    none = {side: frame.cast(pl.String) for side, frame in sides.items()}
    pairs = best_matches(none["asked"], none["listed"], least_score=0.8, per_asked=1)
    assert pairs.is_empty() and pairs.columns == ["asked_id", "listed_id", "score"]


def test_what_is_no_name_does_no_harm() -> None:
    assert found("x" * 200_000) == {}
    assert "a" in found("Huawei Technologies Co., Ltd.\n" + " " * 5_000)


def test_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="columns id and name"):
        best_matches(pl.DataFrame({"key": [1], "name": ["X"]}), named(LISTED), least_score=0.8, per_asked=1)
