"""GLEIF's three kinds of record in three shapes: CSV of the golden copy, and excerpts in JSON and XML."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError

CHILD, PARENT, TOP = "ABCDEFGHIJKLMNOPQR01", "ABCDEFGHIJKLMNOPQR02", "ABCDEFGHIJKLMNOPQR03"
DAY = date(2026, 11, 2)
ENTITY = {
    "LEI": CHILD,
    "Entity": {
        "LegalName": "Söhne & Co. KG",
        "OtherEntityNames": [{"type": "PREVIOUS_LEGAL_NAME", "OtherEntityName": "Väter & Co. KG"}],
        "LegalAddress": {"FirstAddressLine": "Ring 1", "City": "Wien", "Country": "AT"},
        "HeadquartersAddress": {"City": "Graz", "Country": "AT"},
        "EntityCategory": "GENERAL",
        "EntityStatus": "ACTIVE",
    },
    "Registration": {"LastUpdateDate": "2026-05-18T23:41:20.212Z", "RegistrationStatus": "ISSUED"},
}
PERIODS = [
    {"StartDate": "2018-01-01T00:00:00Z", "EndDate": "2018-12-31T00:00:00Z", "PeriodType": "ACCOUNTING_PERIOD"},
    {"StartDate": "2015-02-06T00:00:00+01:00", "PeriodType": "RELATIONSHIP_PERIOD"},
]
RELATIONSHIP = {
    "Relationship": {
        "StartNode": {"NodeID": CHILD, "NodeIDType": "LEI"},
        "EndNode": {"NodeID": PARENT, "NodeIDType": "LEI"},
        "RelationshipType": "IS_DIRECTLY_CONSOLIDATED_BY",
        "RelationshipPeriods": PERIODS,
        "RelationshipStatus": "ACTIVE",
        "RelationshipQualifiers": [{"QualifierDimension": "ACCOUNTING_STANDARD", "QualifierCategory": "IFRS"}],
        "RelationshipQuantifiers": [{"QuantifierAmount": "1.00", "QuantifierUnits": "PERCENTAGE"}],
    },
    "Registration": {"LastUpdateDate": "2026-01-02T00:00:00Z", "RegistrationStatus": "PUBLISHED"},
}
EXCEPTION = {
    "LEI": TOP,
    "ExceptionCategory": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
    "ExceptionReason": "NATURAL_PERSONS",
    "ContentDate": "2026-11-02T08:00:00Z",
}
ENTITY_CSV = (
    '"LEI","Entity.LegalName","Entity.LegalName.xmllang","Entity.OtherEntityNames.OtherEntityName.1",'
    '"Entity.OtherEntityNames.OtherEntityName.1.type","Entity.OtherEntityNames.OtherEntityName.2",'
    '"Entity.LegalAddress.City","Entity.LegalAddress.Country","Entity.HeadquartersAddress.Country",'
    '"Entity.EntityCategory","Entity.EntityStatus","Registration.LastUpdateDate","Registration.RegistrationStatus",'
    '"Registration.ManagingLOU","ConformityFlag"\n'
    f'"{CHILD}","Söhne & Co. KG","de","Väter & Co. KG","PREVIOUS_LEGAL_NAME","","Wien\nInnere Stadt","AT","AT",'
    '"GENERAL","ACTIVE","2026-05-18T23:41:20.212Z","ISSUED","X","CONFORMING"\n'
)
RELATIONSHIP_CSV = (
    "Relationship.StartNode.NodeID,Relationship.StartNode.NodeIDType,Relationship.EndNode.NodeID,"
    "Relationship.EndNode.NodeIDType,Relationship.RelationshipType,Relationship.RelationshipStatus,"
    "Relationship.Period.1.startDate,Relationship.Period.1.endDate,Relationship.Period.1.periodType,"
    "Relationship.Period.2.startDate,Relationship.Period.2.endDate,Relationship.Period.2.periodType,"
    "Relationship.Qualifiers.1.QualifierDimension,Relationship.Qualifiers.1.QualifierCategory,"
    "Relationship.Quantifiers.1.QuantifierAmount,Registration.LastUpdateDate,Registration.RegistrationStatus\n"
    f"{CHILD},LEI,{PARENT},LEI,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2018-01-01T00:00:00Z,2018-12-31T00:00:00Z,"
    "ACCOUNTING_PERIOD,2015-02-06T00:00:00+01:00,,RELATIONSHIP_PERIOD,ACCOUNTING_STANDARD,IFRS,1.00,"
    "2026-01-02T00:00:00Z,PUBLISHED\n"
)
EXCEPTION_CSV = (
    "LEI,Exception.Category,Exception.Reason.1,Exception.Reason.2,Exception.Reference.1\n"
    f"{TOP},DIRECT_ACCOUNTING_CONSOLIDATION_PARENT,NATURAL_PERSONS,,\n"
)
XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016"><rr:Header><rr:ContentDate>x</rr:ContentDate>
</rr:Header><rr:RelationshipRecords><rr:RelationshipRecord><rr:Relationship>
<rr:StartNode><rr:NodeID>{CHILD}</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:StartNode>
<rr:EndNode><rr:NodeID>{PARENT}</rr:NodeID><rr:NodeIDType>LEI</rr:NodeIDType></rr:EndNode>
<rr:RelationshipType>IS_DIRECTLY_CONSOLIDATED_BY</rr:RelationshipType><rr:RelationshipPeriods>
<rr:RelationshipPeriod><rr:StartDate>2018-01-01T00:00:00Z</rr:StartDate><rr:EndDate>2018-12-31T00:00:00Z</rr:EndDate>
<rr:PeriodType>ACCOUNTING_PERIOD</rr:PeriodType></rr:RelationshipPeriod>
<rr:RelationshipPeriod><rr:StartDate>2015-02-06T00:00:00+01:00</rr:StartDate>
<rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType></rr:RelationshipPeriod></rr:RelationshipPeriods>
<rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus><rr:RelationshipQualifiers><rr:RelationshipQualifier>
<rr:QualifierDimension>ACCOUNTING_STANDARD</rr:QualifierDimension><rr:QualifierCategory>IFRS</rr:QualifierCategory>
</rr:RelationshipQualifier></rr:RelationshipQualifiers></rr:Relationship><rr:Registration>
<rr:LastUpdateDate>2026-01-02T00:00:00Z</rr:LastUpdateDate><rr:RegistrationStatus>PUBLISHED</rr:RegistrationStatus>
</rr:Registration></rr:RelationshipRecord></rr:RelationshipRecords></rr:RelationshipData>"""


def zipped(text: str, *more: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate((text, *more)):
            archive.writestr(f"part-{number}.csv", content)
    return packed.getvalue()


def read(*contents: bytes | str | list[Any], **facts: Any) -> dict[str, Parsed]:
    """Thing -> what the files of one delivery say."""
    files = []
    for number, content in enumerate(contents):
        text = json.dumps(content) if isinstance(content, list) else content
        raw = text.encode() if isinstance(text, str) else text
        files.append(DeliveredFile(f"file-{number}", raw, f"{number:064d}"))
    found = parser("gleif")(Delivery(tuple(files), **{"known_on": DAY, **facts}), load_spec("gleif"))
    return {parsed.thing: parsed for parsed in found}


def refused(*contents: bytes | str | list[Any], **facts: Any) -> str:
    with pytest.raises(LandingError) as caught:
        read(*contents, **facts)
    return caught.value.rule


@pytest.mark.parametrize("content", [[ENTITY], zipped(ENTITY_CSV), ENTITY_CSV], ids=["json", "zip", "csv"])
def test_an_entity_is_who_is_who(content: Any) -> None:
    assert read(content)["entities"].frame.row(0, named=True) == {
        "lei": CHILD,
        "legal_name": "Söhne & Co. KG",
        "other_names": "Väter & Co. KG",
        "country_code": "AT",
        "headquarters_country_code": "AT",
        "entity_category": "GENERAL",
        "entity_status": "ACTIVE",
        "registration_status": "ISSUED",
        "updated_on": date(2026, 5, 18),
    }


@pytest.mark.parametrize("content", [[RELATIONSHIP], zipped(RELATIONSHIP_CSV), XML], ids=["json", "zip", "xml"])
def test_a_relationship_goes_from_child_to_parent_and_has_its_own_days(content: Any) -> None:
    """Days of accounts are not days of the relationship; a printed day is kept, whatever its hour and zone."""
    assert read(content)["relationships"].frame.row(0, named=True) == {
        "child_id": CHILD,
        "parent_id": PARENT,
        "relationship_type": "IS_DIRECTLY_CONSOLIDATED_BY",
        "child_id_type": "LEI",
        "parent_id_type": "LEI",
        "relationship_status": "ACTIVE",
        "starts_on": date(2015, 2, 6),
        "ends_on": None,
        "registration_status": "PUBLISHED",
        "accounting_standard": "IFRS",
        "updated_on": date(2026, 1, 2),
    }


@pytest.mark.parametrize("content", [[EXCEPTION], zipped(EXCEPTION_CSV)], ids=["json", "zip"])
def test_an_exception_says_why_a_parent_is_not_told(content: Any) -> None:
    found = read(content)["exceptions"].frame.rows()
    assert found == [(TOP, "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT", "NATURAL_PERSONS")]


def test_one_delivery_holds_all_kinds_and_a_record_updated_later_stands() -> None:
    later = json.loads(json.dumps(RELATIONSHIP))
    later["Relationship"]["RelationshipStatus"] = "INACTIVE"
    later["Registration"]["LastUpdateDate"] = "2026-06-01T00:00:00Z"
    found = read([ENTITY], [RELATIONSHIP], [later], [EXCEPTION], vintage_id="together")
    assert {p.vintage_id for p in found.values()} == {"together"}
    assert found["relationships"].frame["relationship_status"].to_list() == ["INACTIVE"]
    assert set(found) == {"entities", "relationships", "exceptions"}


def test_without_a_day_it_is_refused() -> None:
    assert refused([ENTITY], known_on=None) == "known_on_missing"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(zipped(ENTITY_CSV)[:-30], "damaged_zip", id="cut zip"),
        pytest.param(zipped(ENTITY_CSV, EXCEPTION_CSV), "damaged_zip", id="two files in one zip"),
        pytest.param(ENTITY_CSV.encode("latin-1"), "wrong_encoding", id="latin"),
        pytest.param(ENTITY_CSV + '"X","Y"\n', "truncated_file", id="a row cut short"),
        pytest.param("a,b\n1,2\n", "unknown_format", id="another CSV"),
        pytest.param(ENTITY_CSV.replace("ConformityFlag", "Mood"), "unknown_column", id="a new column"),
        pytest.param(json.dumps([ENTITY])[:-20], "truncated_file", id="cut JSON"),
        pytest.param([{"LEI": {"$": CHILD}}], "unknown_format", id="GLEIF's own JSON"),
        pytest.param({"data": []}, "unknown_format", id="another JSON"),
        pytest.param([{**ENTITY, "Mood": "good"}], "unknown_column", id="a new field"),
        pytest.param([{**ENTITY, "LEI": "123"}], "bad_cell", id="no LEI"),
        pytest.param([{**EXCEPTION, "ExceptionReason": None}], "bad_cell", id="no reason"),
        pytest.param("<html><body>Try later.</body></html>", "unknown_format", id="a web page"),
        pytest.param(XML[:-40], "truncated_file", id="cut XML"),
        pytest.param(
            XML.replace('encoding="UTF-8"?>', 'encoding="UTF-8"?><!DOCTYPE x [<!ENTITY a "b">]>'),
            "xml_entities",
            id="an XML bomb",
        ),
    ],
)
def test_what_is_not_gleifs_is_refused(content: Any, rule: str) -> None:
    assert refused(json.dumps(content) if isinstance(content, dict) else content) == rule


@pytest.mark.parametrize("printed", ["2018/02/06", "31.02.2018", "2018-02-31T00:00:00Z"])
@pytest.mark.parametrize("stated", ["2015-02-06T00:00:00+01:00", "2026-01-02T00:00:00Z"], ids=["start", "update"])
def test_a_stated_day_that_cannot_be_read_is_refused(stated: str, printed: str) -> None:
    for content in (RELATIONSHIP_CSV, XML, json.dumps([RELATIONSHIP])):
        assert stated in content
        assert refused(content.replace(stated, printed)) == "bad_cell"


def test_a_blank_day_is_no_day_and_days_of_accounts_are_not_read() -> None:
    for content in (RELATIONSHIP_CSV, json.dumps([RELATIONSHIP])):
        blank = content.replace("2026-01-02T00:00:00Z", "").replace("2018-12-31T00:00:00Z", "31.12.2018")
        assert read(blank)["relationships"].frame["updated_on"].to_list() == [None]


def test_no_column_of_a_whole_copy_is_held_that_is_not_used() -> None:
    many = ",".join(f"Entity.OtherAddresses.OtherAddress.{n}.City" for n in range(1, 60))
    header, row, tail = ENTITY_CSV.split("\n", 2)
    wide = f"{header},{many}\n{row}\n{tail.rstrip()}{',' * 59}\n"
    assert read(wide)["entities"].frame.equals(read(ENTITY_CSV)["entities"].frame)
    assert read(wide)["entities"].frame.select(pl.len()).item() == 1
