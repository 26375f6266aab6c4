"""dbt's own files: its manifest, parsed again only when the project changed, and the results of its last run.

Belongs here: what dbt is told of this warehouse, and when it must read the project anew.
Does not belong here: what the manifest says (lineage.py) and running models (transform.py).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipelines.errors import StatecraftError
from pipelines.files import read_json, sha256_of
from pipelines.settings import PROJECT_ROOT, Settings

_CODE = ("models", "macros", "seeds")
_parsing: dict[Path, subprocess.Popen[str]] = {}


def target_folder(settings: Settings) -> Path:
    return settings.work / "dbt"


def dbt_environment(settings: Settings) -> dict[str, str]:
    """What profiles.yml and the models read from the environment."""
    return {
        "STATECRAFT_WORK_DATABASE": str(settings.work_database),
        "STATECRAFT_RAW": str(settings.raw),
        "STATECRAFT_MEMORY_LIMIT": settings.memory_limit,
        "STATECRAFT_THREADS": str(settings.threads),
        "STATECRAFT_TEMP": str(settings.temp),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_LOG_PATH": str(settings.work / "dbt_logs"),
    }


def code_fingerprint() -> str:
    """One fingerprint of everything dbt parses."""
    files = [p for folder in _CODE for p in sorted((PROJECT_ROOT / folder).rglob("*")) if p.is_file()]
    files += [PROJECT_ROOT / "dbt_project.yml", PROJECT_ROOT / "profiles.yml"]
    return sha256_of(b"".join(str(p).encode() + p.read_bytes() for p in files))[:16]


def current_manifest(settings: Settings) -> Path | None:
    """The manifest, if it was parsed from the project as it is now."""
    target = target_folder(settings)
    stamp, manifest = target / "code.txt", target / "manifest.json"
    parsed = manifest.exists() and stamp.exists() and stamp.read_text() == code_fingerprint()
    return manifest if parsed else None


def start_parsing(settings: Settings) -> None:
    """Begin to parse in the background if the project changed (it takes seconds); `prepare_manifest` waits for it."""
    os.environ.update(dbt_environment(settings))
    settings.temp.mkdir(parents=True, exist_ok=True)
    target = target_folder(settings)
    if target in _parsing or current_manifest(settings) is not None:
        return
    command = [sys.executable, "-m", "dbt.cli.main", "parse", "--no-version-check", "--target-path", str(target)]
    command += ["--project-dir", str(PROJECT_ROOT), "--profiles-dir", str(PROJECT_ROOT)]
    _parsing[target] = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT_ROOT
    )


def prepare_manifest(settings: Settings) -> Path:
    """manifest.json of the project as it is now. Raises StatecraftError with dbt's words if it does not parse."""
    start_parsing(settings)
    target = target_folder(settings)
    parsing = _parsing.pop(target, None)
    if parsing is not None:
        code = code_fingerprint()
        output, _ = parsing.communicate()
        if parsing.returncode != 0:
            raise StatecraftError("dbt could not parse the project:\n" + output[-3000:], "Mend the model it names.")
        (target / "code.txt").write_text(code)
    return target / "manifest.json"


def run_results(settings: Settings) -> list[dict[str, Any]]:
    """What dbt's last run said of each node."""
    path = target_folder(settings) / "run_results.json"
    results: list[dict[str, Any]] = read_json(path)["results"] if path.exists() else []
    return results


def test_results(settings: Settings) -> list[dict[str, Any]]:
    """dbt's own tests of the last build: unique id, status, failures."""
    tests = [r for r in run_results(settings) if r["unique_id"].split(".")[0] in ("test", "unit_test")]
    return [{"test": r["unique_id"], "status": r["status"], "failures": r.get("failures")} for r in tests]
