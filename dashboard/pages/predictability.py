"""Predictability: notice, consultation, reversals and the path rates travelled."""

from __future__ import annotations

from dashboard.asking import Asked, Choice
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import act, years
from pipelines.pictures.path_travelled import path_travelled
from pipelines.query_book import FOLDER

#: Years in which rates moved and that have begun, those that run included.
YEARS = years("window_from", "policy_events.churn", "window_from <= current_date")


def path(asked: Asked) -> Card:
    """Partners whose rates moved most."""
    return of_picture(path_travelled(asked.ask, int(asked["year"])))


def monthly(asked: Asked) -> Card:
    """Notice, consultation and surprise by month of the year."""
    sql = f"""
select month, action_count, tighten_count, loosen_count, median_notice_from_statement_days,
    median_notice_from_publication_days, share_without_consultation, share_reversed_90d, surprise_90d_pp
from policy_events.predictability_monthly
where issuer = 'US' and authority = 'ALL' and instrument = 'ALL' and target_partner_code = 'ALL'
    and month between date '{asked["year"]}-01-01' and date '{asked["year"]}-12-01'
order by month""".strip()
    return Card(
        f"Month by month, {asked['year']}",
        "Measures of the United States together. Surprise: what the rate 90 days on became beyond what was expected.",
        sql,
        asked.ask(sql),
        labels={
            "median_notice_from_statement_days": "Notice from statement",
            "median_notice_from_publication_days": "Notice from print",
            "share_without_consultation": "Without consultation",
            "share_reversed_90d": "Reversed in 90 days",
            "surprise_90d_pp": "Surprise, 90 days",
        },
        words={
            "month": lambda day: f"{day:%Y-%m}",
            "share_without_consultation": lambda share: f"{share * 100:.0f}",
            "share_reversed_90d": lambda share: f"{share * 100:.0f}",
        },
        nothing="No act of that year is on record.",
    )


def notice(asked: Asked) -> Card:
    """Notice by administration and authority: a worked query of the cookbook."""
    text = (FOLDER / "notice_by_authority.sql").read_text(encoding="utf-8")
    sql = "\n".join(text.splitlines()[2:]).strip()
    return Card(
        "Notice before a tightening bit, by authority",
        "Median days from the first statement until it took effect.",
        sql,
        asked.ask(sql),
        shown=("administration", "authority", "provisions", "notice_days", "bit_before_print", "consulted_before"),
        labels={
            "notice_days": "Notice",
            "bit_before_print": "Bit before print",
            "consulted_before": "Consulted",
        },
        width="half",
    )


def reversals(asked: Asked) -> Card:
    """Steps undone fastest."""
    sql = """
select undone.started_on, undone.reversed_on, undone.days_in_force, acts.title, undone.reversal_kind,
    count(*) as provision_count, undone.action_id
from policy_events.reversals as undone
inner join core.dim_action as acts on undone.action_id = acts.action_id
where undone.direction = 'tighten'
group by all
order by undone.started_on desc, undone.action_id, undone.reversed_on, undone.reversal_kind""".strip()
    frame = asked.ask(sql)
    return Card(
        "Tightening that was undone, latest first",
        f"{int(frame['provision_count'].sum() or 0)} times a provision was undone: those of one act on one day and in"
        " one way are a row, with the days they had held. One that came back can be undone again.",
        sql,
        frame,
        shown=("started_on", "days_in_force", "title", "reversal_kind", "provision_count"),
        labels={
            "started_on": "Began",
            "days_in_force": "Held, days",
            "title": "Act",
            "reversal_kind": "Undone by",
            "provision_count": "Provisions",
        },
        words={"reversal_kind": lambda kind: kind.replace("_", " ")},
        links={"title": act},
        width="half",
        rows=18,
    )


PAGE = Page(
    address="/predictability",
    name="Predictability",
    title="Is policy getting less predictable?",
    question="How far rates travelled against how far they got, how much notice was given, and what was undone.",
    filters=(Choice("year", "Year", YEARS),),
    cards={"path": path, "monthly": monthly, "notice": notice, "reversals": reversals},
)
