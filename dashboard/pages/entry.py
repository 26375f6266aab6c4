"""One entry of a list: its wordings, changes and names through time."""

from __future__ import annotations

from dashboard.asking import Asked, BadQuestionError
from dashboard.cards import Card
from dashboard.pages import Page
from pipelines.files import sql_text


def _where(asked: Asked) -> str:
    list_code, _, entry_key = asked.path.partition("/")
    return f"list_code = {sql_text(list_code)} and entry_key = {sql_text(entry_key)}"


def heading(asked: Asked) -> str:
    """The name last printed. Raises BadQuestionError where there is no such entry."""
    named = asked.ask(f"select arg_max(entity_name, known_from) from core.fct_list_entry where {_where(asked)}").item()
    if named is None:
        raise BadQuestionError("There is no such entry.", "Look for it by name on the page of lists.")
    return f"{named} ({asked.path.partition('/')[0]})"


def wordings(asked: Asked) -> Card:
    """What the list says of it, and said."""
    sql = f"""
select valid_from, valid_to, known_from, known_to, entity_name, country_code, licence_requirement, licence_policy,
    citation, addresses, closed_by
from core.fct_list_entry
where {_where(asked)}
order by known_to desc, valid_from desc""".strip()
    frame = asked.ask(sql)
    return Card(
        "What the list says, and said",
        "Valid: the days the listing holds. Known: the days on which the list said so.",
        sql,
        frame,
        labels={"valid_from": "Valid from", "valid_to": "to", "known_from": "Known from", "known_to": "to"},
    )


def changes(asked: Asked) -> Card:
    """Each change with the rule that made it."""
    sql = f"""
select effective_on, change_type, rule_citation, document_number, administration, what_changed, evidence, dated_by,
    edition_on
from core.fct_list_change
where {_where(asked)}
order by effective_on, change_number""".strip()
    return Card("Added, revised, removed", "By which rule, and how the day is known.", sql, asked.ask(sql))


def names(asked: Asked) -> Card:
    """All names it went by."""
    sql = f"""
select distinct name, name_kind, min(valid_from) as valid_from, max(valid_to) as valid_to
from core.fct_list_name
where {_where(asked)}
group by name, name_kind
order by name_kind, name""".strip()
    return Card("Names", "", sql, asked.ask(sql), width="half", rows=60)


def elsewhere(asked: Asked) -> Card:
    """The same party on other lists."""
    list_code, _, entry_key = asked.path.partition("/")
    a, b = (
        f"list_code_{side} = {sql_text(list_code)} and entry_key_{side} = {sql_text(entry_key)}" for side in ("a", "b")
    )
    sql = f"""
select list_code_b as list_code, entity_name_b as entity_name, country_code_b as country_code, match_score, method,
    both_valid_from, both_valid_to, entry_key_b as entry_key
from policy_events.list_overlap
where {a}
union all
select list_code_a, entity_name_a, country_code_a, match_score, method, both_valid_from, both_valid_to, entry_key_a
from policy_events.list_overlap
where {b}
order by list_code, entity_name""".strip()
    return Card(
        "On other lists",
        "Taken for the same party, on which grounds.",
        sql,
        asked.ask(sql),
        shown=("list_code", "entity_name", "country_code", "match_score", "method"),
        width="half",
        nothing="It is taken for no party of another list.",
    )


PAGE = Page(
    address="/lists/{path}",
    name="",
    part_of="/lists",
    title="An entry",
    question="What the list says of it, since when, by which rule, under which names.",
    filters=(),
    cards={"wordings": wordings, "changes": changes, "names": names, "elsewhere": elsewhere},
    heading=heading,
)
