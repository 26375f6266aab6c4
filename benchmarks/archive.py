"""What the archive stores of revisions that differ by little."""

from __future__ import annotations

import gzip
import os
import shutil
import time
from pathlib import Path

import zstandard

from benchmarks.homes import TARIFF, environment
from benchmarks.measure import MB, call
from benchmarks.report import LeftOutError, Result, Row
from pipelines.archive import LEVEL, Archive
from pipelines.contract import Fetched, load_spec
from pipelines.settings import PROJECT_ROOT, load_settings

SCHEDULES = "usitc_hts/json/*.json.gz"


def archive(place: Path) -> Result:
    """Archiving every revision of the tariff schedule as the publisher sends it (JSON), newer ones as differences from
    a key frame, against the same bytes each compressed alone at the same level. Needs the publishers' files beside the
    project; left out where they are not.
    """
    folder = Path(os.environ.get("STATECRAFT_SHARED_DATA", PROJECT_ROOT.parent / "shared" / "data"))
    if not any(folder.glob(SCHEDULES)):
        raise LeftOutError("it needs the publishers' files beside the project")
    home = place / "archive"
    try:
        facts, done = call("archive:measure", environment(home), place / "archive.log", folder=str(folder))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    count = int(facts["files"])
    return Result(
        [
            Row(
                f"{count} revisions stored, {facts['sent_mb']:,.0f} MB to {facts['stored_mb']:.1f} MB",
                facts["store_seconds"],
                done.peak_mb,
                f"each compressed alone, {facts['alone_mb']:.1f} MB in {facts['alone_seconds']:.1f} s (ratio of MB)",
                facts["stored_mb"] / facts["alone_mb"],
            ),
            Row(f"{count} revisions read back and verified", facts["read_seconds"], None),
        ]
    )


def measure(folder: str) -> dict[str, float]:
    """Seconds and MB of storing, and of compressing each file alone."""
    store, spec = Archive(load_settings()), load_spec(TARIFF)
    facts = dict.fromkeys(("sent_mb", "stored_mb", "alone_mb", "store_seconds", "alone_seconds", "read_seconds"), 0.0)
    paths = sorted(Path(folder).glob(SCHEDULES))
    for path in paths:
        content = gzip.decompress(path.read_bytes())
        begun = time.monotonic()
        receipt = store.put(spec, Fetched(path.name.removesuffix(".gz"), content, f"file:{path.name}"))
        stored = time.monotonic()
        alone = zstandard.ZstdCompressor(level=LEVEL).compress(content)
        compressed = time.monotonic()
        store.get(receipt.sha256)
        facts["read_seconds"] += time.monotonic() - compressed
        facts["alone_seconds"] += compressed - stored
        facts["store_seconds"] += stored - begun
        facts["sent_mb"] += len(content) / MB
        facts["stored_mb"] += receipt.stored_bytes / MB
        facts["alone_mb"] += len(alone) / MB
    return {**facts, "files": len(paths)}
