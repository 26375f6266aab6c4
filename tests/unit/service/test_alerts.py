"""Alerts reach people by email and webhook; what cannot be sent stops nothing, and secrets stay unsaid."""

from __future__ import annotations

import json
import logging
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest

from pipelines.http.words import redact
from pipelines.service.alerts import Alert, channels, secrets_of, send

CANARY = "canary-of-a-secret"
ALERT = Alert(
    "refresh failed at ofac_sdn (landing)", "ofac_sdn: sdn.csv: rule row_count: too few. The last release stands."
)


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((self.path, json.loads(body)))  # type: ignore[attr-defined]
        self.send_response(self.server.answers.pop(0))  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quietly."""


class _Mail(socketserver.StreamRequestHandler):
    """Enough of SMTP to take a letter."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        lines: list[str] | None = None
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            if lines is not None:
                if line == ".":
                    self.server.got.append("\n".join(lines))  # type: ignore[attr-defined]
                    lines = None
                    self.wfile.write(b"250 kept\r\n")
                else:
                    lines.append(line)
            elif line.lower() == "data":
                lines = []
                self.wfile.write(b"354 go on\r\n")
            elif line.lower() == "quit":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 fine\r\n")


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    server.got, server.answers = [], [200]  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("STATECRAFT_ALERT_WEBHOOK", f"http://127.0.0.1:{server.server_port}/{CANARY}")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[socketserver.TCPServer]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail)
    server.got = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("STATECRAFT_ALERT_EMAIL", "desk@example.org, night@example.org")
    monkeypatch.setenv("STATECRAFT_SMTP", f"127.0.0.1:{server.server_address[1]}")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATECRAFT_ALERT_EMAIL", "STATECRAFT_ALERT_WEBHOOK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pipelines.http.words._secrets", set())  # what one test learned would hide another's fault


def test_nobody_is_told_where_nobody_is_named() -> None:
    assert channels() == {}
    assert send(ALERT) == {}


def test_a_webhook_gets_the_words(nobody_is_told: None, hook: HTTPServer) -> None:
    assert send(ALERT) == {}
    assert hook.got == [(f"/{CANARY}", {"text": f"Statecraft: {ALERT.text()}"})]  # type: ignore[attr-defined]


def test_a_webhook_is_tried_again(nobody_is_told: None, hook: HTTPServer) -> None:
    hook.answers[:] = [503, 200]  # type: ignore[attr-defined]
    assert send(ALERT, wait_seconds=0) == {}
    assert len(hook.got) == 2  # type: ignore[attr-defined]


def test_what_cannot_be_sent_stops_nothing_and_tells_no_secret(
    nobody_is_told: None, hook: HTTPServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("statecraft"), "propagate", True)
    hook.answers[:] = [500, 500, 500]  # type: ignore[attr-defined]
    with caplog.at_level(logging.DEBUG):
        assert send(ALERT, wait_seconds=0) == {"webhook": "HTTPStatusError"}
    assert "could not be sent by webhook" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize("token", [CANARY, f"{CANARY} of ä/+=&b"])
def test_a_secret_in_the_query_stays_unsaid_however_it_is_spelled(
    nobody_is_told: None,
    hook: HTTPServer,
    token: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """httpx writes the address it asked into its log, percent-encoded its own way; the server below sends it back."""
    address = f"http://127.0.0.1:{hook.server_port}/?v=1&token={token}"
    monkeypatch.setenv("STATECRAFT_ALERT_WEBHOOK", address)
    with caplog.at_level(logging.INFO):
        assert send(ALERT, wait_seconds=0) == {}
    assert "HTTP Request" in caplog.text and CANARY not in caplog.text
    [(asked, _)] = hook.got  # type: ignore[attr-defined]
    said = redact(f"asked {asked}; token {token.partition('&')[0]} and {parse_qsl(urlsplit(asked).query)[1][1]}")
    assert CANARY not in said


def test_what_may_be_part_of_any_word_is_no_secret() -> None:
    address = "https://user:pw@hook.example/?v=1&key=long-enough-to-be-one"
    parts = {"v=1&key=long-enough-to-be-one", "long-enough-to-be-one"}
    assert secrets_of(address) == {address, *parts}
    assert {"/T0/a-long-path", "a%20password"} < secrets_of("https://user:a%20password@hook.example/T0/a-long-path")


def test_an_email_reaches_everybody_named(nobody_is_told: None, mail: socketserver.TCPServer) -> None:
    assert send(ALERT) == {}
    [letter] = mail.got  # type: ignore[attr-defined]
    assert "Subject: Statecraft: refresh failed at ofac_sdn (landing)" in letter
    assert "To: desk@example.org, night@example.org" in letter
    assert "too few" in letter and "The last release stands." in letter
