"""What a query answers can be written as a file, whatever its cells hold, or is refused in words."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest
from rich.console import Console

from pipelines.cli.look import Format, write_frame
from pipelines.errors import QueryError
from pipelines.flat import flat


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("null::integer[]", ""),
        ("[]::integer[]", '""'),
        ("[1, 2]", "1; 2"),
        ("['a', null, 'b;c']", "a; b;c"),
        ("[date '2025-02-04']", "2025-02-04"),
        ("[[1], [2, 3]]", '"[[1], [2, 3]]"'),
        ("[1, 2]::integer[2]", '"[1, 2]"'),
        ("{'line': '7208', 'rate': 0.25}", "\"{'line': 7208, 'rate': 0.25}\""),
        ("[{'a': 1}]", "[{'a': 1}]"),
        ("map {'k': 1}", "{k=1}"),
        ("'ab'::blob", "ab"),
        ("1.50::decimal(10, 2)", "1.50"),
    ],
)
def test_every_cell_has_a_text(value: str, cell: str) -> None:
    with duckdb.connect() as con:
        frame = con.sql(f"select 7 as other, {value} as cell union all select 8, null").pl()
    assert flat(frame).write_csv() == f"other,cell\n7,{cell}\n8,\n"


def test_names_that_differ_in_case_are_two() -> None:
    frame = pl.DataFrame({"a": [[[1]]], "A": [[[2]]]})
    assert flat(frame).write_csv() == "a,A\n[[1]],[[2]]\n"


@pytest.mark.parametrize("format", [Format.csv, Format.parquet])
def test_bytes_are_written(tmp_path: Path, format: Format) -> None:
    write_frame(Console(), pl.DataFrame({"a": [b"ab"]}), format, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size


def test_a_file_stands_where_what_should_replace_it_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("[]")
    with pytest.raises(QueryError, match="cannot be shown") as refused:
        write_frame(Console(), pl.DataFrame({"a": [b"ab"]}), Format.json, tmp_path / "out.json")
    assert "column::text" in refused.value.action and (tmp_path / "out.json").read_text() == "[]"
