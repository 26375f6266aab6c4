"""results.json and results.md: the figures, and the machine they were measured on.

Belongs here: how a result is written down. Does not belong here: measuring.
"""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import reliability
from pipelines.files import read_json, replace_file, write_json

FOLDER = Path(__file__).parent
README = FOLDER.parent / "README.md"
TABLE_BEGINS, TABLE_ENDS = "<!-- written by `make bench` -->", "<!-- end of what `make bench` writes -->"
_ENGINES = ("duckdb", "polars", "dbt-core", "dbt-duckdb", "dagster", "great-expectations")


class LeftOutError(Exception):
    """A benchmark cannot run here; says what it needs."""


@dataclass(frozen=True)
class Row:
    """One measured thing.

    against: what it is compared with.  ratio: measured over compared.  target: in words; met: None where there is none.
    """

    what: str
    seconds: float | None = None
    peak_mb: float | None = None
    against: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class Result:
    """What one benchmark measured. steps: seconds per step, from the refresh's own lines."""

    rows: list[Row]
    steps: dict[str, float] = field(default_factory=dict)


def machine() -> dict[str, str]:
    """The machine in general words: nothing that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{memory / 1e9:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in _ENGINES},
    }


def keep(name: str, compares: str, result: Result, load: tuple[float, float]) -> Path:
    """Put a result in place of the earlier one of that name, and write both files. Returns the readable one.

    compares: what is compared with what.  load: load averages before and after.
    """
    path = FOLDER / "results.json"
    document: dict[str, Any] = read_json(path) if path.exists() else {"benchmarks": {}}
    facts = {"compares": compares, "load": load, "measured_on": datetime.now(UTC).date(), "machine": machine()}
    document["benchmarks"][name] = {**facts, **asdict(result)}
    write_json(path, document)
    measured = read_json(path)["benchmarks"]
    replace_file(FOLDER / "results.md", _page(measured).encode())
    readme = README.read_text(encoding="utf-8")
    begin, end = readme.index(TABLE_BEGINS) + len(TABLE_BEGINS), readme.index(TABLE_ENDS)
    reliability.write_page(measured)
    replace_file(README, f"{readme[:begin]}\n{headline(measured)}{readme[end:]}".encode())
    return FOLDER / "results.md"


def headline(benchmarks: dict[str, dict[str, Any]]) -> str:
    """The table of README.md: what has a target, and the machine it was measured on."""
    lines = ["| | measured | peak memory | against | target |", "|---|--:|--:|---|---|"]
    for name, result in benchmarks.items():
        for row in result["rows"]:
            if row["target"] and name not in reliability.SECTIONS:
                ratio = f"{row['ratio']:.2f} x {row['against']}" if row["ratio"] is not None else row["against"]
                peak = f"{row['peak_mb']:,.0f} MB" if row["peak_mb"] is not None else ""
                lines.append(f"| {row['what']} | {row['seconds']:.1f} s | {peak} | {ratio} | {row['target']} |")
    told = {
        f"{m['cores']} cores, {m['memory']} of memory, {m['system']}, Python {m['Python']}"
        for m in _machines(benchmarks)
    }
    return "\n".join([*lines, "", f"Measured on {'; '.join(sorted(told))}."]) + "\n"


def _machines(benchmarks: dict[str, dict[str, Any]]) -> list[dict[str, str]]:
    machines: list[dict[str, str]] = []
    for result in benchmarks.values():
        if result["machine"] not in machines:
            machines.append(result["machine"])
    return machines


def _page(benchmarks: dict[str, dict[str, Any]]) -> str:
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; do not edit. Each benchmark runs in processes of its own.",
        "",
    ]
    lines += [f"Machine: {', '.join(f'{k} {v}' for k, v in each.items())}." for each in _machines(benchmarks)]
    lines += ["", "MB are millions of bytes; peak memory is that of the whole process tree.", ""]
    lines += ["| | s | peak MB | ratio | against | target | met |", "|---|--:|--:|--:|---|---|---|"]
    for name, result in benchmarks.items():
        lines += [_line(name, row) for row in result["rows"]]
    for name, result in benchmarks.items():
        before, after = result["load"]
        lines += ["", f"## {name}", "", result["compares"], ""]
        lines += [f"Measured on {result['measured_on']}; load average {before:.1f} before, {after:.1f} after."]
        lines += [f"- {row['what']}: {row['note']}" for row in result["rows"] if row["note"]]
        if result["steps"]:
            steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in result["steps"].items())
            lines += ["", f"Seconds per step: {steps}."]
    return "\n".join(lines) + "\n"


def _line(name: str, row: dict[str, Any]) -> str:
    met = {True: "yes", False: "no", None: ""}[row["met"]]
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.2f}"
    cells = [f"{name}: {row['what']}", _number(row["seconds"], 2), _number(row["peak_mb"], 0), ratio]
    return f"| {' | '.join([*cells, row['against'], row['target'], met])} |"


def _number(value: float | None, places: int) -> str:
    return "" if value is None else f"{value:,.{places}f}"
