"""A key goes to its publisher over an encrypted line, and is told to nobody else, in no error, log or answer."""

from __future__ import annotations

import logging
import ssl
from typing import Any

import pytest

from pipelines.errors import FetchError
from pipelines.http.wire import _trusted
from tests.faults.asking import BODY, make_http, patience, refusal
from tests.faults.publisher import Publisher, Reply

SECRET = "k3y/with+odd&signs"


def test_a_secret_is_not_forwarded_to_another_host(publisher: Publisher) -> None:
    with Publisher() as other:
        other.register("/data", BODY)
        publisher.fault("/old", "redirect_to", to=other.url("/data"), with_query=True)
        with make_http() as http:
            answer = http.get(publisher.url("/old"), params={"year": "2025"}, secret_params={"key": SECRET})
        assert publisher.asked()[0].first("key") == SECRET
        (forwarded,) = other.asked()
        assert forwarded.params == {"year": ["2025"]}
        assert "referer" not in forwarded.headers
        assert answer.url == other.url("/data?year=2025")


def test_a_secret_header_goes_to_its_publisher_alone(publisher: Publisher, caplog: pytest.LogCaptureFixture) -> None:
    with Publisher() as other:
        other.register("/data", BODY)
        publisher.fault("/old", "redirect_to", to=other.url("/data"))
        with caplog.at_level(logging.DEBUG), make_http() as http:
            answer = http.get(publisher.url("/old"), secret_headers={"X-Key": SECRET})
        assert publisher.asked()[0].headers["x-key"] == SECRET
        assert "x-key" not in other.asked()[0].headers
        assert SECRET not in answer.url + repr(answer.headers) + caplog.text


def test_a_secret_header_is_never_sent_unencrypted_nor_handed_on(publisher: Publisher) -> None:
    with make_http() as http, pytest.raises(FetchError, match="not encrypted"):
        http.get("http://example.org/data", secret_headers={"X-Key": SECRET})
    publisher.register("/data", lambda asked: Reply(f'["{asked.headers["x-key"]}"]'.encode()))
    error = refusal(publisher, secret_headers={"X-Key": "abcdefgh12345678"}, kind="json")
    assert "sent the key back" in error.what and "abcdefgh12345678" not in str(error)


def test_a_secret_elsewhere_in_a_redirect_is_refused(publisher: Publisher) -> None:
    publisher.fault("/data", "redirect_to", to="/login?back=%2Fdata%3Fkey%3Dsesame-open-now")
    error = refusal(publisher, secret_params={"key": "sesame-open-now"})
    assert "sesame-open-now" not in str(error)
    assert len(publisher.asked()) == 1


def test_a_key_is_never_sent_unencrypted() -> None:
    with make_http() as http, pytest.raises(FetchError, match="not encrypted") as caught:
        http.get("http://example.org/data", secret_params={"key": SECRET})
    assert SECRET not in str(caught.value)


SPELLINGS = (SECRET, "k3y%2Fwith%2Bodd%26signs", "k3y/with%2Bodd%26signs", "k3y/with+odd&amp;signs", "k3y")


LEAKY = [
    ("healthy", {}),
    ("echo_query", {"status": 400}),
    ("echo_query", {"status": 403}),
    ("echo_query", {"status": 404}),
    ("echo_query", {"status": 500}),
    ("echo_query", {"status": 200}),
    ("html_instead", {}),
    ("redirect_loop", {}),
    ("redirect_to", {"to": "http://127.0.0.1:1/closed", "with_query": True}),
    ("redirect_to", {"to": f"/other/{SECRET}"}),
    ("cut_off", {}),
    ("hang_up", {}),
    ("stall", {}),
    ("oversized", {}),
]


@pytest.mark.parametrize(("kind", "options"), LEAKY)
def test_a_secret_is_never_told(
    publisher: Publisher, caplog: pytest.LogCaptureFixture, kind: str, options: dict[str, Any]
) -> None:
    if kind == "healthy":
        publisher.register("/data", BODY, headers={"X-Echo": f"key={SECRET}", "Link": f"</data?key={SPELLINGS[1]}>"})
    else:
        publisher.fault("/data", kind, **options)
    told = ""
    with caplog.at_level(logging.DEBUG):
        for name in ("httpx", "httpcore", "httpcore.http11", "httpcore.connection"):
            caplog.set_level(logging.DEBUG, logger=name)
        with make_http(timeout_seconds=patience(kind)) as http:
            try:
                answer = http.get(
                    publisher.url("/data"),
                    params={"a": "b"},
                    secret_params={"key": SECRET},
                    kind="json",
                    max_bytes=10**6,
                )
                told = answer.url + repr(answer.headers)
            except FetchError as error:
                told = str(error) + repr(error) + repr(error.__cause__) + repr(error.__context__)
    assert publisher.asked()[0].first("key") == SECRET
    assert "GET" in caplog.text, "the libraries do log, or this proves nothing"
    spoken = told + caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert not [spelling for spelling in SPELLINGS if spelling in spoken]


def test_an_answer_that_carries_the_key_is_not_handed_on(publisher: Publisher) -> None:
    publisher.register("/data", lambda asked: Reply(f'["{asked.first("key")}"]'.encode()))
    error = refusal(publisher, secret_params={"key": "abcdefgh12345678"}, kind="json")
    assert "sent the key back" in error.what
    assert "abcdefgh12345678" not in str(error)


def test_the_password_of_a_proxy_is_not_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("http_proxy", "all_proxy", "no_proxy", "NO_PROXY", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for address in ("http://user:abcdefgh12345678@127.0.0.1:1", "socks5://user:abcdefgh12345678@127.0.0.1:1"):
        monkeypatch.setenv("HTTPS_PROXY", address)
        monkeypatch.setenv("https_proxy", address)
        with caplog.at_level(logging.DEBUG), make_http() as http, pytest.raises(FetchError) as caught:
            http.get("https://toys.invalid/data", secret_params={"key": SECRET})
        told = str(caught.value) + repr(caught.value.__cause__) + repr(caught.value.__context__) + caplog.text
        assert "abcdefgh12345678" not in told and SECRET not in told


def test_certificates_and_names_are_checked() -> None:
    assert _trusted().verify_mode == ssl.CERT_REQUIRED and _trusted().check_hostname


def test_half_a_secret_is_not_told_at_the_end_of_an_excerpt(publisher: Publisher) -> None:
    publisher.fault("/data", "400", body="x" * 190 + "abcdefgh12345678" + "y" * 50)
    error = refusal(publisher, secret_params={"key": "abcdefgh12345678"})
    assert "abcdef" not in str(error)
