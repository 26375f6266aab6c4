"""Fiscal Data, with two months of customs duties.

Belongs here: what it holds on the day of the test. Does not belong here: faults.
"""

from __future__ import annotations

import json

from pipelines.sources.treasury_receipts.parse import FIELDS, LINE
from tests.faults.publisher import Publisher

RECEIPTS_PATH = "/services/api/fiscal_service/v1/accounting/mts/mts_table_4"


def serve_treasury(publisher: Publisher) -> dict[str, str]:
    """January and February 2025."""
    months = [
        ("2025-01-31", LINE, "8000000000.00", "700000000.00", "7300000000.00"),
        ("2025-02-28", LINE, "7904000000.00", "657000000.00", "7247000000.00"),
    ]
    data = [dict(zip(FIELDS, month, strict=True)) for month in months]
    answer = {"data": data, "meta": {"count": len(data), "total-count": len(data)}, "links": {}}
    publisher.register(RECEIPTS_PATH, json.dumps(answer).encode(), headers={"Content-Type": "application/json"})
    return {"customs_duties": publisher.url(RECEIPTS_PATH)}
