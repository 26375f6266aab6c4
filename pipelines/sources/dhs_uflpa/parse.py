"""Page of the UFLPA Entity List -> its entries by sub-list, with the effective date printed beside each.

The page prints one table a sub-list, under the paragraph of section 2(d)(2)(B) the sub-list answers to; sub-lists
without parties have no table. A party may stand on two, so the sub-list is part of the key. Other names stand in
brackets after the name.

Belongs here: reading that page. Does not belong here: matching parties to those of other lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.list_identity import add_entry_key
from pipelines.formats.reference import decoded, refuse, single_file, whole_vintage

THING = "entries"
LIST_CODE = "US_DHS_UFLPA"
TITLE = "UFLPA Entity List"
#: Sub-lists that have had parties. The first is of parties in Xinjiang; the others do not say where theirs are.
SUBLISTS = {"i": "CN", "ii": None, "v": None}
_HEADS = (["Name of Entity", "Effective Date"], ["Entity Name", "Effective Date"])
_SECTION = re.compile(r"Section 2\(d\)\(2\)\(B\)\((i|ii|iv|v)\)")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_MARK = r"(?:also known as|formerly known as|(?:and|including) (?:\w+) alias(?:es)?:)"
_OTHER_NAMES = re.compile(rf"\s*\(({_MARK}.*)\)", re.IGNORECASE | re.DOTALL)
_SCOPE = re.compile(r",? and (?:its )?(?:[a-z-]+ )*(?:subsidiaries|affiliates|affiliated entities)\b.*$", re.IGNORECASE)
_TEXTS = {
    **dict.fromkeys(("country_code", "aliases", "former_names"), pl.String()),
    "aliases_announced": pl.Int32(),
}
_MOJIBAKE = re.compile("\ufffd|Ã[\u0080-\u00bf]|â€")


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole page. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    page = decoded(file, spec.name)
    rows = [row for sublist, table in _tables(page, file, spec.name) for row in _rows(sublist, table, file, spec.name)]
    entries = pl.DataFrame(rows, schema_overrides=_TEXTS)
    entries = entries.with_columns(position=pl.int_range(pl.len()), citation=pl.lit(None, pl.String))
    keyed = pl.concat([add_entry_key(one) for one in entries.partition_by("sublist_code", maintain_order=True)])
    keyed = keyed.with_columns(
        entry_key=pl.format("{}~{}", "entry_key", "sublist_code"),
        list_code=pl.lit(LIST_CODE),
        page_updated_printed=pl.lit(_updated(page), pl.String),
    )
    yield whole_vintage(delivery, spec, THING, keyed, stated_on=_date_in(file.name))


def _tables(page: str, file: DeliveredFile, source: str) -> Iterator[tuple[str, str]]:
    """(sub-list, its table). Raises LandingError: not_the_page, truncated_file, unknown_sublist, empty_list."""
    if TITLE not in page or not _SECTION.search(page):
        rows = [page.strip()[:80]]
        what, action = "Not the page of the list.", "Fetch it again; see whether DHS moved the page."
        raise refuse(file, source, "not_the_page", what, action, rows=rows)
    if "</html>" not in page or page.count("<table") != len(_TABLE.findall(page)):
        raise refuse(file, source, "truncated_file", "The page ends early.", "Fetch the file again.")
    found = []
    for table in _TABLE.finditer(page):
        sections = _SECTION.findall(page[: table.start()])
        found.append((sections[-1] if sections else "none", table.group()))
    names = [sublist for sublist, _ in found]
    if set(names) - set(SUBLISTS) or len(set(names)) != len(names):
        action = "Read which paragraph of the act it answers to, and add it to SUBLISTS."
        raise refuse(file, source, "unknown_sublist", "A table of an unknown sub-list.", action, rows=names)
    if set(SUBLISTS) - set(names):
        rows = sorted(set(SUBLISTS) - set(names))
        raise refuse(file, source, "empty_list", "A sub-list has no table.", "Compare with the page.", rows=rows)
    yield from found


def _rows(sublist: str, table: str, file: DeliveredFile, source: str) -> Iterator[dict[str, Any]]:
    """Raises LandingError: unknown_column, bad_cell, mojibake, alias_count."""
    lines = [
        [_text(cell) for cell in re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", line, re.DOTALL)]
        for line in re.findall(r"<tr\b[^>]*>(.*?)</tr>", table, re.DOTALL)
    ]
    if not lines or lines[0] not in _HEADS:
        action = "Compare with the page; a column came, went or moved."
        raise refuse(file, source, "unknown_column", "The table's head is not the known one.", action, rows=lines[:1])
    for line in lines[1:]:
        if len(line) != 2 or not line[0] or not re.fullmatch(r"[A-Z][a-z]+ \d{1,2}, \d{4}", line[1]):
            action = "Look at the row on the page."
            raise refuse(file, source, "bad_cell", "A row is not a name and a date.", action, rows=[line])
        if _MOJIBAKE.search(line[0]):
            what = "Characters were lost on the way."
            raise refuse(file, source, "mojibake", what, "Fetch the file again; do not guess.", rows=[line])
        name, aliases, former, rest = _names(line[0])
        announced = re.search(r"(?:and|including) (\w+) alias", line[0])
        if announced and _NUMBERS.get(announced.group(1)) != len(aliases):
            what = f"{announced.group(1)} aliases announced, {len(aliases)} read."
            raise refuse(file, source, "alias_count", what, "Look at the row on the page.", rows=[line])
        yield {
            "sublist_code": sublist,
            "country_code": SUBLISTS[sublist],
            "entity_name": name,
            "aliases": " | ".join(aliases) or None,
            "former_names": " | ".join(former) or None,
            "aliases_announced": _NUMBERS.get(announced.group(1)) if announced else None,
            "scope_note": rest or None,
            "effective_on": datetime.strptime(line[1], "%B %d, %Y").date(),
            "name_printed": line[0],
        }


_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}


def _names(printed: str) -> tuple[str, list[str], list[str], str]:
    """(name, other names, those of them no longer borne, what is said after them).

    "X (formerly known as W; also known as Y; and Z) and subsidiaries" is X, [W, Y, Z], [W], "subsidiaries".
    """
    found = _OTHER_NAMES.search(printed)
    name, inside, rest = (printed, "", "")
    if found:
        name, inside, rest = printed[: found.start()], found.group(1), printed[found.end() :]
    else:
        cut = _SCOPE.search(printed)
        if cut:
            name, rest = printed[: cut.start()], printed[cut.start() :]
    _, *told = re.split(rf"(?:;|,|\band\b)?\s*({_MARK})\s*", inside, flags=re.IGNORECASE)
    borne: dict[str, bool] = {}
    for mark, names in zip(told[::2], told[1::2], strict=True):
        pieces = (piece.strip(" ;") for piece in re.split(r";\s*(?:and\s+)?", names))
        borne |= {piece: not mark.lower().startswith("formerly") for piece in pieces if piece}
    former = [name for name, is_borne in borne.items() if not is_borne]
    return name.strip(" ,"), [*borne], former, re.sub(r"^,?\s*and\s+", "", rest).strip(" ,")


def _text(cell: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())


def _updated(page: str) -> str | None:
    found = re.search(r"Last Updated:\s*(?:</?\w[^>]*>\s*)*(\d{2}/\d{2}/\d{4})", page)
    return found.group(1) if found else None


def _date_in(name: str) -> date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", name)
    return date.fromisoformat(found.group()) if found else None
