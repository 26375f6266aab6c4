"""The publishers' endpoints, in their own formats, around small hand-made content.

Belongs here: how each publisher answers (shapes, predicates, addresses), so that a test only states rows.
Does not belong here: the rows (each test makes its own), faults (misbehaviour.py).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pipelines.sources.federal_register.documents import FIELDS as FEDERAL_REGISTER_FIELDS
from tests.faults.publisher import Asked, Publisher, Reply, strong_tag

Row = dict[str, str]
#: Query parameters of the Census API that are not predicates.
_NOT_PREDICATES = ("get", "key")
SCREENING_LIST_PATH = "/downloadable_consolidated_screening_list/v1/consolidated.json"
ENTITY_LIST_HEADINGS = (
    "Country",
    "Entity",
    "License requirement",
    "License review policy",
    "Federal Register citation",
)


def census_api(publisher: Publisher, path: str, rows: Sequence[Row], *, needs_key: str = "") -> str:
    """Serve `rows` (every variable of every row, as text) as an API dataset; returns its address.

    The answer is an array of arrays, header first: the variables of `get`, then every predicate, so that a variable
    asked for and conditioned on comes twice. No rows, or commodities joined with commas: 204. An unknown variable: 400.
    Where neither CTY_CODE nor CTY_NAME is mentioned, only the rows of the world ("-") answer.
    needs_key: the only key that is let in; anyone else is shown a page.
    """
    known = set().union(*rows)

    def answer(asked: Asked) -> Reply:
        if needs_key and asked.first("key") != needs_key:
            page = "<html><head><title>No valid key</title></head><body>Every call needs a valid key.</body></html>"
            return Reply(page.encode(), content_type="text/html")
        predicates = {name: values[0] for name, values in asked.params.items() if name not in _NOT_PREDICATES}
        header = [*asked.first("get").split(","), *predicates]
        unknown = [name for name in header if name not in known]
        if unknown:
            return Reply(f"error: unknown variable {unknown[0]!r}".encode(), 400, "text/plain")
        # Without a word about the partner, the answer is about the world.
        places = {"CTY_CODE", "CTY_NAME"} & {*header}
        found = [row for row in rows if all(_meets(row[name], wanted) for name, wanted in predicates.items())]
        found = [row for row in found if places or row.get("CTY_CODE", "-") == "-"]
        if not found:
            return Reply(status=204)
        # The API breaks the line after every row.
        lines = ",\n".join(json.dumps(line) for line in [header, *([row[name] for name in header] for row in found)])
        return Reply(f"[{lines}]".encode())

    publisher.register(path, answer)
    return publisher.url(path)


def bulk_site(publisher: Publisher, months: dict[str, bytes]) -> dict[str, str]:
    """Serve monthly bulk files of imports ("2025-07" -> its archive); returns endpoints as in source.yml.

    A month that is not out, or no longer there, answers 404.
    """
    for month, content in months.items():
        publisher.register(
            f"/trade/downloads/{month[:4]}/Merch/im_m/IMDB{month[2:4]}{month[5:]}.ZIP", content, "application/zip"
        )
    return {"bulk": publisher.url("/trade/downloads/{year}/Merch/im_m/IMDB{yymm}.ZIP")}


def _meets(value: str, wanted: str) -> bool:
    """A predicate: a value, a beginning ("84*"), or a stretch of months ("from 2025-01 to 2025-03")."""
    stretch = re.fullmatch(r"from (\S+) to (\S+)", wanted)
    if stretch:
        return stretch[1] <= value <= stretch[2]
    return value.startswith(wanted[:-1]) if wanted.endswith("*") else value == wanted


def hts_site(
    publisher: Publisher, releases: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]], current: str = ""
) -> dict[str, str]:
    """Serve the release list, the name of the current release, and its export; returns endpoints as in source.yml.

    The export is of the current release only, and takes FORMAT=JSON; `from` and `to` bound the headings, by their first
    four digits (unnumbered rows go with the row after them).
    """
    name = current or str(releases[0]["name"])
    described = next(release for release in releases if release["name"] == name)
    named = {"name": name, "description": described.get("description", name), "title": described.get("title", name)}

    def export(asked: Asked) -> Reply:
        if asked.first("format").upper() != "JSON":
            return Reply(b"<html><body>Choose a format.</body></html>", 400, "text/html")
        first, last = asked.first("from"), asked.first("to")
        return Reply(json.dumps([line for line in lines if first <= _heading(line, lines) <= last]).encode())

    publisher.register("/reststop/releaseList", json.dumps(list(releases)))
    publisher.register("/reststop/currentRelease", json.dumps(named))
    publisher.register("/reststop/exportList", export)
    archive = publisher.url("/sites/default/files/tata/hts/hts_{year}_")
    return {
        "release_list": publisher.url("/reststop/releaseList"),
        "current_release": publisher.url("/reststop/currentRelease"),
        "export": publisher.url("/reststop/exportList"),
        "archived_revision": archive + "revision_{number}_json.json",
        "archived_basic_edition": archive + "basic_edition_json.json",
    }


def _heading(line: dict[str, Any], lines: Sequence[dict[str, Any]]) -> str:
    below = lines[lines.index(line) :]
    numbered = next((later["htsno"] for later in below if later["htsno"]), "9999")
    return str(numbered)[:4]


def hts_line(htsno: str, indent: int, description: str, **printed: Any) -> dict[str, Any]:
    """One row of the export with its twelve keys; `superior` follows from the number."""
    blank: dict[str, Any] = {"units": [], "general": "", "special": "", "other": "", "footnotes": [] if htsno else None}
    none = {"quotaQuantity": None, "additionalDuties": None, "addiitionalDuties": None}
    superior = None if htsno else "true"
    row = {"htsno": htsno, "indent": str(indent), "description": description, "superior": superior}
    return {**row, **blank, **none, **printed}


def ecfr_site(
    publisher: Publisher, day: str, entries: Sequence[Sequence[str]], past: Sequence[str] = ()
) -> dict[str, str]:
    """Serve titles.json, complete until `day`, and part 744 of that day; returns endpoints as in source.yml.

    entries: five cells each, as printed; a blank country is the one above. Any other day, and "current", is refused.
    past: earlier days on which the list changed; it is served as of them too. A section changed on the first of each.
    """
    titles = [_title(14, "Aeronautics and Space", day), _title(15, "Commerce and Foreign Trade", day)]
    part = part_744(entries)

    def full(asked: Asked) -> Reply:
        if asked.path.split("/")[-2] not in (day, *past):
            return Reply(b'{"error": "no content for that date"}', 404)
        whole = asked.first("part") == "744"
        return Reply(part if whole else b"<DIV1/>", content_type="application/xml")

    publisher.register("/api/versioner/v1/titles.json", json.dumps({"titles": titles, "meta": {"date": day}}))
    publisher.register("/api/versioner/v1/full/*/title-15.xml", full)
    pieces = [{"issue_date": one, "identifier": "Supplement No. 4 to Part 744", "type": "appendix"} for one in past]
    pieces += [{"issue_date": f"{one[:-2]}01", "identifier": "744.11", "type": "section"} for one in past]

    def versions(asked: Asked) -> Reply:
        first, last = asked.first("issue_date[gte]"), asked.first("issue_date[lte]")
        found = [piece for piece in pieces if first <= piece["issue_date"] <= last]
        return Reply(json.dumps({"content_versions": found, "meta": {"result_count": len(found)}}).encode())

    publisher.register("/api/versioner/v1/versions/title-15.json", versions)
    return {
        "titles": publisher.url("/api/versioner/v1/titles.json"),
        "part": publisher.url("/api/versioner/v1/full/{date}/title-15.xml"),
        "versions": publisher.url("/api/versioner/v1/versions/title-15.json"),
    }


def _title(number: int, name: str, day: str) -> dict[str, Any]:
    dates = {"latest_amended_on": day, "latest_issue_date": day, "up_to_date_as_of": day}
    return {"number": number, "name": name, **dates, "reserved": False}


def part_744(entries: Sequence[Sequence[str]]) -> bytes:
    """Part 744 as XML with nothing in it but a section and Supplement No. 4, a table of five columns."""
    headings = "".join(f"<TH>{escape(heading)}</TH>" for heading in ENTITY_LIST_HEADINGS)
    rows = "".join("<TR>" + "".join(f"<TD>{escape(cell)}</TD>" for cell in entry) + "</TR>" for entry in entries)
    supplement = quoteattr("Supplement No. 4 to Part 744")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<DIV5 N="744" TYPE="PART"><HEAD>PART 744</HEAD>'
        '<DIV8 N="744.1" TYPE="SECTION"><HEAD>General provisions</HEAD><P>Text.</P></DIV8>'
        f'<DIV9 N={supplement} TYPE="APPENDIX"><HEAD>Entity List</HEAD><TABLE><THEAD><TR>{headings}</TR></THEAD>'
        f"<TBODY>{rows}</TBODY></TABLE></DIV9></DIV5>"
    ).encode()


def screening_list(
    publisher: Publisher, records: Sequence[dict[str, Any]], *, modified: str, made_at: str = ""
) -> dict[str, str]:
    """Serve the Consolidated Screening List as one file with validators and ranges; returns endpoints as in source.yml.

    modified: its Last-Modified, as an HTTP date.  made_at: the moment the file itself says it was made, if it says so.
    """
    said = {"search_performed_at": made_at} if made_at else {}
    body = json.dumps({**said, "results": list(records)}).encode()
    publisher.register(
        SCREENING_LIST_PATH, body, headers={"ETag": strong_tag(body), "Last-Modified": modified}, ranges=True
    )
    return {"screening_list": publisher.url(SCREENING_LIST_PATH)}


#: Endpoint of source.yml -> OFAC's path.
OFAC_PATHS = {
    "sdn": "/ofac/downloads/sdn.csv",
    "sdn_alternate_names": "/ofac/downloads/alt.csv",
    "sdn_addresses": "/ofac/downloads/add.csv",
    "consolidated": "/ofac/downloads/consolidated/cons_prim.csv",
    "consolidated_alternate_names": "/ofac/downloads/consolidated/cons_alt.csv",
    "consolidated_addresses": "/ofac/downloads/consolidated/cons_add.csv",
}
DENIED_PERSONS_PATH = "/dpl/dpl.txt"


def ofac_file(rows: Sequence[Sequence[str | int | None]]) -> bytes:
    """One of OFAC's files: numbers bare, text quoted, nothing as -0- and a blank, 0x1A at the end."""
    cells = [["-0- " if c is None else f'"{c}"' if isinstance(c, str) else str(c) for c in row] for row in rows]
    return ("".join(",".join(row) + "\r\n" for row in cells) + "\x1a").encode()


def ofac_site(publisher: Publisher, files: dict[str, bytes]) -> dict[str, str]:
    """Serve OFAC's six files with validators; returns endpoints as in source.yml."""
    for endpoint, path in OFAC_PATHS.items():
        publisher.register(path, files[endpoint], headers={"ETag": strong_tag(files[endpoint])})
    return {endpoint: publisher.url(path) for endpoint, path in OFAC_PATHS.items()}


def denied_persons(publisher: Publisher, header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Serve the Denied Persons List, every cell quoted, with a validator; returns endpoints as in source.yml."""
    lines = ["\t".join(f'"{cell}"' for cell in row) for row in (header, *rows)]
    body = "".join(line + "\n" for line in lines).encode()
    publisher.register(DENIED_PERSONS_PATH, body, headers={"ETag": strong_tag(body)})
    return {"list": publisher.url(DENIED_PERSONS_PATH)}


FEDERAL_REGISTER_IGNORED = (
    *("agency_names", "body_html_url", "cfr_references", "comment_url", "correction_of", "corrections", "docket_id"),
    *("dockets", "json_url", "page_views", "regulation_id_numbers", "toc_subject", "topics"),
)
FEDERAL_REGISTER_PATH = "/api/v1/documents.json"
#: Documents a page, whatever is asked for: a small world wants small pages.
DOCUMENTS_A_PAGE = 2
_TYPES = {"PRESDOCU": "Presidential Document", "RULE": "Rule", "NOTICE": "Notice", "PRORULE": "Proposed Rule"}


def federal_document(number: str, published_on: str, **stated: Any) -> dict[str, Any]:
    """One document of the API with every field there is; those not `stated` are as they are where nothing is said."""
    lists = ("agencies", "cfr_references", "corrections", "docket_ids", "dockets", "regulation_id_numbers", "topics")
    blank = dict.fromkeys((*FEDERAL_REGISTER_FIELDS, *FEDERAL_REGISTER_IGNORED), None)
    said = {"document_number": number, "publication_date": published_on, "title": f"Document {number}", "type": "Rule"}
    return {**blank, **{name: [] for name in lists}, **said, **stated}


def federal_register(
    publisher: Publisher, documents: Sequence[dict[str, Any]], *, a_page: int = DOCUMENTS_A_PAGE, most: int = 10_000
) -> dict[str, str]:
    """Serve the API's search: conditions on agency, type and day, the fields asked for, numbered pages.

    Of a question with more than `most` documents it counts and shows the first `most`.
    """

    def answer(asked: Asked) -> Reply:
        agency, kind = asked.first("conditions[agencies][]"), asked.first("conditions[type][]")
        since, until = (asked.first(f"conditions[publication_date][{end}]") for end in ("gte", "lte"))
        found = [
            document
            for document in documents
            if since <= document["publication_date"] <= until
            and (not kind or document["type"] == _TYPES[kind])
            and (not agency or agency in [one.get("slug") for one in document["agencies"]])
        ][:most]
        if not found:
            return Reply(json.dumps({"count": 0, "description": "No documents"}).encode())
        page, fields = int(asked.first("page")), asked.params["fields[]"]
        shown = found[(page - 1) * a_page : page * a_page]
        pages = -(-len(found) // a_page)
        body = {"count": len(found), "description": "Documents", "total_pages": pages}
        following = (
            {"next_page_url": f"https://www.federalregister.gov/api/v1/documents?page={page + 1}"}
            if page < pages
            else {}
        )
        results = [{name: document[name] for name in fields} for document in shown]
        return Reply(json.dumps({**body, **following, "results": results}).encode())

    publisher.register(FEDERAL_REGISTER_PATH, answer)
    return {"documents": publisher.url(FEDERAL_REGISTER_PATH)}


#: Part of a publish -> path of its file.
GOLDEN_COPY_PATHS = {
    part: f"/storage/golden-copy-files/2025/03/11/20250311-0000-gleif-goldencopy-{part}-golden-copy.csv.zip"
    for part in ("lei2", "rr", "repex")
}
PUBLISHES_PATH = "/api/v2/golden-copies/publishes"


def golden_copy(publisher: Publisher, day: str, files: dict[str, str]) -> dict[str, str]:
    """Serve GLEIF's newest publish: its list of files, and each part's CSV, zipped; returns endpoints as in source.yml.

    The files are stored in their ZIPs as they are, so that a test may change their bytes.
    """
    listed: dict[str, Any] = {"publish_date": f"{day} 00:00:00"}
    for part, path in GOLDEN_COPY_PATHS.items():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(f"{part}.csv"), files[part])
        publisher.register(path, packed.getvalue(), "application/zip")
        listed[part] = {"full_file": {"csv": {"url": publisher.url(path)}}}

    def newest(asked: Asked) -> Reply:
        return Reply(json.dumps({"data": [listed] if asked.first("per_page") == "1" else []}).encode())

    publisher.register(PUBLISHES_PATH, newest)
    return {"publishes": publisher.url(PUBLISHES_PATH)}
