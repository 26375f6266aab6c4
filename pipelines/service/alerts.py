"""Words to the people who look after the warehouse, by email and webhook.

Belongs here: what an alert says and how it is sent. Does not belong here: when one is due (watch.py).

Addresses and passwords come from the environment and are never shown: a webhook's address is often its only secret.

    STATECRAFT_ALERT_EMAIL    receivers, separated by commas
    STATECRAFT_SMTP           mail server, host:port (default localhost:25)
    STATECRAFT_SMTP_USER, STATECRAFT_SMTP_PASSWORD    where it asks who sends; then the line is encrypted first
    STATECRAFT_ALERT_FROM     sender (default statecraft@localhost)
    STATECRAFT_ALERT_WEBHOOK  address that takes {"text": ...} as JSON, as chat services do
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qsl, urlsplit

import httpx
from tenacity import RetryError, Retrying, stop_after_attempt, wait_exponential

from pipelines.http.words import guard_library_logs, learn_secrets
from pipelines.progress import log

TIMEOUT_SECONDS = 15.0
ATTEMPTS = 3
DEFAULT_SMTP, SMTP_PORT = "localhost", 25
#: A part of an address that is no longer than this may be part of any word: it is no secret by itself.
COMMON_CHARACTERS = 8


@dataclass(frozen=True)
class Alert:
    """What happened, in a line; why and what to do, in words."""

    title: str
    words: str

    def text(self) -> str:
        return f"{self.title}\n\n{self.words}"


def channels() -> dict[str, Callable[[Alert], None]]:
    """The ways alerts go, as the environment names them: channel -> sender. Empty where nobody is to be told."""
    found: dict[str, Callable[[Alert], None]] = {}
    if os.environ.get("STATECRAFT_ALERT_EMAIL"):
        found["email"] = _email
    if os.environ.get("STATECRAFT_ALERT_WEBHOOK"):
        found["webhook"] = _webhook
    return found


def send(alert: Alert, wait_seconds: float = 2.0) -> dict[str, str]:
    """Send by every channel. Returns channel -> what went wrong, empty where all were reached; raises nothing.

    An alert that cannot be sent must not stop what it tells of; `statecraft status` still says it.
    """
    log.warning("%s: %s", alert.title, alert.words)
    failed: dict[str, str] = {}
    for name, deliver in channels().items():
        retrying = Retrying(stop=stop_after_attempt(ATTEMPTS), wait=wait_exponential(multiplier=wait_seconds))
        try:
            retrying(deliver, alert)
        except RetryError as error:
            cause = error.last_attempt.exception()
            # Only the kind of error: its words may repeat an address or a password.
            failed[name] = type(cause).__name__
            log.error("The alert could not be sent by %s (%s). `statecraft status` says it.", name, failed[name])
    return failed


def is_delivered(alert: Alert) -> bool:
    """Send; whether it reached somebody, or nobody is to be told."""
    named = channels()
    return len(send(alert)) < len(named) or not named


def secrets_of(address: str) -> set[str]:
    """What of a webhook's address is not to be said, as it is given and as the library below writes it.

    The whole; and its path, its password, its query and each value of that where they are long enough to be secrets.
    """
    whole, parts = {address, str(httpx.URL(address))}, set[str]()
    for spelled in whole:
        split = urlsplit(spelled)
        written = {pair.partition("=")[2] for pair in split.query.split("&")}
        meant = {value for _, value in parse_qsl(split.query)}
        parts |= {split.path, split.password or "", split.query, *written, *meant}
    return whole | {part for part in parts if len(part) > COMMON_CHARACTERS}


def _email(alert: Alert) -> None:
    host, _, port = os.environ.get("STATECRAFT_SMTP", DEFAULT_SMTP).partition(":")
    message = EmailMessage()
    message["Subject"] = f"Statecraft: {alert.title}"
    message["From"] = os.environ.get("STATECRAFT_ALERT_FROM", "statecraft@localhost")
    message["To"] = os.environ["STATECRAFT_ALERT_EMAIL"]
    message.set_content(alert.text())
    with smtplib.SMTP(host, int(port or SMTP_PORT), timeout=TIMEOUT_SECONDS) as server:
        user = os.environ.get("STATECRAFT_SMTP_USER")
        if user:
            server.starttls(context=ssl.create_default_context())
            server.login(user, os.environ.get("STATECRAFT_SMTP_PASSWORD", ""))
        server.send_message(message)


def _webhook(alert: Alert) -> None:
    address = os.environ["STATECRAFT_ALERT_WEBHOOK"]
    # The library below writes addresses into its log.
    learn_secrets(secrets_of(address))
    guard_library_logs()
    httpx.post(address, json={"text": f"Statecraft: {alert.text()}"}, timeout=TIMEOUT_SECONDS).raise_for_status()
