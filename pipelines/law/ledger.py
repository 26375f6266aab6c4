"""The policy ledger's files of law/: what acts provide, touch, state as reasons, and what became of them.

Belongs here: what these files may hold, and their typed tables. Does not belong here: duties (check.py, read.py), what
status a provision has on a day (models/intermediate/policy).

law/LEDGER.md has the form of every kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract import OPEN_END
from pipelines.law.files import LAW, Row, is_day, rows, split

_TEXT, _DATE, _NUMBER, _BOOLEAN = pl.String(), pl.Date(), pl.Float64(), pl.Boolean()

#: Kind -> column -> the codes it may hold.
CODES: dict[str, dict[str, set[str]]] = {
    "acts": {
        "authority": {
            *("IEEPA", "S232", "S301", "S201", "S122", "S338", "EAR", "OFAC", "COURT", "DIPLOMACY", "OTHER"),
            *("CN_TARIFF", "CN_EXPORT_CONTROL", "CN_UNRELIABLE_ENTITY", "CN_ANTI_SANCTIONS", "CN_PORT_FEE"),
            *("CA_TARIFF", "EU_TARIFF", "IN_TARIFF", "MX_TARIFF", "TR_TARIFF", "RU_TARIFF"),
            *("JP_EXPORT_CONTROL", "NL_EXPORT_CONTROL", "KR_EXPORT_CONTROL", "TW_EXPORT_CONTROL", "EU_EXPORT_CONTROL"),
            *("GB_EXPORT_CONTROL",),
        },
        "instrument": {
            *("tariff", "exemption", "quota", "list_change", "licence_rule", "licence_grant", "letter", "port_fee"),
            *("ruling", "negotiation", "investigation", "announcement", "refund", "other_measure"),
        },
        "direction": {"tighten", "loosen", "neutral"},
        "is_confirmed": {"true", "false"},
    },
    "provisions": {"direction": {"", "tighten", "loosen", "neutral"}},
    "relations": {
        "relation": {
            *("amends", "implements", "extends", "suspends", "ends", "reinstates", "reverses", "strikes_down"),
            *("finalizes", "corrects", "responds_to", "follows"),
        }
    },
    "targets": {"target_kind": {"partner", "partner_group", "country", "list", "product", "sector"}},
    "rationales": {
        "rationale": {
            *("security", "bargaining_leverage", "economic", "retaliation", "illicit_drugs_migration"),
            *("human_rights", "foreign_policy", "balance_of_payments", "legal_compliance", "administrative"),
        }
    },
    "statuses": {
        "status": {
            *("announced", "signed", "published", "in_force", "suspended", "amended", "expired", "revoked"),
            *("struck_down", "superseded"),
        },
        "enforcement": {"", "enforced", "not_enforced", "enjoined_for_parties", "stayed"},
        "is_scheduled": {"true", "false"},
    },
    "control_products": {"is_mapped_by_us": {"true", "false"}, "has_other_goods": {"true", "false"}},
    "documents": {
        "role": {
            *("text", "correction", "implementation", "proposal", "comment_extension", "schedule_change", "press"),
        }
    },
}
#: Kind -> columns that must be filled.
FILLED = {
    "acts": ("title", "issuer", "issuer_country", "document_kind", "evidence"),
    "provisions": ("provision_id", "what", "citation"),
    "relations": ("related_action_id", "citation"),
    "targets": ("target_code",),
    "rationales": ("coder", "ground", "source"),
    "statuses": ("valid_from", "known_on", "evidence_document"),
    "control_products": ("commodity", "hts_prefix", "citation"),
    "documents": ("document_number",),
    "documents_set_aside": ("document_number", "reason", "reviewed_on"),
    "rounds": ("round_id", "round_name", "starts_on", "ends_on", "parties", "citation"),
}
#: Kind -> columns that no two rows may share.
KEYS = {
    "acts": ("action_id",),
    "provisions": ("action_id", "provision_id"),
    "relations": ("action_id", "relation", "related_action_id", "provision_id"),
    "targets": ("action_id", "target_kind", "target_code"),
    "rationales": ("action_id", "coder", "rationale"),
    "control_products": ("action_id", "provision_id", "commodity", "hts_prefix"),
    "documents": ("action_id", "document_number", "role"),
    "documents_set_aside": ("document_number",),
    "rounds": ("round_id",),
}
DATES = {
    "acts": ("known_on", "comments_open_on", "comments_close_on", "reviewed_on"),
    "provisions": ("retroactive_to", "expires_on", "confirmed_on", "expiry_confirmed_on"),
    "documents_set_aside": ("reviewed_on",),
    "rounds": ("starts_on", "ends_on"),
}
#: (earlier, later) columns; where both are filled the later may not lie before the earlier.
ORDER = {
    "acts": (("announced_on", "signed_on"), ("signed_on", "published_on"), ("comments_open_on", "comments_close_on")),
    "provisions": (
        *(("retroactive_to", "effective_on"), ("effective_on", "expires_on"), ("effective_on", "confirmed_on")),
        ("expires_on", "expiry_confirmed_on"),
    ),
    "rounds": (("starts_on", "ends_on"),),
}
#: Columns that go together: a day is confirmed by a document.
PAIRS = (("confirmed_on", "confirmed_by"), ("expiry_confirmed_on", "expiry_confirmed_by"))
#: The one provision of an act that has no rows of its own.
WHOLE = "whole"

Problems = Iterator[str]


def problems(law: Path, groups: set[str], is_partner: Callable[[str], bool]) -> Problems:
    """Everything wrong with the ledger's rows. groups: codes a partner group may have."""
    for kind in (*FILLED,):
        yield from _cells(kind, law)
        yield from _days(kind, law)
        yield from _twice(kind, law)
    yield from _acts(law)
    yield from _provisions(law)
    yield from _named(law)
    yield from _set_aside(law)
    yield from _targets(law, groups, is_partner)
    yield from _control_products(law)


def _cells(kind: str, law: Path) -> Problems:
    for row in rows(kind, law):
        for column in FILLED[kind]:
            if not row[column]:
                yield f"{row.place}: {column} is blank"
        for column, codes in CODES.get(kind, {}).items():
            if row[column] not in codes:
                yield f"{row.place}: {column} {row[column]!r} is none of {sorted(codes)}"


def _days(kind: str, law: Path) -> Problems:
    for row in rows(kind, law):
        for column in DATES.get(kind, ()):
            if row[column] and not is_day(row[column]):
                yield f"{row.place}: {column} {row[column]!r} is no date"
        for earlier, later in ORDER.get(kind, ()):
            if row[earlier] and row[later] and row[later] < row[earlier]:
                yield f"{row.place}: {later} {row[later]} lies before {earlier} {row[earlier]}"


def _twice(kind: str, law: Path) -> Problems:
    if kind not in KEYS:
        return
    count = Counter(tuple(row[column] for column in KEYS[kind]) for row in rows(kind, law))
    for row in rows(kind, law):
        key = tuple(row[column] for column in KEYS[kind])
        if not key[0] or count[key] > 1:
            yield f"{row.place}: {KEYS[kind][0]} {' '.join(key)!r} is blank or used twice"


def _acts(law: Path) -> Problems:
    rounds = {row["round_id"] for row in rows("rounds", law)}
    for row in rows("acts", law):
        if not any(row[c] for c in ("announced_on", "signed_on", "published_on", "known_on")):
            yield f"{row.place}: an act nobody announced, signed or published"
        if not re.fullmatch(r"[A-Z]{2}", row["issuer_country"]):
            yield f"{row.place}: issuer_country {row['issuer_country']!r} is no ISO two-letter code"
        if row["round_id"] and row["round_id"] not in rounds:
            yield f"{row.place}: round_id {row['round_id']!r} is not in rounds.csv"
        if row["is_confirmed"] == "true" and not row["reviewed_on"]:
            yield f"{row.place}: confirmed, and reviewed_on is blank"
        if row["comments_close_on"] and not row["comments_open_on"]:
            yield f"{row.place}: comments close that never opened"


def _provisions(law: Path) -> Problems:
    measures = {row["measure_id"] for row in rows("measures", law)}
    for row in rows("provisions", law):
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["provision_id"]):
            yield f"{row.place}: provision_id {row['provision_id']!r} is not lower case words with hyphens between"
        if row["effective_on"] and row["expires_on"] == row["effective_on"]:
            yield f"{row.place}: it expires on the day it takes effect; expires_on is the first day it no longer holds"
        for measure in split(row["measure_ids"]):
            if measure not in measures:
                yield f"{row.place}: measure {measure!r} is not on record"
        for day, document in PAIRS:
            if bool(row[day]) != bool(row[document]):
                yield f"{row.place}: {day} and {document} go together"
        rate = row["announced_rate"]
        if rate and not (re.fullmatch(r"\d+(\.\d+)?", rate) and float(rate) <= 10):
            yield f"{row.place}: announced_rate {rate!r} is no fraction of value"
    for row in rows("relations", law):
        share = row["share_undone"]
        if share and not (re.fullmatch(r"\d(\.\d+)?", share) and float(share) <= 1):
            yield f"{row.place}: share_undone {share!r} is no fraction"
        if row["action_id"] == row["related_action_id"]:
            yield f"{row.place}: {row['action_id']} stands in a relation to itself"


def _named(law: Path) -> Problems:
    """Acts and provisions that rows name are on record."""
    acts = {row["action_id"] for row in rows("acts", law)}
    provided = {(row["action_id"], row["provision_id"]) for row in rows("provisions", law)}
    provided |= {(act, WHOLE) for act in acts - {act for act, _ in provided}}
    for kind in ("provisions", "relations", "targets", "rationales", "statuses", "control_products", "documents"):
        for row in rows(kind, law):
            if row["action_id"] not in acts:
                yield f"{row.place}: action_id {row['action_id']!r} is not on record"
            act = row["related_action_id"] if kind == "relations" else row["action_id"]
            if act not in acts:
                yield f"{row.place}: act {act!r} is not on record"
            elif row["provision_id"] and (act, row["provision_id"]) not in provided:
                yield f"{row.place}: {act} has no provision {row['provision_id']!r}"


def _set_aside(law: Path) -> Problems:
    """A document is an act's, or it is none."""
    used = {row["document_number"]: row["action_id"] for kind in ("acts", "documents") for row in rows(kind, law)}
    for row in rows("documents_set_aside", law):
        if row["document_number"] in used:
            yield f"{row.place}: {row['document_number']} is set aside, and {used[row['document_number']]} rests on it"


def _targets(law: Path, groups: set[str], is_partner: Callable[[str], bool]) -> Problems:
    lists = {row["list_code"] for row in rows("lists", law)}
    for row in rows("targets", law):
        kind, code = row["target_kind"], row["target_code"]
        is_known = {
            "partner": code == "ALL" or is_partner(code),
            "partner_group": code in groups,
            "country": bool(re.fullmatch(r"[A-Z]{2}", code)),
            "list": bool(re.fullmatch(r"[A-Z]{2}(_[A-Z0-9]+)+", code)),
            "product": code in lists or bool(re.fullmatch(r"p:\d{2,10}|ALL|footnote:99\d\d\.\d\d\.\d\d", code)),
            "sector": bool(re.fullmatch(r"[a-z]+(_[a-z]+)*", code)),
        }
        if not is_known.get(kind, True):
            yield f"{row.place}: {code!r} is no {kind}"


def _control_products(law: Path) -> Problems:
    """Goods are whole levels of a schedule; a code of the issuer that is taken as it stands begins as they do."""
    for row in rows("control_products", law):
        prefix, stated = row["hts_prefix"], split(row["stated_codes"])
        if not re.fullmatch(r"\d{4}|\d{6}|\d{8}|\d{10}", prefix):
            yield f"{row.place}: hts_prefix {prefix!r} is not 4, 6, 8 or 10 digits"
        for code in stated:
            if not re.fullmatch(r"\d{8}|\d{10}", code):
                yield f"{row.place}: stated code {code!r} is not 8 or 10 digits"
        if row["is_mapped_by_us"] == "false" and (
            len(prefix) > 6 or not stated or any(code[: len(prefix)] != prefix for code in stated)
        ):
            yield f"{row.place}: {prefix} is not what the codes of the act begin with, and not marked as mapped by us"


def _texts(names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), _TEXT)


def _dates(names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), _DATE)


#: Table -> (kind of file, its typed columns).
SCHEMAS: dict[str, tuple[str, dict[str, Any]]] = {
    "law__acts": (
        "acts",
        _texts("action_id title issuer issuer_country authority instrument document_kind direction")
        | _dates("announced_on signed_on published_on effective_on known_on")
        | _texts("document_number citation")
        | _dates("comments_open_on comments_close_on")
        | _texts("round_id source_url evidence")
        | {"is_confirmed": _BOOLEAN, "reviewed_on": _DATE},
    ),
    "law__provisions": (
        "provisions",
        _texts("action_id provision_id what direction")
        | _dates("effective_on retroactive_to expires_on")
        | {"announced_rate": _NUMBER, "confirmed_on": _DATE, "confirmed_by": _TEXT}
        | {"expiry_confirmed_on": _DATE, "expiry_confirmed_by": _TEXT, "citation": _TEXT},
    ),
    "law__relations": (
        "relations",
        _texts("action_id relation related_action_id provision_id") | {"share_undone": _NUMBER, "citation": _TEXT},
    ),
    "law__targets": ("targets", _texts("action_id target_kind target_code")),
    "law__rationales": ("rationales", _texts("action_id coder rationale ground source")),
    "law__control_products": (
        "control_products",
        _texts("action_id provision_id commodity stated_codes hts_prefix")
        | dict.fromkeys(("is_mapped_by_us", "has_other_goods"), _BOOLEAN)
        | _texts("citation note"),
    ),
    "law__act_documents": (
        "documents",
        _texts("action_id document_number role") | _dates("published_on") | _texts("citation"),
    ),
    "law__documents_set_aside": ("documents_set_aside", _texts("document_number reason") | _dates("reviewed_on")),
    "law__rounds": (
        "rounds",
        _texts("round_id round_name") | _dates("starts_on ends_on") | _texts("place parties citation"),
    ),
}
STATUSES: dict[str, Any] = {
    "place_in_file": pl.Int32(),
    **_texts("action_id provision_id status enforcement"),
    **_dates("valid_from valid_to known_on"),
    "is_scheduled": _BOOLEAN,
    **_texts("evidence_document note"),
}
PROVISION_MEASURES: dict[str, Any] = _texts("action_id provision_id measure_id")


def plain(table: str, law: Path = LAW) -> Iterator[tuple[Any, ...]]:
    """Rows of a table that is its file, typed."""
    kind, schema = SCHEMAS[table]
    for row in rows(kind, law):
        yield tuple(_cell(row, name, of) for name, of in schema.items())


def statuses(law: Path = LAW) -> Iterator[tuple[Any, ...]]:
    """Statements of status, numbered in the order of files and rows: of those made on one day the later wins."""
    for place, row in enumerate(rows("statuses", law)):
        cells = {name: _cell(row, name, of) for name, of in STATUSES.items() if name != "place_in_file"}
        cells["valid_to"] = cells["valid_to"] or OPEN_END
        yield place, *cells.values()


def provision_measures(law: Path = LAW) -> Iterator[tuple[Any, ...]]:
    """The tariff measures that carry a provision."""
    for row in rows("provisions", law):
        for measure in split(row["measure_ids"]):
            yield row["action_id"], row["provision_id"], measure


def _cell(row: Row, name: str, of: Any) -> Any:
    text = row[name]
    if not text:
        return None
    if of == _DATE:
        return date.fromisoformat(text)
    if of == _NUMBER:
        return float(text)
    return text == "true" if of == _BOOLEAN else text
