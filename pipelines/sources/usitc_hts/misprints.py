"""Known misprints of single rows, mended before anything else looks, and said aloud.

A row is withheld (its number cannot be believed) or restored (the export lost it). Every entry of misprints.yml names
the editions it is for and how often they print the number; if an edition prints it more or less often, the publisher
has mended it or it is another fault, and the run stops.

Belongs here: applying misprints.yml. Does not belong here: wrong values of a sound row (pipelines/corrections.py), and
tidying that is the same for all editions (text.py).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import polars as pl
import yaml

from pipelines.contract import Correction, SourceSpec, Strict
from pipelines.sources.usitc_hts.refusals import refusal

_FILE = Path(__file__).with_name("misprints.yml")


class Misprint(Strict):
    """One entry of misprints.yml. restored: the lost row, put back at the top (where the export lost it); or None, and
    the rows printing `published` are withheld."""

    htsno: str
    published: str
    times_printed: int
    editions: list[str]
    restored: dict[str, str] | None = None
    reason: str
    status: str


@lru_cache(maxsize=1)
def known_misprints() -> tuple[Misprint, ...]:
    """misprints.yml."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["misprints"]
    return tuple(Misprint.model_validate(entry) for entry in entries)


def mended(
    rows: pl.DataFrame, vintage_id: str, spec: SourceSpec, file: str
) -> tuple[pl.DataFrame, tuple[Correction, ...]]:
    """Printed rows of one edition without its known misprints, and a record of each.

    Raises LandingError misprint_outdated if an edition does not print what is to be mended.
    """
    entries = [entry for entry in known_misprints() if vintage_id in entry.editions]
    for entry in entries:
        printed = rows.filter(pl.col("htsno") == entry.published)
        if printed.height != entry.times_printed:
            what = f"{entry.published} is printed {printed.height} times, not {entry.times_printed}."
            raise refusal(spec, file, "misprint_outdated", what, printed.select("htsno", "description").rows())
        if entry.restored is None:
            rows = rows.filter(pl.col("htsno") != entry.published)
        else:
            rows = pl.concat([_blank_row(rows, entry.restored), rows])
    return rows, tuple(_record(entry) for entry in entries)


def _blank_row(like: pl.DataFrame, stated: dict[str, str]) -> pl.DataFrame:
    """One printed row of the export's shape: what is stated, and nothing else."""
    empty = {name: [] if isinstance(kind, pl.List) else "" for name, kind in like.schema.items()}
    return pl.DataFrame([{**empty, **stated}], schema=like.schema)


def _record(entry: Misprint) -> Correction:
    restored = entry.restored is not None
    return Correction(
        key=entry.htsno,
        column_name="htsno",
        published_value="" if restored else entry.published,
        corrected_value=entry.htsno if restored else "",
        reason=entry.reason,
        status=entry.status,
    )
