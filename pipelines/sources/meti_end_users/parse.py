"""Japan's list of foreign end users of concern, as compiled from the ministry's PDF -> entries with their concerns.

Belongs here: countries as the list heads them, the kinds of weapon, and names that slipped into the country.
Does not belong here: the compiler's shape (pipelines/formats/compiled_list.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import polars as pl

from pipelines.contract import Correction, DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.compiled_list import one_text, read_compiled
from pipelines.formats.list_identity import add_entry_key
from pipelines.formats.reference import refuse, single_file, whole_vintage

THING = "entries"
LISTS = {"jp-end-user-list": "JP_METI_EUL"}
COUNTRIES = {
    "Arab Republic of Egypt": "EG",
    "Hong Kong": "HK",
    "India": "IN",
    "Islamic Republic of Afghanistan": "AF",
    "Islamic Republic of Iran": "IR",
    "Islamic Republic of Pakistan": "PK",
    "North Korea": "KP",
    "People's Republic of China": "CN",
    "Republic of Lebanon": "LB",
    "Republic of Yemen": "YE",
    "Russian Federation": "RU",
    "State of Israel": "IL",
    "Syrian Arab Republic": "SY",
    "Taiwan": "TW",
    "United Arab Emirates": "AE",
}
#: Letters of the list: biological, chemical, missile, nuclear, conventional weapons.
_CONCERNS = re.compile(r"\b(CW|[BCMN])\b|(?<=[^A-Za-z])([BCMN])(?![A-Za-z])")


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole list. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    records, looked_on = read_compiled(file, spec.name, LISTS, "jp")
    repaired: list[Correction] = []
    rows = [_row(record, repaired, file, spec.name) for record in records]
    entries = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        position=pl.int_range(pl.len()), citation=pl.lit(None, pl.String)
    )
    keyed = add_entry_key(entries)
    yield whole_vintage(delivery, spec, THING, keyed, stated_on=looked_on, corrections=tuple(repaired))


def _row(record: dict[str, Any], repaired: list[Correction], file: DeliveredFile, source: str) -> dict[str, Any]:
    """Raises LandingError: unknown_country, bad_cell."""
    heading = one_text(record["addresses"]) or ""
    name = one_text([record["entity_name"]])
    if name is None and heading not in COUNTRIES:
        place = next((country for country in COUNTRIES if heading.startswith(f"{country} ")), None)
        if place is not None:
            name, heading = heading.removeprefix(f"{place} "), place
            reason = "The compiler read the name into the column of the country; the name's own field is empty."
            repaired.append(Correction(f"number_printed={record['id']}", "entity_name", "", name, reason, "open"))
    if heading not in COUNTRIES:
        action = "Add the country with its ISO code to COUNTRIES."
        raise refuse(file, source, "unknown_country", "A country is not known.", action, rows=[record["id"], heading])
    concerns = sorted({a or b for a, b in _CONCERNS.findall(unicodedata.normalize("NFKC", record["reason"]))})
    if name is None or not concerns or record["date_added"] is not None:
        what = "An entry has no name or no concern, or a day, which the list does not print."
        raise refuse(file, source, "bad_cell", what, "Look at the record in the file.", rows=[record])
    return {
        "list_code": record["list_code"],
        "country_code": COUNTRIES[heading],
        "country_heading": heading,
        "entity_name": name,
        "aliases": one_text(record["aliases"]),
        "concerns": ",".join(concerns),
        "list_url": record["source_url"],
        "number_printed": record["id"],
        "reason_printed": record["reason"],
    }
