"""One act of the ledger: its life on both clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.asking import Asked
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from pipelines.action_life import DATES, PARTS, find
from pipelines.files import sql_text
from pipelines.pictures.two_clocks import two_clocks

#: Part of a life -> its heading, and what a reader is told of it.
HEADINGS = {
    "provisions": ("What it provides", "Imports: gross, of 2024."),
    "statuses": ("What became of it, as known now", "A plan stays a plan until a document confirms it."),
    "beliefs": ("What was believed before", "What the ledger would have said, until a later document said otherwise."),
    "relations": ("What it does to other acts, and they to it", ""),
    "reasons": ("Why, and who says so", "Coders may disagree."),
    "targets": ("Aimed at", ""),
    "documents": ("Documents", ""),
}
HALF = ("targets", "documents")


def _sql(asked: Asked) -> str:
    """The act's row. Raises StatecraftError naming acts that come near where there is none."""
    return f"select * from core.dim_action where action_id = {sql_text(find(asked.ask, asked.path))}"


def heading(asked: Asked) -> str:
    """The act's title."""
    return str(asked.ask(_sql(asked))["title"][0])


def facts(asked: Asked) -> Card:
    """Who made it, under which authority, and its dates, each apart."""
    sql = _sql(asked)
    frame = asked.ask(sql)
    [row] = frame.to_dicts()
    made = [row["issuer"], row["administration"], row["authority"], row["document_kind"], row["citation"]]
    read = "" if row["is_confirmed"] else " No document at hand confirms it."
    return Card(
        row["action_id"],
        f"{', '.join(word for word in made if word)}. Read in: {row['evidence']}.{read}",
        sql,
        frame,
        shown=("direction", "instrument", *(name for name in DATES if row[name]), "rationale", "document_number"),
        links={"document_number": lambda _: row["source_url"]},
    )


def clocks(asked: Asked) -> Card:
    """Status over both clocks."""
    picture = two_clocks(asked.ask, find(asked.ask, asked.path), asked.today)
    how = "Read along a row: what was known on that day of all days. Pale: planned, no document confirms it."
    return of_picture(picture, title="What was in force, and what was believed", finding=how)


def _part(name: str) -> Callable[[Asked], Card]:
    def make(asked: Asked) -> Card:
        act = find(asked.ask, asked.path)
        sql = PARTS[name].format(act=sql_text(act)).replace("\n        ", "\n").strip()
        title, finding = HEADINGS[name]
        return Card(
            title,
            finding,
            sql,
            asked.ask(sql),
            links={"relation": lambda row: _other(row, act)},
            rows=100,
            width="half" if name in HALF else "whole",
            is_optional=True,
        )

    return make


def _other(row: dict[str, Any], act: str) -> str:
    """Where the other act of a relation is: `A amends B` is read from either side."""
    first, *_, last = row["relation"].split(" ")
    return f"/ledger/{last if first == act else first}"


PAGE = Page(
    address="/ledger/{path}",
    name="",
    part_of="/ledger",
    title="An act",
    question="Its dates, provisions and statuses, as they hold and as they were known.",
    filters=(),
    cards={"facts": facts, "clocks": clocks, **{name: _part(name) for name in HEADINGS}},
    heading=heading,
)
