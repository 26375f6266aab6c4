"""Facts follow raw file by file: a run after a restatement touches that file's rows and opens no other file.

Belongs here: the incremental strategy of macros/raw_file_increment.sql, run by dbt on a few hand-made raw files.
Does not belong here: what the models say (dbt unit tests beside them).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from tests.rules.repository import ROOT

#: Columns of raw import files beside partner, product and value.
REST = """
    'HS2' as product_level, date '2020-01-01' as period_start, 1 as period_months,
    null::bigint as import_value_general_usd, null::bigint as dutiable_value_usd, null::bigint as calculated_duty_usd,
    null::bigint as import_charges_usd, null::bigint as quantity_1, null as quantity_1_unit,
    date '2021-01-31' as known_from, date '9999-12-31' as known_to
"""


class Warehouse:
    """A work database fed from a folder of raw files, rebuilt by `run`."""

    def __init__(self, home: Path) -> None:
        self.raw, self.database, self.target = home / "raw", home / "work.duckdb", home / "target"
        self.options = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--quiet"]
        self.options += ["--target-path", str(self.target), "--log-path", str(home)]
        self.manifest: Any = None

    def write(self, file: str, partner: str, value: int) -> Path:
        """One raw file of imports ('<partition>/<fingerprint>') with one row."""
        path = self.raw / "census_imports__flows" / f"{file}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        row = (
            f"select '{partner}' as partner_code, '01' as product_code, {value}::bigint as import_value_consumption_usd"
        )
        duckdb.connect().execute(f"copy (select *, {REST} from ({row})) to '{path}'")
        return path

    def run(self, *select: str) -> None:
        """Run the selected models; the project is parsed once."""
        if self.manifest is None:
            self.manifest = dbtRunner().invoke(["parse", *self.options]).result
        answer = dbtRunner(manifest=self.manifest).invoke(["run", "--select", *select, *self.options])
        connections: Any = DuckDBConnectionManager
        connections.close_all_connections()  # dbt would hold the file until the process ends
        assert answer.success, answer.exception

    def rows(self) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as con:
            query = "select raw_file, partner_code, import_value_consumption_usd from core.fct_trade_flow order by all"
            return con.execute(query).fetchall()


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    made = Warehouse(tmp_path)
    monkeypatch.setenv("STATECRAFT_RAW", str(made.raw))
    monkeypatch.setenv("STATECRAFT_WORK_DATABASE", str(made.database))
    monkeypatch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    yield made


def test_only_changed_files_are_read_and_replaced(warehouse: Warehouse) -> None:
    warehouse.write("HS2-1-2020/aaaa", "1220", 100)
    restated = warehouse.write("HS2-1-2021/bbbb", "2010", 200)
    untouched = warehouse.write("HS2-1-2022/cccc", "5700", 300)
    warehouse.run("+fct_trade_flow")
    first = [("HS2-1-2020/aaaa", "1220", 100), ("HS2-1-2021/bbbb", "2010", 200), ("HS2-1-2022/cccc", "5700", 300)]
    assert warehouse.rows() == first

    # The untouched file is made unreadable: whoever opens it now, fails.
    untouched.write_bytes(b"not Parquet")
    restated.unlink()
    warehouse.write("HS2-1-2021/dddd", "2010", 250)
    warehouse.run("fct_trade_flow")
    assert warehouse.rows() == [first[0], ("HS2-1-2021/dddd", "2010", 250), first[2]]

    warehouse.run("fct_trade_flow")
    assert len(warehouse.rows()) == 3

    untouched.unlink()
    warehouse.run("fct_trade_flow")
    assert warehouse.rows() == [first[0], ("HS2-1-2021/dddd", "2010", 250)]
