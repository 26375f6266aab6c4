"""Census export answers -> `flows` and `controls`.

Belongs here: how export fields are called. Does not belong here: the format itself (pipelines/formats/census_api.py).

Ten-digit export codes are Schedule B, not the tariff schedule: they share six digits, no more (SB10, never HTS10).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.formats import census_api

DIALECT = census_api.Dialect(
    commodities=("E_COMMODITY", "NAICS"),
    levels={"HS2": "HS2", "HS4": "HS4", "HS6": "HS6", "HS10": "SB10", "NA3": "NAICS3", "NA6": "NAICS6"},
    measures={"ALL_VAL": "export_value_fas_usd"},
    quantity="QTY_1",
)


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """Vintages of export flows and control totals; see census_api.parse."""
    yield from census_api.parse(delivery, spec, DIALECT)
