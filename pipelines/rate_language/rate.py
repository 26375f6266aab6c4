"""What one rate says.

Belongs here: the record and what follows from it. Does not belong here: reading text.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Kind -> why no number follows from the text; None where one does.
REASONS: dict[str, str | None] = {
    "blank": None,
    "free": None,
    "ad_valorem": None,
    "specific": None,
    "compound": None,
    "minimum": None,
    "each_part": None,
    "no_change": None,
    "add": None,
    "add_content": None,
    "programmes": None,
    "subtract": "less than the rate of another provision, which the text does not name",
    "see_note": "the rate stands in a note or another provision",
    "reference": "the rate of other goods or of another provision",
    "value_part": "a duty on a part of the value that the entry must state",
    "other_value": "a share of a value other than customs value",
    "unread": "the text says no rate that can be read",
}
#: Kinds of which an ordinary duty can be made from the numbers in the text, and those that need quantities for it.
STATED = ("free", "ad_valorem")
MEASURED = ("specific", "compound", "minimum", "each_part")


@dataclass(frozen=True)
class Component:
    """One term of a duty. rate: fraction of value, or usd: dollars per unit. base: the part it is on, or ""."""

    rate: float | None = None
    usd: float | None = None
    unit: str = ""
    base: str = ""

    @property
    def words(self) -> str:
        """The term in one spelling: "0.06 on the case", "1.5 usd/kg"."""
        amount = f"{self.rate:.10g}" if self.usd is None else f"{self.usd:.10g} usd/{self.unit}"
        return f"{amount} {self.base}".strip()


@dataclass(frozen=True)
class Rate:
    """One rate. ad_valorem_rate: fraction of customs value; components: all terms of a duty, in printed order.

    minimum_duty_usd: of a duty that falls by degrees, per specific_unit.  value_base: the content an added duty is on.
    """

    kind: str
    ad_valorem_rate: float | None = None
    components: tuple[Component, ...] = ()
    minimum_duty_usd: float | None = None
    value_base: str | None = None

    @property
    def is_computable(self) -> bool:
        """Whether the text states the duty, given value, quantity and the value of parts."""
        return REASONS[self.kind] is None

    @property
    def reason(self) -> str | None:
        return REASONS[self.kind]

    @property
    def specifics(self) -> tuple[Component, ...]:
        return tuple(c for c in self.components if c.usd is not None)

    @property
    def whole_value_rate(self) -> float | None:
        """The part of the duty that is a share of the whole value, where the rest is one term in a known unit."""
        if self.kind == "free":
            return 0.0
        if self.kind == "ad_valorem":
            return self.ad_valorem_rate
        if self.kind in MEASURED:
            return (self.ad_valorem_rate or 0.0) if self._one_specific else 0.0
        return None

    @property
    def measured(self) -> tuple[float, str] | None:
        """The rest: an amount and what it is per. Duties of one unit differ between goods by this amount alone.

        Where several terms depend on quantity or on parts of the value, the first stands for all of them.
        """
        if self.kind not in MEASURED:
            return None
        first = (self.specifics or self.components)[0]
        amount = first.usd if first.usd is not None else first.rate
        assert amount is not None
        unit = " ".join(filter(None, (first.unit or "value", first.base)))
        return amount, unit if self._one_specific else f"{unit} and other terms"

    @property
    def _one_specific(self) -> bool:
        return self.kind in ("specific", "compound") and len(self.specifics) == 1
