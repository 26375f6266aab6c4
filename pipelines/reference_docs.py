"""docs/tables, docs/sources and docs/runbook, written from what models, sources and code declare: `make docs`.

Belongs here: turning what is declared once into pages a person reads. Does not belong here: facts of its own.
"""

from __future__ import annotations

from pathlib import Path

from pipelines import runbook
from pipelines.contract import SourceSpec, all_specs
from pipelines.lineage import MARTS, Lineage, Mart
from pipelines.manifest import prepare_manifest
from pipelines.settings import PROJECT_ROOT, load_settings

DOCS = PROJECT_ROOT / "docs"
GENERATED = "<!-- Written by `make docs` from {origin}; edit that, not this. -->\n"
SCHEMA_WORDS = {
    "core": "The one conformed model: dimensions, bridges, facts.",
    "policy_events": "What was done, by whom, to what, when, on which legal act.",
    "trade_impact": "What it touched, and what trade did.",
    "provenance": "Vintages, gate results, corrections, the column dictionary.",
}


def pages(lineage: Lineage, specs: dict[str, SourceSpec]) -> dict[Path, str]:
    """Every generated page, by its path below docs/."""
    found = {Path("tables") / f"{schema}.md": _schema_page(schema, lineage.marts) for schema in MARTS}
    found.update({Path("sources") / f"{name}.md": _source_page(spec) for name, spec in specs.items()})
    return found


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _schema_page(schema: str, marts: list[Mart]) -> str:
    lines = [GENERATED.format(origin="models/marts/**/*.yml"), f"# {schema}\n", f"{SCHEMA_WORDS[schema]}\n"]
    for mart in (m for m in marts if m.schema == schema):
        lines += [
            f"## {mart.qualified}\n",
            f"{mart.description}\n",
            f"A row is identified by {', '.join(mart.grain)}.\n",
        ]
        lines += ["| column | type | unit | description | from |", "|---|---|---|---|---|"]
        lines += [
            f"| {c.name} | {c.data_type} | {_cell(c.unit)} | {_cell(c.description)} | {_cell(c.source_columns)} |"
            for c in mart.columns
        ]
        lines.append("")
    return "\n".join(lines)


def _source_page(spec: SourceSpec) -> str:
    lines = [
        GENERATED.format(origin=f"pipelines/sources/{spec.name}/source.yml"),
        f"# {spec.title}\n",
        f"{spec.publisher}, <{spec.homepage}>. Licence: [{spec.licence}]({spec.licence_url}).",
        f"{spec.cadence.words}\n",
        f"Months past: {spec.backfill.words}\n",
    ]
    for name, thing in spec.things.items():
        scope = f"cells of {', '.join(thing.cell)}" if thing.cell else "the whole list"
        lines += [f"## raw_{spec.table(name)}\n", f"{thing.title}\n"]
        lines.append(f"Key: {', '.join(thing.key)}. A vintage covers {scope}.\n")
        carried = "".join(f", {c} ({t}, printed text, not compared)" for c, t in thing.carried.items())
        lines.append("Columns: " + ", ".join(f"{c} ({t})" for c, t in thing.columns.items()) + carried + ".\n")
    if spec.ignored_fields:
        lines += ["## Fields of the publisher that are not used\n"]
        lines += [f"- `{_cell(f)}`: {_cell(why)}" for f, why in spec.ignored_fields.items()] + [""]
    lines += ["## When something trips\n", "| rule or problem | what to do |", "|---|---|"]
    lines += [f"| {_cell(rule)} | {_cell(what)} |" for rule, what in spec.runbook.items()]
    return "\n".join(lines) + "\n"


def write() -> None:
    """Write every page."""
    for path, text in (pages(Lineage.read(prepare_manifest(load_settings())), all_specs()) | runbook.pages()).items():
        target = DOCS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
