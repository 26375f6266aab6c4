"""Warehouses to measure on: empty, full, and full but for the newest tariff schedule.

Belongs here: making homes and refreshing them through the command line, as a person would.
Does not belong here: what is compared with what.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.measure import Run, Watched, run
from pipelines.files import read_json, write_json
from pipelines.settings import PROJECT_ROOT, Settings, load_settings

PACK = PROJECT_ROOT / "sample"
TARIFF = "usitc_hts"
_SECONDS = "benchmark_seconds.json"
_STEP = re.compile(r"^\d\d:\d\d:\d\d  (?P<stage>(gate |raw |release )?\S+) .*\((?P<seconds>[\d.]+) s\)$", re.MULTILINE)
_COMMAND = [str(Path(sys.executable).with_name("statecraft")), "refresh", "--no-show", "--source"]


def settings_of(home: Path) -> Settings:
    """Settings of a home, with the memory and threads this process would use."""
    return replace(load_settings(), home=home)


def environment(home: Path) -> dict[str, str]:
    return {"STATECRAFT_HOME": str(home)}


def start_refresh(home: Path, pack: Path = PACK) -> Watched:
    """Start a refresh without waiting for it."""
    home.mkdir(parents=True, exist_ok=True)
    return Watched([*_COMMAND, str(pack)], environment(home), home / "refresh.log")


def refresh(home: Path, pack: Path = PACK, engine: Mapping[str, str] | None = None) -> Run:
    """Refresh to the end; raises RuntimeError with the refresh's own words if it fails.

    engine: what the environment says of another engine than DuckDB.
    """
    home.mkdir(parents=True, exist_ok=True)
    return run([*_COMMAND, str(pack)], {**environment(home), **(engine or {})}, home / "refresh.log")


def steps(done: Run) -> dict[str, float]:
    """Seconds per step, as the refresh's own lines say, and what they leave: starting, Dagster's events, ending."""
    said = {found["stage"]: float(found["seconds"]) for found in _STEP.finditer(done.output)}
    return {**said, "starting and between steps": max(0.0, done.seconds - sum(said.values()))}


def build_full_home(place: Path) -> tuple[Path, Run]:
    """Refresh the whole pack into an empty home, and keep how long it took."""
    home = place / "full"
    shutil.rmtree(home, ignore_errors=True)
    done = refresh(home)
    write_json(home / _SECONDS, done.seconds)
    return home, done


def full_home(place: Path) -> tuple[Path, float]:
    """A home that holds the whole pack, built once per folder, and the seconds that took."""
    if not (place / "full" / _SECONDS).exists():
        build_full_home(place)
    return place / "full", read_json(place / "full" / _SECONDS)


def home_before_newest_schedule(place: Path) -> tuple[Path, float]:
    """A home that holds the pack but for its newest tariff schedule, and the seconds it took to build.

    Built once per folder and kept aside; put back in its own place each time, for a home that moved is built anew.
    """
    home, aside = place / "one_edition", place / "one_edition_aside"
    if not (aside / _SECONDS).exists():
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)
        done = refresh(home, pack_without_newest_schedule(place))
        write_json(home / _SECONDS, done.seconds)
        home.rename(aside)
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(aside, home, symlinks=True)
    return home, read_json(home / _SECONDS)


def pack_without_newest_schedule(place: Path) -> Path:
    """A copy of the pack whose manifest leaves out the newest edition of the tariff schedule, with its footnotes."""
    pack = place / "pack_without_newest"
    if not pack.exists():
        shutil.copytree(PACK, pack)
        manifest: dict[str, Any] = read_json(PACK / "manifest.json")
        things = manifest["sources"][TARIFF]["things"]
        newest = max((v["known_on"], v["sequence"]) for thing in things.values() for v in thing["vintages"])
        for thing in things.values():
            thing["vintages"] = [v for v in thing["vintages"] if (v["known_on"], v["sequence"]) != newest]
        write_json(pack / "manifest.json", manifest)
    return pack
