"""The user's file: a CSV as spreadsheets and databases write it, of which one column holds names.

Belongs here: finding out separator, columns and what is wrong with a file, in words. Does not belong here: judging
names.
"""

from __future__ import annotations

import codecs
import io
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.errors import StatecraftError
from pipelines.names.plain import plain

#: Headings a column of names goes by, likeliest first; compared without case, signs and accents.
NAME_COLUMNS = [
    *("name", "names", "entity name", "party name", "company name", "full name", "legal name", "account name"),
    *("customer name", "supplier name", "vendor name", "consignee name", "counterparty name", "organization name"),
    *(
        "organisation name",
        "business name",
        "firm name",
        "entity",
        "party",
        "company",
        "customer",
        "supplier",
        "vendor",
    ),
    *("consignee", "counterparty", "organization", "organisation", "firm", "end user", "account", "nombre", "nom"),
    *("firma", "razon social", "raison sociale", "bezeichnung"),
]
COUNTRY_COLUMNS = ["country code", "country", "country name", "iso2", "iso3", "iso", "nation", "land", "pays", "pais"]
_SEPARATORS = ",;\t|"
#: A file of names of a million customers has half of it; a name of a party, a tenth of the letters.
LARGEST_ASKED_BYTES = 100 * 1024**2
MOST_COLUMNS = 1_000
LONGEST_NAME = 2_000
#: First bytes of files that are no text, and what to say of them.
_KINDS = {
    b"PK\x03\x04": "is a workbook or another zipped file, not a CSV. Save it as CSV UTF-8 from the spreadsheet.",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook, not a CSV. Save it as CSV UTF-8 from the spreadsheet.",
    b"PAR1": "is a Parquet file, not a CSV. Write it as CSV first.",
    b"%PDF": "is a PDF, not a CSV.",
    b"\x1f\x8b": "is compressed. Unpack it first.",
}
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Asked:
    """Names to screen.

    names: row (1 is the first after the heading), name (as it stands), country (as it stands; NULL where not told).
    column: the heading of the column of names, None where the file has no headings.  country_column: likewise.
    blank_rows: rows without a name that has any letter or digit; they are not in names.
    """

    names: pl.DataFrame
    column: str | None
    country_column: str | None
    blank_rows: int


def read_asked(path: Path, column: str | None, encoding: str | None) -> Asked:
    """Read a CSV. column: the heading to use where it is not to be guessed.  encoding: any Python knows; UTF-8 if None.

    Raises StatecraftError that says what is wrong with the file and what to do.
    """
    table = _table(path, _text(path, encoding))
    headings = table.columns
    chosen = _chosen(path, headings, column)
    country = None
    if chosen is None:
        table = pl.concat([pl.DataFrame({"name": headings}), table.rename({headings[0]: "name"})])
    else:
        country = _first_of(COUNTRY_COLUMNS, [heading for heading in headings if heading != chosen])
    names = table.select(
        pl.int_range(1, pl.len() + 1).cast(pl.Int64).alias("row"),
        pl.col(chosen or "name").str.strip_chars().alias("name"),
        (pl.col(country).str.strip_chars() if country else pl.lit(None, pl.String)).alias("country"),
    )
    named = names.filter(plain(pl.col("name")).str.len_chars() > 0)
    if named.is_empty():
        where = f"its column {chosen!r}" if chosen else "it"
        raise StatecraftError(f"{path} holds no name: {where} has no row with a letter or digit.", "Look at the file.")
    long = named.filter(pl.col("name").str.len_chars() > LONGEST_NAME)
    if not long.is_empty():
        raise StatecraftError(
            f"{path} holds a name of more than {LONGEST_NAME:,} letters in row {long['row'][0]}.",
            "See whether a quote is missing there, or name the column of names with --column.",
        )
    return Asked(named, chosen, country, names.height - named.height)


def _text(path: Path, encoding: str | None) -> str:
    if not path.is_file():
        what = "is a folder, not a file" if path.is_dir() else "does not exist"
        raise StatecraftError(f"{path} {what}.", "Name a CSV file with a column of names.")
    if path.stat().st_size > LARGEST_ASKED_BYTES:
        raise StatecraftError(
            f"{path} is larger than {LARGEST_ASKED_BYTES // 1024**2} MB.",
            "Screen it in parts, with the column of names alone.",
        )
    content = path.read_bytes()
    for mark, words in _KINDS.items():
        if content.startswith(mark):
            raise StatecraftError(f"{path} {words}")
    marked = next((codec for mark, codec in _MARKS.items() if content.startswith(mark)), None)
    codec = encoding or marked or "utf-8"
    try:
        text = content.decode(codec)
    except LookupError as error:
        raise StatecraftError(f"There is no encoding {codec!r}.", "Try utf-8, cp1252, latin-1 or utf-16.") from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StatecraftError(
            f"{path} is not {codec}: line {line} holds bytes that are no letters in it.",
            "Save it as CSV UTF-8, or say what it is: --encoding cp1252 for most of what Windows programs write.",
        ) from error
    if "\x00" in text:
        raise StatecraftError(f"{path} is no text: it holds zero bytes.", "Save it as CSV UTF-8, or say --encoding.")
    if text.lstrip()[:1] == "<" and "<html" in text[:2000].lower():
        raise StatecraftError(f"{path} is a web page, not a CSV.", "Download the file itself.")
    if not text.strip():
        raise StatecraftError(f"{path} is empty.", "Name a CSV file with a column of names.")
    return text


def _table(path: Path, text: str) -> pl.DataFrame:
    heading = text.lstrip("\r\n").splitlines()[0]
    separator = max(_SEPARATORS, key=heading.count)
    if heading.count(separator) >= MOST_COLUMNS:
        raise StatecraftError(f"{path} has more than {MOST_COLUMNS:,} columns.", "Keep the column of names alone.")
    try:
        return pl.read_csv(io.StringIO(text), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        told = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}[separator]
        raise StatecraftError(
            f"{path} does not read as a CSV separated by a {told}: {str(error).splitlines()[0]}.",
            "Every row needs as many fields as the heading, and a field that holds the separator needs quotes.",
        ) from error


def _chosen(path: Path, headings: list[str], column: str | None) -> str | None:
    """The heading of the column of names; None where the only column has no heading."""
    if column is not None:
        found = [heading for heading in headings if heading == column] or [
            heading for heading in headings if heading.strip().lower() == column.strip().lower()
        ]
        if not found:
            raise StatecraftError(f"{path} has no column {column!r}.", f"It has: {', '.join(headings)}.")
        return found[0]
    guessed = _first_of(NAME_COLUMNS, headings)
    if guessed is None and len(headings) > 1:
        raise StatecraftError(
            f"Which column of {path} holds the names? It has: {', '.join(headings)}.", "Say it with --column."
        )
    return guessed


def _first_of(known: list[str], headings: list[str]) -> str | None:
    """The heading that stands first among the known ones; None if none is known."""
    reduced = pl.DataFrame({"heading": headings}, schema={"heading": pl.String}).with_columns(
        known=plain(pl.col("heading"))
    )
    order = pl.DataFrame({"known": known}).with_row_index("place")
    found = reduced.join(order, on="known").sort("place")["heading"].to_list()
    return found[0] if found else None
