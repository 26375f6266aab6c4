"""Provenance: what was taken in and when, what the gates said, what was restated, assumed, corrected, disputed."""

from __future__ import annotations

from dashboard.asking import Asked, Words
from dashboard.cards import Card
from dashboard.pages import Page
from dashboard.pages.choices import act, source_name
from pipelines.files import sql_text


def vintages(asked: Asked) -> Card:
    """Editions taken in, newest first."""
    sql = """
select source, thing, vintage_id, known_from, known_precision, status, row_count, added_count, changed_count,
    removed_count, licence, url
from provenance.source_vintages
order by known_from desc, source, vintage_id""".strip()
    frame = asked.ask(sql)
    return Card(
        f"{frame.height} editions taken in",
        "What each changed against the one before. Known: the day on which anybody could have read it.",
        sql,
        frame,
        shown=(
            "known_from",
            "source",
            "thing",
            "vintage_id",
            "status",
            "row_count",
            "added_count",
            "changed_count",
            "removed_count",
        ),
        labels={"known_from": "Known", "vintage_id": "Edition", "row_count": "Rows"},
        words={"source": lambda source: source_name(source).partition(": ")[2] or source},
        rows=15,
    )


def overdue(asked: Asked) -> Card:
    """Plans past their day."""
    sql = """
select due_on, status, what, action_id, provision_id, known_from, evidence_document
from provenance.overdue_confirmations
order by due_on, action_id, provision_id""".strip()
    frame = asked.ask(sql)
    return Card(
        f"{frame.height} plans past their day, and no document confirms them",
        "A plan does not become a fact because its date has passed.",
        sql,
        frame,
        shown=("due_on", "status", "what", "known_from", "evidence_document"),
        labels={"known_from": "Planned on", "evidence_document": "Stated in"},
        links={"what": act},
        rows=12,
        nothing="Nothing is overdue.",
    )


def gates(asked: Asked) -> Card:
    """Rules of the gates that did not pass."""
    sql = """
select gate, table_name, rule, observed, bound, checked_at
from provenance.gate_results
where not passed
order by gate, table_name, rule""".strip()
    counts = asked.ask("select count(*) as rules, count(*) filter (passed) as passed from provenance.gate_results")
    total = counts.row(0, named=True)
    return Card(
        f"{total['passed']:,} of {total['rules']:,} rules of the gates passed",
        "Those that did not, and were judged to warn rather than to stop:",
        sql,
        asked.ask(sql),
        width="half",
        nothing="Every rule passed.",
    )


def restated(asked: Asked) -> Card:
    """Months of imports whose figures were restated."""
    sql = """
select period_start, count(*) as figures_restated_count, sum(latest_value_usd - first_value_usd) as net_usd,
    max(latest_known_on) as last_known_on
from trade_impact.restatements
where flow = 'import' and measure = 'import_value_consumption_usd' and product_level = 'HS2' and period_months = 1
group by period_start
order by period_start desc""".strip()
    return Card(
        "By how much months of imports were restated",
        "Chapters by partner whose figure was stated again with another value.",
        sql,
        asked.ask(sql),
        labels={"period_start": "Month", "net_usd": "Net", "figures_restated_count": "Figures"},
        words={"period_start": lambda day: f"{day:%Y-%m}"},
        width="half",
        rows=12,
    )


def disagreements(asked: Asked) -> Card:
    """Where two statements of one fact differ."""
    sql = """
select subject, statement_a, source_a, statement_b, source_b, resolved_as, ground
from provenance.disagreements
order by subject, statement_a""".strip()
    frame = asked.ask(sql)
    return Card(
        f"{frame.height} facts on which two statements differ",
        "Which is followed, and why.",
        sql,
        frame,
        shown=("subject", "statement_a", "statement_b", "resolved_as", "ground"),
        labels={"statement_a": "One says", "statement_b": "The other says", "resolved_as": "Followed"},
        rows=8,
    )


def assumptions(asked: Asked) -> Card:
    """Shares nobody publishes."""
    sql = """
select statement, value, low, high, unit, source, used_in
from provenance.assumptions
order by assumption_id""".strip()
    frame = asked.ask(sql)
    return Card(
        f"{frame.height} assumptions",
        "What nobody publishes and rates need, with bounds.",
        sql,
        frame,
        shown=("statement", "value", "low", "high", "unit", "source"),
        rows=8,
    )


def dictionary(asked: Asked) -> Card:
    """Columns whose name or description holds the words."""
    words = "".join(
        "\n    and contains(lower(concat_ws(' ', schema_name, table_name, column_name, description)),"
        f" {sql_text(word)})"
        for word in asked["words"].lower().split()
    )
    sql = f"""
select schema_name || '.' || table_name as table_name, column_name, unit, description, source_columns
from provenance.column_dictionary
where true{words}
order by schema_name, table_name, column_name""".strip()
    frame = asked.ask(sql)
    return Card(
        f"Data dictionary: {frame.height:,} columns",
        "Every column of the release, with its unit and where it comes from.",
        sql,
        frame,
        labels={"source_columns": "Comes from"},
        rows=15,
        nothing="No column is described by these words.",
    )


PAGE = Page(
    address="/provenance",
    name="Provenance",
    title="Where it comes from, and how far to trust it",
    question="Editions and what each changed, gates, restatements, disagreements, assumptions, every column.",
    filters=(Words("words", "Words in the data dictionary", "tariff rate"),),
    filters_before="dictionary",
    cards={
        "vintages": vintages,
        "overdue": overdue,
        "gates": gates,
        "restated": restated,
        "disagreements": disagreements,
        "assumptions": assumptions,
        "dictionary": dictionary,
    },
)
