"""Figures of an official text: the acts, statutes, headings, dockets and days it names, and how often.

No words of a text are kept: a mention is a kind and a number, a code or a day.

Belongs here: what can be told from the text alone. Does not belong here: where a text's own facts stand (the parse.py
of its source), what a mentioned act is (models).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

import polars as pl

#: Columns of a table of mentions, beside the text they stand in.
MENTIONS = {"mention_kind": pl.String(), "mention": pl.String(), "mentioned_times": pl.Int32()}
#: Statutes an act of trade policy may rest on -> how a text names them.
STATUTES = {
    "IEEPA": r"International Emergency Economic Powers Act|\b50 U\.S\.C\. 170[1-8]\b",
    "NEA": r"National Emergencies Act|\b50 U\.S\.C\. 16(?:01|2[12]|41|51)\b",
    "S232": r"section 232 of the Trade Expansion Act|\b19 U\.S\.C\. 1862\b",
    "S301": r"section 30[1-7](?:\([a-z0-9]+\))* of the Trade Act|\b19 U\.S\.C\. 241[1-7]\b",
    "S201": r"section 20[1-4](?:\([a-z0-9]+\))* of the Trade Act|\b19 U\.S\.C\. 225[1-4]\b",
    "S122": r"section 122 of the Trade Act|\b19 U\.S\.C\. 2132\b",
    "S338": r"section 338 of the Tariff Act|\b19 U\.S\.C\. 1338\b",
    "S604": r"section 604 of the Trade Act|\b19 U\.S\.C\. 2483\b",
    "S321": r"section 321(?:\([a-zA-Z0-9]+\))* of the Tariff Act|\b19 U\.S\.C\. 1321\b",
    "S318": r"section 318(?:\([a-z0-9]+\))* of the Tariff Act|\b19 U\.S\.C\. 1318\b",
    "ECRA": r"Export Control Reform Act|\b50 U\.S\.C\. 48[0-5][0-9]\b",
    "DPA": r"Defense Production Act|\b50 U\.S\.C\. 45[0-9]{2}\b",
    "AGOA": r"African Growth and Opportunity Act|\b19 U\.S\.C\. 2466",
}
_STATUTES = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in STATUTES.items()}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAY = rf"(?:{'|'.join(_MONTHS)}) [0-9]{{1,2}}, (?:19|20)[0-9]{{2}}"
#: What may stand between the word that says what a day is for, and the day: an hour, a zone, "on".
_HOUR = r"(?:12:01 ?a\.m\.,?)?[^.;:()0-9]{0,60}?"
#: Kind -> pattern of which the first group is a day.
_DAYS = {
    "day_on_or_after": re.compile(rf"\bon or after {_HOUR}({_DAY})"),
    "day_before": re.compile(rf"\b(?:before|prior to) {_HOUR}({_DAY})"),
    "day_until": re.compile(rf"\b(?:until|through) {_HOUR}({_DAY})"),
    "day_effective": re.compile(rf"\beffective (?:on |as of |at )?(?:12:01 ?a\.m\.,?)?[^.;:()0-9]{{0,30}}?({_DAY})"),
    "day_named": re.compile(rf"({_DAY})"),
}
_ACTS = {
    "EO": re.compile(r"\bExecutive Orders? ((?:[0-9]{4,5}(?:, and |, | and | or )?)+)"),
    "Proc": re.compile(r"\bProclamations? ((?:[0-9]{4,5}(?:, and |, | and | or )?)+)"),
}
_PATTERNS = {
    "order_of_day": re.compile(rf"\b(?:Executive Order|Proclamation) of ({_DAY})"),
    "register_citation": re.compile(r"\b([0-9]{2} (?:FR|Fed\. Reg\.) [0-9]{1,3},?[0-9]{1,3})\b"),
    "us_code": re.compile(r"\b([0-9]{1,2} U\.S\.C\. [0-9]{1,4}[a-z]?)\b"),
    "heading": re.compile(r"(?<![0-9.])([0-9]{4}\.[0-9]{2}(?:\.[0-9]{2}){0,2})(?![0-9.]*[0-9])"),
    "docket": re.compile(r"\b((?:USTR|BIS|USBP|DOC|ITA)-20[0-9]{2}-[0-9]{4})\b"),
}


def plain(text: str) -> str:
    """The text in one line: tags, marks of emphasis and escapes gone, every space a space."""
    return re.sub(r"\s+", " ", re.sub(r"</?[a-z][^<>]*>|[*_\\]", "", text)).strip()


def day_of(printed: str) -> date | None:
    """A day as 'April 5, 2025'; None where there is no such day."""
    try:
        return datetime.strptime(printed, "%B %d, %Y").date()
    except ValueError:
        return None


def mentions(text: str) -> Iterator[tuple[str, str, int]]:
    """(kind, what is named, how often) of a plain text, in the order of their names."""
    named: Counter[tuple[str, str]] = Counter(_named(text))
    for (kind, what), times in sorted(named.items()):
        yield kind, what, times


def _named(text: str) -> Iterator[tuple[str, str]]:
    for kind, pattern in _ACTS.items():
        for found in pattern.findall(text):
            yield from (("act", f"{kind} {number}") for number in re.findall(r"[0-9]+", found))
    for code, pattern in _STATUTES.items():
        yield from (("statute", code) for _ in pattern.findall(text))
    for kind, pattern in _DAYS.items():
        yield from ((kind, f"{day}") for day in map(day_of, pattern.findall(text)) if day)
    for kind, pattern in _PATTERNS.items():
        for found in pattern.findall(text):
            if kind == "order_of_day":
                day = day_of(found)
                yield from ((kind, f"{day}") for _ in (day,) if day)
            elif kind == "register_citation":
                yield kind, found.replace("Fed. Reg.", "FR").replace(",", "")
            else:
                yield kind, found


def mention_frame(key: str, texts: Iterable[tuple[str, Iterable[tuple[str, str, int]]]]) -> pl.DataFrame:
    """One row a text, kind and what is named, from (key of the text, its mentions)."""
    rows = [(name, *mention) for name, found in texts for mention in found]
    return pl.DataFrame(rows, schema={key: pl.String(), **MENTIONS}, orient="row")


def first_bite(found: Iterable[tuple[str, str, int]], since: date) -> date | None:
    """The first day from which a text says something applies ("on or after", else "effective") that is not before it.

    A text also names the first days of acts it recalls; those before the text itself are left.
    """
    days = [(kind, date.fromisoformat(day)) for kind, day, _ in found if kind in ("day_on_or_after", "day_effective")]
    for wanted in ("day_on_or_after", "day_effective"):
        later = [day for kind, day in days if kind == wanted and day >= since]
        if later:
            return min(later)
    return None
