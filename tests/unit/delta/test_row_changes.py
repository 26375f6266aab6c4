"""A delta applied to the older state of a table gives the newer: with a key, without one, or with one not unique."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.row_changes import CHANGED, WHOLE, Table, applied, compare, rows_sha256

SCHEMA = {"code": pl.String, "day": pl.Date, "value": pl.Float64, "note": pl.String, "raw_file": pl.String}
STATES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from([date(2025, 1, 1), date(9999, 12, 31)]),
        st.sampled_from([0.0, 0.1, -1.5, None]),
        st.sampled_from(["", "x", None]),
        st.sampled_from(["f1", "f2"]),
    ),
    max_size=8,
)


def written(rows: list[tuple[Any, ...]], path: Path) -> Path:
    pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(path)
    return path


def content(rows: list[tuple[Any, ...]]) -> list[str]:
    return sorted(repr(row[:-1]) for row in rows)  # raw_file is no content


@settings(deadline=None, max_examples=60)
@given(old=STATES, new=STATES, key=st.sampled_from([[], ["code"], ["code", "day"]]), unique=st.booleans())
def test_a_delta_applied_gives_the_newer_state(
    old: list[tuple[Any, ...]], new: list[tuple[Any, ...]], key: list[str], unique: bool
) -> None:
    if unique:
        old, new = ([*{row[:2]: row for row in rows}.values()] for rows in (old, new))
    with tempfile.TemporaryDirectory() as name, duckdb.connect() as con:
        folder = Path(name)
        table = Table(key, written(old, folder / "old.parquet"), written(new, folder / "new.parquet"))
        counts = compare(con, table, folder / "delta")
        made = applied(con, table.old, folder / "delta", key)
        con.execute(f"copy ({made}) to '{folder / 'made.parquet'}'")
        assert rows_sha256(con, folder / "made.parquet") == rows_sha256(con, table.new)
        rebuilt = con.execute(made).fetchall()
        assert sorted(map(repr, rebuilt)) == content(new)
        assert len(old) - counts["removed"] + counts["added"] == len(new)
        assert (counts == {"added": 0, "changed": 0, "removed": 0}) == (content(old) == content(new))
        if unique and key == ["code", "day"]:
            both = {row[:2] for row in old} & {row[:2] for row in new}
            assert counts["added"] == len(new) - len(both) and counts["removed"] == len(old) - len(both)


def test_a_changed_row_tells_what_it_was_and_is(tmp_path: Path) -> None:
    day = date(2025, 1, 1)
    old = written([("a", day, 0.1, "x", "f1"), ("b", day, 1.0, None, "f1")], tmp_path / "old.parquet")
    new = written([("a", day, 0.2, "x", "f2"), ("b", day, 1.0, None, "f2")], tmp_path / "new.parquet")
    with duckdb.connect() as con:
        counts = compare(con, Table(["code", "day"], old, new), tmp_path / "delta")
    assert counts == {"added": 0, "changed": 1, "removed": 0}
    [row] = pl.read_parquet(tmp_path / "delta" / CHANGED).to_dicts()
    kept = {"code": "a", "day": day, "value__before": 0.1, "value__after": 0.2}
    assert row == {**kept, "note__before": "x", "note__after": "x"}


def test_other_columns_mean_the_table_whole(tmp_path: Path) -> None:
    old = written([("a", date(2025, 1, 1), 0.1, "x", "f1")], tmp_path / "old.parquet")
    other = pl.read_parquet(old).rename({"note": "remark"}).with_columns(pl.col("value").cast(pl.Int64))
    other.write_parquet(tmp_path / "new.parquet")
    with duckdb.connect() as con:
        said = compare(con, Table(["code"], old, tmp_path / "new.parquet"), tmp_path / "delta")
        assert said == {"columns_added": ["remark", "value"], "columns_removed": ["note", "value"]}
    whole = tmp_path / "delta" / WHOLE
    assert pl.read_parquet(whole).equals(other) and not whole.samefile(tmp_path / "new.parquet")


def test_the_sum_of_rows_is_of_content_and_not_of_order_or_storage(tmp_path: Path) -> None:
    day = date(2025, 1, 1)
    one, two = ("a", day, 0.1, "x", "f1"), ("b", day, None, "", "f1")
    states: list[list[tuple[Any, ...]]] = [
        [one, two],
        [two, (*one[:-1], "f2")],
        [one, (*two[:3], None, "f1")],
        [one],
        [one, two, two],
        [],
    ]
    with duckdb.connect() as con:
        sums = [rows_sha256(con, written(rows, tmp_path / f"{at}.parquet")) for at, rows in enumerate(states)]
    assert sums[0] == sums[1] and len(set(sums)) == len(states) - 1
