"""Impact: what tariffs did to trade, by published specifications, and how far law, duty and receipts lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.asking import Ask, Asked, Choice, Option
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import act, partners_and_all, years
from pipelines.headlines import headline_on
from pipelines.pictures.event_study import event_study
from pipelines.pictures.ladder import ladder

YEARS = years("period_start", "trade_impact.tariff_gap", "period_months = 12")


def specifications(ask: Ask) -> Sequence[Option]:
    """Specifications estimated month by month."""
    found = ask(
        "select spec_id, any_value(title) as title from trade_impact.estimates where estimate is not null"
        " and method in ('event_study', 'local_projection') group by spec_id"
        " having count(distinct horizon_months) > 1 order by spec_id"
    )
    return list(found.iter_rows()) or [("none", "none in this release")]


def steps(asked: Asked) -> Card:
    """From the law to the duty."""
    return of_picture(ladder(asked.ask, asked["partner"], date(int(asked["year"]), 1, 1), 12), height=260)


def study(asked: Asked) -> Card:
    """Estimates around the first hit."""
    return of_picture(event_study(asked.ask, asked["specification"]), height=260)


def coefficients(asked: Asked) -> Card:
    """Every specification with its standard error and what its authors found."""
    sql = """
select title, term, estimate, std_error, conf_low, conf_high, published_value, published_source, n_obs, n_clusters,
    pretrend_p_value, note, cannot_say
from trade_impact.estimates
where term <> 'first_stage' and (method <> 'event_study' or term = 'mean_after')
    and (method <> 'local_projection' or horizon_months in (0, 6, 12))
order by is_computed desc, spec_id, horizon_months""".strip()
    frame = asked.ask(sql)
    return Card(
        "What tariffs did, and what the authors found",
        "Estimates on the trade held, beside those published; one that cannot be made of it says why.",
        sql,
        frame,
        shown=("title", "term", "estimate", "std_error", "published_value", "published_source", "n_obs", "note"),
        labels={"title": "Specification", "std_error": "Standard error", "published_value": "Published"},
        words={"term": lambda text: text.replace("_", " ")},
    )


def exposure(asked: Asked) -> Card:
    """Acts by the trade they touch: a headline number, with the names of acts."""
    sql = f"""
select exposures.took_effect_on, acts.title, exposures.action_id, exposures.authority,
    exposures.exposed_import_value_consumption_usd, exposures.exposed_share,
    exposures.marginal_import_value_consumption_usd
from (
{headline_on("exposure", asked.today)}
) as exposures
inner join core.dim_action as acts on exposures.action_id = acts.action_id
order by exposures.marginal_import_value_consumption_usd desc nulls last, exposures.action_id, exposures.provision_id
""".strip()
    frame = asked.ask(sql)
    return Card(
        "Which provisions touch most trade",
        "Tightening that took effect, at the imports of 2024: gross, and marginal to what was in force; no plans.",
        sql,
        frame,
        shown=(
            "took_effect_on",
            "title",
            "authority",
            "exposed_import_value_consumption_usd",
            "exposed_share",
            "marginal_import_value_consumption_usd",
        ),
        labels={
            "took_effect_on": "Took effect",
            "title": "Act",
            "exposed_import_value_consumption_usd": "Gross",
            "exposed_share": "Of all imports",
            "marginal_import_value_consumption_usd": "Marginal",
        },
        links={"title": act},
        rows=15,
    )


PAGE = Page(
    address="/impact",
    name="Impact",
    title="What tariffs did to trade",
    question="From the rate of law to the duty collected, what moved after the first hit, and what each act touches.",
    filters=(
        Choice("partner", "Partner", partners_and_all, "ALL"),
        Choice("year", "Year", YEARS),
        Choice("specification", "Specification", specifications),
    ),
    cards={"steps": steps, "study": study, "coefficients": coefficients, "exposure": exposure},
)
