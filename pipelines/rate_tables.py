"""What the rate texts of the held schedules say, as tables beside raw: each distinct text is read once.

Belongs here: collecting texts from raw and laying the reading down. Does not belong here: the language
(rate_language/), which line a text stands on, or what a duty comes to (models).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import rate_language
from pipelines.files import sha256_of
from pipelines.rate_language.rate import Rate
from pipelines.rate_language.reading import read_rate
from pipelines.rate_language.special import Special, read_special
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse

TABLES = {
    "rates__texts": "Every distinct rate text of the tariff schedules, and what it says.",
    "rates__programmes": "Programmes that each distinct column 1 special text names, with their rates.",
}
#: Raw table the texts stand in, and its rate columns.
LINES, COLUMNS = "usitc_hts__lines", ("general", "special", "other")

READING = {
    "kind": pl.String(),
    "ad_valorem_rate": pl.Float64(),
    "specific_duty_usd": pl.Float64(),
    "specific_unit": pl.String(),
    "second_specific_duty_usd": pl.Float64(),
    "second_specific_unit": pl.String(),
    "minimum_duty_usd": pl.Float64(),
    "value_base": pl.String(),
    "terms": pl.String(),
    "whole_value_rate": pl.Float64(),
    "measured_amount": pl.Float64(),
    "measured_unit": pl.String(),
    "is_computable": pl.Boolean(),
    "reason": pl.String(),
}
TEXTS = {"rate_column": pl.String(), "rate_text": pl.String(), **READING}
PROGRAMMES = {
    "special_text": pl.String(),
    "program_code": pl.String(),
    "place": pl.Int32(),
    "rate_text": pl.String(),
    **READING,
}


def write(settings: Settings) -> None:
    """Publish both tables; left alone where neither the lines nor the language changed since they were made."""
    warehouse = Warehouse(settings)
    made_of = sha256_of(repr((warehouse.state().get(LINES), language_fingerprint())).encode())[:16]
    if all(warehouse.is_made_of(table, made_of) for table in TABLES):
        return
    texts = texts_of(list(warehouse.files(LINES)))
    warehouse.write_own_table("rates__texts", text_table(texts), made_of)
    warehouse.write_own_table("rates__programmes", programme_table(texts["special"]), made_of)


@cache
def language_fingerprint() -> str:
    """Changes whenever a text might be read otherwise."""
    folder = Path(rate_language.__file__).parent
    files = [*sorted(p for p in folder.iterdir() if p.is_file()), Path(__file__)]
    return sha256_of(b"".join(p.read_bytes() for p in files))[:16]


def texts_of(files: list[Path]) -> dict[str, list[str]]:
    """Rate column -> its distinct texts, sorted."""
    if not files:
        return {column: [] for column in COLUMNS}
    lines = pl.scan_parquet(files)
    return {c: lines.select(pl.col(c).drop_nulls().unique().sort()).collect()[c].to_list() for c in COLUMNS}


def text_table(texts: dict[str, list[str]]) -> pl.DataFrame:
    """One row a distinct text of a column."""
    rows = []
    for column, listed in texts.items():
        for text in listed:
            if column == "special":
                special = read_special(text)
                rows.append((column, text, *_reading(special.rate, _lacking(special))))
            else:
                rows.append((column, text, *_reading(read_rate(text))))
    return pl.DataFrame(rows, schema=TEXTS, orient="row")


def programme_table(texts: list[str]) -> pl.DataFrame:
    """One row a text and programme it names."""
    rows = []
    for text in texts:
        for place, group in enumerate(read_special(text).groups, start=1):
            reading = _reading(group.rate)
            rows += [(text, code, place, group.text, *reading) for code in dict.fromkeys(group.programmes)]
    return pl.DataFrame(rows, schema=PROGRAMMES, orient="row")


def _lacking(special: Special) -> str | None:
    """Of a text with groups: what could not be read."""
    words = [f'"{g.text}" ({",".join(g.programmes)})' for g in special.groups if g.rate.kind == "unread"]
    return f"no rate can be read for {'; '.join(words)}" if words else None


def _reading(rate: Rate, lacking: str | None = None) -> tuple[Any, ...]:
    specifics = [(c.usd, f"{c.unit} {c.base}".strip()) for c in rate.specifics if c.usd is not None and c.usd > 0]
    first, second = [*specifics, (None, None), (None, None)][:2]
    amount, unit = rate.measured or (None, None)
    terms = "; ".join(c.words for c in rate.components) or None
    numbers = (rate.ad_valorem_rate, *first, *second, rate.minimum_duty_usd, rate.value_base, terms)
    return (rate.kind, *numbers, rate.whole_value_rate, amount, unit, rate.is_computable, lacking or rate.reason)
