"""A user's CSV of shares held -> edges, in the columns of source.yml.

Belongs here: the form of the file. Does not belong here: whether rows make sense (expectations/landing), what follows
from them (pipelines/ownership).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from pipelines.contract import OPEN_END, DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import read_table, refuse, refuse_misshapen, single_file

SOURCE = "ownership_edges"
THING = "edges"
#: Before any day a file states: "not known to have begun".
ALWAYS = date(1900, 1, 1)
NEEDED = {"owner": "owner_id", "owned": "owned_id"} | {n: n for n in ("share", "valid_from", "valid_to", "source")}
OPTIONAL = [f"{end}_{fact}" for fact in ("name", "country_code", "lei", "entry_key") for end in ("owner", "owned")]
_DAY = r"\d{4}-\d{2}-\d{2}"
SHAPES = {
    "share": r"\d+(\.\d+)?|\.\d+",
    "valid_from": _DAY,
    "valid_to": _DAY,
    **dict.fromkeys(("owner_country_code", "owned_country_code"), "[A-Z]{2}"),
    **dict.fromkeys(("owner_lei", "owned_lei"), r"[0-9A-Z]{18}[0-9]{2}"),
}


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage, of the sources the file names. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, SOURCE)
    if delivery.known_on is None:
        raise refuse(file, SOURCE, "known_on_missing", "A file of edges bears no day.", "Pass --known-on.")
    header = file.content.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").replace('"', "")
    given = {name.strip() for name in header.split(",")}
    rows = read_table(file, spec, NEEDED | {name: name for name in OPTIONAL if name in given})
    refuse_misshapen(rows, {name: shape for name, shape in SHAPES.items() if name in rows.columns}, file, SOURCE)
    _refuse_blank(rows, file)
    frame = rows.with_columns(
        pl.col("share").cast(pl.Float64),
        _day(rows, "valid_from", file).fill_null(ALWAYS),
        _day(rows, "valid_to", file).fill_null(OPEN_END),
        *(pl.lit(None, pl.String).alias(name) for name in OPTIONAL if name not in rows.columns),
    )
    yield Parsed(
        thing=THING,
        vintage_id=delivery.vintage_id or f"{file.name}-{delivery.known_on}",
        known_on=delivery.known_on,
        known_precision=delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=file.sha256,
        url=file.url,
        frame=frame.select(pl.col(name).cast(kind) for name, kind in spec.things[THING].schema.items()),
        cells=frame.select("source").unique(),
    )


def _refuse_blank(rows: pl.DataFrame, file: DeliveredFile) -> None:
    for name in ("owner_id", "owned_id", "share", "source"):
        blank = rows.filter(pl.col(name).is_null())
        if blank.height or rows.is_empty():
            what = f"{blank.height} rows do not state {name}." if blank.height else "The file has no row."
            raise refuse(file, SOURCE, "bad_cell", what, "Complete the rows.", rows=blank.head(5).rows())


def _day(rows: pl.DataFrame, name: str, file: DeliveredFile) -> pl.Expr:
    day = pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    impossible = rows.filter(pl.col(name).is_not_null() & day.is_null())
    if impossible.height:
        what = f"{impossible.height} values of {name} are no day of the calendar."
        raise refuse(file, SOURCE, "bad_cell", what, "Correct them.", rows=impossible.head(5).rows())
    return day
