"""Fetching the tariff schedule: only what is current, only if it is new, and only if it stays current meanwhile."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from pipelines.contract import Fetched, FetchState
from pipelines.errors import FetchError
from pipelines.http import Answer
from pipelines.sources.usitc_hts.fetch import EXPORT, fetch
from tests.unit.sources.usitc_hts_exports import SPEC


def release(name: str, status: str, starts: Any = "06/08/2030") -> dict[str, Any]:
    return {"name": name, "status": status, "releaseStartDate": starts, "title": "Revision", "creator": "A. Person"}


RELEASES = [release("2030HTSRev11", "current"), release("2030HTSRev10", "archive", "05/28/2030")]


class Publisher:
    """Stands in for Http: answers the three addresses, and remembers what it was asked."""

    def __init__(self, releases: Any = RELEASES, after: Any = None) -> None:
        self.answers = {
            SPEC.endpoints["release_list"]: json.dumps(releases).encode(),
            SPEC.endpoints["export"]: b"[ the schedule ]",
            SPEC.endpoints["current_release"]: json.dumps(after or {"name": "2030HTSRev11", "title": "T"}).encode(),
        }
        self.asked: list[tuple[str, Any]] = []

    def get(self, url: str, *, params: Any = None, kind: str = "any") -> Answer:
        assert kind == "json"
        self.asked.append((url, params))
        return Answer(content=self.answers[url], url=url, status=200, headers={"etag": "1"})


def fetched(publisher: Publisher, *held: str) -> list[Fetched]:
    return list(fetch(publisher, SPEC, FetchState(vintage_ids=frozenset(held))))  # type: ignore[arg-type]


def test_the_current_edition_is_fetched_whole_with_its_name_and_release_date() -> None:
    publisher = Publisher()
    assert fetched(publisher, "2030_rev_10") == [
        Fetched(
            name="hts_2030_rev_11.json",
            content=b"[ the schedule ]",
            url=SPEC.endpoints["export"],
            vintage_id="2030_rev_11",
            published_on=date(2030, 6, 8),
            headers={"etag": "1"},
        )
    ]
    assert publisher.asked[1] == (SPEC.endpoints["export"], EXPORT)


def test_an_edition_held_is_not_asked_for_again() -> None:
    publisher = Publisher()
    assert fetched(publisher, "2030_rev_11") == []
    assert [url for url, _ in publisher.asked] == [SPEC.endpoints["release_list"]]


def test_a_release_during_the_download_is_noticed() -> None:
    with pytest.raises(FetchError, match="2030HTSRev12 while 2030HTSRev11"):
        fetched(Publisher(after={"name": "2030HTSRev12"}))


@pytest.mark.parametrize(
    "releases",
    [
        {"releases": RELEASES},
        ["2030HTSRev11"],
        [],
        [release("2030HTSRev10", "archive")],
        [release("2030HTSRev11", "current"), release("2030HTSRev12", "current")],
        [release("2030 Revision 11", "current")],
        [release("2030HTSRev11", "current", "2030-06-08")],
        [release("2030HTSRev11", "current", None)],
    ],
)
def test_a_release_list_of_another_shape_is_refused_before_anything_is_downloaded(releases: Any) -> None:
    publisher = Publisher(releases)
    with pytest.raises(FetchError, match="not as it was") as refused:
        fetched(publisher)
    assert refused.value.action == SPEC.runbook["release_list_changed"]
    assert len(publisher.asked) == 1


def test_a_current_release_without_a_name_is_refused() -> None:
    with pytest.raises(FetchError, match="no name"):
        fetched(Publisher(after={"title": "Revision 11"}))


def test_an_answer_that_is_not_json_is_refused() -> None:
    publisher = Publisher()
    publisher.answers[SPEC.endpoints["release_list"]] = b"<html>"
    with pytest.raises(FetchError, match="not JSON"):
        fetched(publisher)
