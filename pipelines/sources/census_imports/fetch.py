"""Census API -> import answers, a product level and month at a time.

Belongs here: which levels and fields are kept up to date. Does not belong here: how (pipelines/formats/census_live.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.formats.census_live import Slice, fetch_slices
from pipelines.http import Http

VALUES = ("CON_VAL_MO", "GEN_VAL_MO", "DUT_VAL_MO", "CAL_DUT_MO", "CON_CHA_MO")
QUANTITY = ("CON_QY1_MO", "CON_QY1_MO_FLAG", "UNIT_QY1")
PLACE = ("CTY_CODE", "SUMMARY_LVL")

#: Chapters and sectors for every partner are cheap; ten-digit lines take one question a chapter.
SLICES = (
    Slice("hs", "HS2", "I_COMMODITY", (*PLACE, "I_COMMODITY", *VALUES), first_months=36, recheck_months=2),
    Slice("naics", "NA3", "NAICS", (*PLACE, "NAICS", "CON_VAL_MO", "GEN_VAL_MO", "CAL_DUT_MO"), 36, 2),
    Slice("hs", "HS10", "I_COMMODITY", (*PLACE, "I_COMMODITY", *VALUES, *QUANTITY), 3, 1, by_chapter=True),
)


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Months not yet held, and months that may have been restated."""
    yield from fetch_slices(http, spec, state, "imports", SLICES)
