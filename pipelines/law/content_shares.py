"""Metal content of derivatives: an input-output estimate by tariff line, cut to the goods law names, as prefixes.

    python -m pipelines.law.content_shares ../shared/data      writes law/s232/shares_content.csv anew

The estimate gives, for the product of each industry, the part of its value that is steel, aluminum and copper bought
from others. What an industry sells to itself is counted again there, so some parts exceed the whole: they are cut at 1.
Law counts the metal whose list a good is on, so a good gets a share only of the metals it is listed for. In the
chapters of a metal itself the estimate is of no use (a screw would be a fifth steel): their goods are metal throughout.

Belongs here: drawing, cutting and shortening. Does not belong here: what a share does to a duty (models).
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from pipelines.law.files import COLUMNS, LAW

ASSUMPTION = "A-S232-40"
METALS = ("steel", "aluminum", "copper")
DIGITS = 3
#: Chapters of metal throughout; other assumptions state them whole.
METAL_CHAPTERS = ("72", "73", "74", "76")
COPPER_CHAPTER = ("A-S232-41", "copper", "74", "", 1, "", "")
_SHARES = "product_scope/compiled_2026-06-29/metal_content_shares_bea_hs10.csv.gz"
_DERIVATIVES = "product_scope/compiled_2026-06-29/s232_derivative_products.csv"
#: Metal -> list of further goods.
_LISTS = {
    "steel": "product_scope/compiled_2026-07-23/steel-tariffs.csv",
    "aluminum": "product_scope/compiled_2026-07-23/alu-tariffs.csv",
    "copper": "product_scope/compiled_2026-07-23/copper-list.csv",
}


def scopes(documents: Path) -> dict[str, set[str]]:
    """Metal -> prefixes of the goods listed for it."""
    derivatives = pl.read_csv(documents / _DERIVATIVES, infer_schema=False)
    found: dict[str, set[str]] = {}
    for metal, path in _LISTS.items():
        listed = pl.read_csv(documents / path, infer_schema=False)["HTSUS"]
        named = derivatives.filter(pl.col("derivative_type") == metal)["hts_prefix"]
        codes = [*listed.to_list(), *named.to_list()]
        found[metal] = {code for code in codes if code and not code.startswith(METAL_CHAPTERS)}
    return found


def line_shares(documents: Path, metal: str, prefixes: Iterable[str]) -> dict[str, float]:
    """Ten-digit line -> share of this metal, for the lines below the prefixes."""
    wanted = tuple(prefixes)
    stated = pl.read_csv(documents / _SHARES, infer_schema=False).select("hs10", f"{metal}_share")
    return {
        hts10: round(min(float(share), 1.0), DIGITS) for hts10, share in stated.iter_rows() if hts10.startswith(wanted)
    }


def shortest_prefixes(shares: Mapping[str, float], prefixes: Iterable[str]) -> dict[str, float]:
    """The same shares on as few and as short prefixes as reach no other goods: the longest prefix wins.

    A listed prefix takes the value most of its lines have; lines that differ follow with their own. A listed prefix
    without lines in the estimate gets the share most common in its heading.
    """
    headings: dict[str, list[float]] = defaultdict(list)
    for hts10, share in shares.items():
        headings[hts10[:4]].append(share)
    compressed: dict[str, float] = {}
    for prefix in sorted(prefixes):
        below = {hts10: share for hts10, share in shares.items() if hts10.startswith(prefix)}
        values = list(below.values()) or headings.get(prefix[:4], [])
        if not values:
            continue
        common = _most_common(values)
        compressed[prefix] = common
        compressed |= {hts10: share for hts10, share in below.items() if share != common}
    return compressed


def _most_common(values: list[float]) -> float:
    return max(sorted(set(values)), key=values.count)


def write(documents: Path, target: Path) -> dict[str, int]:
    """Write the file. Returns rows by metal."""
    counts = {}
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS["shares"])
        for metal, prefixes in scopes(documents).items():
            shares = shortest_prefixes(line_shares(documents, metal, prefixes), prefixes)
            counts[metal] = len(shares)
            out.writerows((ASSUMPTION, metal, p, "", s, "", "") for p, s in sorted(shares.items()))
        out.writerow(COPPER_CHAPTER)
    return counts


if __name__ == "__main__":
    for metal, count in write(Path(sys.argv[1]), LAW / "s232" / "shares_content.csv").items():
        print(f"{metal}: {count} prefixes")
