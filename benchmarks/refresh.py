"""How long a refresh takes: of everything, of nothing new, of one more edition."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import homes
from benchmarks.measure import middle, run
from benchmarks.report import Result, Row
from pipelines.manifest import dbt_environment

#: Of the whole pack, its estimates and scenarios included.
WHOLE_SECONDS, WHOLE_PEAK_MB = 180, 4000
NOTHING_NEW_SECONDS = 10
#: The tariff panel is worked out anew with every edition.
ONE_EDITION_SECONDS = 60


def refresh_pack(place: Path) -> Result:
    """Refresh of the whole embedded pack from an empty home (landing, gates, change-coding, every model with its tests,
    release), against `dbt build` alone of the same models on raw that is ready: what a bare dbt project would cost.
    """
    home, done = homes.build_full_home(place)
    bare = run(
        [
            *(str(Path(sys.executable).with_name("dbt")), "build", "--exclude-resource-type", "unit_test"),
            *("--no-use-colors", "--target-path", str(place / "bare_target")),
        ],
        {**dbt_environment(homes.settings_of(home)), "STATECRAFT_WORK_DATABASE": str(place / "bare.duckdb")},
        place / "bare_dbt.log",
    )
    row = Row(
        "whole pack from an empty home",
        done.seconds,
        done.peak_mb,
        f"dbt build alone, {bare.seconds:.1f} s",
        done.seconds / bare.seconds,
        f"at most {WHOLE_SECONDS} s, less than {WHOLE_PEAK_MB:,} MB",
        done.seconds <= WHOLE_SECONDS and done.peak_mb < WHOLE_PEAK_MB,
        f"{done.cpu_seconds:.1f} s of processor time; dbt build alone {bare.cpu_seconds:.1f} s",
    )
    return Result([row], homes.steps(done))


def refresh_nothing_new(place: Path) -> Result:
    """Refresh of a full home when the origin holds nothing new, against starting the command line to show its help."""
    home, _ = homes.full_home(place)
    runs = [homes.refresh(home) for _ in range(3)]
    command = [str(Path(sys.executable).with_name("statecraft")), "--help"]
    bare = [run(command, homes.environment(home), place / "help.log") for _ in range(3)]
    seconds, starting = middle([r.seconds for r in runs]), middle([r.seconds for r in bare])
    row = Row(
        "nothing new, median of 3",
        seconds,
        max(r.peak_mb for r in runs),
        f"statecraft --help, {starting:.1f} s",
        seconds / starting,
        f"at most {NOTHING_NEW_SECONDS} s",
        seconds <= NOTHING_NEW_SECONDS,
        f"{middle([r.cpu_seconds for r in runs]):.1f} s of processor time",
    )
    return Result([row], homes.steps(runs[-1]))


def refresh_one_edition(place: Path) -> Result:
    """One more edition of the tariff schedule on a full home, against refreshing the whole pack from an empty home."""
    home, whole = homes.home_before_newest_schedule(place)
    done = homes.refresh(home)
    row = Row(
        "one more tariff schedule",
        done.seconds,
        done.peak_mb,
        f"the pack but for it from an empty home, {whole:.1f} s",
        done.seconds / whole,
        f"at most {ONE_EDITION_SECONDS} s",
        done.seconds <= ONE_EDITION_SECONDS,
        f"{done.cpu_seconds:.1f} s of processor time",
    )
    return Result([row], homes.steps(done))
