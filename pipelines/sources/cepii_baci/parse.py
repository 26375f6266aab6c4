"""BACI's CSV files, zipped or not -> flows of one year each, in dollars and kilograms.

Belongs here: names of files, their columns and units. Does not belong here: whether figures make sense
(expectations/landing), areas and editions (pipelines/formats/world_trade.py).
"""

from __future__ import annotations

import calendar
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import polars as pl
import pyarrow as pa
import pyarrow.csv

from pipelines.archive import LARGEST_FILE_BYTES
from pipelines.contract import DeliveredFile, Delivery, Parsed, Precision, SourceSpec
from pipelines.formats.reference import refuse
from pipelines.formats.world_trade import EDITIONS, area_code, read_on

SOURCE = "cepii_baci"
THING = "flows"
COLUMNS = ("t", "i", "j", "k", "v", "q")
BLOCK_BYTES = 16 * 1024**2
#: Files of an edition; the longest has a year for each since 1995.
MOST_YEARS = 100
#: BACI_HS17_V202501.zip holds BACI_HS17_Y2017_V202501.csv and so on.
NAME = re.compile(
    r"BACI_(?P<edition>HS\d\d)(?:_Y(?P<year>\d{4}))?_V(?P<month>20\d{4})(?P<mended>[a-z]?)"
    r"(?:_read-\d{4}-\d{2}-\d{2})?\.(?:csv|zip)"
)
SHAPES = {"t": r"\d{4}", "i": r"\d{1,3}", "j": r"\d{1,3}", "k": r"\d{6}", "v": r"\d+(\.\d+)?", "q": r"\d+(\.\d+)?|NA|"}


@dataclass(frozen=True)
class _Year:
    """The CSV of one year: its edition, year and version by its name, and its bytes."""

    edition: str
    year: int
    version: str
    content: bytes


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage a year and version. Raises LandingError; the rules are in the source's runbook."""
    for file in delivery.files:
        known_on, precision = _known(file, delivery)
        for year in _years(file, spec):
            frame = _flows(year, file)
            named = delivery.vintage_id or f"{year.edition}_{year.version}"
            yield Parsed(
                thing=THING,
                vintage_id=f"{named}_Y{year.year}",
                known_on=known_on,
                known_precision=precision,
                sequence=delivery.sequence or 0,
                sha256=file.sha256,
                url=file.url,
                frame=frame,
                cells=frame.select("hs_edition", "period_start").head(1),
            )


def _named(name: str, file: DeliveredFile) -> re.Match[str]:
    found = NAME.fullmatch(name)
    if found is None or found["edition"] not in EDITIONS:
        what = f"{name} is no name of BACI's."
        raise refuse(file, SOURCE, "unknown_name", what, "Give it the name it was published under.")
    return found


def _known(file: DeliveredFile, delivery: Delivery) -> tuple[date, Precision]:
    """The day it became known: as given, as the name states it, or the end of the version's month."""
    if delivery.known_on:
        return delivery.known_on, delivery.known_precision
    named = _named(file.name, file)
    year, month = int(named["month"][:4]), int(named["month"][4:])
    try:
        day = read_on(file.name)
        last = date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise refuse(file, SOURCE, "known_on_missing", f"Its name states no day: {error}.", "Correct it.") from None
    if day:
        return day, "day"
    if named["mended"]:
        what = f"The version V{named['month']}{named['mended']} was mended after its month."
        raise refuse(file, SOURCE, "known_on_missing", what, "Put _read-YYYY-MM-DD into its name.")
    return last, "month"


def _years(file: DeliveredFile, spec: SourceSpec) -> Iterator[_Year]:
    """The years a file holds, unpacked one after the other."""
    named = _named(file.name, file)
    if not file.content.startswith(b"PK"):
        yield _year(file.name, file.content, file)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            members = [member for member in packed.infolist() if not member.is_dir()]
            wanted = [m for m in members if not _is_ignored(m.filename, spec)]
            if not wanted:
                raise refuse(file, SOURCE, "no_rows", "The ZIP holds no flows.", "Download it again.")
            if len(wanted) > MOST_YEARS:
                raise refuse(file, SOURCE, "oversized", f"The ZIP holds {len(wanted):,} files.", "See what it is.")
            for member in wanted:
                name = PurePosixPath(member.filename).name
                inner = NAME.fullmatch(name)
                parts = ("edition", "month", "mended")
                if inner is None or [inner[p] for p in parts] != [named[p] for p in parts]:
                    raise refuse(file, SOURCE, "unknown_member", f"It holds {member.filename}.", "Look at it.")
                yield _year(name, _unpacked(packed, member, file), file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise refuse(file, SOURCE, "damaged_zip", f"Not a whole ZIP: {error}.", "Download it again.") from None


def _is_ignored(member: str, spec: SourceSpec) -> bool:
    return PurePosixPath(member).name.startswith(tuple(spec.ignored_fields))


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo, file: DeliveredFile) -> bytes:
    """A member's bytes, unless there are more than any file may have, whatever its header says."""
    with packed.open(member) as content:
        unpacked = content.read(LARGEST_FILE_BYTES + 1)
    if len(unpacked) > LARGEST_FILE_BYTES:
        what = f"{member.filename} unpacks to more than {LARGEST_FILE_BYTES:,} bytes."
        raise refuse(file, SOURCE, "oversized", what, "See what it is.")
    return unpacked


def _year(name: str, content: bytes, file: DeliveredFile) -> _Year:
    named = _named(name, file)
    if named["year"] is None:
        raise refuse(file, SOURCE, "unknown_name", f"{name} does not say its year.", "Name it as published.")
    return _Year(named["edition"], int(named["year"]), f"V{named['month']}{named['mended']}", content)


def _flows(year: _Year, file: DeliveredFile) -> pl.DataFrame:
    """Rows of one year, read block by block: as text, a year would take several times its size."""
    header = year.content.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    names = [name.strip().strip('"') for name in header.split(",")]
    if tuple(names) != COLUMNS:
        raise refuse(file, SOURCE, "unknown_column", f"The columns are {names[:9]}.", "Find out what changed.")
    try:
        reader = pyarrow.csv.open_csv(
            io.BytesIO(year.content.removeprefix(b"\xef\xbb\xbf")),
            read_options=pyarrow.csv.ReadOptions(block_size=BLOCK_BYTES, column_names=list(COLUMNS), skip_rows=1),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=False
            ),
        )
        frames = [_block(pl.DataFrame(pl.from_arrow(batch)), year, file) for batch in reader]
    except pa.ArrowInvalid as error:
        is_empty = "Empty CSV" in str(error)
        rule = "no_rows" if is_empty else "wrong_encoding" if "UTF8" in str(error) else "truncated_file"
        raise refuse(file, SOURCE, rule, f"Not readable as CSV: {error}.", "Download it again.") from None
    frames = [frame for frame in frames if frame.height]
    if not frames:
        raise refuse(file, SOURCE, "no_rows", "It has no rows.", "Download it again.")
    return pl.concat(frames)


def _block(rows: pl.DataFrame, year: _Year, file: DeliveredFile) -> pl.DataFrame:
    rows = rows.with_columns(pl.all().str.strip_chars())
    for name, shape in SHAPES.items():
        bad = rows.filter(~pl.col(name).str.contains(f"^(?:{shape})$"))
        if bad.height:
            what = f"{bad.height} values of {name} are not of the form {shape}."
            raise refuse(file, SOURCE, "bad_cell", what, "Take the publisher's file.", rows=bad.head(5).rows())
    other = rows.filter(pl.col("t") != str(year.year))
    if other.height:
        what = f"{other.height} rows are not of {year.year}."
        raise refuse(file, SOURCE, "year_unlike_name", what, "Take the publisher's file.", rows=other.head(5).rows())
    tonnes = pl.col("q").replace(["NA", ""], None).cast(pl.Float64)
    return rows.select(
        pl.lit(EDITIONS[year.edition]).alias("hs_edition"),
        pl.lit(date(year.year, 1, 1)).alias("period_start"),
        area_code(pl.col("i").cast(pl.Int64)).alias("exporter_code"),
        area_code(pl.col("j").cast(pl.Int64)).alias("importer_code"),
        pl.col("k").alias("product_code"),
        # Printed to the dollar and the kilogram: the product is rounded so that no digit is ours.
        (pl.col("v").cast(pl.Float64) * 1000).round(3).alias("trade_value_fob_usd"),
        # Nothing weighs nothing: less than half a kilogram is printed as 0 and is not known.
        pl.when(tonnes > 0).then((tonnes * 1000).round(3)).alias("net_weight_kg"),
    )
