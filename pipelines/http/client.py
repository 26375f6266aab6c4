"""One question to a publisher, asked until there is an answer or a reason to stop that a person can act on.

Belongs here: retries, pauses, redirects, what a status code means, whether the answer is of the kind asked for.
Does not belong here: sockets and secrets on the wire (wire.py), bodies (download.py), any one publisher.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, stop_before_delay
from tenacity.wait import wait_random_exponential

from pipelines.errors import FetchError, UnreachableError
from pipelines.http.answers import Answer, Kind, conditions, default_user_agent, origin, problem, quoted, retry_after
from pipelines.http.download import Download, OversizedError, Progress, TransientError, UnreadableEncodingError
from pipelines.http.wire import LOOPBACK, WIRE_ERRORS, Deadline, Transport, sending_secrets
from pipelines.http.words import guard_library_logs, learn_secrets, redact

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({429, 500, 502, 503, 504})
MOST_REDIRECTS = 5
_ERROR_PAGE_BYTES = 65_536
#: A secret shorter than this is not looked for in bodies: it would be found by chance.
_TELLING_SECRET = 8

_LATER = "Check that this machine is online, then try again later. Nothing was archived."
_ADDRESS = "Check the address under `endpoints` in source.yml against the publisher's page; it may have moved."
_ALLOWED = "Check the request, and the key named by `key_environment` in source.yml if the source has one."
_FORMAT = (
    "Open the address in a browser: the publisher may be down for maintenance, want a key, or have moved the file."
)


@dataclass(frozen=True)
class _Question:
    url: httpx.URL
    secrets: dict[str, str]
    secret_headers: dict[str, str]
    headers: dict[str, str]
    kind: Kind
    max_bytes: int
    may_be_absent: bool
    download: Download


class Http:
    """Asks politely and never waits for ever. One instance for one run and one thread; close it, or use it in a `with`.

    source: put in front of every error.
    min_interval_seconds: pause between two requests to one host.
    timeout_seconds: the longest silence on a connection.
    deadline_seconds: the longest one `get` may take, with all its attempts and waits.
    attempts: how often a question is put before giving up, `backoff_seconds` apart at first, then growing, with jitter,
        up to `backoff_limit_seconds`.
    retry_after_limit_seconds: a longer wait than this, asked for by the publisher, ends the call.
    max_bytes: bound on any body, received or unpacked.
    on_progress: told of bytes as they arrive.
    """

    def __init__(
        self,
        *,
        source: str = "",
        user_agent: str | None = None,
        min_interval_seconds: float = 0.2,
        timeout_seconds: float = 60.0,
        connect_timeout_seconds: float = 10.0,
        deadline_seconds: float = 900.0,
        attempts: int = 5,
        backoff_seconds: float = 1.0,
        backoff_limit_seconds: float = 60.0,
        retry_after_limit_seconds: float = 300.0,
        max_bytes: int = 256 << 20,
        on_progress: Progress | None = None,
    ) -> None:
        guard_library_logs()
        self._source = source
        self._min_interval = min_interval_seconds
        self._deadline_seconds = deadline_seconds
        self._attempts = attempts
        self._backoff = wait_random_exponential(
            multiplier=backoff_seconds, max=backoff_limit_seconds, min=backoff_seconds
        )
        self._retry_after_limit = retry_after_limit_seconds
        self._max_bytes = max_bytes
        self._on_progress = on_progress
        self._free_at: dict[str, float] = {}
        self._deadline = Deadline()
        self._client = httpx.Client(
            transport=Transport(self._deadline),
            timeout=httpx.Timeout(timeout_seconds, connect=connect_timeout_seconds),
            headers={"User-Agent": user_agent or default_user_agent(), "Accept-Encoding": "gzip"},
            trust_env=False,
        )

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, Any] | None = None,
        secret_params: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        conditional: Mapping[str, str] | None = None,
        kind: Kind = "any",
        max_bytes: int | None = None,
        may_be_absent: bool = False,
    ) -> Answer:
        """Ask for `url`; `params` join its query, `secret_params` too but only as the request leaves.

        secret_headers: keys that travel as headers, added in the same place.
        conditional: {"etag": ..., "last_modified": ...} of what is held; the answer may then be `not_modified`.
        kind: refuses a body that is plainly something else.  max_bytes: this body's own bound.
        may_be_absent: that there is nothing at the address (404) is an answer too, and `empty`.
        Raises FetchError, and nothing else, whatever the publisher or the line does.
        """
        secrets, hidden = dict(secret_params or {}), dict(secret_headers or {})
        learn_secrets([*secrets.values(), *hidden.values()])
        address = self._first_address(url, params, bool(secrets or hidden))
        limit = self._max_bytes if max_bytes is None else max_bytes
        download = Download(limit)
        asking = conditions(conditional or {})
        question = _Question(address, secrets, hidden, asking, kind, limit, may_be_absent, download)
        self._deadline.start(self._deadline_seconds)
        began = time.monotonic()
        retrying = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=stop_after_attempt(self._attempts) | stop_before_delay(self._deadline_seconds),
            wait=self._wait,
            reraise=True,
        )
        try:
            return retrying(self._attempt, question)
        except TransientError as last:
            tried = retrying.statistics.get("attempt_number", 1)
            often = "asked once" if tried == 1 else f"asked {tried} times"
            spent = time.monotonic() - began
            raise self._away(f"{last.what}; {often} in {spent:.0f} s.", _LATER) from None

    def _first_address(self, url: str, params: Mapping[str, Any] | None, with_secrets: bool) -> httpx.URL:
        try:
            address = httpx.URL(url).copy_merge_params(params) if params else httpx.URL(url)
        except (httpx.InvalidURL, TypeError) as error:
            raise self._refusal(f"{url!r} is not an address ({error}).", _ADDRESS) from None
        if address.scheme not in ("http", "https") or not address.host:
            raise self._refusal(f"{url!r} is not an address on the web.", _ADDRESS)
        if with_secrets and address.scheme == "http" and address.host not in LOOPBACK:
            raise self._refusal(f"{address} is not encrypted, and a key would be sent to it.", "Use its https address.")
        return address

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, TransientError) and error.retry_after is not None else 0.0
        return max(float(self._backoff(state)), asked)

    def _attempt(self, question: _Question) -> Answer:
        """Ask once, following redirects. Raises TransientError where asking again may help."""
        address = question.url
        visited = [address]
        while True:
            response = self._send(address, question)
            try:
                if response.status_code not in _REDIRECTS:
                    return self._answer(address, response, question)
                address = self._redirected(address, response, question, visited)
                visited.append(address)
            except WIRE_ERRORS as error:
                raise self._wire_failure(address, error) from None
            finally:
                response.close()

    def _send(self, address: httpx.URL, question: _Question) -> httpx.Response:
        self._pause_for(address.netloc.decode("ascii"))
        headers = question.download.resume_headers(str(address)) or question.headers
        same_place = origin(address) == origin(question.url)
        extensions = sending_secrets(question.secrets, question.secret_headers) if same_place else {}
        request = self._client.build_request("GET", address, headers=headers, extensions=extensions)
        try:
            return self._client.send(request, stream=True)
        except WIRE_ERRORS as error:
            raise self._wire_failure(address, error) from None
        except (httpx.RemoteProtocolError, httpx.InvalidURL):
            # The library looks at a redirect's Location before we do.
            raise self._refusal(f"{address} redirects to an address that cannot be read.", _ADDRESS) from None

    def _pause_for(self, host: str) -> None:
        now = time.monotonic()
        free_at = self._free_at.get(host, now)
        if free_at > now:
            time.sleep(min(free_at - now, self._deadline.remaining))
        self._free_at[host] = max(free_at, now) + self._min_interval

    def _wire_failure(self, address: httpx.URL, error: Exception) -> Exception:
        if self._deadline.has_passed:
            limit = f"{self._deadline_seconds:g} s"
            return self._away(f"{address} did not finish within {limit}: it sends too slowly, or stopped.", _LATER)
        words = redact(str(error)) or type(error).__name__
        if "CERTIFICATE_VERIFY_FAILED" in words:
            action = "Check this machine's clock and, behind a proxy, name its certificates in SSL_CERT_FILE."
            return self._refusal(f"{address} could not prove who it is ({words}).", action)
        return TransientError(f"{address} broke off or did not answer ({type(error).__name__}: {words})")

    def _redirected(
        self, address: httpx.URL, response: httpx.Response, question: _Question, visited: list[httpx.URL]
    ) -> httpx.URL:
        """Where a redirect leads, without secrets. FetchError for a circle, too many, or a step down from https."""
        location = response.headers.get("location", "")
        try:
            target = address.join(location).copy_with(fragment=None)
        except httpx.InvalidURL:
            target = httpx.URL("")
        for name in question.secrets:
            if name in target.params:
                target = target.copy_remove_param(name)
        if not location or target.scheme not in ("http", "https") or redact(str(target)) != str(target):
            raise self._refusal(
                f"{address} redirects to an address that cannot be followed ({redact(location)[:200]!r}).", _ADDRESS
            )
        if address.scheme == "https" and target.scheme == "http":
            raise self._refusal(f"{address} redirects to {target}, which is not encrypted: not followed.", _ADDRESS)
        if target in visited:
            raise self._refusal(f"{address} redirects in a circle (back to {target}).", _ADDRESS)
        if len(visited) > MOST_REDIRECTS:
            raise self._refusal(f"{question.url} redirects more than {MOST_REDIRECTS} times.", _ADDRESS)
        return target

    def _answer(self, address: httpx.URL, response: httpx.Response, question: _Question) -> Answer:
        status = response.status_code
        headers = {name.lower(): redact(value) for name, value in response.headers.items() if name != "set-cookie"}
        if status == 204 or (status == 304 and question.headers):
            # There is no body, but the line is free for the next question only once that has been read.
            response.read()
            return Answer(b"", str(address), status, headers, not_modified=status == 304, empty=status == 204)
        if status == 404 and question.may_be_absent:
            return Answer(b"", str(address), status, headers, empty=True)
        resuming = "if-range" in response.request.headers
        if status == 200 or (status == 206 and resuming):
            content = self._body(address, response, question)
            self._check(address, content, headers.get("content-type", ""), question)
            return Answer(content, str(address), status, headers)
        if status == 416 and resuming:
            question.download.forget()
            raise TransientError(f"{address} has no more of a body that was cut off")
        raise self._failure(address, response)

    def _body(self, address: httpx.URL, response: httpx.Response, question: _Question) -> bytes:
        try:
            question.download.receive(str(address), response, self._on_progress)
            return question.download.content()
        except TransientError as error:
            raise TransientError(f"{address} {error.what}") from None
        except OversizedError:
            action = "If the file has really grown, raise `max_bytes` where fetch.py asks for it."
            raise self._refusal(
                f"{address} sends more than the {question.max_bytes:,} bytes allowed.", action
            ) from None
        except UnreadableEncodingError as error:
            raise self._refusal(f"{address} sends a body packed as {error}, not asked for.", _LATER) from None

    def _check(self, address: httpx.URL, content: bytes, content_type: str, question: _Question) -> None:
        secrets = (*question.secrets.values(), *question.secret_headers.values())
        if any(secret.encode() in content for secret in secrets if len(secret) >= _TELLING_SECRET):
            raise self._refusal(f"{address} sent the key back inside its answer, which may not be archived.", _ALLOWED)
        unfit = problem(question.kind, content, content_type)
        if unfit:
            raise self._refusal(f"{address} {unfit}{quoted(content)}.", _FORMAT)

    def _failure(self, address: httpx.URL, response: httpx.Response) -> Exception:
        """The error for a status that is no answer, with the publisher's own words."""
        status = response.status_code
        page = Download(_ERROR_PAGE_BYTES)
        try:
            page.receive(str(address), response, None)
            words = quoted(page.content())
        except (OversizedError, UnreadableEncodingError, TransientError, *WIRE_ERRORS):
            # The status alone says enough; a broken error page must not hide it.
            words = ""
        if status in _TRY_AGAIN:
            asked = retry_after(response.headers.get("retry-after", ""))
            if asked is None or asked <= self._retry_after_limit:
                return TransientError(f"{address} answered {status}{words}", retry_after=asked)
            return self._away(
                f"{address} answered {status}{words}.", f"It asks to be left alone for {asked:.0f} s: wait."
            )
        if status in (404, 410):
            return self._refusal(f"{address} does not exist (answered {status}){words}.", _ADDRESS)
        return self._refusal(f"{address} answered {status}{words}.", _ALLOWED if 400 <= status < 500 else _LATER)

    def _refusal(self, what: str, action: str) -> FetchError:
        return FetchError(redact(self._named(what)), redact(action))

    def _away(self, what: str, action: str) -> UnreachableError:
        """The error for what passes by itself."""
        return UnreachableError(redact(self._named(what)), redact(action))

    def _named(self, what: str) -> str:
        return f"{self._source}: {what}" if self._source else what
