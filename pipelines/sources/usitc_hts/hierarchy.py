"""Indents -> the tree of the schedule: the nearest numbered ancestor, and the unnumbered texts on the way to it.

A row's superior is the nearest row above it with a smaller indent; a number is no guide, since about 6,000 rows of
every edition have none ("Other:", "Valued over $5 per pair:", "Articles the product of France or Germany:").

Belongs here: the walk over indents. Does not belong here: text rules, strictness about the file.
"""

from __future__ import annotations

import polars as pl

SEPARATOR = " > "


def with_ancestors(rows: pl.DataFrame) -> pl.DataFrame:
    """Numbered rows of a whole schedule, with their place in the tree.

    rows: every row in printed order; htsno (NULL where unnumbered), indent, description (canonical).
    Returns the numbered rows with all their columns, `parent_htsno` (NULL at the top), and `description` preceded by
    those of the unnumbered rows between the row and its parent, outermost first, separated by " > ".
    """
    superiors = _superiors(rows["indent"].to_list())
    number, text = rows["htsno"], rows["description"]
    # What a row hands to those below it: the row of the nearest number at or above it, and the texts since then.
    number_row: list[int | None] = list(range(rows.height))
    texts: list[str | None] = [None] * rows.height
    unnumbered = number.is_null().arg_true()
    for row, own in zip(unnumbered.to_list(), text.gather(unnumbered).to_list(), strict=True):
        above = superiors[row]
        number_row[row] = None if above is None else number_row[above]
        outer = None if above is None else texts[above]
        texts[row] = own if outer is None else f"{outer}{SEPARATOR}{own}"
    superior = pl.Series(superiors, dtype=pl.UInt32)
    parent = number.gather(pl.Series(number_row, dtype=pl.UInt32).gather(superior))
    prefix = pl.Series(texts, dtype=pl.String).gather(superior)
    folded = pl.concat_str("prefix", "description", separator=SEPARATOR, ignore_nulls=True)
    return (
        rows.with_columns(parent_htsno=parent, prefix=prefix)
        .filter(number.is_not_null())
        .with_columns(description=pl.when(pl.col("prefix").is_null()).then("description").otherwise(folded))
    )


def _superiors(indents: list[int]) -> list[int | None]:
    """For each row the nearest one above it with a smaller indent: a walk with a stack of the rows still open."""
    superiors: list[int | None] = []
    open_rows: list[int] = []
    for row, indent in enumerate(indents):
        while open_rows and indents[open_rows[-1]] >= indent:
            open_rows.pop()
        superiors.append(open_rows[-1] if open_rows else None)
        open_rows.append(row)
    return superiors
