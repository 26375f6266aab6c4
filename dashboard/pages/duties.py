"""Products and partners: what a line pays, why, since when, and from whom it pays what."""

from __future__ import annotations

import re

import polars as pl

from dashboard.asking import Asked, Choice, Day, Words
from dashboard.cards import Card, of_picture
from dashboard.pages import Maker, Page
from dashboard.pages.choices import RATES_BEGIN, ahead, partners
from pipelines.explanation import dotted, explain, in_percent, partner_named
from pipelines.files import sql_text
from pipelines.pictures.duty_path import duty_path

LINE = "7326.90.86.88"
CHINA = "5700"
#: Lines offered where more than one may be meant.
OFFERED = 200


def _meant(asked: Asked) -> tuple[str, pl.DataFrame]:
    """The query for lines that may be meant by digits or by words of their description, and those lines."""
    digits = re.sub(r"[.\s]", "", asked["line"])
    if digits.isdecimal():
        wanted = f"starts_with(hts10, {sql_text(digits)})"
    else:
        words = asked["line"].lower().split()
        wanted = " and ".join(f"contains(lower(description), {sql_text(word)})" for word in words)
    sql = f"""
select hts10, regexp_replace(description, '<[^>]+>', '', 'g') as description, unit_1
from core.product_on(date '{asked["on"]}', date '{asked["known_on"]}')
where {wanted}
order by hts10
limit {OFFERED}""".strip()
    return sql, asked.ask(sql)


def _line(asked: Asked) -> str | None:
    """The line meant; None where it could be several, or none."""
    lines = _meant(asked)[1]
    return str(lines["hts10"][0]) if lines.height == 1 else None


def _of_one_line(make: Maker) -> Maker:
    """The card where one line is meant; nothing where one is still to be chosen."""

    def made(asked: Asked) -> Card:
        return make(asked) if _line(asked) else Card("", "", "", pl.DataFrame(), is_optional=True)

    made.__doc__ = make.__doc__
    return made


def taken_apart(asked: Asked) -> Card:
    """One cell, every duty on it with the acts and the arithmetic; or the lines that may be meant."""
    line = _line(asked)
    return _explained(asked, line) if line else _offered(asked)


def _offered(asked: Asked) -> Card:
    sql, lines = _meant(asked)
    if lines.is_empty():
        return Card(
            f"No line is “{asked['line']}”",
            f"None of the schedule on {asked['on']}, as known on {asked['known_on']}.",
            sql,
            lines,
            nothing="Give digits with which a line begins (7326.90), or words of its description (bicycles).",
        )
    several = f"the first {OFFERED}" if lines.height == OFFERED else f"{lines.height}"
    return Card(
        f"“{asked['line']}” may be {several} lines: choose one",
        f"On {asked['on']}, as known on {asked['known_on']}.",
        sql,
        lines,
        words={"hts10": dotted, "description": lambda text: re.sub(":? > ", ", ", text)},
        links={"hts10": lambda row: asked.address("/duties", line=dotted(row["hts10"]))},
        labels={"unit_1": "Unit"},
        rows=OFFERED,
    )


def _explained(asked: Asked, line: str) -> Card:
    queries: list[str] = []

    def ask(sql: str) -> list[dict[str, object]]:
        queries.append(sql)
        return asked.ask(sql).to_dicts()

    found = explain(ask, line, asked["partner"], asked["on"], asked["known_on"])
    sql = next(query for query in queries if "core.tariff_components_for" in query)
    expected = "cannot be computed" if found.total_rate is None else f"{in_percent(found.total_rate)} expected"
    return Card(
        f"{dotted(found.hts10)} from {found.partner_name} on {found.day}: {expected}",
        f"{found.description.rstrip('.')}. As known on {found.known_on}.",
        sql,
        asked.ask(sql),
        template="duty",
        extra=found,
        also_sql=queries,
        note=f"statecraft explain {dotted(found.hts10)} {found.partner_code} {found.day} --known-on {found.known_on}",
    )


def path(asked: Asked) -> Card:
    """The same cell over time."""
    picture = duty_path(asked.ask, _line(asked) or "", asked["partner"], RATES_BEGIN, ahead(asked.today), asked.today)
    return of_picture(picture, height=220)


def elsewhere(asked: Asked) -> Card:
    """The same line from every partner that sold it, the largest first."""
    line = _line(asked) or ""
    sql = f"""
with sold as (
    select partner_code, sum(import_value_consumption_usd) as import_value_consumption_usd
    from core.fct_trade_flow
    where flow = 'import' and product_level = 'HTS10' and product_code = {sql_text(line)} and period_months = 12
        and known_to = date '9999-12-31' and period_start = (
            select max(period_start) from core.fct_trade_flow
            where flow = 'import' and product_level = 'HTS10' and period_months = 12
        )
    group by partner_code
)
select partners.partner_name, rates.partner_code, rates.total_rate, rates.total_rate_unclaimed,
    rates.total_rate_claimed, rates.base_rate, rates.s232_rate, rates.s301_rate, rates.s122_rate, rates.s338_rate,
    sold.import_value_consumption_usd
from core.tariff_on(date '{asked["on"]}', known_on := date '{asked["known_on"]}') as rates
inner join core.dim_partner as partners on rates.partner_code = partners.partner_code
left join sold on rates.partner_code = sold.partner_code
where rates.hts10 = {sql_text(line)}
order by sold.import_value_consumption_usd desc nulls last, partners.partner_name""".strip()
    frame = asked.ask(sql)
    return Card(
        f"{dotted(line)} from every partner on {asked['on']}",
        "Largest sellers of the last whole year first. A name leads to the same line from that partner.",
        sql,
        frame,
        shown=(
            "partner_name",
            "total_rate",
            "total_rate_unclaimed",
            "total_rate_claimed",
            "base_rate",
            "s232_rate",
            "s301_rate",
            "s122_rate",
            "s338_rate",
            "import_value_consumption_usd",
        ),
        labels={
            "total_rate": "Expected",
            "total_rate_unclaimed": "Unclaimed",
            "total_rate_claimed": "Claimed",
            "base_rate": "Ordinary",
            "s232_rate": "Section 232",
            "s301_rate": "Section 301",
            "s122_rate": "Section 122",
            "s338_rate": "Section 338",
            "import_value_consumption_usd": "Imports",
        },
        links={"partner_name": lambda row: asked.address("/duties", partner=row["partner_code"])},
        rows=20,
    )


def neighbours(asked: Asked) -> Card:
    """Lines of the same subheading from the same partner."""
    line = _line(asked) or ""
    who = partner_named(lambda sql: asked.ask(sql).to_dicts(), asked["partner"])
    sql = f"""
select rates.hts10, regexp_replace(products.description, '<[^>]+>', '', 'g') as description, rates.total_rate,
    rates.base_rate, rates.s232_rate, rates.s301_rate
from core.tariff_on(date '{asked["on"]}', known_on := date '{asked["known_on"]}') as rates
inner join core.product_on(date '{asked["on"]}', date '{asked["known_on"]}') as products
    on rates.hts10 = products.hts10
where rates.partner_code = {sql_text(who["partner_code"])} and starts_with(rates.hts10, '{line[:6]}')
order by rates.hts10""".strip()
    frame = asked.ask(sql)
    return Card(
        f"Lines of {dotted(line[:6])} from {who['partner_name']}",
        f"{frame.height} ten-digit lines on {asked['on']}, as known on {asked['known_on']}.",
        sql,
        frame,
        labels={
            "total_rate": "Expected",
            "base_rate": "Ordinary",
            "s232_rate": "Section 232",
            "s301_rate": "Section 301",
        },
        words={"hts10": dotted, "description": lambda text: text.split(" > ")[-1]},
        links={"hts10": lambda row: asked.address("/duties", line=dotted(row["hts10"]))},
    )


PAGE = Page(
    address="/duties",
    name="Products and partners",
    title="What a product pays, and why",
    question="Any line from any partner on any day, as known on any other: measures, headings, acts, arithmetic.",
    filters=(
        Words("line", "Line, or words of it", "7326.90.86.88", LINE),
        Choice("partner", "From", partners, CHINA),
        Day("on", "Entered on"),
        Day("known_on", "As known on"),
    ),
    cards={
        "taken-apart": taken_apart,
        "path": _of_one_line(path),
        "elsewhere": _of_one_line(elsewhere),
        "neighbours": _of_one_line(neighbours),
    },
)
