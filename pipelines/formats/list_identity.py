"""A first identity for entries of lists whose publishers do not number them, or number them anew.

entry_key = "<country of the heading>:<letters and digits of the name>", for example "CN:32groupchinaltd"; "--" where
the list states no country. It is built from what all formats state and survives their typography: accents, case,
blanks, punctuation, quotes lost to "?", "Company Limited" against "Co., Ltd." or "Co.", "(f.k.a. ...)" inside a name, a
short name in brackets at its end. A former name, an alias or an address never enters it, so revising those does not
make a new entry. A changed name or heading does: that is reported as removal plus addition.

Several entries of one edition may share name and country (sub-entries, entries cited separately). The one with the
oldest citations keeps the plain key; the others get "~<volume>fr<page>" of their first citation ("~<volume>fr<issue>"
where a list cites issues), and "~2", "~3" ... where even that is equal.

Known limit: the eCFR lists a party once under every country it has an address in; BIS's CSV and the Consolidated
Screening List list it once, under the first. The further eCFR entries are closed by absence when the format changes.

Belongs here: keys. Does not belong here: matching parties across lists (policy_events.list_overlap).
"""

from __future__ import annotations

import polars as pl

#: Legal forms written in full or short. Only exact equivalents within one legal form.
_FORMS = {"company": "co", "limited": "ltd", "corporation": "corp", "incorporated": "inc", "private": "pvt"}
#: Formats differ in whether they print the "Ltd." of these two.
_OPTIONAL_LIMITED = r"\b(co|pvt) ltd$"
#: A short name in brackets at the end ("... Co., Ltd. (Huawei)"): one word that is no legal form.
_SHORT_NAME = r"\s*\([A-Za-z0-9&-]{3,}\)\s*$"
_OTHER_NAME = r"(?i)\((?:[afd]\.?\s?[kb]\.?\s?a)\b[^)]*\)|,\s*a\.k\.a\b.*$"


def name_root(name: pl.Expr) -> pl.Expr:
    """Letters and digits of a name: "Mesbah Energy Company" -> "mesbahenergyco", "Xi'an X Co., Ltd." -> "xianxco"."""
    words = (
        name.str.replace_all(_OTHER_NAME, " ")
        .str.replace(_SHORT_NAME, "")
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_all("&", " and ", literal=True)
        .str.replace_all(r"[^\p{L}\p{N}]+", " ")
        .str.strip_chars()
    )
    for full, short in _FORMS.items():
        words = words.str.replace_all(rf"\b{full}\b", short)
    return words.str.replace(_OPTIONAL_LIMITED, "$1").str.replace_all(" ", "", literal=True)


def add_entry_key(entries: pl.DataFrame) -> pl.DataFrame:
    """Adds entry_key, unique within the edition. Needs position, entity_name, country_code, citation, aliases."""
    base = pl.col("country_code").fill_null("--") + ":" + name_root(pl.col("entity_name"))
    first = pl.col("citation").str.extract_groups(r"^(\d+) FR (?:\(No\. )?(\d+)")
    suffix = pl.format("~{}fr{}", first.struct.field("1"), first.struct.field("2")).fill_null("~undated")
    return (
        entries.with_columns(_base=base, _suffix=suffix)
        .sort("_base", "citation", "aliases", "position", nulls_last=True)
        .with_columns(_rank=pl.int_range(pl.len()).over("_base"))
        .with_columns(
            _first=pl.col("_suffix").first().over("_base"),
            _again=pl.int_range(pl.len()).over("_base", "_suffix"),
        )
        .with_columns(
            entry_key=pl.when(pl.col("_rank") == 0)
            .then("_base")
            .when((pl.col("_suffix") != pl.col("_first")) & (pl.col("_again") == 0))
            .then(pl.col("_base") + pl.col("_suffix"))
            .otherwise(pl.format("{}{}~{}", "_base", "_suffix", pl.col("_again") + 1))
        )
        .drop("_base", "_suffix", "_rank", "_first", "_again")
        .sort("position")
    )
