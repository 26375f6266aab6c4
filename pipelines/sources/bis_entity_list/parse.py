"""Entity List files -> one typed vintage of the whole list, whatever the format.

Formats: the eCFR's XML or its table as rows, BIS's CSV, the Consolidated Screening List's JSON and CSV. Each is read
into one stated frame (stated.py), made comparable (wording.py, citations.py, countries.py), corrected, and keyed
(identity.py).

Scope differs by format. Headings are stated by the eCFR alone; the others print countries of addresses. Addresses are
compared only within the eCFR: cut into cells and typed again elsewhere, two in three would look revised at a change of
format. What the others print of them rides along in addresses_printed.

Belongs here: recognising the format, dates, scope, the order of the steps. Does not belong here: any of those steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.contract import Correction, DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.corrections import apply_corrections, load_corrections
from pipelines.errors import LandingError
from pipelines.formats.list_countries import add_countries, country_codes
from pipelines.formats.list_identity import add_entry_key
from pipelines.formats.list_text import garbled_names
from pipelines.sources.bis_entity_list import bis_csv, csl, ecfr
from pipelines.sources.bis_entity_list.citations import add_citations, first_citation_on
from pipelines.sources.bis_entity_list.stated import attach_lists
from pipelines.sources.bis_entity_list.wording import add_wording

THING = "entries"
LIST_CODE = "US_BIS_EL"
#: Columns only the eCFR states in a form that can be compared.
ECFR_ONLY = ("country_heading", "addresses")


@dataclass(frozen=True)
class _Edition:
    """One file as read: its rows, what was repaired, where it comes from and when it says it was made."""

    stated: pl.DataFrame
    origin: str
    made_on: date | None = None
    repaired: tuple[Correction, ...] = ()


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One Parsed a file. Raises LandingError: unknown_format, known_on_missing, and the rules of the readers."""
    for file in delivery.files:
        yield _parsed(file, delivery, spec)


def _parsed(file: DeliveredFile, delivery: Delivery, spec: SourceSpec) -> Parsed:
    edition = _read(file)
    known_on = delivery.known_on or file.published_on or edition.made_on or _date_in(file.name)
    if known_on is None:
        raise _error(file, "known_on_missing", "Neither the file nor its name tells its date.", "Pass --known-on.")
    thing = spec.things[THING]
    frame, corrected = _typed(edition, spec.name, file.name, known_on)
    unstated = () if edition.origin == "ecfr" else ECFR_ONLY
    return Parsed(
        thing=THING,
        vintage_id=delivery.vintage_id or f"{edition.origin}-{known_on}",
        known_on=known_on,
        known_precision=delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=file.sha256,
        url=file.url,
        frame=frame.select(pl.col(name).cast(dtype) for name, dtype in thing.schema.items() if name not in unstated),
        columns=tuple(name for name in thing.columns if name not in unstated) if unstated else None,
        corrections=edition.repaired + corrected,
    )


def _read(file: DeliveredFile) -> _Edition:
    start = file.content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if re.match(rb"<!doctype html|<html", start, re.IGNORECASE):
        shown = start[:80].decode("utf-8", "replace")
        raise _error(file, "html_page", "A web page in place of the list.", "Fetch the file again.", [shown])
    if start.startswith(b"<"):
        stated, repaired = ecfr.read_xml(file.content, file.name)
        return _Edition(stated, "ecfr", repaired=repaired)
    if start.startswith(b"["):
        stated, repaired = ecfr.read_rows_json(file.content, file.name)
        return _Edition(stated, "ecfr", repaired=repaired)
    if start.startswith(b"{"):
        stated, made_on = csl.read_json(file.content, file.name)
        return _Edition(stated, "csl", made_on)
    header = start.splitlines()[0] if start else b""
    if header.startswith(b"Source List,"):
        return _Edition(bis_csv.read_csv(file.content, file.name), "bis")
    if b"federal_register_notice" in header:
        return _Edition(csl.read_csv(file.content, file.name), "csl")
    shown = header[:80].decode("utf-8", "replace")
    raise _error(file, "unknown_format", "None of the known formats.", "Compare with parse.py.", [shown])


def _typed(edition: _Edition, source: str, file: str, known_on: date) -> tuple[pl.DataFrame, tuple[Correction, ...]]:
    stated = edition.stated
    lost = garbled_names(stated)
    if lost:
        what, action = f"{len(lost)} parties' names lost characters on the way.", "Fetch the file again; do not guess."
        raise LandingError(what=what, action=action, source=source, file=file, rule="mojibake", rows=[*lost[:5]])
    printed = stated.select("position", addresses_printed=pl.col("addresses").list.join(" | "))
    entries = add_citations(add_wording(attach_lists(stated)))
    alternates = country_codes(stated, "alternate_countries", "alternate_country_codes")
    entries = add_countries(entries, source, file)
    for more in (printed, alternates):
        entries = entries.join(more, on="position", how="left", maintain_order="left")
    entries, corrected = apply_corrections(
        entries, load_corrections(source), source=source, thing=THING, file=file, known_on=known_on
    )
    entries = add_entry_key(entries).with_columns(
        list_code=pl.lit(LIST_CODE), first_citation_on=first_citation_on(pl.col("citation"))
    )
    return entries, corrected


def _date_in(name: str) -> date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", name)
    return date.fromisoformat(found.group()) if found else None


def _error(file: DeliveredFile, rule: str, what: str, action: str, rows: list[object] | None = None) -> LandingError:
    return LandingError(what=what, action=action, source="bis_entity_list", file=file.name, rule=rule, rows=rows or [])
