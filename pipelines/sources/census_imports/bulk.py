"""A month's bulk file -> `flows`, `controls` and `claims` of that month.

Detail is a record a product, partner, programme, district of entry and of unlading, and rate provision; flows are its
sums over all but product and partner. The publisher's own totals by product and by partner, from the same archive, must
be those sums to the dollar, or nothing of the archive is taken in.

Belongs here: what the fields come to, and refusing what does not add up. Does not belong here: records (bulk_file.py),
what programmes mean for duties (models/).
"""

from __future__ import annotations

import re
from datetime import date

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.census_scope import codes, month
from pipelines.sources.census_imports.bulk_file import COMMODITIES, COUNTRIES, DETAIL, BulkFile

LEVEL = "HTS10"
#: Field of the bulk file -> column. One quantity is kept, as from the API.
DOLLARS = {
    "con_val": "import_value_consumption_usd",
    "gen_val": "import_value_general_usd",
    "dut_val": "dutiable_value_usd",
    "cal_dut": "calculated_duty_usd",
    "con_cha": "import_charges_usd",
}
FIGURES = {**DOLLARS, "con_qy1": "quantity_1"}
CELL = ["cty_code", "commodity"]
#: Totals by product are the world's. Those by partner are held to and not kept: they are the sums of what is.
WORLD = pl.lit("-")
#: Units that say that no quantity is asked for.
NO_UNIT = ("", "X", "-")
#: A programme is named by letters; two digits say whether origin or only shipment is known
#: (docs/methods/trade_flows.md).
PROGRAMME = r"^[A-Z]{1,2}$|^[A-Z][*+]$"
NO_PROGRAMME = r"^\d{0,2}$"
#: USMCA's two indicators are one programme, as in DataWeb's reports: S stands for S and S+ together.
TOGETHER = {"S+": "S"}
NAME = re.compile(r"IMDB(\d\d)(0[1-9]|1[0-2])(?:_read-(\d{4}-\d\d-\d\d))?\.zip", re.IGNORECASE)
#: Names carry two digits of the year; the Harmonized System, and with it these files, begin in 1989.
FIRST_YEAR = 1989


def is_bulk(file: DeliveredFile) -> bool:
    """Whether this is a bulk file, by its name."""
    return file.name.lower().endswith(".zip")


def parse_month(file: DeliveredFile, delivery: Delivery, spec: SourceSpec) -> list[Parsed]:
    """The three things one archive states. Raises LandingError; the rules are entries of the source's runbook."""
    with BulkFile(spec, file) as bulk:
        detail = bulk.rows(DETAIL, tuple(FIGURES)).rename(FIGURES)
        by_partner = bulk.rows(COUNTRIES, tuple(DOLLARS)).rename(DOLLARS)
        by_product = bulk.rows(COMMODITIES, tuple(FIGURES)).rename(FIGURES)
        if detail.is_empty():
            raise bulk.refuse("empty_file", "no record of IMP_DETL has a figure in the month")
        start = _month(bulk, file, detail, by_partner, by_product)
        known_on = _known_on(bulk, file, delivery)
        _refuse_repeated(bulk, detail)
        _refuse_unknown(bulk, detail, by_partner)
        sums = detail.group_by(CELL).agg(pl.col(FIGURES.values()).sum())
        _refuse_other_sums(bulk, sums, by_partner, "cty_code", list(DOLLARS.values()))
        _refuse_other_sums(bulk, sums, by_product, "commodity", list(FIGURES.values()))
    units = by_product.select("commodity", pl.col("unit_qy1").alias("quantity_1_unit"))
    stated = {
        "flows": ("partner_code", ("partner",), _with_quantity(sums, units)),
        "controls": ("group_code", ("total",), _with_quantity(by_product.with_columns(cty_code=WORLD), units)),
        "claims": ("partner_code", ("partner",), _claims(detail, sums)),
    }
    vintage_id = delivery.vintage_id or f"bulk_{start:%Y-%m}_known_{known_on}"
    if delivery.vintage_id and len(delivery.files) > 1:
        vintage_id = f"{vintage_id}_{start:%Y-%m}"
    period = {"product_level": pl.lit(LEVEL), "period_start": pl.lit(start), "period_months": pl.lit(1, pl.Int32)}
    return [
        Parsed(
            thing=thing,
            vintage_id=vintage_id,
            known_on=known_on,
            known_precision=delivery.known_precision,
            sequence=delivery.sequence or 0,
            sha256=file.sha256,
            url=file.url,
            frame=rows.rename({"cty_code": area, "commodity": "product_code"})
            .with_columns(**period)
            .select(*spec.things[thing].key, *spec.things[thing].values),
            cells=pl.DataFrame({area: codes(*scope)}).with_columns(**period),
            columns=tuple(spec.things[thing].values),
        )
        for thing, (area, scope, rows) in stated.items()
    ]


def _known_on(bulk: BulkFile, file: DeliveredFile, delivery: Delivery) -> date:
    """As given, else as the live fetch wrote it into the name: what was read on a day was public by then."""
    named = NAME.fullmatch(file.name)
    known_on = delivery.known_on or file.published_on
    if known_on is None and named and named[3]:
        known_on = date.fromisoformat(named[3])
    if known_on is None:
        raise bulk.refuse("known_on_missing", "nothing tells when these figures became known")
    return known_on


def _claims(detail: pl.DataFrame, sums: pl.DataFrame) -> pl.DataFrame:
    """What was entered under each programme, beside all imports for consumption of the line from the partner."""
    value = "import_value_consumption_usd"
    claimed = (
        detail.filter(pl.col("cty_subco").str.contains(PROGRAMME))
        .group_by(*CELL, pl.col("cty_subco").replace(TOGETHER).alias("program_code"))
        .agg(pl.col(value).sum().alias(f"claimed_{value}"))
        .filter(pl.col(f"claimed_{value}") > 0)
    )
    return claimed.join(sums.select(*CELL, pl.col(value).alias(f"total_{value}")), on=CELL)


def _month(bulk: BulkFile, file: DeliveredFile, *members: pl.DataFrame) -> date:
    """The one month all records are of, which is also that of the name where the name tells one."""
    periods = pl.concat(rows.select("year", "month").unique() for rows in members).unique()
    named = NAME.fullmatch(file.name)
    if periods.height != 1 or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", "-".join(periods.row(0))):
        raise bulk.refuse("bad_period", "the records are not of one month", periods.sort("year", "month"))
    start = month("-".join(periods.row(0)))
    if named:
        year = next(y for y in range(FIRST_YEAR, FIRST_YEAR + 100) if y % 100 == int(named[1]))
        if start != date(year, int(named[2]), 1):
            raise bulk.refuse("request_mismatch", f"the name says {year}-{named[2]}, the records {start:%Y-%m}")
    return start


def _refuse_repeated(bulk: BulkFile, detail: pl.DataFrame) -> None:
    """A key that comes twice would be summed twice, and the totals of a doubled file are doubled with it."""
    key = list(DETAIL.codes)
    if detail.select(key).n_unique() != detail.height:
        twice = detail.filter(pl.struct(key).is_duplicated()).sort(key)
        raise bulk.refuse("key_not_unique", "records of IMP_DETL have the same key", twice)


def _refuse_unknown(bulk: BulkFile, detail: pl.DataFrame, by_partner: pl.DataFrame) -> None:
    """Partners outside the publisher's list, and sub-codes that are neither a programme nor a word about origin."""
    met = pl.concat([detail.select("cty_code"), by_partner.select("cty_code")]).unique()
    strange = met.filter(~pl.col("cty_code").is_in(codes("partner")))
    if strange.height:
        raise bulk.refuse("unknown_partner", "codes of partners that are not known", strange.sort("cty_code"))
    programmes = detail.select("cty_subco").unique()
    strange = programmes.filter(~pl.col("cty_subco").str.contains(f"{PROGRAMME}|{NO_PROGRAMME}"))
    if strange.height:
        raise bulk.refuse("unknown_program", "country sub-codes of an unknown form", strange.sort("cty_subco"))


def _refuse_other_sums(bulk: BulkFile, flows: pl.DataFrame, totals: pl.DataFrame, by: str, columns: list[str]) -> None:
    """The publisher's totals must be the sums of its detail; each that the other side lacks is a mismatch too."""
    if totals[by].n_unique() != totals.height:
        twice = totals.filter(pl.col(by).is_duplicated()).sort(by)
        raise bulk.refuse("key_not_unique", f"totals have the same {by}", twice)
    sums = flows.group_by(by).agg(pl.col(columns).sum())
    stated = totals.select(by, *columns)
    compared = sums.join(stated, on=by, how="full", coalesce=True, suffix="_stated")
    wrong = compared.filter(pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_stated")) for c in columns))
    if wrong.height:
        raise bulk.refuse("control_mismatch", f"sums by {by} differ from the publisher's totals", wrong.sort(by))


def _with_quantity(rows: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Quantity where a unit is stated. The file prints 0 for none and for unknown: 0 beside a value is unknown."""
    unit = pl.col("quantity_1_unit")
    has_unit = unit.is_not_null() & ~unit.is_in(NO_UNIT)
    is_told = has_unit & ((pl.col("quantity_1") > 0) | (pl.col("import_value_consumption_usd") == 0))
    return rows.join(units, on="commodity", how="left").with_columns(
        pl.when(is_told).then("quantity_1").alias("quantity_1"), pl.when(has_unit).then(unit).alias("quantity_1_unit")
    )
