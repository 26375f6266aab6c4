"""Legal forms however they were typed: misspelt, or with the words of the name between theirs.

Belongs here: taking forms off many names at once, which needs to see all their words. Does not belong here: forms as
they should stand, which need only the name itself (plain.core).
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from pipelines.names.plain import core_of_plain, forms, plain

#: A word of a form is recognised with one typing error, if it is long enough to be like no other word.
_SHORTEST_WORD, _LEAST_ALIKE = 5, 84
#: What it is misspelt as may have a letter less.
_SHORTEST_MISSPELT = 4
#: Forms of fewer words are not looked for in pieces, unless all of them are as long as the above.
_FEWEST_WORDS = 3


def without_forms(names: pl.DataFrame) -> pl.DataFrame:
    """(id, name) -> (id, plain, core) of the names that have any letter or digit.

    core: as plain.core, but for the words of forms that are misspelt ("Limted Liability Company X") or stand apart
    ("Joint X Stock Company"). Never empty.
    """
    spelled = names.select("id", plain=plain(pl.col("name"))).filter(pl.col("plain").str.len_chars() > 0)
    texts = spelled.select("plain").unique().sort("plain").with_row_index("row")
    words = texts.select("row", word=pl.col("plain").str.split(" ")).explode("word").with_row_index("place")
    repaired = words.join(_repairs(words["word"].unique().sort()), on="word", how="left").with_columns(
        word=pl.coalesce("meant", "word")
    )
    scattered = (
        repaired.select("row", "word")
        .unique()
        .join(_scattered_forms(), on="word")
        .filter(pl.len().over("row", "form") == pl.col("words"))
        .select("row", "word")
        .unique()
    )
    whole = _joined(repaired, "spelled")
    left = _joined(repaired.join(scattered, on=["row", "word"], how="anti"), "left")
    cores = (
        texts.join(whole, on="row")
        .join(left, on="row", how="left")
        .select("plain", core=core_of_plain(pl.coalesce("left", "spelled")))
    )
    return spelled.join(cores, on="plain", maintain_order="left")


def _joined(words: pl.DataFrame, name: str) -> pl.DataFrame:
    return words.sort("place").group_by("row", maintain_order=True).agg(pl.col("word").str.join(" ").alias(name))


def _repairs(words: pl.Series) -> pl.DataFrame:
    """(word, meant): of words that are one typing error away from a word of a legal form."""
    known = _form_words()
    unknown = words.filter((words.str.len_bytes() >= _SHORTEST_MISSPELT) & ~words.is_in(known.to_list()))
    alike = process.cdist(
        unknown.to_list(), known.to_list(), scorer=fuzz.ratio, score_cutoff=_LEAST_ALIKE, dtype=np.uint8, workers=-1
    )
    if not alike.size:
        return pl.DataFrame(schema={"word": pl.String, "meant": pl.String})
    return (
        pl.DataFrame({"word": unknown, "meant": known.gather(alike.argmax(axis=1)), "alike": alike.max(axis=1)})
        .filter(pl.col("alike") > 0)
        .select("word", "meant")
    )


@cache
def _form_words() -> pl.Series:
    """Words of forms that are dropped wherever they stand, long enough to be recognised misspelt."""
    words = forms().filter(pl.col("place") == "anywhere")["form"].str.split(" ").explode().unique().sort()
    return words.filter(words.str.len_bytes() >= _SHORTEST_WORD)


@cache
def _scattered_forms() -> pl.DataFrame:
    """(form, word, words): forms of several words, as many rows as distinct words; words: how many those are."""
    word = pl.col("word")
    return (
        forms()
        .filter(pl.col("place") == "anywhere")
        .select("form", word=pl.col("form").str.split(" ").list.unique())
        .with_columns(words=word.list.len(), shortest=word.list.eval(pl.element().str.len_bytes()).list.min())
        .filter((pl.col("words") >= _FEWEST_WORDS) | ((pl.col("words") > 1) & (pl.col("shortest") >= _SHORTEST_WORD)))
        .explode("word")
        .select("form", "word", "words")
    )
