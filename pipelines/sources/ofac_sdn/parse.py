"""OFAC's files -> one typed vintage a list.

The main file states who is listed; the files of alternate names and addresses, where the edition has them, state
aliases, addresses and country. Where it has not, those columns are outside the vintage's scope: unstated, not absent.
country_code is the country of the first address that names one; address_country_codes those of all.

Belongs here: which files make an edition, joining them, the meaning of cells. Does not belong here: layouts (files.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.files import sha256_of
from pipelines.formats.reference import refuse
from pipelines.sources.ofac_sdn.files import CONSOLIDATED, SDN, SOURCE, part_of, read

THING = "entries"
COUNTRIES = Path(__file__).with_name("countries.csv")
PREFIX = {SDN: "sdn", CONSOLIDATED: "cons"}
#: Part of a list -> the compared columns it states, and those that ride along.
STATED_BY = {
    "alt": ("aliases", "former_names"),
    "add": ("addresses", "country_code", "address_country_codes"),
}
CARRIED_BY = {"alt": ("alias_count",), "add": ()}


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One Parsed a list. Raises LandingError; the rules are in the source's runbook."""
    lists: dict[str, dict[str, DeliveredFile]] = {}
    for file in delivery.files:
        code, part = part_of(file)
        if part in lists.setdefault(code, {}):
            raise refuse(file, SOURCE, "several_files", f"{code} {part} came twice.", "Deliver editions one at a time.")
        lists[code][part] = file
    if len(lists) > 1 and delivery.vintage_id:
        raise refuse(delivery.files[0], SOURCE, "several_lists", "One vintage id for two lists.", "Give no vintage id.")
    for code in sorted(lists, reverse=True):
        yield _parsed(code, lists[code], delivery, spec)


def _parsed(code: str, files: dict[str, DeliveredFile], delivery: Delivery, spec: SourceSpec) -> Parsed:
    if "main" not in files:
        file = next(iter(files.values()))
        raise refuse(file, SOURCE, "main_file_missing", f"No main file of {code}.", "Deliver it with the list.")
    main = files["main"]
    known_on = delivery.known_on or main.published_on
    if known_on is None:
        raise refuse(main, SOURCE, "known_on_missing", "The file tells no date.", "Pass --known-on.")
    lost = bool(delivery.options.get("end_mark_lost"))
    frames = {part: read(file, part, end_mark_lost=lost) for part, file in files.items()}
    _refuse_strangers(frames, files)
    entries = _entries(frames["main"], code)
    if "alt" in frames:
        entries = entries.join(_aliases(frames["alt"]), on="entity_number", how="left")
        entries = entries.with_columns(pl.col("alias_count").fill_null(0))
    if "add" in frames:
        entries = entries.join(_addresses(frames["add"], files["add"]), on="entity_number", how="left")
    thing = spec.things[THING]
    silent = {part for part in STATED_BY if part not in frames}
    unstated = {c for part in silent for c in (*STATED_BY[part], *CARRIED_BY[part])}
    whole = [files[part] for part in sorted(files)]
    return Parsed(
        thing=THING,
        vintage_id=delivery.vintage_id or f"{PREFIX[code]}-{known_on}",
        known_on=known_on,
        known_precision=delivery.known_precision,
        sequence=delivery.sequence or 0,
        sha256=main.sha256 if len(whole) == 1 else sha256_of("".join(f.sha256 for f in whole).encode()),
        url=main.url,
        frame=entries.select(pl.col(c).cast(dtype) for c, dtype in thing.schema.items() if c not in unstated),
        cells=pl.DataFrame({"list_code": [code]}),
        columns=tuple(c for c in thing.columns if c not in unstated) if silent else None,
    )


def _entries(main: pl.DataFrame, code: str) -> pl.DataFrame:
    """The list itself. Programs print as "A] [B": told apart, sorted, joined "; "."""
    programs = pl.col("programs").str.split("] [").list.eval(pl.element().str.strip_chars(" []"))
    return main.with_columns(
        pl.lit(code).alias("list_code"),
        pl.col("entity_number").cast(pl.Int32),
        programs.list.unique().list.sort().list.join("; "),
    )


def _aliases(alt: pl.DataFrame) -> pl.DataFrame:
    """entity_number -> aliases (sorted, distinct, joined " | "), how many there are, and those no longer borne."""
    is_former = pl.col("former").any().over("entity_number", "alt_name")
    return (
        alt.select(pl.col("entity_number").cast(pl.Int32), "alt_name", former=pl.col("alt_type") == "fka")
        .with_columns(former=is_former)
        .unique()
        .sort("entity_number", "alt_name")
        .group_by("entity_number", maintain_order=True)
        .agg(
            pl.col("alt_name").str.join(" | ").alias("aliases"),
            pl.len().alias("alias_count"),
            pl.col("alt_name").filter("former").str.join(" | ").replace("", None).alias("former_names"),
        )
    )


@lru_cache(maxsize=1)
def _countries() -> pl.DataFrame:
    return pl.read_csv(COUNTRIES, infer_schema=False)


def _addresses(add: pl.DataFrame, file: DeliveredFile) -> pl.DataFrame:
    """entity_number -> addresses in the order of their numbers, the first country named, and all of them."""
    placed = add.join(_countries(), left_on="country", right_on="printed", how="left", coalesce=True)
    unknown = placed.filter(pl.col("country").is_not_null() & pl.col("is_known").is_null())
    if unknown.height:
        names = unknown["country"].unique().sort().to_list()
        action = "Add them to countries.csv."
        raise refuse(file, SOURCE, "unknown_country", f"{len(names)} country names are new.", action, rows=names)
    printed = pl.concat_str("street", "place", "country", separator=", ", ignore_nulls=True)
    return (
        placed.with_columns(
            pl.col("entity_number", "add_num").cast(pl.Int32), pl.when(printed != "").then(printed).alias("address")
        )
        .sort("entity_number", "add_num")
        .group_by("entity_number", maintain_order=True)
        .agg(
            pl.col("address").drop_nulls().unique(maintain_order=True).str.join(" | ").alias("addresses"),
            pl.col("country_code").drop_nulls().first(),
            pl.col("country_code").drop_nulls().unique().sort().str.join(",").alias("address_country_codes"),
        )
        .with_columns(pl.when(pl.col(c) != "").then(c).alias(c) for c in ("addresses", "address_country_codes"))
    )


def _refuse_strangers(frames: dict[str, pl.DataFrame], files: dict[str, DeliveredFile]) -> None:
    for part in ("alt", "add"):
        if part in frames:
            strangers = frames[part].join(frames["main"], on="entity_number", how="anti")
            if strangers.height:
                what = f"{strangers.height} rows belong to numbers the list does not hold."
                action = "Fetch the files of one edition together."
                raise refuse(files[part], SOURCE, "entry_unknown", what, action, rows=strangers.head(5).rows())
