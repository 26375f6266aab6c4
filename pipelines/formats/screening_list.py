"""The International Trade Administration's Consolidated Screening List: one file, the lists of three departments.

Three layouts: the publisher's JSON (`results`), its CSV with 28 columns (29 since `_id` was added), and a projection of
the JSON that indexes repeated texts and leaves out addresses, dates and identifiers. The publisher's identifiers are
hashes of name and notice, or drawn anew at each import: they change with any amendment, so they are not used.

Belongs here: these layouts and the names of the lists. Does not belong here: what one list's texts mean
(sources/<source>).
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipelines.errors import LandingError
from pipelines.formats.list_text import rows_of_other_length, spaced

ENTITY_LIST = "Entity List (EL) - Bureau of Industry and Security"
UNVERIFIED = "Unverified List (UVL) - Bureau of Industry and Security"
MILITARY_END_USERS = "Military End User (MEU) List - Bureau of Industry and Security"
NONPROLIFERATION = "Nonproliferation Sanctions (ISN) - State Department"
DEBARRED = "ITAR Debarred (DTC) - State Department"
LISTS = frozenset(
    {
        ENTITY_LIST,
        UNVERIFIED,
        MILITARY_END_USERS,
        NONPROLIFERATION,
        DEBARRED,
        "Capta List (CAP) - Treasury Department",
        "Denied Persons List (DPL) - Bureau of Industry and Security",
        "Foreign Sanctions Evaders (FSE) - Treasury Department",
        "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department",
        "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department",
        "Palestinian Legislative Council List (PLC) - Treasury Department",
        "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
        "Specially Designated Nationals (SDN) - Treasury Department",
    }
)

#: Field as published -> column of the frame read.
USED = {
    "source": "source",
    "name": "entity_name",
    "programs": "programs",
    "federal_register_notice": "citation_printed",
    "start_date": "effective_printed",
    "license_requirement": "licence_requirement_printed",
    "license_policy": "licence_policy_printed",
    "remarks": "remarks_printed",
}
LISTED = ("addresses", "alt_names")
UNREAD = frozenset(
    [
        *("_id", "id", "entity_number", "type", "title", "end_date", "standard_order", "call_sign", "vessel_type"),
        *("gross_tonnage", "gross_registered_tonnage", "vessel_flag", "vessel_owner", "source_list_url"),
        *("source_information_url", "citizenships", "dates_of_birth", "nationalities", "places_of_birth", "ids"),
        "country",
    ]
)
#: What a stated cell of the CSV looks like, and what an alias never does.
SHAPES = {
    "start_date": r"^\s*\d{4}-\d{2}-\d{2}",
    "end_date": r"^\s*\d{4}-\d{2}-\d{2}",
    "source_list_url": r"^\s*https?://",
    "source_information_url": r"^\s*https?://",
}
NO_ALIAS = r"^\s*(?:https?://|\d{4}-\d{2}-\d{2}\s*$|\d+ F\.?R\.? \d|Vol\. \d)"
_ADDRESS = ("address", "city", "state", "postal_code", "country")
#: The country code that ends each address of the CSV's `addresses` text.
_CODE = r"(?:^|[,;]\s)([A-Z]{2}|CRIMEA \(OCCUPIED\))(?:;|$)"

PROJECTION = frozenset(
    [
        *("$comment", "citation", "source", "sourceGeneratedAt", "retrievedAt", "entryCount", "countsBySource"),
        *("listAuthority", "fieldKey", "tables", "entries"),
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
_TEXTS = pl.List(pl.String())
#: What every layout is read into. Lists hold printed pieces; NULL is "not stated by this layout".
SCHEMA = pl.Schema(
    {
        "position": pl.Int64(),
        **dict.fromkeys(USED.values(), pl.String()),
        "countries": _TEXTS,
        "aliases": _TEXTS,
        "addresses": _TEXTS,
    }
)


@dataclass(frozen=True)
class Reader:
    """Reads one file for one source. wanted: the lists it needs, each of which must be there unless it is optional."""

    source: str
    file: str
    wanted: Collection[str]
    optional: Collection[str] = ()

    def _error(self, rule: str, what: str, action: str, rows: list[Any] | None = None) -> LandingError:
        return LandingError(
            what=what, action=action, source=self.source, file=self.file, rule=rule, rows=(rows or [])[:5]
        )

    def _known(self, columns: set[str], allowed: Collection[str], needed: Collection[str]) -> None:
        if columns - set(allowed) or set(needed) - columns:
            rows = [f"unknown: {sorted(columns - set(allowed))}", f"missing: {sorted(set(needed) - columns)}"]
            action = "Compare with pipelines/formats/screening_list.py."
            raise self._error("unknown_column", "The fields are not the known ones.", action, rows)

    def _of_wanted_lists(self, records: pl.DataFrame) -> pl.DataFrame:
        """Raises LandingError: unknown_list, empty_file."""
        unknown = records.filter(~pl.col("source").is_in(list(LISTS)) | pl.col("source").is_null())
        if unknown.height:
            names = unknown["source"].unique().to_list()
            action = "Read what it is and add it to LISTS in pipelines/formats/screening_list.py."
            raise self._error("unknown_list", "A list is not known.", action, names)
        absent = sorted(set(self.wanted) - set(self.optional) - set(records["source"].unique()))
        if absent:
            raise self._error("empty_file", f"No entry of {len(absent)} list(s).", "Fetch the file again.", [*absent])
        return records.filter(pl.col("source").is_in(list(self.wanted))).with_columns(position=pl.int_range(pl.len()))

    def csv(self, content: bytes) -> pl.DataFrame:
        """The publisher's CSV (28 or 29 columns)."""
        try:
            records = pl.read_csv(io.BytesIO(content), infer_schema=False, encoding="utf8")
        except pl.exceptions.ComputeError as error:
            rule = "wrong_encoding" if "utf" in str(error).lower() else "truncated_file"
            what = f"Not readable: {str(error).splitlines()[0]}."
            raise self._error(rule, what, "Fetch the file again.") from None
        self._known(set(records.columns), {*USED, *LISTED, *UNREAD}, {*USED, *LISTED})
        short = rows_of_other_length(content)
        if short:
            what = f"{len(short)} rows do not have as many cells as the header."
            raise self._error("cell_count", what, "Look for a lost comma or quotation mark; fetch it again.", short)
        records = records.with_columns(spaced(pl.all()))
        self._refuse_shifted(records)
        entries = self._of_wanted_lists(records).rename(USED)
        return entries.with_columns(
            countries=pl.col("addresses")
            .str.replace_all(r"; ", ";; ")
            .str.extract_all(_CODE)
            .list.eval(pl.element().str.strip_chars(" ,;")),
            aliases=pl.col("alt_names").str.split(";"),
            addresses=pl.col("addresses").str.split("; "),
        ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())

    def _refuse_shifted(self, records: pl.DataFrame) -> None:
        """Raises LandingError(rule="bad_cell") where a column holds what another column looks like."""
        strange = [~pl.col(c).str.contains(shape) for c, shape in SHAPES.items() if c in records.columns]
        aliased = pl.col("alt_names").cast(pl.String).str.contains(NO_ALIAS)
        wrong = records.filter(pl.any_horizontal(e.fill_null(False) for e in (*strange, aliased)))
        if wrong.height:
            what = f"{wrong.height} rows hold what does not belong in their columns."
            shown = wrong.select("name", "alt_names", "start_date").head(5).rows()
            raise self._error("bad_cell", what, "See whether the columns have shifted; fetch it again.", [*shown])

    def json(self, content: bytes) -> tuple[pl.DataFrame, date | None]:
        """(frame, day the publisher made the file) from either JSON layout."""
        try:
            document = json.loads(content)
        except ValueError as error:
            what = f"Not readable as JSON: {error}."
            raise self._error("truncated_file", what, "Fetch the file again.") from None
        if not isinstance(document, dict) or not {"results", "entries"} & set(document):
            action = "Compare with pipelines/formats/screening_list.py."
            raise self._error("unknown_format", "Neither `results` nor `entries`.", action)
        if "entries" in document:
            return self._projection(document), _day(document.get("sourceGeneratedAt"))
        results = document["results"]
        self._known(set(document), {"results", "search_performed_at", "sources_used", "total", "offset"}, {"results"})
        if document.get("total", len(results)) != len(results):
            what = f"{document['total']} records announced, {len(results)} present."
            raise self._error("truncated_file", what, "Fetch the file again.")
        return self._results(results), _day(document.get("search_performed_at"))

    def _refuse_mistyped(self, wrong: list[dict[str, Any]]) -> None:
        if wrong:
            what = f"{len(wrong)} records hold a text, a list or a number in another's place."
            raise self._error("bad_cell", what, "See whether the fields have shifted; fetch it again.", wrong)

    def _results(self, results: list[dict[str, Any]]) -> pl.DataFrame:
        columns: set[str] = set().union(*results) if results else set()
        self._known(columns, {*USED, *LISTED, *UNREAD}, {*USED, *LISTED} - {"programs"})
        texts, lists = {*USED} - {"programs"}, {"alt_names": str, "addresses": dict}
        wrong = [
            record
            for record in results
            if not all(isinstance(record.get(name), str | None) for name in texts)
            or not all(_is_list_of(record.get(name), kind) for name, kind in lists.items())
            or not (isinstance(record.get("programs"), str | None) or _is_list_of(record["programs"], str))
        ]
        self._refuse_mistyped(wrong)
        self._known(set().union(*(a for r in results for a in r.get("addresses") or [])), _ADDRESS, ())
        address = pl.Struct(dict.fromkeys(_ADDRESS, pl.String()))
        schema = {**dict.fromkeys(USED, pl.String()), "addresses": pl.List(address), "alt_names": _TEXTS}
        rows = [{c: record.get(c) for c in schema} for record in results]
        for row in rows:
            row["programs"] = "; ".join(row["programs"]) if isinstance(row["programs"], list) else row["programs"]
        records = pl.DataFrame(rows, schema=schema)
        parts = [pl.element().struct.field(c).replace("", None) for c in _ADDRESS]
        entries = self._of_wanted_lists(records.with_columns(spaced(pl.col(list(USED))))).rename(USED)
        return entries.with_columns(
            countries=pl.col("addresses").list.eval(pl.element().struct.field("country")).list.drop_nulls(),
            aliases=pl.col("alt_names").list.eval(pl.element().str.split(";").explode()),
            addresses=pl.col("addresses").list.eval(spaced(pl.concat_str(parts, separator=", ", ignore_nulls=True))),
        ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())

    def _projection(self, document: dict[str, Any]) -> pl.DataFrame:
        self._known(set(document), PROJECTION, PROJECTION)
        entries, tables, announced = document["entries"], document["tables"], document["countsBySource"]
        counts = {"entryCount": len(entries), "countsBySource": sum(announced.values())}
        if set(counts.values()) != {document["entryCount"]}:
            what = f"{document['entryCount']} entries announced, {counts}."
            raise self._error("truncated_file", what, "Fetch it again.")
        self._known(set().union(*entries), _PROJECTED, {"n", "s"})
        names, lists = ("n", "fr"), ("a", "c")
        self._refuse_mistyped(
            [
                entry
                for entry in entries
                if not all(isinstance(entry.get(name), str | None) for name in names)
                or not all(_is_list_of(entry.get(name), str) for name in lists)
            ]
        )
        records = pl.DataFrame(entries, schema=_PROJECTED).with_columns(source=_indexed("s", tables["sources"]))
        stated = (
            self._of_wanted_lists(records)
            .with_columns(
                countries=pl.col("c").fill_null([]),
                entity_name=spaced(pl.col("n")),
                programs=_indexed("pg", tables.get("programmes", [])),
                aliases="a",
                addresses=pl.lit(None, _TEXTS),
                licence_requirement_printed=_indexed("lr", tables["licenceRequirements"]),
                licence_policy_printed=_indexed("lp", tables["licencePolicies"]),
                citation_printed=spaced(pl.col("fr")),
                effective_printed=pl.lit(None, pl.String()),
                remarks_printed=pl.lit(None, pl.String()),
            )
            .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        )
        for name, height in stated.group_by("source").len().rows():
            if height != announced.get(name):
                what = f"{announced.get(name)} entries of {name} announced, {height} present."
                raise self._error("truncated_file", what, "Fetch it again.")
        return stated


def _is_list_of(value: object, kind: type) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(piece, kind) for piece in value))


def _day(moment: object) -> date | None:
    return date.fromisoformat(moment[:10]) if isinstance(moment, str) else None


def _indexed(column: str, table: list[str]) -> pl.Expr:
    if not table:
        return pl.lit(None, pl.String())
    return spaced(pl.col(column).replace_strict(list(range(len(table))), table, default=None, return_dtype=pl.String()))
