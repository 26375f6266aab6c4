"""The pipeline's own tables beside raw: vintages, corrections, gate results and the column dictionary.

Belongs here: turning records the pipeline keeps (landing, gates, manifest) into small Parquet tables that dbt reads.
Does not belong here: facts about the world.
"""

from __future__ import annotations

import polars as pl

from pipelines.contract import OPEN_END, SourceSpec
from pipelines.landing import Landing
from pipelines.landing_gate import kept_results
from pipelines.lineage import Lineage
from pipelines.released_sql import released
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

#: The tables written here, and what each holds.
TABLES = {
    "statecraft__vintages": "Every vintage on record: accepted, refused or withdrawn, and what it changed.",
    "statecraft__corrections": "Publishers' known errors repaired in held vintages.",
    "statecraft__gate_results": "What the landing gates saw when they last let something in.",
    "statecraft__columns": "The column dictionary of the release, from the dbt manifest.",
}

VINTAGES = {
    "source": pl.String(),
    "thing": pl.String(),
    "vintage_id": pl.String(),
    "known_from": pl.Date(),
    "known_to": pl.Date(),
    "known_precision": pl.String(),
    "sequence": pl.Int32(),
    "status": pl.String(),
    "scope": pl.String(),
    "sha256": pl.String(),
    "row_count": pl.Int64(),
    "added_count": pl.Int64(),
    "changed_count": pl.Int64(),
    "removed_count": pl.Int64(),
    "licence": pl.String(),
    "url": pl.String(),
    "ingested_at": pl.Datetime("us"),
    "reason": pl.String(),
}
CORRECTIONS = dict.fromkeys(
    (
        *("source", "thing", "vintage_id", "key", "column_name"),
        *("published_value", "corrected_value", "reason", "status"),
    ),
    pl.String(),
)
GATE_RESULTS = {
    **dict.fromkeys(("gate", "table_name", "rule"), pl.String()),
    "passed": pl.Boolean(),
    **dict.fromkeys(("observed", "bound"), pl.String()),
    "checked_at": pl.Datetime("us"),
}
COLUMNS = dict.fromkeys(
    ("schema_name", "table_name", "column_name", "unit", "description", "source_columns"), pl.String()
)


def write(settings: Settings, specs: dict[str, SourceSpec], lineage: Lineage) -> None:
    """Publish the four tables below raw/statecraft__*; unchanged ones are left alone."""
    warehouse = Warehouse(settings)
    warehouse.write_own_table("statecraft__vintages", vintage_table(settings, specs))
    warehouse.write_own_table("statecraft__corrections", correction_table(settings))
    warehouse.write_own_table("statecraft__gate_results", gate_table(settings))
    warehouse.write_own_table("statecraft__columns", column_table(lineage))


def vintage_table(settings: Settings, specs: dict[str, SourceSpec]) -> pl.DataFrame:
    """One row a recorded vintage; counts say what it changed in raw (NULL for one that is not held)."""
    landing, warehouse = Landing(settings), Warehouse(settings)
    rows = []
    for name, spec in specs.items():
        for thing in spec.things:
            table = spec.table(thing)
            counts: dict[str, list[int]] = {}
            for partition in warehouse.manifest(table).values():
                for folder, made in partition.changes.items():
                    counts[folder] = [a + b for a, b in zip(counts.get(folder, [0, 0, 0]), made, strict=True)]
            for v in landing.vintages(table):
                if v.status == "candidate":
                    continue
                made_here = counts.get(v.folder) if v.status == "accepted" else None
                identity = (name, thing, v.vintage_id, v.known_on, OPEN_END, v.known_precision, v.sequence, v.status)
                facts = (v.scope, v.sha256, v.row_count, *(made_here or (None, None, None)), spec.licence, v.url)
                rows.append((*identity, *facts, v.ingested_at.replace(tzinfo=None), v.reason))
    return pl.DataFrame(rows, schema=VINTAGES, orient="row")


def correction_table(settings: Settings) -> pl.DataFrame:
    """Publishers' known errors repaired in held vintages, one row a correction and vintage."""
    rows = [
        (
            v.source,
            v.thing,
            v.vintage_id,
            c.key,
            c.column_name,
            c.published_value,
            c.corrected_value,
            c.reason,
            c.status,
        )
        for v in Landing(settings).vintages(status="accepted")
        for c in v.corrections
    ]
    return pl.DataFrame(rows, schema=CORRECTIONS, orient="row")


def gate_table(settings: Settings) -> pl.DataFrame:
    """Results of the landing gates, for what was let in last."""
    frame = pl.DataFrame(
        [{k: r[k] for k in GATE_RESULTS} for r in kept_results(settings)],
        schema={**GATE_RESULTS, "checked_at": pl.String()},
    )
    moment = pl.col("checked_at").str.to_datetime(time_unit="us", time_zone="UTC").dt.replace_time_zone(None)
    return frame.with_columns(moment)


def column_table(lineage: Lineage) -> pl.DataFrame:
    """The column dictionary of the release: tables as the dbt manifest has them, views as released/ has them."""
    rows = [
        (mart.schema, mart.name, c.name, c.unit, c.description, c.source_columns)
        for mart in lineage.marts
        for c in mart.columns
    ]
    rows += [(v.schema, v.name, c.name, c.unit, c.description, c.source_columns) for v in released() for c in v.columns]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")
