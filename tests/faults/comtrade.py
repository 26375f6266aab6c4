"""UN Comtrade's API on the loopback: made-up figures in its own format, a key as a header, a limit on rows.

Belongs here: how it answers, and rows of its shape. Does not belong here: faults (misbehaviour.py), assertions.
"""

from __future__ import annotations

import json
from typing import Any

from tests.faults.publisher import Asked, Publisher, Reply

DATA_PATH, RELEASES_PATH = "/data/v1/get/C/A/HS", "/data/v1/getDa/C/A/HS"
PARTNERS = {0: 1000.0, 704: 600.0, 842: 400.0}
CHAPTERS = ("84", "85")


def comtrade_row(reporter: int, partner: int, flow: str, product: str, year: int, **printed: Any) -> dict[str, Any]:
    """One row with every field of the API; printed: what differs."""
    value = PARTNERS[partner] * 1000 if partner in PARTNERS else 1.0
    level = 0 if product == "TOTAL" else len(product)
    row = {
        **{"typeCode": "C", "freqCode": "A", "refPeriodId": year * 10000 + 101, "refYear": year, "refMonth": 52},
        **{"period": str(year), "reporterCode": reporter, "reporterISO": None, "reporterDesc": None},
        **{"flowCode": flow, "flowDesc": None, "partnerCode": partner, "partnerISO": None, "partnerDesc": None},
        **{"partner2Code": 0, "partner2ISO": None, "partner2Desc": None, "classificationCode": "H6"},
        **{"classificationSearchCode": "HS", "isOriginalClassification": True, "cmdCode": product, "cmdDesc": None},
        **{"aggrLevel": level, "isLeaf": level == 6, "customsCode": "C00", "customsDesc": None, "mosCode": "0"},
        **{"motCode": 0, "motDesc": None, "qtyUnitCode": 8, "qtyUnitAbbr": "kg", "qty": 25.5, "isQtyEstimated": False},
        **{"altQtyUnitCode": -1, "altQtyUnitAbbr": "N/A", "altQty": None, "isAltQtyEstimated": False},
        **{"netWgt": 25, "isNetWgtEstimated": True, "grossWgt": 0, "isGrossWgtEstimated": False},
        **{"cifvalue": value if flow == "M" else None, "fobvalue": value if flow == "X" else None},
        **{"primaryValue": value, "legacyEstimationFlag": 0, "isReported": True, "isAggregate": False},
    }
    return {**row, **printed}


def answer(rows: list[dict[str, Any]], **printed: Any) -> bytes:
    """Rows as the API wraps them."""
    return json.dumps({"elapsedTime": "0.1 secs", "count": len(rows), "data": rows, "error": "", **printed}).encode()


def serve_comtrade(
    publisher: Publisher, key: str, released: dict[tuple[int, int], str], limit: int = 100_000
) -> dict[str, str]:
    """(reporter, year) -> the day of its release. Traded are two chapters and whatever six digits are asked for.

    Who sends another key is told 401; an answer is cut off at `limit` rows, in silence.
    """

    def let_in(asked: Asked) -> Reply | None:
        if asked.headers.get("ocp-apim-subscription-key") == key:
            return None
        words = {"statusCode": 401, "message": "Access denied due to invalid subscription key."}
        return Reply(json.dumps(words).encode(), 401)

    def releases(asked: Asked) -> Reply:
        reporters, years = asked.first("reporterCode").split(","), asked.first("period").split(",")
        rows = [
            {"reporterCode": reporter, "period": year, "isOriginalClassification": is_original, "lastReleased": day}
            for (reporter, year), released_on in released.items()
            for is_original, day in ((True, f"{released_on}T10:00:00"), (False, "2029-01-01T00:00:00"))
            if str(reporter) in reporters and str(year) in years
        ]
        return let_in(asked) or Reply(answer(rows))

    def data(asked: Asked) -> Reply:
        wanted = asked.first("cmdCode").split(",")
        rows = [
            comtrade_row(int(asked.first("reporterCode")), partner, flow, product, int(asked.first("period")))
            for flow in asked.first("flowCode").split(",")
            for product in (CHAPTERS if wanted == ["AG2"] else wanted)
            for partner in PARTNERS
        ]
        return let_in(asked) or Reply(answer(rows[:limit]))

    publisher.register(RELEASES_PATH, releases)
    publisher.register(DATA_PATH, data)
    return {"data": publisher.url(DATA_PATH), "releases": publisher.url(RELEASES_PATH)}
