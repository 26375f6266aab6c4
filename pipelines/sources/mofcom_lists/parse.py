"""China's lists as compiled from announcements of the Ministry of Commerce -> entries with the announcement's day.

CN_MOFCOM_UEL: unreliable entities. CN_MOFCOM_ECL: export-control list. CN_MOFCOM_AL: attention list.

Belongs here: codes, the announcement's day as the legal date, countries of the addresses printed. Does not belong here:
the compiler's shape (pipelines/formats/compiled_list.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.corrections import apply_corrections, load_corrections
from pipelines.formats.compiled_list import one_text, read_compiled
from pipelines.formats.list_countries import lookup
from pipelines.formats.list_identity import add_entry_key
from pipelines.formats.reference import refuse, single_file, whole_vintage

THING = "entries"
LISTS = {
    "cn-unreliable-entity-list": "CN_MOFCOM_UEL",
    "cn-export-control-watchlist": "CN_MOFCOM_ECL",
    "cn-attention-list": "CN_MOFCOM_AL",
}
_JAPAN = "日本"
_COUNTRY_AT_END = re.compile(r",\s*([A-Za-z ]+?)\s*(?:\uff08|$)")


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the three lists. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    records, looked_on = read_compiled(file, spec.name, LISTS, "cn")
    undated = [r["id"] for r in records if r["date_added"] is None or not r["entity_name"].strip()]
    if undated:
        what = f"{len(undated)} entries without a day or a name."
        raise refuse(file, spec.name, "bad_cell", what, "Look at the records in the file.", rows=undated)
    codes = dict(lookup().select("printed", "address_code").iter_rows())
    entries = pl.DataFrame([_row(record, codes) for record in records], infer_schema_length=None)
    known_on = delivery.known_on or file.published_on or looked_on
    entries, corrected = apply_corrections(
        entries, load_corrections(spec.name), source=spec.name, thing=THING, file=file.name, known_on=known_on
    )
    # A name that the compiler cut in two is one party once both halves are corrected.
    entries = entries.unique(["list_code", "entity_name", "announced_on"], keep="last", maintain_order=True)
    entries = entries.with_columns(
        position=pl.int_range(pl.len()), citation=pl.lit(None, pl.String), country_code=pl.lit(None, pl.String)
    )
    keyed = [add_entry_key(one) for one in entries.partition_by("list_code", maintain_order=True)]
    frame = pl.concat(keyed).with_columns(country_code=pl.col("address_country_code"))
    yield whole_vintage(delivery, spec, THING, frame, stated_on=looked_on, corrections=corrected)


def _row(record: dict[str, Any], codes: dict[str, str]) -> dict[str, Any]:
    addresses = one_text(record["addresses"])
    return {
        "list_code": record["list_code"],
        "entity_name": one_text([record["entity_name"]]),
        "aliases": one_text(record["aliases"]),
        "addresses": addresses,
        "address_country_code": _country(addresses, codes),
        "announced_on": date.fromisoformat(record["date_added"]),
        "announcement_url": record["source_url"],
        "name_printed": record["entity_name"],
        "number_printed": record["id"],
        "reason_printed": record["reason"],
    }


def _country(addresses: str | None, codes: dict[str, str]) -> str | None:
    if addresses is None:
        return None
    if addresses.startswith(_JAPAN):
        return "JP"
    found = _COUNTRY_AT_END.findall(addresses)
    return codes.get(found[-1].upper()) if found else None
