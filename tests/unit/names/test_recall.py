"""How many listed names are found again with typical noise, and how many others are taken for one.

On the names of the lists in the embedded pack, with a fixed seed: bounds, not figures. The figures, with the curve over
thresholds, are in docs/methods/screening.md; `python -m benchmarks screening` measures them on more names.
"""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks.screening_names import TYPICAL, listed_names, noisy, unlisted
from benchmarks.screening_quality import falsely_found_share, found_share
from pipelines.screening.screen import LEAST_SCORE

ASKED = 600
LEAST = {"case": 0.995, "punctuation": 0.995, "script": 0.98, "order": 0.98, "form": 0.99, "typo": 0.92}


@pytest.fixture(scope="module")
def listed() -> pl.DataFrame:
    """Every fourth name of the lists: enough for names to be mistaken for each other."""
    return listed_names().gather_every(4)


def test_listed_names_are_found_with_typical_noise(listed: pl.DataFrame) -> None:
    shares = {kind: found_share(noisy(listed, ASKED, kind), listed, LEAST_SCORE) for kind in TYPICAL}
    assert {kind: share for kind, share in shares.items() if share < LEAST[kind]} == {}
    assert sum(shares.values()) / len(shares) >= 0.98


def test_all_noise_but_typing_errors_together(listed: pl.DataFrame) -> None:
    assert found_share(noisy(listed, ASKED, "all but typo"), listed, LEAST_SCORE) >= 0.97


def test_made_up_names_are_mostly_not_found(listed: pl.DataFrame) -> None:
    assert falsely_found_share(unlisted(listed, 3 * ASKED), listed, LEAST_SCORE) <= 0.03
