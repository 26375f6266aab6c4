"""The CSV of GLEIF's golden copy, zipped or not -> the columns used, as text, read as a stream.

A whole copy of level 1 unpacks to more than 4 GB in some 300 columns; a dozen are used, and no more is ever held.

Belongs here: reading the CSV. Does not belong here: what its columns mean (parse.py).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from contextlib import ExitStack
from typing import IO

import polars as pl
import pyarrow as pa
import pyarrow.csv

from pipelines.contract import DeliveredFile
from pipelines.formats.reference import refuse

SOURCE = "gleif"
BLOCK_BYTES = 16 * 1024**2
#: Twice what the largest of the three copies unpacks to.
LARGEST_UNPACKED_BYTES = 10 * 1024**3
#: Columns read: exactly these, or these with a number at `#`.
USED = (
    *("LEI", "Entity.LegalName", "Entity.LegalAddress.Country", "Entity.HeadquartersAddress.Country"),
    *("Entity.EntityCategory", "Entity.EntityStatus", "Registration.RegistrationStatus", "Registration.LastUpdateDate"),
    *("Entity.OtherEntityNames.OtherEntityName.#", "Exception.Category", "Exception.Reason.#"),
    "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.#",
    *("Relationship.StartNode.NodeID", "Relationship.StartNode.NodeIDType"),
    *("Relationship.EndNode.NodeID", "Relationship.EndNode.NodeIDType"),
    *("Relationship.RelationshipType", "Relationship.RelationshipStatus"),
    *("Relationship.Period.#.startDate", "Relationship.Period.#.endDate", "Relationship.Period.#.periodType"),
    *("Relationship.Qualifiers.#.QualifierDimension", "Relationship.Qualifiers.#.QualifierCategory"),
)


def read_golden_copy(file: DeliveredFile) -> tuple[pl.DataFrame, set[str]]:
    """(rows of the columns used, groups of columns met: two steps of their names).

    Raises LandingError: damaged_zip, oversized, wrong_encoding, truncated_file, unknown_format.
    """
    try:
        with ExitStack() as held:
            header = _header(held.enter_context(_opened(file)), file)
            wanted = [name for name in header if _numberless(name) in USED]
            if not wanted:
                what = f"No column of GLEIF's: {', '.join(header[:5])}."
                raise refuse(file, SOURCE, "unknown_format", what, "See what was delivered.")
            return _rows(held.enter_context(_opened(file)), wanted), {_group(name) for name in header}
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise refuse(file, SOURCE, "damaged_zip", f"Not a whole ZIP: {error}.", "Fetch it again.") from None
    except pa.ArrowInvalid as error:
        is_encoding = "UTF8" in str(error)
        rule = "wrong_encoding" if is_encoding else "truncated_file"
        raise refuse(file, SOURCE, rule, f"Not readable as CSV: {error}.", "Fetch it again; do not guess.") from None


def _opened(file: DeliveredFile) -> IO[bytes]:
    if not file.content.startswith(b"PK"):
        return io.BytesIO(file.content)
    packed = zipfile.ZipFile(io.BytesIO(file.content))
    members = [member for member in packed.infolist() if member.filename.lower().endswith(".csv")]
    if len(members) != 1:
        rows = [member.filename for member in members[:5]]
        raise refuse(file, SOURCE, "damaged_zip", f"{len(members)} CSV files in it.", "Fetch it again.", rows=rows)
    if members[0].file_size > LARGEST_UNPACKED_BYTES:  # it yields no more than it says
        what = f"It unpacks to {members[0].file_size:,} bytes, more than {LARGEST_UNPACKED_BYTES:,}."
        raise refuse(file, SOURCE, "oversized", what, "See what it is.")
    return packed.open(members[0])


def _header(content: IO[bytes], file: DeliveredFile) -> list[str]:
    try:
        line = content.readline(1 << 20).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse(file, SOURCE, "wrong_encoding", f"Not utf-8: {error}.", "Do not guess.") from None
    return [name.strip().strip('"') for name in line.strip().split(",")]


def _rows(content: IO[bytes], wanted: list[str]) -> pl.DataFrame:
    reader = pyarrow.csv.open_csv(
        content,
        read_options=pyarrow.csv.ReadOptions(block_size=BLOCK_BYTES),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
        ),
    )
    frames = [pl.DataFrame(pl.from_arrow(batch)) for batch in reader]
    rows = pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(wanted, pl.String()))
    return rows.with_columns(pl.all().str.strip_chars().replace("", None))


def _numberless(name: str) -> str:
    return re.sub(r"\.\d+(?=\.|$)", ".#", name)


def _group(name: str) -> str:
    """Two steps of a name: "Entity.LegalAddress.City" -> "Entity.LegalAddress"."""
    return ".".join(name.split(".")[:2])
