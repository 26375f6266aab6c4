"""Parquet whose fields carry unit, description and source as metadata.

Belongs here: the file. Does not belong here: what is exported (subject.py), a release's own Parquet
(release_tables.py).
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.export.subject import Field, Subject
from pipelines.settings import Settings


def write(settings: Settings, subject: Subject, path: Path, timeout: float) -> int:
    """Write the rows with zstd; pyarrow, Polars and DuckDB (`parquet_schema`) read it, pyarrow its metadata too."""
    rows = 0
    with subject.rows(settings, timeout) as answer:
        fields = [
            sent.with_metadata(_metadata(field)) for sent, field in zip(answer.schema, subject.fields, strict=True)
        ]
        about = {
            "title": subject.name,
            "description": subject.description,
            "build_id": subject.release.build_id,
            "citation": subject.citation.sentence,
        }
        schema = pa.schema(fields, metadata=about)
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            for batch in answer.batches:
                writer.write_batch(pa.RecordBatch.from_arrays(batch.columns, schema=schema))
                rows += batch.num_rows
    return rows


def _metadata(field: Field) -> dict[str, str]:
    said = {"unit": field.unit, "description": field.description, "source_columns": field.source}
    return {key: value for key, value in said.items() if value}
