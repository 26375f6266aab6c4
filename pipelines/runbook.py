"""docs/runbook, written from the code and the suites: all that can stop a run, and what to do (`make docs`).

Belongs here: reading errors where they are raised, and rules where they are kept. Does not belong here: words of its
own on what to do; those stand where the error is raised, and a person reads them there first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.files import read_json
from pipelines.gates import EXPECTATIONS
from pipelines.settings import PROJECT_ROOT

CODE = ("pipelines", "dashboard")
ROOT_ERROR = "StatecraftError"
#: Stands for what only the moment knows: a name, a number, a file.
UNKNOWN = "…"
#: Exit codes are those of cli/__init__.py.
HEADING = """\
# Run-book

Every error says what is wrong and what to do; this is all of them, to be searched. Whatever fails, the last release
stands: readers see it until a new one has passed both gates. `statecraft status` says what failed last, with source,
file, rule and rows; `docs/operations.md` who is told, and how to go back to an earlier release.

| exit code | means | first look |
|---|---|---|
| 0 | done, or nothing new | |
| 1 | a gate refused, or a step failed | `statecraft status`; the words below, or the rule in [gates.md](gates.md) |
| 2 | wrong usage | `statecraft COMMAND --help` |
| 3 | another refresh holds the warehouse | wait for the process it names, or stop it; the next repairs what it left |
| 4 | a publisher could not be reached, or said no | its page in `docs/sources/`; the next tick asks again |
| 5 | there is no release yet | `statecraft refresh` |
| 6 | a query was refused or failed | the words; `provenance.column_dictionary` names tables and columns |

What a publisher's files can be refused for, source by source: `docs/sources/`, under "When something trips".
"""


@dataclass(frozen=True, order=True)
class Raised:
    """An error as the code words it; … stands for what only the moment knows."""

    file: str
    kind: str
    what: str
    action: str


def error_kinds(trees: dict[str, ast.Module]) -> set[str]:
    """Names of StatecraftError and of every class made from it."""
    made_from = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {ROOT_ERROR}
    while more := {name for name, bases in made_from.items() if bases & found} - found:
        found |= more
    return found


def raised() -> list[Raised]:
    """Every error worded in the code, by the file that words it."""
    trees = {
        path.relative_to(PROJECT_ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for folder in CODE
        for path in sorted((PROJECT_ROOT / folder).rglob("*.py"))
    }
    kinds = error_kinds(trees)
    return sorted({one for name, tree in trees.items() for one in _raised_in(name, tree, kinds)})


def _raised_in(file: str, tree: ast.Module, kinds: set[str]) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds and node.args:
            what, *action = (_words(argument) for argument in node.args[:2])
            if what.replace(UNKNOWN, "").strip(" .:"):  # else it only carries another's words
                yield Raised(file, node.func.id, what, "".join(action))


def _words(node: ast.expr) -> str:
    """A text as far as the code fixes it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) if isinstance(part, ast.Constant) else UNKNOWN for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _words(node.left) + _words(node.right)
    return UNKNOWN


def pages() -> dict[Path, str]:
    """The run-book's pages, by their path below docs/."""
    from pipelines import limits  # noqa: PLC0415 (it looks at rooms that need this one)

    found = {"README.md": _errors_page(), "gates.md": _gates_page(), "limits.md": limits.page()}
    return {Path("runbook") / name: page for name, page in found.items()}


def _errors_page() -> str:
    parts, room = [HEADING], ""
    for one in sorted(raised(), key=lambda error: (_room(error.file), error)):
        own = _room(one.file)
        if own != room:
            room = own
            parts.append(f"\n## {room}\n\n| what it says | what to do | kind | worded in |\n|---|---|---|---|")
        action = _cell(one.action) or "the words say it"
        parts.append(f"| {_cell(one.what)} | {action} | {one.kind} | `{one.file}` |")
    return "\n".join(parts) + "\n"


def _room(file: str) -> str:
    """The folder an error comes from: a source, another folder of the pipeline, or the pipeline itself."""
    parts = Path(file).parts
    depth = 3 if parts[:2] == ("pipelines", "sources") and len(parts) > 3 else 2
    return "/".join(parts[: min(depth, len(parts) - 1)])


def _gates_page() -> str:
    parts = [
        "# Rules of the gates\n",
        "A rule that is critical stops what it judges: an edition at the landing gate, a candidate at the release gate."
        " `provenance.gate_results` holds what each observed.",
    ]
    for gate in ("landing", "release"):
        for path in sorted((EXPECTATIONS / gate).glob("*.json")):
            parts.append(f"\n## {gate}: {path.stem}\n\n| rule | what to do | stops |\n|---|---|---|")
            for rule in read_json(path)["expectations"]:
                stops = "yes" if rule["severity"] == "critical" else "no"
                parts.append(f"| {rule['meta']['rule']} | {_cell(rule['meta']['action'])} | {stops} |")
    return "\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
