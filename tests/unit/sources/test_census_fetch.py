"""Which questions the Census sources put to the API, and under which names the answers travel."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from pipelines.contract import DeliveredFile, Delivery, Fetched, FetchState, fetcher, load_spec, parser
from pipelines.errors import FetchError
from pipelines.files import sha256_of
from pipelines.formats.census_live import CHAPTERS
from pipelines.http import Answer, Http
from pipelines.quota import Quota, QuotaSpentError

KEY = "not-a-real-key-0123456789"


class Api:
    """A Census API that has figures up to one month, for one partner and the world. Counts what it is asked."""

    def __init__(self, newest: str, silent: Iterable[str] = (), keyless: bool = False) -> None:
        self.newest, self.silent, self.asked = newest, set(silent), list[dict[str, str]]()
        self.keyless = keyless

    def get(
        self, url: str, *, params: dict[str, str] | None = None, secret_params: dict[str, str] | None = None, **_: Any
    ) -> Answer:
        if params is None:  # a bulk file; none is offered
            return Answer(b"", url, 404, {}, empty=True)
        assert secret_params == (None if self.keyless else {"key": KEY})
        assert KEY not in url + str(params)
        self.asked.append({**params, "url": url})
        month, level = params["time"], params["COMM_LVL"]
        commodity = next((f for f in ("I_COMMODITY", "E_COMMODITY", "NAICS") if f in params["get"]), "")
        wanted = params.get(commodity, "")
        # Chapter 99 is never traded here: it answers 204 like a month that is not out.
        if month > self.newest or month in self.silent or wanted == "99*":
            return Answer(b"", url, 204, {}, empty=True)
        length = {"HS2": 2, "HS10": 10, "NA3": 3}[level]
        product = (wanted.strip("*") or "84")[:length].ljust(length, "0")
        header = [*params["get"].split(","), "COMM_LVL", "time", *([commodity] if wanted else [])]
        place = {commodity: product, "COMM_LVL": level, "time": month, "SUMMARY_LVL": "DET", "UNIT_QY1": "NO"}
        rows = [
            [place.get(f, code if f == "CTY_CODE" else "" if f.endswith("FLAG") else "7") for f in header]
            for code in ("-", "5700")
        ]
        return Answer(json.dumps([header, *rows]).encode(), url, 200, {"content-type": "application/json"})


def fetch(source: str, api: Api, today: str, *held: str, quota: Quota | None = None) -> list[Fetched]:
    state = FetchState(vintage_ids=frozenset(held), today=date.fromisoformat(today), quota=quota)
    return list(fetcher(source)(cast(Http, api), load_spec(source), state))


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENSUS_API_KEY", KEY)


def vintages(files: list[Fetched], level: str) -> list[str]:
    return sorted({f.vintage_id for f in files if f.vintage_id and f.vintage_id.startswith(level)})


ALL_HELD = [f"{level}_2026-08_read_2026-10-06" for level in ("hs2", "na3", "hs10")]


@pytest.fixture
def keyless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CENSUS_API_KEY")


@pytest.mark.usefixtures("keyless")
def test_without_a_key_the_day_has_an_end_and_the_next_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """36 months by chapter and by sector, three by ten digits in 98 questions each: more than a day's worth."""
    held: set[str] = set()
    asked_on: list[int] = []
    for day in range(7, 11):
        today = date(2026, 10, day)
        quota = Quota(tmp_path / "api.census.gov.json", today, 200)
        api = Api("2026-08", keyless=True)
        held |= {f.vintage_id for f in fetch("census_exports", api, str(today), *held, quota=quota) if f.vintage_id}
        asked_on.append(len(api.asked))
        assert len(api.asked) <= 200
    tens = sorted(v[5:12] for v in held if v.startswith("hs10"))
    assert tens == ["2026-06", "2026-07", "2026-08"]
    assert len(held) == 75 and asked_on[-1] <= 4  # on the last day nothing is left but to ask for September
    assert "it goes on tomorrow, or at once with CENSUS_API_KEY set" in caplog.text


@pytest.mark.usefixtures("keyless")
def test_a_stretch_read_again_over_several_days_does_not_begin_anew(tmp_path: Path) -> None:
    """The figures of April bring back three years; a month read since they came out is done."""
    held = {f"hs2_{year}-{month:02d}_read_2026-05-06" for year in (2024, 2025) for month in range(1, 13)}
    held |= {"hs2_2026-03_read_2026-05-06", "na3_2026-04_read_2026-06-09", "hs10_2026-04_read_2026-06-09"}
    brought: list[str] = []
    for day in range(9, 30):
        quota = Quota(tmp_path / "quota.json", date(2026, 6, day), 14)
        files = fetch("census_exports", Api("2026-04", keyless=True), f"2026-06-{day:02d}", *held, quota=quota)
        brought += [f.vintage_id[4:11] for f in files if f.vintage_id]
        held |= {f.vintage_id for f in files if f.vintage_id}
    assert len(brought) == len(set(brought)) == 27


def test_a_quota_is_of_a_day_and_shared(tmp_path: Path) -> None:
    path, day = tmp_path / "deep" / "host.json", date(2026, 10, 7)
    first, second = Quota(path, day, 2), Quota(path, day, 2)
    first.take()
    second.take()
    assert first.left == second.left == 0
    with pytest.raises(QuotaSpentError, match="All 2 questions that may be put to host"):
        first.take()
    assert Quota(path, date(2026, 10, 8), 2).left == 2
    path.write_text("{damaged")
    assert first.left == 2


def test_what_is_held_is_not_asked_for_again() -> None:
    api = Api("2026-08")
    assert fetch("census_imports", api, "2026-10-07", *ALL_HELD) == []
    assert {a["time"] for a in api.asked} == {"2026-09"}  # one question a level: is September out?


def test_a_new_month_comes_with_those_just_before_it() -> None:
    files = fetch("census_imports", Api("2026-09"), "2026-11-05", *ALL_HELD)
    assert vintages(files, "hs2") == [f"hs2_2026-{m}_read_2026-11-05" for m in ("07", "08", "09")]
    assert vintages(files, "na3") == [f"na3_2026-{m}_read_2026-11-05" for m in ("07", "08", "09")]
    assert vintages(files, "hs10") == [f"hs10_2026-{m}_read_2026-11-05" for m in ("08", "09")]
    assert all(KEY not in f.url + f.name for f in files)


def test_april_brings_back_the_months_of_three_years() -> None:
    old = [f"hs2_{m}_read_2026-01-01" for m in ("2022-12", "2023-01", "2025-05")]
    held = [*old, *(f"{level}_2026-03_read_2026-05-06" for level in ("hs2", "na3", "hs10"))]
    files = fetch("census_imports", Api("2026-04"), "2026-06-10", *held)
    assert [v[4:11] for v in vintages(files, "hs2")] == ["2023-01", "2025-05", "2026-02", "2026-03", "2026-04"]


def test_a_new_warehouse_starts_with_a_stretch_of_months() -> None:
    files = fetch("census_exports", Api("2026-08"), "2026-10-07")
    assert len(vintages(files, "hs2")) == 36
    assert len(vintages(files, "hs10")) == 3


def test_ten_digit_months_come_by_chapter_and_parse_as_one_vintage() -> None:
    files = fetch("census_exports", Api("2026-08"), "2026-10-07")
    month = [f for f in files if f.vintage_id == "hs10_2026-08_read_2026-10-07"]
    assert len(month) == len(CHAPTERS) - 1
    assert month[0].name == "exports_hs_HS10_2026-08_read-2026-10-07_part-01-of-97.json"
    delivered = tuple(DeliveredFile(f.name, f.content, sha256_of(f.content), f.url) for f in month)
    flows, controls = parser("census_exports")(Delivery(delivered), load_spec("census_exports"))
    assert flows.vintage_id == "hs10_2026-08_read_2026-10-07"
    assert flows.frame.height == controls.frame.height == 97
    assert set(flows.columns or ()) == {"export_value_fas_usd", "quantity_1", "quantity_1_unit"}


def test_every_import_answer_parses_under_its_own_name() -> None:
    files = fetch("census_imports", Api("2026-09"), "2026-11-05", *ALL_HELD)
    for vintage_id in {f.vintage_id for f in files}:
        parts = tuple(
            DeliveredFile(f.name, f.content, sha256_of(f.content)) for f in files if f.vintage_id == vintage_id
        )
        for parsed in parser("census_imports")(Delivery(parts), load_spec("census_imports")):
            assert parsed.vintage_id == vintage_id
            assert parsed.known_on == date(2026, 11, 5)


def test_a_month_that_should_be_there_and_is_not_is_an_error() -> None:
    with pytest.raises(FetchError, match="no HS2 figures for 2026-08"):
        fetch("census_imports", Api("2026-09", silent=["2026-08"]), "2026-11-05", *ALL_HELD)
