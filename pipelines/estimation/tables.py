"""The table `estimation__estimates` beside raw: made from core once it is built, read by the models that release it.

Belongs here: when estimates are made anew, and laying them down. Does not belong here: making them (fits.py).

State is compared, not remembered: the table is named by what it was made of, the marts its samples are read from, the
specifications, this package and the library that fits.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

import polars as pl

from pipelines.build_record import standing_fingerprints
from pipelines.estimation import fits, samples
from pipelines.estimation.specifications import SEED, Specification, specifications
from pipelines.files import sha256_of
from pipelines.lineage import Lineage
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

TABLE = "estimation__estimates"
TABLES = {TABLE: "Coefficients of published specifications on the data at hand."}


def made_of(settings: Settings, lineage: Lineage) -> str:
    """What estimates of the marts as they stand are made of."""
    standing = standing_fingerprints(settings, lineage)
    marts = {m.qualified: standing[m.unique_id] for m in lineage.marts if m.qualified in samples.MARTS}
    return sha256_of(json.dumps([marts, _method_fingerprint()], sort_keys=True).encode())[:16]


@cache
def _method_fingerprint() -> str:
    """Changes whenever other estimates might follow from the same marts."""
    files = [SEED, *sorted(p for p in Path(__file__).parent.iterdir() if p.is_file())]
    return sha256_of(version("pyfixest").encode() + b"".join(p.read_bytes() for p in files))[:16]


def is_current(settings: Settings, lineage: Lineage) -> bool:
    """Whether the estimates that stand are those of the marts as they stand."""
    return Warehouse(settings).is_made_of(TABLE, made_of(settings, lineage))


def write(settings: Settings, lineage: Lineage) -> bool:
    """Publish the table, unless it is current. Returns whether it was made anew."""
    if is_current(settings, lineage):
        return False
    Warehouse(settings).write_own_table(TABLE, estimates(settings), made_of(settings, lineage))
    return True


def estimates(settings: Settings) -> pl.DataFrame:
    """Rows of every specification, from the marts of the work database."""
    rows: list[fits.Row] = []
    by_level: dict[tuple[str, int], list[Specification]] = {}
    for spec in specifications():
        by_level.setdefault((spec.product_level, spec.period_months), []).append(spec)
    for (product_level, period_months), asked in by_level.items():
        held = fits.Held(samples.levels(settings, product_level, period_months))
        for spec in asked:
            rows += fits.estimate(held, spec)
    return pl.DataFrame(rows, schema=fits.SCHEMA)


def standing(settings: Settings) -> pl.DataFrame:
    """The rows that stand."""
    return pl.concat(
        [pl.DataFrame(schema=fits.SCHEMA), *(pl.read_parquet(p) for p in Warehouse(settings).files(TABLE))]
    )
