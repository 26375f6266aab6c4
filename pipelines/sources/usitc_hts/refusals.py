"""How this source says no: one LandingError, with what to do taken from the source's own runbook.

Belongs here: building refusals. Does not belong here: the rules that lead to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.errors import LandingError


def refusal(spec: SourceSpec, file: str, rule: str, what: str, rows: Sequence[Any] = ()) -> LandingError:
    """A LandingError under `rule`; its action is the runbook entry of that name, which must exist."""
    return LandingError(
        source=spec.name, file=file, rule=rule, what=what, rows=list(rows[:5]), action=spec.runbook[rule]
    )


def refuse_if_any(spec: SourceSpec, file: str, rule: str, what: str, bad: pl.DataFrame) -> None:
    """Raise `refusal` if `bad` has rows; up to five are shown, with their number in `what`."""
    if bad.height:
        raise refusal(spec, file, rule, f"{what} ({bad.height} of them).", bad.head(5).rows(named=True))
