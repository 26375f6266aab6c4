"""Census API -> export answers, a product level and month at a time.

Belongs here: which levels and fields are kept up to date. Does not belong here: how (pipelines/formats/census_live.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.formats.census_live import Slice, fetch_slices
from pipelines.http import Http

PLACE = ("CTY_CODE", "SUMMARY_LVL")
QUANTITY = ("QTY_1_MO", "QTY_1_MO_FLAG", "UNIT_QY1")

#: Chapters and sectors for every partner are cheap; ten-digit lines take one question a chapter.
SLICES = (
    Slice("hs", "HS2", "E_COMMODITY", (*PLACE, "E_COMMODITY", "ALL_VAL_MO"), first_months=36, recheck_months=2),
    Slice("naics", "NA3", "NAICS", (*PLACE, "NAICS", "ALL_VAL_MO"), first_months=36, recheck_months=2),
    Slice("hs", "HS10", "E_COMMODITY", (*PLACE, "E_COMMODITY", "ALL_VAL_MO", *QUANTITY), 3, 1, by_chapter=True),
)


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Months not yet held, and months that may have been restated."""
    yield from fetch_slices(http, spec, state, "exports", SLICES)
