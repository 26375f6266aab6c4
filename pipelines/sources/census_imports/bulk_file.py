"""The monthly bulk file IMDByymm.ZIP -> its members as typed rows, read as a stream.

A month of detail unpacks to some 500 MB of fixed-width text; a few fields of a few megabytes of lines are held at once.
Positions are those of the publisher's layout page (docs/methods/trade_flows.md); only monthly figures are read, those
that run from January on are not.

Belongs here: the wrapping (a ZIP nobody has looked into), records and their positions. Does not belong here: what the
fields come to (bulk.py).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import polars as pl

from pipelines.contract import DeliveredFile, SourceSpec
from pipelines.errors import LandingError
from pipelines.formats.census_files import ROWS_SHOWN, refuse

#: Bounds of an archive. Figures are mostly zeros and pack well: some twentyfold in a real month.
MOST_MEMBERS = 64
LARGEST_UNPACKED_BYTES = 2 * 1024**3
LARGEST_RATIO = 200
#: Below this an archive may pack as well as it likes.
HARMLESS_BYTES = 64 * 1024**2
BATCH_BYTES = 16 * 1024**2
LONGEST_RECORD_BYTES = 4096
#: Members whose names begin so hold figures; all others are tables of reference and documentation, never opened.
DATA_PREFIX = "IMP_"
_WIDTH = 15
#: Everything but printable ASCII and the end of the line becomes one "?", so that positions hold in broken texts.
_PLAIN = bytes(b if 32 <= b < 127 or b == 10 else 63 for b in range(256))
_ALL = (
    *("cards", "con_qy1", "con_qy2", "con_val", "dut_val", "cal_dut", "con_cha", "con_cif"),
    *("gen_qy1", "gen_qy2", "gen_val", "gen_cha", "gen_cif", "air_val", "air_wgt", "air_cha"),
    *("ves_val", "ves_wgt", "ves_cha", "cnt_val", "cnt_wgt", "cnt_cha"),
)
_WITHOUT_QUANTITIES = tuple(name for name in _ALL if "_qy" not in name)


@dataclass(frozen=True)
class Layout:
    """Records of one member. codes: field -> first and last position, from 1.  figures: in order, 15 wide, from `at`.

    length: of every record, where the whole record is known; else records are equally long and hold all figures.
    """

    member: str
    codes: dict[str, tuple[int, int]]
    at: int
    figures: tuple[str, ...]
    length: int | None = None

    @property
    def reach(self) -> int:
        """Last position of the monthly figures."""
        return self.at - 1 + _WIDTH * len(self.figures)


DETAIL = Layout(
    "IMP_DETL",
    {
        "commodity": (1, 10),
        "cty_code": (11, 14),
        "cty_subco": (15, 16),
        "year": (23, 26),
        "month": (27, 28),
        # districts of entry and of unlading, and the rate provision
        "place": (17, 22),
    },
    at=29,
    figures=_ALL,
    length=688,
)
COUNTRIES = Layout("IMP_CTY", {"cty_code": (1, 4), "year": (35, 38), "month": (39, 40)}, 41, _WITHOUT_QUANTITIES)
COMMODITIES = Layout(
    "IMP_COMM", {"commodity": (1, 10), "unit_qy1": (61, 63), "year": (67, 70), "month": (71, 72)}, 73, _ALL
)
#: Held by the archive and not read: totals by district.
UNREAD = ("IMP_DE",)


class BulkFile:
    """One archive, looked at before anything in it is unpacked. Use it in a `with`."""

    def __init__(self, spec: SourceSpec, file: DeliveredFile) -> None:
        """Raises LandingError with rule zip_damaged, zip_encrypted, zip_too_large or zip_members."""
        self._spec, self._file = spec, file
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(file.content))
        except (zipfile.BadZipFile, EOFError, ValueError) as error:
            raise self.refuse("zip_damaged", f"not a whole ZIP: {error}") from None
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        self._refuse_bombs(members)
        self._members = self._named(members)

    def __enter__(self) -> BulkFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def refuse(self, rule: str, what: str, bad: pl.DataFrame | None = None) -> LandingError:
        """A refusal that shows the records at fault."""
        rows = [] if bad is None else bad.head(ROWS_SHOWN).rows(named=True)
        return refuse(self._spec, self._file.name, rule, what if bad is None else f"{what} ({bad.height} rows)", rows)

    def _refuse_bombs(self, members: list[zipfile.ZipInfo]) -> None:
        """By what the archive says of itself: no member yields more than it says, and its checksum is compared."""
        unpacked = sum(info.file_size for info in members)
        packed = max(1, sum(info.compress_size for info in members))
        if len(members) > MOST_MEMBERS:
            raise self.refuse("zip_too_large", f"{len(members)} members, more than {MOST_MEMBERS}")
        if unpacked > LARGEST_UNPACKED_BYTES:
            what = f"it unpacks to {unpacked:,} bytes, more than {LARGEST_UNPACKED_BYTES:,}"
            raise self.refuse("zip_too_large", what)
        if unpacked > HARMLESS_BYTES and unpacked > LARGEST_RATIO * packed:
            what = f"it unpacks {unpacked // packed}-fold, more than {LARGEST_RATIO}-fold"
            raise self.refuse("zip_too_large", what)

    def _named(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        """Members with figures by their names without folder and ending, in upper case: the case varies by month."""
        found: dict[str, zipfile.ZipInfo] = {}
        known = {DETAIL.member, COUNTRIES.member, COMMODITIES.member, *UNREAD}
        for info in members:
            path = PurePosixPath(info.filename.replace("\\", "/").upper())
            if not path.stem.startswith(DATA_PREFIX) or path.suffix != ".TXT":
                continue
            if path.stem in found:
                raise self.refuse("zip_members", f"{path.stem} is there twice")
            if path.stem not in known:
                raise self.refuse("zip_members", f"{info.filename} is not known; known are {sorted(known)}")
            if info.flag_bits & 0x1:
                raise self.refuse("zip_encrypted", f"{info.filename} is encrypted")
            found[path.stem] = info
        missing = sorted(known - set(UNREAD) - set(found))
        if missing:
            raise self.refuse("zip_members", f"{missing} are missing; there are {sorted(found)}")
        return found

    def rows(self, layout: Layout, wanted: tuple[str, ...]) -> pl.DataFrame:
        """A member's codes and the `wanted` figures; records without any figure in the month are left out.

        Raises LandingError with rule zip_damaged, layout_changed, bad_number or empty_file.
        """
        frames, count, lengths = [], 0, set[int]()
        try:
            with self._archive.open(self._members[layout.member]) as stream:
                for batch in self._batches(layout, stream):
                    lines = _lines(batch)
                    lengths |= set(lines["line"].str.len_bytes().unique().to_list())
                    self._refuse_other_lengths(layout, lines, lengths)
                    count += lines.height
                    frames.append(self._typed(layout, lines, wanted))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise self.refuse("zip_damaged", f"{layout.member} cannot be unpacked: {error}") from None
        if not count:
            raise self.refuse("empty_file", f"{layout.member} has no records")
        return pl.concat(frames)

    def _batches(self, layout: Layout, stream: IO[bytes]) -> Iterator[bytes]:
        """Whole lines of printable ASCII, some megabytes at a time."""
        rest = b""
        while piece := stream.read(BATCH_BYTES):
            whole = rest + piece.translate(_PLAIN, delete=b"\r\x1a")
            end = whole.rfind(b"\n") + 1
            rest = whole[end:]
            if len(rest) > LONGEST_RECORD_BYTES:
                raise self.refuse("layout_changed", f"{layout.member} has no end of line in {len(rest):,} bytes")
            if end:
                yield whole[:end]
        if rest:
            yield rest

    def _refuse_other_lengths(self, layout: Layout, lines: pl.DataFrame, lengths: set[int]) -> None:
        if layout.length is not None and lengths != {layout.length}:
            strange = lines.filter(pl.col("line").str.len_bytes() != layout.length)
            what = f"records of {layout.member} are {sorted(lengths)} long, not {layout.length}"
            raise self.refuse("layout_changed", what, strange)
        if len(lengths) > 1 or min(lengths) < layout.reach:
            what = f"records of {layout.member} are {sorted(lengths)} long; their figures end at {layout.reach}"
            raise self.refuse("layout_changed", what, lines)

    def _typed(self, layout: Layout, lines: pl.DataFrame, wanted: tuple[str, ...]) -> pl.DataFrame:
        """Codes as text without blanks at their ends, figures as whole numbers."""
        line = pl.col("line")
        active = lines.filter(line.str.slice(layout.at - 1, layout.reach - layout.at + 1).str.contains("[1-9]"))
        codes = [
            line.str.slice(first - 1, last - first + 1).alias(name) for name, (first, last) in layout.codes.items()
        ]
        figures = [
            line.str.slice(layout.at - 1 + _WIDTH * layout.figures.index(name), _WIDTH)
            .str.strip_chars_start(" ")
            .cast(pl.Int64, strict=False)
            .alias(name)
            for name in wanted
        ]
        typed = active.select(*codes, *figures)
        if sum(typed.select(wanted).null_count().row(0)):
            bad = active.filter(typed.select(pl.any_horizontal(pl.col(wanted).is_null())).to_series())
            raise self.refuse("bad_number", f"a figure of {layout.member} is not a whole number", bad)
        return typed.with_columns(pl.col(name).str.strip_chars_end(" ") for name in layout.codes)


def _lines(batch: bytes) -> pl.DataFrame:
    """One column, a record a row; there is no separator, for no record holds that sign. An empty line is a record."""
    read = pl.read_csv(
        batch, has_header=False, separator="\x1f", quote_char=None, new_columns=["line"], infer_schema=False
    )
    return read.with_columns(pl.col("line").fill_null(""))
