"""The data package of a release is one that Frictionless finds valid, down to its rows, keys and references."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from frictionless import Package

from pipelines.citation import Citation
from pipelines.files import sql_text, write_json
from pipelines.lineage import Column, Mart
from pipelines.release_papers import data_package, foreign_keys
from pipelines.release_tables import DATABASE, ReleasedTable, parquet_path
from tests.unit.rooms import toy_settings, toy_spec

COLUMNS = {
    "core.dim_action": {"action_id": "string", "bites_on": "date", "notice_days": "integer", "is_law": "boolean"},
    "core.fct_measure": {"action_id": "string", "rate": "double", "imports_usd": "bigint", "partner_code": "string"},
    "core.dim_partner": {"partner_code": "string", "checked_at": "timestamp"},
}
GRAINS = {"core.dim_action": ["action_id"], "core.fct_measure": ["action_id", "partner_code"]}
ROWS = {
    "core.dim_action": "('a', date '9999-12-31', null, true), ('b', null, -3, null)",
    "core.fct_measure": "('a', 0.1, 7, 'ALL'), ('b', null, null, '5700')",
    "core.dim_partner": "('5700', timestamp '2025-01-01 00:00:01')",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    marts = []
    with duckdb.connect(str(tmp_path / DATABASE)) as con:
        con.execute("create schema core")
        for table, columns in COLUMNS.items():
            described = [Column(name, kind, f"The {name}.", "", "somewhere") for name, kind in columns.items()]
            grain = GRAINS.get(table, ["partner_code"])
            schema, name = table.split(".")
            marts.append(mart := Mart(f"model.{table}", schema, name, f"Of {table}.", grain, described))
            con.execute(f"create table {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
            con.execute(f"insert into {table} values {ROWS[table]}")
            parquet_path(tmp_path, mart).parent.mkdir(parents=True, exist_ok=True)
            con.execute(f"copy {table} to {sql_text(parquet_path(tmp_path, mart))}")
    tables = {m.qualified: ReleasedTable("", ROWS[m.qualified].count("("), "0", 0) for m in marts}
    keys = foreign_keys(toy_settings(tmp_path), marts, tmp_path)
    citation = Citation("20250601T000000Z-00000000", date(2025, 6, 1))
    path = tmp_path / "datapackage.json"
    write_json(path, data_package(citation, marts, tables, keys, {"toy": toy_spec()}, tmp_path))
    return path


def test_frictionless_finds_it_valid(package: Path) -> None:
    found = Package.from_descriptor(str(package)).validate()
    assert found.valid, found.flatten(["name", "type", "note"])
    assert found.stats["tasks"] == 3


def test_frictionless_finds_a_row_that_is_not_referred_to(package: Path) -> None:
    """So that a valid package means something: the same package over another file is not valid."""
    row = "select 'c' as action_id, 0.1::double as rate, 7::bigint as imports_usd, '5700' as partner_code"
    file = package.parent / "parquet" / "core" / "fct_measure.parquet"
    with duckdb.connect() as con:
        con.execute(f"copy ({row} union all {row}) to {sql_text(file)}")
    errors = {kind for (kind,) in Package.from_descriptor(str(package)).validate().flatten(["type"])}
    assert errors == {"foreign-key", "primary-key"}


def test_a_reference_is_declared_where_it_holds(package: Path) -> None:
    schemas = {resource.name: resource.schema for resource in Package.from_descriptor(str(package)).resources}
    assert [key["fields"] for key in schemas["core_fct_measure"].foreign_keys] == [["action_id"]]  # ALL is no partner
    assert schemas["core_dim_partner"].foreign_keys == []
    assert schemas["core_fct_measure"].primary_key == ["action_id", "partner_code"]
