"""Lists of parties compiled by the Security Export Control Registry: one JSON array, one object a party.

The registry copies announcements and PDF lists of several governments into one shape. What it adds (its own number, a
sentence of its own on the reason, the day it last looked) is not the government's statement.

Belongs here: reading that shape and refusing what is not it. Does not belong here: what one government's list means.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from pipelines.contract import DeliveredFile
from pipelines.formats.reference import decoded, refuse

FIELDS: dict[str, type | tuple[type, ...]] = {
    "list_id": str,
    "source_list_name": str,
    "id": str,
    "entity_name": str,
    "aliases": list,
    "addresses": list,
    "country": str,
    "date_added": (str, type(None)),
    "entity_type": str,
    "reason": str,
    "source_url": str,
    "last_verified": str,
}
#: A lost character, or UTF-8 that was read as Latin text and written again.
MOJIBAKE = re.compile("\ufffd|Ã[\u0080-\u00bf]|â€|å[\u0080-\u00bf]|æ[\u0080-\u00bf]|ï¼")


def read_compiled(
    file: DeliveredFile, source: str, lists: dict[str, str], country: str
) -> tuple[list[dict[str, Any]], date]:
    """(records, with the list's code as `list_code`; day the compiler last looked).

    lists: the compiler's name of a list -> its code; each must be there. Raises LandingError: html_page,
    truncated_file, wrong_encoding, mojibake, unknown_format, unknown_column, bad_cell, unknown_list, empty_list.
    """
    text = decoded(file, source)
    if text.lstrip().startswith("<"):
        what = "A web page in place of the list."
        raise refuse(file, source, "html_page", what, "Fetch the file again.", rows=[text.lstrip()[:80]])
    try:
        records = json.loads(text)
    except ValueError as error:
        what = f"Not readable as JSON: {error}."
        raise refuse(file, source, "truncated_file", what, "Fetch the file again.") from None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise refuse(file, source, "unknown_format", "Not an array of objects.", "Compare with compiled_list.py.")
    for record in records:
        _refuse_unlike(record, file, source)
    present = {record["list_id"] for record in records}
    if present - set(lists):
        rows = sorted(present - set(lists))
        raise refuse(file, source, "unknown_list", "A list is not known.", "Read what it is; add its code.", rows=rows)
    if set(lists) - present:
        rows = sorted(set(lists) - present)
        raise refuse(file, source, "empty_list", "A list has no entry.", "Fetch the file again.", rows=rows)
    wrong = [record["id"] for record in records if record["country"] != country]
    looked = {record["last_verified"] for record in records}
    if wrong or len(looked) != 1:
        what = f"{len(wrong)} records of another government, {len(looked)} days of looking."
        raise refuse(file, source, "bad_cell", what, "Look at the file; fetch it again.", rows=wrong)
    return [{**record, "list_code": lists[record["list_id"]]} for record in records], date.fromisoformat(looked.pop())


def _refuse_unlike(record: dict[str, Any], file: DeliveredFile, source: str) -> None:
    if set(record) != set(FIELDS):
        rows = [f"unknown: {sorted(set(record) - set(FIELDS))}", f"missing: {sorted(set(FIELDS) - set(record))}"]
        what, action = "The fields are not the known ones.", "Use the field, or say in source.yml why not."
        raise refuse(file, source, "unknown_column", what, action, rows=rows)
    misplaced = [name for name, kind in FIELDS.items() if not isinstance(record[name], kind)]
    pieces = [*record["aliases"], *record["addresses"]] if not misplaced else []
    dates = [day for day in (record["date_added"], record["last_verified"]) if day is not None]
    is_dated = all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(day)) for day in dates)
    if misplaced or not all(isinstance(piece, str) for piece in pieces) or not is_dated:
        what = "A value stands in another field's place."
        raise refuse(file, source, "bad_cell", what, "Look at the record in the file.", rows=[record])
    if any(MOJIBAKE.search(text) for text in (record["entity_name"], *pieces)):
        what = "Characters were lost on the way."
        raise refuse(
            file, source, "mojibake", what, "Fetch the file again; do not guess.", rows=[record["entity_name"]]
        )


def one_text(pieces: list[str]) -> str | None:
    """Distinct pieces, blanks tidied, joined " | "; NULL where there is none."""
    tidy = dict.fromkeys(" ".join(piece.replace("\u200c", "").split()) for piece in pieces)
    return " | ".join(piece for piece in tidy if piece) or None
