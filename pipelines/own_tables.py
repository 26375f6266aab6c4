"""Tables the pipeline itself lays beside raw: its record, law as rows, texts and citations read, identity and reach of
listed parties, scenarios.

Belongs here: which there are, and writing all of them. Does not belong here: what is in them (ledger.py, law/,
rate_tables.py, identity/, list_rules/, ownership/,
scenarios/).
"""

from __future__ import annotations

from pipelines import ledger, rate_tables
from pipelines.contract import SourceSpec
from pipelines.identity import tables as identity
from pipelines.law import read as law
from pipelines.lineage import Lineage
from pipelines.list_rules import tables as list_rules
from pipelines.ownership import tables as ownership
from pipelines.scenarios import tables as scenarios
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

#: Table -> what it holds.
TABLES = {
    **ledger.TABLES,
    **law.TABLES,
    **rate_tables.TABLES,
    **identity.TABLES,
    **list_rules.TABLES,
    **ownership.TABLES,
    **scenarios.TABLES,
}


def write(settings: Settings, specs: dict[str, SourceSpec], lineage: Lineage) -> None:
    """Publish them below raw/; unchanged ones are left alone. Raises StatecraftError for law that may not be used."""
    ledger.write(settings, specs, lineage)
    warehouse = Warehouse(settings)
    for name, frame in {**law.tables(), **scenarios.tables(scenarios.shipped())}.items():
        warehouse.write_own_table(name, frame)
    rate_tables.write(settings)
    identity.write(settings, specs)
    list_rules.write(settings)
    ownership.write(settings)
