"""Untouched bytes by sha256, compressed, deduplicated and verified on every read, each with receipts.

Belongs here: keeping what publishers sent, and saying where it came from. Does not belong here: what the bytes mean.

On disk below `archive/`:
    objects/ab/<sha256>.zst               the bytes, compressed
    objects/ab/<sha256>.<base>.delta.zst  the bytes, compressed against a similar earlier object (its key frame)
    receipts/<source>/<moment>_<sha>.json one per retrieval: url without secrets, dates, sizes, licence, format

Revisions of one file differ by little: an object of the same source and family is stored against the family's key frame
(never against another delta, so that reading one object costs two at most) and starts a new key frame once the delta
is no longer much smaller.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import zstandard

from pipelines.contract import DeliveredFile, Fetched, SourceSpec
from pipelines.errors import DamagedError, StatecraftError
from pipelines.files import gunzip, read_json, replace_file, sha256_of, write_json
from pipelines.progress import log
from pipelines.settings import Settings

#: The largest single file taken in, unpacked; the largest of any source here is a tenth of it.
LARGEST_FILE_BYTES = 512 * 1024**2
LEVEL = 9
LARGEST_WINDOW_LOG = 27
#: A delta is kept only below this share of what the object would cost alone.
WORTHWHILE_SHARE = 0.5
#: Smaller objects are not worth a base.
SMALLEST_DELTA_BYTES = 64 * 1024
LARGEST_OBJECT_BYTES = 4 * 1024**3
_BRING_AGAIN = "Restore it from a copy, or bring the publisher's file again: statecraft add SOURCE FILE."


@dataclass(frozen=True)
class Receipt:
    """One retrieval of one file. stored_bytes is what the archive grew by (0 when the bytes were already there)."""

    source: str
    name: str
    sha256: str
    url: str
    published_on: date | None
    retrieved_at: datetime
    size_bytes: int
    stored_bytes: int
    licence: str
    format: str
    vintage_id: str | None
    etag: str | None = None
    last_modified: str | None = None


class CorruptArchiveError(StatecraftError):
    """Bytes in the archive no longer match their name, or are lost."""


class Archive:
    """Content-addressed store of publishers' files."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.archive

    def put(self, spec: SourceSpec, fetched: Fetched, retrieved_at: datetime | None = None) -> Receipt:
        """Keep the bytes (once) and write a receipt (each time). Bytes that are held damaged are made good."""
        moment = retrieved_at or datetime.now(UTC)
        sha256 = sha256_of(fetched.content)
        is_held = self._is_held_whole(sha256)  # removes what is damaged, which is no key frame then
        family = self._family_key_frame(spec.name, fetched.name)
        stored = 0 if is_held else self._store(sha256, fetched.content, family)
        receipt = Receipt(
            source=spec.name,
            name=fetched.name,
            sha256=sha256,
            url=fetched.url,
            published_on=fetched.published_on,
            retrieved_at=moment,
            size_bytes=len(fetched.content),
            stored_bytes=stored,
            licence=spec.licence,
            format=Path(fetched.name.removesuffix(".gz")).suffix.lstrip(".") or "unknown",
            vintage_id=fetched.vintage_id,
            etag=fetched.headers.get("etag"),
            last_modified=fetched.headers.get("last-modified"),
        )
        path = self.folder / "receipts" / spec.name / f"{moment:%Y%m%dT%H%M%S.%fZ}_{sha256[:12]}.json"
        write_json(path, asdict(receipt))
        return receipt

    def objects(self) -> frozenset[str]:
        """sha256 of everything held."""
        return frozenset(path.name.split(".")[0] for path in (self.folder / "objects").glob("*/*.zst"))

    def losses(self) -> Iterator[StatecraftError]:
        """Files that receipts name and the archive no longer holds, and receipts that can no longer be read."""
        held, told = self.objects(), set[str]()
        for path in sorted((self.folder / "receipts").glob("*/*.json")):
            try:
                named = _receipt(path)
            except DamagedError as error:
                yield error
                continue
            if named.sha256 not in held | told:
                told.add(named.sha256)
                yield CorruptArchiveError(
                    f"Archived file {named.name} of {named.source} ({named.sha256}) is lost: its receipt {path} is "
                    "there, its bytes are not.",
                    _BRING_AGAIN,
                )

    def has(self, sha256: str) -> bool:
        return self._path(sha256) is not None

    def _is_held_whole(self, sha256: str) -> bool:
        """Whether the object is held and reads well; one that does not is removed."""
        path = self._path(sha256)
        if path is None:
            return False
        try:
            self.get(sha256)
        except CorruptArchiveError:
            path.unlink()
            return False
        return True

    def get(self, sha256: str) -> bytes:
        """The bytes, verified.

        Raises CorruptArchiveError if they do not match or what they rest on is lost, StatecraftError if not held.
        """
        path = self._path(sha256)
        if path is None:
            raise StatecraftError(f"The archive holds no object {sha256}.", "Fetch or add the file again.")
        base = path.name.split(".")[1] if path.name.endswith(".delta.zst") else None
        if base and not self.has(base):
            raise self._corrupt(path, f"it is kept as what differs from {base}, which is lost")
        dictionary = _raw_dictionary(self.get(base)) if base else None
        try:
            decompressor = zstandard.ZstdDecompressor(dict_data=dictionary, max_window_size=1 << 31)
            content = decompressor.decompress(path.read_bytes(), max_output_size=LARGEST_OBJECT_BYTES)
        except (zstandard.ZstdError, MemoryError) as error:  # a damaged header may ask for any amount of memory
            raise self._corrupt(path, str(error) or "its header asks for too much memory") from error
        if sha256_of(content) != sha256:
            raise self._corrupt(path, "its sha256 differs from its name")
        return content

    def deliver(self, receipt: Receipt) -> DeliveredFile:
        """A file as parsers take it: verified, and out of its gzip wrapping."""
        return unwrap(receipt.name, self.get(receipt.sha256), receipt.url, receipt.published_on)

    def receipts(self, source: str) -> Iterator[Receipt]:
        """All receipts of a source, oldest first."""
        for path in sorted((self.folder / "receipts" / source).glob("*.json")):
            yield _receipt(path)

    def _corrupt(self, path: Path, why: str) -> CorruptArchiveError:
        return CorruptArchiveError(f"Archived file {path} is damaged: {why}.", _BRING_AGAIN)

    def _path(self, sha256: str) -> Path | None:
        return next((self.folder / "objects" / sha256[:2]).glob(f"{sha256}.*zst"), None)

    def _family_key_frame(self, source: str, name: str) -> str | None:
        """Newest fully stored object among the files of this source whose names differ only in their numbers."""
        family = _family(name)
        for receipt in reversed(list(self.receipts(source))):
            path = self._path(receipt.sha256)
            if path and not path.name.endswith(".delta.zst") and _family(receipt.name) == family:
                return receipt.sha256
        return None

    def _store(self, sha256: str, content: bytes, key_frame: str | None) -> int:
        folder = self.folder / "objects" / sha256[:2]
        if key_frame and len(content) >= SMALLEST_DELTA_BYTES:
            try:
                base = self.get(key_frame)
            except CorruptArchiveError as error:
                log.warning("%s What is new is kept without it.", error)
                return self._store(sha256, content, None)
            delta = _compress(content, base)
            alone = (self._path(key_frame) or folder).stat().st_size
            if len(delta) < WORTHWHILE_SHARE * alone:
                replace_file(folder / f"{sha256}.{key_frame}.delta.zst", delta)
                return len(delta)
        whole = _compress(content, None)
        replace_file(folder / f"{sha256}.zst", whole)
        return len(whole)


def unwrap(name: str, content: bytes, url: str = "", published_on: date | None = None) -> DeliveredFile:
    """Take a file out of its gzip wrapping, if it has one; the sha256 stays that of the file as sent.

    Raises TooLargeError, and StatecraftError for a file that is not whole.
    """
    sha256 = sha256_of(content)
    if name.endswith(".gz"):
        try:
            content = gunzip(content, LARGEST_FILE_BYTES)
        except (EOFError, OSError, zlib.error) as error:
            raise StatecraftError(f"{name} is not a whole gzip file: {error}.", "Fetch or copy it again.") from error
    return DeliveredFile(name.removesuffix(".gz"), content, sha256, url, published_on)


def _receipt(path: Path) -> Receipt:
    """A receipt as written. Raises DamagedError."""
    document = read_json(path)
    document["retrieved_at"] = datetime.fromisoformat(document["retrieved_at"])
    published = document["published_on"]
    document["published_on"] = date.fromisoformat(published) if published else None
    return Receipt(**document)


def _family(name: str) -> str:
    return re.sub(r"\d+", "#", Path(name).name)


def _raw_dictionary(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _compress(content: bytes, base: bytes | None) -> bytes:
    """Compress, against a similar base if there is one. The window must reach back over the whole base."""
    if base is None:
        return zstandard.ZstdCompressor(level=LEVEL).compress(content)
    window_log = min(LARGEST_WINDOW_LOG, (len(base) + len(content)).bit_length())
    parameters = zstandard.ZstdCompressionParameters.from_level(LEVEL, window_log=window_log)
    return zstandard.ZstdCompressor(dict_data=_raw_dictionary(base), compression_params=parameters).compress(content)
