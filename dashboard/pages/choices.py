"""Choices that several pages offer, and small things their cards share.

Belongs here: what two pages or more would say the same way. Does not belong here: anything of one page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from dashboard.asking import Ask, Choice, Day, Option
from pipelines.contract import all_specs

#: How far ahead of today the law is drawn.
AHEAD_DAYS = 183
WEIGHT_YEAR = 2024
RATES_BEGIN = date(2018, 1, 1)


def partners(ask: Ask) -> Sequence[Option]:
    """Trading partners of today, by name."""
    found = ask("select partner_code, partner_name from core.dim_partner where is_listed_now order by partner_name")
    return list(found.iter_rows())


def partners_and_all(ask: Ask) -> Sequence[Option]:
    """All partners together, then each."""
    return [("ALL", "All partners"), *partners(ask)]


def distinct(column: str, table: str, all_called: str) -> Callable[[Ask], Sequence[Option]]:
    """What a column of codes holds, after all of them together."""

    def offered(ask: Ask) -> Sequence[Option]:
        found = ask(f"select distinct {column} as code from {table} where {column} is not null order by 1")["code"]
        return [("ALL", all_called), *((code, code.replace("_", " ")) for code in found)]

    return offered


def years(day: str, table: str, condition: str) -> Callable[[Ask], Sequence[Option]]:
    """Years in which a table has rows, the newest first; this year where it has none, so that a page can say so."""

    def offered(ask: Ask) -> Sequence[Option]:
        sql = f"select distinct cast(year({day}) as varchar) as year from {table} where {condition} order by 1 desc"
        return [(year, year) for year in ask(sql)["year"]] or [(str(date.today().year),) * 2]

    return offered


PARTNER = Choice("partner", "Partner", partners_and_all, "ALL")
FIRST = Day("from", "From", lambda today: RATES_BEGIN)


def ahead(today: date) -> date:
    """The last day the law is drawn to."""
    return today + timedelta(AHEAD_DAYS)


def act(row: dict[str, Any]) -> str | None:
    """Where the act of a row leads."""
    return f"/ledger/{row['action_id']}" if row["action_id"] else None


def source_name(source: str) -> str:
    """What a source is called by people: its publisher and its title, as its source.yml begins them."""
    spec = all_specs().get(source)
    if spec is None:
        return source
    publisher, title = (re.split("[,;:]", re.sub(r" \(.*?\)", "", text))[0] for text in (spec.publisher, spec.title))
    return f"{publisher}: {title}"
