"""Known errors of a publisher, repaired in the open: `corrections.yml` beside a source, and how it is applied.

A correction says what was published, what is right, why, and for which vintages. It expects to find the error: when
the publisher prints something else in that place, the run stops (rule "correction_outdated") instead of overwriting a
repaired value. Whoever reads that closes the correction with `until` (the first day of a vintage without the error).

    corrections:
      - thing: partners
        match: {partner_code: "7660"}     # one row; NULL (~) matches "not stated"
        column: iso2
        published: "rCD"                  # as parsed; ~ where nothing was published
        corrected: "CD"
        reason: "..."
        status: open                      # open, or closed (with `until`)
        from: 2021-01-27                  # optional: first vintage (known_on) it applies to
        until: 2022-01-01                 # optional: first vintage it no longer applies to
        files: ["consolidated*"]          # optional: only files with such names

Belongs here: reading and applying corrections of single values. Does not belong here: rules that repair a whole class
of rows (they are part of a parser), and changes to a publisher's opinion.
"""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatch
from functools import lru_cache
from typing import Any, Literal

import polars as pl
import yaml
from pydantic import Field

from pipelines.contract import OPEN_END, SOURCES, Correction, Strict
from pipelines.errors import LandingError

Value = str | int | float | bool | date | None


class CorrectionRule(Strict):
    """One entry of corrections.yml."""

    thing: str
    match: dict[str, Value] = Field(min_length=1)
    column: str
    published: Value
    corrected: Value
    reason: str
    status: Literal["open", "closed"]
    first: date = Field(date.min, alias="from")
    until: date = OPEN_END
    files: tuple[str, ...] = ("*",)

    def applies(self, thing: str, file: str, known_on: date) -> bool:
        """Whether a vintage of `thing` from `file`, known on `known_on`, should show the error."""
        covered = self.first <= known_on < self.until
        return self.thing == thing and covered and any(fnmatch(file, pattern) for pattern in self.files)


@lru_cache(maxsize=32)
def load_corrections(source: str) -> tuple[CorrectionRule, ...]:
    """Corrections of a source; empty where it has none. Raises ValueError naming the field that breaks the form."""
    path = SOURCES / source / "corrections.yml"
    if not path.is_file():
        return ()
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(CorrectionRule.model_validate(entry) for entry in content["corrections"])


def apply_corrections(
    frame: pl.DataFrame,
    rules: tuple[CorrectionRule, ...],
    *,
    source: str,
    thing: str,
    file: str,
    known_on: date,
) -> tuple[pl.DataFrame, tuple[Correction, ...]]:
    """The typed frame of one vintage with every applicable correction made, and a record of each.

    A correction changes exactly one row. Raises LandingError(rule="correction_outdated") when no row matches or the
    published value is no longer there, and rule="correction_ambiguous" when several rows match.
    """
    made: list[Correction] = []
    for rule in rules:
        if rule.applies(thing, file, known_on):
            frame = _apply(frame, rule, source, file)
            made.append(
                Correction(
                    key=", ".join(f"{column}={value}" for column, value in rule.match.items()),
                    column_name=rule.column,
                    published_value=_text(rule.published),
                    corrected_value=_text(rule.corrected),
                    reason=rule.reason,
                    status=rule.status,
                )
            )
    return frame, tuple(made)


def _apply(frame: pl.DataFrame, rule: CorrectionRule, source: str, file: str) -> pl.DataFrame:
    matches = pl.all_horizontal([pl.col(column).eq_missing(pl.lit(value)) for column, value in rule.match.items()])
    rows = frame.filter(matches)
    shown = [*rule.match, rule.column]
    if rows.height > 1:
        raise LandingError(
            what=f"The correction of {rule.column} at {rule.match} matches {rows.height} rows.",
            action="Add columns to its `match` in corrections.yml until it names one row.",
            source=source,
            file=file,
            rule="correction_ambiguous",
            rows=rows.select(shown).head(5).rows(),
        )
    if rows.is_empty() or rows[rule.column][0] != rule.published:
        found = "no such row" if rows.is_empty() else f"{_text(rows[rule.column][0])!r}"
        raise LandingError(
            what=f"The correction of {rule.column} at {rule.match} expects {_text(rule.published)!r}; found {found}.",
            action="If the publisher has fixed it, set `until` in corrections.yml to the date of this vintage.",
            source=source,
            file=file,
            rule="correction_outdated",
            rows=rows.select(shown).head(5).rows(),
        )
    corrected = pl.lit(rule.corrected, dtype=frame.schema[rule.column])
    return frame.with_columns(pl.when(matches).then(corrected).otherwise(rule.column).alias(rule.column))


def _text(value: Value) -> str:
    return "" if value is None else str(value)
