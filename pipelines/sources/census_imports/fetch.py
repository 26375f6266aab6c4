"""Census -> import answers of the API, and bulk files for months further back.

Belongs here: which levels, fields and months are kept up to date. Does not belong here: how the API is asked
(pipelines/formats/census_live.py), and what the files say (parse.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from pipelines.contract import Fetched, FetchState, SourceSpec
from pipelines.errors import FetchError
from pipelines.formats.census_live import APRIL, LATEST_MONTHS, YEARS_RESTATED, Slice, fetch_slices
from pipelines.formats.census_scope import month, month_range
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
#: The house's other figures begin with 2018.
FIRST_MONTH = date(2018, 1, 1)
#: A bulk file is some tens of megabytes: a few a run, the newest first, fill the years in weeks.
BULK_FILES_A_RUN = 3
#: So many addresses in a row without a file, and the rest is not asked for in this run.
MISSING_FILES = 3
LARGEST_BULK_BYTES = 256 * 1024**2
#: Months of ten digits held, from the API or as bulk files, and the day of each reading.
_HELD = re.compile(r"(?P<kind>hs10|bulk)_(?P<month>\d{4}-\d{2})_(?:read|known)_(?P<day>\d{4}-\d{2}-\d{2})")


def fetch(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Months not yet held, and months that may have been restated; then some months further back.

    Of months wanted by name, all there is: the API's answers, and the bulk file.
    """
    yield from fetch_slices(http, spec, state, "imports", SLICES)
    if state.wanted is None:
        yield from fetch_history(http, spec, state)
        return
    today = state.today or datetime.now(UTC).date()
    for wanted in state.wanted.months:
        file = _bulk_file(http, spec, wanted.first, today)
        if file is not None:
            yield file


def fetch_history(http: Http, spec: SourceSpec, state: FetchState) -> Iterator[Fetched]:
    """Bulk files of months before those the API brings, back to FIRST_MONTH; then those that may have been restated
    since. They want no key.

    No file at the address means that it is not out, or no longer offered: the month before is asked for instead.
    Raises FetchError where the address answers with anything but an archive.
    """
    today = state.today or datetime.now(UTC).date()
    found = [match for match in map(_HELD.fullmatch, sorted(state.vintage_ids)) if match]
    held = {month(match["month"]) for match in found}
    from_api = [month(match["month"]) for match in found if match["kind"] == "hs10"]
    before = min(from_api) if from_api else month_range(FIRST_MONTH, today.replace(day=1))[-LATEST_MONTHS]
    lacking = [start for start in reversed(month_range(FIRST_MONTH, before)[:-1]) if start not in held]
    brought = 0
    for months in (lacking, _outdated(found)):
        missing = 0
        for start in months:
            if brought == BULK_FILES_A_RUN or missing == MISSING_FILES:
                break
            file = _bulk_file(http, spec, start, today)
            if file is None:
                missing += 1
                continue
            brought, missing = brought + 1, 0
            yield file


def _outdated(found: list[re.Match[str]]) -> list[date]:
    """Months, newest first, last read as bulk files before the newest April figures, which restate the years before."""
    aprils = [match for match in found if match["kind"] == "hs10" and month(match["month"]).month == APRIL]
    if not aprils:
        return []
    april = max(month(match["month"]) for match in aprils)
    restated_on = min(date.fromisoformat(match["day"]) for match in aprils if month(match["month"]) == april)
    last: dict[date, tuple[date, str]] = {}
    for match in found:
        start, reading = month(match["month"]), (date.fromisoformat(match["day"]), match["kind"])
        last[start] = max(last.get(start, reading), reading)
    return sorted(
        (
            start
            for start, (day, kind) in last.items()
            if kind == "bulk" and day < restated_on and start < april and start.year >= april.year - YEARS_RESTATED
        ),
        reverse=True,
    )


def _bulk_file(http: Http, spec: SourceSpec, start: date, today: date) -> Fetched | None:
    """The month's archive; None where no file is at the address."""
    address = spec.endpoints["bulk"].format(year=f"{start:%Y}", yymm=f"{start:%y%m}")
    answer = http.get(address, max_bytes=LARGEST_BULK_BYTES, may_be_absent=True)
    if answer.empty:
        return None
    if not answer.content.startswith(b"PK"):
        what = f"{spec.name}: {answer.url} sent something else instead of a ZIP file."
        raise FetchError(what, "Open the address in a browser; try again later.")
    vintage_id = f"bulk_{start:%Y-%m}_read_{today}"
    name = f"IMDB{start:%y%m}_read-{today}.zip"
    return Fetched(name, answer.content, answer.url, vintage_id, headers=answer.headers)
