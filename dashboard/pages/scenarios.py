"""Scenarios: where the tariff may go."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.asking import Ask, Asked, Choice, Day
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import partners_and_all
from pipelines.files import sql_text
from pipelines.pictures.scenario_fan import scenario_fan


def fan_begins(ask: Ask) -> date | None:
    """The first day on which a scenario of the fan differs from the law; nothing is drawn before."""
    first: date | None = ask("select min(valid_from) as day from core.dim_scenario where is_in_fan").item()
    return first


def fan(asked: Asked) -> Card:
    """The law, every scenario, and the fan."""
    last = asked.today + timedelta(2 * 365)
    return of_picture(scenario_fan(asked.ask, asked["partner"], asked["from"], last), height=300)


def on_a_day(asked: Asked) -> Card:
    """Each scenario on one day against the law."""
    sql = f"""
select scenarios.title, scenarios.question, scenarios.kind, paths.law_effective_rate, paths.effective_rate,
    paths.difference_pp, paths.exposed_import_value_consumption_usd, scenarios.author, scenarios.scenario_id
from core.dim_scenario as scenarios
inner join trade_impact.scenario_path as paths
    on scenarios.scenario_id = paths.scenario_id and paths.partner_code = {sql_text(asked["partner"])}
    and paths.valid_from <= date '{asked["on"]}' and date '{asked["on"]}' < paths.valid_to
order by abs(paths.difference_pp) desc, scenarios.scenario_id""".strip()
    frame = asked.ask(sql)
    return Card(
        f"Each scenario on {asked['on']}",
        "Largest difference from the law first. Scenarios are questions, not forecasts.",
        sql,
        frame,
        shown=(
            "title",
            "question",
            "law_effective_rate",
            "effective_rate",
            "difference_pp",
            "exposed_import_value_consumption_usd",
        ),
        labels={
            "title": "Scenario",
            "question": "What is asked",
            "law_effective_rate": "Law",
            "effective_rate": "Scenario",
            "exposed_import_value_consumption_usd": "Imports it touches",
        },
        nothing="No scenario reaches this partner on that day.",
    )


def assumed(asked: Asked) -> Card:
    """What each scenario assumes, step by step."""
    sql = """
select scenarios.title, steps.valid_from, steps.valid_to, steps.operation, steps.measures, steps.partners,
    steps.measure_rate, steps.why
from core.fct_scenario_step as steps
inner join core.dim_scenario as scenarios on steps.scenario_id = scenarios.scenario_id
order by scenarios.title, steps.step_number""".strip()
    return Card(
        "What each scenario assumes",
        "A step changes which statements of law hold, and the law is worked out again.",
        sql,
        asked.ask(sql),
        labels={
            "title": "Scenario",
            "valid_from": "From",
            "valid_to": "To",
            "why": "Why",
            "measures": "Measures",
            "partners": "Partners",
        },
        words={"measures": lambda text: text.replace(";", "; ").replace("_", " "), "partners": _short},
    )


def _short(codes: str) -> str:
    """A list of codes as far as a table has room for it."""
    several = codes.split(";")
    return codes if len(several) < 4 else f"{len(several)} partners"


PAGE = Page(
    address="/scenarios",
    name="Scenarios",
    title="Where the tariff may go",
    question="The law as it stands ahead, and what it would be if a step were put off, a court ruled, or a deal held.",
    filters=(
        Choice("partner", "Partner", partners_and_all, "ALL"),
        Day("from", "Drawn from", lambda today: today - timedelta(183), begins=fan_begins),
        Day("on", "Compared on", lambda today: today + timedelta(365)),
    ),
    cards={"fan": fan, "on-a-day": on_a_day, "assumed": assumed},
)
