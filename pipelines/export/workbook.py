"""An Excel workbook: the rows, the columns with units and sources, and where it all comes from.

Belongs here: the file. Does not belong here: what is exported (subject.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from math import isfinite
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.errors import StatecraftError
from pipelines.export.subject import Field, Subject
from pipelines.query import run_query
from pipelines.settings import Settings

#: Excel's own bounds: of a sheet, its header counted, and of a cell.
LARGEST_SHEET, LONGEST_TEXT = 1_048_576, 32_767
#: Excel counts days from here, and knows none before.
FIRST_DAY = date(1900, 1, 1)
FORMATS = {"integer": "#,##0", "bigint": "#,##0", "date": "yyyy-mm-dd", "timestamp": "yyyy-mm-dd hh:mm:ss"}
WIDTHS = {"text": 18, "timestamp": 18}
Write = Callable[[int, int, Any], Any]


def write(settings: Settings, subject: Subject, path: Path, timeout: float) -> int:
    """Write three sheets. Raises StatecraftError, before anything is written, where the rows do not fit a sheet."""
    _refuse_too_long(settings, subject, timeout)
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, {**options, "strings_to_urls": False}) as book:
        book.set_properties({"title": subject.name, "comments": subject.citation.sentence})
        bold = book.add_format({"bold": True, "bottom": 1})
        rows = _write_rows(settings, subject, book.add_worksheet("data"), book, bold, timeout)
        listed = [("column", "unit", "description", "source")]
        listed += [(field.name, field.unit, field.description, field.source) for field in subject.fields]
        _write_texts(book.add_worksheet("columns"), listed, bold)
        about = [
            ("what", subject.name),
            ("description", subject.description),
            ("rows", f"{rows:,}"),
            ("a row is identified by", ", ".join(subject.key) or "not stated"),
            ("build", subject.release.build_id),
            ("cite as", subject.citation.sentence),
            ("query", subject.sql),
            ("empty cells", "Not stated (NULL); never zero. 9999-12-31 is an end nobody has stated."),
        ]
        _write_texts(book.add_worksheet("about"), about, None)
    return rows


def _refuse_too_long(settings: Settings, subject: Subject, timeout: float) -> None:
    counted = f"select count(*) from ({subject.sql})"
    rows = int(run_query(settings, subject.release.database, counted, timeout).item())
    if rows >= LARGEST_SHEET:
        raise StatecraftError(
            f"{subject.name} has {rows:,} rows; a sheet of Excel holds {LARGEST_SHEET - 1:,} and a header.",
            "Narrow it (--where \"period_start >= date '2025-01-01'\"), aggregate it (--sql FILE),"
            " or choose --format csv, dta or parquet.",
        )


def _write_rows(
    settings: Settings, subject: Subject, sheet: Worksheet, book: xlsxwriter.Workbook, bold: Format, timeout: float
) -> int:
    formats = {kind: book.add_format({"num_format": code}) for kind, code in FORMATS.items()}
    writers: list[Write] = []
    for place, field in enumerate(subject.fields):
        sheet.set_column(place, place, WIDTHS.get(field.kind, max(12, min(len(field.name), 24))))
        writers.append(_writer(sheet, field, formats.get(field.kind)))
    sheet.freeze_panes(1, 0)
    for place, field in enumerate(subject.fields):
        sheet.write_string(0, place, field.name, bold)
        said = " ".join(part for part in (field.description, f"Unit: {field.unit}." if field.unit else "") if part)
        if said:
            sheet.write_comment(0, place, said, {"x_scale": 2})
    row = 0
    with subject.rows(settings, timeout) as answer:
        for batch in answer.batches:
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                row += 1
                for place, value in enumerate(values):
                    if value is not None:
                        writers[place](row, place, value)
    sheet.autofilter(0, 0, row, len(subject.fields) - 1)
    return row


def _writer(sheet: Worksheet, field: Field, shown: Format | None) -> Write:
    def text(row: int, place: int, value: str) -> None:
        if len(value) > LONGEST_TEXT:
            raise StatecraftError(
                f"{field.name} holds a text of {len(value):,} characters; a cell of Excel holds {LONGEST_TEXT:,}.",
                "Leave the column out (--columns), or choose --format csv, dta or parquet.",
            )
        sheet.write_string(row, place, value)

    def day(row: int, place: int, value: date) -> None:
        if (value.date() if isinstance(value, datetime) else value) < FIRST_DAY:
            sheet.write_string(row, place, value.isoformat())
        else:
            sheet.write_datetime(row, place, value, shown)

    def number(row: int, place: int, value: float) -> None:
        if not isfinite(value):
            sheet.write_string(row, place, str(value))
        else:
            sheet.write_number(row, place, value, shown)

    writers: dict[str, Write] = {"text": text, "boolean": sheet.write_boolean, "date": day, "timestamp": day}
    return writers.get(field.kind, number)


def _write_texts(sheet: Worksheet, rows: Sequence[tuple[str, ...]], head: Format | None) -> None:
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 60)
    for row, texts in enumerate(rows):
        for place, value in enumerate(texts):
            sheet.write_string(row, place, value[:LONGEST_TEXT], head if head and row == 0 else None)
