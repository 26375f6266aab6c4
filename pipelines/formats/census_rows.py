"""A table of Census trade fields -> typed rows: product level, code, period, product and figures.

Belongs here: what each publisher's field means, and refusing what it cannot mean.
Does not belong here: wrappings (census_files.py), the request (census_scope.py), splitting partners from groups.

A field is used, or named under `ignored_fields` in source.yml, or refused. Fields ending in _MO are a month's; those
ending in _YR run from January: only December's is a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.contract import DeliveredFile, SourceSpec
from pipelines.formats.census_files import ROWS_SHOWN, Table, read_table, refuse
from pipelines.formats.census_scope import Asked, Options, partners

ALL_PRODUCTS = "ALL"
#: The publisher's word for all products, in NAICS answers.
NAICS_ALL_PRODUCTS = "00"
#: Quantities print 0 both for none and for unknown; the flag tells which.
QUANTITY_MISSING = "M"
QUANTITY_STATED = ""
#: Marks a field whose unit or flag does not apply.
NOT_APPLICABLE = "-"


@dataclass(frozen=True)
class Dialect:
    """How one direction of trade is worded.

    commodities: fields that may hold the product code.  levels: the API's level -> product_level.
    measures: API field without _MO or _YR -> column in US dollars.  quantity: that of quantity_1.
    """

    commodities: tuple[str, ...]
    levels: dict[str, str]
    measures: dict[str, str]
    quantity: str

    @property
    def fields(self) -> frozenset[str]:
        """Every field that is read when it is there."""
        stems = [*self.measures, self.quantity]
        figures = {f"{stem}_{ending}" for stem in stems for ending in ("MO", "YR")}
        flags = {f"{self.quantity}_{ending}_FLAG" for ending in ("MO", "YR")}
        place = {"CTY_CODE", "CTY_NAME", "SUMMARY_LVL", "COMM_LVL", "UNIT_QY1"}
        return frozenset({*self.commodities, *figures, *flags, *place, "time", "YEAR", "MONTH"})


@dataclass(frozen=True)
class FileRows:
    """Typed rows of one file: product_level, code, period_start, period_months, product_code and `stated` columns."""

    frame: pl.DataFrame
    stated: tuple[str, ...]
    is_annual: bool


@dataclass(frozen=True)
class _Reading:
    """One file on its way through this module, so that every refusal can name it."""

    spec: SourceSpec
    dialect: Dialect
    name: str
    asked: Asked
    columns: tuple[str, ...]

    def refuse(self, rule: str, what: str, bad: pl.DataFrame | None = None) -> Exception:
        rows = [] if bad is None else bad.head(ROWS_SHOWN).rows(named=True)
        return refuse(self.spec, self.name, rule, what if bad is None else f"{what} ({bad.height} rows)", rows)


def read_rows(spec: SourceSpec, dialect: Dialect, file: DeliveredFile, asked: Asked, options: Options) -> FileRows:
    """Type one file. Raises LandingError naming the field, the rows and what to do."""
    table = read_table(spec, file)
    named = [options.rename.get(c, c) for c in table.columns]
    reading = _Reading(spec, dialect, file.name, asked, tuple(named))
    unknown = [c for c in named if c not in dialect.fields and c not in spec.ignored_fields]
    if unknown:
        raise reading.refuse("unknown_field", f"fields {unknown} are neither used nor ignored by name")
    if len(set(named)) < len(named):
        raise reading.refuse("repeated_field", f"fields {sorted({c for c in named if named.count(c) > 1})} come twice")
    ending, stems = _figures(reading)
    commodity = _only(reading, [c for c in dialect.commodities if c in named], "a product code field")
    _refuse_part_of_the_products(reading, table, commodity, options)
    used = [c for c, name in zip(table.columns, named, strict=True) if name in dialect.fields]
    frame = table.load(used).rename({c: options.rename[c] for c in used if c in options.rename})
    if frame.height == 0:
        raise reading.refuse("empty_file", "the file has a header and no rows")
    repeated = frame.filter(pl.col(commodity).is_in([commodity, *table.columns]))
    if repeated.height:
        raise reading.refuse("header_repeated", "the header is printed again among the rows", repeated)
    is_annual = ending == "YR"
    frame = _with_period(reading, frame, is_annual)
    frame = _with_level(reading, frame, commodity)
    frame = _with_code(reading, frame)
    figures, stated = _typed_figures(reading, frame, ending, stems)
    product = (
        pl.when((pl.col(commodity) == NAICS_ALL_PRODUCTS) & pl.col("product_level").str.starts_with("NAICS"))
        .then(pl.lit(ALL_PRODUCTS))
        .otherwise(pl.col(commodity))
        .alias("product_code")
    )
    months = pl.lit(12 if is_annual else 1, pl.Int32).alias("period_months")
    rows = figures.select("product_level", "code", "period_start", months, product, *stated)
    return FileRows(rows, stated, is_annual)


def _only(reading: _Reading, found: list[str], what: str) -> str:
    if len(found) != 1:
        raise reading.refuse("missing_column", f"{what} is wanted once; the fields are {list(reading.columns)}")
    return found[0]


def _figures(reading: _Reading) -> tuple[str, list[str]]:
    """The one ending (MO or YR) of this file's figures, and the measures it states."""
    stems = {
        ending: [s for s in reading.dialect.measures if f"{s}_{ending}" in reading.columns] for ending in ("MO", "YR")
    }
    if stems["MO"] and stems["YR"]:
        raise reading.refuse("mixed_periods", "monthly and year-to-date figures in one file")
    ending = "YR" if stems["YR"] else "MO"
    if not stems[ending]:
        wanted = [f"{s}_{ending}" for s in reading.dialect.measures]
        raise reading.refuse("missing_column", f"none of the value fields {wanted} is there: {list(reading.columns)}")
    return ending, stems[ending]


def _refuse_part_of_the_products(reading: _Reading, table: Table, commodity: str, options: Options) -> None:
    """An API answer for one product must not be taken for a whole level: all other products would be closed by it."""
    if not table.is_api_body or reading.asked.is_live or options.products == "listed":
        return
    if commodity in table.repeated or table.load([commodity])[commodity].n_unique() == 1:
        what = f"{commodity} was a condition of the request: the answer holds some products of its level, not all"
        raise reading.refuse("partial_products", what)


def _with_period(reading: _Reading, frame: pl.DataFrame, is_annual: bool) -> pl.DataFrame:
    """period_start from time, or YEAR and MONTH; a year starts in January, and only December's year-to-date is one."""
    if "time" in frame.columns:
        text = pl.col("time").dt.strftime("%Y-%m-%d") if frame.schema["time"].is_temporal() else pl.col("time")
        text = text.str.strip_suffix("-01") if frame.schema["time"].is_temporal() else text
    elif "YEAR" in frame.columns and "MONTH" in frame.columns:
        text = pl.concat_str(
            pl.col("YEAR").cast(pl.String), pl.col("MONTH").cast(pl.String).str.zfill(2), separator="-"
        )
    elif "YEAR" in frame.columns and is_annual:
        text = pl.col("YEAR").cast(pl.String) + "-12"
    else:
        raise reading.refuse("missing_column", f"time, or YEAR and MONTH, is wanted: {list(reading.columns)}")
    frame = frame.with_columns(text.alias("period"))
    periods = frame["period"].unique()
    bad = periods.filter(~periods.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$").fill_null(False))
    if bad.len():
        raise reading.refuse(
            "bad_period", "a period is not a month", frame.filter(pl.col("period").is_in(bad.implode()))
        )
    unfinished = periods.filter(~periods.str.ends_with("-12"))
    if is_annual and unfinished.len():
        rows = frame.filter(pl.col("period").is_in(unfinished.implode()))
        raise reading.refuse("year_to_date", "year-to-date figures of an unfinished year are not a year's", rows)
    starts = {p: date(int(p[:4]), 1 if is_annual else int(p[5:]), 1) for p in periods.to_list()}
    if reading.asked.periods is not None and set(starts.values()) - set(reading.asked.periods):
        outside = [p for p, start in starts.items() if start not in reading.asked.periods]
        rows = frame.filter(pl.col("period").is_in(outside))
        raise reading.refuse("request_mismatch", "periods that were not asked for", rows)
    return frame.with_columns(
        pl.col("period").replace_strict(list(starts), list(starts.values()), return_dtype=pl.Date).alias("period_start")
    )


def _with_level(reading: _Reading, frame: pl.DataFrame, commodity: str) -> pl.DataFrame:
    """product_level from COMM_LVL; where the file has none, from the request, else from the length of its codes."""
    levels, asked = reading.dialect.levels, reading.asked
    if "COMM_LVL" not in frame.columns:
        level = asked.level or _level_of_lengths(reading, frame[commodity], commodity)
        frame = frame.with_columns(pl.lit(level).alias("COMM_LVL"))
    found = set(frame["COMM_LVL"].unique().to_list())
    if found - levels.keys():
        rows = frame.filter(~pl.col("COMM_LVL").is_in(list(levels)) | pl.col("COMM_LVL").is_null())
        raise reading.refuse("unknown_level", f"levels {sorted(map(str, found - levels.keys()))} are not known", rows)
    if asked.level is not None and found != {asked.level}:
        rows = frame.filter(pl.col("COMM_LVL") != asked.level)
        raise reading.refuse("request_mismatch", f"{asked.level} was asked for", rows)
    return frame.with_columns(
        pl.col("COMM_LVL").replace_strict(list(levels), list(levels.values())).alias("product_level")
    )


def _level_of_lengths(reading: _Reading, products: pl.Series, commodity: str) -> str:
    prefix = "NA" if commodity == "NAICS" else "HS"
    lengths = products.filter(products != NAICS_ALL_PRODUCTS) if prefix == "NA" else products
    level = [f"{prefix}{n}" for n in lengths.str.len_chars().unique().to_list()]
    if len(level) != 1 or level[0] not in reading.dialect.levels:
        raise reading.refuse("missing_column", f"COMM_LVL is missing and the codes do not tell the level: {level}")
    return level[0]


def _with_code(reading: _Reading, frame: pl.DataFrame) -> pl.DataFrame:
    """`code`: the publisher's partner, group or region code; from its name where the file has only that."""
    asked, known = reading.asked, partners()
    if "CTY_CODE" in frame.columns:
        frame = frame.with_columns(pl.col("CTY_CODE").alias("code"))
    elif "CTY_NAME" in frame.columns:
        spelled = known.select("code", pl.col("api_names").str.split("|")).explode("api_names").drop_nulls()
        named = frame["CTY_NAME"].unique()
        strange = named.filter(~named.is_in(spelled["api_names"].implode()).fill_null(False))
        if strange.len():
            rows = frame.filter(pl.col("CTY_NAME").is_in(strange.implode()) | pl.col("CTY_NAME").is_null())
            raise reading.refuse("unknown_partner", "partner names without a known code", rows)
        frame = frame.with_columns(
            pl.col("CTY_NAME").replace_strict(spelled["api_names"], spelled["code"]).alias("code")
        )
    elif asked.partners is not None and len(asked.partners) == 1:
        frame = frame.with_columns(pl.lit(asked.partners[0]).alias("code"))
    else:
        raise reading.refuse("missing_column", "CTY_CODE is missing, and the request does not name one partner")
    expected = known["code"].to_list() if asked.partners is None or asked.all_partners else list(asked.partners)
    strange = frame["code"].unique()
    strange = strange.filter(~strange.is_in(expected).fill_null(False))
    if strange.len():
        rows = frame.filter(pl.col("code").is_in(strange.implode()) | pl.col("code").is_null())
        unknown = set(strange.to_list()) - set(known["code"].to_list())
        rule = "unknown_partner" if unknown else "request_mismatch"
        raise reading.refuse(rule, f"partner codes {strange.sort().to_list()} were not expected", rows)
    if "SUMMARY_LVL" in frame.columns:
        groups = known.filter(pl.col("kind").is_in(["group", "region"]))["code"].implode()
        should_be = pl.when(pl.col("code").is_in(groups)).then(pl.lit("CGP")).otherwise(pl.lit("DET"))
        rows = frame.filter(pl.col("SUMMARY_LVL").ne_missing(should_be))
        if rows.height:
            raise reading.refuse("unknown_summary_level", "SUMMARY_LVL and the partner code do not agree", rows)
    return frame


def _typed_figures(
    reading: _Reading, frame: pl.DataFrame, ending: str, stems: list[str]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Whole dollars and whole units; a figure that is not a whole number is refused with its row."""
    stated = []
    for stem in stems:
        column = reading.dialect.measures[stem]
        frame = _with_whole_number(reading, frame, f"{stem}_{ending}", column)
        stated.append(column)
    quantity = f"{reading.dialect.quantity}_{ending}"
    if quantity in frame.columns:
        flag = f"{quantity}_FLAG"
        if flag not in frame.columns:
            raise reading.refuse("missing_column", f"{quantity} without {flag}: zero and unknown cannot be told apart")
        strange = frame.filter(~pl.col(flag).fill_null(QUANTITY_STATED).is_in([QUANTITY_STATED, QUANTITY_MISSING]))
        if strange.height:
            raise reading.refuse("unknown_flag", f"{flag} has a value that is not known", strange)
        frame = _with_whole_number(reading, frame, quantity, "quantity_1").with_columns(
            pl.when(pl.col(flag).ne_missing(QUANTITY_MISSING)).then("quantity_1")
        )
        stated.append("quantity_1")
    if "UNIT_QY1" in frame.columns:
        blank = pl.col("UNIT_QY1").is_in(["", NOT_APPLICABLE])
        frame = frame.with_columns(pl.when(~blank).then("UNIT_QY1").alias("quantity_1_unit"))
        stated.append("quantity_1_unit")
    return frame, tuple(stated)


def _with_whole_number(reading: _Reading, frame: pl.DataFrame, field: str, column: str) -> pl.DataFrame:
    kind = frame.schema[field]
    whole = pl.col(field).cast(pl.Int64, strict=False)
    # A fraction, NaN or infinity does not come back from the cast as it went in.
    faithful = whole.cast(kind, strict=False).eq_missing(pl.col(field)) if kind.is_float() else pl.lit(True)
    frame = frame.with_columns(pl.when(faithful).then(whole).alias(column))
    if frame[column].null_count():
        bad = frame.filter(pl.col(column).is_null()).drop(column, "period_start", strict=False)
        raise reading.refuse("bad_number", f"{field} is not a whole number", bad)
    return frame
