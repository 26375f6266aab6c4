"""Tables the pipeline itself lays beside raw: its own record, law as rows, and rate texts read.

Belongs here: which there are, and writing all of them. Does not belong here: what is in them (ledger.py, law/,
rate_tables.py).
"""

from __future__ import annotations

from pipelines import ledger, rate_tables
from pipelines.contract import SourceSpec
from pipelines.law import read as law
from pipelines.lineage import Lineage
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

#: Table -> what it holds.
TABLES = {**ledger.TABLES, **law.TABLES, **rate_tables.TABLES}


def write(settings: Settings, specs: dict[str, SourceSpec], lineage: Lineage) -> None:
    """Publish them below raw/; unchanged ones are left alone. Raises StatecraftError for law that may not be used."""
    ledger.write(settings, specs, lineage)
    warehouse = Warehouse(settings)
    for name, frame in law.tables().items():
        warehouse.write_own_table(name, frame)
    rate_tables.write(settings)
