"""The server over a toy release: what it answers, refuses and says when something is wrong."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient

from dashboard.app import make_app
from dashboard.doorkeeping import HEADERS
from pipelines.listening import host_of
from pipelines.settings import Settings
from tests.unit.dashboard.toy_pages import ASKED_IN_VAIN, PAGES, publish
from tests.unit.rooms import toy_settings

HOSTS = ("127.0.0.1", "localhost", "[::1]")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


@pytest.fixture
def client(settings: Settings) -> TestClient:
    publish(settings, "20260101T000000Z-aaaaaaaa")
    return TestClient(make_app(settings, HOSTS, PAGES), base_url="http://127.0.0.1", raise_server_exceptions=False)


def test_a_card_shows_figures_query_and_sources(client: TestClient) -> None:
    answer = client.get("/?on=2025-05-01&order=down")
    assert answer.status_code == 200
    assert "As of 2025-05-01, down." in answer.text
    assert '<th scope="col">Partner</th>' in answer.text and "<td>Canada" in answer.text.replace(' class="short"', "")
    assert "select partner_code, partner_name from core.dim_partner" in answer.text
    assert "Schedule C" in answer.text and "Newest edition known on 2021-01-27" in answer.text
    assert "20260101T000000Z-aaaaaaaa" in answer.text
    assert 'aria-current="page">Toys' in answer.text


def test_an_empty_filter_is_not_given_and_an_unknown_one_is_left_out(client: TestClient) -> None:
    plain = client.get("/").text
    assert client.get("/?words=&order=&on=&other=1").text == plain
    assert f'value="{date.today()}"' in plain


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("on=2025-13-01", "is no day between 2000-01-01 and 2100-12-31"),
        ("on=1999-12-31", "is no day between"),
        ("order=sideways", "is none of the choices"),
        ("words=" + "a" * 101, "at most 100 letters"),
        ("words=a%00b", "at most 100 letters"),
    ],
)
def test_a_bad_question_is_answered_in_words(client: TestClient, asked: str, said: str) -> None:
    answer = client.get(f"/?{asked}")
    assert answer.status_code == 400
    assert said in answer.text and "<h1>" in answer.text


def test_words_stay_words(client: TestClient) -> None:
    for words in ("' or 1=1 --", "'; drop table core.dim_partner; --", "\\' union select 1, 2"):
        answer = client.get("/-/partners.csv", params={"words": words})
        assert (answer.status_code, answer.text) == (200, "partner_code,partner_name\n")
    assert "China" in client.get("/", params={"words": "Chin"}).text


def test_what_is_in_the_release_is_text_and_not_markup(client: TestClient) -> None:
    text = client.get("/").text
    assert "&lt;b&gt;Nowhere&lt;/b&gt;" in text and "<b>Nowhere" not in text
    assert "<script>alert" not in client.get("/", params={"words": "<script>alert(1)</script>"}).text


def test_a_card_that_fails_says_so_in_its_place(client: TestClient) -> None:
    answer = client.get("/")
    assert "Nothing is held of that year. Ask for another one." in answer.text
    assert "This card failed, and it is not your doing." in answer.text
    assert "secret of the machine" not in answer.text and "Traceback" not in answer.text
    assert "China" in answer.text and "Left out" not in answer.text


def test_a_page_that_failed_is_made_again(client: TestClient) -> None:
    ASKED_IN_VAIN.clear()
    assert [client.get("/").status_code for _ in range(2)] == [200, 200]
    assert len(ASKED_IN_VAIN) == 2


def test_figures_are_taken_away_as_csv_and_pictures_as_png(client: TestClient) -> None:
    csv = client.get("/-/partners.csv?words=Ca")
    assert csv.headers["content-disposition"].endswith('statecraft-partners-20260101T000000Z-aaaaaaaa.csv"')
    assert pl.read_csv(io.BytesIO(csv.content), infer_schema=False).rows() == [("1220", "Canada")]
    png = client.get("/-/drawn.png")
    assert png.content.startswith(b"\x89PNG") and png.headers["content-type"] == "image/png"


@pytest.mark.parametrize("address", ["/-/nothing.csv", "/-/partners.png", "/nothing", "/static/nothing.js", "/toys"])
def test_what_is_not_there_is_a_page(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "<h1>There is no" in answer.text or "<h1>This card has no picture" in answer.text


def test_a_page_about_one_thing_takes_its_name_from_the_address(client: TestClient) -> None:
    answer = client.get("/toys/a.b/c%20d")
    assert "a.b/c d</h2>" in answer.text
    assert 'href="/toys/a.b/c%20d/-/partners.csv"' in answer.text
    assert client.get("/toys/a.b/c%20d/-/partners.csv").text == "seven\n7\n"


@pytest.mark.parametrize("address", ["/", "/nothing", "/-/partners.csv", "/static/dashboard.css", "/?on=x"])
def test_every_answer_carries_the_rules_for_the_browser(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_it_is_only_read(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/").status_code == 405


def test_it_answers_only_to_its_own_names(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/", headers={"host": "elsewhere.example:8501"}).status_code == 421
    assert client.get("/", headers={"host": ""}).status_code == 421
    for host in ("localhost:8501", "127.0.0.1", "[::1]:8501"):
        assert client.get("/", headers={"host": host}).status_code == 200
    settings = toy_settings(tmp_path / "beyond")
    publish(settings, "20260101T000000Z-aaaaaaaa")
    beyond = TestClient(make_app(settings, (), PAGES))
    assert beyond.get("/", headers={"host": "anything.example"}).status_code == 200
    assert [host_of(text) for text in ("A.b:1", "[::1]:2", "[::1]", "")] == ["a.b", "[::1]", "[::1]", ""]


def test_an_address_has_a_longest_length(client: TestClient) -> None:
    assert client.get("/?other=" + "a" * 3000).status_code == 414


def test_without_a_release_it_says_what_to_run_and_follows_once_there_is_one(settings: Settings) -> None:
    client = TestClient(make_app(settings, (), PAGES), raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 503 and "Run `statecraft refresh`" in answer.text
    publish(settings, "20260101T000000Z-aaaaaaaa")
    assert client.get("/").status_code == 200


def test_it_follows_latest_and_browsers_keep_what_has_not_changed(client: TestClient, settings: Settings) -> None:
    first = client.get("/")
    kept = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    publish(settings, "20260102T000000Z-bbbbbbbb")
    second = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200 and "20260102T000000Z-bbbbbbbb" in second.text


def test_a_file_is_kept_for_good_because_its_address_changes_with_it(client: TestClient) -> None:
    assert "immutable" in client.get("/static/dashboard.css").headers["cache-control"]
    assert "/static/dashboard.css?v=" in client.get("/").text


def test_pages_are_made_before_they_are_asked_for(client: TestClient) -> None:
    client.app.state.dashboard.warm(PAGES)  # type: ignore[attr-defined]
    assert client.get("/").status_code == 200
