"""What an answer is, and how headers and first bytes are read.

Belongs here: the Answer record and pure functions over status, headers and bodies. Does not belong here: asking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

import httpx

from pipelines.http.words import excerpt, looks_like_web_page

Kind = Literal["any", "json", "csv", "xml"]
_NAMES = {"json": "JSON", "csv": "CSV", "xml": "XML"}


@dataclass(frozen=True)
class Answer:
    """What the publisher said.

    content: the body, unpacked.  url: the address that answered, without secrets.  headers: lower-case names, without
    secrets and cookies.  not_modified: 304, what is held is current.  empty: there is nothing for this question (204,
    or 404 where that may be).
    """

    content: bytes
    url: str
    status: int
    headers: dict[str, str]
    not_modified: bool = False
    empty: bool = False


@lru_cache(maxsize=1)
def default_user_agent() -> str:
    """Who we say we are. A checkout that was never installed has no version number to tell."""
    try:
        number = version("statecraft")
    except PackageNotFoundError:
        number = "checkout"
    return f"statecraft/{number} (open trade-policy warehouse)"


def conditions(held: Mapping[str, str]) -> dict[str, str]:
    """Request headers that ask for a body only if it differs from the one held (etag, last_modified)."""
    named = {"If-None-Match": held.get("etag", ""), "If-Modified-Since": held.get("last_modified", "")}
    return {name: value for name, value in named.items() if value}


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port: what must be equal for two addresses to be one publisher's."""
    return url.scheme, url.host, url.port


def retry_after(value: str) -> float | None:
    """Seconds from now, from a number of seconds or a date; None if there is none or it makes no sense."""
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def problem(kind: Kind, content: bytes, content_type: str) -> str:
    """Why this body cannot be of the kind asked for; "" if it may be."""
    if kind == "any":
        return ""
    start = content[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return f"sent an empty body instead of {_NAMES[kind]}"
    is_page = content_type.lower().startswith("text/html") or looks_like_web_page(content)
    if is_page or (kind in ("json", "csv") and start.startswith(b"<")):
        return f"sent a web page instead of {_NAMES[kind]}"
    if (kind == "json" and start[:1] not in (b"[", b"{")) or (kind == "xml" and start[:1] != b"<"):
        return f"sent something else instead of {_NAMES[kind]}"
    return ""


def quoted(body: bytes) -> str:
    """`, saying "..."` with the publisher's own words, or "" if there are none."""
    words = excerpt(body)
    return f', saying "{words}"' if words else ""
