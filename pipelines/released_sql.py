"""The macros and views of the released file, from released/: SQL that works things out when asked, over its tables.

Belongs here: reading and rendering those files. Does not belong here: putting them into a file (release_tables.py).

A file begins with what it makes, `-- Macro: core.tariff_on(day, known_on := current_date)` or `-- View: core.fct_x`,
then says what it is. A view's columns are described in the YAML file beside it. Two-part names only: three-part names
fail in readers older than DuckDB 2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.files import sql_name, sql_text
from pipelines.lineage import Column
from pipelines.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "released"
_FIRST_LINE = re.compile(r"-- (?P<kind>Macro|View): (?P<schema>\w+)\.(?P<name>\w+)(?P<signature>\(.*\))?$")


@dataclass(frozen=True)
class Released:
    """One macro or view. columns: of a view, as described."""

    kind: str
    schema: str
    name: str
    signature: str
    description: str
    sql: str
    columns: list[Column]

    @property
    def qualified(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def reads(self) -> set[str]:
        """Released tables it is worked out from."""
        return set(re.findall(r"\b(?:core|policy_events|trade_impact|provenance)\.\w+", self.sql))

    def statements(self) -> list[str]:
        """What makes it, in the database in use."""
        if self.kind == "Macro":
            return [
                f"create macro {self.qualified}{self.signature} as table {self.sql}",
                f"comment on macro table {self.qualified} is {sql_text(self.description)}",
            ]
        comments = [
            f"comment on column {self.qualified}.{sql_name(c.name)} is {sql_text(c.comment)}" for c in self.columns
        ]
        described = f"comment on view {self.qualified} is {sql_text(self.description)}"
        return [f"create view {self.qualified} as {self.sql}", described, *comments]


@cache
def released() -> tuple[Released, ...]:
    """Every macro and view; views first, in the order of their names."""
    environment = Environment(
        loader=FileSystemLoader([FOLDER, PROJECT_ROOT / "macros"]), undefined=StrictUndefined, autoescape=False
    )
    law = environment.get_template("tariff_cell.sql").module
    environment.globals["law"] = law
    environment.globals["cells"] = environment.get_template("cells.jinja").make_module({"law": law})
    found = [_read(environment, path) for path in sorted(FOLDER.glob("*.sql"))]
    return tuple(sorted(found, key=lambda r: (r.kind != "View", r.qualified)))


def _read(environment: Environment, path: Path) -> Released:
    text = path.read_text(encoding="utf-8")
    first = _FIRST_LINE.match(text.splitlines()[0])
    if first is None or path.stem != f"{first['schema']}.{first['name']}":
        raise ValueError(f"{path.name} does not begin with what it makes.")
    comments, _, _ = text.partition("\n\n")
    description = " ".join(line.removeprefix("--").strip() for line in comments.splitlines()[1:])
    rendered = environment.get_template(path.name).render()
    sql = "\n".join(line for line in rendered.splitlines() if not line.startswith("--")).strip()
    described = path.with_suffix(".yml")
    columns = yaml.safe_load(described.read_text(encoding="utf-8")) if described.exists() else {}
    return Released(
        first["kind"], first["schema"], first["name"], first["signature"] or "", description, sql, _columns(columns)
    )


def _columns(described: dict[str, dict[str, str]]) -> list[Column]:
    return [
        Column(name, c["data_type"], " ".join(c["description"].split()), c.get("unit", ""), c["source_columns"])
        for name, c in described.items()
    ]
