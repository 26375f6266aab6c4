"""Small reference files: one address, one file, one table, the whole of it every time.

Belongs here: what such sources share: asking for the file, naming its vintage, reading it as text or CSV without
guessing types. Does not belong here: what the columns mean (sources/<source>/parse.py).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

import polars as pl

from pipelines.contract import Correction, DeliveredFile, Delivery, Fetched, FetchState, Parsed, Precision, SourceSpec
from pipelines.errors import FetchError, LandingError
from pipelines.http import Http

Kind = Literal["any", "json", "csv", "xml"]

#: UTF-8 read as Latin-1 or Windows-1252, lost characters, control characters of the C1 block.
_GARBLED = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|\u00e2\u20ac|[\u0080-\u009f]"
)


def refuse(
    file: DeliveredFile, source: str, rule: str, what: str, action: str, *, rows: Iterable[object] = ()
) -> LandingError:
    """A LandingError about `file`, to be raised."""
    return LandingError(what=what, action=action, source=source, file=file.name, rule=rule, rows=list(rows)[:5])


def fetch_whole(
    http: Http, spec: SourceSpec, state: FetchState, url: str, vintage_id: str | None = None, kind: Kind = "any"
) -> Iterator[Fetched]:
    """The file at `url`, unless its vintage is held or it has not changed. Raises FetchError.

    kind: what the answer must be (see Http.get).
    """
    vintage = vintage_id or f"{state.today or date.today()}"
    if vintage in state.vintage_ids:
        return
    answer = http.get(url, kind=kind, conditional=state.validators.get(url))
    if answer.empty:
        raise FetchError(f"{spec.name}: {answer.url} answered that it has nothing (204).", "Try again later.")
    if not answer.not_modified:
        yield Fetched(PurePosixPath(url).name, answer.content, answer.url, vintage, headers=answer.headers)


def decoded(file: DeliveredFile, source: str, encoding: str = "utf-8") -> str:
    """The file as text without a byte-order mark. Raises LandingError(rule="wrong_encoding")."""
    try:
        return file.content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        what = f"Not {encoding}: byte {error.start}."
        raise refuse(file, source, "wrong_encoding", what, "Find out the encoding; do not guess it.") from None


def refuse_garbled(text: str, file: DeliveredFile, source: str) -> None:
    """Raises LandingError(rule="mojibake") where letters were decoded wrongly once, or lost."""
    garbled = _GARBLED.search(text)
    if garbled:
        shown = text[max(0, garbled.start() - 30) : garbled.end() + 30]
        action = "Fetch the file again; do not repair names."
        raise refuse(file, source, "mojibake", "Letters were garbled.", action, rows=[shown])


def read_table(file: DeliveredFile, spec: SourceSpec, used: dict[str, str]) -> pl.DataFrame:
    """A CSV with `used` columns (published name -> own name) as text, blanks NULL; "NA" stays text.

    Raises LandingError: wrong_encoding, truncated_file, unknown_column (neither used nor ignored in source.yml).
    """
    text = decoded(file, spec.name)
    try:
        table = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, null_values=[])
    except pl.exceptions.PolarsError as error:
        what = f"Not readable as CSV: {str(error).splitlines()[0]}."
        raise refuse(file, spec.name, "truncated_file", what, "Fetch the file again.") from None
    unknown = set(table.columns) - set(used) - set(spec.ignored_fields)
    missing = set(used) - set(table.columns)
    if unknown or missing:
        rows = [f"unknown: {sorted(unknown)}", f"missing: {sorted(missing)}"]
        action = "Find out what changed; use the column or name it in ignored_fields."
        raise refuse(file, spec.name, "unknown_column", "The columns are not the known ones.", action, rows=rows)
    stripped = table.select(pl.col(published).str.strip_chars().alias(own) for published, own in used.items())
    return stripped.with_columns(pl.all().replace("", None))


def refuse_misshapen(frame: pl.DataFrame, shapes: dict[str, str], file: DeliveredFile, source: str) -> None:
    """Raises LandingError(rule="bad_cell") where a stated value does not match its column's pattern from end to end."""
    for column, pattern in shapes.items():
        bad = frame.filter(~pl.col(column).str.contains(f"^(?:{pattern})$"))
        if bad.height:
            what = f"{bad.height} values of {column} are not of the form {pattern}."
            action = "Look at the rows in the publisher's file."
            raise refuse(file, source, "bad_cell", what, action, rows=bad.head(5).rows())


def single_file(delivery: Delivery, source: str) -> DeliveredFile:
    """The one file of the delivery. Raises LandingError(rule="several_files")."""
    if len(delivery.files) != 1:
        names = [file.name for file in delivery.files]
        what = f"{len(names)} files in one delivery."
        raise refuse(delivery.files[0], source, "several_files", what, "Deliver editions one at a time.", rows=names)
    return delivery.files[0]


def whole_vintage(
    delivery: Delivery,
    spec: SourceSpec,
    thing: str,
    frame: pl.DataFrame,
    *,
    stated_on: date | None = None,
    precision: Precision = "day",
    corrections: tuple[Correction, ...] = (),
) -> Parsed:
    """The whole list as one vintage. stated_on: what the file says of its own day; the delivery's known_on goes first.

    Raises LandingError(rule="known_on_missing").
    """
    file = single_file(delivery, spec.name)
    known_on = delivery.known_on or file.published_on or stated_on
    if known_on is None:
        raise refuse(file, spec.name, "known_on_missing", "Neither file nor name tells its date.", "Pass --known-on.")
    is_own_date = delivery.known_on is None and file.published_on is None
    schema = spec.things[thing].schema
    return Parsed(
        thing=thing,
        vintage_id=delivery.vintage_id or f"{known_on}",
        known_on=known_on,
        known_precision=precision if is_own_date else delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=file.sha256,
        url=file.url,
        frame=frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()),
        corrections=corrections,
    )
