"""dbt's own files: its manifest, parsed once for one state of the project, and the results of its last run.

Belongs here: what dbt is told of this warehouse, and when it must read the project anew.
Does not belong here: what the manifest says (lineage.py) and dbt's commands (dbt_command.py).

Below the project's target/parsed/<fingerprint of the code>/: manifest.json, and partial_parse.msgpack for dbt itself;
with their checksums, for what is damaged there is parsed again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipelines import checksums
from pipelines.errors import StatecraftError
from pipelines.files import read_json, sha256_of
from pipelines.settings import PROJECT_ROOT, Settings, named_engine

_CODE = ("models", "macros", "seeds")
#: States of the project that are kept: another run may still read an older one.
_KEPT = 5
_parsing: dict[Path, subprocess.Popen[str]] = {}


def target_folder(settings: Settings) -> Path:
    """Where dbt writes what it compiled and ran for this warehouse."""
    return settings.work / "dbt"


def dbt_environment(settings: Settings) -> dict[str, str]:
    """What profiles.yml and the models read from the environment."""
    return {
        "STATECRAFT_WORK_DATABASE": str(settings.work_database),
        "STATECRAFT_RAW": str(settings.raw),
        "STATECRAFT_MEMORY_LIMIT": settings.memory_limit,
        "STATECRAFT_THREADS": str(settings.threads),
        "STATECRAFT_TEMP": str(settings.temp),
        "STATECRAFT_ENGINE": settings.engine,
        "STATECRAFT_SPARK_TABLES": str(settings.spark_tables),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_LOG_PATH": str(settings.work / "dbt_logs"),
    }


def code_fingerprint() -> str:
    """One fingerprint of everything dbt parses, of dbt, and of the engine it is parsed for."""
    files = [p for folder in _CODE for p in sorted((PROJECT_ROOT / folder).rglob("*")) if p.is_file()]
    files += [PROJECT_ROOT / "dbt_project.yml", PROJECT_ROOT / "profiles.yml"]
    engine = named_engine()
    own = f"{engine} {version('dbt-core')} {version(f'dbt-{engine}')}".encode()
    return sha256_of(own + b"".join(str(p).encode() + p.read_bytes() for p in files))[:16]


def current_manifest() -> Path | None:
    """The manifest, if the project was parsed as it is now, and what was written then is whole."""
    folder = _parsed_folder()
    is_whole = checksums.are_kept(folder) and not checksums.problems(folder)
    return folder / "manifest.json" if is_whole else None


def start_parsing(settings: Settings) -> None:
    """Begin to parse in the background if the project changed (it takes seconds); `prepare_manifest` waits for it."""
    os.environ.update(dbt_environment(settings))
    settings.temp.mkdir(parents=True, exist_ok=True)
    folder = _parsed_folder()
    if folder in _parsing or current_manifest():
        return
    shutil.rmtree(folder, ignore_errors=True)  # damaged, or half removed by a run that was killed
    command = [sys.executable, "-m", "dbt.cli.main", "parse", "--no-version-check"]
    command += ["--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)]
    _parsing[folder] = subprocess.Popen(
        [*command, "--target-path", str(_aside(folder))],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=PROJECT_ROOT,
    )


def prepare_manifest(settings: Settings) -> Path:
    """manifest.json of the project as it is now. Raises StatecraftError with dbt's words if it does not parse."""
    start_parsing(settings)
    folder = _parsed_folder()
    parsing = _parsing.pop(folder, None)
    if parsing is not None:
        output, _ = parsing.communicate()
        if parsing.returncode != 0:
            shutil.rmtree(_aside(folder), ignore_errors=True)
            raise StatecraftError("dbt could not parse the project:\n" + output[-3000:], "Mend the model it names.")
        _put_in_place(folder)
    return folder / "manifest.json"


def _parsed_folder() -> Path:
    return PROJECT_ROOT / "target" / "parsed" / code_fingerprint()


def _aside(folder: Path) -> Path:
    """Where this process parses: a parse that is killed, or made twice at once, leaves nothing half-written."""
    return folder.with_name(f".{folder.name}.{os.getpid()}")


def _put_in_place(folder: Path) -> None:
    checksums.write(_aside(folder))
    try:
        _aside(folder).rename(folder)
    except OSError:  # another process parsed the same meanwhile
        shutil.rmtree(_aside(folder))
    whole = (path for path in folder.parent.iterdir() if not path.name.startswith("."))
    states = sorted(whole, key=lambda path: path.stat().st_mtime, reverse=True)
    for old in states[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def run_results_file(settings: Settings) -> Path:
    return target_folder(settings) / "run_results.json"


def run_results(settings: Settings) -> list[dict[str, Any]]:
    """What dbt's last run said of each node."""
    path = run_results_file(settings)
    results: list[dict[str, Any]] = read_json(path)["results"] if path.exists() else []
    return results


def test_results(settings: Settings) -> dict[str, str]:
    """dbt's data tests of the last run: unique id -> status."""
    return {r["unique_id"]: r["status"] for r in run_results(settings) if r["unique_id"].startswith("test.")}
