"""The full text of a notice or rule, in the Register's XML -> its figures, and what it names.

Belongs here: where the document's own facts stand in the XML. Does not belong here: what a text names
(formats/legal_text.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.legal_text import day_of, mention_frame, mentions, plain
from pipelines.formats.reference import decoded, refuse, single_file

#: Root of the XML -> kind of document.
KINDS = {"NOTICE": "notice", "RULE": "rule", "PRORULE": "proposed_rule"}
_NUMBER = re.compile(r"FR Doc\. ([A-Z0-9]+-[0-9]+(?:-[0-9]+)?) Filed ([0-9]{1,2}-[0-9]{1,2}-[0-9]{2})")
_DAY = re.compile(r"([A-Z][a-z]+ [0-9]{1,2}, [0-9]{4})")
_LISTED = re.compile(r"^[0-9]{4}(?:\.[0-9]{2}){1,3}$")
#: What a line of DATES is about -> the words that tell, the first that match.
DATES = (
    ("day_appearance_due", re.compile(r"request\w* to appear|notif\w+ of intent to (?:appear|testify)", re.IGNORECASE)),
    ("day_rebuttal_due", re.compile(r"rebuttal|post-hearing", re.IGNORECASE)),
    ("day_comments_open", re.compile(r"comment period opens|docket opens", re.IGNORECASE)),
    ("day_comments_due", re.compile(r"comments", re.IGNORECASE)),
    ("day_hearing", re.compile(r"hearing", re.IGNORECASE)),
    ("day_in_effect", re.compile(r"effective|applicab|takes effect", re.IGNORECASE)),
)


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """The document and what it names, as one vintage each. Raises LandingError (runbook of source.yml)."""
    file = single_file(delivery, spec.name)
    root = _root(file, spec)
    number, filed_on = _number(root, file, spec)
    known_on = delivery.known_on or file.published_on
    if known_on is None:
        raise refuse(file, spec.name, "known_on_missing", "The text tells no day of publication.", "Pass --known-on.")
    text = plain(" ".join(_outside_tables(root)))
    dated = list(_dates(root))
    listed = _listed(root)
    found = [*mentions(text), *((kind, f"{day}", 1) for kind, day in dict.fromkeys(dated))]
    found += [("heading_listed", heading, times) for heading, times in listed]
    days = {kind: min(day for other, day in dated if other == kind) for kind, _ in dated}
    pages = [int(mark.get("P", "0")) for mark in root.iter("PRTPAGE") if mark.get("P", "").isdigit()]
    facts = {
        "document_number": number,
        "document_kind": KINDS[root.tag],
        "title": _said(root, "SUBJECT"),
        "agency": _said(root, "AGENCY"),
        "action": (_said(root, "ACT") or "").removeprefix("ACTION:").strip() or None,
        "docket_numbers": (_said(root, "DEPDOC") or "").strip("[]") or None,
        "filed_on": filed_on,
        "comments_open_on": days.get("day_comments_open"),
        "comments_due_on": days.get("day_comments_due"),
        "appearance_due_on": days.get("day_appearance_due"),
        "hearing_on": days.get("day_hearing"),
        "effective_on": days.get("day_in_effect"),
        # The page a text begins on is not marked; the first mark is the next page.
        "first_page": min(pages) - 1 if pages else None,
        "last_page": max(pages) if pages else None,
        "heading_count": sum(1 for mark in root.iter("HD") if (mark.get("SOURCE") or "").startswith("HD")),
        "table_count": sum(1 for _ in root.iter("GPOTABLE")),
        "table_row_count": sum(1 for _ in root.iter("ROW")),
        "image_count": sum(1 for _ in root.iter("GID")),
        "listed_number_count": len(listed),
        "word_count": len(text.split()),
        "text_sha256": file.sha256,
    }
    things = {"notices": pl.DataFrame([facts]), "mentions": mention_frame("document_number", [(number, found)])}
    for thing, frame in things.items():
        yield Parsed(
            thing=thing,
            vintage_id=delivery.vintage_id or number,
            known_on=known_on,
            known_precision=delivery.known_precision,
            sequence=delivery.sequence or 0,
            sha256=file.sha256,
            url=file.url,
            frame=frame.select(pl.col(name).cast(kind) for name, kind in spec.things[thing].schema.items()),
            cells=pl.DataFrame({"document_number": [number]}),
        )


def _root(file: DeliveredFile, spec: SourceSpec) -> Element:
    text = decoded(file, spec.name)
    if "<!ENTITY" in text:
        raise refuse(file, spec.name, "unknown_format", "It declares entities.", "Look at its first bytes.")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        what = f"Not readable to its end: {error}."
        raise refuse(file, spec.name, "truncated_file", what, "Fetch the file again.") from None
    if root.tag not in KINDS:
        what = f"The root is {root.tag}, and no notice or rule."
        raise refuse(file, spec.name, "unknown_format", what, "Compare with KINDS in parse.py.")
    return root


def _number(root: Element, file: DeliveredFile, spec: SourceSpec) -> tuple[str, date]:
    """The document's number, and the day it was filed for public inspection."""
    found = _NUMBER.search(_said(root, "FRDOC") or "")
    if found is None:
        raise refuse(file, spec.name, "number_missing", "FRDOC names no document.", "Look at the end of the file.")
    return found[1], datetime.strptime(found[2], "%m-%d-%y").date()


def _said(root: Element, tag: str) -> str | None:
    found = root.find(f".//{tag}")
    return plain(" ".join(found.itertext())) or None if found is not None else None


def _outside_tables(element: Element) -> Iterator[str]:
    """The words of a text; what its tables list is told apart."""
    if element.tag != "GPOTABLE":
        yield element.text or ""
        for child in element:
            yield from _outside_tables(child)
            yield child.tail or ""


def _dates(root: Element) -> Iterator[tuple[str, date]]:
    """(what it is for, day) of every day the section DATES prints, line by line."""
    for line in root.findall(".//DATES/P"):
        said = plain(" ".join(line.itertext()))
        kind = next((kind for kind, words in DATES if words.search(said)), None)
        yield from ((kind, day) for day in map(day_of, _DAY.findall(said)) if kind and day)


def _listed(root: Element) -> list[tuple[str, int]]:
    """Numbers of the tariff schedule that stand first in a row of a table, and in how many rows."""
    first = [plain(" ".join(row[0].itertext())) for row in root.iter("ROW") if len(row)]
    numbers = pl.Series("number", [number for number in first if _LISTED.match(number)], dtype=pl.String())
    return numbers.value_counts().sort("number").rows() if len(numbers) else []
