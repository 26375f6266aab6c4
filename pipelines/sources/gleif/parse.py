"""GLEIF's records -> legal entities, relationships and reporting exceptions.

The start node of a relationship is the child, the end node the parent. Its days are those of the period of the
relationship itself; periods of accounts and filings are not its days. Days are taken as printed, without their hour.

Belongs here: what fields mean, putting files of one kind together. Does not belong here: the shapes they come in
(golden_copy.py, excerpts.py), which relationships are ownership (pipelines/ownership).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from pipelines.contract import DeliveredFile, Delivery, Parsed, SourceSpec
from pipelines.files import sha256_of
from pipelines.formats.reference import refuse, refuse_misshapen
from pipelines.sources.gleif.excerpts import read_excerpt
from pipelines.sources.gleif.golden_copy import USED, read_golden_copy

SOURCE = "gleif"
#: A field only records of one kind have -> their thing.
KINDS = {
    "Relationship.StartNode.NodeID": "relationships",
    "Exception.Category": "exceptions",
    "Entity.LegalName": "entities",
}
GROUPS_USED = {".".join(name.replace(".#", "").split(".")[:2]) for name in USED} | {
    *("Relationship.RelationshipPeriods", "Relationship.RelationshipQualifiers"),
}
_LEI = r"[0-9A-Z]{18}[0-9]{2}"
DAYS = ("starts_on", "ends_on", "updated_on")
SHAPES = {
    "entities": {"lei": _LEI, "country_code": "[A-Z]{2}", "headquarters_country_code": "[A-Z]{2}"},
    "relationships": {"relationship_type": "[A-Z_-]+", "child_id_type": "LEI|ISIN", "parent_id_type": "LEI|ISIN"},
    "exceptions": {"lei": _LEI, "exception_category": "[A-Z_]+"},
}
STATED = {
    "entities": ["lei", "legal_name", "country_code"],
    "relationships": ["child_id", "parent_id", "relationship_type", "child_id_type", "parent_id_type"],
    "exceptions": ["lei", "exception_category", "exception_reasons"],
}


def parse(delivery: Delivery, spec: SourceSpec) -> Iterator[Parsed]:
    """One Parsed a kind of record delivered. Raises LandingError; the rules are in the source's runbook."""
    by_thing: dict[str, list[tuple[DeliveredFile, pl.DataFrame]]] = {}
    for file in delivery.files:
        thing, rows = _read(file, spec)
        by_thing.setdefault(thing, []).append((file, rows))
    known_on = delivery.known_on or next((f.published_on for f in delivery.files if f.published_on), None)
    if known_on is None:
        raise refuse(delivery.files[0], SOURCE, "known_on_missing", "The files tell no day.", "Pass --known-on.")
    for thing in sorted(by_thing):
        files = [file for file, _ in by_thing[thing]]
        contract = spec.things[thing]
        frame = pl.concat([rows for _, rows in by_thing[thing]])
        if "updated_on" in contract.carried:
            # Of a record delivered twice, the one updated last stands; equal ones are told by the gate.
            latest = pl.col("updated_on") == pl.col("updated_on").max().over(contract.key)
            frame = frame.filter(latest | pl.col("updated_on").is_null()).unique(maintain_order=True)
        digests = [file.sha256 for file in files]
        yield Parsed(
            thing=thing,
            vintage_id=delivery.vintage_id or f"{known_on}",
            known_on=known_on,
            known_precision=delivery.known_precision,
            sequence=delivery.sequence or 0,
            sha256=digests[0] if len(digests) == 1 else sha256_of("".join(digests).encode()),
            url=files[0].url,
            frame=frame.select(pl.col(name).cast(kind) for name, kind in contract.schema.items()),
        )


def _read(file: DeliveredFile, spec: SourceSpec) -> tuple[str, pl.DataFrame]:
    is_excerpt = re.match(rb"[\xef\xbb\xbf\s]*[<\[{]", file.content[:64]) is not None
    rows, groups = read_excerpt(file) if is_excerpt else read_golden_copy(file)
    unknown = sorted(groups - GROUPS_USED - set(spec.ignored_fields))
    thing = next((thing for field, thing in KINDS.items() if field in rows.columns), None)
    if unknown or thing is None:
        action = "Find out what changed; use the field or name it in ignored_fields."
        raise refuse(file, SOURCE, "unknown_column", "The fields are not the known ones.", action, rows=unknown)
    made = {"entities": _entities, "relationships": _relationships, "exceptions": _exceptions}[thing](rows)
    refuse_misshapen(made, SHAPES[thing], file, SOURCE)
    for column in STATED[thing]:
        missing = made.filter(pl.col(column).is_null())
        if missing.height:
            what, shown = f"{missing.height} records do not state {column}.", missing.head(5).rows()
            raise refuse(file, SOURCE, "bad_cell", what, "Look at the records in the file.", rows=shown)
    return thing, _dated(made, file)


def _text(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in rows.columns else pl.lit(None, pl.String)


def _dated(made: pl.DataFrame, file: DeliveredFile) -> pl.DataFrame:
    """Printed moments ("2018-02-06T00:00:00.000Z") as their days. Raises LandingError(rule="bad_cell")."""
    for name in DAYS:
        if name in made.columns:
            day = pl.col(name).str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
            unread = made.filter(pl.col(name).is_not_null() & day.is_null())
            if unread.height:
                what, shown = f"{unread.height} values of {name} are no day of the calendar.", unread.head(5).rows()
                raise refuse(file, SOURCE, "bad_cell", what, "Look at the records in the file.", rows=shown)
            made = made.with_columns(day)
    return made


def _numbered(rows: pl.DataFrame, pattern: str) -> list[str]:
    return [name for name in rows.columns if re.fullmatch(pattern, name)]


def _joined(rows: pl.DataFrame, pattern: str) -> pl.Expr:
    """Distinct texts of numbered columns, sorted, joined " | "; NULL where there is none."""
    names = _numbered(rows, pattern)
    if not names:
        return pl.lit(None, pl.String)
    texts = pl.concat_list(names).list.drop_nulls().list.unique().list.sort().list.join(" | ")
    return pl.when(texts != "").then(texts)


def _entities(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        lei="LEI",
        legal_name="Entity.LegalName",
        other_names=_joined(rows, r"Entity\.(Transliterated)?OtherEntityNames\.\w+\.\d+"),
        country_code=_text(rows, "Entity.LegalAddress.Country"),
        headquarters_country_code=_text(rows, "Entity.HeadquartersAddress.Country"),
        entity_category=_text(rows, "Entity.EntityCategory"),
        entity_status=_text(rows, "Entity.EntityStatus"),
        registration_status=_text(rows, "Registration.RegistrationStatus"),
        updated_on=_text(rows, "Registration.LastUpdateDate"),
    )


def _relationships(rows: pl.DataFrame) -> pl.DataFrame:
    numbers = [name.split(".")[2] for name in _numbered(rows, r"Relationship\.Period\.\d+\.periodType")]
    qualifiers = [name.split(".")[2] for name in _numbered(rows, r"Relationship\.Qualifiers\.\d+\.QualifierDimension")]

    def period(end: str) -> list[pl.Expr]:
        return [
            pl.when(pl.col(f"Relationship.Period.{n}.periodType") == "RELATIONSHIP_PERIOD").then(
                _text(rows, f"Relationship.Period.{n}.{end}")
            )
            for n in numbers
        ]

    standards = [
        pl.when(pl.col(f"Relationship.Qualifiers.{n}.QualifierDimension") == "ACCOUNTING_STANDARD").then(
            _text(rows, f"Relationship.Qualifiers.{n}.QualifierCategory")
        )
        for n in qualifiers
    ]
    nothing = pl.lit(None, pl.String)
    return rows.select(
        child_id="Relationship.StartNode.NodeID",
        parent_id="Relationship.EndNode.NodeID",
        relationship_type="Relationship.RelationshipType",
        child_id_type=_text(rows, "Relationship.StartNode.NodeIDType"),
        parent_id_type=_text(rows, "Relationship.EndNode.NodeIDType"),
        relationship_status=_text(rows, "Relationship.RelationshipStatus"),
        starts_on=pl.coalesce([*period("startDate"), nothing]),
        ends_on=pl.coalesce([*period("endDate"), nothing]),
        registration_status=_text(rows, "Registration.RegistrationStatus"),
        accounting_standard=pl.coalesce([*standards, nothing]),
        updated_on=_text(rows, "Registration.LastUpdateDate"),
    )


def _exceptions(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        lei="LEI",
        exception_category="Exception.Category",
        exception_reasons=_joined(rows, r"Exception\.Reason\.\d+"),
    )
