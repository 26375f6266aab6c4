"""Stretches of months, as a person types them."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.errors import StatecraftError
from pipelines.span import Span


def test_months_and_years_are_whole() -> None:
    assert Span.named("2023-11", "2024-02") == Span(date(2023, 11, 1), date(2024, 2, 29))
    assert Span.named("2023", "2024") == Span(date(2023, 1, 1), date(2024, 12, 31))
    assert Span.named("2023", "2023-02").last == date(2023, 2, 28)


def test_a_stretch_is_cut_into_its_months_and_years() -> None:
    span = Span.named("2023-11", "2024-02")
    assert [str(month) for month in span.months] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert [str(year) for year in span.years] == ["2023", "2024"]
    assert str(span) == "2023-11..2024-02"
    assert span.months[0].last == date(2023, 11, 30)


@pytest.mark.parametrize("words", ["", "2024-13", "2024-00", "24-01", "2024-1", "January 2024", "0000-01"])
def test_what_is_no_month_is_refused(words: str) -> None:
    with pytest.raises(StatecraftError, match="is no month"):
        Span.named(words, "2024-01")


def test_the_first_month_comes_first() -> None:
    with pytest.raises(StatecraftError, match="2023-12 is before 2024-01"):
        Span.named("2024-01", "2023-12")
