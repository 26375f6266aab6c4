"""Which listed names are near which asked names: candidates by shared letter groups, scores by edit distance.

Belongs here: one set against another, in bulk. Does not belong here: how a name is reduced (plain.py), where names come
from, and what a score is good for: that is the caller's threshold, measured in docs/methods/screening.md.

1. Both sides become distinct cores (forms.py): what is the same but for case, signs, script and legal form is compared
   once.
2. Every word gives its groups of three letters, with its beginning and end marked. Of an asked name its rarest groups
   are looked up in the listed ones; a pair that shares enough of them is a candidate. Common groups decide nothing and
   cost most, so they are not asked.
3. Pairs that differ in more letters than the score allows are dropped unseen: which letters a name has, and has twice,
   is one number, and the bits in which two such numbers differ are a lower bound of the insertions and deletions.
4. A candidate's score is 1 less what must be inserted and deleted to make one text of the other, over the letters of
   both, after the words both have were put first: so the order of words does not count, and blanks are tried as none.
   Words that differ altogether and numbers that differ weigh more than letters do: "Plant 12" is not "Plant 15".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from pipelines.names.forms import without_forms
from pipelines.names.plain import token_key_of_core

#: Letter groups of an asked name that are looked up, rarest first: one typing error spoils 3 or 4 of them.
GROUPS_ASKED = 14
#: A group is not looked up once those before it lead to this many listed names, unless it is among the rarest few.
ENOUGH_NAMES, FEWEST_GROUPS = 5_000, 6
#: Of an asked name's groups looked up, the least part a candidate shares.
LEAST_SHARED = 0.3
#: Listed names an asked name is scored against at most: those that share the rarest groups.
MOST_CANDIDATES = 40
#: Letters of a word that are looked up: what is longer is no word of a name but something that slipped into the file.
LONGEST_WORD = 60
#: Asked names looked up at once; bounds memory.
BATCH = 10_000
#: Taken from the score where words of the two have nothing in common, and where their numbers differ.
OTHER_WORDS, OTHER_NUMBERS = 0.15, 0.12
#: Taken for every word more that one of the two has, where it has all words of the other: "VEB Engineering" is not the
#: misspelt "Engineering".
WORD_MORE = 0.05
#: Taken where the names differ in what core leaves out: legal form, order, signs. Tells near from equal.
OTHER_FORM = 0.02

Frame = pl.DataFrame
#: Letters and digits with the bit of each.
_SIGNS = list(enumerate("abcdefghijklmnopqrstuvwxyz0123456789"))
#: More than there are rows on either side.
_ROWS = 2**32


def best_matches(asked: Frame, listed: Frame, *, least_score: float, per_asked: int, workers: int = -1) -> Frame:
    """Pairs (asked_id, listed_id, score) of at least `least_score`, the best `per_asked` of each asked id.

    asked, listed: columns id (any type, unique) and name (text; NULL and names without a letter match nothing).
    least_score: 0 to 1; below about 0.7 candidates are missed.  workers: threads for scoring, -1 for all.
    score: 1 where the names are the same text (plain.plain); 0.98 or more where they are but for legal form and the
    order of words. Sorted by asked_id, score descending, listed_id. Raises ValueError for other columns.
    """
    found = list(matches_by_batch(asked, listed, least_score=least_score, workers=workers))
    pairs = pl.concat(found) if found else _no_pairs(asked, listed)
    return pairs.sort("asked_id", "score", "listed_id", descending=[False, True, False]).filter(
        pl.int_range(pl.len()).over("asked_id") < per_asked
    )


def matches_by_batch(asked: Frame, listed: Frame, *, least_score: float, workers: int = -1) -> Iterator[Frame]:
    """Every pair of at least `least_score`, a batch of asked names at a time: for work that tells how far it is."""
    for frame in (asked, listed):
        if set(frame.columns) != {"id", "name"}:
            raise ValueError(f"a set of names has columns id and name, not {frame.columns}")
    wanted, held = without_forms(asked), without_forms(listed)
    cores = _cores(held)
    index = _index(cores)
    questions = _cores(wanted)
    for start in range(0, questions.height, BATCH):
        batch = questions.slice(start, BATCH)
        pairs = _scored(_candidates(batch, cores, index, least_score), batch, cores, least_score, workers)
        yield _of_names(pairs, batch, cores, wanted, held, least_score, workers)


def _cores(spelled: Frame) -> Frame:
    """Distinct cores, numbered: (row, core, words, tight, letters, numbers, signs, size).

    tight: the core without blanks.  letters: its length.  signs: a bit for each letter and digit that it has, and for
    each letter that it has twice.  size: letters and words, more than any text made of them is long.
    """
    return (
        spelled.select("core")
        .unique()
        .sort("core")
        .with_row_index("row")
        .with_columns(
            words=token_key_of_core(pl.col("core")).str.split(" "),
            tight=pl.col("core").str.replace_all(" ", "", literal=True),
        )
        .with_columns(
            letters=pl.col("tight").str.len_chars(),
            numbers=pl.col("core").str.extract_all(r"\d+").list.sort().list.join(" "),
            # A word that stands twice counts once, as it does in the score.
            _each=pl.col("words").list.unique().list.join(""),
        )
        .with_columns(
            signs=pl.sum_horizontal(
                [pl.col("_each").str.contains(sign, literal=True) * pl.lit(2**bit, pl.UInt64) for bit, sign in _SIGNS]
                + [
                    (pl.col("_each").str.count_matches(sign, literal=True) > 1) * pl.lit(2 ** (bit + 36), pl.UInt64)
                    for bit, sign in _SIGNS[:26]
                ]
            ),
            size=pl.col("letters") + pl.col("words").list.len(),
        )
        .drop("_each")
    )


def _groups(cores: Frame) -> Frame:
    """(row, group): groups of three letters of each word, its beginning and end marked."""
    marked = cores.select("row", word=pl.col("words")).explode("word").with_columns(word="^" + pl.col("word") + "$")
    sized = marked.with_columns(size=pl.col("word").str.len_bytes())
    longest = sized.select(pl.col("size").max()).item() or 0
    parts = [
        sized.filter(pl.col("size") >= at + 3).select("row", group=pl.col("word").str.slice(at, 3))
        for at in range(min(longest, LONGEST_WORD) - 2)
    ]
    return pl.concat(parts).unique() if parts else pl.DataFrame(schema={"row": pl.UInt32, "group": pl.String})


def _index(cores: Frame) -> tuple[Frame, Frame]:
    """The groups of the listed names with how many names have them, and the names of each group."""
    held = _groups(cores)
    known = held.group_by("group").agg(names=pl.len()).sort("names", "group").with_row_index("group_row")
    of_group = held.join(known.select("group", "group_row"), on="group").select("group_row", listed="row")
    sides = cores.select(listed="row", listed_letters="letters", listed_signs="signs", listed_size="size")
    return known, of_group.join(sides, on="listed")


def _candidates(batch: Frame, cores: Frame, index: tuple[Frame, Frame], least_score: float) -> Frame:
    """(asked, listed): pairs of rows worth scoring."""
    known, of_group = index
    looked_up = (
        _groups(batch)
        .join(known, on="group")
        .sort("row", "group_row")
        .filter(pl.int_range(pl.len()).over("row") < GROUPS_ASKED)
        .filter(
            (pl.col("names").cum_sum().over("row") <= ENOUGH_NAMES)
            | (pl.int_range(pl.len()).over("row") < FEWEST_GROUPS)
        )
        .with_columns(
            needed=(pl.len().over("row") * LEAST_SHARED).ceil(),
            weight=(cores.height / pl.col("names")).log().cast(pl.Float32) + 1,
        )
        .join(batch.select("row", "letters", "signs", "size"), on="row")
    )
    shorter, longer = pl.min_horizontal("letters", "listed_letters"), pl.max_horizontal("letters", "listed_letters")
    different_signs = (pl.col("signs") ^ pl.col("listed_signs")).bitwise_count_ones()
    return (
        looked_up.lazy()
        .join(of_group.lazy(), on="group_row")
        # Two texts of which one is much longer cannot reach the score, whatever their letters.
        .filter(2 * shorter >= least_score * (shorter + longer))
        .filter(different_signs <= (1 - least_score) * (pl.col("size") + pl.col("listed_size")))
        # One number a pair is grouped in half the time of two.
        .select(_pair(pl.col("row"), pl.col("listed")), "weight", "needed")
        .group_by("pair")
        .agg(pl.len(), pl.col("needed").first(), pl.col("weight").sum())
        .filter(pl.col("len") >= pl.col("needed"))
        .select(
            "weight", asked=(pl.col("pair") // _ROWS).cast(pl.UInt32), listed=(pl.col("pair") % _ROWS).cast(pl.UInt32)
        )
        .collect(engine="streaming")
        .sort("asked", "weight", "listed", descending=[False, True, False])
        .filter(pl.int_range(pl.len()).over("asked") < MOST_CANDIDATES)
        .select("asked", "listed")
    )


def _pair(asked: pl.Expr, listed: pl.Expr) -> pl.Expr:
    return (asked.cast(pl.UInt64) * _ROWS + listed.cast(pl.UInt64)).alias("pair")


def _scored(pairs: Frame, batch: Frame, cores: Frame, least_score: float, workers: int) -> Frame:
    """(asked, listed, score) of pairs of rows, by their cores alone."""
    columns = ["core", "words", "numbers", "tight"]
    both = pairs.join(batch.select(pl.col("row").alias("asked"), *columns), on="asked").join(
        cores.select(listed="row", **{f"listed_{name}": pl.col(name) for name in columns}), on="listed"
    )
    shared = pl.col("words").list.set_intersection("listed_words").list.sort()
    rest = pl.col("words").list.set_difference("listed_words").list.sort()
    listed_rest = pl.col("listed_words").list.set_difference("words").list.sort()
    both = both.with_columns(
        rest=rest.list.join(" "),
        listed_rest=listed_rest.list.join(" "),
        ordered=pl.concat_list(shared, rest).list.join(" "),
        listed_ordered=pl.concat_list(shared, listed_rest).list.join(" "),
    )
    alike = pl.Series(_ratios(both["ordered"], both["listed_ordered"], workers))
    as_one = pl.Series(_ratios(both["tight"], both["listed_tight"], workers))
    of_rest = pl.Series(_ratios(both["rest"], both["listed_rest"], workers))
    one_has_none = (pl.col("rest") == "") | (pl.col("listed_rest") == "")
    unlike = pl.when(one_has_none).then(0.0).otherwise(1 - of_rest)
    sizes = pl.col("words").list.len().cast(pl.Int32), pl.col("listed_words").list.len().cast(pl.Int32)
    words_more = pl.when(one_has_none).then((sizes[0] - sizes[1]).abs()).otherwise(0).cast(pl.Float32)
    other_numbers = (pl.col("numbers") != pl.col("listed_numbers")).cast(pl.Float32)
    score = (
        pl.max_horizontal(alike - OTHER_WORDS * unlike, as_one) - WORD_MORE * words_more - OTHER_NUMBERS * other_numbers
    )
    return both.select("asked", "listed", score=score).filter(pl.col("score") >= least_score)


def _ratios(left: pl.Series, right: pl.Series, workers: int) -> Any:
    """1 less insertions and deletions over the letters of both, pair by pair."""
    return process.cpdist(left.to_list(), right.to_list(), scorer=fuzz.ratio, workers=workers, dtype=np.float32) / 100


def _of_names(
    pairs: Frame, batch: Frame, cores: Frame, wanted: Frame, held: Frame, least_score: float, workers: int
) -> Frame:
    """Pairs of cores as pairs of the names they were made of, the score lowered where the names differ otherwise."""
    named = (
        pairs.join(batch.select(asked="row", core="core"), on="asked")
        .join(wanted.select("core", asked_id="id", asked_plain="plain"), on="core")
        .drop("core")
        .join(cores.select(listed="row", core="core"), on="listed")
        .join(held.select("core", listed_id="id", listed_plain="plain"), on="core")
    )
    form = pl.Series(_ratios(named["asked_plain"], named["listed_plain"], workers))
    return (
        named.with_columns(score=pl.col("score") - OTHER_FORM * (1 - form))
        .filter(pl.col("score") >= least_score)
        .select("asked_id", "listed_id", pl.col("score").cast(pl.Float64).round(4))
    )


def _no_pairs(asked: Frame, listed: Frame) -> Frame:
    return pl.DataFrame(
        [
            pl.Series("asked_id", dtype=asked.schema["id"]),
            pl.Series("listed_id", dtype=listed.schema["id"]),
            pl.Series("score", dtype=pl.Float64),
        ]
    )
