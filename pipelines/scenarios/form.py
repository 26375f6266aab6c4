"""The form of a scenario file: what may be said, and what is wrong with what was said.

Belongs here: one file to one Scenario, with every problem named by step and field. Does not belong here: whether the
measures and partners named exist (names.py), rows for the models (tables.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipelines import strict_yaml
from pipelines.errors import StatecraftError

Operation = Literal["remove", "rescale", "shift", "hold", "add"]
Kind = Literal["cliff", "court", "tightening", "widening", "loosening", "own"]
#: What each operation needs and may have, beside the measures it is about; docs/methods/scenarios.md teaches it.
NEEDS = {
    "remove": ({"from"}, {"until"}),
    "rescale": ({"from"}, {"until", "rate", "factor"}),
    "hold": ({"from", "as_on"}, {"until", "rate", "factor"}),
    "shift": ({"day", "to"}, set[str]()),
    "add": ({"from"}, {"until", "as_on", "rate", "factor", "like", "programme"}),
}
SELECTORS = ("measures", "programmes", "authorities")
SCOPES = ("partners", "partners_except", "products", "products_except")
#: What YAML would make of a code without quotes.
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
#: A rate is a fraction: more than this is surely meant in percent.
LARGEST_RATE = 10.0


class _Texts(strict_yaml.StrictLoader):
    """YAML whose numbers stay as written: 0102 without quotes is chapter 01, not the octal of 66."""


_Texts.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag not in NUMBERS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Step(BaseModel):
    """One step: what happens to which measures, between which days, for which partners and goods."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    operation: Operation
    why: str = ""
    measures: tuple[str, ...] = ()
    measures_except: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    partners_except: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    products_except: tuple[str, ...] = ()
    from_: date | None = Field(None, alias="from")
    until: date | None = None
    as_on: date | None = None
    rate: float | None = Field(None, ge=0, le=LARGEST_RATE)
    factor: float | None = Field(None, ge=0)
    like: str | None = None
    programme: str | None = None
    day: date | None = None
    to: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _texts(cls, said: Any) -> Any:
        """A single name may stand without a list."""
        if not isinstance(said, dict):
            raise ValueError("a step is a block of fields, beginning with its operation")
        listed = {}
        for field, value in said.items():
            if field in (*SELECTORS, *SCOPES, "measures_except") and value is not None:
                names = value if isinstance(value, list) else [value]
                listed[field] = tuple(_text(name, field) for name in names)
            else:
                listed[field] = value
        return listed

    @model_validator(mode="after")
    def _hangs_together(self) -> Step:
        wrong = list(self._problems())
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _problems(self) -> Iterator[str]:
        needs, may = NEEDS[self.operation]
        said = {name for name in ("until", "as_on", "rate", "factor", "like", "programme", "day", "to")
                if getattr(self, name) is not None} | ({"from"} if self.from_ else set())  # fmt: skip
        yield from (f"needs '{field}'" for field in sorted(needs - said))
        yield from (
            f"has '{field}', which {self.operation} does not take (it takes {', '.join(sorted(needs | may))})"
            for field in sorted(said - needs - may)
        )
        if self.operation == "add":
            yield from self._problems_of_adding()
        elif not (self.measures or self.programmes or self.authorities):
            yield f"names no measures: give {', '.join(SELECTORS)}"
        if self.from_ and self.until and self.until <= self.from_:
            yield f"ends ({self.until}) before it begins ({self.from_})"
        if self.rate is not None and self.factor is not None:
            yield "has both 'rate' and 'factor': give one"
        if self.operation == "rescale" and self.rate is None and self.factor is None:
            yield "needs 'rate' (0.25 is 25 %) or 'factor' (2 doubles)"
        if self.operation == "shift" and self.day == self.to:
            yield "shifts a day to itself"
        yield from (f"has product {code!r}: give 2 to 10 digits of the schedule, or ALL" for code in
                    (*self.products, *self.products_except)
                    if code != "ALL" and not (code.isdigit() and 2 <= len(code) <= 10))  # fmt: skip

    def _problems_of_adding(self) -> Iterator[str]:
        if any(getattr(self, name) for name in (*SELECTORS, "measures_except")):
            yield "names measures: what is added is said by 'like' (a measure) or 'programme'"
        if (self.like is None) == (self.programme is None):
            yield "needs one of 'like' (a measure it resembles) and 'programme' (one it behaves as)"
        if self.like is None:
            if self.rate is None:
                yield "needs 'rate' (0.25 is 25 %)"
            yield from (
                f"needs '{field}' (ALL for every one)" for field in ("partners", "products") if not getattr(self, field)
            )
            if self.as_on or self.factor is not None:
                yield "has 'as_on' or 'factor', which only go with 'like'"

    @property
    def window(self) -> tuple[date, date | None, date | None]:
        """From, until, and the day whose law it takes (None: each day's own)."""
        if self.operation == "shift":
            assert self.day is not None and self.to is not None
            if self.to > self.day:
                return self.day, self.to, date.fromordinal(self.day.toordinal() - 1)
            return self.to, self.day, self.day
        assert self.from_ is not None
        if self.operation == "add":
            return self.from_, self.until, self.as_on or self.from_
        return self.from_, self.until, self.as_on


class Scenario(BaseModel):
    """One scenario: a question, who asks it, and the steps that differ from the law."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    question: str = Field(min_length=1)
    kind: Kind = "own"
    author: str = ""
    source: str = ""
    in_fan: bool = True
    steps: tuple[Step, ...] = Field(min_length=1)


def read(path: Path) -> Scenario:
    """The scenario of a file. Raises StatecraftError with every problem, by step and field."""
    try:
        with path.open("rb") as file:
            content = file.read(strict_yaml.LARGEST_YAML_BYTES + 1)
        said = strict_yaml.load(content.decode("utf-8"), _Texts)
    except (OSError, UnicodeDecodeError) as error:
        raise StatecraftError(f"{path} cannot be read: {error}.", "Give the path of a scenario file.") from error
    except yaml.YAMLError as error:
        raise StatecraftError(
            f"{path} is not YAML: {error}", "See `statecraft scenario --help` for the form."
        ) from error
    if not isinstance(said, dict):
        raise StatecraftError(f"{path} holds no scenario.", "It begins with id, title, question and steps.")
    try:
        return Scenario.model_validate({"id": path.stem, **said})
    except ValidationError as error:
        told = [_told(problem, said) for problem in error.errors() if not _follows(problem, said)]
        listed = "\n  ".join(told)
        raise StatecraftError(
            f"{path.name} is not a scenario yet:\n  {listed}\n", "`statecraft scenario --help` shows the form."
        ) from error


def _follows(problem: Any, said: dict[str, Any]) -> bool:
    """Whether a problem only follows from others: steps that are all wrong are no steps."""
    return problem["type"] == "too_short" and problem["loc"] == ("steps",) and bool(said.get("steps"))


def _told(problem: Any, said: dict[str, Any]) -> str:
    """One problem as a sentence: where it is, and what would be right."""
    place = list(problem["loc"])
    where = ""
    if place and place[0] == "steps" and len(place) > 1:
        number = place[1]
        step = said["steps"][number]
        operation = f" ({step['operation']})" if isinstance(step, dict) and "operation" in step else ""
        where, place = f"step {number + 1}{operation}: ", place[2:]
    field = f"'{'.'.join(str(part) for part in place)}' " if place else ""
    if problem["type"] == "extra_forbidden":
        known = (Step if where else Scenario).model_fields.items()
        return f"{where}{field}is no field; there are {', '.join(info.alias or name for name, info in known)}"
    if problem["type"] == "missing":
        return f"{where}{field}is missing"
    message = problem["msg"].removeprefix("Value error, ")
    hint = " (a rate is a fraction: 0.25 is 25 %)" if place == ["rate"] else ""
    return f"{where}{field}{message[0].lower() + message[1:]}{hint}"


def _text(name: Any, field: str) -> str:
    """A name as a text; what YAML read as yes or no (NO, Norway) would not come back."""
    if isinstance(name, bool):
        raise ValueError(f"'{field}' has {name}: put the code in quotes (\"NO\" is Norway, no is false)")
    return str(name)
