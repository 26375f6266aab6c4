"""Small exports of the tariff schedule, written here in USITC's formats: for the tests of usitc_hts only."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec
from pipelines.sources.usitc_hts.parse import parse

SPEC = load_spec("usitc_hts")
DAY = date(2030, 1, 2)
CSV_HEADER = [
    "HTS Number",
    "Indent",
    "Description",
    "Unit of Quantity",
    "General Rate of Duty",
    "Special Rate of Duty",
    "Column 2 Rate of Duty",
    "Quota Quantity",
    "Additional Duties",
]


def row(htsno: str, indent: int | str, description: str, **stated: Any) -> dict[str, Any]:
    """One row as the JSON export writes it; rows without a number are superior rows."""
    numbered = bool(htsno.strip())
    return {
        "htsno": htsno,
        "indent": str(indent),
        "description": description,
        "superior": None if numbered else "true",
        "units": [],
        "general": "",
        "special": "",
        "other": "",
        "footnotes": [] if numbered else None,
        "quotaQuantity": None,
        "additionalDuties": None,
        "addiitionalDuties": None,
        **stated,
    }


def note(value: str, *columns: str, **stated: Any) -> dict[str, Any]:
    return {"columns": list(columns), "value": value, "type": "endnote", **stated}


def as_json(*rows: dict[str, Any]) -> bytes:
    """As USITC writes it: a blank before the colon, letters beyond ASCII as they are."""
    return json.dumps(list(rows), indent=2, separators=(",", " : "), ensure_ascii=False).encode()


def as_csv(*rows: dict[str, Any]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(CSV_HEADER)
    for each in rows:
        units = json.dumps(each["units"], separators=(",", ":")) if each["units"] else ""
        stated = [each[name] for name in ("general", "special", "other", "quotaQuantity", "additionalDuties")]
        writer.writerow([each["htsno"], each["indent"], each["description"], units, *stated])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def parsed(content: bytes, name: str = "hts_2030_rev_1.json", **delivery: Any) -> dict[str, Parsed]:
    """What the parser makes of one file, by thing."""
    file = DeliveredFile(name, content, sha256="0" * 64)
    facts = {"known_on": DAY, **delivery}
    return {each.thing: each for each in parse(Delivery((file,), **facts), SPEC)}


def lines(*rows: dict[str, Any]) -> pl.DataFrame:
    return parsed(as_json(*rows))["lines"].frame


def footnotes(*rows: dict[str, Any]) -> pl.DataFrame:
    return parsed(as_json(*rows))["footnotes"].frame
