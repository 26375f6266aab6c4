"""The names that stand on lists on a day: of entries, and on request of what they own.

Belongs here: what is asked of the release. Does not belong here: matching (screen.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from pipelines.errors import StatecraftError

#: Runs one query over the release.
Ask = Callable[[str], pl.DataFrame]

AFFILIATES, STATUSES = "policy_events.affiliate_reach", "core.fct_list_status"
#: What is told of an entry beside its names.
OF_ENTRY = ["list_code", "entry_key", "entity_name", "country_code", "citation", "first_citation_on"]
OF_ENTRY += ["valid_from", "valid_to"]
#: Since when and until when it is listed without a break, whatever its wordings.
LISTED = ["listed_from", "listed_to"]
#: What is told of an entity that an entry owns, beside that.
OF_AFFILIATE = {
    "rule_code": pl.String,
    "affiliate_id": pl.String,
    "affiliate_country_code": pl.String,
    "ownership_share": pl.Float64,
    "share_basis": pl.String,
    "path_length": pl.Int64,
    "path": pl.String,
    "link_method": pl.String,
}
#: The rule whose states core.fct_list_status keeps, under the lists whose parties it counts.
RULE_WITH_STATES = "BIS_AFFILIATES"


def listed_names(ask: Ask, on: date, known_on: date, with_affiliates: bool = False) -> pl.DataFrame:
    """One row a name of an entry listed on a day, as known on another.

    OF_ENTRY (valid_from, valid_to: of the wording), LISTED, name, name_kind, OF_AFFILIATE, status, is_scheduled.
    name_kind: as in core.fct_list_name, or affiliate (an entity the entry owns; else the columns of OF_AFFILIATE are
    NULL).  status: that of the listing, or for an affiliate of the rule that reaches it, on that day: as in
    core.fct_list_status, and not_in_force or no_rule for rules; NULL where the release does not keep states.
    is_scheduled: the status was announced for a later day and no act at hand confirms it; NULL where none is kept.
    Raises StatecraftError where nothing is listed on that day, or affiliates are wanted and the release has none.
    """
    entries = ask(f"select {', '.join(OF_ENTRY)} from core.fct_list_entry where {in_force(on, known_on)}")
    if entries.is_empty():
        raise StatecraftError(
            f"No list holds an entry on {on}, as known on {known_on}.",
            "Ask of a later day; core.fct_list_entry says in known_from since when each list is held.",
        )
    entries = entries.join(ask(_runs(on, known_on)), on=["list_code", "entry_key"])
    names = ask(f"select list_code, entry_key, name, name_kind from core.fct_list_name where {in_force(on, known_on)}")
    named = entries.join(names, on=["list_code", "entry_key"]).with_columns(
        pl.lit(None, kind).alias(column) for column, kind in OF_AFFILIATE.items()
    )
    states = _states(ask, on, known_on)
    told = _with_status(named, states)
    if with_affiliates:
        told = pl.concat([told, _affiliates(ask, entries, states, on)])
    return told.sort("list_code", "entry_key", "name_kind", "name", descending=[False, False, True, False])


def lists_without_entry(ask: Ask, on: date, known_on: date) -> list[str]:
    """Lists that are held but have no entry on that day: they, or their first edition at hand, begin later."""
    found = ask(
        f"""select list_code from core.fct_list_entry group by list_code
        having not bool_or({in_force(on, known_on)}) order by list_code"""
    )
    return found["list_code"].to_list()


def in_force(on: date, known_on: date) -> str:
    """The condition that a row on both clocks holds on a day, as known on another."""
    return (
        f"valid_from <= date '{on}' and date '{on}' < valid_to "
        f"and known_from <= date '{known_on}' and date '{known_on}' < known_to"
    )


def _runs(on: date, known_on: date) -> str:
    """The query for each entry's days on the list without a break, around one day: its wordings put together."""
    return f"""
        with known as (
            select list_code, entry_key, valid_from, valid_to
            from core.fct_list_entry
            where known_from <= date '{known_on}' and date '{known_on}' < known_to
        ),
        marked as (
            select *, coalesce(valid_from > max(valid_to) over (
                partition by list_code, entry_key order by valid_from rows between unbounded preceding and 1 preceding
            ), true) as begins
            from known
        ),
        numbered as (
            select *, count_if(begins) over (
                partition by list_code, entry_key order by valid_from rows unbounded preceding
            ) as run
            from marked
        )
        select list_code, entry_key, min(valid_from) as listed_from, max(valid_to) as listed_to
        from numbered
        group by list_code, entry_key, run
        having min(valid_from) <= date '{on}' and date '{on}' < max(valid_to)"""


def _states(ask: Ask, on: date, known_on: date) -> pl.DataFrame | None:
    """(list_code, subject, entry_key, status, is_scheduled) that day; None where the release does not keep them."""
    if not _is_held(ask, STATUSES):
        return None
    columns = "list_code, subject, entry_key, status, is_scheduled"
    return ask(f"select {columns} from {STATUSES} where {in_force(on, known_on)}")


def _with_status(named: pl.DataFrame, states: pl.DataFrame | None) -> pl.DataFrame:
    """An entry without a state of its own is in force as long as it is listed."""
    if states is None:
        return named.with_columns(status=pl.lit(None, pl.String), is_scheduled=pl.lit(None, pl.Boolean))
    own = states.filter(pl.col("subject") == "entry").select("list_code", "entry_key", "status", "is_scheduled")
    return named.join(own, on=["list_code", "entry_key"], how="left").with_columns(
        status=pl.col("status").fill_null("in_force")
    )


def _affiliates(ask: Ask, entries: pl.DataFrame, states: pl.DataFrame | None, on: date) -> pl.DataFrame:
    """Of each entry what it owns, once: under a rule of law if there is one, or else compared by its list alone."""
    if not _is_held(ask, AFFILIATES):
        raise StatecraftError(
            f"This release has no {AFFILIATES}, so that affiliates of listed parties cannot be screened.",
            "Refresh with a version that builds it, or screen without --with-affiliates.",
        )
    reached = ask(
        f"""select reach.list_code, listed_entry_key as entry_key, reached_entity_name as name, reach.rule_code,
            reached_entity_id as affiliate_id, country_code as affiliate_country_code, ownership_share, share_basis,
            cast(path_length as bigint) as path_length, path, link_method, is_of_law
        from {AFFILIATES} as reach
        inner join core.dim_ownership_rule as rule
            on rule.rule_code = reach.rule_code and rule.list_code = reach.list_code
        where valid_from <= date '{on}' and date '{on}' < valid_to and reached_entity_name is not null"""
    )
    once = reached.sort("is_of_law", "rule_code", descending=[True, False]).unique(
        ["list_code", "entry_key", "affiliate_id"], keep="first", maintain_order=True
    )
    told = once.with_columns(status=pl.lit(None, pl.String), is_scheduled=pl.lit(None, pl.Boolean))
    if states is not None:
        of_rule = states.filter(pl.col("subject") != "entry").select(
            "list_code", state="status", scheduled="is_scheduled"
        )
        has_states = pl.col("rule_code") == RULE_WITH_STATES
        told = once.join(of_rule.unique("list_code"), on="list_code", how="left").with_columns(
            status=pl.when(~pl.col("is_of_law"))
            .then(pl.lit("no_rule"))
            .when(has_states)
            .then(pl.col("state").fill_null("not_in_force"))
            .otherwise(pl.lit("in_force")),
            is_scheduled=pl.when(pl.col("is_of_law") & has_states).then("scheduled"),
        )
    return (
        entries.join(told, on=["list_code", "entry_key"])
        .with_columns(name_kind=pl.lit("affiliate"))
        .select(
            *entries.columns,
            "name",
            "name_kind",
            *(pl.col(column).cast(kind) for column, kind in OF_AFFILIATE.items()),
            "status",
            "is_scheduled",
        )
    )


def _is_held(ask: Ask, table: str) -> bool:
    """Whether the release has a table; a release of an earlier version may not."""
    schema, name = table.split(".")
    held = ask(f"select 1 from duckdb_tables() where schema_name = '{schema}' and table_name = '{name}'")
    return not held.is_empty()
