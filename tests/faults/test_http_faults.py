"""The HTTP client against a misbehaving publisher: what passes ends in the right bytes, what lasts in a clear word."""

from __future__ import annotations

import email.utils
import hashlib
import time

import httpcore
import httpx
import pytest

from pipelines.errors import FetchError
from pipelines.http.wire import _proxy_for
from tests.faults.asking import BODY, make_http, patience, refusal, scripted_http
from tests.faults.publisher import Asked, Publisher, Reply, strong_tag


def test_healthy_answer_is_bytes_address_and_headers(publisher: Publisher) -> None:
    publisher.register("/data", BODY, headers={"Set-Cookie": "session=1", "X-Thing": "Yes"})
    with make_http() as http:
        answer = http.get(publisher.url("/data?a=1"), params={"b": "from 2013-01", "c": ["x", "y"]}, kind="json")
    assert answer.content == BODY
    assert answer.status == 200
    assert answer.headers["x-thing"] == "Yes"
    assert "set-cookie" not in answer.headers
    (asked,) = publisher.asked()
    assert asked.params == {"a": ["1"], "b": ["from 2013-01"], "c": ["x", "y"]}
    assert asked.headers["user-agent"].startswith("statecraft/")
    assert not answer.not_modified and not answer.empty


def test_nothing_at_an_address_is_an_answer_where_that_may_be(publisher: Publisher) -> None:
    with make_http() as http:
        answer = http.get(publisher.url("/not-yet"), may_be_absent=True)
        assert (answer.content, answer.status, answer.empty) == (b"", 404, True)
        publisher.register("/data", BODY)
        assert http.get(publisher.url("/data"), may_be_absent=True).content == BODY
    refusal(publisher, "/not-yet")


@pytest.mark.parametrize("kind", ["429", "500", "502", "503", "504", "cut_off", "cut_off_chunked", "hang_up", "stall"])
@pytest.mark.parametrize("packed", [False, True])
def test_transient_fault_ends_in_the_right_bytes(publisher: Publisher, kind: str, packed: bool) -> None:
    publisher.register("/data", BODY, packed=packed)
    publisher.fault("/data", kind, times=2)
    with make_http(timeout_seconds=patience(kind)) as http:
        assert http.get(publisher.url("/data"), kind="json").content == BODY
    assert len(publisher.asked()) == 3


@pytest.mark.parametrize("kind", ["429", "503", "cut_off", "cut_off_chunked", "hang_up", "stall"])
def test_lasting_fault_ends_in_an_error_after_all_attempts(publisher: Publisher, kind: str) -> None:
    publisher.fault("/data", kind)
    error = refusal(publisher, options={"timeout_seconds": patience(kind)})
    assert "asked 3 times" in error.what
    assert publisher.url("/data") in error.what
    assert len(publisher.asked()) == 3


def test_nobody_listening_is_an_error() -> None:
    with Publisher() as gone:
        address = gone.url("/data")
    with make_http() as http, pytest.raises(FetchError, match="asked 3 times"):
        http.get(address)


def test_retry_after_is_honoured(publisher: Publisher) -> None:
    publisher.fault("/data", "429", times=1, Retry_After=1)
    began = time.monotonic()
    with make_http() as http:
        assert http.get(publisher.url("/data")).content == BODY
    assert time.monotonic() - began >= 1.0


def test_retry_after_longer_than_bounded_stops_at_once(publisher: Publisher) -> None:
    later = email.utils.format_datetime(email.utils.localtime(), usegmt=False)
    publisher.fault("/data", "503", times=1, Retry_After=later)
    with make_http() as http:
        assert http.get(publisher.url("/data")).content == BODY, "a date that has passed asks for no wait"
    publisher.fault("/data", "503", times=1, Retry_After=7200)
    error = refusal(publisher)
    assert "7200 s" in error.action
    assert len(publisher.asked()) == 3


def test_waits_never_pass_the_deadline(publisher: Publisher) -> None:
    publisher.fault("/data", "503", Retry_After=60)
    began = time.monotonic()
    assert "asked once" in refusal(publisher).what
    assert time.monotonic() - began < 3.0


@pytest.mark.parametrize("kind", ["trickle", "trickle_header"])
def test_a_trickle_ends_with_the_deadline(publisher: Publisher, kind: str) -> None:
    publisher.fault("/data", kind)
    began = time.monotonic()
    error = refusal(publisher, options={"deadline_seconds": 0.4})
    assert "did not finish within 0.4 s" in error.what
    assert time.monotonic() - began < 3.0


def test_requests_to_one_host_keep_their_distance(publisher: Publisher) -> None:
    began = time.monotonic()
    with make_http(min_interval_seconds=0.1) as http:
        for _ in range(3):
            http.get(publisher.url("/data"))
    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_download_is_resumed(publisher: Publisher, packed: bool) -> None:
    publisher.register("/data", BODY, headers={"ETag": strong_tag(BODY)}, ranges=True, packed=packed)
    publisher.fault("/data", "cut_off", times=2)
    seen: list[tuple[int, int | None]] = []
    with make_http(on_progress=lambda done, total: seen.append((done, total))) as http:
        assert http.get(publisher.url("/data"), kind="json").content == BODY
    first, second, third = publisher.asked()
    assert "range" not in first.headers
    assert second.headers["if-range"] == strong_tag(BODY)
    assert int(third.headers["range"][6:-1]) > int(second.headers["range"][6:-1]) > 0
    assert seen[-1] == (seen[-1][1], seen[-1][1])
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_cut_download_is_resumed_by_date(publisher: Publisher) -> None:
    publisher.register("/data", BODY, headers={"Last-Modified": "Wed, 01 Jan 2025 00:00:00 GMT"}, ranges=True)
    publisher.fault("/data", "cut_off", times=1)
    with make_http() as http:
        assert http.get(publisher.url("/data")).content == BODY
    assert publisher.asked()[1].headers["if-range"] == "Wed, 01 Jan 2025 00:00:00 GMT"


def test_a_file_that_changed_between_the_parts_is_taken_whole(publisher: Publisher) -> None:
    publisher.register("/data", BODY, headers={"ETag": '"old"'}, ranges=True)
    publisher.fault("/data", "cut_off", times=1)
    new = BODY.replace(b"2025-01", b"2025-02")

    def changed(asked: Asked) -> Reply:
        assert asked.headers["if-range"] == '"old"'
        return Reply(new, headers={"ETag": '"new"', "Accept-Ranges": "bytes"})

    def cut_then_changed(asked: Asked) -> Reply:
        publisher.register("/data", changed, ranges=True)
        return Reply(BODY, headers={"ETag": '"old"', "Accept-Ranges": "bytes"})

    publisher.register("/data", cut_then_changed)
    with make_http() as http:
        assert http.get(publisher.url("/data")).content == new


@pytest.mark.parametrize(
    "headers", [{"ETag": 'W/"weak"'}, {"Last-Modified": email.utils.formatdate(time.time() + 86_400, usegmt=True)}, {}]
)
def test_without_a_strong_validator_the_whole_is_asked_again(publisher: Publisher, headers: dict[str, str]) -> None:
    publisher.register("/data", BODY, headers=headers, ranges=True)
    publisher.fault("/data", "cut_off", times=1)
    with make_http() as http:
        assert http.get(publisher.url("/data")).content == BODY
    assert "range" not in publisher.asked()[1].headers


@pytest.mark.parametrize("content_range", ["bytes 5-9/10", "bytes 0-9/10", "nonsense", ""])
def test_a_part_that_does_not_fit_is_thrown_away(publisher: Publisher, content_range: str) -> None:
    def sly(asked: Asked) -> Reply:
        if "range" in asked.headers:
            return Reply(b"xxxxx", 206, headers={"Content-Range": content_range, "ETag": '"e"'})
        return Reply(BODY, headers={"ETag": '"e"', "Accept-Ranges": "bytes"})

    publisher.register("/data", sly)
    publisher.fault("/data", "cut_off", times=1)
    with make_http() as http:
        assert http.get(publisher.url("/data")).content == BODY
    assert ["range" in asked.headers for asked in publisher.asked()] == [False, True, False]


def test_conditional_request_says_not_modified(publisher: Publisher) -> None:
    publisher.register("/data", BODY, headers={"ETag": '"e1"', "Last-Modified": "Wed, 01 Jan 2025 00:00:00 GMT"})
    with make_http() as http:
        held = http.get(publisher.url("/data"), conditional={"etag": '"e1"'})
        dated = http.get(publisher.url("/data"), conditional={"last_modified": "Wed, 01 Jan 2025 00:00:00 GMT"})
        fresh = http.get(publisher.url("/data"), conditional={"etag": '"e0"', "last_modified": ""})
    assert held.not_modified and held.content == b"" and held.headers["etag"] == '"e1"'
    assert dated.not_modified
    assert not fresh.not_modified and fresh.content == BODY


def test_nothing_to_report_is_an_empty_answer(publisher: Publisher) -> None:
    publisher.fault("/data", "empty_204", times=1)
    with make_http() as http:
        answer = http.get(publisher.url("/data"), kind="json")
    assert answer.empty and answer.content == b"" and answer.status == 204


@pytest.mark.parametrize("kind", ["json", "csv", "xml"])
@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/json"])
def test_a_web_page_is_not_data(publisher: Publisher, kind: str, content_type: str) -> None:
    publisher.fault("/data", "html_instead", content_type=content_type)
    error = refusal(publisher, kind=kind)
    assert f"sent a web page instead of {kind.upper()}" in error.what
    assert "Down for maintenance Back at noon." in error.what
    assert len(publisher.asked()) == 1


@pytest.mark.parametrize(
    ("kind", "body", "word"),
    [
        ("json", b"", "an empty body"),
        ("json", b"error: try again", "something else"),
        ("xml", b"{}", "something else"),
        ("csv", b"<table/>", "a web page"),
        ("xml", b'<?xml version="1.0"?><!DOCTYPE html><html/>', "a web page"),
    ],
)
def test_a_body_of_another_kind_is_refused(publisher: Publisher, kind: str, body: bytes, word: str) -> None:
    publisher.register("/data", body, "application/octet-stream")
    assert f"sent {word} instead of" in refusal(publisher, kind=kind).what


@pytest.mark.parametrize("body", [b"\xef\xbb\xbf[1]", b" \n{}"])
def test_a_mark_or_blank_before_json_is_fine(publisher: Publisher, body: bytes) -> None:
    publisher.register("/data", body)
    with make_http() as http:
        assert http.get(publisher.url("/data"), kind="json").content == body


@pytest.mark.parametrize("status", ["400", "401", "403", "418"])
def test_a_refusal_is_told_in_the_publishers_words(publisher: Publisher, status: str) -> None:
    publisher.fault("/data", status, body="<html><script>x()</script><p>Unknown&nbsp;variable <b>DUT</b>" + "!" * 400)
    error = refusal(publisher)
    assert f'answered {status}, saying "Unknown variable DUT !!!' in error.what
    assert len(error.what) < 330
    assert len(publisher.asked()) == 1


def test_a_missing_page_names_the_address(publisher: Publisher) -> None:
    error = refusal(publisher, "/gone.json?year=2025")
    assert f"{publisher.url('/gone.json?year=2025')} does not exist" in error.what
    assert "source.yml" in error.action


@pytest.mark.parametrize(
    ("kind", "word"), [("redirect_loop", "in a circle"), ("redirect_on_and_on", "more than 5 times")]
)
def test_endless_redirects_are_named(publisher: Publisher, kind: str, word: str) -> None:
    publisher.fault("/data", kind)
    assert word in refusal(publisher).what
    assert len(publisher.asked()) <= 6


@pytest.mark.parametrize("location", ["", "ftp://example.org/x", "http://host:port/", "mailto:someone"])
def test_a_redirect_to_nowhere_is_named(publisher: Publisher, location: str) -> None:
    publisher.fault("/data", "redirect_to", to=location)
    assert "redirects to an address that cannot be" in refusal(publisher).what


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(publisher: Publisher, status: int) -> None:
    publisher.fault("/old", "redirect_to", to="/data", status=status)
    with make_http() as http:
        answer = http.get(publisher.url("/old"), secret_params={"key": "sesame-open-now"})
    assert answer.content == BODY
    assert answer.url == publisher.url("/data")
    assert [asked.first("key") for asked in publisher.asked()] == ["sesame-open-now"] * 2


def test_never_from_https_to_http() -> None:
    http = scripted_http(lambda request: httpx.Response(302, headers={"Location": "http://example.org/data"}))
    with http, pytest.raises(FetchError, match="not encrypted: not followed"):
        http.get("https://example.org/data")


def test_a_false_certificate_is_not_asked_again() -> None:
    asked: list[str] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        raise httpcore.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed")

    with scripted_http(refuse) as http, pytest.raises(FetchError, match="could not prove who it is"):
        http.get("https://example.org/data")
    assert len(asked) == 1


@pytest.mark.parametrize("kind", ["oversized", "bomb"])
def test_too_much_is_stopped(publisher: Publisher, kind: str) -> None:
    publisher.fault("/data", kind)
    error = refusal(publisher, max_bytes=1_000_000)
    assert "more than the 1,000,000 bytes allowed" in error.what
    assert "max_bytes" in error.action
    assert len(publisher.asked()) == 1


def test_a_declared_length_too_large_is_not_even_begun(publisher: Publisher) -> None:
    seen: list[int] = []
    error = refusal(publisher, options={"max_bytes": 1000, "on_progress": lambda done, total: seen.append(done)})
    assert "more than the 1,000 bytes allowed" in error.what
    assert seen == []


def test_damaged_and_unknown_packing(publisher: Publisher) -> None:
    publisher.register("/data", BODY, headers={"Content-Encoding": "gzip"})
    assert "gzip packing is damaged" in refusal(publisher).what
    publisher.register("/data", BODY, headers={"Content-Encoding": "br"})
    assert "packed as br" in refusal(publisher).what


@pytest.mark.parametrize("address", ["data.json", "file:///etc/hosts", "http://x:port/", "https://", ""])
def test_what_is_not_an_address_is_refused(address: str) -> None:
    with make_http() as http, pytest.raises(FetchError, match="not an address"):
        http.get(address)


def test_the_environments_proxy_is_followed_but_not_for_this_machine(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", publisher.url())
    publisher.register("/through", BODY)
    with make_http() as http:
        assert http.get("http://example.invalid/through").content == BODY
    assert publisher.asked()[0].headers["host"] == "example.invalid"
    assert _proxy_for(httpx.URL("http://127.0.0.1/x")) == ""
    assert _proxy_for(httpx.URL("https://example.invalid/x")) == ""
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    with make_http() as http, pytest.raises(FetchError, match="not an HTTP proxy"):
        http.get("https://example.invalid/x")


def test_large_bodies_cost_no_more_than_a_few_copies(publisher: Publisher) -> None:
    large = hashlib.sha256(b"seed").digest() * 262_144
    publisher.register("/large", large, "application/octet-stream", packed=True)
    with make_http(timeout_seconds=5.0) as http:
        assert http.get(publisher.url("/large")).content == large
