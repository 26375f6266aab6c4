"""Text to rate: the grammar of rates.lark turned into records.

Belongs here: what each form of the grammar means. Does not belong here: groups of programmes (special.py).
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError

from pipelines.rate_language.rate import Component, Rate
from pipelines.rate_language.text import tidy

GRAMMAR = Path(__file__).with_name("rates.lark")
#: Bases that are the whole of the goods.
WHOLE = ("on the entire set", "on the full value of the imported article")
_SPELLINGS = {
    "doz": "doz.",
    "pf.liter": "pf. liter",
    "pr": "pr.",
    "1,000": "1000",
    "1,000 pins": "1000 pins",
    "line/ gross": "line/gross",
}


def read_rate(text: str | None) -> Rate:
    """What one rate says; kind `blank` for nothing and `unread` for what the grammar does not know."""
    return _read(tidy(text or ""))


@cache
def _read(plain: str) -> Rate:
    if not plain:
        return Rate("blank")
    try:
        rate = _parser().parse(plain)
    except LarkError:
        return Rate("unread")
    assert isinstance(rate, Rate)
    return rate


@cache
def _parser() -> Lark:
    grammar = GRAMMAR.read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", transformer=_Meaning(), maybe_placeholders=False)


def fraction(text: str) -> float:
    """ "33 1/3%" -> 0.3333…; "6.8%" -> 0.068, the nearest number to it."""
    numbers = text.replace("percent", "").replace("%", "").split()
    return float(sum(Fraction(n) for n in numbers) / 100)


def dollars(text: str) -> float:
    """ "$1.65", "12.5¢" -> US dollars."""
    number = Fraction(text.strip("$¢ ").replace(",", ""))
    return float(number / 100 if "¢" in text else number)


def _unit(text: str) -> str:
    plain = text.strip("/ ")
    return _SPELLINGS.get(plain, plain)


class _Meaning(Transformer[Token, Any]):
    """One method a form of the grammar."""

    def free(self, _: list[Token]) -> Rate:
        return Rate("free", 0.0)

    def free_qualified(self, _: list[Token]) -> Rate:
        return Rate("free", 0.0)

    def money(self, found: list[Token]) -> float:
        return dollars(found[0])

    def percent(self, found: list[Token]) -> Component:
        return Component(rate=fraction(found[0]))

    def percent_of_part(self, found: list[Token]) -> Component:
        base = str(found[1])
        return Component(rate=fraction(found[0]), base="" if base in WHOLE else base)

    def specific(self, found: list[Any]) -> Component:
        return Component(usd=found[0], unit=_unit(found[1]))

    def specific_on(self, found: list[Any]) -> Component:
        unit = _unit(found[1]) if len(found) == 3 else "piece"
        return Component(usd=found[0], unit=unit, base=str(found[-1]).lstrip(", "))

    def duty(self, found: list[Any]) -> Any:
        """The rule `duty` gives its components, the form `duty` around it the rate."""
        if not isinstance(found[0], tuple):
            return tuple(found)
        (terms,) = found
        whole = [c for c in terms if c.usd is None and not c.base]
        parts = [c for c in terms if c.usd is None and c.base]
        if parts or len(whole) > 1:
            return Rate("each_part", None, terms)
        rate = whole[0].rate if whole else None
        if len(whole) == len(terms):
            return Rate("ad_valorem", rate, terms)
        return Rate("compound" if len(terms) > 1 else "specific", rate, terms)

    def minimum(self, found: list[Any]) -> Rate:
        full, unit, step, step_unit, degrees, least, _ = found
        by_degree = str(degrees).split(" (")[0]
        terms = (Component(usd=full, unit=_unit(unit)), Component(usd=-step, unit=_unit(step_unit), base=by_degree))
        return Rate("minimum", None, terms, least)

    def no_change(self, _: list[Token]) -> Rate:
        return Rate("no_change")

    def add(self, found: list[Token]) -> Rate:
        return Rate("add", fraction(found[-1]))

    def add_content(self, found: list[Token]) -> Rate:
        content = str(found[-1]).removeprefix("upon the value of the ").removesuffix(" content")
        base = {"non-U.S.": "non_us"}.get(content, content)
        return Rate("add_content", fraction(found[-2]), value_base=f"{base}_content")

    def subtract(self, found: list[Token]) -> Rate:
        return Rate("subtract", -fraction(found[-1]))

    def see_note(self, _: list[Token]) -> Rate:
        return Rate("see_note")

    def reference(self, _: list[Token]) -> Rate:
        return Rate("reference")

    def value_part(self, _: list[Token]) -> Rate:
        return Rate("value_part")

    def other_value(self, found: list[Token]) -> Rate:
        return Rate("other_value", fraction(str(found[0]).split(" of ")[0]))
