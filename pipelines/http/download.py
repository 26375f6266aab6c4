"""One body: received in pieces, taken up again after a cut, unpacked, and never larger than allowed.

Belongs here: what happens between the first and the last byte of a body. Does not belong here: whether to ask again.

The bytes are kept as they travel (packed or not), because that is what a Range request counts; they are unpacked once,
at the end.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

import httpx

from pipelines.files import TooLargeError, gunzip

#: Called as bytes arrive: bytes so far and bytes in all (None if the publisher did not say), both as they travel.
Progress = Callable[[int, int | None], None]


class TransientError(Exception):
    """May go right the next time. retry_after: seconds the publisher asked us to wait."""

    def __init__(self, what: str, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.retry_after = retry_after


class OversizedError(Exception):
    """The body is larger than allowed."""


class UnreadableEncodingError(Exception):
    """The body is packed in a way that was not asked for."""


class Download:
    """The body of one address, across attempts. max_bytes bounds what is received and, apart, what it unpacks to."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self.forget()

    def forget(self) -> None:
        """Drop what has arrived: the next request begins at the first byte."""
        self._address = ""
        self._received = bytearray()
        self._validator = ""
        self._encoding = ""
        self._total: int | None = None

    def resume_headers(self, address: str) -> dict[str, str]:
        """Headers asking for the rest of a cut body, and only if the file is still the same one; {} to begin anew."""
        if not self._received or not self._validator or address != self._address:
            return {}
        return {"Range": f"bytes={len(self._received)}-", "If-Range": self._validator}

    def receive(self, address: str, response: httpx.Response, progress: Progress | None) -> None:
        """Take in a 200 (from the start) or a 206 (the rest).

        Raises OversizedError; TransientError when a 206 does not continue what is held; whatever the wire raises.
        What arrived before a cut stays, for `resume_headers`.
        """
        if response.status_code == httpx.codes.PARTIAL_CONTENT:
            self._check_continues(address, response)
        else:
            self.forget()
            self._address = address
            self._validator = _resume_validator(response.headers)
            self._encoding = response.headers.get("content-encoding", "").strip().lower()
            length = response.headers.get("content-length", "")
            self._total = int(length) if length.isdigit() else None
        if self._encoding not in ("", "identity", "gzip", "x-gzip"):
            raise UnreadableEncodingError(self._encoding)
        if self._total is not None and self._total > self._max_bytes:
            raise OversizedError
        for piece in response.iter_raw():
            self._received += piece
            if len(self._received) > self._max_bytes:
                raise OversizedError
            if progress is not None:
                progress(len(self._received), self._total)

    def _check_continues(self, address: str, response: httpx.Response) -> None:
        stated = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+|\*)", response.headers.get("content-range", ""))
        encoding = response.headers.get("content-encoding", "").strip().lower()
        tag = response.headers.get("etag", self._validator)
        same_tag = not self._validator.startswith('"') or tag == self._validator
        same_total = stated is not None and (self._total is None or stated[3] in ("*", str(self._total)))
        continues = stated is not None and int(stated[1]) == len(self._received) and address == self._address
        if not (continues and same_total and same_tag and encoding == self._encoding):
            self.forget()
            raise TransientError("sent a part that does not continue what had arrived")

    def content(self) -> bytes:
        """The whole body, unpacked. TransientError if it is cut off or garbled, OversizedError if it is too much."""
        received, total = len(self._received), self._total
        if total is not None and received != total:
            if received > total:
                self.forget()
            raise TransientError(f"sent {received:,} of {total:,} bytes")
        if not received or self._encoding not in ("gzip", "x-gzip"):
            return bytes(self._received)
        try:
            return _gunzip(self._received, self._max_bytes)
        except TransientError:
            self.forget()
            raise


def _gunzip(packed: bytearray, max_bytes: int) -> bytes:
    try:
        return gunzip(packed, max_bytes)
    except TooLargeError as error:
        raise OversizedError from error
    except zlib.error as error:
        raise TransientError("sent a body whose gzip packing is damaged") from error
    except EOFError as error:
        raise TransientError("sent a gzip body that ends too early") from error


def _resume_validator(headers: Mapping[str, str]) -> str:
    """What proves that a later part is of the same file: a strong ETag, or a Last-Modified that is strong enough."""
    if headers.get("accept-ranges", "").lower() != "bytes":
        return ""
    tag = headers.get("etag", "")
    if tag.startswith('"'):
        return tag
    modified = headers.get("last-modified", "")
    if not modified or headers.get("content-encoding"):
        return ""
    try:
        age = parsedate_to_datetime(headers.get("date", "")) - parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return ""
    # A file that changed in the very second it was served could carry one date for two contents.
    return modified if age.total_seconds() >= 1 else ""
