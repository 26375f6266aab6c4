"""Pieces of one delivery -> as few frames as their column scopes allow, each with its cells.

Belongs here: slices of one request put together, files that state the same cells compared, files of other columns kept
apart. Does not belong here: typing rows (census_rows.py), and what a vintage is called (census_api.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from pipelines.contract import SourceSpec
from pipelines.formats.census_files import ROWS_SHOWN, refuse
from pipelines.formats.census_rows import ALL_PRODUCTS, Dialect
from pipelines.formats.census_scope import CELL, codes

KEY = [*CELL, "product_code"]


@dataclass(frozen=True)
class Piece:
    """Typed rows, the cells they cover, and the value columns they state. request: what they answer, for messages."""

    rows: pl.DataFrame
    cells: pl.DataFrame
    stated: tuple[str, ...]
    request: str


def join_slices(spec: SourceSpec, slices: Sequence[tuple[int, int, Piece]]) -> Piece:
    """(part, parts, piece) of one request -> the whole answer. Rule missing_slice unless each part is there once."""
    whole = slices[0][2]
    parts = slices[0][1]
    if sorted(part for part, _, _ in slices) != list(range(1, parts + 1)) or any(n != parts for _, n, _ in slices):
        got = sorted((part, n) for part, n, _ in slices)
        raise refuse(spec, whole.request, "missing_slice", f"the answer came in {parts} slices; these are here: {got}")
    if any(set(piece.stated) != set(whole.stated) for _, _, piece in slices):
        raise refuse(spec, whole.request, "missing_column", "slices of one answer do not have the same fields")
    rows = pl.concat(piece.rows.select(whole.rows.columns) for _, _, piece in slices)
    return replace(whole, rows=rows, cells=pl.concat(piece.cells for _, _, piece in slices).unique())


def refuse_wrong_totals(spec: SourceSpec, dialect: Dialect, piece: Piece) -> None:
    """All partners asked for: their sum must be the publisher's world total, to the dollar. Rule control_mismatch."""
    money = [c for c in piece.stated if c in dialect.measures.values()]
    by = [c for c in KEY if c != "code"]
    world = piece.rows.filter(pl.col("code") == "-")
    if world.height == 0:
        return
    detail = piece.rows.filter(pl.col("code").is_in(codes("partner"))).group_by(by).agg(pl.col(money).sum())
    # A total without detail, or detail without a total, is a mismatch too.
    compared = detail.join(world.select(*by, *money), on=by, how="full", coalesce=True, suffix="_world")
    wrong = compared.filter(pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_world")) for c in money))
    if wrong.height:
        what = f"{wrong.height} sums over partners differ from the world total"
        raise refuse(spec, piece.request, "control_mismatch", what, wrong.head(ROWS_SHOWN).rows(named=True))


def split(piece: Piece) -> tuple[Piece, Piece]:
    """(flows, controls): products by partner, and the publisher's totals over partners, groups or products."""
    is_partner = pl.col("code").is_in(codes("partner"))
    is_total = pl.col("product_code") == ALL_PRODUCTS
    has_totals = piece.rows.select(is_total.any()).item()
    flows = replace(piece, rows=piece.rows.filter(is_partner & ~is_total), cells=piece.cells.filter(is_partner))
    control_cells = piece.cells if has_totals else piece.cells.filter(~is_partner)
    return flows, replace(piece, rows=piece.rows.filter(~is_partner | is_total), cells=control_cells)


def merge(spec: SourceSpec, thing: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of one thing -> one piece for each set of stated columns, the widest first.

    Cells stated twice must agree wherever both state a value (rule totals_disagree or files_disagree), and are then
    kept once, with the columns of both. Raises rule overlapping_files where they only partly cover each other.
    """
    grouped: dict[tuple[str, ...], list[Piece]] = {}
    for piece in pieces:
        if piece.cells.height:
            grouped.setdefault(tuple(sorted(piece.stated)), []).append(piece)
    wide: list[Piece] = []
    for stated in sorted(grouped, key=lambda names: (-len(names), names)):
        group = grouped[stated]
        narrow: Piece | None = Piece(
            pl.concat(p.rows.select(*KEY, *stated) for p in group),
            pl.concat(p.cells.select(CELL) for p in group),
            stated,
            ", ".join(sorted({p.request for p in group})),
        )
        assert narrow is not None
        twice = narrow.cells.filter(pl.struct(CELL).is_duplicated()).unique()
        if twice.height:
            raise refuse(spec, narrow.request, "overlapping_files", "files answer for the same cells", twice.rows())
        for place, other in enumerate(wide):
            if narrow is not None:
                wide[place], narrow = _reconcile(spec, thing, other, narrow)
        if narrow is not None:
            wide.append(narrow)
    return wide


def _reconcile(spec: SourceSpec, thing: str, wide: Piece, narrow: Piece) -> tuple[Piece, Piece | None]:
    """Compare what both state; hand back the wider piece with both's columns, and what is left of the narrower."""
    shared = narrow.cells.join(wide.cells, on=CELL, how="semi")
    if shared.height == 0:
        return wide, narrow
    mine = narrow.rows.join(shared, on=CELL, how="semi")
    theirs = wide.rows.join(shared, on=CELL, how="semi").with_columns(pl.lit(True).alias("theirs"))
    both = [c for c in narrow.stated if c in wide.stated]
    compared = mine.with_columns(pl.lit(True).alias("mine")).join(
        theirs, on=KEY, how="full", coalesce=True, suffix="_theirs"
    )
    differing = compared.filter(
        pl.col("mine").is_null()
        | pl.col("theirs").is_null()
        | pl.any_horizontal(False, *(pl.col(c).ne_missing(pl.col(f"{c}_theirs")) for c in both))
    )
    if differing.height:
        rule = "totals_disagree" if thing == "controls" else "files_disagree"
        what = f"{differing.height} rows stated by two files of one delivery are not the same"
        files = f"{narrow.request} and {wide.request}"
        raise refuse(spec, files, rule, what, differing.drop("mine", "theirs").head(ROWS_SHOWN).rows(named=True))
    added = [c for c in narrow.stated if c not in wide.stated]
    if added and (shared.height < wide.cells.height or shared.height < narrow.cells.height):
        what = "files with different columns cover some, not all, of the same cells"
        raise refuse(spec, f"{narrow.request} and {wide.request}", "overlapping_files", what, shared.rows())
    if added:
        rows = wide.rows.join(narrow.rows.select(*KEY, *added), on=KEY, how="left")
        return replace(wide, rows=rows, stated=(*wide.stated, *added)), None
    left = narrow.cells.join(shared, on=CELL, how="anti")
    if left.height == 0:
        return wide, None
    return wide, replace(narrow, cells=left, rows=narrow.rows.join(left, on=CELL, how="semi"))
