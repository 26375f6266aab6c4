"""The headline numbers: saved queries that cards of the dashboard, BI tools and the copy in PostgreSQL read.

The cards on dependence, on provisions by the trade they touch and on what falls due are these queries, joined to names.
docs/queries/at_a_glance.sql states the rate of today again, beside those of a partner; a test holds the two equal.

Belongs here: reading docs/queries/headline. Does not belong here: the queries; they are SQL that DuckDB and PostgreSQL
answer alike.

A file begins with its title, may go on with comments, and describes each column in a comment beside it:
`    month,  -- First day of the month.`
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pipelines.lineage import MARTS
from pipelines.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "docs" / "queries" / "headline"
#: Schema of their views, where they are views.
SCHEMA = "headline"
_COLUMN = re.compile(r"^    (?:.*\bas |[\w.]*?)(?P<name>\w+),?  -- (?P<words>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Headline:
    """One saved query. name: of its file. reads: tables and views of the release. columns: name -> description."""

    name: str
    title: str
    sql: str
    reads: frozenset[str]
    columns: dict[str, str]


@cache
def headlines() -> tuple[Headline, ...]:
    """Every headline number, by name."""
    return tuple(read(path) for path in sorted(FOLDER.glob("*.sql")))


def headline_on(name: str, today: date) -> str:
    """The query of one headline number, as of a day."""
    [found] = [each.sql for each in headlines() if each.name == name]
    return found.replace("current_date", f"date '{today}'")


def read(path: Path) -> Headline:
    text = path.read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("--").strip()
    query = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    reads = re.findall(rf"\b(?:{'|'.join(MARTS)})\.\w+", re.sub(r"--.*", "", query))
    columns = {found["name"]: found["words"] for found in _COLUMN.finditer(query)}
    return Headline(path.stem, title, query, frozenset(reads), columns)
