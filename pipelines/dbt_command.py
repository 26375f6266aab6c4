"""One dbt command, in this process.

Belongs here: calling dbt. Does not belong here: Dagster (transform.py), parsing and results (manifest.py).

dbt's own executable would import dbt again (three seconds), read the parsed project again, and outlive a run that is
killed, with the work database in its hands.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import takewhile
from pathlib import Path
from typing import Any

from pipelines.errors import StatecraftError
from pipelines.manifest import dbt_environment, run_results_file, target_folder
from pipelines.settings import PROJECT_ROOT, Settings


def invoke(
    settings: Settings, manifest: Path, arguments: Sequence[str], on_result: Callable[[dict[str, Any]], None]
) -> bool:
    """Run one dbt command on the parsed project; True when dbt did all of it.

    on_result gets the event of each model, seed or test that ended, as dbt's structured log has it. Raises
    StatecraftError when dbt could not begin.
    """
    from dbt.artifacts.schemas.run import RunExecutionResult  # noqa: PLC0415
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 (seconds to import)
    from dbt.contracts.graph.manifest import Manifest  # noqa: PLC0415
    from dbt_common.events.functions import msg_to_dict  # noqa: PLC0415

    def hear(message: Any) -> None:
        if message.info.name in ("LogModelResult", "LogSeedResult", "LogTestResult"):
            on_result(msg_to_dict(message))

    os.environ.update(dbt_environment(settings))
    where = ["--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)]
    where += ["--target-path", str(target_folder(settings))]
    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "info", "--no-version-check", "--no-use-colors"]
    # It would write the whole project down again, which takes longer than many a model.
    quiet.append("--no-write-json")
    parsed = Manifest.from_msgpack(manifest.with_name("partial_parse.msgpack").read_bytes())
    parsed.build_flat_graph()  # type: ignore[no-untyped-call] # what macros call `graph`; not kept with the rest
    with _closing_the_database() if settings.engine == "duckdb" else nullcontext():
        result = dbtRunner(parsed, [hear]).invoke([*arguments, *where, *quiet])
    if result.exception is not None:
        raise StatecraftError(f"dbt stopped: {in_one_line(str(result.exception))}", "Mend what it names.")
    if isinstance(result.result, RunExecutionResult):
        result.result.write(str(run_results_file(settings)))
    return bool(result.success)


def in_one_line(words: str) -> str:
    """dbt's message in one line, up to the stack of the engine behind it."""
    lines = (line.strip() for line in words.splitlines())
    return " ".join(takewhile(lambda line: not line.startswith("at "), filter(None, lines)))


@contextmanager
def _closing_the_database() -> Iterator[None]:
    """dbt keeps its database open for a next command; here others read the file next."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415

    try:
        yield
    finally:
        opened: Any = DuckDBConnectionManager._ENV
        if opened is not None:
            opened.close()
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
