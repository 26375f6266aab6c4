"""Assumptions put to other values than law/ states, to see what a result owes to them.

Belongs here: reading STATECRAFT_ASSUME and applying it to the tables of law/. Does not belong here: the assumptions.

    STATECRAFT_ASSUME="A-S232-03=0.5, A-PREF-06=high, A-S232-40=x2" statecraft refresh

A number replaces the value (and every share by goods that rests on it); low and high take the assumption's own bounds;
x2 multiplies; numbers are finite and not below 0. An assumption that is a way of estimating, or a year, has no number
to put. Shares stay between 0 and 1.
provenance.assumptions says which were switched.
"""

from __future__ import annotations

import math
import os

import polars as pl

from pipelines.errors import StatecraftError

VARIABLE = "STATECRAFT_ASSUME"


def asked() -> dict[str, str]:
    """Assumption -> what it is put to. Raises StatecraftError for words that are no switch."""
    switches = {}
    for part in filter(None, (p.strip() for p in os.environ.get(VARIABLE, "").split(","))):
        name, sign, value = (word.strip() for word in part.partition("="))
        if not sign or not (value in ("low", "high") or _is_number(value.removeprefix("x"))):
            raise StatecraftError(
                f"{VARIABLE} holds {part!r}.",
                "Write A-S232-03=0.5, A-S232-03=low, A-S232-03=high or A-S232-03=x2, with 0 or more.",
            )
        if name in switches:
            raise StatecraftError(f"{VARIABLE} names {name} twice.", "Name each assumption once.")
        switches[name] = value
    return switches


def _is_number(text: str) -> bool:
    """A number an assumption may be put to: finite, 0 or more."""
    try:
        return 0 <= float(text) < math.inf
    except ValueError:
        return False


def switched(tables: dict[str, pl.DataFrame], switches: dict[str, str]) -> dict[str, pl.DataFrame]:
    """The tables of law/ under these switches; assumptions gain is_switched.

    Raises StatecraftError where an assumption is unknown or has no such bound.
    """
    assumptions = tables["law__assumptions"].with_columns(is_switched=pl.col("assumption_id").is_in(list(switches)))
    shares, statements = tables["law__shares"], tables["law__statements"]
    for name, value in switches.items():
        row = assumptions.filter(pl.col("assumption_id") == name)
        if row.is_empty():
            raise StatecraftError(f"{VARIABLE} names {name}, which is no assumption.", "See provenance.assumptions.")
        has_shares = not shares.filter(pl.col("assumption_id") == name).is_empty()
        if row["value"][0] is None and not has_shares:
            raise StatecraftError(f"{name} is a way of estimating, not a number.", f"Take it out of {VARIABLE}.")
        if row["unit"][0] == "year":
            raise StatecraftError(f"{name} is a year, which cannot be switched.", f"Take it out of {VARIABLE}.")
        put = _put(value, row.row(0, named=True))
        assumptions = _where(assumptions, "assumption_id", name, "value", put)
        shares = _where(shares, "assumption_id", name, "share", put)
        statements = _where(statements, "share_assumption", name, "reach_share", put)
    return {**tables, "law__assumptions": assumptions, "law__shares": shares, "law__statements": statements}


def _put(value: str, row: dict[str, object]) -> tuple[float, float]:
    """Factor and addend that take a value to what is asked."""
    if value.startswith("x"):
        return float(value[1:]), 0.0
    if value in ("low", "high"):
        bound = row[value]
        if not isinstance(bound, float):
            raise StatecraftError(f"{row['assumption_id']} has no {value} value.", "Give a number, or x and a factor.")
        return 0.0, bound
    return 0.0, float(value)


def _where(frame: pl.DataFrame, key: str, name: str, column: str, put: tuple[float, float]) -> pl.DataFrame:
    """One column of the rows of one assumption, put to another value; a share stays a part of a whole."""
    factor, addend = put
    changed = pl.col(column) * factor + addend
    if column != "value":
        changed = changed.clip(0, 1)
    return frame.with_columns(pl.when(pl.col(key) == name).then(changed).otherwise(pl.col(column)).alias(column))
