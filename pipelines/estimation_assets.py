"""Estimates as Dagster assets: one a specification, and the table beside raw that holds them all.

Belongs here: Dagster's view of them. Does not belong here: econometrics (estimation/).

They rest on core, and models that release them rest on them: they are made within the step that builds the models, once
core stands, and each tells what it found as a materialization of its own.
"""

from __future__ import annotations

import dagster as dg
import polars as pl

from pipelines.estimation import samples, tables
from pipelines.estimation.specifications import Specification, specifications
from pipelines.files import one_writer
from pipelines.lineage import Lineage
from pipelines.progress import counted, step
from pipelines.settings import Settings

_TABLE = dg.AssetKey(["raw", tables.TABLE])
#: What a reader of Dagster's pages sees of an estimate.
_SHOWN = ("term", "horizon_months", "estimate", "std_error", "p_value", "n_obs", "n_clusters", "note")


def estimation_assets() -> list[dg.AssetSpec]:
    """All specifications and their table, for the graph of assets."""
    read = [dg.AssetKey(mart.split(".")) for mart in samples.MARTS]
    listed = specifications()
    kinds = {"python", "pyfixest"}
    return [
        *(
            dg.AssetSpec(_key(spec), group_name="estimation", deps=read, description=spec.title, kinds=kinds)
            for spec in listed
        ),
        dg.AssetSpec(
            _TABLE,
            group_name="estimation",
            deps=[_key(spec) for spec in listed],
            description=tables.TABLES[tables.TABLE],
            kinds={"parquet"},
        ),
    ]


def make(settings: Settings, lineage: Lineage, context: dg.AssetExecutionContext) -> None:
    """Estimate on the marts as they stand and tell Dagster what was found."""
    with one_writer(settings), step("estimates") as words:
        tables.write(settings, lineage)
        rows = tables.standing(settings)
        words.append(counted(rows.height, "coefficient"))
    for spec in specifications():
        own = rows.filter(pl.col("spec_id") == spec.spec_id)
        context.log_event(dg.AssetMaterialization(_key(spec), description=spec.title, metadata={"found": _shown(own)}))
    context.log_event(dg.AssetMaterialization(_TABLE, metadata={"dagster/row_count": rows.height}))


def _key(spec: Specification) -> dg.AssetKey:
    return dg.AssetKey(["estimation", spec.spec_id])


def _shown(rows: pl.DataFrame) -> dg.MetadataValue:
    """Dagster's tables hold no NULL: what is not there is blank."""
    records = rows.select(_SHOWN).to_dicts()
    return dg.MetadataValue.table(
        [dg.TableRecord({k: "" if v is None else v for k, v in record.items()}) for record in records]
    )
