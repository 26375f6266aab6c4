"""Lists: who stands on one, by name, and how lists changed."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

import polars as pl

from dashboard.asking import Asked, Choice, Day, Words
from dashboard.cards import Card, of_picture
from dashboard.pages import Page
from dashboard.pages.choices import distinct
from pipelines.errors import StatecraftError
from pipelines.files import sql_text
from pipelines.pictures.listings import listings
from pipelines.screening.listed import in_force, listed_names
from pipelines.screening.screen import screen

MATCHES = 200
BEGIN = date(2018, 1, 1)
#: What is told of an entry whose name is alike.
TOLD = ["score", "list_code", "entity_name", "matched_name", "country_code", "first_citation_on"]
TOLD += ["valid_from", "valid_to", "entry_key"]


def entry(row: dict[str, str]) -> str:
    """Where the entry of a row is."""
    return f"/lists/{row['list_code']}/{quote(row['entry_key'], safe=':')}"


def found(asked: Asked) -> Card:
    """Entries whose names hold the words, or are alike."""
    if not asked["name"] and asked["list"] == "ALL":
        raise StatecraftError("Type a name, or part of one, above.", "Or choose one of the lists below.")
    return _alike(asked) if asked["match"] == "alike" and asked["name"] else _containing(asked)


def _containing(asked: Asked) -> Card:
    day = in_force(asked["on"], asked.today)
    of_list = "" if asked["list"] == "ALL" else f" and names.list_code = {sql_text(asked['list'])}"
    words = "".join(
        f"\n    and contains(strip_accents(lower(names.name)), strip_accents({sql_text(word)}))"
        for word in asked["name"].lower().split()
    )
    sql = f"""
with names as (
    select list_code, entry_key, name
    from core.fct_list_name
    where {day}
),
matched as (
    select names.list_code, names.entry_key, min_by(names.name, length(names.name)) as name
    from names
    where true{of_list}{words}
    group by names.list_code, names.entry_key
)
select matched.list_code, entries.entity_name, nullif(matched.name, entries.entity_name) as matched_name,
    entries.country_code, entries.licence_policy, entries.first_citation_on, entries.valid_from, entries.valid_to,
    matched.entry_key
from matched
inner join core.fct_list_entry as entries
    on matched.list_code = entries.list_code and matched.entry_key = entries.entry_key
where {day.replace("valid_", "entries.valid_").replace("known_", "entries.known_")}
order by length(matched.name), matched.list_code, matched.entry_key
limit {MATCHES}""".strip()
    frame = asked.ask(sql)
    of_words = f"whose name holds “{asked['name']}”" if asked["name"] else "on the lists"
    count = f"{MATCHES} entries, the first of them," if frame.height == MATCHES else f"{frame.height} entries"
    return _shown(frame, sql, f"{count} {of_words} on {asked['on']}", "Former names and aliases count as names.")


def _alike(asked: Asked) -> Card:
    """As `statecraft screen` matches: case, signs, script, order of words and most typing errors hide no name."""
    queries: list[str] = []

    def ask(sql: str) -> pl.DataFrame:
        queries.append(sql.strip())
        return asked.ask(sql)

    listed = listed_names(ask, asked["on"], asked.today)
    if asked["list"] != "ALL":
        listed = listed.filter(pl.col("list_code") == asked["list"])
    name = pl.DataFrame(
        {"row": [1], "name": [asked["name"]], "country_code": [None]},
        schema={"row": pl.Int64, "name": pl.String, "country_code": pl.String},
    )
    frame = screen(name, listed, most_entries=MATCHES).select(TOLD)
    return _shown(
        frame,
        "\n;\n".join(queries),
        f"{frame.height} entries whose name is like “{asked['name']}” on {asked['on']}",
        "1 is the same text, from 0.9 a letter or two. A score tells how alike names are, not that they are one party.",
        "The SQL below is several queries, to be run one by one: they read every listed name and hold no score. Scores"
        " are worked out in Python, as `statecraft screen` does for a file of names.",
    )


def _shown(frame: pl.DataFrame, sql: str, title: str, finding: str, note: str = "") -> Card:
    return Card(
        title,
        finding,
        sql,
        frame,
        shown=[name for name in frame.columns if name != "entry_key"],
        labels={
            "matched_name": "By the name",
            "first_citation_on": "First cited",
            "valid_from": "This wording from",
            "valid_to": "to",
        },
        links={"entity_name": entry},
        rows=25,
        note=note,
        nothing="No entry matches. Try fewer words, another spelling, or names that are alike.",
    )


def by_month(asked: Asked) -> Card:
    """Entries added by month."""
    return of_picture(listings(asked.ask, asked["list"], BEGIN, asked.today), height=200)


def held(asked: Asked) -> Card:
    """Each list: entries on the day, and how far it is known."""
    sql = f"""
select entries.list_code, count(distinct entries.entry_key) as entry_count,
    count(distinct entries.entry_key) filter (entries.country_code = 'CN') as chinese_count,
    any_value(known.first_month) as known_from, any_value(known.last_edition_on) as newest_edition_on
from core.fct_list_entry as entries
left join (
    select list_code, min(month) as first_month, max(last_edition_on) as last_edition_on
    from core.dim_list_month group by list_code
) as known on entries.list_code = known.list_code
where {in_force(asked["on"], asked.today)}
group by entries.list_code
order by entry_count desc""".strip()
    frame = asked.ask(sql)
    return Card(
        f"{frame.height} lists hold entries on {asked['on']}",
        "A list is known up to its newest edition at hand.",
        sql,
        frame,
        labels={"known_from": "Followed from", "chinese_count": "of them Chinese", "entry_count": "Entries"},
        links={"list_code": lambda row: asked.address("/lists", list=row["list_code"])},
        width="half",
    )


def changes(asked: Asked) -> Card:
    """The latest changes."""
    of_list = "" if asked["list"] == "ALL" else f" and list_code = {sql_text(asked['list'])}"
    sql = f"""
select effective_on, list_code, change_type, entity_name, country_code, rule_citation, entry_key
from core.fct_list_change
where effective_on <= date '{asked.today}'{of_list}
order by effective_on desc, list_code, entity_name
limit {MATCHES}""".strip()
    frame = asked.ask(sql)
    return Card(
        "Latest changes",
        f"The last {frame.height}, by the day they took effect.",
        sql,
        frame,
        shown=("effective_on", "list_code", "change_type", "entity_name", "country_code"),
        labels={"effective_on": "Day", "change_type": "Change"},
        links={"entity_name": entry},
        width="half",
        rows=16,
    )


PAGE = Page(
    address="/lists",
    name="Lists",
    title="Who is listed, where and since when",
    question="Lists of the United States, China and Japan, by name, former name or alias, and how they change.",
    filters=(
        Words("name", "Name", "Huawei Technologies"),
        Choice("match", "Match", [("words", "holds these words"), ("alike", "is alike (slower)")]),
        Choice("list", "List", distinct("list_code", "core.fct_list_entry", "Every list")),
        Day("on", "Listed on"),
    ),
    cards={"found": found, "held": held, "changes": changes, "by-month": by_month},
)
