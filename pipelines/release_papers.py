"""The papers of a release: a Frictionless data package, the checks it passed, and static documentation.

Belongs here: describing a release for people and other tools. Does not belong here: its tables (release_tables.py).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.build_record import Record
from pipelines.citation import Citation, project
from pipelines.contract import SourceSpec
from pipelines.dictionary.facts import dictionary
from pipelines.dictionary.page import PLACE, page
from pipelines.errors import StatecraftError
from pipelines.files import duck, one_row, read_json, replace_file, sql_name, write_json
from pipelines.gates import RuleResult
from pipelines.lineage import Column, Lineage, Mart
from pipelines.release_tables import DATABASE, ReleasedTable, parquet_path
from pipelines.settings import Settings

#: Where dbt's page expects its two documents.
_MANIFEST_HERE = '"MANIFEST.JSON INLINE DATA"'
_CATALOG_HERE = '"CATALOG.JSON INLINE DATA"'
#: Columns that name a row of another table, and that table, whose key they are.
REFERENCES = {
    "action_id": "core.dim_action",
    "assessment_id": "core.fct_assessment",
    "assumption_id": "provenance.assumptions",
    "entity_id": "core.dim_legal_entity",
    "partner_code": "core.dim_partner",
    "round_id": "core.dim_round",
    "rule_citation": "core.dim_list_rule",
    "scenario_id": "core.dim_scenario",
}
_FRICTIONLESS_TYPES = {
    "varchar": "string",
    "text": "string",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "double": "number",
    "integer": "integer",
    "int": "integer",
    "bigint": "integer",
    "smallint": "integer",
}


def data_package(
    citation: Citation,
    marts: list[Mart],
    tables: dict[str, ReleasedTable],
    keys: dict[str, list[dict[str, Any]]],
    specs: dict[str, SourceSpec],
    release: Path,
) -> dict[str, Any]:
    """Frictionless data package: a resource per Parquet file, fields with unit, keys, sources with licence.

    A resource's `bytes` are left out: the frictionless package counts none of a Parquet file, and takes them for wrong.
    """
    return {
        "profile": "data-package",
        "name": "statecraft",
        "id": citation.build_id,
        "version": project()["version"],
        "title": project()["title"],
        "description": citation.sentence,
        "keywords": project()["keywords"],
        "contributors": [{"title": author["name"], "role": "author"} for author in project()["authors"]],
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "licenses": [{"name": "Apache-2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}],
        "sources": [
            {
                "title": f"{s.publisher}: {s.title}",
                "path": s.homepage,
                "publisher": s.publisher,
                "licence": s.licence,
                "licence_url": s.licence_url,
            }
            for s in specs.values()
        ],
        "resources": [
            {
                "name": _resource(mart.qualified),
                "path": str(parquet_path(release, mart).relative_to(release)),
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "description": mart.description,
                "hash": f"sha256:{tables[mart.qualified].sha256}",
                "rows": tables[mart.qualified].rows,
                "schema": {
                    "fields": [_field(c) for c in mart.columns],
                    "primaryKey": mart.grain,
                    "foreignKeys": keys.get(mart.qualified, []),
                },
            }
            for mart in marts
        ],
    }


def _resource(table: str) -> str:
    return table.replace(".", "_")


def _field(column: Column) -> dict[str, Any]:
    kind = _FRICTIONLESS_TYPES[column.data_type.split("(")[0].lower()]
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if kind == "integer":  # the frictionless package reads NULL among whole numbers as "nan"
        field["missingValues"] = ["", "nan"]
    if column.source_columns:
        field["source"] = column.source_columns
    return {**field, "unit": column.unit} if column.unit else field


def foreign_keys(settings: Settings, marts: list[Mart], release: Path) -> dict[str, list[dict[str, Any]]]:
    """Per table, the columns each value of which is found in the table it is named after, in this very release.

    A column that may also say ALL is none.
    """
    held, found = {mart.qualified for mart in marts}, {}
    with duck(settings, str(release / DATABASE), read_only=True) as con:
        for mart in marts:
            keys = []
            for column in mart.columns:
                table = REFERENCES.get(column.name)
                if table is None or table == mart.qualified or table not in held:
                    continue
                name = sql_name(column.name)
                named = f"select {name} from {mart.qualified} where {name} is not null"
                if one_row(con, f"select count(*) from ({named} except select {name} from {table})")[0] == 0:
                    reference = {"resource": _resource(table), "fields": [column.name]}
                    keys.append({"fields": [column.name], "reference": reference})
            found[mart.qualified] = keys
    return found


def checks(settings: Settings, landing: list[dict[str, Any]], results: list[RuleResult]) -> dict[str, Any]:
    """Every check this release passed: both gates rule by rule, and dbt's tests, each when its model was last built."""
    kept = ("gate", "table_name", "rule", "passed", "observed", "bound")
    return {
        "landing_gate": [{k: r[k] for k in kept} for r in landing],
        "release_gate": [{k: getattr(r, k) for k in kept} for r in results],
        "dbt_tests": [{"test": k, "status": status} for k, status in sorted(Record.read(settings).tests.items())],
    }


def write_docs(manifest: dict[str, Any], marts: list[Mart], rows: dict[str, int], release: Path) -> None:
    """dbt's own documentation as one static page. `dbt docs generate --static` makes the same page, but starts dbt
    again for seconds and asks the work database for what the candidate already knows.
    """
    from dbt.task.docs import DOCS_INDEX_FILE_PATH  # noqa: PLC0415 (dbt takes seconds to import)

    page = Path(DOCS_INDEX_FILE_PATH).read_text(encoding="utf-8")
    catalog = {
        "nodes": {m.unique_id: _catalog_entry(m, rows[m.qualified]) for m in marts},
        "sources": {},
        "errors": None,
    }
    for placeholder, document in ((_MANIFEST_HERE, manifest), (_CATALOG_HERE, catalog)):
        if placeholder not in page:
            raise StatecraftError("dbt's documentation page has changed shape.", "Compare release_papers.py with dbt.")
        # "</" inside a script would end it early.
        page = page.replace(placeholder, json.dumps(document).replace("</", "<\\/"))
    replace_file(release / "docs" / "index.html", page.encode())


def write_dictionary(
    lineage: Lineage, rows: dict[str, int], specs: dict[str, SourceSpec], citation: Citation, release: Path
) -> None:
    """The data dictionary as one static page (dictionary/)."""
    replace_file(release / PLACE, page(dictionary(lineage, rows, specs), citation).encode())


def _catalog_entry(mart: Mart, rows: int) -> dict[str, Any]:
    columns = {
        c.name: {"type": c.data_type, "index": place, "name": c.name, "comment": c.description}
        for place, c in enumerate(mart.columns, start=1)
    }
    count = {"id": "num_rows", "label": "Rows", "value": rows, "include": True, "description": "Rows in this release"}
    named = {"type": "table", "schema": mart.schema, "name": mart.name, "database": "statecraft", "owner": None}
    has_stats = {"id": "has_stats", "label": "Has stats?", "value": True, "include": False, "description": ""}
    stats = {"num_rows": count, "has_stats": has_stats}
    metadata = {**named, "comment": mart.description}
    return {"metadata": metadata, "columns": columns, "stats": stats, "unique_id": mart.unique_id}


def write_papers(release: Path, **documents: dict[str, Any]) -> None:
    """Write documents as <name>.json."""
    for name, document in documents.items():
        write_json(release / f"{name}.json", document)


def read_paper(release: Path, name: str) -> dict[str, Any]:
    document: dict[str, Any] = read_json(release / f"{name}.json")
    return document
