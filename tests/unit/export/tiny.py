"""A release of two tables made by hand, with one of each kind of column and what is hard about each.

Belongs here: making it. Does not belong here: assertions.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipelines.files import sql_text, write_json
from pipelines.release import Release
from pipelines.release_tables import DATABASE, STORAGE_VERSION
from pipelines.settings import Settings

BUILD = "20260608T120000Z-0badcafe"
#: Column -> type, unit, description, source.
COLUMNS = {
    "hts10": ("varchar", "", "Ten-digit line.", "htsno (USITC)"),
    "description": ("varchar", "", "Full text of the line.", "description (USITC)"),
    "import_value_consumption_usd": ("bigint", "US dollars", "Imports for consumption.", "CON_VAL_MO (Census)"),
    "period_months": ("integer", "months", "Length of the period.", "time (Census)"),
    "total_rate": ("double", "fraction of customs value", "Duty rate.", "worked out"),
    "is_provisional": ("boolean", "", "Whether it may still be restated.", "known_from"),
    "valid_from": ("date", "", "First day on which it holds.", "release (USITC)"),
    "valid_to": ("date", "", "Day on which it no longer holds.", "release (USITC)"),
    "checked_at": ("timestamp", "", "When it was checked.", "record of the pipeline"),
    "a_name_that_is_longer_than_stata_allows_usd": ("bigint", "US dollars", "Long in name.", "nowhere"),
}
LONG_TEXT = "steel — " * 400
ROWS = [
    "('0101210010', 'Horses, \"live\"', 5000000000, 1, 0.25, true, date '2018-08-07', date '9999-12-31',"
    " timestamp '2026-06-08 01:02:03', 7)",
    f"('7208100000', {sql_text(LONG_TEXT)}, null, 12, null, null, date '1899-12-31', date '2025-04-09', null, null)",
]


def tiny_release(settings: Settings) -> Release:
    """A complete release folder below the settings' releases, and `latest` on it."""
    folder = settings.releases / BUILD
    folder.mkdir(parents=True)
    with duckdb.connect() as con:
        database = sql_text(folder / DATABASE)
        con.execute(f"attach {database} as r (storage_version {sql_text(STORAGE_VERSION)})")
        con.execute("use r")
        con.execute("create schema core")
        con.execute("create schema provenance")
        con.execute(f"create table core.fct_line ({', '.join(f'{c} {t}' for c, (t, *_) in COLUMNS.items())})")
        con.execute(f"insert into core.fct_line values {', '.join(ROWS)}")
        con.execute("comment on table core.fct_line is 'Lines with what was paid.'")
        con.execute("create table core.dim_partner as select '5700' as partner_code, 'China' as partner_name")
        con.execute("comment on table core.dim_partner is 'Partners.'")
        dictionary = ", ".join(f"{c} varchar" for c in ("schema_name", "table_name", "column_name", "source_columns"))
        con.execute(f"create table provenance.column_dictionary ({dictionary})")
        for column, (_, unit, description, source) in COLUMNS.items():
            comment = f"{description} Unit: {unit}." if unit else description
            con.execute(f"comment on column core.fct_line.{column} is {sql_text(comment)}")
            con.execute("insert into provenance.column_dictionary values ('core', 'fct_line', ?, ?)", [column, source])
    made = datetime(2026, 6, 8, 12, tzinfo=UTC)
    tables = {"core.fct_line": {"fingerprint": "1", "rows": 2, "sha256": "0", "bytes": 0}}
    write_json(folder / "build.json", {"build_id": BUILD, "state": "0", "created_at": made, "tables": tables})
    resource = {"name": "core_fct_line", "schema": {"primaryKey": ["hts10", "valid_from"]}}
    write_json(folder / "datapackage.json", {"resources": [resource]})
    (settings.releases / "latest").symlink_to(BUILD)
    return Release(BUILD, folder, "0", made, {}, True)


def line(path: Path, sql: str) -> Path:
    """A .sql file."""
    path.write_text(sql, encoding="utf-8")
    return path
