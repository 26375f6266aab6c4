"""Names of variables as Stata allows them.

Belongs here: shortening and keeping apart. Does not belong here: the file (stata.py).
"""

from __future__ import annotations

import re

LONGEST = 32
#: Words Stata keeps for itself (those with digits in them apart).
RESERVED = {"byte", "double", "float", "if", "in", "int", "long", "str", "strL", "using", "with"}
RESERVED |= {"_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_skip"}
_STRING_TYPE = re.compile(r"str\d+")


def stata_names(names: list[str]) -> list[str]:
    """Each as Stata allows it: letters, digits, underscores, 32 at most, no reserved word, no two alike.

    A longer name keeps its beginning and its last word, which says the unit (`_usd`, `_share`).
    """
    given: list[str] = []
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII) or "_"
        plain = f"_{plain}" if plain[0].isdigit() else plain
        if plain in RESERVED or _STRING_TYPE.fullmatch(plain):
            plain += "_"
        short, number = _cut(plain, LONGEST), 1
        while short in given:
            number += 1
            short = f"{_cut(plain, LONGEST - 1 - len(str(number)))}_{number}"
        given.append(short)
    return given


def _cut(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    last = name[name.rfind("_") :] if "_" in name else ""
    if len(last) > longest // 2:
        last = ""
    return name[: longest - len(last)].rstrip("_") + last
