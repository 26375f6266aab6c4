"""What a delivery of Census trade figures was asked for: its cells, and the months that should be in it.

Belongs here: reading the request from file names and an edition's options; declaring cells; hearing a month that is
silently missing. Does not belong here: the rows themselves (census_rows.py).

A request names one product level, some partners (or all), and some months or years; always all products of the level,
unless `products: listed` says otherwise. Cells are declared from that; only where nothing tells the request are they
taken from the rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.contract import Delivery, SourceSpec
from pipelines.formats.census_files import refuse

CELL = ["product_level", "code", "period_start", "period_months"]
#: How the live fetch names a body: the request it answers, the day it was read, and its place among a month's slices.
LIVE_NAME = re.compile(
    r"(?P<flow>imports|exports)_(?P<dataset>hs|naics)_(?P<level>[A-Z]+\d+)_(?P<month>\d{4}-\d{2})"
    r"(?:_read-(?P<read>\d{4}-\d{2}-\d{2}))?(?:_part-(?P<part>\d+)-of-(?P<parts>\d+))?\.json"
)
#: A month without rows is heard if the partner trades in each of this many months on either side of the gap.
NEIGHBOURS = 3


class Options(BaseModel):
    """What an edition may say about its request (editions.yml, `options`).

    level: product level in the API's words (HS2 ... HS10, NA3, NA6).  partners: "all", or the codes asked for.
    partner_in_name: a regular expression whose group is the partner code in the file name (TOTAL is the world).
    months / years: first and last month, or the years asked for.  products: "listed" if only some were asked for.
    measures: the API fields, without _MO or _YR, that every part of the delivery must state.
    rename: {column of a compiled file: API field}.  empty_months: months the publisher is known to have nothing for.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: str | None = None
    partners: Literal["all"] | list[str] | None = None
    partner_in_name: str | None = None
    months: tuple[str, str] | None = None
    years: list[int] | None = None
    products: Literal["all", "listed"] = "all"
    measures: list[str] | None = None
    rename: dict[str, str] = {}
    empty_months: list[str] = []


@dataclass(frozen=True)
class Asked:
    """The request one file answers. None: not known. slice_of: files with the same words are slices of one request."""

    level: str | None
    partners: tuple[str, ...] | None
    all_partners: bool
    periods: tuple[date, ...] | None
    slice_of: str
    part: int
    parts: int
    is_live: bool
    read_on: date | None


@lru_cache(maxsize=1)
def partners() -> pl.DataFrame:
    """The publisher's codes: code, kind (total, group, region, partner), api_names (spellings, parted by |)."""
    return pl.read_csv(Path(__file__).with_name("census_partners.csv"), infer_schema=False)


def codes(*kinds: str) -> list[str]:
    """Codes of the named kinds."""
    return partners().filter(pl.col("kind").is_in(kinds))["code"].to_list()


def read_options(spec: SourceSpec, delivery: Delivery) -> Options:
    """Raises LandingError(rule bad_options) naming the option that cannot be read."""
    try:
        return Options.model_validate(delivery.options)
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise refuse(spec, delivery.vintage_id or "", "bad_options", "; ".join(faults)) from error


def asked_of(spec: SourceSpec, name: str, options: Options) -> Asked:
    """The request of one file, from its own name if the live fetch gave it, else from the options."""
    name = name.rsplit("/", 1)[-1]
    live = LIVE_NAME.fullmatch(name)
    if live:
        return Asked(
            level=live["level"],
            partners=tuple(codes("total", "group", "region", "partner")),
            all_partners=True,
            periods=(month(live["month"]),),
            slice_of=f"{live['level']}_{live['month']}",
            part=int(live["part"] or 1),
            parts=int(live["parts"] or 1),
            is_live=True,
            read_on=date.fromisoformat(live["read"]) if live["read"] else None,
        )
    named: tuple[str, ...] | None = None
    if options.partner_in_name:
        found = re.search(options.partner_in_name, name)
        if not found:
            raise refuse(spec, name, "request_mismatch", f"the name does not match {options.partner_in_name}")
        named = ("-" if found[1] == "TOTAL" else found[1],)
    elif options.partners == "all":
        named = tuple(codes("total", "group", "region", "partner"))
    elif options.partners is not None:
        named = tuple(options.partners)
    periods: tuple[date, ...] | None = None
    if options.years is not None:
        periods = tuple(date(year, 1, 1) for year in options.years)
    elif options.months is not None:
        periods = month_range(month(options.months[0]), month(options.months[1]))
    all_partners = options.partners == "all" and not options.partner_in_name
    return Asked(options.level, named, all_partners, periods, name, 1, 1, False, None)


def month(text: str) -> date:
    """2020-10 -> the first of that month."""
    return date.fromisoformat(f"{text}-01")


def month_range(first: date, last: date) -> tuple[date, ...]:
    """Every month from first to last, both included."""
    return tuple(pl.date_range(first, last, "1mo", eager=True).to_list())


def declared_cells(rows: pl.DataFrame, asked: Asked, is_annual: bool) -> pl.DataFrame:
    """Cells (CELL columns) one file covers: the request where it is known, else what its rows span.

    rows: typed rows with CELL columns. A request for all partners that got no groups is a request for partners alone.
    """
    levels = rows["product_level"].unique().to_list()
    present = rows["code"].unique()
    if asked.partners is None:
        spoken = present.sort().to_list()
    elif asked.all_partners and not asked.is_live:
        kinds = partners().filter(pl.col("code").is_in(present.implode()))["kind"].unique().to_list()
        spoken = codes(*kinds)
    else:
        spoken = list(asked.partners)
    if asked.periods is not None:
        periods = asked.periods
    elif is_annual:
        periods = tuple(rows["period_start"].unique().sort().to_list())
    else:
        first, last = rows["period_start"].min(), rows["period_start"].max()
        assert isinstance(first, date) and isinstance(last, date)
        periods = month_range(first, last)
    return (
        pl.DataFrame({"product_level": levels}, schema={"product_level": pl.String})
        .join(pl.DataFrame({"code": spoken}, schema={"code": pl.String}), how="cross")
        .join(pl.DataFrame({"period_start": periods}, schema={"period_start": pl.Date}), how="cross")
        .with_columns(pl.lit(12 if is_annual else 1).cast(pl.Int32).alias("period_months"))
    )


def refuse_missing_months(
    spec: SourceSpec, name: str, rows: pl.DataFrame, cells: pl.DataFrame, *, asked: Asked, options: Options
) -> None:
    """Raise LandingError(rule missing_month) where a month in scope has no row, though trade goes on around it.

    A request for all partners is looked at as a whole (small partners do pause); any other partner by partner.
    """
    who = pl.lit("all partners").alias("code") if asked.all_partners else pl.col("code")
    monthly = pl.col("period_months") == 1
    spoken = rows.filter(monthly).select(who, "period_start").unique().with_columns(pl.lit(True).alias("spoke"))
    known_empty = [month(m) for m in options.empty_months]
    line = (
        cells.filter(monthly & ~pl.col("period_start").is_in(known_empty))
        .select(who, "period_start")
        .unique()
        .join(spoken, on=["code", "period_start"], how="left")
        .with_columns(pl.col("spoke").fill_null(False))
        .sort("code", "period_start")
        .with_columns(
            gap=pl.col("spoke").cast(pl.Int32).cum_sum().over("code"), place=pl.int_range(pl.len()).over("code")
        )
    )
    # A gap is a run of silent months; it is suspicious if each month near it, on both sides, has rows.
    gaps = (
        line.filter(~pl.col("spoke"))
        .group_by("code", "gap")
        .agg(pl.col("period_start").min().alias("first"), pl.col("period_start").max().alias("last"))
    )
    heard = spoken.select("code", pl.col("period_start").alias("near"))
    near = (
        gaps.join(line.select("code", pl.col("period_start").alias("near")).unique(), on="code")
        .filter(
            pl.col("near").is_between(pl.col("first").dt.offset_by(f"-{NEIGHBOURS}mo"), pl.col("first"), closed="left")
            | pl.col("near").is_between(pl.col("last"), pl.col("last").dt.offset_by(f"{NEIGHBOURS}mo"), closed="right")
        )
        .join(heard.with_columns(pl.lit(True).alias("spoke")), on=["code", "near"], how="left")
        .group_by("code", "first", "last")
        .agg(pl.col("spoke").fill_null(False).all())
    )
    silent = near.filter(pl.col("spoke")).sort("code", "first")
    if silent.height:
        raise refuse(
            spec,
            name,
            "missing_month",
            "a month that was asked for has no row, though trade goes on around it",
            [f"{code}: {first:%Y-%m} to {last:%Y-%m}" for code, first, last in silent["code", "first", "last"].rows()],
        )
