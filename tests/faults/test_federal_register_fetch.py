"""Questions of the Federal Register wider than its API shows, and pages that change while they are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pipelines.contract import Fetched
from pipelines.errors import FetchError
from tests.faults.fetching import FEDERAL_REGISTER, Source
from tests.faults.publisher import Asked, Publisher
from tests.faults.publishers_formats import FEDERAL_REGISTER_PATH, federal_document, federal_register

BUREAU = [{"raw_name": "BIS", "slug": "industry-and-security-bureau"}]
#: A month before the day the question was asked last, and the days until today.
FIRST, DAYS = date(2025, 2, 7), 33


def published(count: int, days: int = DAYS) -> list[dict[str, Any]]:
    """As many documents of the bureau, spread evenly over the days that are asked for."""
    return [
        federal_document(f"2025-{place:05}", f"{FIRST + timedelta(days=place * days // count)}", agencies=BUREAU)
        for place in range(count)
    ]


def register(documents: Sequence[dict[str, Any]], **limits: int) -> Source:
    """The source, with these documents to fetch."""
    return replace(FEDERAL_REGISTER, serve=lambda publisher: federal_register(publisher, documents, **limits))


def numbers(fetched: Sequence[Fetched]) -> list[str]:
    return [one["document_number"] for file in fetched for one in json.loads(file.content)["results"]]


def second_page(asked: Asked) -> bool:
    return asked.first("page") == "2"


def test_more_documents_than_the_register_shows_are_asked_for_in_spans_of_days(publisher: Publisher) -> None:
    documents = published(10_500)
    source = register(documents, a_page=1000)
    fetched = list(source.fetch(publisher, max_bytes=5_000_000))
    assert numbers(fetched) == [document["document_number"] for document in documents]
    assert {file.vintage_id for file in fetched} == {"bis_read_2025-03-11"}
    assert len({file.name.rpartition("_page")[0] for file in fetched}) == 2, "one question, two halves"
    (vintage,) = source.parse(fetched)
    assert vintage.frame.height == 10_500


def test_a_span_is_halved_until_its_pages_hold_what_is_counted(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day a span, in the end: no page is shown beyond the limit, though the count may tell the truth."""
    monkeypatch.setattr("pipelines.sources.federal_register.fetch.MOST", 4)
    documents = published(3 * DAYS)
    fetched = list(register(documents, most=4).fetch(publisher))
    assert numbers(fetched) == [document["document_number"] for document in documents]
    spans = {file.name.rpartition("_page")[0] for file in fetched}
    assert len(spans) == DAYS


def test_a_day_with_more_documents_than_the_register_shows_is_an_error(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.sources.federal_register.fetch.MOST", 4)
    with pytest.raises(FetchError, match="on 2025-02-07") as caught:
        list(register(published(4, days=1), most=4).fetch(publisher))
    assert "narrower question" in caught.value.action


class _Growing(list[dict[str, Any]]):
    """Documents of which another is published each time they have been looked through, until there are enough."""

    def __init__(self, count: int, enough: int) -> None:
        super().__init__(published(count))
        self.coming = published(enough, days=1)[count:]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        yield from list(super().__iter__())
        if self.coming:
            self.insert(0, self.coming.pop())


def test_a_document_published_while_pages_are_read_is_read_with_the_rest(publisher: Publisher) -> None:
    fetched = list(register(_Growing(5, enough=6)).fetch(publisher))
    assert len(numbers(fetched)) == len(set(numbers(fetched))) == 6


def test_documents_published_faster_than_pages_are_read_are_an_error(publisher: Publisher) -> None:
    with pytest.raises(FetchError, match="announced") as caught:
        list(register(_Growing(5, enough=60)).fetch(publisher))
    assert "Fetch again" in caught.value.action


@pytest.mark.parametrize("lost", ["page", "document"])
def test_a_page_lost_between_is_read_again(lost: str, publisher: Publisher) -> None:
    source = register(published(6))
    right = {file.name: file.content for file in source.fetch(publisher)}
    page = json.loads(next(content for name, content in right.items() if name.endswith("page2.json")))
    page["results"] = [] if lost == "page" else page["results"][1:]
    body = json.dumps(page).encode()
    publisher.fault(FEDERAL_REGISTER_PATH, "content", times=1, body=body, when=second_page)
    assert {file.name: file.content for file in source.fetch(publisher)} == right
    publisher.fault(FEDERAL_REGISTER_PATH, "content", body=body, when=second_page)
    with pytest.raises(FetchError, match="announced"):
        list(source.fetch(publisher))


@pytest.mark.parametrize("status", ["429", "500"])
def test_a_refusal_between_two_pages_passes(status: str, publisher: Publisher) -> None:
    source = register(published(6))
    right = {file.name: file.content for file in source.fetch(publisher)}
    publisher.fault(FEDERAL_REGISTER_PATH, status, times=2, when=second_page)
    assert {file.name: file.content for file in source.fetch(publisher)} == right


def test_a_correction_keeps_the_document_it_corrects(publisher: Publisher) -> None:
    address = "https://www.federalregister.gov/api/v1/documents/2025-00000?publication_date=2025-02-07"
    (wrong,) = published(1)
    wrong["corrections"] = ["https://www.federalregister.gov/api/v1/documents/C1-2025-00000"]
    right = federal_document("C1-2025-00000", "2025-02-14", agencies=BUREAU, type="Correction", correction_of=address)
    source = register([wrong, right])
    (vintage,) = source.parse(list(source.fetch(publisher)))
    assert dict(zip(*vintage.frame.select("document_number", "corrects_document_number"), strict=True)) == {
        "2025-00000": None,
        "C1-2025-00000": "2025-00000",
    }
    assert vintage.frame["corrected_by_numbers"].drop_nulls().to_list() == ["C1-2025-00000"]


def test_a_day_without_documents_in_the_register_is_no_error(publisher: Publisher) -> None:
    publisher.fault(FEDERAL_REGISTER_PATH, "content", body=b'{"count": 0, "description": "No documents"}')
    assert list(FEDERAL_REGISTER.fetch(publisher)) == []
