"""A month of US imports as the Census API states it: two chapters, a line of each, two partners and the world.

Belongs here: those rows. Does not belong here: when a month is out (publishers.py).
"""

from __future__ import annotations

from datetime import date

PARTNERS = ("1220", "5700")
PRODUCTS = {"HS2": ("84", "85"), "HS10": ("8471300100", "8501102000")}
#: The small world's schedule has no line of chapter 84, and only few imports may be of lines nobody knows.
WORTH = {"84": 2_000, "85": 1_000_000}


def month_of_imports(month: date) -> list[dict[str, str]]:
    """Every row of a month, every variable as text. Duties are a twentieth of the value."""
    rows = []
    for level, products in PRODUCTS.items():
        for product in products:
            worth = {who: WORTH[product[:2]] + 20 * (month.month + place) for place, who in enumerate(PARTNERS)}
            rows += [_row(month, level, product, partner, value, 1) for partner, value in worth.items()]
            rows.append(_row(month, level, product, "-", sum(worth.values()), len(PARTNERS)))
    return rows


def _row(month: date, level: str, product: str, code: str, value: int, parts: int) -> dict[str, str]:
    return {
        "CTY_CODE": code,
        "I_COMMODITY": product,
        "SUMMARY_LVL": "DET",
        "COMM_LVL": level,
        "time": f"{month:%Y-%m}",
        **dict.fromkeys(("CON_VAL_MO", "GEN_VAL_MO", "DUT_VAL_MO"), str(value)),
        "CAL_DUT_MO": str(value // 20),
        "CON_CHA_MO": str(10 * parts),
        "CON_QY1_MO": str(10 * parts),
        "CON_QY1_MO_FLAG": "",
        "UNIT_QY1": "NO",
    }
