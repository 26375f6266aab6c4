"""The first page: what matters at a glance, and where to read on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dashboard.asking import Asked
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import FIRST, PARTNER, WEIGHT_YEAR, act, ahead, source_name
from pipelines.contract import all_specs
from pipelines.files import sql_text
from pipelines.headlines import headline_on
from pipelines.pictures.effective_rate import effective_rate
from pipelines.pictures.listings import listings
from pipelines.pictures.path_travelled import path_travelled
from pipelines.query_book import FOLDER

#: Days that "lately" means.
LATELY = 31
DUE_SHOWN = 10


@dataclass(frozen=True)
class Tile:
    """One headline figure."""

    label: str
    figure: str
    unit: str
    beside: str
    href: str


#: Place of a figure in docs/queries/at_a_glance.sql -> where it is read on.
LEADS = {1: "/#rates", 2: "/?partner=5700#rates", 3: "/#moved", 4: "/#due", 5: "/provenance#overdue", 6: "/lists"}


def glance(asked: Asked) -> Card:
    """Headline figures, as docs/queries/at_a_glance.sql defines them."""
    text = (FOLDER / "at_a_glance.sql").read_text(encoding="utf-8")
    sql = "\n".join(text.splitlines()[2:]).replace("current_date", f"date '{asked.today}'")
    frame = asked.ask(sql)
    tiles = [
        Tile(row["what"], row["figure"], row["unit"], row["beside"], LEADS[row["place"]])
        for row in frame.iter_rows(named=True)
    ]
    return Card("At a glance", "", sql, frame, template="tiles", extra=tiles)


def rates(asked: Asked) -> Card:
    """The tariff by authority over time."""
    picture = effective_rate(asked.ask, asked["partner"], asked["from"], ahead(asked.today), WEIGHT_YEAR, asked.today)
    return of_picture(picture, height=250)


def moved(asked: Asked) -> Card:
    """What happened in the last month."""
    since = asked.today - timedelta(LATELY)
    sql = f"""
select event_on, event_kind, title, action_id, issuer_country, direction, is_scheduled
from policy_events.timeline
where event_on between date '{since}' and date '{asked.today}' and event_kind <> 'schedule_edition'
order by event_on desc, issuer_country, action_id nulls last, event_kind, title""".strip()
    frame = asked.ask(sql)
    planned = int(frame["is_scheduled"].sum() or 0)
    told = f"{frame.height} events since {since}; {planned} of them were planned for their day and no document confirms"
    return Card(
        "What changed this month",
        f"{told} them." if frame.height else f"No event is on record since {since}.",
        sql,
        frame,
        shown=("event_on", "event_kind", "title", "issuer_country", "is_scheduled"),
        labels={"title": "What"},
        links={"title": act},
        width="half",
        rows=DUE_SHOWN,
    )


def due(asked: Asked) -> Card:
    """What falls due next: a headline number."""
    sql = headline_on("falls_due", asked.today)
    frame = asked.ask(sql)
    told = f"{frame.height} dates are set, the next on {frame['due_on'][0]}." if frame.height else "No date is set."
    return Card(
        "What falls due next",
        f"{told} Imports of 2024 that hang on each.",
        sql,
        frame,
        shown=("due_on", "due_kind", "what", "exposed_import_value_consumption_usd"),
        labels={"exposed_import_value_consumption_usd": "Imports"},
        links={"what": act},
        width="half",
        rows=DUE_SHOWN,
    )


def unpredictable(asked: Asked) -> Card:
    """Where rates moved most and got least far."""
    last = asked.ask(
        "select max(year(window_from)) as year from policy_events.churn"
        f" where step_count > 1 and partner_code = 'ALL' and window_to <= date '{asked.today}'"
    ).item()
    return of_picture(path_travelled(asked.ask, int(last or asked.today.year)), width="half")


def listed(asked: Asked) -> Card:
    """Entries added to lists, this year and the one before."""
    first = asked.today.replace(year=asked.today.year - 1, month=1, day=1)
    return of_picture(listings(asked.ask, "ALL", first, asked.today), width="half")


def freshness(asked: Asked) -> Card:
    """How old the newest accepted edition of each table is, whether that is stale, and whether it passed its gate."""
    usual = ", ".join(f"({sql_text(spec.name)}, {spec.cadence.stale_after_days})" for spec in all_specs().values())
    sql = f"""
with usual (source, stale_after_days) as (values {usual}),
gates as (
    select table_name, count(*) as rules, count(*) filter (not passed) as warned
    from provenance.gate_results
    where gate = 'landing'
    group by table_name
),
held as (
    select source, source || '__' || thing as table_name, count(*) filter (status = 'accepted') as editions,
        count(*) filter (status = 'refused') as refused,
        max(known_from) filter (status = 'accepted') as newest_known_on
    from provenance.source_vintages
    group by all
)
select held.source, held.table_name, held.newest_known_on,
    date_diff('day', held.newest_known_on, date '{asked.today}') as age_days, usual.stale_after_days,
    case
        when held.newest_known_on is null then 'none held'
        when date_diff('day', held.newest_known_on, date '{asked.today}') > usual.stale_after_days then 'stale'
        else 'fresh'
    end as freshness,
    held.editions, held.refused, gates.rules as gate_rules, gates.warned as rules_not_passed
from held
left join usual on held.source = usual.source
left join gates on held.table_name = gates.table_name
order by held.newest_known_on desc nulls last, held.table_name""".strip()
    frame = asked.ask(sql)
    release_rules = asked.ask(
        "select count(*) as rules, count(*) filter (passed) as passed from provenance.gate_results"
        " where gate = 'release'"
    ).row(0, named=True)
    warned, stale = int(frame["rules_not_passed"].sum() or 0), frame.filter(frame["freshness"] == "stale").height
    return Card(
        "How fresh, and what the gates said",
        f"{stale} of {frame.height} tables {'is' if stale == 1 else 'are'} stale: nothing new is held for longer than"
        f" their publisher usually takes. The release passed {release_rules['passed']:,} of"
        f" {release_rules['rules']:,} rules; of the rules at landing {warned} {'warns' if warned == 1 else 'warn'}.",
        sql,
        frame,
        labels={"table_name": "Table", "stale_after_days": "Stale after"},
        words={"source": source_name},
        links={"rules_not_passed": lambda row: "/provenance#gates" if row["rules_not_passed"] else None},
    )


PAGE = Page(
    address="/",
    name="At a glance",
    title="US tariffs and controls at a glance",
    question="How high, what moved, what comes next, and how far to trust it.",
    filters=(PARTNER, FIRST),
    filters_before="rates",
    cards={
        "glance": glance,
        "rates": rates,
        "moved": moved,
        "due": due,
        "unpredictable": unpredictable,
        "listed": listed,
        "freshness": freshness,
    },
)
