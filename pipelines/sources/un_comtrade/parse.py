"""Answers of the UN Comtrade API (JSON, v1) -> reported flows, in the columns of source.yml.

A delivery of the live fetch is one vintage and covers what it asked for, so that what a reporter no longer states is
closed. A file given by hand covers the combinations of reporter, flow, product and period it has rows of.

Belongs here: what each field means and which rows are whole figures. Does not belong here: asking (fetch.py), areas and
editions (pipelines/formats/world_trade.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.files import sha256_of
from pipelines.formats.reference import refuse
from pipelines.formats.world_trade import EDITIONS, area_code, read_on

SOURCE = "un_comtrade"
THING = "flows"
#: Rows an answer can have with a key, and without one; an answer as long as that was cut off.
LIMIT, LIMIT_WITHOUT_KEY = 100_000, 500
CHAPTERS = tuple(f"{number:02d}" for number in range(1, 100))
NUMBERS = (
    *("refYear", "refMonth", "reporterCode", "partnerCode", "partner2Code", "motCode", "aggrLevel"),
    *("qty", "netWgt", "cifvalue", "fobvalue", "primaryValue"),
)
TEXTS = (
    *("typeCode", "freqCode", "period", "flowCode", "classificationCode", "cmdCode", "customsCode", "mosCode"),
    "qtyUnitAbbr",
)
FLAGS = ("isOriginalClassification", "isQtyEstimated", "isNetWgtEstimated", "isReported")
USED = (*NUMBERS, *TEXTS, *FLAGS)
FLOWS = {"M": "import", "X": "export"}
#: Parts of imports and exports: re-trade, processing, domestic and foreign goods.
PARTS_OF_FLOWS = ("RM", "RX", "DX", "FM", "MIP", "XIP", "MOP", "XOP")
LEVELS = {0: "ALL", 2: "HS2", 4: "HS4", 6: "HS6"}
CELL = ("reporter_code", "flow", "product_level", "product_code", "period_start", "period_months")
#: A figure over all second partners, customs procedures, modes of supply and means of transport.
IS_WHOLE = (pl.col("partner2Code") == 0) & (pl.col("motCode") == 0) & (pl.col("customsCode") == "C00")


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage a live delivery, or one a file. Raises LandingError; the rules are in the source's runbook."""
    live = [file for file in delivery.files if file.url.startswith("http")]
    if live:
        frame = pl.concat([_flows(file, spec, is_live=True) for file in delivery.files])
        asked = pl.concat([_asked(file) for file in delivery.files]).unique()
        yield _vintage(delivery, spec, live[0], frame, asked, sha256_of("".join(f.sha256 for f in live).encode()))
        return
    for file in delivery.files:
        frame = _flows(file, spec, is_live=False)
        if frame.is_empty():
            raise refuse(file, SOURCE, "no_rows", "The file has no rows.", "Deliver files with rows.")
        yield _vintage(delivery, spec, file, frame, frame.select(CELL).unique(), file.sha256)


def _vintage(
    delivery: Delivery, spec: SourceSpec, file: DeliveredFile, frame: pl.DataFrame, cells: pl.DataFrame, sha256: str
) -> Parsed:
    try:
        known_on = delivery.known_on or file.published_on or read_on(file.name)
    except ValueError as error:
        raise refuse(file, SOURCE, "known_on_missing", f"Its name states no day: {error}.", "Correct it.") from None
    if known_on is None:
        action = "Put _read-YYYY-MM-DD into its name, or pass --known-on."
        raise refuse(file, SOURCE, "known_on_missing", "The file bears no day.", action)
    schema = spec.things[THING].schema
    return Parsed(
        thing=THING,
        vintage_id=delivery.vintage_id or PurePosixPath(file.name).stem,
        known_on=known_on,
        known_precision=delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=sha256,
        url=file.url,
        frame=frame.select(pl.col(name).cast(kind) for name, kind in schema.items()),
        cells=cells,
    )


def _asked(file: DeliveredFile) -> pl.DataFrame:
    """Cells the question in the address of an answer covers."""
    asked = {name: values[0].split(",") for name, values in parse_qs(urlsplit(file.url).query).items()}
    lost = {"reporterCode", "period", "flowCode", "cmdCode"} - asked.keys()
    if lost:
        what = f"Its address {file.url} does not say what was asked: {sorted(lost)}."
        raise refuse(file, SOURCE, "address_unlike_question", what, "Ask again; the publisher sent us elsewhere.")
    products = CHAPTERS if asked["cmdCode"] == ["AG2"] else asked["cmdCode"]
    questions = [
        (int(reporter), FLOWS[flow], f"HS{len(product)}", product, int(year))
        for reporter in asked["reporterCode"]
        for flow in asked["flowCode"]
        for product in products
        for year in asked["period"]
    ]
    cells = pl.DataFrame(questions, schema=["reporter", *CELL[1:4], "year"], orient="row")
    return cells.select(
        area_code(pl.col("reporter")).alias("reporter_code"),
        *CELL[1:4],
        pl.date(pl.col("year"), 1, 1).alias("period_start"),
        pl.lit(12, pl.Int32).alias("period_months"),
    )


def _flows(file: DeliveredFile, spec: SourceSpec, *, is_live: bool) -> pl.DataFrame:
    rows = _typed(_rows(file, is_live), file, spec)
    return _in_our_words(_whole(_understood(rows, file), file))


def _rows(file: DeliveredFile, is_live: bool) -> list[dict[str, Any]]:
    """The rows of an answer that is whole."""
    try:
        answer = json.loads(file.content, parse_constant=_no_number)
        count, error = answer["count"], answer.get("error")
        rows: list[dict[str, Any]] = answer["data"]
        fits = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    except (ValueError, LookupError, TypeError, AttributeError) as problem:
        what = f"No answer of the API: {problem!r}."
        raise refuse(file, SOURCE, "not_json", what, "Save the API's own answer.") from None
    if not fits:
        raise refuse(file, SOURCE, "not_json", "`data` is no list of rows.", "Save the API's own answer.")
    if error:
        raise refuse(file, SOURCE, "publisher_error", f"The API answered: {str(error)[:200]}", "Ask again.")
    limits = (LIMIT,) if is_live else (LIMIT, LIMIT_WITHOUT_KEY)
    if count in limits or len(rows) in limits:
        what = f"{len(rows):,} rows, as many as an answer can have: the rest was cut off."
        raise refuse(file, SOURCE, "truncated", what, "Ask for fewer products, partners or years at once.")
    if count != len(rows):
        raise refuse(file, SOURCE, "count_mismatch", f"{len(rows):,} rows of {count}.", "Fetch it again.")
    return rows


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no figure")


def _typed(rows: list[dict[str, Any]], file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    """Used fields as columns of one type each."""
    found = set().union(*rows)
    unknown = found - set(USED) - set(spec.ignored_fields)
    missing = set(USED) - found if rows else set()
    for rule, names in (("unknown_field", unknown), ("missing_field", missing)):
        if names:
            action = "Use it or name it in ignored_fields; ask with includeDesc=true."
            raise refuse(file, SOURCE, rule, f"{rule.replace('_', ' ')}: {sorted(names)}.", action)
    columns: dict[str, pl.Series] = {}
    for name in USED:
        values = [row.get(name) for row in rows]
        kind, accepted = _kind(name)
        wrong = [value for value in values if value is not None and type(value) not in accepted]
        if wrong:
            raise refuse(file, SOURCE, "bad_figure", f"{name} is not of its type.", "Look at the rows.", rows=wrong)
        columns[name] = pl.Series(name, values, kind, strict=False)
    return pl.DataFrame(columns)


def _kind(name: str) -> tuple[pl.DataType, tuple[type, ...]]:
    if name in FLAGS:
        return pl.Boolean(), (bool,)
    # A period, or the mode of supply, may come as a number.
    return (pl.Float64(), (int, float)) if name in NUMBERS else (pl.String(), (str, int))


def _understood(rows: pl.DataFrame, file: DeliveredFile) -> pl.DataFrame:
    """Rows of imports and exports of goods, every one of which can be read."""
    is_year = (pl.col("freqCode") == "A") & (pl.col("refMonth") == 52) & (pl.col("period").str.len_chars() == 4)
    is_month = (
        (pl.col("freqCode") == "M") & pl.col("refMonth").is_between(1, 12) & (pl.col("period").str.len_chars() == 6)
    )
    same_year = pl.col("period").str.slice(0, 4) == pl.col("refYear").cast(pl.Int64).cast(pl.String)
    same_month = pl.col("period").str.slice(4) == pl.col("refMonth").cast(pl.Int64).cast(pl.String).str.zfill(2)
    level = pl.col("aggrLevel")
    in_level = pl.col("cmdCode").str.contains(r"^\d{2,4}$|^\d{4}[0-9A-Z]{2}$") & (
        pl.col("cmdCode").str.len_chars() == level
    )
    is_total = (level == 0) & (pl.col("cmdCode") == "TOTAL")
    in_edition = pl.col("classificationCode").is_in(list(EDITIONS))
    is_product = (is_total | in_level) & level.is_in([0.0, 2.0, 4.0, 6.0]) & in_edition
    is_known = (pl.col("typeCode") == "C") & pl.col("flowCode").is_in([*FLOWS, *PARTS_OF_FLOWS])
    _refuse_unless("unknown_flow", is_known, rows, file)
    used = rows.filter(pl.col("flowCode").is_in(list(FLOWS)))
    rules = {
        "bad_period": same_year & (is_year | (is_month & same_month)),
        "bad_product": is_product,
        "converted_classification": pl.col("isOriginalClassification"),
        "value_basis_unknown": (pl.col("primaryValue") == pl.col("cifvalue"))
        | (pl.col("primaryValue") == pl.col("fobvalue")),
    }
    for rule, holds in rules.items():
        _refuse_unless(rule, holds, used, file)
    return used


def _refuse_unless(rule: str, holds: pl.Expr, rows: pl.DataFrame, file: DeliveredFile) -> None:
    wrong = rows.filter(~holds.fill_null(False))
    if wrong.height:
        shown = wrong.select("reporterCode", "partnerCode", "flowCode", "cmdCode", "period").head(5).rows()
        raise refuse(file, SOURCE, rule, f"{wrong.height} rows.", "See the runbook of source.yml.", rows=shown)


def _whole(rows: pl.DataFrame, file: DeliveredFile) -> pl.DataFrame:
    """Whole figures, without the parts some reporters give beside them."""
    key = ["reporterCode", "flowCode", "period", "classificationCode", "cmdCode", "partnerCode"]
    whole = rows.filter(IS_WHOLE & (pl.col("mosCode") == "0"))
    orphans = rows.join(whole, on=key, how="anti")
    if orphans.height:
        action = "Ask with partner2Code=0, motCode=0, customsCode=C00."
        what = f"{orphans.height} rows are parts of figures that are not there."
        raise refuse(file, SOURCE, "parts_without_total", what, action, rows=orphans.select(key).head(5).rows())
    return whole


def _in_our_words(rows: pl.DataFrame) -> pl.DataFrame:
    month = pl.when(pl.col("freqCode") == "M").then(pl.col("refMonth")).otherwise(1)
    # Nothing weighs nothing: 0 is how a quantity that is not known is printed.
    quantity, weight = (pl.when(pl.col(name) > 0).then(pl.col(name)) for name in ("qty", "netWgt"))
    return rows.select(
        area_code(pl.col("reporterCode").cast(pl.Int64)).alias("reporter_code"),
        pl.col("flowCode").replace_strict(FLOWS).alias("flow"),
        pl.col("aggrLevel").cast(pl.Int64).replace_strict(LEVELS).alias("product_level"),
        pl.col("cmdCode").replace("TOTAL", "ALL").alias("product_code"),
        pl.col("classificationCode").replace_strict(EDITIONS).alias("hs_edition"),
        area_code(pl.col("partnerCode").cast(pl.Int64)).alias("counterpart_code"),
        pl.date(pl.col("refYear").cast(pl.Int32), month.cast(pl.Int8), 1).alias("period_start"),
        pl.when(pl.col("freqCode") == "A").then(12).otherwise(1).cast(pl.Int32).alias("period_months"),
        pl.col("cifvalue").alias("cif_value_usd"),
        pl.col("fobvalue").alias("fob_value_usd"),
        weight.alias("net_weight_kg"),
        pl.when(weight.is_not_null()).then(pl.col("isNetWgtEstimated")).alias("is_net_weight_estimated"),
        quantity.alias("quantity"),
        pl.when(quantity.is_not_null()).then(pl.col("qtyUnitAbbr")).alias("quantity_unit"),
        pl.when(quantity.is_not_null()).then(pl.col("isQtyEstimated")).alias("is_quantity_estimated"),
        pl.col("isReported").alias("is_reported"),
    )
