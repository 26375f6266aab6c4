"""Column 1 special: groups of programme indicators, each with its rate.

"Free (BH,CL) See 9822.04.05 (P+) 2.4% (KR)" -> Free for BH and CL, a reference for P+, 2.4 % for KR.

Belongs here: finding the groups. Does not belong here: who a programme is open to, or when.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.rate_language.rate import Rate
from pipelines.rate_language.reading import read_rate
from pipelines.rate_language.text import tidy

_CODE = r"[A-Z]{1,2}[+*#]?"
#: Indicators with commas between (or a dot, by mistake); at the end of a text the bracket may be missing.
_GROUP = re.compile(rf"\(\s*({_CODE}(?:\s*[,.]+\s*{_CODE})*)[\s,.]*(?:\)|$)")
_CODES = re.compile(_CODE)


@dataclass(frozen=True)
class Group:
    """Programmes that share a rate. text: the rate as printed, tidied."""

    programmes: tuple[str, ...]
    text: str
    rate: Rate


@dataclass(frozen=True)
class Special:
    """A text of the column: the groups in printed order, or one rate that names no programme."""

    groups: tuple[Group, ...]
    rate: Rate


def read_special(text: str | None) -> Special:
    """Take a text apart. The rate of the whole is `programmes` where all of it is groups, each with a rate."""
    plain, groups, at = tidy(text or ""), [], 0
    for found in _GROUP.finditer(plain):
        words = plain[at : found.start()].strip()
        rate = read_rate(words) if words else Rate("unread")
        groups.append(Group(tuple(_CODES.findall(found[1])), words, rate))
        at = found.end()
    rest = plain[at:].strip()
    if not groups:
        return Special((), read_rate(plain))
    is_whole = not rest and all(g.rate.kind != "unread" for g in groups)
    return Special(tuple(groups), Rate("programmes" if is_whole else "unread"))
