"""A frame as CSV can hold it: a text, number, day or truth value in every cell.

Belongs here: what becomes of cells that hold more. Does not belong here: writing files.
"""

from __future__ import annotations

import duckdb
import polars as pl


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists are their values with "; " between; what nests deeper, and bytes, is the text DuckDB has for it."""
    lists = {name for name, kind in frame.schema.items() if isinstance(kind, pl.List) and _fits(kind.inner)}
    others = [name for name, kind in frame.schema.items() if name not in lists and not _fits(kind)]
    if others:
        frame = frame.with_columns(_as_text(frame.select(others)))
    return frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join("; ", ignore_nulls=True))


def _fits(kind: object) -> bool:
    return isinstance(kind, pl.DataType) and not kind.is_nested() and kind != pl.Binary


def _as_text(nested: pl.DataFrame) -> pl.DataFrame:
    """Every column as DuckDB writes it in CSV."""
    places = [f"c{place}" for place in range(nested.width)]  # to DuckDB, names that differ in case are one
    with duckdb.connect() as con:
        con.register("nested", nested.rename(dict(zip(nested.columns, places, strict=True))))
        columns = ", ".join(f"cast({place} as varchar) as {place}" for place in places)
        texts: pl.DataFrame = con.sql(f"select {columns} from nested").pl()
    return texts.rename(dict(zip(places, nested.columns, strict=True)))
