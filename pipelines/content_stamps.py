"""What tables of a database hold, as short stamps: equal stamps mean equal rows, in whatever order.

Belongs here: stamping. Does not belong here: what follows from a stamp (build_record.py, postgres/push.py).
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from pipelines.files import duck, one_row, sha256_of, sql_name, sql_text
from pipelines.lineage import Lineage
from pipelines.settings import Settings


def stamps(settings: Settings, lineage: Lineage, unique_ids: Iterable[str]) -> dict[str, str]:
    """Unique id -> stamp of the table's columns and rows. None on Spark, whose tables are built anew."""
    wanted = list(unique_ids) if settings.engine == "duckdb" else []
    if not wanted:
        return {}
    made = {}
    with duck(settings) as con:
        con.execute(f"attach {sql_text(settings.work_database)} as work (read_only)")
        for unique_id in wanted:
            node = lineage.nodes[unique_id]
            table = f"work.{sql_name(node['schema'])}.{sql_name(node.get('alias') or node['name'])}"
            made[unique_id] = stamp(con, table)
    return made


def stamp(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """Stamp of one table's columns and rows."""
    columns = con.execute(f"describe {table}").fetchall()
    # Two sums, for rows that come twice cancel out in the first.
    rows = one_row(con, f"select count(*), bit_xor(hash(t)), sum(hash(t)::hugeint) from {table} as t")
    return sha256_of(repr((columns, rows)).encode())[:16]
