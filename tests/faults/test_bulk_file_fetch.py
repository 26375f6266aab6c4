"""Monthly bulk files from a publisher on the loopback: good, cut, too large, of another layout, and not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from pipelines.contract import Delivery, Fetched, FetchState, load_spec, parser
from pipelines.errors import FetchError, LandingError
from pipelines.formats.census_scope import month_range
from pipelines.sources.census_imports.fetch import FIRST_MONTH, fetch_history
from tests.faults.asking import make_http
from tests.faults.bulk_file import bomb, bulk_month, lacking_one_record, longer_by_a_field
from tests.faults.fetching import delivered
from tests.faults.publisher import Asked, Publisher, Reply
from tests.faults.publishers_formats import bulk_site

TODAY = date(2025, 10, 8)
#: The API has brought August; July is the newest a bulk file is wanted for.
STATE = FetchState(frozenset({"hs10_2025-08_read_2025-10-08", "hs2_2025-01_read_2025-10-08"}), today=TODAY)
JULY = "/trade/downloads/2025/Merch/im_m/IMDB2507.ZIP"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as running:
        yield running


def fetch(publisher: Publisher, months: dict[str, bytes], state: FetchState = STATE) -> list[Fetched]:
    spec = load_spec("census_imports").model_copy(update={"endpoints": bulk_site(publisher, months)})
    with make_http(source="census_imports") as http:
        return list(fetch_history(http, spec, state))


def asked(publisher: Publisher) -> list[str]:
    return [request.path[-8:-4] for request in publisher.asked()]


def test_a_good_month_is_fetched_parsed_and_not_fetched_again(publisher: Publisher) -> None:
    (file,) = fetch(publisher, {"2025-07": bulk_month()})
    assert file.vintage_id == "bulk_2025-07_read_2025-10-08"
    parsed = list(parser("census_imports")(Delivery((delivered(file),)), load_spec("census_imports")))
    assert [(part.thing, part.frame.height, part.known_on) for part in parsed] == [
        ("flows", 4, TODAY),
        ("controls", 2, TODAY),
        ("claims", 2, TODAY),
    ]
    held = replace(STATE, vintage_ids=STATE.vintage_ids | {file.vintage_id})
    assert fetch(publisher, {}, held) == []
    assert "2507" not in asked(publisher)[4:]


def test_a_few_files_a_run_the_newest_first(publisher: Publisher) -> None:
    months = {f"2025-{month:02d}": bulk_month(f"2025-{month:02d}") for month in range(1, 8)}
    state, brought = STATE, []
    for _ in range(3):
        files = fetch(publisher, months, state)
        brought.append([file.vintage_id[5:12] for file in files if file.vintage_id])
        state = replace(state, vintage_ids=state.vintage_ids | {f.vintage_id for f in files if f.vintage_id})
    assert brought == [["2025-07", "2025-06", "2025-05"], ["2025-04", "2025-03", "2025-02"], ["2025-01"]]


def test_no_file_is_no_error_and_three_in_a_row_end_the_run(publisher: Publisher) -> None:
    assert fetch(publisher, {}) == []
    assert asked(publisher) == ["2507", "2506", "2505"]
    assert [file.vintage_id for file in fetch(publisher, {"2025-06": bulk_month("2025-06")})] == [
        "bulk_2025-06_read_2025-10-08"
    ]


def test_the_figures_of_april_bring_back_the_files_of_three_years(publisher: Publisher) -> None:
    """Not what was read since, by file or from the API, and no more files than a run takes."""
    held = {f"bulk_{day.year}-{day.month:02d}_read_2025-05-20" for day in month_range(FIRST_MONTH, date(2025, 3, 1))}
    held |= {"hs10_2025-04_read_2025-06-06", "hs10_2025-04_read_2025-07-08"}
    held |= {"hs10_2025-03_read_2025-06-06", "bulk_2025-01_read_2025-06-06"}
    months = {f"{year}-{n:02d}": bulk_month(f"{year}-{n:02d}") for year in (2022, 2023, 2024) for n in range(1, 13)}
    months["2025-02"] = bulk_month("2025-02")
    state, brought = FetchState(frozenset(held), today=date(2025, 6, 10)), list[str]()
    while files := fetch(publisher, months, state):
        assert len(files) <= 3
        brought += [file.vintage_id[5:12] for file in files if file.vintage_id]
        state = replace(state, vintage_ids=state.vintage_ids | {f.vintage_id for f in files if f.vintage_id})
    assert brought == ["2025-02", *sorted((m for m in months if m < "2025"), reverse=True)]


def test_lost_history_does_not_keep_what_is_held_from_being_read_again(publisher: Publisher) -> None:
    held = frozenset({"hs10_2025-04_read_2025-06-06", "bulk_2024-01_known_2024-03-07"})
    (file,) = fetch(publisher, {"2024-01": bulk_month("2024-01")}, FetchState(held, today=TODAY))
    assert file.vintage_id == "bulk_2024-01_read_2025-10-08"
    assert asked(publisher) == ["2503", "2502", "2501", "2401"]


def test_a_new_warehouse_leaves_the_newest_months_to_the_api(publisher: Publisher) -> None:
    fetch(publisher, {}, FetchState(today=TODAY))
    assert asked(publisher) == ["2504", "2503", "2502"]


def test_history_ends_where_the_other_figures_begin(publisher: Publisher) -> None:
    held = {"hs10_2018-02_read_2025-10-08", "bulk_2018-01_known_2018-03-07"}
    assert fetch(publisher, {}, FetchState(frozenset(held), today=TODAY)) == []
    assert asked(publisher) == []


@pytest.mark.parametrize("kind", ["403", "503", "cut_off", "oversized"])
def test_a_publisher_that_does_not_answer_is_an_error(publisher: Publisher, kind: str) -> None:
    publisher.fault(JULY, kind)
    with pytest.raises(FetchError):
        fetch(publisher, {"2025-07": bulk_month()})


def test_a_page_instead_of_an_archive_is_an_error(publisher: Publisher) -> None:
    def page(_: Asked) -> Reply:
        return Reply(b"<html>Not available</html>", content_type="text/html")

    publisher.register(JULY, page)
    with pytest.raises(FetchError, match="instead of a ZIP"):
        fetch(publisher, {})


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (bulk_month()[:-300], "zip_damaged"),
        (bomb(), "zip_too_large"),
        (lacking_one_record(), "control_mismatch"),
        (longer_by_a_field(), "layout_changed"),
        (bulk_month("2025-06"), "request_mismatch"),
    ],
    ids=["cut", "bomb", "lost record", "layout", "another month"],
)
def test_what_is_wrong_with_a_file_is_refused_by_parse(publisher: Publisher, content: bytes, rule: str) -> None:
    (file,) = fetch(publisher, {"2025-07": content})
    with pytest.raises(LandingError) as caught:
        list(parser("census_imports")(Delivery((delivered(file),)), load_spec("census_imports")))
    assert caught.value.rule == rule
    assert caught.value.file == "IMDB2507_read-2025-10-08.zip"
