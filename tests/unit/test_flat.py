"""What a query answers can be written as CSV, whatever its cells hold."""

from __future__ import annotations

import duckdb
import pytest

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
