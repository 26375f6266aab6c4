"""Where the figures of a card come from: publishers, licences and newest editions behind the tables a query reads.

Belongs here: from a query to its sources. Does not belong here: the sources themselves (pipelines/sources), what was
taken in (provenance.source_vintages).

Which source a table is made of is read from the models: refs are followed up to the raw tables they begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from dashboard.asking import Ask
from pipelines.contract import all_specs
from pipelines.released_sql import released
from pipelines.settings import PROJECT_ROOT

_RELATION = re.compile(r"\b(?:core|policy_events|trade_impact|provenance)\.\w+")
#: What the project itself adds: folder of raw -> who says so, and of what.
OWN = {
    "law": ("Statecraft", "legal acts, read and cited row by row (law/)"),
    "scenario": ("Statecraft", "questions put to the law (scenarios/)"),
    "estimation": ("Statecraft", "estimates by published specifications (docs/methods/estimates.md)"),
}
#: Lists of codes and of what they are called: figures are named by them and do not age with them.
LOOK_UPS = {"census_import_concordance", "census_schedule_c", "iso_countries", "un_hs_correlations", "usgs_minerals"}


@dataclass(frozen=True)
class Origin:
    """One source of a card.

    newest: the day its newest edition at hand became known; None where it has no editions. is_look_up: it names
    figures and does not decide them.
    """

    publisher: str
    title: str
    licence: str
    newest: date | None
    is_look_up: bool = False


@cache
def _made_of() -> dict[str, frozenset[str]]:
    """Released table -> names of the sources it is made of."""
    reads: dict[str, set[str]] = {}
    begins: dict[str, set[str]] = {}
    released_as: dict[str, str] = {}
    for path in sorted((PROJECT_ROOT / "models").rglob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        reads[path.stem] = set(re.findall(r"\bref\(\s*'(\w+)'\s*\)", sql))
        begins[path.stem] = set(re.findall(r"raw_parquet\('(\w+)',", sql))
        if path.parent.parent.name == "marts":
            released_as[f"{path.parent.name}.{path.stem}"] = path.stem

    found: dict[str, frozenset[str]] = {}

    def sources(model: str) -> frozenset[str]:
        if model not in found:
            above = [sources(each) for each in reads.get(model, ())]
            found[model] = frozenset(begins.get(model, set())).union(*above)
        return found[model]

    tables = {table: sources(model) for table, model in released_as.items()}
    views = {each.qualified: each for each in released()}

    def behind(relation: str) -> frozenset[str]:
        if relation in tables:
            return tables[relation]
        return frozenset().union(*(behind(each) for each in views[relation].reads if each != relation))

    return tables | {name: behind(name) for name in views}


def sources_of(sql: Iterable[str]) -> set[str]:
    """Names of the sources behind the tables these queries read."""
    relations = {relation for each in sql for relation in _RELATION.findall(each)}
    return set().union(*(_made_of().get(relation, frozenset()) for relation in relations))


def origins(ask: Ask, sql: Iterable[str]) -> list[Origin]:
    """Publishers of what is held, in the order of their names; then what the project adds."""
    named = sources_of(sql)
    held = ask(
        "select source, licence, max(known_from) as newest from provenance.source_vintages"
        " where status = 'accepted' group by source, licence order by source, newest desc"
    ).unique("source", keep="first", maintain_order=True)
    specs = all_specs()
    theirs = [
        Origin(
            specs[row["source"]].publisher,
            specs[row["source"]].title,
            row["licence"],
            row["newest"],
            row["source"] in LOOK_UPS,
        )
        for row in held.filter(pl.col("source").is_in(sorted(named))).iter_rows(named=True)
        if row["source"] in specs
    ]
    ours = [Origin(*OWN[name], "Apache-2.0", None) for name in OWN if name in named]
    return [*sorted(theirs, key=lambda origin: (origin.publisher, origin.title)), *ours]


def vintage(behind: Sequence[Origin]) -> str:
    """How old what decides a card's figures is, in words: newest editions from the oldest source's to the newest's.

    Look-ups count only where nothing else is behind it. What the project adds has no editions: it is as the build
    found it.
    """
    decide = [each for each in behind if not each.is_look_up] or behind
    dates = sorted(each.newest for each in decide if each.newest)
    told = []
    if dates and dates[0] == dates[-1]:
        told.append(f"newest edition {dates[0]}")
    elif dates:
        told.append(f"newest edition of each source between {dates[0]} and {dates[-1]}")
    if OWN["law"] in [(each.publisher, each.title) for each in behind]:
        told.append("law/ as of the build")
    return ", ".join(told)
