"""The life of one act, read from a release: dates, provisions, statuses on both clocks, relations, trade, documents.

Belongs here: what is asked of the ledger about one act. Does not belong here: how it is printed (cli/ledger.py).
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

import polars as pl

from pipelines.errors import StatecraftError
from pipelines.files import sql_text

Ask = Callable[[str], pl.DataFrame]
#: Acts named when none, or more than one, is meant.
SUGGESTED = 8

#: The days an act may state, in the order in which they usually come.
DATES = (
    "announced_on",
    "signed_on",
    "published_on",
    "effective_on",
    "known_on",
    "comments_open_on",
    "comments_close_on",
)
#: Part of a life -> what asks for it; {act} stands for the act's id as SQL text.
PARTS = {
    "provisions": """
        select p.provision_id, p.what, p.direction, p.effective_on, p.retroactive_to, p.expires_on,
            p.announced_rate, p.confirmed_on, round(e.exposed_import_value_consumption_usd / 1e9, 1) as imports_usd_bn
        from core.fct_action_provision as p
        left join core.fct_provision_exposure as e
            on p.action_id = e.action_id and p.provision_id = e.provision_id and e.weight_year = 2024
        where p.action_id = {act}
        order by p.effective_on nulls last, p.provision_id
    """,
    "statuses": """
        select provision_id, status, enforcement, valid_from, valid_to, known_from, is_scheduled, evidence_document
        from core.fct_action_status
        where action_id = {act} and known_to = date '9999-12-31'
        order by provision_id, valid_from
    """,
    "beliefs": """
        select known_from, known_to, provision_id, status, enforcement, valid_from, valid_to, is_scheduled
        from core.fct_action_status
        where action_id = {act} and known_to < date '9999-12-31'
        order by known_from, provision_id, valid_from
    """,
    "relations": """
        select r.action_id || ' ' || r.relation || ' ' || r.related_action_id as relation,
            string_agg(r.provision_id, ', ' order by r.provision_id) as provisions,
            any_value(other.title) as title, max(r.share_undone) as share_undone
        from core.bridge_action_relation as r
        inner join core.dim_action as other
            on other.action_id = case when r.action_id = {act} then r.related_action_id else r.action_id end
        where {act} in (r.action_id, r.related_action_id)
        group by r.action_id, r.relation, r.related_action_id, other.known_on
        order by other.known_on
    """,
    "targets": """
        select t.target_kind, t.target_code, p.partner_name as name
        from core.bridge_action_target as t
        left join core.dim_partner as p on t.target_kind = 'partner' and t.target_code = p.partner_code
        where t.action_id = {act}
        order by t.target_kind, t.target_code
    """,
    "reasons": """
        select coder, rationale, ground, source
        from core.fct_action_rationale
        where action_id = {act}
        order by coder, rationale
    """,
    "documents": """
        select role, document_number, published_on, citation
        from core.bridge_action_document
        where action_id = {act}
        order by role <> 'text', published_on
    """,
}


def find(ask: Ask, asked: str) -> str:
    """The id of the act meant: its id, its document number, or a part of one that only one act has.

    Raises StatecraftError naming acts that come near where none or several are meant.
    """
    text = sql_text(asked.strip().lower())
    acts = ask(
        "select action_id, document_number, title, lower(action_id) = "
        f"{text} or lower(document_number) = {text} as is_it, contains(lower(action_id), {text})"
        f" or contains(lower(coalesce(document_number, '')), {text}) as is_near from core.dim_action order by action_id"
    )
    for column in ("is_it", "is_near"):
        found = acts.filter(pl.col(column))
        if found.height == 1:
            return str(found["action_id"][0])
        if found.height > 1:
            raise StatecraftError(
                f"{asked!r} is in {found.height} acts: {_named(found)}.", "Give one of these ids in full."
            )
    named = acts.filter(pl.col("title").str.to_lowercase().str.contains(asked.strip().lower(), literal=True))
    near = get_close_matches(asked.strip().upper(), acts["action_id"].to_list(), SUGGESTED, 0.6)
    close = named if not named.is_empty() else acts.filter(pl.col("action_id").is_in(near))
    words = f" Near it: {_named(close)}." if not close.is_empty() else ""
    raise StatecraftError(
        f"No act {asked!r} is on record.{words}",
        "Look for it: statecraft sql \"select action_id, title from core.dim_action where title ilike '%steel%'\".",
    )


def _named(acts: pl.DataFrame) -> str:
    rows = acts.head(SUGGESTED).select("action_id", "title").iter_rows()
    listed = "; ".join(f"{action_id} ({title})" for action_id, title in rows)
    return listed + (f"; and {acts.height - SUGGESTED} more" if acts.height > SUGGESTED else "")


def life_of(ask: Ask, action_id: str) -> dict[str, pl.DataFrame]:
    """Everything on record about an act: `act` (one row) and each of PARTS, as tables."""
    act = sql_text(action_id)
    life = {"act": ask(f"select * from core.dim_action where action_id = {act}")}
    return life | {name: ask(query.format(act=act)) for name, query in PARTS.items()}
