"""Texts of presidential actions -> figures of each, and what it names.

Two forms: a text with a head of facts (date, published_time, source_url, title between two lines "---"), as archives
of the site keep it; and a page of posts of the site's own interface.

Belongs here: where a text's own facts stand. Does not belong here: what a text names (formats/legal_text.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import polars as pl
import yaml

from pipelines import strict_yaml
from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.files import sha256_of
from pipelines.formats.legal_text import first_bite, mention_frame, mentions, plain
from pipelines.formats.reference import decoded, refuse

HEAD = {"date", "published_time", "source_url", "tags", "title"}
#: What a text is -> the words of its address or its first lines that tell, the first that match.
KINDS = (
    ("message", re.compile(r"/(?:text-of-a-)?message-to|/[a-z-]*message-to-the-congress")),
    ("letter", re.compile(r"/letters?-")),
    ("notice", re.compile(r"/(?:press-release-)?notice-|^ *NOTICE\b")),
    ("proclamation", re.compile(r"proclamation-|A PROCLAMATION\b|\b(?:hereby|do) proclaim\b")),
    ("memorandum", re.compile(r"/memorandum-|\bMEMORANDUM FOR\b|\bPresidential Determination\b|/presidential-determ")),
    (
        "executive_order",
        re.compile(
            r"/executive-order|EXECUTIVE ORDER|it is hereby ordered|hereby [a-z ]*order\b|This order is not intended"
        ),
    ),
)
_SECTION = re.compile(r"(?:^|\s)(?:Section|Sec\.|SECTION|SEC\.) ?[0-9]+ ?\.|\((?:1|[1-9][0-9]?)\) (?=[A-Z])")
_NEW_LINE = re.compile(r"</?(?:p|div|br|hr|li|ul|ol|h[1-6]|table|tbody|tr|td|th|blockquote|figure|section)\b[^>]*>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->", re.DOTALL)
_PLACE = "/presidential-actions/"


@dataclass(frozen=True)
class Text:
    """One action: its address, what is said of it, and its words, which go no further than this module."""

    url: str
    title: str
    published_at: datetime
    modified_at: datetime | None
    words: str

    @property
    def text_id(self) -> str:
        """Last part of its address."""
        return PurePosixPath(urlsplit(self.url).path).name


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """All texts of the delivery and what they name, a vintage each. Raises LandingError (runbook of source.yml)."""
    first = delivery.files[0]
    texts = [text for file in delivery.files for text in _texts(file, spec)]
    known_on = delivery.known_on or first.published_on
    if known_on is None:
        raise refuse(first, spec.name, "known_on_missing", "A text does not tell who kept it when.", "Pass --known-on.")
    if not texts:
        raise refuse(first, spec.name, "nothing_of_interest", "No presidential action.", "Look at the first bytes.")
    found = {text.text_id: list(mentions(text.words)) for text in texts}
    things = {
        "texts": pl.DataFrame([_facts(text, found[text.text_id]) for text in texts], infer_schema_length=None),
        "mentions": mention_frame("text_id", found.items()),
    }
    for thing, frame in things.items():
        yield Parsed(
            thing=thing,
            vintage_id=delivery.vintage_id or f"{known_on}",
            known_on=known_on,
            known_precision=delivery.known_precision,
            sequence=delivery.sequence or 0,
            sha256=first.sha256
            if len(delivery.files) == 1
            else sha256_of("".join(f.sha256 for f in delivery.files).encode()),
            url=_PLACE if len(delivery.files) > 1 else first.url,
            frame=frame.select(pl.col(name).cast(kind) for name, kind in spec.things[thing].schema.items()),
            cells=pl.DataFrame({"text_id": sorted(found)}),
        )


def _facts(text: Text, found: list[tuple[str, str, int]]) -> dict[str, Any]:
    acted_on = text.published_at.date()
    telling = f"{urlsplit(text.url).path} {text.words}"
    return {
        "text_id": text.text_id,
        "title": text.title,
        "document_kind": next((kind for kind, words in KINDS if words.search(telling)), "other"),
        "acted_on": acted_on,
        "modified_on": text.modified_at.date() if text.modified_at else None,
        "first_bite_on": first_bite(found, acted_on),
        "section_count": len(_SECTION.findall(text.words)),
        "word_count": len(text.words.split()),
        "cited_act_count": sum(1 for kind, _, _ in found if kind == "act"),
        "heading_count": sum(1 for kind, _, _ in found if kind == "heading"),
        "source_url": text.url,
        "text_sha256": sha256_of(text.words.encode()),
    }


def _texts(file: DeliveredFile, spec: SourceSpec) -> Iterator[Text]:
    text = decoded(file, spec.name)
    if text.lstrip().startswith("["):
        yield from _posts(text, file, spec)
        return
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise refuse(file, spec.name, "unknown_format", "Neither posts nor a head.", "Look at its first bytes.")
    try:
        head = strict_yaml.load(parts[1])
        told = set(head)
    except (yaml.YAMLError, TypeError) as error:
        raise refuse(file, spec.name, "unknown_format", f"The head is not readable: {error}.", "Look at it.") from None
    unknown, missing = told - HEAD - set(spec.ignored_fields) - {"modified_time"}, HEAD - told
    if unknown or missing:
        rows = [f"unknown: {sorted(unknown)}", f"missing: {sorted(missing)}"]
        action = "Find out what changed; use the field or name it in ignored_fields."
        raise refuse(file, spec.name, "unknown_field", "The head's fields are not the known ones.", action, rows=rows)
    words = plain(parts[2])
    if not words:
        raise refuse(file, spec.name, "text_missing", "A text has a head and no words.", "Take the file again.")
    modified = head.get("modified_time")
    try:
        # The head's time is in the zone of Washington; a reader of the head turns it into universal time.
        published = datetime.combine(date.fromisoformat(head["date"]), datetime.min.time())
        yield Text(str(head["source_url"]), plain(head["title"]), published, modified, words)
    except (TypeError, ValueError) as error:
        raise refuse(file, spec.name, "bad_cell", f"A value of the head: {error}.", "Look at the head.") from None


def _posts(text: str, file: DeliveredFile, spec: SourceSpec) -> Iterator[Text]:
    """Presidential actions among the posts of a page."""
    try:
        posts = json.loads(text)
    except ValueError as error:
        what = f"Not readable to its end: {error}."
        raise refuse(file, spec.name, "truncated_file", what, "Fetch the file again.") from None
    for post in posts:
        try:
            url, title = str(post["link"]), plain(unescape(post["title"]["rendered"]))
            published, modified = (datetime.fromisoformat(post[name]) for name in ("date", "modified"))
            words = plain(_words(post["content"]["rendered"]))
        except (LookupError, TypeError, ValueError) as error:
            what = f"A post is not of the known form ({error!r})."
            raise refuse(file, spec.name, "unknown_field", what, "Compare with parse.py.") from None
        if _PLACE in url:
            if not words:
                raise refuse(file, spec.name, "text_missing", f"{url} has no words.", "Look at the page.")
            yield Text(url, title, published, modified, words)


def _words(html: str) -> str:
    """The words of a post: what begins a new line parts words, what only marks them does not."""
    return unescape(_TAG.sub("", _NEW_LINE.sub(" ", html)))
