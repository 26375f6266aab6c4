"""Every bound on what is taken in, asked and answered, gathered: docs/runbook/limits.md (`make docs`).

Belongs here: which bounds there are, and what they are for. Does not belong here: the bounds themselves; each stands
where it is kept, and a test trips it.
"""

from __future__ import annotations

import inspect
from typing import NamedTuple

from dashboard import asking, doorkeeping, release_reader
from pipelines import archive, own_limits, query, query_rules, strict_yaml
from pipelines.formats import workbook
from pipelines.http import Http, client
from pipelines.screening import asked
from pipelines.sources.census_imports import bulk_file
from pipelines.sources.cepii_baci import parse as baci
from pipelines.sources.gleif import fetch as gleif
from pipelines.sources.gleif import golden_copy

MB = 1024**2


class Limit(NamedTuple):
    """A bound: of what, how much, where it is kept."""

    of: str
    most: str
    kept_in: str


def _size(count: int) -> str:
    return f"{count / MB / 1024:,.0f} GB" if count >= 1024 * MB else f"{count / MB:,.0f} MB"


def limits() -> list[Limit]:
    """All of them, by what they guard."""
    http = {name: parameter.default for name, parameter in inspect.signature(Http).parameters.items()}
    rows = [
        ("a publisher's answer, as sent and apart as unpacked", _size(http["max_bytes"]), client),
        ("a golden copy of GLEIF's, as sent", _size(gleif.LARGEST_BYTES), gleif),
        ("one question to a publisher, with all attempts and waits", f"{http['deadline_seconds']:.0f} s", client),
        ("silence on a connection", f"{http['timeout_seconds']:.0f} s", client),
        ("redirects of one question", f"{client.MOST_REDIRECTS}", client),
        ("a file taken in, out of its gzip", _size(archive.LARGEST_FILE_BYTES), archive),
        ("an object read from the archive", _size(archive.LARGEST_OBJECT_BYTES), archive),
        ("files in a ZIP of trade figures", f"{bulk_file.MOST_MEMBERS}", bulk_file),
        ("a ZIP of trade figures, unpacked", _size(bulk_file.LARGEST_UNPACKED_BYTES), bulk_file),
        ("a ZIP of trade figures, unpacked to packed", f"{bulk_file.LARGEST_RATIO}-fold", bulk_file),
        ("files in a ZIP of world trade; each as any file", f"{baci.MOST_YEARS}", baci),
        ("a ZIP of GLEIF's, unpacked (read as a stream)", _size(golden_copy.LARGEST_UNPACKED_BYTES), golden_copy),
        ("parts of a workbook", f"{workbook.MOST_PARTS:,}", workbook),
        ("a part of a workbook, unpacked", _size(workbook.LARGEST_PART_BYTES), workbook),
        ("a workbook, unpacked", _size(workbook.LARGEST_BOOK_BYTES), workbook),
        ("a YAML file of yours; it has no anchors", _size(strict_yaml.LARGEST_YAML_BYTES), strict_yaml),
        ("depth of a YAML file", f"{strict_yaml.DEEPEST_YAML}", strict_yaml),
        ("a file to screen", _size(asked.LARGEST_ASKED_BYTES), asked),
        ("columns of a file to screen", f"{asked.MOST_COLUMNS:,}", asked),
        ("a name to screen", f"{asked.LONGEST_NAME:,} letters", asked),
        ("a query", f"{query_rules.LONGEST_QUERY:,} characters", query_rules),
        ("an answer held in memory", _size(query.LARGEST_ANSWER_BYTES), query),
        ("what a query spills to disk", query.LARGEST_SPILL.replace("GB", " GB"), query),
        (
            "memory of `sql`, `export` and `sdmx`",
            f"DuckDB's limit and {_size(own_limits.BESIDE_DUCKDB_BYTES)}",
            own_limits,
        ),
        ("a query of a page of the dashboard", f"{release_reader.LONGEST_QUERY_SECONDS:.0f} s", release_reader),
        ("an address of the dashboard", f"{doorkeeping.LONGEST_ADDRESS:,} characters", doorkeeping),
        ("words in a filter of the dashboard", f"{asking.LONGEST_WORDS} characters", asking),
    ]
    return [Limit(of, most, module.__name__.replace(".", "/") + ".py") for of, most, module in rows]


def page() -> str:
    """The list as a page."""
    lines = [
        "# Limits\n",
        "What is larger, deeper or slower than this is refused in words. DuckDB's memory limit is"
        " `STATECRAFT_MEMORY_LIMIT`, a query's time `--timeout`. JSON nested too deeply to be read, and XML that"
        " declares entities, are refused whatever their size.\n",
        "| of | at most | kept in |",
        "|---|---|---|",
    ]
    lines += [f"| {limit.of} | {limit.most} | `{limit.kept_in}` |" for limit in limits()]
    return "\n".join(lines) + "\n"
