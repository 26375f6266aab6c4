"""The Entity List inside the International Trade Administration's Consolidated Screening List.

Three layouts: the publisher's JSON (`results`), its CSV with 28 columns (29 since `_id` was added), and a projection of
the JSON that indexes repeated texts and leaves out addresses, dates and identifiers. Other lists in the file are
recognised and left aside. The publisher's identifier is a hash of name and notice: it changes with any amendment, so it
is not used.

Belongs here: these layouts. Does not belong here: the other lists; anything about meaning.
"""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import polars as pl

from pipelines.errors import LandingError
from pipelines.sources.bis_entity_list.stated import SCHEMA, spaced

SOURCE = "bis_entity_list"
ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
LISTS = frozenset(
    {
        ENTITY_LIST,
        "Capta List (CAP) - Treasury Department",
        "Denied Persons List (DPL) - Bureau of Industry and Security",
        "Foreign Sanctions Evaders (FSE) - Treasury Department",
        "ITAR Debarred (DTC) - State Department",
        "Military End User (MEU) List - Bureau of Industry and Security",
        "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department",
        "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
        "Nonproliferation Sanctions (ISN) - State Department",
        "Palestinian Legislative Council List (PLC) - Treasury Department",
        "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
        "Specially Designated Nationals (SDN) - Treasury Department",
        "Unverified List (UVL) - Bureau of Industry and Security",
    }
)

_USED = {
    "source": "source",
    "name": "entity_name",
    "federal_register_notice": "citation_printed",
    "start_date": "effective_printed",
    "license_requirement": "licence_requirement_printed",
    "license_policy": "licence_policy_printed",
    "remarks": "remarks_printed",
}
_LISTED = ("addresses", "alt_names")
_IGNORED = frozenset(
    [
        "_id",
        "id",
        "entity_number",
        "type",
        "programs",
        "title",
        "end_date",
        "standard_order",
        "call_sign",
        "vessel_type",
        "gross_tonnage",
        "gross_registered_tonnage",
        "vessel_flag",
        "vessel_owner",
        "source_list_url",
        "source_information_url",
        "citizenships",
        "dates_of_birth",
        "nationalities",
        "places_of_birth",
        "ids",
        "country",
    ]
)
_ADDRESS = ("address", "city", "state", "postal_code", "country")
#: The country code that ends each address of the CSV's `addresses` text.
_CODE = r"(?:^|[,;]\s)([A-Z]{2}|CRIMEA \(OCCUPIED\))(?:;|$)"

_PROJECTION = frozenset(
    [
        "$comment",
        "citation",
        "source",
        "sourceGeneratedAt",
        "retrievedAt",
        "entryCount",
        "countsBySource",
        "listAuthority",
        "fieldKey",
        "tables",
        "entries",
    ]
)
_PROJECTED = {
    "n": pl.String(),
    "a": pl.List(pl.String()),
    "s": pl.Int64(),
    "t": pl.String(),
    "c": pl.List(pl.String()),
    "e": pl.String(),
    "lr": pl.Int64(),
    "lp": pl.Int64(),
    "pg": pl.Int64(),
    "fr": pl.String(),
    "u": pl.Int64(),
}


def _error(file: str, rule: str, what: str, action: str, rows: list[Any] | None = None) -> LandingError:
    return LandingError(what=what, action=action, source=SOURCE, file=file, rule=rule, rows=rows or [])


def _known(file: str, columns: set[str], allowed: set[str] | frozenset[str], needed: set[str]) -> None:
    if columns - allowed or needed - columns:
        rows = [f"unknown: {sorted(columns - allowed)}", f"missing: {sorted(needed - columns)}"]
        raise _error(file, "unknown_column", "The fields are not the known ones.", "Compare with csl.py.", rows)


def _entity_list(records: pl.DataFrame, file: str) -> pl.DataFrame:
    """Rows of the Entity List. Raises LandingError: unknown_list, empty_file."""
    unknown = records.filter(~pl.col("source").is_in(list(LISTS)) | pl.col("source").is_null())
    if unknown.height:
        names = unknown["source"].unique().to_list()
        raise _error(file, "unknown_list", "A list is not known.", "Read what it is and add it to csl.LISTS.", names)
    entries = records.filter(pl.col("source") == ENTITY_LIST)
    if entries.is_empty():
        raise _error(file, "empty_file", "The file holds no entry of the Entity List.", "Fetch the file again.")
    return entries


def read_csv(content: bytes, file: str) -> pl.DataFrame:
    """The publisher's CSV (28 or 29 columns) as a stated frame."""
    try:
        records = pl.read_csv(io.BytesIO(content), infer_schema=False, encoding="utf8")
    except pl.exceptions.ComputeError as error:
        rule = "wrong_encoding" if "utf" in str(error).lower() else "truncated_file"
        raise _error(file, rule, f"Not readable: {str(error).splitlines()[0]}.", "Fetch the file again.") from None
    columns = set(records.columns)
    _known(file, columns, {*_USED, *_LISTED, *_IGNORED}, {*_USED, *_LISTED})
    entries = _entity_list(records.with_columns(spaced(pl.all())), file)
    return (
        entries.rename(_USED)
        .with_columns(
            position=pl.int_range(pl.len()),
            countries=pl.col("addresses")
            .str.replace_all(r"; ", ";; ")
            .str.extract_all(_CODE)
            .list.eval(pl.element().str.strip_chars(" ,;")),
            aliases=pl.col("alt_names").str.split(";"),
            addresses=pl.col("addresses").str.split("; "),
        )
        .select(*SCHEMA)
        .cast(SCHEMA)
    )


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    try:
        document = json.loads(content)
    except ValueError as error:
        raise _error(file, "truncated_file", f"Not readable as JSON: {error}.", "Fetch the file again.") from None
    if not isinstance(document, dict) or not {"results", "entries"} & set(document):
        raise _error(file, "unknown_format", "Neither `results` nor `entries`.", "Compare with csl.py.")
    return document


def read_json(content: bytes, file: str) -> tuple[pl.DataFrame, date | None]:
    """(stated frame, day the publisher made the file) from either JSON layout."""
    document = _parsed(content, file)
    if "entries" in document:
        return _projection(document, file), _day(document.get("sourceGeneratedAt"))
    _known(file, set(document), {"results", "search_performed_at", "sources_used", "total", "offset"}, {"results"})
    if document.get("total", len(document["results"])) != len(document["results"]):
        what = f"{document['total']} records announced, {len(document['results'])} present."
        raise _error(file, "truncated_file", what, "Fetch the file again.")
    return _results(document["results"], file), _day(document.get("search_performed_at"))


def _day(moment: object) -> date | None:
    return date.fromisoformat(moment[:10]) if isinstance(moment, str) else None


def _results(results: list[dict[str, Any]], file: str) -> pl.DataFrame:
    text = [*_USED, *sorted(_IGNORED)]
    address = pl.Struct(dict.fromkeys(_ADDRESS, pl.String()))
    columns: set[str] = set().union(*results) if results else set()
    _known(file, columns, {*_USED, *_LISTED, *_IGNORED}, {*_USED, *_LISTED})
    _known(file, set().union(*(a for r in results for a in r.get("addresses") or [])), set(_ADDRESS), set())
    schema = {
        **{c: pl.String() for c in text if c in _USED},
        "addresses": pl.List(address),
        "alt_names": pl.List(pl.String()),
    }
    records = pl.DataFrame([{c: record.get(c) for c in schema} for record in results], schema=schema)
    entries = _entity_list(records.with_columns(spaced(pl.col(list(_USED)))), file)
    parts = [pl.element().struct.field(c).replace("", None) for c in _ADDRESS]
    return (
        entries.rename(_USED)
        .with_columns(
            position=pl.int_range(pl.len()),
            countries=pl.col("addresses").list.eval(pl.element().struct.field("country")).list.drop_nulls(),
            aliases=pl.col("alt_names").list.eval(pl.element().str.split(";").explode()),
            addresses=pl.col("addresses").list.eval(pl.concat_str(parts, separator=", ", ignore_nulls=True)),
        )
        .select(*SCHEMA)
        .cast(SCHEMA)
    )


def _projection(document: dict[str, Any], file: str) -> pl.DataFrame:
    _known(file, set(document), _PROJECTION, set(_PROJECTION))
    entries, tables = document["entries"], document["tables"]
    counts = {"entryCount": len(entries), "countsBySource": sum(document["countsBySource"].values())}
    if set(counts.values()) != {document["entryCount"]}:
        raise _error(
            file, "truncated_file", f"{document['entryCount']} entries announced, {counts}.", "Fetch it again."
        )
    _known(file, set().union(*entries), set(_PROJECTED), {"n", "s"})
    listed = document["countsBySource"].get(ENTITY_LIST)
    records = pl.DataFrame(entries, schema=_PROJECTED).with_columns(source=_indexed("s", tables["sources"]))
    stated = (
        _entity_list(records, file)
        .with_columns(
            position=pl.int_range(pl.len()),
            countries=pl.col("c").fill_null([]),
            entity_name=spaced(pl.col("n")),
            aliases="a",
            addresses=pl.lit(None, pl.List(pl.String())),
            licence_requirement_printed=_indexed("lr", tables["licenceRequirements"]),
            licence_policy_printed=_indexed("lp", tables["licencePolicies"]),
            citation_printed=spaced(pl.col("fr")),
            effective_printed=pl.lit(None, pl.String()),
            remarks_printed=pl.lit(None, pl.String()),
        )
        .select(*SCHEMA)
        .cast(SCHEMA)
    )
    if stated.height != listed:
        raise _error(
            file,
            "truncated_file",
            f"{listed} entries of the list announced, {stated.height} present.",
            "Fetch it again.",
        )
    return stated


def _indexed(column: str, table: list[str]) -> pl.Expr:
    return spaced(pl.col(column).replace_strict(list(range(len(table))), table, default=None, return_dtype=pl.String()))
