"""The Denied Persons List, tab-separated -> one typed vintage of denial orders.

The publisher prints a row for every name and address under an order, some of them twice, and numbers nothing. One entry
is a party and the day its order takes effect ("ACME LTD:2019-06-05"): rows that agree in both are one, their addresses
and citations put together. A renewed order has another day and is another entry. Last_Update has impossible years
(3017, 0222) and Action is a clerk's note: both ride along as printed.

The country is told by Country; where that is blank, by State if it is a state of the United States. "PRC" is China.
Where the addresses lie in several countries, the first in the alphabet is country_code; address_country_codes: all.

Belongs here: this layout, keys, dates. Does not belong here: what an order forbids.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.formats.reference import decoded, refuse, refuse_garbled, refuse_misshapen, single_file, whole_vintage

THING = "entries"
HEADER = (
    *("Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date"),
    *("Standard_Order", "Last_Update", "Action", "FR_Citation"),
)
_ADDRESS = ("Street_Address", "City", "State", "Country", "Postal_Code")
_DAY = r"(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])/(?:19|20)\d\d"
_SHAPES = {
    "Effective_Date": _DAY,
    "Expiration_Date": _DAY,
    "Standard_Order": "[YNyn]",
    "Last_Update": r"\d{4}-\d\d-\d\d",
    "Country": r"[A-Z]{2}|PRC",
}
_STATES = (
    "^(AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|"
    "NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR)$"
)
#: What the column Country holds besides ISO codes; and the one country that stands under State.
_COUNTRIES = {"PRC": "CN", "NM": "US"}
_COUNTRY_UNDER_STATE = ["CY"]
#: volume, page, and a date where one is printed: "82 F.R. 16788, 16789 4/6/2017", "81.F.R. 22576 4/18/2016".
_CITATION = re.compile(
    r"\b(\d{2})\.?\s*F\.?\s*R\.?\s*(\d{2,6})(?:,\s*\d{2,6}\b(?!\s*F))?(?:\s+(\d{1,2})/(\d{1,2})/(\d{2,4})\b)?"
)


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One vintage of the whole list. Raises LandingError; the rules are in the source's runbook."""
    file = single_file(delivery, spec.name)
    rows = _rows(file, spec.name)
    refuse_misshapen(rows, _SHAPES, file, spec.name)
    known_on = delivery.known_on or file.published_on
    named = Delivery(
        delivery.files, delivery.vintage_id or f"dpl-{known_on}", known_on, delivery.known_precision, delivery.sequence
    )
    yield whole_vintage(named, spec, THING, _orders(rows, file, spec.name))


def _rows(file: DeliveredFile, source: str) -> pl.DataFrame:
    """The rows as text, blanks NULL."""
    if file.content.lstrip()[:1] == b"<":
        raise refuse(file, source, "web_page", "A web page instead of the list.", "See whether the address has moved.")
    text = decoded(file, source)
    refuse_garbled(text, file, source)
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    except (csv.Error, ValueError) as error:
        what = f"Not readable to its end: {error}."
        raise refuse(file, source, "truncated_file", what, "Fetch the file again.") from None
    if tuple(header) != HEADER:
        what, action = "The columns are not the known ones.", "Find out what changed before reading anything."
        raise refuse(file, source, "unknown_column", what, action, rows=[header])
    if not rows or len(rows[-1]) < len(HEADER):
        raise refuse(file, source, "truncated_file", "The last row is cut.", "Fetch it again.", rows=rows[-1:])
    wrong = [row for row in rows if len(row) != len(HEADER)]
    if wrong:
        what = f"{len(wrong)} rows do not have {len(HEADER)} cells."
        raise refuse(file, source, "cell_count", what, "Look for a lost tab or quotation mark.", rows=wrong)
    cells = pl.all().str.replace_all(r"\s+", " ").str.strip_chars()
    frame = pl.DataFrame(rows, schema=dict.fromkeys(HEADER, pl.String), orient="row").with_columns(cells)
    frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    nameless = frame.filter(pl.col("Name").is_null() | pl.col("Effective_Date").is_null())
    if nameless.height:
        what = f"{nameless.height} rows have no name or no effective date."
        raise refuse(file, source, "name_missing", what, "Compare with the order.", rows=nameless.head(5).rows())
    return frame


def _country() -> pl.Expr:
    told = pl.col("Country").replace(_COUNTRIES)
    american = pl.when(pl.col("State").str.contains(_STATES)).then(pl.lit("US"))
    return pl.coalesce(told, american, pl.when(pl.col("State").is_in(_COUNTRY_UNDER_STATE)).then("State"))


def canonical_citation(printed: str | None) -> str | None:
    """Every citation of the text once, oldest first: "68 FR 38290, 2003-06-27; 71 FR 38843"."""
    found: dict[tuple[int, int], str] = {}
    for volume, page, month, day, year in _CITATION.findall(printed or ""):
        text = f"{volume} FR {int(page)}"
        if year and len(year) in (2, 4) and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 60 else 2000)
            # The volume of the Federal Register is its year: a misprinted year is no date.
            text += f", {full}-{int(month):02d}-{int(day):02d}" if full == int(volume) + 1935 else ""
        if len(found.setdefault((int(volume), int(page)), text)) < len(text):
            found[int(volume), int(page)] = text
    return "; ".join(found[place] for place in sorted(found)) or None


def _orders(rows: pl.DataFrame, file: DeliveredFile, source: str) -> pl.DataFrame:
    name = pl.col("Name").str.to_uppercase().str.replace_all(r"[^\pL\pN]+", " ").str.strip_chars()
    day = {c: pl.col(c).str.to_date("%m/%d/%Y") for c in ("Effective_Date", "Expiration_Date")}
    typed = rows.with_columns(
        day["Effective_Date"].alias("effective_on"),
        day["Expiration_Date"].alias("expires_on"),
        pl.format("{}:{}", name, day["Effective_Date"]).alias("entry_key"),
        _country().alias("country_code"),
        pl.concat_str(_ADDRESS, separator=", ", ignore_nulls=True).alias("address"),
        (pl.col("Standard_Order").str.to_uppercase() == "Y").alias("is_standard_order"),
    )

    def together(column: str) -> pl.Expr:
        return pl.col(column).drop_nulls().unique(maintain_order=True).sort()

    orders = typed.group_by("entry_key", maintain_order=True).agg(
        pl.col("Name").sort().first().alias("entity_name"),
        pl.col("effective_on").first(),
        pl.col("expires_on").first(),
        pl.struct("expires_on").n_unique().alias("ends"),
        pl.col("is_standard_order").drop_nulls().sort().first(),
        together("address").filter(together("address") != "").str.join(" | ").alias("addresses"),
        together("country_code").alias("countries"),
        together("FR_Citation").str.join("; ").alias("citation_printed"),
        together("Action").str.join("; ").alias("action_printed"),
        together("Last_Update").str.join("; ").alias("last_update_printed"),
    )
    several = orders.filter(pl.col("ends") > 1)
    if several.height:
        what = f"{several.height} orders end on several days."
        names = several["entry_key"].to_list()
        raise refuse(file, source, "several_dates", what, "Compare with the orders.", rows=names)
    blank = ("addresses", "address_country_codes", "citation_printed", "action_printed", "last_update_printed")
    told = orders.with_columns(
        pl.col("countries").list.first().alias("country_code"),
        pl.col("countries").list.join(",").alias("address_country_codes"),
        pl.col("citation_printed").map_elements(canonical_citation, return_dtype=pl.String).alias("citation"),
    )
    return told.with_columns(pl.when(pl.col(c) != "").then(c).alias(c) for c in blank)
