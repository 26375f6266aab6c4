"""Census import answers -> `flows` and `controls`.

Belongs here: how import fields are called. Does not belong here: the format itself (pipelines/formats/census_api.py).

quantity_1 and import charges are those of imports for consumption: the same entries as the duty and the dutiable value.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.formats import census_api

DIALECT = census_api.Dialect(
    commodities=("I_COMMODITY", "NAICS"),
    levels={
        "HS2": "HS2",
        "HS4": "HS4",
        "HS6": "HS6",
        "HS10": "HTS10",
        "NA3": "NAICS3",
        "NA6": "NAICS6",
    },
    measures={
        "CON_VAL": "import_value_consumption_usd",
        "GEN_VAL": "import_value_general_usd",
        "DUT_VAL": "dutiable_value_usd",
        "CAL_DUT": "calculated_duty_usd",
        "CON_CHA": "import_charges_usd",
    },
    quantity="CON_QY1",
)


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """Vintages of import flows and control totals; see census_api.parse."""
    yield from census_api.parse(delivery, spec, DIALECT)
