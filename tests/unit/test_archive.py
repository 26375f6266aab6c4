"""The archive: bytes come back as they were sent, cost little, and never come back damaged."""

from __future__ import annotations

import gzip
import random
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.archive import Archive, CorruptArchiveError, Receipt, unwrap
from pipelines.contract import Fetched
from pipelines.errors import StatecraftError
from pipelines.files import TooLargeError, sha256_of
from tests.unit.rooms import toy_settings, toy_spec, tree

SPEC = toy_spec()
LARGE = 200_000


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that do not compress."""
    return random.Random(seed).randbytes(size)


def edited(content: bytes, place: int) -> bytes:
    """A revision: twelve bytes are others."""
    return content[:place] + b"another word" + content[place + 12 :]


def put(archive: Archive, name: str, content: bytes) -> Receipt:
    return archive.put(SPEC, Fetched(name, content, f"https://toys.example/{name}"))


def objects(archive: Archive) -> list[Path]:
    return sorted(archive.folder.glob("objects/*/*.zst"))


def object_path(archive: Archive, sha256: str) -> Path:
    (path,) = archive.folder.glob(f"objects/*/{sha256}.*zst")
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(toy_settings(tmp_path))


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\xff" * 1000, noise(LARGE)])
def test_bytes_come_back_as_they_were_sent(archive: Archive, content: bytes) -> None:
    receipt = put(archive, "figures.csv", content)
    assert archive.get(receipt.sha256) == content
    assert receipt.sha256 == sha256_of(content)
    assert receipt.size_bytes == len(content)


def test_the_same_bytes_are_kept_once_and_receipted_each_time(archive: Archive) -> None:
    content = noise(LARGE)
    first, second = put(archive, "one.json", content), put(archive, "other.json", content)
    assert first.stored_bytes == object_path(archive, first.sha256).stat().st_size
    assert second.stored_bytes == 0
    assert len(objects(archive)) == 1
    assert [r.name for r in archive.receipts("toy")] == ["one.json", "other.json"]


def test_a_near_identical_revision_costs_a_small_fraction(archive: Archive) -> None:
    base = noise(LARGE)
    put(archive, "edition_1.json", base)
    revisions = [edited(base, place) for place in (10, 90_000, 150_000)]
    receipts = [put(archive, f"edition_{n}.json", content) for n, content in enumerate(revisions, start=2)]
    assert all(r.stored_bytes < LARGE / 100 for r in receipts)
    assert [archive.get(r.sha256) for r in receipts] == revisions


def test_a_delta_stands_on_a_whole_object_never_on_another_delta(archive: Archive) -> None:
    content = noise(LARGE)
    first = put(archive, "edition_0.json", content)
    for n in range(1, 5):
        content = edited(content, 20_000 * n)
        put(archive, f"edition_{n}.json", content)
    deltas = [p for p in objects(archive) if p.name.endswith(".delta.zst")]
    assert len(deltas) == 4
    assert {p.name.split(".")[1] for p in deltas} == {first.sha256}


def test_a_new_key_frame_begins_where_a_delta_no_longer_pays(archive: Archive) -> None:
    put(archive, "edition_1.json", noise(LARGE))
    unlike = noise(LARGE, seed=2)
    second = put(archive, "edition_2.json", unlike)
    third = put(archive, "edition_3.json", edited(unlike, 5_000))
    assert second.stored_bytes > LARGE / 2
    assert object_path(archive, third.sha256).name.split(".")[1] == second.sha256


def test_small_files_and_other_families_stand_alone(archive: Archive) -> None:
    base = noise(LARGE)
    put(archive, "edition_1.json", base)
    small = put(archive, "edition_2.json", base[:1000])
    other = put(archive, "names.json", edited(base, 10))
    for receipt in (small, other):
        assert not object_path(archive, receipt.sha256).name.endswith(".delta.zst")


def test_damage_anywhere_in_an_object_is_never_handed_out(archive: Archive) -> None:
    """Whole object and delta alike, header and body, changed and cut short."""
    base = noise(LARGE)
    revision = edited(base, 70_000)
    whole, delta = put(archive, "edition_1.json", base), put(archive, "edition_2.json", revision)
    for receipt, content in ((whole, base), (delta, revision)):
        path = object_path(archive, receipt.sha256)
        good = path.read_bytes()
        spots = [(place, 1 << bit) for place in range(min(14, len(good))) for bit in range(8)]
        spots += [(len(good) // 2, 1), (len(good) - 1, 128)]
        damaged = [good[:place] + bytes([good[place] ^ bit]) + good[place + 1 :] for place, bit in spots]
        damaged += [good[:cut] for cut in (0, 3, len(good) // 2, len(good) - 1)]
        refused = 0
        for bad in damaged:
            path.write_bytes(bad)
            try:
                assert archive.get(receipt.sha256) == content  # a bit without a meaning
            except CorruptArchiveError as error:
                assert str(path) in str(error) and "Restore it from a copy" in str(error)
                refused += 1
        assert refused > len(damaged) * 0.9
        path.write_bytes(good)
    assert archive.get(delta.sha256) == revision


def test_another_objects_bytes_under_this_name_are_refused(archive: Archive) -> None:
    first, second = put(archive, "one.csv", b"a,1\n"), put(archive, "two.csv", b"a,2\n")
    object_path(archive, first.sha256).write_bytes(object_path(archive, second.sha256).read_bytes())
    with pytest.raises(CorruptArchiveError, match="its sha256 differs from its name"):
        archive.get(first.sha256)


def test_a_damaged_base_is_named_when_its_delta_is_read(archive: Archive) -> None:
    base = noise(LARGE)
    whole = put(archive, "edition_1.json", base)
    delta = put(archive, "edition_2.json", edited(base, 10))
    path = object_path(archive, whole.sha256)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(CorruptArchiveError, match=whole.sha256):
        archive.get(delta.sha256)


def test_damaged_bytes_are_made_good_when_they_are_brought_again(archive: Archive) -> None:
    content = noise(LARGE)
    whole = put(archive, "edition_1.json", content)
    path = object_path(archive, whole.sha256)
    path.write_bytes(path.read_bytes()[:-100])
    put(archive, "edition_1.json", content)
    assert archive.get(whole.sha256) == content


def test_a_base_that_is_lost_is_told_and_its_delta_can_be_brought_again(archive: Archive) -> None:
    base = noise(LARGE)
    revision = edited(base, 10)
    whole, delta = put(archive, "edition_1.json", base), put(archive, "edition_2.json", revision)
    object_path(archive, whole.sha256).unlink()
    with pytest.raises(CorruptArchiveError, match=f"{delta.sha256}.*{whole.sha256}, which is lost.*statecraft add"):
        archive.get(delta.sha256)
    put(archive, "edition_2.json", revision)
    assert archive.get(delta.sha256) == revision
    put(archive, "edition_1.json", base)
    assert archive.get(whole.sha256) == base and list(archive.losses()) == []


def test_what_receipts_name_and_the_archive_lost_is_told_once(archive: Archive) -> None:
    kept, lost = put(archive, "kept.csv", b"a,1\n"), put(archive, "lost.csv", b"a,2\n")
    put(archive, "lost.csv", b"a,2\n")
    assert list(archive.losses()) == []
    object_path(archive, lost.sha256).unlink()
    [told] = archive.losses()
    assert "lost.csv of toy" in told.what and lost.sha256 in told.what and "statecraft add" in told.action
    receipt = next(archive.folder.glob(f"receipts/toy/*_{kept.sha256[:12]}.json"))
    receipt.write_text("{")
    assert {error.what.split(":")[0].split(" (")[0] for error in archive.losses()} == {
        "Archived file lost.csv of toy",
        f"{receipt} is damaged",
    }


def test_what_is_not_held_is_said_so(archive: Archive) -> None:
    with pytest.raises(StatecraftError, match="holds no object"):
        archive.get("0" * 64)


def test_a_receipt_says_where_and_when_and_holds_no_secret(archive: Archive) -> None:
    headers = {
        **{"etag": '"abc"', "last-modified": "Wed, 01 Jan 2025 00:00:00 GMT"},
        **{"set-cookie": "session=hushhush", "x-api-key": "hushhush", "authorization": "Bearer hushhush"},
    }
    moment = datetime(2025, 3, 4, 5, 6, 7, 8, tzinfo=UTC)
    sent = Fetched("list.csv.gz", b"x", "https://toys.example/list", "v1", date(2025, 3, 1), headers)
    receipt = archive.put(SPEC, sent, moment)
    assert list(archive.receipts("toy")) == [receipt]
    assert (receipt.format, receipt.licence, receipt.vintage_id) == ("csv", "public domain", "v1")
    assert (receipt.published_on, receipt.retrieved_at) == (date(2025, 3, 1), moment)
    assert (receipt.etag, receipt.last_modified) == ('"abc"', "Wed, 01 Jan 2025 00:00:00 GMT")
    written = b"".join(content for name, content in tree(archive.folder).items() if name.startswith("receipts"))
    assert b"hushhush" not in written


def test_receipts_come_oldest_first(archive: Archive) -> None:
    for hour in (5, 3, 9):
        moment = datetime(2025, 1, 1, hour, tzinfo=UTC)
        archive.put(SPEC, Fetched(f"{hour}.csv", str(hour).encode(), "https://toys.example"), moment)
    assert [r.name for r in archive.receipts("toy")] == ["3.csv", "5.csv", "9.csv"]
    assert list(archive.receipts("another")) == []


def test_parsers_get_files_out_of_their_gzip_wrapping(archive: Archive) -> None:
    wrapped = gzip.compress(b"a,b\n")
    receipt = put(archive, "list.csv.gz", wrapped)
    delivered = archive.deliver(receipt)
    assert (delivered.name, delivered.content, delivered.sha256) == ("list.csv", b"a,b\n", sha256_of(wrapped))
    assert unwrap("list.csv", wrapped).content == wrapped


@pytest.mark.parametrize("spoil", [lambda c: c[:-9], lambda c: c[:4], lambda c: b"{}" + c, lambda c: c[:-8] + b"0" * 8])
def test_a_gzip_file_that_is_not_whole_is_refused_by_name(spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(StatecraftError, match=r"list\.csv\.gz is not a whole gzip file"):
        unwrap("list.csv.gz", spoil(gzip.compress(noise(500))))


def test_a_small_file_that_unpacks_to_a_huge_one_is_stopped_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.archive.LARGEST_FILE_BYTES", LARGE)
    assert len(unwrap("list.csv.gz", gzip.compress(bytes(LARGE))).content) == LARGE
    with pytest.raises(TooLargeError):
        unwrap("list.csv.gz", gzip.compress(bytes(LARGE + 1)))
