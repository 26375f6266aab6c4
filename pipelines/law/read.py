"""The files of law/ as typed tables beside raw, for staging to read.

Belongs here: law rows to Polars frames. Does not belong here: refusing (check.py), what holds when (the models of
models/intermediate/tariff).

A cell that holds several codes becomes rows; blank ends become 9999-12-31; a list's lines get their list's dates where
they have none; what ends on a day known only later becomes two rows, one a state of knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.errors import StatecraftError
from pipelines.law import foreign, ledger
from pipelines.law.check import problems
from pipelines.law.files import LAW, Row, list_files, rows, rows_of, split
from pipelines.law.switches import asked, switched

#: Before any date law/ states: "as long as the measure".
ALWAYS = date(1900, 1, 1)
_TEXT, _DATE, _NUMBER, _INTEGER = pl.String(), pl.Date(), pl.Float64(), pl.Int32()

STATEMENTS = {
    "statement_id": _TEXT,
    "measure_id": _TEXT,
    "place_in_file": _INTEGER,
    **dict.fromkeys(("authority", "programme", "rate_component", "heading", "operation"), _TEXT),
    "measure_rate": _NUMBER,
    "specific_duty_usd": _NUMBER,
    **dict.fromkeys(("specific_unit", "value_base", "rate_column", "claim", "content", "share_assumption"), _TEXT),
    "reach_share": _NUMBER,
    "valid_from": _DATE,
    "valid_to": _DATE,
    "known_on": _DATE,
    **dict.fromkeys(("action_id", "citation", "note"), _TEXT),
}
SCOPES = {**dict.fromkeys(("statement_id", "scope_kind", "scope_code"), _TEXT), "is_excluded": pl.Boolean()}
LIST_LINES = {
    **dict.fromkeys(("list_code", "hts_prefix"), _TEXT),
    **dict.fromkeys(("valid_from", "valid_to", "known_from", "known_to"), _DATE),
    **dict.fromkeys(("evidence", "citation"), _TEXT),
}
GROUPS = {
    "group_code": _TEXT,
    "partner_code": _TEXT,
    "valid_from": _DATE,
    "valid_to": _DATE,
    "citation": _TEXT,
}
PROGRAM_PARTNERS = {"program_code": _TEXT, **{k: v for k, v in GROUPS.items() if k != "group_code"}}
STACKING = {
    **dict.fromkeys(
        ("rule_id", "applies_to_programme", "yields_to_programme", "partners", "value_share", "condition"), _TEXT
    ),
    **dict.fromkeys(("valid_from", "valid_to", "known_from", "known_to"), _DATE),
    **dict.fromkeys(("action_id", "citation"), _TEXT),
}
ASSUMPTIONS = {
    "assumption_id": _TEXT,
    "statement": _TEXT,
    **dict.fromkeys(("value", "low", "high"), _NUMBER),
    **dict.fromkeys(("unit", "source", "evidence", "used_in"), _TEXT),
}
SHARES = {
    **dict.fromkeys(("assumption_id", "kind", "hts_prefix", "partner_code"), _TEXT),
    "share": _NUMBER,
    "valid_from": _DATE,
    "valid_to": _DATE,
}
NOT_COMPUTABLE = dict.fromkeys(("kind", "key", "text", "reason"), _TEXT)
DIFFERENCES = dict.fromkeys(
    ("subject", "statement_a", "source_a", "statement_b", "source_b", "resolved_as", "ground"), _TEXT
)


FACTS = {
    **dict.fromkeys(("fact_id", "hts10", "partner_code"), _TEXT),
    "day": _DATE,
    "known_on": _DATE,
    "component": _TEXT,
    "expected_rate": _NUMBER,
    "tolerance": _NUMBER,
    "citation": _TEXT,
}
#: Table -> what it holds.
TABLES = {
    "law__acts": "Legal acts, with their dates apart.",
    "law__statements": "What one act says of one tariff measure from one day on.",
    "law__scopes": "Goods and partners a statement names or leaves out.",
    "law__list_lines": "Lines of the lists of goods that statements name.",
    "law__partner_groups": "Membership of trading partners in groups that statements name.",
    "law__program_partners": "Which partners a preference programme is open to.",
    "law__stacking": "Which programme yields to which on the same goods.",
    "law__assumptions": "Numbered numbers that are not law.",
    "law__shares": "Assumed shares by goods and partner.",
    "law__not_computable": "Texts and lists the engine cannot compute, by name.",
    "law__facts": "Rates anybody can check from the acts, which the panel must give.",
    "law__differences": "Two statements of one thing that differ, and which is followed.",
    "law__foreign_statements": "What one act of another government says of one list of goods from one day on.",
    "law__foreign_lines": "Lines of other governments' lists of goods.",
    "law__provisions": "What an act provides, each part with the days it bites and ends.",
    "law__provision_measures": "Tariff measures that carry a provision.",
    "law__relations": "What one act does to another.",
    "law__targets": "Whom and what an act is aimed at.",
    "law__control_products": "Goods an export control reaches, by the codes it prints or as mapped by us.",
    "law__rationales": "Why an act was made, as one coder reads it.",
    "law__ledger_statuses": "What a document says became of a provision.",
    "law__act_documents": "Further documents of an act.",
    "law__documents_set_aside": "Documents that were reviewed and are no act of policy.",
    "law__rounds": "Rounds of negotiation.",
}


def tables(law: Path = LAW) -> dict[str, pl.DataFrame]:
    """Table name -> its rows, assumptions switched as asked. Raises StatecraftError with every problem there is."""
    found = problems(law)
    if found:
        listed = "\n  ".join(found[:40]) + (f"\n  and {len(found) - 40} more" if len(found) > 40 else "")
        raise StatecraftError(
            f"law/ holds what it may not:\n  {listed}", "Correct the rows; law/README.md has the form."
        )
    makers: dict[str, tuple[dict[str, Any], Callable[[Path], Iterator[tuple[Any, ...]]]]] = {
        "law__statements": (STATEMENTS, _statements),
        "law__scopes": (SCOPES, _scopes),
        "law__list_lines": (LIST_LINES, _list_lines),
        "law__partner_groups": (GROUPS, lambda p: _plain("partner_groups", GROUPS, p)),
        "law__program_partners": (PROGRAM_PARTNERS, lambda p: _plain("program_partners", PROGRAM_PARTNERS, p)),
        "law__stacking": (STACKING, _stacking),
        "law__assumptions": (ASSUMPTIONS, lambda p: _plain("assumptions", ASSUMPTIONS, p)),
        "law__shares": (SHARES, lambda p: _plain("shares", SHARES, p)),
        "law__not_computable": (NOT_COMPUTABLE, lambda p: _plain("not_computable", NOT_COMPUTABLE, p)),
        "law__facts": (FACTS, lambda p: _plain("facts", FACTS, p)),
        "law__differences": (DIFFERENCES, lambda p: _plain("differences", DIFFERENCES, p)),
        "law__foreign_statements": (foreign.STATEMENTS, foreign.statements),
        "law__foreign_lines": (foreign.LINES, foreign.lines),
        **{name: (schema, partial(ledger.plain, name)) for name, (_, schema) in ledger.SCHEMAS.items()},
        "law__ledger_statuses": (ledger.STATUSES, ledger.statuses),
        "law__provision_measures": (ledger.PROVISION_MEASURES, ledger.provision_measures),
    }
    frames = {
        name: pl.DataFrame(list(make(law)), schema=schema, orient="row") for name, (schema, make) in makers.items()
    }
    return switched(frames, asked())


def _plain(kind: str, schema: dict[str, Any], law: Path) -> Iterator[tuple[Any, ...]]:
    for row in rows(kind, law):
        yield tuple(_cell(row, name, of) for name, of in schema.items())


def _cell(row: Row, name: str, of: Any) -> Any:
    text = row[name]
    if of == _DATE:
        return date.fromisoformat(text) if text else {"valid_to": OPEN_END, "valid_from": ALWAYS}.get(name)
    if of == _NUMBER:
        return float(text) if text else None
    return text or None


def _numbered(law: Path) -> Iterator[tuple[str, int, Row]]:
    """Statements in the order of files and rows, with an id that says the measure and its place in the series."""
    count: dict[str, int] = {}
    for place, row in enumerate(rows("measures", law)):
        measure_id = row["measure_id"]
        count[measure_id] = count.get(measure_id, 0) + 1
        yield f"{measure_id}.{count[measure_id]}", place, row


def _statements(law: Path) -> Iterator[tuple[Any, ...]]:
    programme = {row["programme"]: row for row in rows("programmes", law)}
    value = {row["assumption_id"]: float(row["value"]) for row in rows("assumptions", law) if row["value"]}
    for statement_id, place, row in _numbered(law):
        named = programme[row["programme"]]
        known: dict[str, Any] = {
            "statement_id": statement_id,
            "place_in_file": place,
            "authority": named["authority"],
            "rate_component": named["rate_component"],
            "reach_share": value.get(row["share_assumption"], 1.0),
            "value_base": row["value_base"] or "customs_value",
        }
        yield tuple(known[n] if n in known else _cell(row, n, of) for n, of in STATEMENTS.items())


def _scopes(law: Path) -> Iterator[tuple[Any, ...]]:
    for statement_id, _, row in _numbered(law):
        for kind, column in (("partner", "partners"), ("product", "products")):
            for code in split(row[column]):
                yield statement_id, kind, code, False
            for code in split(row[f"{column}_except"]):
                yield statement_id, kind, code, True


def _stacking(law: Path) -> Iterator[tuple[Any, ...]]:
    for row in rows("stacking", law):
        known = date.fromisoformat(row["known_on"])
        start, end = _cell(row, "valid_from", _DATE), _cell(row, "valid_to", _DATE)
        for clocks in _states_of(start, end, known, row["ended_known_on"], is_ended=bool(row["valid_to"])):
            dates = dict(zip(("valid_from", "valid_to", "known_from", "known_to"), clocks, strict=True))
            yield tuple(dates[n] if n in dates else _cell(row, n, of) for n, of in STACKING.items())


def _list_lines(law: Path) -> Iterator[tuple[Any, ...]]:
    files = list_files(law)
    for listed in rows("lists", law):
        code = listed["list_code"]
        for line in rows_of(files[code]):
            for clocks in _states(line, listed):
                yield code, line["hts_prefix"], *clocks, listed["evidence"], listed["citation"]
    named = {c for row in rows("measures", law) for k in ("products", "products_except") for c in split(row[k])}
    for code in sorted(c for c in named if c.startswith("p:")):
        yield code, code.removeprefix("p:"), ALWAYS, OPEN_END, ALWAYS, OPEN_END, "act", "prefix named by the measure"


def _states(line: Row, listed: Row) -> Iterator[tuple[date, date, date, date]]:
    """What was known of a line's validity: without its end until that was known, and with it from then on."""

    def day(column: str, otherwise: date) -> date:
        text = line[column] or listed[column]
        return date.fromisoformat(text) if text else otherwise

    start, end, known = day("valid_from", ALWAYS), day("valid_to", OPEN_END), day("known_from", ALWAYS)
    yield from _states_of(start, end, known, line["ended_known_on"], is_ended=bool(line["valid_to"]))


def _states_of(
    start: date, end: date, known: date, ended_known_on: str, *, is_ended: bool
) -> Iterator[tuple[date, date, date, date]]:
    """Without its end until that was known, and with it from then on; blank: known as of the end itself."""
    told = date.fromisoformat(ended_known_on) if ended_known_on else end
    if is_ended and known < told < OPEN_END:
        yield start, OPEN_END, known, told
        yield start, end, told, OPEN_END
    else:
        yield start, end, known, OPEN_END
