"""A process that has imported the pipeline and forks one refresh after the other, so that a test can kill many.

Belongs here: forking, and telling which process runs. Does not belong here: killing, and what must hold afterwards.

One line of standard input is the source of a refresh, and after a tab the largest file it may write, in bytes. The
answer is the process id of its fork, and then, when that has ended, its exit code (negative: what signal killed it).
A refresh started anew would import for seconds before it does anything that can be interrupted. The judge has no
process of its own here: it holds nothing, and takes as long.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import Any

import dbt.cli.main  # noqa: F401 (imported once for all forks)

import pipelines.definitions  # noqa: F401
from pipelines import gates, judging, orchestrate
from pipelines.cli import exit_code
from pipelines.errors import StatecraftError
from pipelines.gates import RuleResult
from pipelines.settings import load_settings


def _judge(gate: str, table: str, database: Path, suites: Any) -> list[RuleResult]:
    settings = load_settings()
    limits = {"memory_limit": settings.memory_limit, "threads": str(settings.threads)}
    return judging.judge(gate, table, str(database), suites, limits)


def _refresh(source: str, largest_file: str = "") -> int:
    """Exit code of one refresh."""
    if largest_file:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), resource.RLIM_INFINITY))
    try:
        return 0 if orchestrate.run_refresh(load_settings(), source, []).success else 1
    except StatecraftError as error:
        return exit_code(error)


def main() -> None:
    gates.judge, gates.warm_up = _judge, lambda: None
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_refresh(*line.rstrip("\n").split("\t")))
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
