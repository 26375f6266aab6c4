"""A month of US imports as the Census API states it: two chapters, two lines, two partners and the world.

Belongs here: those rows. Does not belong here: when a month is out (publishers.py).
"""

from __future__ import annotations

from datetime import date

PARTNERS = ("1220", "5700")
PRODUCTS = {"HS2": ("84", "85"), "HS10": ("8471300100", "8542310001")}


def month_of_imports(month: date) -> list[dict[str, str]]:
    """Every row of a month, every variable as text."""
    rows = []
    for level, products in PRODUCTS.items():
        for number, product in enumerate(products):
            worth = {
                partner: 1_000_000 + 10_000 * month.month + 100 * number + place
                for place, partner in enumerate(PARTNERS)
            }
            for code, value in {**worth, "-": sum(worth.values())}.items():
                parts = len(PARTNERS) if code == "-" else 1
                values = dict.fromkeys(("CON_VAL_MO", "GEN_VAL_MO", "DUT_VAL_MO"), str(value))
                rows.append(
                    {
                        **{"CTY_CODE": code, "I_COMMODITY": product, "SUMMARY_LVL": "DET", "COMM_LVL": level},
                        **{
                            "time": f"{month:%Y-%m}",
                            **values,
                            "CAL_DUT_MO": f"{1000 * parts}",
                            "CON_CHA_MO": f"{100 * parts}",
                        },
                        **{"CON_QY1_MO": f"{10 * parts}", "CON_QY1_MO_FLAG": "", "UNIT_QY1": "NO"},
                    }
                )
    return rows
