"""A release of a few rows made by hand, and a page over it.

Belongs here: what tests of the server need. Does not belong here: assertions, the dashboard's own pages.
"""

from __future__ import annotations

import altair as alt
import duckdb
import polars as pl

from dashboard.asking import Asked, Choice, Day, Words
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from pipelines.errors import StatecraftError
from pipelines.files import sql_text, write_json
from pipelines.pictures.picture import Picture
from pipelines.settings import Settings

TABLES = """
create schema core;
create schema provenance;
create table core.dim_partner as
    select * from (values ('5700', 'China'), ('1220', 'Canada'), ('0000', '<b>Nowhere</b>'))
        as rows (partner_code, partner_name);
create table provenance.source_vintages as
    select 'census_schedule_c' as source, 'Public domain' as licence, 'accepted' as status,
        date '2021-01-27' as known_from;
"""


def publish(settings: Settings, build_id: str) -> None:
    """Make a release and point readers at it."""
    folder = settings.releases / build_id
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "statecraft.duckdb")) as connection:
        connection.execute(TABLES)
    build = {"build_id": build_id, "state": build_id, "created_at": "2026-11-29T12:00:00+00:00", "tables": {}}
    write_json(folder / "build.json", build)
    prepared = settings.releases / ".latest"
    prepared.symlink_to(build_id)
    prepared.replace(settings.releases / "latest")


def partners(asked: Asked) -> Card:
    """Partners whose name holds the words."""
    sql = (
        "select partner_code, partner_name from core.dim_partner"
        f" where contains(partner_name, {sql_text(asked['words'])}) order by partner_code"
    )
    return Card("Partners", f"As of {asked['on']}, {asked['order']}.", sql, asked.ask(sql))


def drawn(asked: Asked) -> Card:
    """A bar a partner."""
    sql = "select partner_name, length(partner_name) as letters from core.dim_partner order by partner_name"
    frame = asked.ask(sql)
    chart = alt.Chart(frame).mark_bar().encode(x="letters:Q", y="partner_name:N").properties(width=100, height=50)
    return of_picture(Picture("letters", "Letters of names", ("Longest last.", "Source: toys."), sql, frame, chart))


def refused(asked: Asked) -> Card:
    """What a mart does not hold."""
    raise StatecraftError("Nothing is held of that year.", "Ask for another one.")


#: What the broken card was asked.
ASKED_IN_VAIN: list[Asked] = []


def broken(asked: Asked) -> Card:
    """A fault of ours."""
    ASKED_IN_VAIN.append(asked)
    raise ZeroDivisionError("a secret of the machine")


def none(asked: Asked) -> Card:
    """Nothing, which is not worth a place on the page."""
    return Card("Left out", "", "select 1", pl.DataFrame(), is_optional=True)


PAGE = Page(
    address="/",
    name="Toys",
    title="A page of toys",
    question="Who is there?",
    filters=(
        Words("words", "Words"),
        Choice("order", "Order", [("up", "Upwards"), ("down", "Downwards")]),
        Day("on", "On"),
    ),
    cards={"partners": partners, "drawn": drawn, "refused": refused, "broken": broken, "none": none},
)
THING = Page(
    address="/toys/{path}",
    name="",
    part_of="/",
    title="A toy",
    question="What is it?",
    filters=(),
    cards={"partners": lambda asked: Card(asked.path, "", "select 7 as seven", asked.ask("select 7 as seven"))},
)
PAGES = (PAGE, THING)
