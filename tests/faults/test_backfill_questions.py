"""What each source asks its publisher for when months are wanted by name, and under which names the answers travel.

Belongs here: sources other than the plain months of the Census API. Does not belong here: how a backfill goes on
(test_backfill.py).
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from pipelines.contract import FetchState
from pipelines.errors import FetchError
from pipelines.formats import census_live
from pipelines.quota import Quota, QuotaSpentError
from pipelines.span import Span
from tests.faults.bulk_file import Entry, bulk_month
from tests.faults.comtrade import serve_comtrade
from tests.faults.fetching import (
    COMTRADE,
    ENTITY_LIST,
    FEDERAL_REGISTER,
    FULL_TEXTS,
    IMPORTS,
    KEY,
    PRESIDENTIAL_TEXTS,
    SCHEDULE,
    Source,
)
from tests.faults.official_texts import white_house_post
from tests.faults.publisher import Publisher
from tests.faults.publishers_formats import bulk_site, ecfr_site, hts_line

MARCH = Span.named("2025-03", "2025-03")
ENTRIES = [
    (
        "CHINA, PEOPLE'S REPUBLIC OF",
        "Example Works, No. 1 Long Road, Beijing, China.",
        *("For all items subject to the EAR.", "Presumption of denial.", "88 FR 12345, 2/28/23."),
    )
]


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENSUS_API_KEY", KEY)
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    monkeypatch.setattr(census_live, "CHAPTERS", ["84", "85", "86"])
    monkeypatch.setattr("pipelines.sources.bis_entity_list.parse.load_corrections", lambda source: ())


def vintages(source: Source, publisher: Publisher, wanted: Span = MARCH, **state: object) -> list[str]:
    """Names of what comes and can be read, in order."""
    fetched = list(source.fetch(publisher, replace(source.state, wanted=wanted, **state)))  # type: ignore[arg-type]
    list(source.parse(fetched))
    return list(dict.fromkeys(file.vintage_id or "" for file in fetched))


def test_imports_bring_the_months_bulk_file_too(publisher: Publisher) -> None:
    file = bulk_month("2025-01", [Entry("8471300100", "5700", value=900)])
    serve = partial(_imports_with_bulk, file=file)
    found = vintages(replace(IMPORTS, serve=serve), publisher, Span.named("2025-01", "2025-02"))
    days = [f"{level}_2025-{m}_backfill_2025-04-10" for level in ("hs2", "na3", "hs10") for m in ("01", "02")]
    assert found == [*days, "bulk_2025-01_read_2025-04-10"]


def _imports_with_bulk(publisher: Publisher, file: bytes) -> dict[str, str]:
    return {**IMPORTS.serve(publisher), **bulk_site(publisher, {"2025-01": file})}


def test_the_register_is_asked_for_the_days_of_the_month_whatever_is_held(publisher: Publisher) -> None:
    held = FEDERAL_REGISTER.state.vintage_ids | {"bis_read_2025-03-11"}
    found = vintages(FEDERAL_REGISTER, publisher, vintage_ids=held, today=date(2025, 5, 2))
    assert found == ["bis_2025-03_backfill_2025-05-02", "presidential_2025-03_backfill_2025-05-02"]
    days = {
        (asked.first("conditions[publication_date][gte]"), asked.first("conditions[publication_date][lte]"))
        for asked in publisher.asked()
    }
    assert days == {("2025-03-01", "2025-03-31")}
    fetched = FEDERAL_REGISTER.fetch(publisher, FetchState(today=date(2025, 5, 2), wanted=MARCH))
    assert {file.published_on for file in fetched} == {date(2025, 5, 2)}  # as described on the day of reading


def test_texts_of_the_month_that_are_not_held_are_brought(publisher: Publisher) -> None:
    assert vintages(FULL_TEXTS, publisher, today=date(2025, 9, 2)) == ["2025-04001"]
    assert vintages(FULL_TEXTS, publisher, Span.named("2025-02", "2025-02")) == []


def test_actions_of_the_month_are_read_again_and_a_month_without_one_is_no_fault(publisher: Publisher) -> None:
    held = frozenset({"read_2025-03-11"})
    assert vintages(PRESIDENTIAL_TEXTS, publisher, vintage_ids=held) == ["2025-03_backfill_2025-03-11"]
    assert vintages(PRESIDENTIAL_TEXTS, publisher, Span.named("2025-02", "2025-02")) == []
    [february] = [asked for asked in publisher.asked() if asked.first("after").startswith("2025-02")]
    assert (february.first("after"), february.first("before")) == ("2025-02-01T00:00:00", "2025-03-01T00:00:00")
    assert white_house_post("https://site.example/x/", "2025-03-07T10:00:00", "words")["date"] < "2025-04"


def _list_with_a_past(publisher: Publisher) -> dict[str, str]:
    return {**ENTITY_LIST.serve(publisher), **ecfr_site(publisher, "2025-03-10", ENTRIES, ("2024-01-16", "2024-01-29"))}


def test_the_list_is_brought_as_of_each_day_it_changed(publisher: Publisher) -> None:
    source = replace(ENTITY_LIST, serve=_list_with_a_past)
    january = Span.named("2024-01", "2024-01")
    assert vintages(source, publisher, january) == ["ecfr-2024-01-16", "ecfr-2024-01-29"]
    assert vintages(source, publisher, january, vintage_ids=frozenset({"ecfr-2024-01-16"})) == ["ecfr-2024-01-29"]
    assert vintages(source, publisher, Span.named("2024-02", "2024-02")) == []


def test_a_list_of_changes_of_another_shape_is_refused(publisher: Publisher) -> None:
    source = replace(ENTITY_LIST, serve=_list_with_a_past)
    publisher.fault("*/versions/*", "content", body=b'{"versions": []}')
    with pytest.raises(FetchError, match="does not say on which days part 744 changed"):
        vintages(source, publisher)


def test_an_archived_edition_is_brought_where_its_file_is(
    publisher: Publisher, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("statecraft"), "propagate", True)
    november = Span.named("2026-11", "2026-11")
    nothing = frozenset[str]()
    assert vintages(SCHEDULE, publisher, november, vintage_ids=nothing) == ["2026_rev_30"]
    assert "no archived file of 2026HTSRev29" in caplog.text
    lines = [hts_line("0101", 0, "Live horses and mules:"), hts_line("0101.21.00", 1, "Other", general="Free")]
    publisher.register("/sites/default/files/tata/hts/hts_2026_revision_29_json.json", json.dumps(lines))
    assert vintages(SCHEDULE, publisher, november, vintage_ids=nothing) == ["2026_rev_29", "2026_rev_30"]
    assert vintages(SCHEDULE, publisher, november) == ["2026_rev_30"]
    assert vintages(SCHEDULE, publisher, Span.named("2026-10", "2026-10"), vintage_ids=nothing) == []


def test_world_trade_is_asked_for_by_year_and_wants_a_key(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    serve = partial(serve_comtrade, key=KEY, released={(156, 2019): "2021-03-01", (156, 2024): "2025-03-01"})
    source = replace(COMTRADE, serve=serve)
    monkeypatch.setenv("STATECRAFT_COMTRADE_REPORTERS", "CN")
    past = Span.named("2019", "2019")
    assert vintages(source, publisher, past) == ["CN_2019_HS2_released_2021-03-01"]
    spent = Quota(tmp_path_factory.mktemp("quota") / "comtradeapi.un.org.json", date(2025, 3, 11), 2)
    with pytest.raises(QuotaSpentError, match="the next step takes 4"):
        vintages(source, publisher, past, quota=spent)
    monkeypatch.delenv("COMTRADE_API_KEY")
    with pytest.raises(FetchError, match="COMTRADE_API_KEY is not set"):
        vintages(source, publisher, past)
