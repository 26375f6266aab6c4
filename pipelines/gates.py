"""The two doors: Great Expectations suites judged on what is about to be let in, or out.

Belongs here: reading suites, and having them judged over a DuckDB file. Does not belong here: how Great Expectations is
called (judging.py), the rules (expectations/), and what happens to what fails (landing_gate.py, release.py).

Great Expectations takes seconds to import, so a process of its own does that beside other work, and judges on request.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.errors import StatecraftError
from pipelines.settings import PROJECT_ROOT, load_settings, named_folder

#: The suites that ship with the project.
EXPECTATIONS = PROJECT_ROOT / "expectations"
ROWS_SHOWN = 5
#: The process that judges, once started.
_judging: list[subprocess.Popen[str]] = []


@dataclass(frozen=True)
class RuleResult:
    """What one rule of one suite saw. critical rules refuse; others warn."""

    gate: str
    table_name: str
    rule: str
    passed: bool
    critical: bool
    observed: str
    bound: str
    action: str = ""
    rows: list[Any] = field(default_factory=list)
    vintages: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """One readable line: rule, what was seen, rows, what to do."""
        seen = f"{self.table_name}: rule {self.rule}: saw {self.observed}, wanted {self.bound}."
        shown = f" Rows: {'; '.join(str(row) for row in self.rows)}." if self.rows else ""
        return f"{seen}{shown} {self.action}".strip()


def expectations() -> Path:
    """The folder of suites: $STATECRAFT_EXPECTATIONS, else those that ship with the project."""
    return named_folder("STATECRAFT_EXPECTATIONS") or EXPECTATIONS


def suite_path(gate: str, table: str) -> Path:
    """<folder of suites>/<gate>/<table>.json"""
    return expectations() / gate / f"{table}.json"


def read_suite(gate: str, table: str) -> dict[str, Any]:
    """The suite as written. Raises StatecraftError if a guarded table has none: a missing gate must not pass."""
    path = suite_path(gate, table)
    if not path.exists():
        raise StatecraftError(f"{table} has no {gate} suite.", f"Write {gate}/{path.name} in {expectations().name}/.")
    suite: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return suite


def warm_up() -> None:
    """Start the process that judges: a judgement is coming, and it has much to import."""
    if not _judging or _judging[0].poll() is not None:
        _judging[:] = [
            subprocess.Popen(
                [sys.executable, "-m", "pipelines.judging"],
                stdin=subprocess.PIPE,  # it ends when our end of this closes, however we end
                stdout=subprocess.PIPE,
                text=True,
                cwd=PROJECT_ROOT,
                start_new_session=True,  # Ctrl-C is for us
            )
        ]


def judge(
    gate: str, table: str, database: Path, suites: list[tuple[str, str | None, dict[str, Any]]]
) -> list[RuleResult]:
    """Judge relations of a DuckDB file that no one has open for writing.

    suites: (relation, schema or None, suite). table: how results are named when the relation is a gate's own view
    ("" = by schema and relation). A rule that cannot be evaluated counts as failed. Of a rule written in SQL that did
    not pass, a few rows are shown, and the vintages they lie in where it names them. Raises StatecraftError when the
    judge itself fails.
    """
    settings = load_settings()
    limits = {
        "memory_limit": settings.memory_limit,
        "threads": str(settings.threads),
        "temp_directory": str(settings.temp),
    }
    request = {"gate": gate, "table": table, "database": str(database), "suites": suites, "limits": limits}
    warm_up()
    process = _judging[0]
    assert process.stdin and process.stdout
    try:
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
    except BrokenPipeError:
        line = ""
    answer = json.loads(line) if line else {"error": f"its process ended with {process.wait()}"}
    if "error" in answer:
        raise StatecraftError(
            f"The {gate} gate could not judge {table or database.name}: {answer['error']}", "Report it."
        )
    return [RuleResult(**result) for result in answer["results"]]
