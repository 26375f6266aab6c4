"""Consolidated Screening List -> four lists the project has from nowhere else, as one typed vintage.

US_BIS_UVL, US_BIS_MEU, US_ISN, US_DDTC_DTC. The Entity List has a source of its own (bis_entity_list), which reads the
same file by the same reader.

Belongs here: citations and programmes of these lists, and their codes. Does not belong here: the file's layouts
(pipelines/formats/screening_list.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.list_countries import add_countries
from pipelines.formats.list_identity import add_entry_key
from pipelines.formats.list_text import address_text, alias_text, garbled_names, name_tidied, tidied
from pipelines.formats.reference import refuse, single_file, whole_vintage
from pipelines.formats.screening_list import DEBARRED, MILITARY_END_USERS, NONPROLIFERATION, UNVERIFIED, Reader

THING = "entries"
RULES = Path(__file__).with_name("rules.csv")
LISTS = {
    UNVERIFIED: "US_BIS_UVL",
    MILITARY_END_USERS: "US_BIS_MEU",
    NONPROLIFERATION: "US_ISN",
    DEBARRED: "US_DDTC_DTC",
}
#: The list of military end users began on 2020-12-23; files before that day do not hold it.
YOUNGER = (MILITARY_END_USERS,)
#: "85 FR 83799", "79 FR 35210 corrected by 79 FR 37384", "Vol. 59, No. 44, 03/07/1994"
_PAGE = r"^(\d+) FR (\d+)"
_ISSUE = r"^Vol\. (\d+), No\. (\d+), (\d{2})/(\d{2})/(\d{4}|\d{2})$"


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the four lists. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    records, made_on = _read(file, spec.name)
    entries = _typed(records, file, spec.name)
    yield whole_vintage(delivery, spec, THING, entries, stated_on=made_on or _date_in(file.name))


def _read(file: DeliveredFile, source: str) -> tuple[pl.DataFrame, date | None]:
    reader = Reader(source, file.name, tuple(LISTS), YOUNGER)
    start = file.content[:400].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        rows = [start[:80].decode("utf-8", "replace")]
        raise refuse(file, source, "html_page", "A web page in place of the list.", "Fetch the file again.", rows=rows)
    if start.startswith(b"{"):
        return reader.json(file.content)
    if b"federal_register_notice" in (start.splitlines() or [b""])[0]:
        return reader.csv(file.content), None
    raise refuse(file, source, "unknown_format", "Neither of the publisher's layouts.", "Compare with parse.py.")


def _typed(records: pl.DataFrame, file: DeliveredFile, source: str) -> pl.DataFrame:
    lost = garbled_names(records)
    if lost:
        what = f"{len(lost)} parties' names lost characters on the way."
        raise refuse(file, source, "mojibake", what, "Fetch the file again; do not guess.", rows=lost)
    lists = records.select("position", alias="aliases", address="addresses")
    aliases = alias_text(lists.select("position", "alias").explode("alias"))
    addresses = address_text(lists.select("position", "address").explode("address"))
    entries = (
        records.drop("aliases", "addresses")
        .with_columns(
            list_code=pl.col("source").replace_strict(LISTS),
            entity_name=name_tidied(pl.col("entity_name")),
            programs=tidied(pl.col("programs")),
            licence_requirement=tidied(pl.col("licence_requirement_printed")),
            licence_policy=tidied(pl.col("licence_policy_printed")),
        )
        .join(aliases, on="position", how="left", maintain_order="left")
        .join(addresses.rename({"addresses": "addresses_printed"}), on="position", how="left", maintain_order="left")
    )
    entries = add_countries(_cited(entries), source, file.name)
    keyed = pl.concat([add_entry_key(one) for one in entries.partition_by("list_code", maintain_order=True)])
    return keyed.sort("position")


def _cited(entries: pl.DataFrame) -> pl.DataFrame:
    """Adds citation (canonical) and first_citation_on (printed, or known of the notice)."""
    page = pl.col("citation_printed").str.extract_groups(_PAGE)
    issue = pl.col("citation_printed").str.extract_groups(_ISSUE)
    year = issue.struct.field("5").cast(pl.Int32)
    full = pl.when(year > 99).then(year).when(year >= 60).then(1900 + year).otherwise(2000 + year)
    printed_on = pl.concat_str(full, issue.struct.field("3"), issue.struct.field("4"), separator="-")
    rules = pl.read_csv(RULES, infer_schema=False).select("citation", "published_on")
    return (
        entries.with_columns(
            _cited=pl.format("{} FR {}", page.struct.field("1"), page.struct.field("2")),
            _issued=pl.format("{} FR (No. {}), {}", issue.struct.field("1"), issue.struct.field("2"), printed_on),
            _printed_on=printed_on,
        )
        .join(rules, left_on="_cited", right_on="citation", how="left", maintain_order="left")
        .with_columns(
            citation=pl.coalesce(pl.format("{}, {}", "_cited", "published_on"), "_cited", "_issued"),
            first_citation_on=pl.coalesce("published_on", "_printed_on").str.to_date("%Y-%m-%d"),
        )
        .drop("_cited", "_issued", "_printed_on", "published_on")
    )


def _date_in(name: str) -> date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", name)
    return date.fromisoformat(found.group()) if found else None
