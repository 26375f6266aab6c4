"""Names that are printed twice in one: in two scripts, or with their letters in brackets.

Belongs here: the spellings of one printed name. Does not belong here: other names of a party (aliases are data).
"""

from __future__ import annotations

import polars as pl

_HAN = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\u30fc]"
#: Capitals in brackets, as lists print a party's short form: "Nuclear Power Institute of China (NPIC)". Fewer of them
#: are a place, which tells one party of a group from another: "(UK)", "(HK)", "(UAE)".
_SHORT_FORM = r"\s*\([A-Z0-9&-]{4,8}\)"
#: Signs around what is left of a name when the rest is taken out.
_AROUND = ' ,;:-\u2014\u300c\u300d\uff08\uff09()\u201c\u201d"'
#: A part is a name of its own if it is at least as long: "L3" of "L3哈里斯海事服务公司" is none.
_SHORTEST_LATIN, _SHORTEST_HAN = 5, 4


def spellings(names: pl.DataFrame) -> pl.DataFrame:
    """(id, name) -> (id, name) with a row for every spelling of the name, itself among them; none twice.

    "Korea Kwangsong Trading Corporation (朝鮮光星貿易会社)" gives itself, its Latin part and its Chinese one.
    """
    name = pl.col("name")
    both = name.str.contains(_HAN) & name.str.contains("[A-Za-z]")
    latin = name.str.replace_all(_HAN, " ").str.replace_all(r"\s+", " ").str.strip_chars(_AROUND)
    han = name.str.extract_all(_HAN).list.join("")
    parts = [
        names.select("id", "name"),
        names.filter(name.str.contains(_SHORT_FORM)).select("id", name=name.str.replace_all(_SHORT_FORM, "")),
        names.filter(both & (latin.str.len_chars() >= _SHORTEST_LATIN)).select("id", name=latin),
        names.filter(both & (han.str.len_chars() >= _SHORTEST_HAN)).select("id", name=han),
    ]
    return pl.concat(parts).unique(maintain_order=True)
