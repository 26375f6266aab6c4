"""docs/reliability.md: what was tried on a service left to itself, and the figures.

Belongs here: how those figures are told. Does not belong here: measuring (month.py, faults.py, load.py,
dashboard_load.py, kills.py).
"""

from __future__ import annotations

from typing import Any

from pipelines.files import read_json, replace_file
from pipelines.settings import PROJECT_ROOT
from tests.unit.sandbox.attempts import ATTEMPTS

PAGE = PROJECT_ROOT / "docs" / "reliability.md"
RESULTS = PROJECT_ROOT / "benchmarks" / "results.json"
#: Its benchmarks, in the order of the page, and what each is about.
SECTIONS = {
    "month": "A month of publishers that misbehave",
    "faults": "Faults",
    "kill_whole_pack": "Kills",
    "readers_20": "Readers while refreshes publish",
    "dashboard_10": "The dashboard while a refresh publishes",
}
NOT_YET = "Not measured yet: `make reliability`."
_HEAD = """\
<!-- Written by `make reliability`; edit benchmarks/reliability.py, not this. -->

# Reliability

What was tried on a warehouse left to itself, what had to happen, and what did. `make reliability` tries all of it again
and writes this page; CI tries the same faults on the small world (`make test`) and a week of the month
(`make test-rehearsal`).
[operations.md](operations.md) says how to run the service, [security.md](security.md) what it is protected from.
"""


def write_page(measured: dict[str, dict[str, Any]]) -> None:
    """Write the page from what results.json holds."""
    replace_file(PAGE, page(measured).encode())


def page(measured: dict[str, dict[str, Any]]) -> str:
    """The page over these results, by the name of their benchmark."""
    parts = [_HEAD]
    for name, title in SECTIONS.items():
        parts.append(_section(title, measured[name]) if name in measured else f"## {title}\n\n{NOT_YET}\n")
    parts.append(
        "## SQL of strangers\n\n"
        f"{len(ATTEMPTS)} attempts to get out of the sandbox of `statecraft sql` are held against it in every run of"
        " the tests; none may read or write anything but the release ([security.md](security.md)).\n"
    )
    return "\n".join(parts)


def _section(title: str, result: dict[str, Any]) -> str:
    lines = [f"## {title}", "", result["compares"], ""]
    lines += ["| what | s | against | had to be | was | |", "|---|--:|---|---|---|---|"]
    lines += [_line(row) for row in result["rows"]]
    machine = result["machine"]
    told = f"{machine['cores']} cores, {machine['memory']} of memory, {machine['system']}, Python {machine['Python']}"
    return "\n".join([*lines, "", f"Measured on {result['measured_on']}; {told}.", ""])


def _line(row: dict[str, Any]) -> str:
    seconds = "" if row["seconds"] is None else f"{row['seconds']:,.2f}"
    met = {True: "yes", False: "**no**", None: ""}[row["met"]]
    cells = [row["what"], seconds, row["against"], row["target"], met, row["note"]]
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


if __name__ == "__main__":
    write_page(read_json(RESULTS)["benchmarks"])
