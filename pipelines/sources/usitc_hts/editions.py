"""Names of files and releases -> which edition this is, when it was published, and its place in the order.

USITC names the same edition in several ways (`2025HTSRev4`, `hts_2025_revision_4_json.json`, once
`hts_2020_revsision_3_json.json`); here it is `2025_rev_4`. Revisions of 2021 were numbered on from its basic edition
(`2021_basic_rev_3`), and some revisions have a second part (`2018_rev_8_1`).

Belongs here: names and release dates. Does not belong here: the content of an edition.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import cast

from pipelines.contract import DeliveredFile, Delivery, Precision, SourceSpec
from pipelines.sources.usitc_hts.refusals import refusal

_RELEASES = Path(__file__).with_name("releases.csv")
_NUMBER = r"(?P<number>\d{1,2})(?:_(?P<part>\d))?"
#: Ways to write "rev_", and where "basic_" may stand with it.
_REVISION = re.compile(r"rev(?:ision|sision)?_(basic_)?")
_FILE_NAME = re.compile(
    rf"hts_(?P<year>20\d\d)_(?:(?P<basic>basic(?:_edition)?)|(?P<on_basic>basic_)?rev_{_NUMBER})"
    r"(?:_data)?(?:_json|_csv)?(?:_0)?\.(?:json|csv)"
)
_RELEASE_NAME = re.compile(
    rf"(?P<year>20\d\d)HTSA?(?:(?P<basic>Basic)|(?P<on_basic>Basic)?Rev(?:ision)?{_NUMBER})C?", re.IGNORECASE
)


@dataclass(frozen=True)
class Edition:
    """One edition of the schedule. sequence orders those of one year: basic 0, revision 4 is 40, revision 8.1 is 81."""

    vintage_id: str
    sequence: int


@dataclass(frozen=True)
class Release:
    """When USITC released an edition, and where that is said. With month precision: the last day of the month."""

    vintage_id: str
    released_on: date
    precision: Precision
    evidence: str


@dataclass(frozen=True)
class Statement:
    """What a vintage needs besides its rows."""

    vintage_id: str
    known_on: date
    known_precision: Precision
    sequence: int


def edition_of_file(name: str) -> Edition | None:
    """The edition a file's name states; None if it is not a name USITC (or fetch.py) gives."""
    return _edition(_FILE_NAME.fullmatch(_REVISION.sub(r"\1rev_", name)))


def edition_of_release(name: str) -> Edition | None:
    """The edition a release's name in USITC's release list states; None if it is not of a known shape."""
    return _edition(_RELEASE_NAME.fullmatch(name))


def _edition(match: re.Match[str] | None) -> Edition | None:
    if match is None:
        return None
    year = match["year"]
    if match["basic"]:
        return Edition(f"{year}_basic", 0)
    kind = "basic_rev" if match["on_basic"] else "rev"
    part = f"_{match['part']}" if match["part"] else ""
    return Edition(f"{year}_{kind}_{match['number']}{part}", int(match["number"]) * 10 + int(match["part"] or 0))


@lru_cache(maxsize=1)
def releases() -> dict[str, Release]:
    """releases.csv, by vintage."""
    with _RELEASES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {
        row["vintage_id"]: Release(
            row["vintage_id"],
            date.fromisoformat(row["released_on"]),
            cast(Precision, row["precision"]),
            row["evidence"],
        )
        for row in rows
    }


def statement(file: DeliveredFile, delivery: Delivery, spec: SourceSpec) -> Statement:
    """Which vintage this file is. What the delivery says overrides what the name says.

    The day: the delivery's; else the day in releases.csv; else the publisher's own with the file; else the month in
    releases.csv. Raises LandingError known_on_missing if none of them knows.
    """
    named = edition_of_file(file.name)
    vintage_id = delivery.vintage_id or (named.vintage_id if named else Path(file.name).stem)
    edition = edition_of_file(f"hts_{vintage_id}.json")
    release = releases().get(vintage_id)
    sequence = delivery.sequence if delivery.sequence is not None else edition.sequence if edition else 0
    if delivery.known_on is not None:
        return Statement(vintage_id, delivery.known_on, delivery.known_precision, sequence)
    if file.published_on is not None and (release is None or release.precision != "day"):
        return Statement(vintage_id, file.published_on, "day", sequence)
    if release is not None:
        return Statement(vintage_id, release.released_on, release.precision, sequence)
    raise refusal(spec, file.name, "known_on_missing", f"It is not known when edition {vintage_id} was released.")
