"""The way in: from a publisher, a folder of publishers' files or the embedded pack, to candidates on the landing floor.

Belongs here: choosing where vintages come from, archiving what arrived, parsing it, landing it.
Does not belong here: formats (each source's parse.py), judgement (landing_gate.py).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import yaml

from pipelines import contract, pack
from pipelines.archive import LARGEST_FILE_BYTES, Archive, Receipt, unwrap
from pipelines.contract import BACKFILLED, DeliveredFile, Delivery, Fetched, FetchState, SourceSpec
from pipelines.errors import DamagedError, LandingError, StatecraftError
from pipelines.files import TooLargeError, read_json, sha256_of, write_json
from pipelines.http import Http
from pipelines.landing import Landing, Vintage
from pipelines.progress import log
from pipelines.quota import Quota
from pipelines.settings import Settings
from pipelines.span import Span


@dataclass(frozen=True)
class Origin:
    """Where this run takes its vintages from: "pack", "live", "file" (a folder of publishers' files), or "none".

    wanted: of a live publisher, months asked for by name; None where what is not held is asked for.
    """

    kind: str = "pack"
    path: Path | None = None
    wanted: Span | None = None

    @staticmethod
    def named(source: str, settings: Settings) -> Origin:
        """Read the word a user gave to `--source`: pack, live, or a path to a pack or a folder of publishers' files."""
        if source in ("pack", ""):
            return Origin("pack", settings.sample)
        if source in ("live", "none"):
            return Origin(source)
        path = Path(source).expanduser().resolve()
        if not path.is_dir():
            raise StatecraftError(f"{source} is not a folder.", "Give --source pack, live, or a folder.")
        if (path / "manifest.json").exists():
            return Origin("pack", path)
        tables = {spec.table(thing) for spec in contract.all_specs().values() for thing in spec.things}
        if tables & {child.name for child in path.iterdir()}:
            raise StatecraftError(f"{path} holds tables of a pack, and no manifest.json.", "Take it from a fresh copy.")
        return Origin("file", path)


@dataclass
class IntakeReport:
    """What came in for one source: new candidates, deliveries already known, bytes archived."""

    source: str
    landed: list[Vintage] = field(default_factory=list)
    known: int = 0
    archived_bytes: int = 0


def take_in(settings: Settings, spec: SourceSpec, origin: Origin) -> IntakeReport:
    """Land whatever the origin holds for this source that is not known yet. Raises FetchError or LandingError."""
    report = IntakeReport(spec.name)
    if origin.kind == "pack":
        assert origin.path is not None
        landing = Landing(settings)
        unknown = pack.read(origin.path, spec, landing, report)
        report.landed += landing.record([landing.prepare(spec, parsed, "pack") for parsed in unknown])
    elif origin.kind == "file":
        assert origin.path is not None
        for delivery_files, facts in editions(spec, origin.path):
            fetched = [Fetched(p.name, _bounded(spec, p), f"file:{p.name}") for p in delivery_files]
            _deliver(settings, spec, fetched, facts, "file", report)
    elif origin.kind == "live":
        _fetch(settings, spec, report, origin.wanted)
    return report


def has_news(settings: Settings, spec: SourceSpec, origin: Origin) -> bool:
    """Whether `take_in` would find something, told without parsing. A publisher must be asked to know."""
    if origin.kind == "pack":
        assert origin.path is not None
        return pack.has_news(origin.path, spec, Landing(settings))
    if origin.kind == "file":
        assert origin.path is not None
        return any(
            not _marker(settings, spec, facts, [p.read_bytes() for p in files]).exists()
            for files, facts in editions(spec, origin.path)
        )
    return origin.kind == "live"


def add_files(
    settings: Settings, spec: SourceSpec, paths: Iterable[Path], known_on: date | None, vintage_id: str | None
) -> IntakeReport:
    """Take in a publisher's files by hand, as one delivery; refused bytes may be brought again."""
    report = IntakeReport(spec.name)
    fetched = [Fetched(p.name, _bounded(spec, p), f"file:{p.name}") for p in paths]
    facts = {"vintage_id": vintage_id, "known_on": known_on}
    _deliver(settings, spec, fetched, facts, "file", report, again=True)
    return report


def _bounded(spec: SourceSpec, path: Path) -> bytes:
    """A file's bytes, unless there are more than any publisher's file has."""
    size = path.stat().st_size
    if size > LARGEST_FILE_BYTES:
        raise _oversized(spec, path.name, f"{size:,} bytes")
    return path.read_bytes()


def _oversized(spec: SourceSpec, name: str, size: str) -> LandingError:
    return LandingError(
        f"the body is oversized: {size}, more than {LARGEST_FILE_BYTES:,}",
        "Check the file; split it by period if it is sound.",
        source=spec.name,
        file=name,
        rule="oversized",
    )


def editions(spec: SourceSpec, folder: Path) -> Iterator[tuple[list[Path], dict[str, Any]]]:
    """The deliveries `editions.yml` describes that are present below a folder of publishers' files.

    An edition's files are one delivery; with `separately`, where nobody knows how many a user has, each is one.
    """
    text = (contract.SOURCES / spec.name / "editions.yml").read_text(encoding="utf-8")
    for edition in yaml.safe_load(text)["editions"]:
        files = sorted(p for pattern in edition["files"] for p in folder.glob(pattern))
        facts = {k: v for k, v in edition.items() if k not in ("files", "evidence", "separately")}
        for delivered in [[file] for file in files] if edition.get("separately") else [files]:
            if delivered:
                yield delivered, facts


def _deliver(
    settings: Settings,
    spec: SourceSpec,
    fetched: list[Fetched],
    facts: dict[str, Any],
    origin: str,
    report: IntakeReport,
    again: bool = False,
) -> None:
    """Archive a delivery, parse it and land its vintages, unless these very bytes were landed before."""
    landing, archive = Landing(settings), Archive(settings)
    facts = {k: v for k, v in facts.items() if v is not None}
    marker = _marker(settings, spec, facts, [f.content for f in fetched])
    if marker.exists() and not again:
        report.known += 1
        return
    receipts = [archive.put(spec, f) for f in fetched]
    report.archived_bytes += sum(r.stored_bytes for r in receipts)
    delivery = Delivery(files=tuple(_delivered(spec, f) for f in fetched), **facts)
    parse = contract.parser(spec.name)
    with _shallow(spec, ", ".join(f.name for f in fetched)):
        prepared = [landing.prepare(spec, parsed, origin, again) for parsed in parse(delivery, spec)]
    if not prepared:
        raise LandingError(
            "the files state nothing this source knows",
            "Check that they belong to this source (statecraft sources).",
            source=spec.name,
            file=", ".join(f.name for f in fetched),
            rule="nothing_stated",
        )
    landed = landing.record(prepared)  # what was refused half-way has left nothing
    report.landed += [v for v in landed if v.status == "candidate"]
    named = {"files": [f.name for f in fetched], "sha256": [r.sha256 for r in receipts], "facts": facts}
    write_json(marker, {**named, "vintages": [f"{v.table}/{v.folder}" for v in landed]})


@contextmanager
def _shallow(spec: SourceSpec, file: str) -> Iterator[None]:
    """JSON nested without end is no program's fault, and is said like any other damage."""
    try:
        yield
    except RecursionError:
        raise LandingError(
            "it is nested too deeply to be read",
            "Look at it: no publisher's file is. Fetch it again.",
            source=spec.name,
            file=file,
            rule="nested_too_deeply",
        ) from None


def _marker(settings: Settings, spec: SourceSpec, facts: dict[str, Any], contents: list[bytes]) -> Path:
    """Where the record of a delivery of these bytes under these facts lies, if it was landed before."""
    identity = sha256_of(json.dumps([facts, [sha256_of(c) for c in contents]], default=str).encode())
    return settings.landing / "deliveries" / spec.name / f"{identity[:24]}.json"


def deliveries(settings: Settings, spec: SourceSpec) -> list[dict[str, Any]]:
    """Records of deliveries that were parsed and landed: files, their sha256, facts, and the vintages made of them."""
    return [read_json(path) for path in sorted((settings.landing / "deliveries" / spec.name).glob("*.json"))]


def _delivered(spec: SourceSpec, fetched: Fetched) -> DeliveredFile:
    try:
        file = unwrap(fetched.name, fetched.content, fetched.url, fetched.published_on)
    except TooLargeError:
        raise _oversized(spec, fetched.name, "unpacked bytes") from None
    if not file.content.strip():
        raise LandingError(
            "the file is empty",
            "Fetch it again; nothing is taken for removed.",
            source=spec.name,
            file=fetched.name,
            rule="empty_body",
        )
    return file


def _fetch(settings: Settings, spec: SourceSpec, report: IntakeReport, wanted: Span | None = None) -> None:
    """Ask the publisher for what is not held, or for the months wanted; answers sharing a vintage id make one delivery.

    Of months wanted by name an answer that is the last one again, byte for byte, is known.
    """
    today = datetime.now(ZoneInfo(spec.cadence.timezone)).date()
    standing = [v for v in _vintages(settings, spec) if v.status in ("accepted", "candidate")] if wanted else []
    last = _last_answers(settings, spec, {f"{v.table}/{v.folder}" for v in standing}) if wanted else {}
    state = _fetch_state(settings, spec, today)
    if wanted:  # what landed before a kill waits for its gate, and need not be asked for again
        state = replace(state, wanted=wanted, vintage_ids=frozenset(v.vintage_id for v in standing))
    with Http(source=spec.name) as http, _shallow(spec, "the publisher's answer"):
        answers = contract.fetcher(spec.name)(http, spec, state)
        for vintage_id, group in groupby(answers, key=lambda f: f.vintage_id):
            fetched = list(group)
            if all(f.url in last and last[f.url].sha256 == sha256_of(f.content) for f in fetched):
                report.known += 1
                continue
            published = next((f.published_on for f in fetched if f.published_on), None)
            facts: dict[str, Any] = {"vintage_id": vintage_id, "known_on": published or today}
            if wanted and BACKFILLED in (vintage_id or ""):
                facts |= _after_others(vintage_id or "", [v for v in _vintages(settings, spec) if v.known_on == today])
            _deliver(settings, spec, fetched, facts, "live", report)


def _after_others(vintage_id: str, of_today: list[Vintage]) -> dict[str, Any]:
    """A place in the day's order and a name, for an answer that restates what was read earlier on the day."""
    place = 1 + max((v.sequence for v in of_today), default=-1)
    taken = any(v.vintage_id == vintage_id for v in of_today)
    return {"sequence": place, "vintage_id": f"{vintage_id}_{place}" if taken else vintage_id}


def _vintages(settings: Settings, spec: SourceSpec) -> list[Vintage]:
    return [v for thing in spec.things for v in Landing(settings).vintages(spec.table(thing))]


def _last_answers(settings: Settings, spec: SourceSpec, standing: set[str] | None = None) -> dict[str, Receipt]:
    """Address -> the last answer there that was landed. standing: vintages, of which all it made must still be."""
    kept = [r for r in deliveries(settings, spec) if standing is None or standing.issuperset(r["vintages"])]
    landed = {sha256 for record in kept for sha256 in record.get("sha256", [])}
    return {r.url: r for r in Archive(settings).receipts(spec.name) if r.sha256 in landed}


def _fetch_state(settings: Settings, spec: SourceSpec, today: date) -> FetchState:
    held = [v for v in _vintages(settings, spec) if v.status == "accepted"]
    # An answer that could not be parsed is asked for again: its validators would hide it for good.
    latest = _last_answers(settings, spec)
    validators = {
        url: {k: v for k, v in (("etag", r.etag), ("last_modified", r.last_modified)) if v}
        for url, r in latest.items()
        if r.etag or r.last_modified
    }
    return FetchState(
        vintage_ids=frozenset(v.vintage_id for v in held),
        validators=validators,
        today=today,
        newest_known_on=max((v.known_on for v in held if BACKFILLED not in v.vintage_id), default=None),
        quota=_quota(settings, spec, today),
    )


def _quota(settings: Settings, spec: SourceSpec, today: date) -> Quota | None:
    """Sources of one host share what it allows."""
    has_key = bool(spec.key_environment and os.environ.get(spec.key_environment))
    limit = spec.keyed_calls_a_day if has_key else spec.keyless_calls_a_day
    if limit is None:
        return None
    host = urlsplit(next(iter(spec.endpoints.values()))).hostname or spec.name
    return Quota(settings.quotas / f"{host}.json", today, limit)


def record_incident(
    settings: Settings, source: str, stage: str, error: Exception, rows: list[Any] | None = None
) -> Path:
    """Keep what failed and why, for `statecraft status`. Returns where."""
    moment = datetime.now().astimezone()
    document = {
        "at": moment.isoformat(timespec="seconds"),
        "source": source,
        "stage": stage,
        "rule": getattr(error, "rule", type(error).__name__),
        "file": getattr(error, "file", ""),
        "what": str(error),
        "action": getattr(error, "action", ""),
        "rows": [str(r) for r in (rows or getattr(error, "rows", []))][:5],
    }
    path = settings.incidents / f"{moment:%Y%m%dT%H%M%S%f}_{source}_{stage}.json"
    try:
        write_json(path, document)
    except OSError as failed:  # a full disk takes no record of it; what is told must still be told
        log.error("What failed could not be put on record: %s", failed)
    return path


def incidents(settings: Settings) -> list[dict[str, Any]]:
    """Everything that failed or was repaired, newest first; a record that cannot be read tells nothing."""
    found = []
    for path in sorted(settings.incidents.glob("*.json"), reverse=True):
        with suppress(DamagedError):
            found.append(read_json(path))
    return found
