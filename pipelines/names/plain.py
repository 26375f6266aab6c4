"""A name reduced to what two people who write it differently would both write.

plain: small Latin letters, digits and single blanks. core: that without legal forms. token_key: core's words sorted.

Belongs here: Polars expressions over a column of names. Does not belong here: comparing two names (match.py).

Letters of other scripts are romanised one by one (anyascii); Chinese characters and Korean syllables become words of
their own, since neither script puts blanks where a Latin spelling may or may not. Nothing is translated.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
from anyascii import anyascii

#: Legal forms as plain text. A file of its own because no library of them installs without a C++ toolchain, and because
#: lists write forms out in Latin letters of other languages ("aktsionernoe obshchestvo", "youxian gongsi").
LEGAL_FORMS = Path(__file__).with_name("legal_forms.csv")
_FOREIGN = r"[^\x00-\x7f]"
_SYLLABIC = r"[\p{Han}\p{Hangul}]"
#: Longest form that may also be printed with a blank after each letter ("S. p. A.").
_LONGEST_INITIALS = 5


def plain(name: pl.Expr) -> pl.Expr:
    """Text in small Latin letters, digits and single blanks; NULL stays NULL, a name without either becomes "".

    "Xi'an  S.p.A. & Söhne" -> "xian spa and sohne". An apostrophe joins, any other sign parts; full stops after single
    letters vanish, so that initials are one word.
    """
    return (
        name.map_batches(_romanised, return_dtype=pl.String)
        .str.to_lowercase()
        .str.replace_all(r"['`]", "")
        .str.replace_all("&", " and ", literal=True)
        .str.replace_all(r"\b([a-z])\.([a-z]{2,})", "$1 $2")
        .str.replace_all(r"\b([a-z])\.", "$1")
        .str.replace_all(r"[^a-z0-9]+", " ")
        .str.strip_chars(" ")
    )


def core(name: pl.Expr) -> pl.Expr:
    """`plain` without legal forms, words in order; `plain` itself where nothing else would be left.

    "OOO Garant-SV" -> "garant sv"; "Sin-Mex Importadora, S.A. de C.V." -> "sin mex importadora".
    """
    return core_of_plain(plain(name))


def core_of_plain(text: pl.Expr) -> pl.Expr:
    """`core` of what is plain already."""
    anywhere, first, last = _patterns()
    bare = (
        text.str.replace_all(anywhere, " ")
        .str.replace_all(" +", " ")
        .str.strip_chars(" ")
        .str.replace(last, "")
        .str.replace(first, "")
        .str.strip_chars(" ")
    )
    return pl.when(bare.str.contains("[a-z0-9]").fill_null(True)).then(bare).otherwise(text)


def token_key(name: pl.Expr) -> pl.Expr:
    """The words of `core` sorted and joined by a blank: one text for every order of the words."""
    return token_key_of_core(core(name))


def token_key_of_core(text: pl.Expr) -> pl.Expr:
    """`token_key` of what is core already."""
    return text.str.split(" ").list.sort().list.join(" ")


def _romanised(names: pl.Series) -> pl.Series:
    """Letters of other scripts in Latin ones. Every distinct letter is looked up once, whatever the number of rows."""
    composed = names.str.normalize("NFKC")
    signs = composed.str.extract_all(_FOREIGN).explode().drop_nulls().unique().sort()
    if signs.is_empty():
        return composed
    latin = pl.Series([anyascii(sign) for sign in signs], dtype=pl.String)
    with_blanks = pl.select(
        pl.when(pl.lit(signs).str.contains(_SYLLABIC)).then(" " + pl.lit(latin) + " ").otherwise(pl.lit(latin))
    ).to_series()
    return composed.str.replace_many(signs.to_list(), with_blanks.to_list())


@cache
def forms() -> pl.DataFrame:
    """Legal forms: form (plain text), stands_for (its kind), place (anywhere, first, last, ends), language."""
    return pl.read_csv(LEGAL_FORMS)


@cache
def _patterns() -> tuple[str, str, str]:
    """Regular expressions of forms dropped anywhere, at the beginning, and at the end of a name."""
    written = forms().with_columns(
        initials=pl.when((pl.col("form").str.len_chars() <= _LONGEST_INITIALS) & (pl.col("place") != "anywhere")).then(
            pl.col("form").str.replace_all("([a-z])", "$1 ").str.replace_all(" +", " ").str.strip_chars(" ")
        )
    )
    spelled = (
        pl.concat([written.select("place", "form"), written.select("place", form="initials")])
        .drop_nulls("form")
        .unique()
        .sort(pl.col("form").str.len_chars(), "form", descending=[True, False])
    )
    anywhere = "|".join(spelled.filter(pl.col("place") == "anywhere")["form"])
    first = "|".join(spelled.filter(pl.col("place").is_in(["first", "ends"]))["form"])
    last = "|".join(spelled.filter(pl.col("place").is_in(["last", "ends"]))["form"])
    return rf"\b(?:{anywhere})\b", rf"^(?:(?:{first}) )+", rf"(?: (?:{last}))+$"
