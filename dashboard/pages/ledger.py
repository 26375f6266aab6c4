"""The policy ledger: acts and what became of them, as known on a day and as known now."""

from __future__ import annotations

from datetime import date

from dashboard.asking import Asked, Choice, Day, Words
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import act, distinct
from pipelines.files import sql_text
from pipelines.pictures.moves import moves

#: Knowledge of status begins here: the first act of the ledger that has one.
LEDGER_BEGINS = date(2018, 1, 1)


def _condition(asked: Asked) -> str:
    """What the filters ask of an act, as SQL on `acts`."""
    wanted = ["true"]
    for name, column in (("country", "issuer_country"), ("authority", "authority"), ("instrument", "instrument")):
        if asked[name] != "ALL":
            wanted.append(f"acts.{column} = {sql_text(asked[name])}")
    # Every word, wherever in the title, the id or what a provision does.
    wanted += [
        "contains(lower(concat_ws(' ', acts.title, acts.action_id, acts.document_number, provisions.what)),"
        f" {sql_text(word)})"
        for word in asked["words"].lower().split()
    ]
    return " and ".join(wanted)


def statuses(asked: Asked) -> Card:
    """Each provision: its status on the chosen day as known then, and of the same day as known now."""
    day = f"date '{asked['known_on']}'"
    sql = f"""
with known_then as (
    select action_id, provision_id, status || if(is_scheduled, ' (planned)', '') as status
    from core.action_status_on({day}, {day})
),
known_now as (
    select action_id, provision_id, status || if(is_scheduled, ' (planned)', '') as status
    from core.action_status_on({day}, date '{asked.today}')
),
today as (
    select action_id, provision_id, status || if(is_scheduled, ' (planned)', '') as status
    from core.action_status_on(date '{asked.today}', date '{asked.today}')
)
select coalesce(acts.announced_on, acts.known_on) as stated_on, acts.title,
    nullif(provisions.what, acts.title) as what, acts.action_id,
    provisions.provision_id, acts.issuer_country, acts.authority, acts.direction, provisions.effective_on,
    known_then.status as status_then, known_now.status as status_now_known, today.status as status_today
from core.dim_action as acts
inner join core.fct_action_provision as provisions on acts.action_id = provisions.action_id
left join known_then
    on provisions.action_id = known_then.action_id and provisions.provision_id = known_then.provision_id
left join known_now
    on provisions.action_id = known_now.action_id and provisions.provision_id = known_now.provision_id
left join today on provisions.action_id = today.action_id and provisions.provision_id = today.provision_id
where {_condition(asked)} and coalesce(acts.announced_on, acts.known_on) <= {day}
order by known_then.status is distinct from known_now.status desc, stated_on desc, acts.action_id,
    provisions.provision_id""".strip()
    frame = asked.ask(sql)
    differs = int((frame["status_then"].fill_null("") != frame["status_now_known"].fill_null("")).sum())
    learnt = f" Later documents changed what held that day of {differs}, which come first." if differs else ""
    return Card(
        f"{frame.height:,} provisions stated by {asked['known_on']}",
        "Status on that day as then known, the same day as known now, and today. Planned: no document confirms it."
        + learnt,
        sql,
        frame,
        shown=(
            "stated_on",
            "title",
            "what",
            "issuer_country",
            "authority",
            "direction",
            "effective_on",
            "status_then",
            "status_now_known",
            "status_today",
        ),
        labels={
            "stated_on": "Stated",
            "title": "Act",
            "what": "Provision",
            "status_then": "That day, as then known",
            "status_now_known": "That day, as known now",
            "status_today": "Today",
            "effective_on": "Effective",
        },
        words={"status_today": lambda status: status.replace("_", " ")},
        links={"title": act},
        rows=60,
        nothing="No act matches. Ask with fewer words, or for all countries, authorities and instruments.",
    )


def by_month(asked: Asked) -> Card:
    """Acts of the country chosen, by month."""
    country = "US" if asked["country"] == "ALL" else asked["country"]
    return of_picture(moves(asked.ask, country, LEDGER_BEGINS, asked.today), height=200)


PAGE = Page(
    address="/ledger",
    name="Policy ledger",
    title="The policy ledger",
    question="What was announced, took effect, was suspended or ended, and what was known of it on any day.",
    filters=(
        Words("words", "Words", "steel, 14257, rare earths"),
        Choice("country", "Issued by", distinct("issuer_country", "core.dim_action", "Any country")),
        Choice("authority", "Authority", distinct("authority", "core.dim_action", "Any authority")),
        Choice("instrument", "Instrument", distinct("instrument", "core.dim_action", "Any instrument")),
        Day("known_on", "As known on", slides_from=LEDGER_BEGINS),
    ),
    cards={"statuses": statuses, "by-month": by_month},
)
