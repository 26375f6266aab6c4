"""Bytes of a Census International Trade answer -> a table of the publisher's own fields, nothing interpreted.

Belongs here: the three wrappings the fields come in (API JSON, CSV, Parquet) and what can be broken about a wrapping.
Does not belong here: what a field means (census_rows.py).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from pipelines.contract import DeliveredFile, SourceSpec
from pipelines.errors import LandingError

PARQUET_MAGIC = b"PAR1"
ROWS_SHOWN = 5


@dataclass(frozen=True)
class Table:
    """Fields in the publisher's order. load: reads the named fields only, so that descriptions need not be unpacked."""

    columns: list[str]
    load: Callable[[Sequence[str]], pl.DataFrame]
    is_api_body: bool = False
    repeated: frozenset[str] = frozenset()


def refuse(spec: SourceSpec, file: str, rule: str, what: str, rows: Sequence[Any] = ()) -> LandingError:
    """A refusal whose advice is the source's own runbook entry for the rule."""
    return LandingError(what, spec.runbook[rule], source=spec.name, file=file, rule=rule, rows=list(rows)[:ROWS_SHOWN])


def read_table(spec: SourceSpec, file: DeliveredFile) -> Table:
    """Open one delivered file by the kind its name states.

    Raises LandingError with rule truncated, not_json, not_csv, encoding, unknown_format, ragged_rows, empty_file or
    repeated_field.
    """
    suffix = file.name.rsplit(".", 1)[-1].lower()
    if suffix == "parquet":
        return _parquet(spec, file)
    if suffix == "json":
        return _json(spec, file)
    if suffix == "csv":
        return _csv(spec, file)
    raise refuse(spec, file.name, "unknown_format", f"a name ending in .{suffix} says no format this source knows")


def _text_of(spec: SourceSpec, file: DeliveredFile) -> bytes:
    """The body as UTF-8 bytes without its byte-order mark."""
    body = file.content.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise refuse(spec, file.name, "empty_file", "the file has no content")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        near = body[max(0, error.start - 20) : error.start + 20]
        raise refuse(spec, file.name, "encoding", f"not UTF-8 at byte {error.start}", [near]) from error
    if b"\x00" in body[:1000]:
        raise refuse(spec, file.name, "encoding", "zero bytes in the text: it may be UTF-16", [body[:40]])
    return body


def _parquet(spec: SourceSpec, file: DeliveredFile) -> Table:
    content = file.content
    if content[:4] != PARQUET_MAGIC or content[-4:] != PARQUET_MAGIC:
        raise refuse(spec, file.name, "truncated", "the Parquet file lacks its first or last mark")
    try:
        columns = list(pl.read_parquet_schema(io.BytesIO(content)))
    except pl.exceptions.PolarsError as error:
        raise refuse(spec, file.name, "truncated", f"the Parquet file cannot be read: {error}") from error
    return Table(columns, lambda wanted: pl.read_parquet(io.BytesIO(content), columns=list(wanted)))


def _json(spec: SourceSpec, file: DeliveredFile) -> Table:
    """An array of arrays of text, header first. A predicate that was also asked for is echoed as a second column."""
    body = _text_of(spec, file)
    if not body.startswith(b"["):
        raise refuse(spec, file.name, "not_json", "the answer is not a JSON array", [body[:80].decode()])
    try:
        # One column holding the array: read whole by Polars, without a Python object for every cell.
        wrapped = pl.read_json(io.BytesIO(b'{"row":' + body + b"}"))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        rule = "not_json" if body.endswith(b"]]") else "truncated"
        raise refuse(spec, file.name, rule, "the JSON cannot be read to its end", [body[-80:].decode()]) from error
    if wrapped.schema["row"] != pl.List(pl.List(pl.String)):
        what = "the JSON is not an array of rows of text"
        raise refuse(spec, file.name, "not_json", what, [body[:80].decode()])
    lines = wrapped.explode("row")
    header: list[str] = lines["row"][0].to_list()
    ragged = lines.filter(pl.col("row").list.len() != len(header))
    if ragged.height:
        what = f"{ragged.height} rows do not have the {len(header)} columns of the header"
        raise refuse(spec, file.name, "ragged_rows", what, ragged["row"].head(ROWS_SHOWN).to_list())
    cells = lines.slice(1).select(pl.col("row").list.get(i).alias(str(i)) for i in range(len(header)))
    places = {name: [str(i) for i, other in enumerate(header) if other == name] for name in header}
    for name, (first, *echoes) in places.items():
        differing = cells.filter(pl.any_horizontal(False, *(pl.col(first).ne_missing(pl.col(e)) for e in echoes)))
        if differing.height:
            what = f"{name} appears twice with different values"
            raise refuse(spec, file.name, "repeated_field", what, differing.head(ROWS_SHOWN).rows())
    frame = cells.select(pl.col(first).alias(name) for name, (first, *_) in places.items())
    repeated = frozenset(name for name, spots in places.items() if len(spots) > 1)
    return Table(frame.columns, frame.select, is_api_body=True, repeated=repeated)


def _csv(spec: SourceSpec, file: DeliveredFile) -> Table:
    body = _text_of(spec, file)
    if body.startswith(b"<"):
        raise refuse(spec, file.name, "not_csv", "a web page instead of CSV", [body[:80].decode()])
    try:
        frame = pl.read_csv(io.BytesIO(body), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise refuse(spec, file.name, "ragged_rows", str(error).splitlines()[0]) from error
    doubled = [c for c in frame.columns if "_duplicated_" in c]
    if doubled:
        raise refuse(spec, file.name, "repeated_field", f"the header repeats {doubled}")
    # A row that ends early is padded with nulls by the reader; a whole last field is never null in these files.
    short = frame.with_row_index("line", offset=2).filter(pl.col(frame.columns[-1]).is_null())
    if short.height:
        rule = "truncated" if short["line"][0] == frame.height + 1 else "ragged_rows"
        raise refuse(spec, file.name, rule, f"{short.height} rows end early", short.head(ROWS_SHOWN).rows())
    return Table(frame.columns, frame.select)
