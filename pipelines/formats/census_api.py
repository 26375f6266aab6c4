"""The Census International Trade API format: one delivery of answers -> vintages of trade flows and control totals.

Belongs here: the way through the format's modules, and naming the vintages. Does not belong here: anything that differs
between imports and exports; that is the `Dialect` each source hands in.

    flows      product x partner, as published
    controls   the publisher's own totals: the world ("-"), groups (00xx), regions (1XXX-7XXX), and all products (ALL)

A vintage states only the columns its files have, and covers only the cells that were asked for. Files of one delivery
that state other columns become vintages of their own (vintage_id plus the API fields); files that state the same cells
twice must agree and are merged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.contract import Delivery, Parsed, Precision, SourceSpec
from pipelines.formats.census_files import refuse
from pipelines.formats.census_merge import Piece, join_slices, merge, refuse_wrong_totals, split
from pipelines.formats.census_rows import Dialect, read_rows
from pipelines.formats.census_scope import (
    CELL,
    Asked,
    Options,
    asked_of,
    declared_cells,
    read_options,
    refuse_missing_months,
)

__all__ = ["Dialect", "parse"]

#: How the things call the column that holds the publisher's partner or group code.
CODE_COLUMN = {"flows": "partner_code", "controls": "group_code"}


def parse(delivery: Delivery, spec: SourceSpec, dialect: Dialect) -> Iterator[Parsed]:
    """One Parsed per thing and set of stated columns. Values are whole US dollars; a period starts on its first day.

    Raises LandingError; every rule is an entry of the source's runbook.
    """
    options = read_options(spec, delivery)
    asked = {file.sha256 + file.name: asked_of(spec, file.name, options) for file in delivery.files}
    vintage_id, known_on, precision = _identity(spec, delivery, list(asked.values()))
    slices: dict[str, list[tuple[int, int, Piece]]] = {}
    for file in delivery.files:
        request = asked[file.sha256 + file.name]
        read = read_rows(spec, dialect, file, request, options)
        cells = declared_cells(read.frame, request, read.is_annual)
        piece = Piece(read.frame, cells, read.stated, request.slice_of)
        slices.setdefault(request.slice_of, []).append((request.part, request.parts, piece))
        if request.parts == 1:
            refuse_missing_months(spec, file.name, read.frame, cells, asked=request, options=options)
    answers = [join_slices(spec, parts) for parts in slices.values()]
    wanted_all = {request.slice_of for request in asked.values() if request.all_partners}
    for answer in answers:
        if answer.request in wanted_all:
            refuse_wrong_totals(spec, dialect, answer)
    halves = [split(answer) for answer in answers]
    digest = _digest([file.sha256 for file in delivery.files])
    urls = sorted({file.url for file in delivery.files if file.url})
    for place, (thing, column) in enumerate(CODE_COLUMN.items()):
        merged = merge(spec, thing, [half[place] for half in halves])
        for number, piece in enumerate(merged):
            _refuse_missing_measures(spec, dialect, piece, options)
            columns = tuple(c for c in spec.things[thing].values if c in piece.stated)
            yield Parsed(
                thing=thing,
                vintage_id=vintage_id if number == 0 else f"{vintage_id}_{_words(dialect, piece)}",
                known_on=known_on,
                known_precision=precision,
                sequence=delivery.sequence or 0,
                sha256=digest,
                frame=piece.rows.rename({"code": column}).select(*spec.things[thing].key, *columns),
                cells=piece.cells.select(CELL).rename({"code": column}),
                columns=columns,
                has_rows=options.products == "all",
                url=urls[0] if len(urls) == 1 else "",
            )


def _identity(spec: SourceSpec, delivery: Delivery, asked: Sequence[Asked]) -> tuple[str, date, Precision]:
    """Name and day of knowledge: as given, else as the live fetch wrote them into the file names."""
    precision = delivery.known_precision
    known_on = delivery.known_on
    if known_on is None:
        days = [f.published_on for f in delivery.files if f.published_on] or [a.read_on for a in asked if a.read_on]
        if not days:
            raise refuse(
                spec, delivery.files[0].name, "known_on_missing", "nothing tells when these figures became known"
            )
        # What was read on a day was public by then; of several days the last is the safe one.
        known_on, precision = max(days), "day"
    requests = sorted({a.slice_of for a in asked})
    live = f"{requests[0].lower()}_read_{known_on}" if len(requests) == 1 and asked[0].is_live else ""
    return delivery.vintage_id or live or f"known_{known_on}", known_on, precision


def _digest(digests: Sequence[str]) -> str:
    """sha256 of a delivery: that of its one file, or over those of its files in any order."""
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _words(dialect: Dialect, piece: Piece) -> str:
    return "-".join(stem.lower() for stem, column in dialect.measures.items() if column in piece.stated)


def _refuse_missing_measures(spec: SourceSpec, dialect: Dialect, piece: Piece, options: Options) -> None:
    """Where the edition says which fields were asked for, every part of the delivery must state them."""
    if options.measures is None:
        return
    missing = [m for m in options.measures if dialect.measures.get(m) not in piece.stated]
    if missing:
        raise refuse(spec, piece.request, "missing_column", f"fields {missing} were asked for and are not there")
