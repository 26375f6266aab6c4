"""A month of the service by itself, on a moved clock, against publishers that misbehave."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import Result, Row

if TYPE_CHECKING:
    from tests.rehearsal.rehearsal import Followed, Rehearsal


def month(place: Path) -> Result:
    """Twenty working days of `statecraft serve` on the small world: Dagster's own daemon, schedules and run workers, on
    a clock that is put forward from evening to evening, against four publishers on the loopback that follow a script
    (tests/rehearsal/script.py). After every day each release, incident, alert and `statecraft status` must be as the
    script says; at the end each day's content must still be known as it was, and `statecraft verify` must pass.
    """
    # Tests are beside the project only in a clone.
    from tests.rehearsal.moved_clock import MovedClock  # noqa: PLC0415
    from tests.rehearsal.rehearsal import EVE, rehearse, rehearsing  # noqa: PLC0415
    from tests.rehearsal.script import MONTH  # noqa: PLC0415
    from tests.world import small  # noqa: PLC0415
    from tests.world.home import Home  # noqa: PLC0415

    clock = MovedClock(place / "clock")
    clock.set(EVE)
    for folder in ("pack", "expectations", "warehouse"):
        shutil.rmtree(place / folder, ignore_errors=True)
    pack, suites = small.write_pack(place / "pack"), small.write_expectations(place / "expectations")
    home = Home(place / "warehouse", pack, suites)
    done = replace(home, engine=clock.environment).statecraft("refresh", "--source", pack, "--no-show")
    if done.returncode:
        raise RuntimeError(done.stderr)
    sources = sorted({turn.source for turn in MONTH})
    with rehearsing(home, clock, sources, place) as rehearsal:
        wrong = rehearse(rehearsal, MONTH, lambda line: print(f"  {line}", flush=True))
        return Result([_whole(rehearsal, wrong), *(_incident(each) for each in rehearsal.followed if _tells(each))])


def _whole(rehearsal: Rehearsal, wrong: list[str]) -> Row:
    days = rehearsal.day_seconds
    stopped = [each for each in rehearsal.followed if each.is_stopped]
    published = {each.day for each in rehearsal.followed if each.followed == "published"}
    alerts = Counter("failed" in text for _, text in rehearsal.hook.told)
    words = [
        f"{len(rehearsal.followed)} runs of {len(rehearsal.stating)} schedules",
        f"{len(rehearsal.builds)} releases on {len(published)} days, none on {len(days) - len(published)}",
        f"{len(stopped)} incidents, {alerts[True]} alerts of failures, {alerts[False]} of silence",
        f"{sum(days.values()) / len(days):.0f} s a day, the longest {max(days.values()):.0f} s",
        *wrong[:10],
    ]
    return Row(
        f"{len(days)} working days, {len(rehearsal.followed)} runs",
        sum(days.values()),
        target="every day's content, incident and alert as scripted",
        met=not wrong,
        note="; ".join(words),
    )


def _tells(each: Followed) -> bool:
    """Whether it stands in the table of incidents: something was wrong with the publisher, or with what followed."""
    return bool(each.kind or each.is_stopped or each.wrong)


def _incident(each: Followed) -> Row:
    return Row(
        f"{each.day} {each.source}: {each.kind or each.does.replace('_', ' ')}",
        each.run_seconds,
        note=f"{each.does.replace('_', ' ')}: {each.followed}",
        met=not each.wrong,
    )
