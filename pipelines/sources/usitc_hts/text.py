"""Printed text -> canonical text: what two exports of the same schedule must agree on, letter for letter.

Five JSON and three CSV exports carry markup (`$1.13/m<sup>3</sup>` for `$1.13/m3`), and blanks, line feeds and
no-break spaces come and go between exports. Canonical text has neither, so that none of it looks like a change.
Punctuation, spelling and typographic letters are the publisher's and stay.

Belongs here: expressions over text columns. Does not belong here: what a text means.
"""

from __future__ import annotations

import html

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.sources.usitc_hts.refusals import refusal

#: Tags that start a new line in print: a blank in plain exports.
_BREAKS = r"</?(?:newline|nl|br)(?:\s[^<>]*)?/?>"
#: Tags that only change the look of letters: nothing in plain exports.
_LOOKS = r"</?(?:il|i|u|b|em|sup|sub|span)(?:\s[^<>]*)?/?>"
_ANY_TAG = r"</?[A-Za-z][^<>]*>"
_ENTITY = r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"
#: One space is left alone, anything else that is white is not: \s covers the no-break space.
_UNEVEN_WHITE = r"\s{2,}|[^\S ]"
_ZERO_WIDTH_SPACE = "\u200b"
#: What no canonical text has; only texts with one of these are worked on.
_SUSPECT = rf"[<&{_ZERO_WIDTH_SPACE}]|{_UNEVEN_WHITE}|^ | $"


def canonical(frame: pl.DataFrame, columns: list[str], spec: SourceSpec, file: str) -> pl.DataFrame:
    """`columns` of `frame` without markup, entities and uneven white space; blank becomes NULL.

    Raises LandingError unknown_markup for a tag that is not known to be a look or a line break.
    """
    frame = frame.with_columns(_tidied(frame[column], spec, file) for column in columns)
    return frame.with_columns(pl.when(pl.col(column) != "").then(column).alias(column) for column in columns)


def _tidied(texts: pl.Series, spec: SourceSpec, file: str) -> pl.Series:
    """Works on distinct texts and only where needed: rates repeat, and most texts are canonical already."""
    distinct = texts.unique()
    suspect = distinct.filter(distinct.str.contains(_SUSPECT))
    if suspect.is_empty():
        return texts
    tidy = (
        _without_markup(suspect, spec, file)
        .str.replace_all(_ZERO_WIDTH_SPACE, "", literal=True)
        .str.replace_all(_UNEVEN_WHITE, " ")
        .str.strip_chars(" ")
    )
    return texts.replace(suspect, tidy)


def plain_units(column: str) -> pl.Expr:
    """A canonical unit with its powers as plain digits: `m²` -> `m2` (both spellings occur in one export)."""
    return pl.col(column).str.replace_many(["²", "³"], ["2", "3"])


def _without_markup(texts: pl.Series, spec: SourceSpec, file: str) -> pl.Series:
    texts = texts.str.replace_all(_BREAKS, " ").str.replace_all(_LOOKS, "")
    unknown = texts.filter(texts.str.contains(_ANY_TAG))
    if len(unknown):
        what = f"{texts.name} has tags of an unknown kind."
        raise refusal(spec, file, "unknown_markup", what, unknown.sort().to_list())
    with_entities = texts.filter(texts.str.contains(_ENTITY))
    return texts.replace(with_entities, [html.unescape(text) for text in with_entities])
