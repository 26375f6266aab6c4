"""Census imports -> `flows`, `controls` and, from bulk files, `claims`.

Belongs here: how import fields are called, and telling answers of the API from bulk files. Does not belong here: the
API's format (pipelines/formats/census_api.py), the bulk file's (bulk.py).

quantity_1 and import charges are those of imports for consumption: the same entries as the duty and the dutiable value.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Delivery, Parsed, SourceSpec
from pipelines.formats import census_api
from pipelines.formats.census_files import refuse
from pipelines.sources.census_imports.bulk import is_bulk, parse_month

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
    """Vintages of flows, totals and claims; see census_api.parse and bulk.parse_month."""
    bulk_files = [file for file in delivery.files if is_bulk(file)]
    if not bulk_files:
        yield from census_api.parse(delivery, spec, DIALECT)
        return
    others = [file.name for file in delivery.files if not is_bulk(file)]
    if others:
        raise refuse(spec, others[0], "overlapping_files", "bulk files and other files in one delivery")
    for file in bulk_files:
        yield from parse_month(file, delivery, spec)
