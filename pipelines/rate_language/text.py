"""Texts as the grammar wants them: single blanks, no markup, known misprints mended.

Belongs here: what is the same for every column. Does not belong here: meaning.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

REPAIRS = Path(__file__).with_name("repairs.csv")
_MARKUP = re.compile(r"<[^>]*>")
#: After the rate: a footnote's number ("6.5% 1/"), a full stop, a stray sign or a second bracket.
_TRAILING_MARK = re.compile(r"((?<=[%a-z])( ?\d*/|`)|(?<=%)\.|(?<=content)\.|(?<=subheading)\.|(?<=\))\))$")


@cache
def repairs() -> tuple[tuple[str, str], ...]:
    """Misprints and what was meant, in the order they are mended."""
    with REPAIRS.open(encoding="utf-8", newline="") as file:
        return tuple((row["printed"], row["meant"]) for row in csv.DictReader(file))


def tidy(text: str) -> str:
    """The text with single blanks, without markup, footnote marks and known misprints."""
    plain = " ".join(_MARKUP.sub("", text).split())
    for printed, meant in repairs():
        if printed in plain:
            plain = plain.replace(printed, meant)
    return _TRAILING_MARK.sub("", plain).strip()
