"""How a column of an answer is shown: its heading with the unit, its numbers as people read them.

Belongs here: words and signs. Does not belong here: arithmetic beyond the unit (a share is shown as percent, dollars as
billions).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipelines.pictures.theme import AUTHORITY_NAMES

OPEN_END = date(9999, 12, 31)
NOTHING = "-"
#: Names the warehouse uses and what readers are told; a name that is not here is read as it stands.
LABELS = {
    "partner_name": "partner",
    "partner_code": "code",
    "hts10": "line",
    "action_id": "act",
    "provision_id": "provision",
    "what": "what it does",
    "event_on": "day",
    "event_kind": "event",
    "due_on": "due",
    "due_kind": "kind",
    "entity_name": "name",
    "country_code": "country",
    "issuer_country": "by",
    "list_code": "list",
    "is_scheduled": "planned",
    "n_obs": "observations",
    "horizon_months": "months",
    "hhi": "HHI",
    "action_count": "acts",
    "tighten_count": "tightening",
    "loosen_count": "loosening",
}
#: Columns of codes that are words with underscores.
WORDS = {"status", "enforcement", "direction", "event_kind", "due_kind", "change_type", "instrument", "authority"}
WORDS |= {"relation", "target_kind", "rationale", "scenario", "kind", "method", "role", "match", "status_then"}
WORDS |= {"status_now_known", "scenario_id", "check_name", "rule", "gate", "name_kind"}
_LARGE = ((1e9, "$bn"), (1e6, "$mn"))


@dataclass(frozen=True)
class Column:
    """A column as shown. show: a value as text."""

    name: str
    label: str
    unit: str
    is_number: bool
    show: Callable[[Any], str]


def column(name: str, values: pl.Series) -> Column:
    """How this column is shown, by its name, its type and the size of what it holds."""
    unit, show = _manner(name, values)
    plain = name.removeprefix("is_").removeprefix("has_")
    for ending in ("_rate", "_pp", "_usd", "_usd_bn", "_share", "_percent", "_count", "_days", "_on"):
        plain = plain.removesuffix(ending)
    label = LABELS.get(name, plain.replace("_", " ").strip() or name)
    return Column(name, label[:1].upper() + label[1:], unit, values.dtype.is_numeric(), show)


def _manner(name: str, values: pl.Series) -> tuple[str, Callable[[Any], str]]:
    kind = values.dtype
    manner: tuple[str, Callable[[Any], str]] = ("", lambda value: _words(name, value))
    if kind.is_temporal():
        manner = ("", _day)
    elif kind == pl.Boolean:
        manner = ("", lambda value: "yes" if value else "no")
    elif not kind.is_numeric():
        pass
    elif name.endswith(("_rate", "_share")) or name.startswith(("total_rate_", "share_")):
        manner = ("%", lambda value: _rounded(value * 100, 2) if value else "0")
    elif name.endswith("_pp"):
        manner = ("pp", lambda value: f"{value:+,.2f}" if abs(value) >= 0.005 else "0")
    elif name.endswith("_usd_bn"):
        manner = ("$bn", lambda value: _rounded(value, 1))
    elif name.endswith("_usd"):
        largest = float(values.abs().max() or 0)  # type: ignore[arg-type]
        size, unit = next(((size, unit) for size, unit in _LARGE if largest >= size), (1.0, "$"))
        manner = (unit, lambda value: _rounded(float(value) / size, 0 if size == 1.0 else 2))
    elif name.endswith("_percent"):
        manner = ("%", lambda value: f"{value:,.1f}")
    elif name.endswith("_days"):
        manner = ("days", lambda value: f"{value:,.0f}")
    elif kind.is_integer() or name == "hhi":
        manner = ("", lambda value: f"{value:,.0f}" if not _is_year(name) else str(value))
    else:
        manner = ("", lambda value: f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}")
    unit, show = manner
    return unit, lambda value: NOTHING if value is None else show(value)


def _rounded(value: float, places: int) -> str:
    """To so many places; what is too small for them is told from nothing."""
    least = 10**-places
    if value and abs(value) < least / 2:
        return f"<{least:.{places}f}" if value > 0 else f">-{least:.{places}f}"
    return f"{value:,.{places}f}"


def _is_year(name: str) -> bool:
    return name == "year" or name.endswith("_year")


def _day(value: Any) -> str:
    if isinstance(value, date) and value == OPEN_END:
        return "open"
    return f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "hour") else f"{value:%Y-%m-%d}"


def _words(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    text = str(value)
    if name == "authority":
        text = AUTHORITY_NAMES.get(text, text)
    return text.replace("_", " ") if name in WORDS else text
