"""The publishers of lists of parties that stand on one page or in one file, with two or three made-up parties each.

Belongs here: what they hold on the day of the test. Does not belong here: faults, and how publishers answer
(publishers_formats.py).
"""

from __future__ import annotations

from typing import Any

from pipelines.formats import screening_list
from tests.faults.publisher import Publisher, strong_tag
from tests.faults.publishers_formats import screening_list as serve_screening_list

UFLPA_PATH = "/uflpa-entity-list"
_SUBLISTS = {
    "i": [("Example Silicon Co., Ltd. (including one alias: Example Shanshan) and subsidiaries", "June 21, 2022")],
    "ii": [("Sample Textile Works and subsidiaries", "December 11, 2023")],
    "v": [("Example Yarn Co. (formerly known as Example Thread Co.)", "January 15, 2025")],
}


def serve_four_lists(publisher: Publisher) -> dict[str, str]:
    """One party on each of the four lists that are taken from the Consolidated Screening List."""
    terms = {"license_requirement": "Items of supplement no. 2.", "license_policy": "See part 744."}
    said: dict[str, dict[str, Any]] = {
        screening_list.UNVERIFIED: {"addresses": [{"address": "1 Long Road", "city": "Kowloon", "country": "HK"}]},
        screening_list.MILITARY_END_USERS: {"federal_register_notice": "85 FR 83799", **terms},
        screening_list.NONPROLIFERATION: {
            "federal_register_notice": "Vol. 60, No. 109, 06/07/95",
            "programs": ["INKSNA"],
        },
        screening_list.DEBARRED: {"federal_register_notice": "79 FR 35210", "alt_names": ["Sample Person"]},
    }
    empty: dict[str, Any] = {**dict.fromkeys(screening_list.USED), "addresses": [], "alt_names": []}
    records = [
        {**empty, "source": source, "name": f"Example Party {number}", **fields}
        for number, (source, fields) in enumerate(said.items())
    ]
    modified = "Mon, 10 Mar 2025 09:00:00 GMT"
    return serve_screening_list(publisher, records, modified=modified, made_at="2025-03-11T13:15:00+00:00")


def serve_uflpa(publisher: Publisher) -> dict[str, str]:
    """The page of the UFLPA Entity List: three tables, each below the paragraph it answers to."""
    tables = "".join(
        f"<h3>Section 2(d)(2)(B)({sublist})</h3><table><tr><th>Name of Entity</th><th>Effective Date</th></tr>"
        + "".join(f"<tr><td>{name}</td><td>{day}</td></tr>" for name, day in rows)
        + "</table>"
        for sublist, rows in _SUBLISTS.items()
    )
    updated = "<span>Last Updated:</span> 03/10/2025"
    page = f"<!DOCTYPE html><html><head><title>UFLPA Entity List</title></head><body>{tables}{updated}</body></html>"
    body = page.encode()
    publisher.register(UFLPA_PATH, body, headers={"ETag": strong_tag(body)})
    return {"page": publisher.url(UFLPA_PATH)}
