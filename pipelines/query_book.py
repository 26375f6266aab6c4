"""The cookbook: every query of docs/queries with what it answers now, as one page (`make queries`).

Belongs here: running the queries on a release and writing docs/queries/README.md. Does not belong here: the queries.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.query import run_query
from pipelines.release import current
from pipelines.settings import PROJECT_ROOT, Settings, load_settings

FOLDER = PROJECT_ROOT / "docs" / "queries"
PAGE = FOLDER / "README.md"
#: What the warehouse is asked, by the number that queries name on a line of their own (`-- Question 2`).
QUESTIONS = {
    1: "Which measures hit a product from a partner on a day, under which acts, and what was believed of that day?",
    2: "What became of a policy, and how many days did it hold?",
    3: "Is policy getting less predictable?",
    4: "What moved near a round of negotiation, and was the reason security or bargaining leverage?",
    5: "Who was listed, changed or removed, when and by which rule?",
    6: "How much trade does an act touch, and how far did it move the tariff?",
    7: "How far apart are the rate of law, the duty calculated and the duty collected, and why?",
    8: "Where does supply depend on one country, and what moved where after a measure?",
    9: "What did tariffs do to prices, quantities and values?",
    10: "What falls due next, and how much trade hangs on it?",
    11: "Where do statements of one fact disagree, and by how much was each month restated?",
    12: "How do the doctrines compare, and how do analysts assess policy?",
}
#: What of a result is shown.
ROWS_SHOWN, CELL_WIDTH = 15, 70


def queries() -> list[Path]:
    """Every query of the cookbook: those of the first page first, then the headline numbers."""
    rooms = ("first/*.sql", "headline/*.sql", "*.sql")
    return [path for room in rooms for path in sorted(FOLDER.glob(room))]


def saved() -> dict[str, Path]:
    """Every query by its name: its path below docs/queries without the suffix."""
    return {query.relative_to(FOLDER).with_suffix("").as_posix(): query for query in queries()}


def title_of(query: Path) -> str:
    """The question it answers: the comment on its first line."""
    return query.read_text(encoding="utf-8").splitlines()[0].removeprefix("--").strip()


def question_of(query: Path) -> int | None:
    """The number of the question it helps to answer, if it names one."""
    named = re.search(r"^-- Question (\d+)$", query.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return int(named[1]) if named else None


def page(settings: Settings) -> str:
    """The cookbook over the current release. Raises NoReleaseError where there is none."""
    found = current(settings)
    parts = [
        "<!-- Written by `make queries`; edit the queries beside this page, not this. -->\n\n# Worked queries\n\n"
        "Each is a file beside this page: `statecraft sql docs/queries/calendar_ahead.sql` runs it. The results are"
        f" those of the embedded pack, as of {date.today()}; long ones are cut at {ROWS_SHOWN} rows.\n",
        _index(),
    ]
    for query in queries():
        text = query.read_text(encoding="utf-8")
        sql = "\n".join(text.splitlines()[1:]).strip()
        name = query.relative_to(FOLDER)
        answer = _table(run_query(settings, found.database, text))
        parts.append(f"## {title_of(query)}\n\n[`{name}`]({name})\n\n```sql\n{sql}\n```\n\n{answer}\n")
    return "\n".join(parts)


def _index() -> str:
    lines = []
    for number, question in QUESTIONS.items():
        names = [query.relative_to(FOLDER) for query in queries() if question_of(query) == number]
        lines.append(f"| {question} | {', '.join(f'[`{name}`]({name})' for name in names)} |")
    return "\n".join(["| question | answered by |", "| --- | --- |", *lines]) + "\n"


def _table(frame: pl.DataFrame) -> str:
    shown = frame.head(ROWS_SHOWN)
    lines = [" | ".join(frame.columns), " | ".join("--:" if kind.is_numeric() else "---" for kind in frame.dtypes)]
    lines += [" | ".join(_cell(value) for value in row) for row in shown.iter_rows()]
    more = f"\n\n… {frame.height - ROWS_SHOWN:,} more rows." if frame.height > ROWS_SHOWN else ""
    return "\n".join(f"| {line} |" for line in lines) + more


def _cell(value: object) -> str:
    if value is None:
        return "-"
    text = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    text = text.replace("|", "/").replace("\n", " ")
    return text if len(text) <= CELL_WIDTH else text[: CELL_WIDTH - 1] + "…"


if __name__ == "__main__":
    PAGE.write_text(page(load_settings()), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(PROJECT_ROOT)}.", file=sys.stderr)
