"""What may be said aloud: text for errors and logs, with every secret blacked out.

Belongs here: redaction, and making a publisher's error page readable. Does not belong here: deciding what is an error.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

REDACTED = "[secret]"
EXCERPT_CHARACTERS = 200
#: A body may be huge or made to be slow to clean; its own words stand near its beginning.
_BYTES_READ = 65_536
_CHARACTERS_CLEANED = 20_000

#: Loggers of the libraries below this client. A filter on a parent does not see its children's records: each is named.
_LIBRARY_LOGGERS = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy")

_secrets: set[str] = set()


def learn_secrets(values: Iterable[str]) -> None:
    """From now on, for the life of the process, these values are blacked out wherever `redact` is used."""
    for value in values:
        if value:
            spellings = {value, quote(value, safe=""), quote(value), quote_plus(value), html.escape(value)}
            _secrets.update(spellings | {json.dumps(value)[1:-1]})


def redact(text: str) -> str:
    """`text` with every known secret, however it is spelled in an address or a page, replaced by a mark."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, REDACTED)
    return text


class _RedactingFilter(logging.Filter):
    """Rewrites a library's log record when it carries a secret, e.g. in a Location header the server sent back."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        spoken = redact(message)
        if spoken != message:
            record.msg, record.args = spoken, ()
        return True


def guard_library_logs() -> None:
    """Put the redacting filter on the loggers of the libraries below; calling it again changes nothing."""
    for name in _LIBRARY_LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(held, _RedactingFilter) for held in logger.filters):
            logger.addFilter(_RedactingFilter())


def excerpt(body: bytes) -> str:
    """The publisher's own words: the first 200 characters of a body without markup, controls or secrets."""
    # Redaction comes before every cut: half a secret is still too much.
    text = redact(body[:_BYTES_READ].decode("utf-8", errors="replace"))[:_CHARACTERS_CLEANED]
    text = re.sub(r"(?is)<!--.*?-->|<(script|style)\b.*?</\1\s*>", " ", text)
    text = html.unescape(re.sub(r"<[^<>]*>", " ", text))
    text = "".join(character if character.isprintable() else " " for character in text)
    text = redact(" ".join(text.split()))
    return text if len(text) <= EXCERPT_CHARACTERS else text[: EXCERPT_CHARACTERS - 1] + "…"


def looks_like_web_page(body: bytes) -> bool:
    """True if the first characters are those of an HTML document."""
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start
