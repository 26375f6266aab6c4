"""Documents of the Federal Register as its API gives them, and as compilers of our files took them over.

A file states what it has: the columns of a compiled file are those it has fields for, and nothing is inferred of the
others. "No summary provided." is no abstract.

Belongs here: fields to columns, which documents are taken. Does not belong here: BIS's own tables (bis_tables.py),
what a rule did to a list (pipelines/list_rules).
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import polars as pl

from pipelines.contract import DeliveredFile, SourceSpec
from pipelines.formats.reference import decoded, refuse

SOURCE = "federal_register"
#: Field of the API -> column.
FIELDS = {
    "document_number": "document_number",
    "type": "document_type",
    "subtype": "document_subtype",
    "title": "title",
    "abstract": "abstract",
    "action": "action",
    "publication_date": "published_on",
    "signing_date": "signed_on",
    "effective_on": "effective_on",
    "comments_close_on": "comments_close_on",
    "citation": "citation",
    "volume": "volume",
    "start_page": "start_page",
    "end_page": "end_page",
    "agencies": "agency_codes",
    "docket_ids": "docket_numbers",
    "president": "president",
    "presidential_document_number": "presidential_number",
    "executive_order_number": "order_number",
    "proclamation_number": "proclamation_number",
    "executive_order_notes": "order_dispositions",
    "disposition_notes": "dispositions",
    "correction_of": "corrects_document_number",
    "corrections": "corrected_by_numbers",
    "regulation_id_numbers": "regulation_numbers",
    "cfr_references": "cfr_parts",
    "significant": "is_significant",
    "topics": "topics",
    "html_url": "html_url",
    "full_text_xml_url": "full_text_url",
    "pdf_url": "pdf_url",
    "comment_url": "comment_url",
    "dates": "dates_printed",
}
#: Agencies whose documents are taken; presidential documents are taken whatever agency they name.
AGENCIES = (
    "commerce-department",
    "foreign-assets-control-office",
    "homeland-security-department",
    "industry-and-security-bureau",
    "international-trade-administration",
    "international-trade-commission",
    "trade-representative-office-of-united-states",
    "u-s-customs-and-border-protection",
)
PRESIDENTIAL = "Presidential Document"
#: Fields that tell a compiled file, and what they are called here. Fields not named must be ignored in source.yml.
COMPILED: dict[frozenset[str], dict[str, str]] = {
    frozenset({"document_number", "publication_date", "title", "abstract", "url"}): {
        "document_number": "document_number",
        "publication_date": "published_on",
        "title": "title",
        "abstract": "abstract",
        "url": "html_url",
    },
    frozenset({"document_number", "publication_date", "summary"}): {
        "document_number": "document_number",
        "publication_date": "published_on",
        "summary": "compiled_note",
    },
    frozenset({"document_number", "executive_order_number", "signing_date"}): {
        "document_number": "document_number",
        "executive_order_number": "presidential_number",
        "title": "title",
        "abstract": "abstract",
        "signing_date": "signed_on",
        "publication_date": "published_on",
        "president": "president",
        "html_url": "html_url",
        "pdf_url": "pdf_url",
    },
    frozenset({"id", "doctype", "date", "url"}): {
        "id": "presidential_number",
        "title": "title",
        "date": "published_on",
        "url": "html_url",
        "doctype": "document_subtype",
    },
}
REFERENCE_LIST = ["document_number", "publication_date", "citation", "title_or_note", "effective_dates", "sources"]
_NUMBER = re.compile(r"/documents/\d{4}/\d{2}/\d{2}/([^/]+)/")
#: A document's address in the API, which is how corrections are linked.
_LINKED = re.compile(r"/api/v1/documents/([^/?;\s]+)")
#: Notes of the Office on a presidential document: "Amended by: EO 14318, July 23, 2025; Proc. 9704, ...", a line a
#: relation. What is kept of them is the relation and the acts' numbers.
_DISPOSITION = re.compile(r"^\s*([A-Z][A-Za-z ]{2,30}):(.*)$", re.MULTILINE)
_ACT = re.compile(r"\b(EO|E\.O\.|Executive Order|Proc\.?|Proclamation) (\d{4,5})\b")
_DATES = ("published_on", "signed_on", "effective_on", "comments_close_on")
_MARKS = {"True": True, "False": False}
_NO_ABSTRACT = "No summary provided."
#: A compiled list names this among its sources where nothing at hand confirms a citation.
_UNVERIFIED = "(unverified)"


def pages(files: Iterable[DeliveredFile], spec: SourceSpec) -> pl.DataFrame:
    """Pages of one question of the API as one frame with every column. Raises LandingError (runbook of source.yml)."""
    listed = list(files)
    records: list[dict[str, Any]] = []
    announced: dict[str, int] = {}
    for file in listed:
        page = _json(file)
        if not isinstance(page, dict) or not isinstance(page.get("results"), list):
            raise refuse(file, SOURCE, "unknown_format", "Not a page of the API.", "Look at its first bytes.")
        # A question too wide for the API was asked in spans of days, each with a count of its own.
        announced[file.name.rpartition("_page")[0]] = int(page.get("count", 0))
        records += [_stated(record, file, spec) for record in page["results"]]
    if len(listed) > 1 and len(records) != sum(announced.values()):
        what = f"{len(records)} documents on {len(listed)} pages, {sum(announced.values())} announced."
        raise refuse(listed[0], SOURCE, "pages_incomplete", what, "Fetch all pages of the question again.")
    taken = [record for record in records if _is_of_interest(record)]
    if not taken:
        what = f"None of {len(records)} documents is of an agency this source takes."
        raise refuse(listed[0], SOURCE, "nothing_of_interest", what, "See AGENCIES in documents.py.")
    rows = [{**record, "citation_evidence": "publisher"} for record in taken]
    return _typed(pl.DataFrame(rows, infer_schema_length=None), listed[0])


def compiled(file: DeliveredFile, spec: SourceSpec) -> pl.DataFrame:
    """A compiled JSON array, in the columns it has fields for.

    Raises LandingError: unknown_format, unknown_field, bad_cell.
    """
    records = _json(file)
    if not isinstance(records, list) or not records or not all(isinstance(record, dict) for record in records):
        raise refuse(file, SOURCE, "unknown_format", "Neither a page nor records.", "Look at its first bytes.")
    fields = set().union(*records)
    used = next((named for telling, named in COMPILED.items() if telling <= fields), None)
    if used is None:
        what = f"No known file has the fields {sorted(fields)}."
        raise refuse(file, SOURCE, "unknown_format", what, "Compare with COMPILED in documents.py.")
    _refuse_unknown(fields, used, file, spec)
    rows = [{own: _plain(record.get(field)) for field, own in used.items()} for record in records]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    if "document_number" not in frame.columns:
        numbers = [_NUMBER.search(str(url)) for url in frame["html_url"]]
        if not all(numbers):
            raise refuse(file, SOURCE, "bad_cell", "An address names no document.", "Look at the record.")
        # An order's own number is a number; a memorandum's repeats the document's.
        number = pl.col("presidential_number")
        frame = frame.with_columns(
            document_number=pl.Series([found[1] for found in numbers if found]),
            presidential_number=pl.when(number.str.contains(r"^\d+$")).then(number),
        )
    return _typed(frame, file)


def reference_list(file: DeliveredFile) -> pl.DataFrame:
    """A compiled list of document numbers with citations, of which some are unverified. Raises LandingError."""
    text = decoded(file, SOURCE)
    if text.splitlines()[0].split(",") != REFERENCE_LIST:
        raise refuse(file, SOURCE, "unknown_field", "The columns are not the known ones.", "Compare with documents.py.")
    rows = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False)
    is_verified = ~pl.col("sources").str.split(";").list.last().str.ends_with(_UNVERIFIED)
    cited = pl.col("citation").str.extract_groups(r"^(\d+) FR (\d+)$")
    frame = rows.select(
        "document_number",
        published_on="publication_date",
        compiled_note="title_or_note",
        citation=pl.when(is_verified).then("citation"),
        volume=pl.when(is_verified).then(cited.struct.field("1")),
        start_page=pl.when(is_verified).then(cited.struct.field("2")),
        citation_evidence=pl.when(is_verified & pl.col("citation").is_not_null())
        .then(pl.lit("compiled"))
        .when(pl.col("citation").is_not_null())
        .then(pl.format("unverified: {}", "citation")),
    )
    return _typed(frame, file)


def is_page(file: DeliveredFile) -> bool:
    """Whether the file is an object, as the API answers with."""
    return file.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _json(file: DeliveredFile) -> Any:
    try:
        return json.loads(decoded(file, SOURCE))
    except ValueError as error:
        what = f"Not readable to its end: {error}."
        raise refuse(file, SOURCE, "truncated_file", what, "Fetch the file again.") from None


def _stated(record: Any, file: DeliveredFile, spec: SourceSpec) -> dict[str, str | None]:
    if not isinstance(record, dict):
        raise refuse(file, SOURCE, "unknown_format", "A document is no object.", "Look at the record.", rows=[record])
    _refuse_unknown(set(record), FIELDS, file, spec)
    stated = {own: _READERS.get(field, _plain)(record[field]) for field, own in FIELDS.items()}
    order, proclamation = stated.pop("order_number"), stated.pop("proclamation_number")
    noted = [stated.pop("order_dispositions"), stated["dispositions"]]
    return {
        **stated,
        "presidential_number": stated["presidential_number"] or order or proclamation,
        "dispositions": "; ".join(dict.fromkeys("; ".join(filter(None, noted)).split("; "))) or None,
    }


def _linked(value: Any) -> str | None:
    """Numbers of the documents one or several addresses of the API lead to."""
    return _plain(_LINKED.findall(_plain(value) or ""))


def _parts(value: Any) -> str | None:
    """Parts of the Code of Federal Regulations, as 15 CFR 744."""
    return _plain([f"{one['title']} CFR {one['part']}" for one in value or () if one.get("part")])


def _dispositions(value: Any) -> str | None:
    """A relation and an act each, as "amended by EO 14318"; the words around them are left."""
    return _plain(
        [
            f"{relation.lower()} {'EO' if kind[0] == 'E' else 'Proc'} {number}"
            for relation, acts in _DISPOSITION.findall(str(value or "").replace("\r", "\n"))
            for kind, number in _ACT.findall(acts)
        ]
    )


_READERS: dict[str, Callable[[Any], str | None]] = {
    "correction_of": _linked,
    "corrections": _linked,
    "cfr_references": _parts,
    "executive_order_notes": _dispositions,
    "disposition_notes": _dispositions,
}


def _refuse_unknown(fields: set[str], used: dict[str, str], file: DeliveredFile, spec: SourceSpec) -> None:
    unknown, missing = fields - set(used) - set(spec.ignored_fields), set(used) - fields
    if unknown or missing:
        rows = [f"unknown: {sorted(unknown)}", f"missing: {sorted(missing)}"]
        action = "Find out what changed; use the field or name it in ignored_fields."
        raise refuse(file, SOURCE, "unknown_field", "The fields are not the known ones.", action, rows=rows)


def _plain(value: Any) -> str | None:
    """A value as text: lists joined "; ", an agency by its slug (or name where it has none), a president by name."""
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(filter(None, (_plain(one) for one in value)))) or None
    if isinstance(value, dict):
        return _plain(value.get("slug") or value.get("name") or value.get("raw_name"))
    text = "" if value is None else " ".join(str(value).split())
    return None if text in ("", _NO_ABSTRACT) else text


def _is_of_interest(record: dict[str, str | None]) -> bool:
    agencies = (record["agency_codes"] or "").split("; ")
    return record["document_type"] == PRESIDENTIAL or any(agency in AGENCIES for agency in agencies)


def _typed(frame: pl.DataFrame, file: DeliveredFile) -> pl.DataFrame:
    """Dates and numbers of a frame of text. Raises LandingError(rule="bad_cell") where one is not of its form."""
    dates = [name for name in _DATES if name in frame.columns]
    numbers = [name for name in ("volume", "start_page", "end_page") if name in frame.columns]
    marks = [name for name in ("is_significant",) if name in frame.columns]
    text = frame.with_columns(pl.all().cast(pl.String))
    typed = text.with_columns(
        *(pl.col(name).str.to_date("%Y-%m-%d", strict=False) for name in dates),
        *(pl.col(name).cast(pl.Int32, strict=False) for name in numbers),
        *(pl.col(name).replace_strict(_MARKS, default=None) for name in marks),
    )
    lost = [name for name in (*dates, *numbers, *marks) if typed[name].null_count() != text[name].null_count()]
    if lost or text["document_number"].null_count():
        what = f"Values of {lost or ['document_number']} are not of their form."
        raise refuse(file, SOURCE, "bad_cell", what, "Look at the records in the file.")
    return typed
