"""A month of imports by chapter as the Census API answers it, made by hand.

Belongs here: that answer. Does not belong here: what becomes of it.
"""

from __future__ import annotations

import json
from pathlib import Path

NAME = "imports_hs_HS2_2021-08_read-2021-10-05.json"
VINTAGE = "hs2_2021-08_read_2021-10-05"
HEADER = ["I_COMMODITY", "CTY_CODE", "SUMMARY_LVL", "CON_VAL_MO", "CAL_DUT_MO", "COMM_LVL", "time"]
#: (partner, chapter) -> value and duty in US dollars.
FIGURES = {
    ("1220", "72"): (900_000_001, 0),
    ("1220", "85"): (1_500_000_002, 300_000),
    ("5700", "72"): (50_000_003, 9_000_004),
    ("5700", "85"): (12_000_000_005, 1_000_000_006),
}
#: Rows of flows and of controls the answer states.
FLOWS, CONTROLS = 4, 2


def lines() -> list[list[str]]:
    """The answer's rows: header, partners, and the world, which is their sum."""
    rows = [[chapter, partner, *map(str, figures)] for (partner, chapter), figures in FIGURES.items()]
    for chapter in ("72", "85"):
        sums = [sum(f[place] for (_, c), f in FIGURES.items() if c == chapter) for place in (0, 1)]
        rows.append([chapter, "-", *map(str, sums)])
    return [HEADER, *([chapter, code, "DET", value, duty, "HS2", "2021-08"] for chapter, code, value, duty in rows)]


def write(folder: Path, rows: list[list[str]] | None = None, name: str = NAME) -> Path:
    """The file as the publisher would send it."""
    path = folder / name
    path.write_text(json.dumps(lines() if rows is None else rows))
    return path
