"""Whether what a scenario names exists: measures, programmes, authorities, partners, goods, and law on its days.

Belongs here: comparing a scenario with the names of a release, and the nearest name to a wrong one. Does not belong
here: the form of a file (form.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import process

from pipelines.errors import StatecraftError
from pipelines.scenarios.form import Scenario, Step

Ask = Callable[[str], list[dict[str, Any]]]
#: Names nearer than this, of 100, are offered in place of a wrong one.
NEAR = 60
NEAREST = 3


@dataclass(frozen=True)
class Names:
    """What a release has. spans: measure -> the days on which it holds something; lines: of the tariff schedule."""

    programmes: frozenset[str]
    authorities: frozenset[str]
    partners: frozenset[str]
    spans: dict[str, list[tuple[date, date]]]
    lines: frozenset[str]

    @classmethod
    def of_release(cls, ask: Ask, programmes: Iterable[str]) -> Names:
        """programmes: those of law/, of which a release holds only what some measure is of."""
        held: dict[str, list[tuple[date, date]]] = {}
        authorities = set()
        for row in ask(
            "select measure_id, authority, valid_from, valid_to from core.fct_measure "
            "where known_to = date '9999-12-31' order by measure_id, valid_from"
        ):
            held.setdefault(row["measure_id"], []).append((row["valid_from"], row["valid_to"]))
            authorities.add(row["authority"])
        codes = ask(
            "select partner_code as code from core.dim_partner union select iso2 from core.dim_partner "
            "where is_listed_now and iso2 is not null union select group_code from core.bridge_partner_group"
        )
        partners = frozenset(row["code"] for row in codes) | {"ALL"}
        lines = frozenset(row["hts10"] for row in ask("select hts10 from core.bridge_product_class"))
        return cls(frozenset(programmes), frozenset(authorities), partners, held, lines)


def check(scenario: Scenario, names: Names) -> None:
    """Raises StatecraftError with every name that does not exist, by step and field, and the nearest that do."""
    wrong = [
        f"step {number} ({step.operation}): {problem}"
        for number, step in enumerate(scenario.steps, 1)
        for problem in _problems(step, names)
    ]
    if wrong:
        listed = "\n  ".join(wrong)
        raise StatecraftError(
            f"{scenario.id} names what there is not:\n  {listed}\n",
            "Measures and their days are in core.fct_measure, partners in core.dim_partner, lines in core.dim_product.",
        )


def _problems(step: Step, names: Names) -> Iterator[str]:
    measures = names.spans.keys()
    for field, known in (
        ("measures", measures),
        ("measures_except", measures),
        ("programmes", names.programmes),
        ("authorities", names.authorities),
        ("partners", names.partners),
        ("partners_except", names.partners),
    ):
        for code in getattr(step, field):
            yield from _unknown(field, code, known)
    for field in ("products", "products_except"):
        for prefix in getattr(step, field):
            if prefix != "ALL" and not any(line.startswith(prefix) for line in names.lines):
                yield f"'{field}' has {prefix!r}: no line of the schedule begins so"
    if step.like is not None:
        yield from _unknown("like", step.like, measures)
    if step.programme is not None:
        yield from _unknown("programme", step.programme, names.programmes)
    law_of = step.window[2]
    if step.like in names.spans and law_of is not None and not _holds(names.spans[step.like], law_of):
        spans = ", ".join(f"{a} to {_end(b)}" for a, b in _merged(names.spans[step.like]))
        yield f"'like' {step.like} holds nothing on {law_of}; it holds from {spans}: give 'as_on' a day of those"


def _unknown(field: str, code: str, known: Iterable[str]) -> Iterator[str]:
    held = sorted(known)
    if code not in held:
        near = [name for name, _, _ in process.extract(code, held, limit=NEAREST, score_cutoff=NEAR)]
        yield f"'{field}' has {code!r}" + (f"; nearest: {', '.join(near)}" if near else "; there is nothing like it")


def _holds(spans: list[tuple[date, date]], day: date) -> bool:
    return any(begins <= day < ends for begins, ends in spans)


def _merged(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((begins, ends))
    return merged


def _end(day: date) -> str:
    return "now on" if day == date.max else day.isoformat()
