"""The command that takes one rate apart: duties, measures, headings, acts and the arithmetic.

Belongs here: what a person types and sees. Does not belong here: finding the reasons (explanation.py).
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from pipelines.errors import StatecraftError
from pipelines.explanation import Explanation, dotted, in_percent
from pipelines.explanation import explain as take_apart
from pipelines.query import run_query
from pipelines.release import current
from pipelines.settings import load_settings

console = Console()
CSV_COLUMNS = ["part", "authority", "programme", "measure_id", "heading", "operation", "gross_rate"]
CSV_COLUMNS += ["unclaimed_rate", "claimed_rate", "expected_rate", "duty_usd", "reasons", "action_id", "citation"]


class Form(StrEnum):
    """How an explanation is written."""

    text = "text"
    json = "json"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the command of this file to the app."""
    app.command()(explain)


def explain(
    line: Annotated[str, typer.Argument(help="Line of the tariff schedule, with or without dots: 7326.90.86.88.")],
    partner: Annotated[str, typer.Argument(help="ISO code, Schedule C code or name: CN, CHN, 5700, China.")],
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day of entry.")],
    known_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As known on this day; today where not given.")
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(help="Customs value in dollars: the duty of an entry that claims nothing, to the cent."),
    ] = None,
    format: Annotated[Form, typer.Option(help="text prints; json and csv go to stdout.")] = Form.text,
) -> None:
    """Say why the duty on a line from a partner is what it is: measures, headings, acts, arithmetic.

    Example: statecraft explain 7326.90.86.88 CN 2026-06-08 --value 14172
    """
    settings = load_settings()
    database = current(settings).database
    worth = _dollars(value)
    found = take_apart(
        lambda query: run_query(settings, database, query).to_dicts(),
        line,
        partner,
        day.date(),
        known_on.date() if known_on else date.today(),
    )
    if format is Form.json:
        print(json.dumps(found.as_json(worth), indent=2, default=_plain))
    elif format is Form.csv:
        _write_csv(found, worth)
    else:
        _print(found, worth)


def _dollars(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        worth = Decimal(text.replace(",", "").lstrip("$"))
    except InvalidOperation:
        worth = Decimal(-1)
    if not worth.is_finite() or worth <= 0:
        raise StatecraftError(f"{text!r} is no value in dollars.", "Give a number, e.g. --value 14172.00.")
    return worth


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def _print(found: Explanation, value: Decimal | None) -> None:
    def say(text: str) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True)

    say(f"{dotted(found.hts10)} from {found.partner_name} ({found.partner_code}) on {found.day}")
    say(f"as known on {found.known_on}")
    say(found.description)
    say("")
    say("Ordinary duty")
    say(f"  column 1 general   {in_percent(found.general_rate):>14}   {found.general_text or ''}")
    if found.special_rate is not None:
        say(f"  column 1 special   {in_percent(found.special_rate):>14}   programme {found.program_code}")
    pays = "   which products of this partner pay" if found.pays_column2 else ""
    say(f"  column 2           {in_percent(found.column2_rate):>14}   {found.column2_text or ''}{pays}")
    say(f"  share that claims  {in_percent(found.claim_share):>14}   a preference or exclusion open to it")
    say(f"  expected           {in_percent(found.base_rate):>14}")
    say("")
    say("Measures" if found.measures else "No measure reaches these goods of this partner on this day.")
    for measure in found.measures:
        what = (
            measure.operation if measure.gross_rate is None else f"{measure.operation} {in_percent(measure.gross_rate)}"
        )
        charged = "" if measure.operation == "exempt" else f"; expected {in_percent(measure.expected)}"
        say(f"  {measure.heading or '-':<11} {measure.authority} {measure.programme}: {what}{charged}")
        for reason in measure.reasons:
            say(f"      {reason}")
        if measure.operation != "exempt" and measure.claimed != measure.unclaimed:
            unclaimed, claimed = measure.charged(measure.unclaimed), measure.charged(measure.claimed)
            say(f"      unclaimed {unclaimed}, claimed {claimed}")
        say(f"      {measure.action_id}: {measure.act or 'no title on record'}; {measure.citation}")
    say("")
    _print_sum(found, say)
    if value is not None and found.duties(value):
        _print_duties(found, value, say)


def _print_sum(found: Explanation, say: Callable[[str], None]) -> None:
    if found.no_sum:
        say(found.no_sum)
    if found.total_rate is None and found.total_rate_unclaimed is None and found.total_rate_claimed is None:
        return
    parts = [in_percent(found.base_rate), *(in_percent(m.expected) for m in found.measures if m.expected != 0)]
    say(f"Expected   {' + '.join(parts)} = {in_percent(found.total_rate)}")
    say(f"Unclaimed  {in_percent(found.total_rate_unclaimed)}: an entry that claims nothing")
    say(f"Claimed    {in_percent(found.total_rate_claimed)}: an entry that claims what is open to it")


def _print_duties(found: Explanation, value: Decimal, say: Callable[[str], None]) -> None:
    duties = found.duties(value)
    total = sum((usd for _, _, usd in duties), Decimal(0))
    say("")
    say(f"Duty on ${value:,.2f}, nothing claimed, fees apart")
    for name, rate, usd in duties:
        say(f"  {name:<44} {in_percent(rate):>12} {f'${usd:,.2f}':>16}")
    of_value = f"{total / value * 100:.2f} %"
    say(f"  {'sum':<44} {of_value:>12} {f'${total:,.2f}':>16}")


def _write_csv(found: Explanation, value: Decimal | None) -> None:
    duties = {name: usd for name, _, usd in found.duties(value)} if value is not None else {}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    ordinary = "column 2" if found.pays_column2 else "column 1 general"
    paid = found.ordinary_unclaimed
    row: list[object] = ["ordinary", "", "", "", "", "", paid, paid, found.special_rate, found.base_rate]
    writer.writerow([*row, duties.get(ordinary, ""), found.program_code or "", "", ""])
    for m in found.measures:
        charged = duties.get(f"{m.measure_id} {m.heading or ''}".strip(), "")
        row = ["measure", m.authority, m.programme, m.measure_id, m.heading or "", m.operation, m.gross_rate]
        row += [m.unclaimed, m.claimed, m.expected, charged, "; ".join(m.reasons), m.action_id, m.citation]
        writer.writerow(row)
    totals = [found.total_rate_unclaimed, found.total_rate_claimed, found.total_rate]
    duty = sum(duties.values()) if duties else ""
    writer.writerow(["total", "", "", "", "", "", "", *totals, duty, found.no_sum or "", "", ""])
