"""What a line of note 31 paid before the review is told by the duty, or not at all."""

from __future__ import annotations

import pytest

from pipelines.law.review_lines import rate_before


@pytest.mark.parametrize(
    ("left_over", "rate"),
    [(0.2494, 0.25), (0.0736, 0.075), (-0.0001, 0.0), (0.134, None), (0.2199, None)],
)
def test_a_rate_is_told_within_three_points(left_over: float, rate: float | None) -> None:
    assert rate_before(left_over) == rate
