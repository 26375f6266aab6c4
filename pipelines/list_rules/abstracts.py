"""What a rule's own abstract says it adds to and removes from the Entity List, as numbers.

"adding 49 entities under 52 entries to the Entity List", "adding twenty-four entities", "adding 29 entries (26 entities
and 3 addresses)", "removes from the Entity List one entity listed in three entries". Where the abstract counts its
destinations ("China (42), Estonia (1)"), their sum is the number of entries, for an entry stands under a destination.
A number that is not printed is NULL; nothing is inferred from a title.

Belongs here: reading numbers in abstracts. Does not belong here: whether the log agrees (the models).
"""

from __future__ import annotations

import polars as pl

LIST_CODE = "US_BIS_EL"
_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_ONES, 1)} | {"a": 1, "an": 1}
_WORDS |= {ten: 10 * place for place, ten in enumerate(_TENS, 2)}
_WORDS |= {f"{ten}-{one}": 10 * place + n for place, ten in enumerate(_TENS, 2) for n, one in enumerate(_ONES[:9], 1)}

_N = r"(\d+|[a-z]+(?:-[a-z]+)?)"
_UNIT = r"(?:entity|entities)"
_LIST = r"(?:the )?Entity List"
#: A number, a word or two between ("inadvertently omitted"), the unit, and what it is under.
_ADDS = rf"(?i)\badd(?:s|ing) {_N}(?: \(\d+\))?(?: [a-z]+){{0,2}}? {_UNIT}(?: under {_N} entr(?:y|ies))? to {_LIST}"
_ADDS_ENTRIES = rf"(?i)\badd(?:s|ing) {_N} entries \({_N} entities and {_N} addresses\) to {_LIST}"
_MOVES = rf"(?i)\bremoving {_N} persons from the Unverified List \(UVL\) and adding them to {_LIST}"
_REMOVES = rf"(?i)\bremov(?:es|ing) {_N}(?: \(\d+\))? {_UNIT} from {_LIST}"
_REMOVES_FROM = rf"(?i)\bremoves from {_LIST} {_N} {_UNIT}"
#: A rule on this list alone may not name it again.
_REMOVES_UNDER = rf"(?i)\bremoving {_N} {_UNIT} under the destination"
_DESTINATIONS = (
    r"(?is)\badd(?:s|ing) .*?destinations? of (.*?\(\d+\).*?)(?:\. (?:These|This|Some|Two|In addition|Of)|\.?$)"
)

COUNTS = pl.Schema(
    {
        "document_number": pl.String(),
        "list_code": pl.String(),
        "stated_entity_count": pl.Int64(),
        "stated_entry_count": pl.Int64(),
        "stated_destination_count": pl.Int64(),
        "stated_removed_count": pl.Int64(),
    }
)


def counts(documents: pl.DataFrame) -> pl.DataFrame:
    """(document_number, title, abstract) -> COUNTS, one row a document whose abstract prints a number."""
    added = pl.coalesce(_number(_ADDS_ENTRIES, 2), _number(_MOVES), _number(_ADDS))
    is_alone = pl.col("title").str.contains("Entity List", literal=True)
    placed = pl.col("abstract").str.extract(_DESTINATIONS, 1).str.extract_all(r"\(\d+\)")
    summed = placed.list.eval(pl.element().str.strip_chars("()").cast(pl.Int64)).list.sum()
    return (
        documents.filter(pl.col("abstract").is_not_null())
        .select(
            "document_number",
            list_code=pl.lit(LIST_CODE),
            stated_entity_count=added,
            stated_entry_count=pl.coalesce(_number(_ADDS_ENTRIES), _number(_ADDS, 2)),
            stated_destination_count=pl.when(added.is_not_null() & (summed > 0)).then(summed),
            stated_removed_count=pl.coalesce(
                _number(_REMOVES), _number(_REMOVES_FROM), pl.when(is_alone).then(_number(_REMOVES_UNDER))
            ),
        )
        .cast(COUNTS)
        .filter(pl.any_horizontal(pl.col("stated_entity_count", "stated_removed_count").is_not_null()))
        .sort("document_number")
    )


def _number(pattern: str, group: int = 1) -> pl.Expr:
    """Figures or words that a pattern finds in the abstract, as a number; NULL for any other word."""
    word = pl.col("abstract").str.extract(pattern, group).str.to_lowercase()
    written = word.replace_strict(_WORDS, default=None, return_dtype=pl.Int64)
    return pl.coalesce(word.cast(pl.Int64, strict=False), written)
