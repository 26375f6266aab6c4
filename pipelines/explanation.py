"""Why a rate is what it is: one line from one partner on a day, taken apart into duties, measures, headings and acts.

Belongs here: asking the released file through its macros, and saying of each measure what is charged and why no more.
Does not belong here: working out a rate (released/, models), how it is shown (cli/explain.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pipelines.errors import StatecraftError
from pipelines.files import sql_text

#: Runs one query over the release; rows as dictionaries.
Ask = Callable[[str], list[dict[str, Any]]]
#: Two rates closer than this are one.
TINY = 1e-9
NO_SUM = "The ordinary duty cannot be computed from its text (provenance.not_computable), so there is no sum."


@dataclass(frozen=True)
class Measure:
    """One statement about the goods, and what is charged of it. Rates are fractions of customs value.

    unclaimed, claimed: what an entry pays that claims nothing, or all that is open to it; None where it is not met, or
    where what it is measured against cannot be computed.
    """

    authority: str
    programme: str
    measure_id: str
    heading: str | None
    operation: str
    gross_rate: float | None
    unclaimed: float | None
    claimed: float | None
    expected: float | None
    reasons: list[str]
    action_id: str
    act: str | None
    citation: str

    def charged(self, rate: float | None) -> str:
        """One of its rates as people read it: also that the entry it is of does not meet it."""
        is_of_claim = any(reason.startswith("only for an entry") for reason in self.reasons)
        return "not met" if rate is None and is_of_claim else in_percent(rate)


@dataclass(frozen=True)
class Explanation:
    """A rate taken apart."""

    hts10: str
    description: str
    partner_code: str
    partner_name: str
    day: date
    known_on: date
    general_rate: float | None
    general_text: str | None
    column2_rate: float | None
    column2_text: str | None
    pays_column2: bool
    special_rate: float | None
    program_code: str | None
    claim_share: float
    base_rate: float | None
    measures: list[Measure]
    total_rate: float | None
    total_rate_unclaimed: float | None
    total_rate_claimed: float | None

    @property
    def ordinary_unclaimed(self) -> float | None:
        """The ordinary duty of an entry that claims nothing."""
        return self.column2_rate if self.pays_column2 else self.general_rate

    @property
    def no_sum(self) -> str | None:
        """Why a sum is not there, in words; None where all are."""
        return NO_SUM if self.total_rate is None or self.total_rate_unclaimed is None else None

    def duties(self, value: Decimal) -> list[tuple[str, float, Decimal]]:
        """What an entry of this value pays that claims nothing: component, rate, dollars, each to the cent.

        Nothing where that cannot be computed.
        """
        if self.total_rate_unclaimed is None or self.ordinary_unclaimed is None:
            return []
        column = "column 2" if self.pays_column2 else "column 1 general"
        parts = [(column, self.ordinary_unclaimed)]
        parts += [(f"{m.measure_id} {m.heading or ''}".strip(), m.unclaimed) for m in self.measures if m.unclaimed]
        return [(name, rate, in_cents(value, rate)) for name, rate in parts]

    def as_json(self, value: Decimal | None) -> dict[str, Any]:
        """Everything, for machines."""
        found: dict[str, Any] = {**asdict(self), "no_sum": self.no_sum}
        if value is not None:
            duties = self.duties(value)
            found["value_usd"] = value
            found["duties_usd"] = [{"component": n, "rate": r, "duty_usd": usd} for n, r, usd in duties]
            found["duty_usd"] = sum((usd for _, _, usd in duties), Decimal(0)) if duties else None
        return found


def in_cents(value: Decimal, rate: float) -> Decimal:
    """The duty, rounded half up to the cent. The rate is taken as printed, not as the binary fraction nearest to it."""
    return (value * Decimal(repr(round(rate, 10)))).quantize(Decimal("0.01"), ROUND_HALF_UP)


def explain(ask: Ask, line: str, partner: str, day: date, known_on: date) -> Explanation:
    """Take the rate on a line from a partner on a day apart. Raises StatecraftError that says what to give instead."""
    if not ask("select 1 as found from duckdb_functions() where function_name = 'tariff_components_for' limit 1"):
        raise StatecraftError("This release holds no tariff rates.", "Run `statecraft refresh` to make one that does.")
    found = partner_named(ask, partner)
    hts10, description = line_named(ask, line, day, known_on)
    when = f"{sql_text(hts10)}, {sql_text(found['partner_code'])}, {_date(day)}, {_date(known_on)}"
    rates = ask(f"from core.tariff_for({when})")
    if not rates:
        raise StatecraftError(
            f"There is no rate on {dotted(hts10)} from {found['partner_name']} on {day} as known on {known_on}.",
            "core.fct_ordinary_duty says from when on the line is in the schedules held; try a later --known-on.",
        )
    rate = rates[0]
    components = ask(f"from core.tariff_components_for({when}) order by authority, programme, heading, measure_id")
    [texts] = ask(
        f"select any_value(general_text) as general_text, any_value(column2_text) as column2_text "
        f"from core.fct_ordinary_duty where hts10 = {sql_text(hts10)} and {_on_both_clocks(day, known_on)}"
    )
    in_column2 = ask(
        f"select 1 as found from core.bridge_partner_group where group_code = 'COLUMN2' "
        f"and partner_code = {sql_text(found['partner_code'])} "
        f"and valid_from <= {_date(day)} and {_date(day)} < valid_to"
    )
    return Explanation(
        hts10=hts10,
        description=description,
        partner_code=found["partner_code"],
        partner_name=found["partner_name"],
        day=day,
        known_on=known_on,
        general_rate=rate["column1_general_rate"],
        general_text=texts["general_text"],
        column2_rate=rate["column2_rate"],
        column2_text=texts["column2_text"],
        pays_column2=bool(in_column2),
        special_rate=rate["column1_special_rate"],
        program_code=rate["preference_program_code"],
        claim_share=rate["preference_claim_share"],
        base_rate=rate["base_rate"],
        measures=_measures(ask, components, day, known_on),
        total_rate=rate["total_rate"],
        total_rate_unclaimed=rate["total_rate_unclaimed"],
        total_rate_claimed=rate["total_rate_claimed"],
    )


def dotted(hts10: str) -> str:
    """The digits as the schedule prints them."""
    return ".".join(part for part in (hts10[:4], hts10[4:6], hts10[6:8], hts10[8:]) if part)


def line_named(ask: Ask, text: str, day: date, known_on: date) -> tuple[str, str]:
    """The ten digits of a line and its description; dots are left out. Raises StatecraftError with lines to choose."""
    digits = re.sub(r"[.\s]", "", text)
    if not re.fullmatch(r"\d{4,10}", digits) or len(digits) % 2:
        raise StatecraftError(f"{text!r} is no line of the tariff schedule.", "Give ten digits, e.g. 7326.90.86.88.")
    on_day = f"core.product_on({_date(day)}, {_date(known_on)})"
    below = f"select hts10, description from {on_day} where starts_with(hts10, {{}}) order by hts10 limit 41"
    found = ask(below.format(sql_text(digits)))
    if len(found) == 1:
        return found[0]["hts10"], _plain(found[0]["description"])
    if not found and len(digits) > 6:
        found = ask(below.format(sql_text(digits[:6])))
        if found:
            raise StatecraftError(
                f"{dotted(digits)} is no line of the schedule on {day} as known on {known_on}.",
                f"Lines of {dotted(digits[:6])} on that day:\n{_listed(found)}",
            )
    if not found:
        raise StatecraftError(
            f"No line of the schedule on {day} as known on {known_on} begins with {dotted(digits)}.",
            "Schedules are held from 2018 on; core.dim_product has every line and its days.",
        )
    raise StatecraftError(f"{dotted(digits)} has several ten-digit lines.", f"Give one of them:\n{_listed(found)}")


def _plain(description: str | None) -> str:
    """A line's place in the schedule: descriptions from the heading down, without marks of the page."""
    return re.sub(r":? > ", ", ", re.sub(r"<[^>]+>", "", description or ""))


def _listed(found: list[dict[str, Any]]) -> str:
    lines = [f"  {dotted(row['hts10'])}  {_plain(row['description'])}" for row in found[:40]]
    return "\n".join(lines) + ("\n  and more" if len(found) > 40 else "")


def partner_named(ask: Ask, text: str) -> dict[str, Any]:
    """The partner meant by a Schedule C code, an ISO code or a name. Raises StatecraftError saying which there are."""
    word = sql_text(text.strip().lower())
    chosen = "select partner_code, partner_name, iso2 from core.dim_partner where"
    order = "order by partner_code limit 21"
    for condition in (
        f"partner_code = {word}",
        f"is_listed_now and lower(iso2) = {word}",
        f"is_listed_now and lower(iso3) = {word}",
        f"is_listed_now and lower(partner_name) = {word}",
        f"is_listed_now and contains(lower(partner_name), {word})",
    ):
        found = ask(f"{chosen} {condition} {order}")
        if len(found) == 1:
            return found[0]
        if found:
            names = "\n".join(f"  {row['partner_code']}  {row['partner_name']}" for row in found[:20])
            raise StatecraftError(f"{text!r} may be several partners.", f"Give the code of one of them:\n{names}")
    raise StatecraftError(
        f"There is no partner {text!r}.",
        "Give a two- or three-letter ISO code, a Schedule C code or a name of core.dim_partner.",
    )


def _date(day: date) -> str:
    return f"date '{day.isoformat()}'"


def _on_both_clocks(day: date, known_on: date) -> str:
    return (
        f"valid_from <= {_date(day)} and {_date(day)} < valid_to "
        f"and known_from <= {_date(known_on)} and {_date(known_on)} < known_to"
    )


@dataclass
class _Setting:
    """What the measures of one cell have in common: statements by id, titles of acts, rules between programmes."""

    statements: dict[str, dict[str, Any]]
    titles: dict[str, str]
    rules: list[dict[str, Any]]
    exemptions: list[dict[str, Any]] = field(default_factory=list)


def _measures(ask: Ask, components: list[dict[str, Any]], day: date, known_on: date) -> list[Measure]:
    if not components:
        return []
    ids = ", ".join(sql_text(row["statement_id"]) for row in components)
    acts = ", ".join(sql_text(row["action_id"]) for row in components)
    statements = ask(
        f"select distinct statement_id, rate_column, claim, content, reach_share, share_assumption "
        f"from core.fct_measure where statement_id in ({ids})"
    )
    titles = ask(f"select action_id, title from core.dim_action where action_id in ({acts})")
    rules = ask(
        f"select rule_id, applies_to_programme, yields_to_programme, value_share, citation from core.fct_stacking_rule "
        f"where valid_from <= {_date(day)} and {_date(day)} < valid_to and known_from <= {_date(known_on)} "
        f"and {_date(known_on)} < known_to "
        f"order by rule_id"
    )
    setting = _Setting(
        {row["statement_id"]: row for row in statements},
        {row["action_id"]: row["title"] for row in titles},
        rules,
        [row for row in components if row["operation"] == "exempt"],
    )
    return [_measure(row, setting, _present(components)) for row in components]


def _present(components: list[dict[str, Any]]) -> set[str]:
    """Programmes others may yield to: what reaches the goods displaces, also where a floor leaves nothing to add."""
    exempt = {row["programme"] for row in components if row["operation"] == "exempt"}
    return {
        row["programme"]
        for row in components
        if row["operation"] != "exempt"
        and (row["programme"] not in exempt or row["net_rate_unclaimed"] or row["net_rate_claimed"])
    }


def _measure(row: dict[str, Any], setting: _Setting, present: set[str]) -> Measure:
    return Measure(
        authority=row["authority"],
        programme=row["programme"],
        measure_id=row["measure_id"],
        heading=row["heading"],
        operation=row["operation"],
        gross_rate=row["gross_rate"],
        unclaimed=row["net_rate_unclaimed"],
        claimed=row["net_rate_claimed"],
        expected=row["net_rate"],
        reasons=list(_reasons(row, setting, present)),
        action_id=row["action_id"],
        act=setting.titles.get(row["action_id"]),
        citation=row["citation"],
    )


def _reasons(row: dict[str, Any], setting: _Setting, present: set[str]) -> list[str]:
    """Why no more is charged of it than is."""
    statement = setting.statements[row["statement_id"]]
    unclaimed, claimed, gross = row["net_rate_unclaimed"], row["net_rate_claimed"], row["gross_rate"]
    reach = statement["reach_share"]
    said = []
    is_floor = row["operation"] in ("floor", "minimum_total", "replace")
    if (unclaimed is None and not is_floor) or statement["claim"] == "claimed":
        said.append("only for an entry that claims it")
    if (claimed is None and not is_floor) or statement["claim"] == "unclaimed":
        said.append("only for an entry that claims nothing")
    if reach is not None and reach < 1:
        said.append(f"reaches {in_percent(reach)} of the goods ({statement['share_assumption']})")
    if statement["content"]:
        nets = [net for net in (unclaimed, claimed) if net is not None]
        part = f": {in_percent(max(nets) / (gross or 1.0))} of the value" if nets else ""
        said.append(f"on the {statement['content']} in the goods only{part}")
    if row["operation"] == "exempt":
        return [f"takes goods out of {row['programme']}", *said]
    if is_floor:
        said.append(f"up to {in_percent(gross)}, less the duty in column {statement['rate_column'] or 'general'}")
    whole = (gross or 0.0) * (1.0 if reach is None else reach)
    states = [(unclaimed, "net_rate_unclaimed"), (claimed, "net_rate_claimed")]
    if any(is_floor if net is None else net < whole - TINY for net, _ in states):
        said += _taken(row, setting, states, whole)
        yields = [
            rule
            for rule in setting.rules
            if rule["applies_to_programme"] == row["programme"] and rule["yields_to_programme"] in present
        ]
        said += [f"yields to {r['yields_to_programme']} by {r['rule_id']} ({r['citation']})" for r in yields]
    return said


def _taken(row: dict[str, Any], setting: _Setting, states: list[tuple[Any, str]], whole: float) -> list[str]:
    """The exemptions from its programme, where they are met in a state that pays less."""
    less = [state for net, state in states if net is not None and net < whole - TINY]
    taken = []
    for exemption in setting.exemptions:
        met = [state for state in less if exemption[state] is not None]
        if exemption["programme"] == row["programme"] and met:
            of_claim = " if claimed" if met == ["net_rate_claimed"] else ""
            taken.append(f"exempt{of_claim} by {exemption['heading'] or exemption['measure_id']}")
    return taken


def in_percent(rate: float | None) -> str:
    """A fraction as people read it: 2.9 %, 13.0975 %."""
    if rate is None:
        return "not computable"
    text = f"{rate * 100:.4f}".rstrip("0").rstrip(".")
    return f"{'0' if text == '-0' else text} %"
