"""Every fault on the small world, played as a drill: what it did, and how long until it was told of or made good."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.faults_service import killed_daemon, killed_service, killed_service_at_work, killed_worker
from benchmarks.report import Result, Row
from pipelines.settings import PROJECT_ROOT
from pipelines.storage import bytes_below
from tests.world import drills, small
from tests.world.drills import Drill, Told
from tests.world.fixtures import without_late_edition
from tests.world.home import Home

SLACK_BYTES = 30_000_000
#: What a disk still takes that is nearly full.
NEARLY_FULL_BYTES = 2_000_000


def faults(place: Path) -> Result:
    """Each fault is brought about in a copy of the small world's warehouse, and what a person would run is run: it must
    be repaired, or stop the run in words with the exit code that is defined; readers must see the release that stood
    all along, and the refresh after it must complete. Seconds are until the fault was told of or made good. The disk
    that fills is a small one of its own where this user may mount one.
    """
    os.environ["PYTHONPATH"] = str(PROJECT_ROOT)
    folder = place / "faults"
    shutil.rmtree(folder, ignore_errors=True)
    built, late = _worlds(folder)
    at = folder / "warehouse"
    rows = [_row(drill, drill.play(built.at(at))) for drill in (*drills.QUICK, *drills.SLOW)]
    rows += [_row(drill, drill.play(late.at(at))) for drill in (*drills.WITH_NEWS, *drills.SLOW_WITH_NEWS)]
    if _may_mount():
        for drill in ON_A_SMALL_DISK:
            with _small_disk(late, at) as home:
                rows.append(_row(drill, drill.play(home)))
        rows.append(_row(READ_ONLY, READ_ONLY.play(late.at(at))))
    for service in (killed_daemon, killed_service, killed_service_at_work, killed_worker):
        drill = Drill((service.__doc__ or "").splitlines()[0].rstrip("."), service, 0, ())
        rows.append(_row(drill, drill.play(late.at(at))))
    return Result(rows)


def _worlds(folder: Path) -> tuple[Home, Home]:
    """The small world as its first refresh leaves it, and as it is before an edition arrives; both kept aside."""
    pack, expectations = small.write_pack(folder / "pack"), small.write_expectations(folder / "expectations")
    home = Home(folder / "warehouse", pack, expectations)
    if not home.refresh(pack).success:
        raise RuntimeError("the small world could not be built")
    built = home.at(folder / "built")
    without_late_edition(home)
    return built, home.at(folder / "late")


def _row(drill: Drill, told: Told) -> Row:
    print(f"  {told.seconds:9.2f} s {drill.what}: {drill.is_met_by(told)}", flush=True)
    outcome = "repaired" if drill.code == 0 else f"a clear stop, exit code {drill.code}"
    note = " ".join(told.words.split())
    if not drill.is_met_by(told):
        note = f"exit code {told.code}, answered {told.answered}, made good {told.made_good}: {note}"
    return Row(
        drill.what,
        told.seconds,
        target=f"{outcome}; readers see the release that stood",
        met=drill.is_met_by(told),
        note=_without_places(note)[:240],
    )


def _without_places(words: str) -> str:
    """Words without the folders of this machine."""
    return " ".join(word if word.count("/") < 3 else f"…/{word.rpartition('/')[2]}" for word in words.split())


def _may_mount() -> bool:
    """Whether this user may mount file systems, as root mostly may."""
    return os.geteuid() == 0 and subprocess.run(["unshare", "--mount", "true"], check=False).returncode == 0


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True)


@contextmanager
def _small_disk(late: Home, at: Path) -> Iterator[Home]:
    """The late world on a disk of its own, with room for a refresh and little more."""
    shutil.rmtree(at, ignore_errors=True)
    at.mkdir()
    # Copies: what two rooms share they cannot share across disks.
    size = sum(p.stat().st_size for p in late.path.rglob("*") if p.is_file() and not p.is_symlink())
    written_anew = late.settings.work_database.stat().st_size + bytes_below(late.latest.path)
    room = size + written_anew + SLACK_BYTES
    _run("mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", at)
    try:
        shutil.copytree(late.path, at, symlinks=True, dirs_exist_ok=True)
        yield Home(at, late.pack, late.expectations)
    finally:
        _run("umount", "--lazy", at)


def _fill(file: Path) -> None:
    """Write zeros until the disk takes no more."""
    with file.open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(1_000_000)):
                pass
        except OSError:
            return


def _no_room(home: Home) -> Told:
    """The disk is nearly full before a refresh begins: it takes records of a run, and no release."""
    before, filler = home.answers(), home.path / "filler"
    _fill(filler)
    os.truncate(filler, filler.stat().st_size - NEARLY_FULL_BYTES)
    begun = time.monotonic()
    code, words = drills.refreshed(home, home.pack)
    seconds, answered = time.monotonic() - begun, home.answers() == before
    filler.unlink()
    return Told(code, words, answered, drills.refreshed(home, home.pack)[0] == 0, seconds)


def _disk_fills(home: Home) -> Told:
    """There is room when a refresh begins, and none when it writes the release (ENOSPC)."""
    before, filler, ended = home.answers(), home.path / "filler", threading.Event()

    def watch() -> None:
        while not ended.wait(0.005):
            if any((home.path / "releases" / ".building").glob("*")):
                _fill(filler)
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    begun = time.monotonic()
    code, words = drills.refreshed(home, home.pack)
    seconds, answered = time.monotonic() - begun, home.answers() == before
    ended.set()
    watcher.join()
    filler.unlink(missing_ok=True)
    return Told(code, words, answered, drills.refreshed(home, home.pack)[0] == 0, seconds)


def _mounted_read_only(home: Home) -> Told:
    """The home is mounted read-only (EROFS); readers ask all the same."""
    before = home.answers()
    _run("mount", "--bind", home.path, home.path)
    try:
        _run("mount", "-o", "remount,bind,ro", home.path)
        begun = time.monotonic()
        code, words = drills.refreshed(home, home.pack)
        seconds = time.monotonic() - begun
        asked = home.statecraft("sql", "select count(*) from core.dim_partner").returncode
        answered = home.answers() == before and asked == 0
    finally:
        _run("umount", "--lazy", home.path)
    return Told(code, words, answered, drills.refreshed(home, home.pack)[0] == 0, seconds)


#: Where this user may mount file systems.
ON_A_SMALL_DISK = (
    Drill("the disk has too little room before a refresh", _no_room, 7, ("MB at least", "--prune")),
    Drill("the disk fills while a release is written", _disk_fills, 7, ("disk takes no more", "--prune")),
)
READ_ONLY = Drill("the home is mounted read-only", _mounted_read_only, 7, ("cannot be written", "Read-only"))
