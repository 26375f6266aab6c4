"""Publishers' files of lists of parties, written anew from the figures of the embedded pack.

The files themselves do not ship with the project; what they say does. Each writer takes the rows of one edition as raw
holds them and gives files that the source's own parser reads as these rows again, near enough to be damaged.

Belongs here: the formats, and which edition is written. Does not belong here: damages (test_damaged_lists.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from pipelines.formats import screening_list
from pipelines.settings import PROJECT_ROOT
from pipelines.sources.bis_denied_persons.parse import HEADER
from pipelines.sources.bis_entity_list.entity_text import NUMBERS
from pipelines.sources.ita_screening_list.parse import LISTS as FOUR_LISTS
from pipelines.sources.meti_end_users.parse import LISTS as METI_LISTS
from pipelines.sources.mofcom_lists.parse import LISTS as MOFCOM_LISTS
from pipelines.sources.ofac_sdn.parse import COUNTRIES as OFAC_COUNTRIES
from tests.faults.publishers_formats import ofac_file
from tests.unit.sources.ecfr_supplement import supplement_4

Rows = list[dict[str, Any]]
Files = dict[str, bytes]
_WORDS = {number: word for word, number in NUMBERS.items()}


@dataclass(frozen=True)
class ListFile:
    """One list source whose edition can be written.

    table: below sample/.  known_on: the day whose statements are written.  write: rows and the day they are served on
    -> files.  vintage: prefix of the vintage id.  shifting: the column that a shift moves against the names.
    """

    source: str
    table: str
    known_on: date
    write: Callable[[Rows, date], Files]
    vintage: str = ""
    shifting: str = "aliases"

    @cache  # noqa: B019 (a handful of frozen objects, for as long as the tests run)
    def rows(self) -> Rows:
        """The rows that stood on the day, in the order of raw."""
        held = pl.read_parquet(PROJECT_ROOT / "sample" / self.table)
        return held.filter(pl.col("known_from") <= self.known_on, pl.col("known_to") > self.known_on).to_dicts()


def _pieces(text: str | None, mark: str = " | ") -> list[str]:
    return text.split(mark) if text else []


def _ecfr(rows: Rows, day: date) -> Files:
    cells = []
    for row in rows:
        aliases, addresses = _pieces(row["aliases"]), "; and ".join(_pieces(row["addresses"]))
        entity = [f"{row['entity_name']}, {addresses}."]
        if aliases:
            noun = "alias" if len(aliases) == 1 else "aliases"
            count = _WORDS.get(len(aliases), str(len(aliases)))
            entity = [f"{row['entity_name']}, a.k.a., the following {count} {noun}:"]
            entity += [f"\u2014{alias}{'.' if alias is aliases[-1] else ';'}" for alias in aliases]
            entity.append(f"{addresses}.")
        terms = {name: [row[f"{column}_printed"]] for name, column in _TERMS.items() if row[f"{column}_printed"]}
        cells.append({"lr": [], "lp": [], "fr": [], **terms, "country": row["country_heading"], "entity": entity})
    cells.sort(key=lambda cell: str(cell["country"]))
    return {f"title-15_part-744_{day}.xml": supplement_4(cells)}


_TERMS = {"lr": "licence_requirement", "lp": "licence_policy", "fr": "citation"}


def _screening_list(rows: Rows, day: date) -> Files:
    names = {code: name for name, code in FOUR_LISTS.items()}
    results = [
        {
            **dict.fromkeys(screening_list.USED),
            "source": names[row["list_code"]],
            "name": row["entity_name"],
            "alt_names": _pieces(row["aliases"]),
            "addresses": [{"country": code} for code in _pieces(row["address_country_codes"], ",")],
            "programs": _pieces(row["programs"], "; "),
            "federal_register_notice": row["citation_printed"],
            "license_requirement": row["licence_requirement_printed"],
            "license_policy": row["licence_policy_printed"],
        }
        for row in rows
    ]
    document = {"search_performed_at": f"{day}T13:15:00+00:00", "results": results}
    return {"consolidated.json": json.dumps(document, ensure_ascii=False).encode()}


def _ofac(rows: Rows, day: date) -> Files:
    known = set(pl.read_csv(OFAC_COUNTRIES, infer_schema=False)["printed"])
    main: list[list[Any]] = []
    names: list[list[Any]] = []
    places: list[list[Any]] = []
    for row in rows:
        number = row["entity_number"]
        kind = None if row["kind"] == "entity" else row["kind"]
        programs = "] [".join(_pieces(row["programs"], "; "))
        main.append([number, row["entity_name"], kind, programs, row["title"], *[None] * 6, row["remarks"]])
        names += [[number, len(names) + i, "aka", alias, None] for i, alias in enumerate(_pieces(row["aliases"]))]
        for address in _pieces(row["addresses"]):
            street, _, country = address.rpartition(", ")
            printed = (street or None, None, country) if country in known else (address, None, None)
            places.append([number, len(places), *printed, None])
    return {
        "cons_prim.csv": ofac_file(main),
        "cons_alt.csv": ofac_file(names),
        "cons_add.csv": ofac_file(places),
    }


def _denied_persons(rows: Rows, day: date) -> Files:
    lines = ["\t".join(HEADER)]
    for row in rows:
        order = {
            "Name": row["entity_name"],
            "Street_Address": row["addresses"],
            "Country": row["country_code"],
            "Effective_Date": f"{row['effective_on']:%m/%d/%Y}",
            "Expiration_Date": f"{row['expires_on']:%m/%d/%Y}" if row["expires_on"] else None,
            "Standard_Order": {True: "Y", False: "N", None: None}[row["is_standard_order"]],
            "FR_Citation": row["citation_printed"],
        }
        lines.append("\t".join('"{}"'.format(str(order.get(name) or "").replace('"', '""')) for name in HEADER))
    return {"dpl.txt": ("\n".join(lines) + "\n").encode()}


def _uflpa(rows: Rows, day: date) -> Files:
    tables = ""
    for sublist in ("i", "ii", "v"):
        listed = [row for row in rows if row["sublist_code"] == sublist]
        cells = "".join(f"<tr><td>{r['name_printed']}</td><td>{r['effective_on']:%B %-d, %Y}</td></tr>" for r in listed)
        head = "<tr><th>Name of Entity</th><th>Effective Date</th></tr>"
        tables += f"<h3>Section 2(d)(2)(B)({sublist})</h3><table>{head}{cells}</table>"
    page = f"<!DOCTYPE html><html><title>UFLPA Entity List</title>{tables}</html>"
    return {f"uflpa_{day}.html": page.encode()}


def _compiled(lists: dict[str, str], country: str, said: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    codes = {code: name for name, code in lists.items()}

    def write(rows: Rows, day: date) -> Files:
        records = [
            {
                "list_id": codes[row["list_code"]],
                "source_list_name": codes[row["list_code"]],
                "id": row["number_printed"],
                "entity_name": row["entity_name"],
                "aliases": _pieces(row["aliases"]),
                "country": country,
                "entity_type": "organization",
                "reason": row["reason_printed"] or "-",
                "last_verified": f"{day}",
                **said(row),
            }
            for row in rows
        ]
        return {f"{country}.json": json.dumps(records, ensure_ascii=False).encode()}

    return write


def _announced(row: dict[str, Any]) -> dict[str, Any]:
    told = {"date_added": f"{row['announced_on']}", "source_url": row["announcement_url"]}
    return {**told, "addresses": _pieces(row["addresses"])}


def _headed(row: dict[str, Any]) -> dict[str, Any]:
    return {"date_added": None, "source_url": row["list_url"], "addresses": [row["country_heading"]]}


LISTS = {
    one.source: one
    for one in (
        ListFile("bis_entity_list", "bis_entity_list__entries/all.parquet", date(2023, 10, 30), _ecfr, "ecfr-"),
        ListFile("ita_screening_list", "ita_screening_list__entries/all.parquet", date(2026, 7, 31), _screening_list),
        ListFile("ofac_sdn", "ofac_sdn__entries/US_OFAC_CONS.parquet", date(2024, 8, 31), _ofac, "cons-"),
        ListFile(
            "bis_denied_persons",
            "bis_denied_persons__entries/all.parquet",
            date(2022, 9, 2),
            _denied_persons,
            "dpl-",
            "addresses",
        ),
        ListFile("dhs_uflpa", "dhs_uflpa__entries/all.parquet", date(2026, 7, 9), _uflpa, shifting=""),
        ListFile(
            "mofcom_lists",
            "mofcom_lists__entries/all.parquet",
            date(2026, 7, 19),
            _compiled(MOFCOM_LISTS, "cn", _announced),
        ),
        ListFile(
            "meti_end_users",
            "meti_end_users__entries/all.parquet",
            date(2026, 7, 19),
            _compiled(METI_LISTS, "jp", _headed),
        ),
    )
}
