"""A small law folder: one surcharge, one list, and what stands beside them; each test changes what it is about.

Belongs here: what tests of the law reader need to set a folder up. Does not belong here: assertions.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from pipelines.law.files import COLUMNS

Rows = list[dict[str, str]]

ACT = {"action_id": "US-ACT-1", "title": "Surcharge", "issuer": "President", "authority": "S122"}
ACT |= {"issuer_country": "US", "instrument": "tariff", "document_kind": "proclamation", "direction": "tighten"}
ACT |= {"signed_on": "2026-02-20", "evidence": "toys.md", "is_confirmed": "true", "reviewed_on": "2026-11-29"}
MEASURE = {"measure_id": "toy_surcharge", "programme": "toys", "heading": "9903.03.01", "operation": "add"}
MEASURE |= {"measure_rate": "0.1", "partners": "ALL", "products": "toys_list", "valid_from": "2026-02-24"}
MEASURE |= {"known_on": "2026-02-20", "action_id": "US-ACT-1", "citation": "clause 1"}
END = {**MEASURE, "operation": "end", "measure_rate": "", "valid_from": "2026-07-24", "known_on": "2026-03-01"}
LIST = {"list_code": "toys_list", "title": "Toys", "evidence": "act", "citation": "annex I"}
RULE = {"rule_id": "T-01", "applies_to_programme": "toys", "yields_to_programme": "games", "value_share": "all"}
RULE |= {"valid_from": "2026-02-24", "known_on": "2026-02-20", "action_id": "US-ACT-1", "citation": "clause 4"}
ASSUMPTION = {"assumption_id": "A-TOY-01", "statement": "Half of them.", "value": "0.5", "unit": "fraction"}
ASSUMPTION |= {"source": "none", "used_in": "toys"}
SHARE = {"assumption_id": "A-TOY-01", "kind": "claim", "hts_prefix": "9503", "partner_code": "2010", "share": "0.5"}
GROUP = {"group_code": "TOY_MAKERS", "partner_code": "5700", "valid_from": "2018-01-01", "citation": "clause 2"}
PROGRAMMES = [
    {"programme": name, "authority": "S122", "rate_component": "s122", "title": name.title()}
    for name in ("toys", "games")
]


def small_law(folder: Path, **changed: Rows) -> Path:
    """A folder the checks accept; changed: kind of file -> its rows instead, or list code -> lines of its file."""
    law = folder / "law"
    rows: dict[str, Rows] = {"acts": [ACT], "measures": [MEASURE, END], "lists": [LIST], "stacking": [RULE]}
    rows |= {"assumptions": [ASSUMPTION], "shares": [SHARE], "partner_groups": [GROUP]}
    rows |= {kind: said for kind, said in changed.items() if kind in COLUMNS}
    for kind, said in rows.items():
        write((law if kind in ("programmes", "rounds") else law / "toys") / f"{kind}.csv", said, COLUMNS[kind])
    if "programmes" not in changed:
        write(law / "programmes.csv", PROGRAMMES, COLUMNS["programmes"])
    lines: dict[str, Rows] = {"toys_list": [{"hts_prefix": "9503"}, {"hts_prefix": "95049000"}]}
    lines |= {code: said for code, said in changed.items() if code not in COLUMNS}
    for code, said in lines.items():
        columns = list(dict.fromkeys(name for line in said for name in line)) or ["hts_prefix"]
        write(law / "toys" / "lists" / f"{code}.csv", said, columns)
    return law


def write(path: Path, rows: Rows, columns: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer: Any = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
