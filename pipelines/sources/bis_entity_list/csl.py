"""The Entity List inside the International Trade Administration's Consolidated Screening List.

Belongs here: taking the one list out of the file. Does not belong here: the file's layouts
(pipelines/formats/screening_list.py), the other lists, anything about meaning.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from pipelines.formats.screening_list import ENTITY_LIST, Reader
from pipelines.sources.bis_entity_list.stated import SCHEMA, without_prose

SOURCE = "bis_entity_list"


def read_csv(content: bytes, file: str) -> pl.DataFrame:
    """The publisher's CSV (28 or 29 columns) as a stated frame."""
    return _stated(Reader(SOURCE, file, (ENTITY_LIST,)).csv(content))


def read_json(content: bytes, file: str) -> tuple[pl.DataFrame, date | None]:
    """(stated frame, day the publisher made the file) from either JSON layout."""
    records, made_on = Reader(SOURCE, file, (ENTITY_LIST,)).json(content)
    return _stated(records), made_on


def _stated(records: pl.DataFrame) -> pl.DataFrame:
    return without_prose(records).cast(SCHEMA)
