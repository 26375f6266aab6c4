"""docs/runbook, written from the code and the suites: all that can stop a run, and what to do (`make docs`).

Belongs here: the pages. Does not belong here: reading the code (raised.py); words of its own on what to do, which stand
where an error is raised, and a person reads them there first; but for what the service says without an error of ours.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.files import read_json
from pipelines.gates import EXPECTATIONS
from pipelines.raised import Raised, kinds, raised

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
| 4 | a publisher could not be reached, or said no | `docs/sources/`; only one not reached is asked again by itself |
| 5 | there is no release yet | `statecraft refresh` |
| 6 | a query was refused or failed | the words; `provenance.column_dictionary` names tables and columns |
| 7 | the disk is full or may not be written | the words name it; `docs/operations.md`, "When something breaks" |

What a publisher's files can be refused for, source by source: `docs/sources/`, under "When something trips".
"""


#: What no error of ours is worded for, and is said all the same: where -> (words, what to do).
SERVICE = (
    ("a process ended (exit …); starting it again in … s. Its words: …", "service/supervisor.py",
     "Nothing, if it stays at one. If it comes again and again, read the log it names: a port that is taken, memory"
     " that ran out (exit SIGKILL), a folder that may not be written."),
    ("The process was stopped; the next run repairs what it left.", "service/watch.py",
     "Nothing: the run is asked for again. If it comes again, see whether memory ran out (STATECRAFT_MEMORY_LIMIT)."),
    ("It is asked for again at … (… of …).", "service/again.py",
     "Nothing before the last of them; then see whether the publisher's page is up, and `docs/sources/`."),
    ("The newest vintage held is …, … days old; …", "freshness.py",
     "Ask its publisher (the words name the command); if it truly said nothing, nothing."),
    ("The alert could not be sent by … (…).", "service/alerts.py",
     "Check STATECRAFT_SMTP or STATECRAFT_ALERT_WEBHOOK; `statecraft status` has what it would have said."),
    ("transform: a test of a model failed (its name: what is tested, the table, the columns)", "transform.py",
     "The test's name says what does not hold. Withdraw the vintage that brought it (`statecraft withdraw`), or mend"
     " the model; the next refresh tests it again."),
    ("transform: a model could not be built (dbt's own words)", "transform.py",
     "Out of memory: raise STATECRAFT_MEMORY_LIMIT or lower STATECRAFT_THREADS. Anything else: report the words."),
    ("…  … changed, … missing, … unknown (a release's files)", "cli/verify.py",
     "Point readers at a sound release (`statecraft releases --roll-back BUILD`), remove the other, refresh."),
)  # fmt: skip


def pages() -> dict[Path, str]:
    """The run-book's pages, by their path below docs/."""
    from pipelines import limits  # noqa: PLC0415 (it looks at rooms that need this one)

    found = {"README.md": _errors_page(), "gates.md": _gates_page(), "limits.md": limits.page()}
    return {Path("runbook") / name: page for name, page in found.items()}


def _errors_page() -> str:
    parts = [HEADING, "## What the service says\n", "| what it says | what to do | said in |", "|---|---|---|"]
    parts += [f"| {_cell(words)} | {_cell(action)} | `{where}` |" for words, where, action in SERVICE]
    parts += ["\n## Kinds of errors\n", "| kind | means | declared in |", "|---|---|---|"]
    parts += [f"| {kind.name} | {_cell(kind.means)} | `{kind.file}` |" for kind in kinds()]
    room = ""
    for one in sorted(raised(), key=lambda error: (_room(error.file), error)):
        own = _room(one.file)
        if own != room:
            room = own
            parts.append(f"\n## {room}\n\n| what it says | what to do | kind | worded in |\n|---|---|---|---|")
        kind = f"{one.kind}, rule {one.rule}" if one.rule else one.kind
        parts.append(f"| {_cell(one.what)} | {_action(one)} | {kind} | `{one.file}` |")
    return "\n".join(parts) + "\n"


def _action(one: Raised) -> str:
    """What to do; where the code does not fix it, where that is written down."""
    if one.action:
        return _cell(one.action)
    return f"rule {one.rule} in `docs/sources/`" if one.rule else "the words say it"


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
