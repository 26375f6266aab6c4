"""Excerpts of GLEIF's files in JSON or XML -> one row a record, in the column names of the golden copy's CSV.

Only what the CSV reader takes too is taken; every other field must be named in source.yml.

Belongs here: the two shapes. Does not belong here: whole copies (golden_copy.py), what fields mean (parse.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import defusedxml
import defusedxml.ElementTree
import polars as pl

from pipelines.contract import DeliveredFile
from pipelines.formats.reference import decoded, refuse

SOURCE = "gleif"
Record = dict[str, Any]
#: Element that is one record -> nothing else in the file is looked at.
RECORDS = ("LEIRecord", "RelationshipRecord", "Exception")


def read_excerpt(file: DeliveredFile) -> tuple[pl.DataFrame, set[str]]:
    """(rows, blanks NULL; groups of fields met).

    Raises LandingError: unknown_format, truncated_file, wrong_encoding, xml_entities.
    """
    is_xml = file.content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    records = list(_xml_records(file) if is_xml else _json_records(file))
    groups = {group for record in records for group in _groups(record)}
    rows = pl.DataFrame([_row(record) for record in records], infer_schema_length=None)
    return rows.with_columns(pl.all().cast(pl.String).replace("", None)), groups


def _json_records(file: DeliveredFile) -> Iterator[Record]:
    try:
        records = json.loads(decoded(file, SOURCE))
    except ValueError as error:
        what = f"Not readable as JSON: {error}."
        raise refuse(file, SOURCE, "truncated_file", what, "Take the file again.") from None
    is_list = isinstance(records, list) and records and all(isinstance(record, dict) for record in records)
    if not is_list or any("LEI" not in r and "Relationship" not in r for r in records):
        raise refuse(file, SOURCE, "unknown_format", "Not an array of GLEIF's records.", "See what was delivered.")
    for record in records:
        if any(isinstance(value, dict) and "$" in value for value in record.values()):
            what = "GLEIF's own JSON, which wraps every value."
            raise refuse(file, SOURCE, "unknown_format", what, "Deliver the CSV of the golden copy.")
        yield record


def _xml_records(file: DeliveredFile) -> Iterator[Record]:
    try:
        root = defusedxml.ElementTree.fromstring(file.content, forbid_dtd=True)
    except defusedxml.DefusedXmlException as error:
        what = f"The XML declares what it may not: {type(error).__name__}."
        raise refuse(file, SOURCE, "xml_entities", what, "Do not open it; fetch it from GLEIF.") from None
    except (ParseError, ValueError) as error:
        what = f"Not readable as XML: {error}."
        raise refuse(file, SOURCE, "truncated_file", what, "Take the file again.") from None
    found = [element for element in root.iter() if _tag(element) in RECORDS]
    if not found:
        raise refuse(file, SOURCE, "unknown_format", "No record of GLEIF's in the XML.", "See what was delivered.")
    yield from (_tree(element) for element in found)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _tree(element: Element) -> Any:
    """An element as the JSON excerpts have it: text, an object, or a list of the elements of one name."""
    children = list(element)
    if not children:
        kinds = {k: v for k, v in element.attrib.items() if k == "type"}
        return {**kinds, _tag(element): element.text} if kinds else element.text
    names = [_tag(child) for child in children]
    if names[0] + "s" == _tag(element):
        return [_tree(child) for child in children]
    tree: Record = {}
    for name, child in zip(names, children, strict=True):
        tree[name] = _tree(child)
    return tree


def _groups(record: Record) -> Iterator[str]:
    """Names of fields, two steps deep: what source.yml uses or ignores."""
    for name, value in record.items():
        if name in ("Entity", "Registration", "Relationship") and isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in value)
        else:
            yield {"ExceptionCategory": "Exception.Category", "ExceptionReason": "Exception.Reason"}.get(name, name)


def _row(record: Record) -> dict[str, str | None]:
    """The fields used, under the names of the CSV."""
    if "Relationship" in record:
        return _relationship(record)
    return _exception(record) if "ExceptionCategory" in record else _entity(record)


def _entity(record: Record) -> dict[str, str | None]:
    entity, registration = record.get("Entity") or {}, record.get("Registration") or {}
    row = {
        "LEI": record.get("LEI"),
        "Entity.LegalName": entity.get("LegalName"),
        "Entity.LegalAddress.Country": (entity.get("LegalAddress") or {}).get("Country"),
        "Entity.HeadquartersAddress.Country": (entity.get("HeadquartersAddress") or {}).get("Country"),
        "Entity.EntityCategory": entity.get("EntityCategory"),
        "Entity.EntityStatus": entity.get("EntityStatus"),
        "Registration.RegistrationStatus": registration.get("RegistrationStatus"),
        "Registration.LastUpdateDate": registration.get("LastUpdateDate"),
    }
    for outer, inner in (
        ("OtherEntityNames", "OtherEntityName"),
        ("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName"),
    ):
        for number, name in enumerate(entity.get(outer) or [], start=1):
            row[f"Entity.{outer}.{inner}.{number}"] = name[inner] if isinstance(name, dict) else name
    return row


def _relationship(record: Record) -> dict[str, str | None]:
    relationship, registration = record["Relationship"], record.get("Registration") or {}
    row = {
        f"Relationship.{node}.{part}": (relationship.get(node) or {}).get(part)
        for node in ("StartNode", "EndNode")
        for part in ("NodeID", "NodeIDType")
    }
    row |= {
        "Relationship.RelationshipType": relationship.get("RelationshipType"),
        "Relationship.RelationshipStatus": relationship.get("RelationshipStatus"),
        "Registration.RegistrationStatus": registration.get("RegistrationStatus"),
        "Registration.LastUpdateDate": registration.get("LastUpdateDate"),
    }
    for number, period in enumerate(relationship.get("RelationshipPeriods") or [], start=1):
        row[f"Relationship.Period.{number}.startDate"] = period.get("StartDate")
        row[f"Relationship.Period.{number}.endDate"] = period.get("EndDate")
        row[f"Relationship.Period.{number}.periodType"] = period.get("PeriodType")
    for number, qualifier in enumerate(relationship.get("RelationshipQualifiers") or [], start=1):
        row[f"Relationship.Qualifiers.{number}.QualifierDimension"] = qualifier.get("QualifierDimension")
        row[f"Relationship.Qualifiers.{number}.QualifierCategory"] = qualifier.get("QualifierCategory")
    return row


def _exception(record: Record) -> dict[str, str | None]:
    reasons = record.get("ExceptionReason")
    listed = reasons if isinstance(reasons, list) else [reasons]
    return {
        "LEI": record.get("LEI"),
        "Exception.Category": record["ExceptionCategory"],
        **{f"Exception.Reason.{number}": reason for number, reason in enumerate(listed, start=1)},
    }
