"""CSV, with its columns described beside it as CSV on the Web (W3C) asks: `<file>-metadata.json`.

Belongs here: the two files. Does not belong here: what is exported (subject.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from pipelines.export.subject import Subject
from pipelines.settings import Settings

#: Types of XML Schema, as CSV on the Web names them.
DATATYPES = {
    "text": "string",
    "boolean": "boolean",
    "integer": "int",
    "bigint": "long",
    "double": "double",
    "date": "date",
    "timestamp": "dateTime",
}


def write(settings: Settings, subject: Subject, path: Path, timeout: float) -> int:
    """Write the rows, UTF-8 with a header; NULL is nothing between two commas, an empty text is two quotes."""
    rows = 0
    with subject.rows(settings, timeout) as answer, path.open("wb") as file:
        head = pl.DataFrame(schema={field.name: pl.String() for field in subject.fields})
        head.write_csv(file)
        for batch in answer.batches:
            frame = pl.DataFrame(batch)
            frame.write_csv(file, include_header=False, datetime_format="%Y-%m-%dT%H:%M:%SZ")
            rows += frame.height
    return rows


def metadata(subject: Subject, name: str) -> dict[str, Any]:
    """What a reader of CSV on the Web is told of the file `name`; units as schema.org's unitText."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": name,
        "dc:title": subject.name,
        "dc:description": subject.description,
        "dc:identifier": subject.release.build_id,
        "dc:bibliographicCitation": subject.citation.sentence,
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [
                {
                    "name": field.name,
                    "titles": field.name,
                    "datatype": DATATYPES[field.kind],
                    **({"dc:description": field.description} if field.description else {}),
                    **({"schema:unitText": field.unit} if field.unit else {}),
                    **({"dc:source": field.source} if field.source else {}),
                }
                for field in subject.fields
            ],
            **({"primaryKey": subject.key} if subject.key else {}),
        },
    }
