"""What law/ may not say: every problem of every file, with its place, in one go.

Belongs here: refusals. Does not belong here: the meaning of what is accepted (read.py).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from pipelines.law import foreign, ledger
from pipelines.law.files import (
    COLUMNS,
    LAW,
    LINE_COLUMNS,
    Row,
    files_of,
    header_of,
    is_day,
    list_files,
    rows,
    rows_of,
    split,
)
from pipelines.settings import PROJECT_ROOT

OPERATIONS = {
    *("add", "floor", "minimum_total", "replace", "exempt", "quota_in", "quota_over", "specific", "prohibit", "end"),
}
WITH_RATE = {"add", "floor", "minimum_total", "replace", "quota_in", "quota_over"}
#: Parts of a rate, and those that may have a floor: the words of macros/tariff_cell.sql.
RATE_COMPONENTS = {
    *("s232", "s301", "s201", "ieepa_reciprocal", "ieepa_fentanyl", "ieepa_other", "s122", "s338", "other"),
}
FLOORED = {"s232", "s301", "ieepa_reciprocal", "other"}
FLOORS = {"floor", "minimum_total", "replace"}
WORDS = {
    "value_base": {"", "customs_value", "steel_content", "aluminum_content", "copper_content", "non_us_content"},
    "rate_column": {"", "general", "special", "charged", "other"},
    "claim": {"", "claimed", "unclaimed"},
    "content": {"", "steel", "aluminum", "copper"},
}
LIST_EVIDENCE = {"official", "act", "compiled"}
SHARE_KINDS = {"claim", "steel", "aluminum", "copper"}
#: What a fact may be about.
COMPONENTS = {
    *("s232_rate", "s301_rate", "s201_rate", "s122_rate", "s338_rate", "other_rate", "total_rate_unclaimed"),
    *("ieepa_reciprocal_rate", "ieepa_fentanyl_rate", "ieepa_other_rate"),
}
DATES = (
    "day",
    "valid_from",
    "valid_to",
    "known_on",
    "known_from",
    "announced_on",
    "signed_on",
    "published_on",
    "effective_on",
)
PREFIX = re.compile(r"\d{2,10}")
PARTNER = re.compile(r"\d{4}")

Problems = Iterator[str]


def problems(law: Path = LAW) -> list[str]:
    """Everything wrong, file by file; empty when the law may be used."""
    if not law.is_dir():
        return [f"{law}: no such folder"]
    by_header = list(_headers(law))
    if by_header:
        return by_header
    checks: list[Callable[[Path], Problems]] = [
        *(_dates, _unique, _programmes, _measures, _lists, _stacking, _shares, _groups, _facts, _completeness),
        foreign.problems,
        lambda folder: ledger.problems(folder, group_codes(folder), is_partner),
    ]
    if not rows("measures", law):
        return [f"{law}: no measures.csv in it holds a row"]
    return [problem for check in checks for problem in check(law)]


def _headers(law: Path) -> Problems:
    for kind, columns in COLUMNS.items():
        for path in files_of(kind, law):
            header = header_of(path)
            if sorted(header) != sorted(columns):
                lacking, odd = set(columns) - set(header), set(header) - set(columns)
                yield f"{path.relative_to(law.parent)}: columns lacking: {sorted(lacking)}, unknown: {sorted(odd)}"
            for row in rows_of(path):
                if "?" in row.cells:
                    yield f"{row.place}: more cells than columns (a comma without quotes?)"


def _dates(law: Path) -> Problems:
    for kind in COLUMNS:
        for row in rows(kind, law):
            yield from _dates_of(row)
    for path in list_files(law).values():
        for row in rows_of(path):
            yield from _dates_of(row)


def _dates_of(row: Row) -> Problems:
    for column in (*DATES, "ended_known_on"):
        if row[column] and not is_day(row[column]):
            yield f"{row.place}: {column} {row[column]!r} is no date"
    if row["valid_from"] and row["valid_to"] and row["valid_from"] >= row["valid_to"]:
        yield f"{row.place}: valid_to {row['valid_to']} is not after valid_from {row['valid_from']}"


def _unique(law: Path) -> Problems:
    for kind, key in (
        ("lists", "list_code"),
        ("stacking", "rule_id"),
        ("assumptions", "assumption_id"),
        ("programmes", "programme"),
        ("facts", "fact_id"),
    ):
        count = Counter(row[key] for row in rows(kind, law))
        for row in rows(kind, law):
            if not row[key] or count[row[key]] > 1:
                yield f"{row.place}: {key} {row[key]!r} is blank or used twice"


def _known(kind: str, key: str, law: Path) -> set[str]:
    return {row[key] for row in rows(kind, law)}


def group_codes(law: Path) -> set[str]:
    """Groups law may name: its own, and those of seeds/partner_groups.csv."""
    seed = LAW.parent / "seeds" / "partner_groups.csv"
    return _known("partner_groups", "group_code", law) | {row["group_code"] for row in rows_of(seed)} | {"ALL"}


@cache
def _schedule_c() -> frozenset[str]:
    """Codes of partners: pipelines/formats/census_partners.csv."""
    file = PROJECT_ROOT / "pipelines" / "formats" / "census_partners.csv"
    return frozenset(row["code"] for row in rows_of(file) if row["kind"] == "partner")


def is_partner(code: str) -> bool:
    """Whether it is four digits that Schedule C gives a partner."""
    return bool(PARTNER.fullmatch(code)) and code in _schedule_c()


def _programmes(law: Path) -> Problems:
    for row in rows("programmes", law):
        if row["rate_component"] not in RATE_COMPONENTS:
            yield f"{row.place}: rate_component {row['rate_component']!r} is none of {sorted(RATE_COMPONENTS)}"


def _measures(law: Path) -> Problems:
    acts = _known("acts", "action_id", law)
    programmes = {row["programme"]: row["rate_component"] for row in rows("programmes", law)}
    lists, groups = _known("lists", "list_code", law), group_codes(law)
    assumptions = _known("assumptions", "assumption_id", law)
    programme_of: dict[str, set[str]] = defaultdict(set)
    for row in rows("measures", law):
        programme_of[row["measure_id"]].add(row["programme"])
        yield from _measure_words(row, programmes, acts, assumptions)
        for column in ("partners", "partners_except"):
            for code in split(row[column]):
                if code not in groups and not is_partner(code):
                    yield f"{row.place}: {column} names {code!r}, neither a group nor a Schedule C code"
        for column in ("products", "products_except"):
            for code in split(row[column]):
                is_known = (
                    code in lists or code == "ALL" or re.fullmatch(r"p:\d{2,10}|footnote:99\d\d\.\d\d\.\d\d", code)
                )
                if not is_known:
                    yield f"{row.place}: {column} names {code!r}, which no lists.csv has"
        if row["operation"] != "end" and not (row["partners"] and row["products"]):
            yield f"{row.place}: a measure without partners or products"
    for measure_id, named in programme_of.items():
        if len(named) > 1:
            yield f"measure {measure_id} is of several programmes: {sorted(named)}"


def _measure_words(row: Row, programmes: dict[str, str], acts: set[str], assumptions: set[str]) -> Problems:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["measure_id"]):
        yield f"{row.place}: measure_id {row['measure_id']!r} is not lower case words"
    if row["operation"] not in OPERATIONS:
        yield f"{row.place}: operation {row['operation']!r} is unknown"
    for column, words in WORDS.items():
        if row[column] not in words:
            yield f"{row.place}: {column} {row[column]!r} is none of {sorted(words)}"
    for column, known in (("programme", set(programmes)), ("action_id", acts)):
        if row[column] not in known:
            yield f"{row.place}: {column} {row[column]!r} is not on record"
    if row["share_assumption"] and row["share_assumption"] not in assumptions:
        yield f"{row.place}: assumption {row['share_assumption']!r} is not on record"
    component = programmes.get(row["programme"], "")
    if row["operation"] in FLOORS and component in RATE_COMPONENTS - FLOORED:
        yield f"{row.place}: a {row['operation']} in {component}, which cannot have one (only {sorted(FLOORED)} can)"
    yield from _measure_rate(row)


def _measure_rate(row: Row) -> Problems:
    operation = row["operation"]
    if (operation in WITH_RATE) != _is_number(row["measure_rate"]):
        yield f"{row.place}: {operation} with measure_rate {row['measure_rate']!r}"
    elif operation in WITH_RATE and not 0 <= float(row["measure_rate"]) <= 10:
        yield f"{row.place}: measure_rate {row['measure_rate']} is no fraction of value"
    if row["specific_duty_usd"] and not (_is_number(row["specific_duty_usd"]) and float(row["specific_duty_usd"]) >= 0):
        yield f"{row.place}: specific_duty_usd {row['specific_duty_usd']!r} is no number of dollars"
    if operation in ("floor", "minimum_total") and not row["rate_column"]:
        yield f"{row.place}: a {operation} without rate_column"
    for column in ("valid_from", "known_on", "citation"):
        if not row[column]:
            yield f"{row.place}: {column} is blank"
    if row["heading"] and not re.fullmatch(r"99\d\d\.\d\d\.\d\d", row["heading"]):
        yield f"{row.place}: heading {row['heading']!r} is none of chapter 99"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _lists(law: Path) -> Problems:
    files = list_files(law)
    used = {c for row in rows("measures", law) for k in ("products", "products_except") for c in split(row[k])}
    for row in rows("lists", law):
        code = row["list_code"]
        if row["evidence"] not in LIST_EVIDENCE:
            yield f"{row.place}: evidence {row['evidence']!r} is none of {sorted(LIST_EVIDENCE)}"
        if not row["citation"]:
            yield f"{row.place}: citation is blank"
        if code not in files:
            yield f"{row.place}: no file lists/{code}.csv"
        if code not in used:
            yield f"{row.place}: no measure names {code}"
    named = _known("lists", "list_code", law)
    for code, path in files.items():
        if code not in named:
            yield f"{path.relative_to(law.parent)}: no lists.csv names it"
        seen: set[tuple[str, str]] = set()
        if not set(header_of(path)) <= set(LINE_COLUMNS):
            yield f"{path.relative_to(law.parent)}: columns are {LINE_COLUMNS}"
        for row in rows_of(path):
            key = (row["hts_prefix"], row["valid_from"])
            if not PREFIX.fullmatch(row["hts_prefix"]) or key in seen:
                yield f"{row.place}: {row['hts_prefix']!r} is no prefix of 2 to 10 digits, or is there twice"
            seen.add(key)


def _stacking(law: Path) -> Problems:
    programmes, acts = _known("programmes", "programme", law), _known("acts", "action_id", law)
    reached: dict[str, set[str]] = defaultdict(set)
    for row in rows("measures", law):
        reached[row["programme"]] |= set(split(row["partners"]))
    for row in rows("stacking", law):
        for column in ("applies_to_programme", "yields_to_programme"):
            if row[column] not in programmes:
                yield f"{row.place}: {column} {row[column]!r} is not on record"
        if row["action_id"] not in acts:
            yield f"{row.place}: action_id {row['action_id']!r} is not on record"
        if row["value_share"] not in ("all", "same_part"):
            yield f"{row.place}: value_share is all or same_part"
        for column in ("valid_from", "known_on", "citation"):
            if not row[column]:
                yield f"{row.place}: {column} is blank"
        # A rule holds for all partners; one that names those its programme reaches says no less.
        if row["partners"] and set(split(row["partners"])) != reached[row["yields_to_programme"]]:
            yield f"{row.place}: partners {row['partners']!r}: a rule for some partners only is not supported"


def _shares(law: Path) -> Problems:
    assumptions = _known("assumptions", "assumption_id", law)
    for row in rows("assumptions", law):
        for column in ("statement", "unit", "source", "used_in"):
            if not row[column]:
                yield f"{row.place}: {column} is blank"
        for column in ("value", "low", "high"):
            if row[column] and not _is_number(row[column]):
                yield f"{row.place}: {column} {row[column]!r} is no number"
    for row in rows("shares", law):
        if row["assumption_id"] not in assumptions or row["kind"] not in SHARE_KINDS:
            yield f"{row.place}: assumption {row['assumption_id']!r} or kind {row['kind']!r} is unknown"
        if not _is_number(row["share"]) or not 0 <= float(row["share"]) <= 1:
            yield f"{row.place}: share {row['share']!r} is no fraction"
        if row["hts_prefix"] and not PREFIX.fullmatch(row["hts_prefix"]):
            yield f"{row.place}: {row['hts_prefix']!r} is no prefix"
        if row["kind"] != "claim" and any(row[column] for column in ("partner_code", "valid_from", "valid_to")):
            yield f"{row.place}: a share of {row['kind']} by partner or day is not supported"
        if row["partner_code"] and not is_partner(row["partner_code"]):
            yield f"{row.place}: {row['partner_code']!r} is no Schedule C code"


def _groups(law: Path) -> Problems:
    for kind in ("partner_groups", "program_partners"):
        for row in rows(kind, law):
            is_code = is_partner(row["partner_code"]) or (kind == "program_partners" and row["partner_code"] == "ALL")
            if not is_code or not row["valid_from"] or not row["citation"]:
                yield f"{row.place}: partner_code, valid_from and citation must be given"


def _facts(law: Path) -> Problems:
    for row in rows("facts", law):
        if not re.fullmatch(r"\d{10}", row["hts10"]) or not is_partner(row["partner_code"]) or not row["day"]:
            yield f"{row.place}: hts10, partner_code and day say which cell"
        if row["component"] not in COMPONENTS:
            yield f"{row.place}: component {row['component']!r} is none of {sorted(COMPONENTS)}"
        if not _is_number(row["expected_rate"]) or not _is_number(row["tolerance"]) or not row["citation"]:
            yield f"{row.place}: expected_rate, tolerance and citation must be given"


def _completeness(law: Path) -> Problems:
    """A measure ends or goes on; a first statement that ends what never began is a slip."""
    seen: set[str] = set()
    for row in sorted(rows("measures", law), key=lambda r: (r["measure_id"], r["known_on"])):
        if row["operation"] == "end" and row["measure_id"] not in seen:
            yield f"{row.place}: {row['measure_id']} ends before any statement began it"
        seen.add(row["measure_id"])
