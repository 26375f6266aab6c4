"""Faults as drills: each breaks a warehouse, runs what a person would run, and tells what happened.

Belongs here: breaking, telling, and the outcome each must have. Does not belong here: asking for it (test_drills.py,
benchmarks/faults.py), faults of the service (serving.py).
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from typer.testing import CliRunner

from pipelines import mending, published, release
from pipelines.cli import app, exit_code
from pipelines.contract import all_specs
from pipelines.errors import StatecraftError
from pipelines.intake import incidents
from pipelines.settings import PROJECT_ROOT
from tests.world.forking import forks
from tests.world.home import STATECRAFT, WRITTEN_IN_PLACE, Home, fingerprint

#: What a disk without room still takes of one file, in full_disk.
LARGEST_FILE_BYTES = 4 * 1024**2
#: DuckDB keeps a checksum for so many bytes.
BLOCK_BYTES = 256 * 1024
#: A file of a user's own, which few tables are made of.
OWN_EDGES = (
    "owner,owned,share,valid_from,valid_to,source,owned_name,owned_country_code,owner_entry_key\n"
    "x,a,0.6,2024-01-01,,register,Quillfeather Optics,SG,\n"
)
POWERLESS = Path(__file__).with_name("powerless.py")


@dataclass(frozen=True)
class Told:
    """What a drill saw. code: of the command that met the fault; words: what it said, or left on record.

    answered: readers saw the release that stood. made_good: the fault is gone, or the command after it completed.
    seconds: until the fault was told of or repaired.
    """

    code: int
    words: str
    answered: bool
    made_good: bool
    seconds: float


@dataclass(frozen=True)
class Drill:
    """One fault. code: the exit code it must end with. says: words it must be told in."""

    what: str
    play: Callable[[Home], Told]
    code: int
    says: tuple[str, ...]

    def is_met_by(self, told: Told) -> bool:
        """Whether what was told is the outcome that is defined."""
        return told.code == self.code and told.answered and told.made_good and all(w in told.words for w in self.says)


def spoil(path: Path) -> None:
    """Another byte in the middle; the size stays. Files that share the bytes keep theirs."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    replaced(path, bytes(content))


def cut(path: Path) -> None:
    """The first half alone."""
    replaced(path, path.read_bytes()[: path.stat().st_size // 2])


def replaced(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


def refreshed(home: Home, source: Path | str = "none") -> tuple[int, str]:
    """Exit code and words of a refresh in this process; the words of one that succeeded are what it repaired."""
    before = len(incidents(home.settings))
    try:
        outcome = home.refresh(source)
    except StatecraftError as error:
        return exit_code(error), str(error)
    new = incidents(home.settings)[: len(incidents(home.settings)) - before]
    return 0 if outcome.success else 1, " ".join([*outcome.failed.values(), *(i["what"] for i in new)])


def repaired(home: Home, source: Path | str = "none") -> Told:
    """What a refresh tells that meets damage and must repair it, and change nothing that readers see."""
    before, begun = home.answers(), time.monotonic()
    code, words = refreshed(home, source)
    seconds = time.monotonic() - begun
    whole = mending.damage(home.settings, all_specs()) == []
    return Told(code, words, home.answers() == before, whole, seconds)


def raw_partition(home: Home) -> Told:
    """A byte of a raw file is another."""
    spoil(next((home.path / "raw" / "usitc_hts__lines").glob("*/*.parquet")))
    return repaired(home)


def raw_manifest(home: Home) -> Told:
    """The manifest of a raw table is gone."""
    (home.path / "raw" / "usitc_hts__lines" / "manifest.json").unlink()
    return repaired(home)


def landing_vintage(home: Home) -> Told:
    """A landing file is half of what it was, and so is the raw file that is the same on disk."""
    [file] = (home.path / "landing" / "bea_customs_duties__duties").glob("*/all.parquet")
    [raw] = (home.path / "raw" / "bea_customs_duties__duties").glob("*/*.parquet")
    cut(file)
    raw.unlink()
    os.link(file, raw)
    return repaired(home, home.pack)


def pack_manifest(home: Home) -> Told:
    """The pack a refresh is to read has lost its manifest."""
    before, lost = home.answers(), home.path.with_name("pack_without_manifest")
    shutil.rmtree(lost, ignore_errors=True)
    shutil.copytree(home.pack, lost, copy_function=os.link)
    (lost / "manifest.json").unlink()
    begun = time.monotonic()
    code, words = refreshed(home, lost)
    seconds = time.monotonic() - begun
    shutil.rmtree(lost)
    return Told(code, words, home.answers() == before, refreshed(home, home.pack)[0] == 0, seconds)


def work_database(home: Home) -> Told:
    """The work database has lost its second half: every model is built again."""
    cut(home.settings.work_database)
    return repaired(home)


def block_of_work_database(home: Home) -> Told:
    """Bytes deep in the work database are others, which only shows when a table is read: news makes the run read it."""
    size = home.settings.work_database.stat().st_size
    with home.settings.work_database.open("r+b") as file:
        for place in range(size // 10, size * 9 // 10, BLOCK_BYTES):
            file.seek(place)
            file.write(bytes(range(256)))
    return _with_news(home)


def release_manifest(home: Home) -> Told:
    """The build.json of the release that readers see is gone: the same content is published anew."""
    before, lost = home.answers(), home.latest
    (lost.path / "build.json").unlink()
    with duckdb.connect(str(home.path / "releases" / "latest" / "statecraft.duckdb"), read_only=True) as con:
        answered = bool(con.sql("select count(*) from core.dim_partner").fetchall())
    begun = time.monotonic()
    code, words = refreshed(home)
    seconds = time.monotonic() - begun
    same = home.latest.build_id != lost.build_id and home.answers() == before
    release.remove(home.settings, lost.build_id)
    whole = not release.problems(home.settings, home.latest) and not list(published.lost(home.settings))
    told = words or "The same content was published anew; what was left of the old release could be removed."
    return Told(code, told, answered and same, whole, seconds)


def _with_news(home: Home) -> Told:
    before, begun = home.answers(), time.monotonic()
    code, words = refreshed(home, home.pack)
    seconds = time.monotonic() - begun
    return Told(code, words, home.answers().keys() == before.keys(), refreshed(home)[0] == 0, seconds)


def full_disk(home: Home) -> Told:
    """No file may be written beyond its first megabytes, which stops every database: a refresh with news has no room.

    The system refuses the write (EFBIG) as a full disk does (ENOSPC), on any machine and for any user.
    """
    before = home.answers()
    shutil.rmtree(home.path / "dagster" / "history")  # or its log would be the first to find no room
    with forks(home) as running:
        begun = time.monotonic()
        code = running.refresh(str(home.pack), largest_file=LARGEST_FILE_BYTES)
        seconds = time.monotonic() - begun
        words = " ".join(incident["what"] for incident in incidents(home.settings)[:1])
        answered = home.answers() == before
        good = running.refresh(str(home.pack)) == 0 and home.answers() != before
    return Told(code, words, answered, good, seconds)


def commanded(home: Home, *arguments: str) -> tuple[int, str]:
    """Exit code and words of a command, run in this process."""
    with home.at_hand():
        done = CliRunner().invoke(app, arguments)
    if isinstance(done.exception, StatecraftError):
        return exit_code(done.exception), f"{done.output}{done.exception}"
    return done.exit_code, done.output


def archived_file(home: Home) -> Told:
    """A file that was brought by hand, and a release made of it, is damaged in the archive."""
    file = home.path.with_name("mine.csv")
    file.write_text(OWN_EDGES)
    bring = ("add", "ownership_edges", str(file), "--known-on", "2026-08-01")
    code, words = commanded(home, *bring)
    assert code == 0, words
    return damaged_archive(home, bring)


def damaged_archive(home: Home, bring: Sequence[str]) -> Told:
    """The one file of the archive is damaged; `bring` is the command that brought it, and brings it again."""
    before = home.answers()
    [kept] = (home.path / "archive" / "objects").glob("*/*.zst")
    spoil(kept)
    begun = time.monotonic()
    code, words = commanded(home, "verify", "--archive")
    seconds = time.monotonic() - begun
    answered = refreshed(home)[0] == 0 and home.answers() == before
    good = commanded(home, *bring)[0] == 0 and commanded(home, "verify", "--archive")[0] == 0
    return Told(code, words, answered and home.answers() == before, good, seconds)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody may write below the folder."""
    modes = {}
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink() and (path.is_dir() or path.name.endswith(WRITTEN_IN_PLACE)):
            modes[path] = stat.S_IMODE(path.stat().st_mode)
    for path, mode in reversed(modes.items()):
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def powerless(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as somebody who must heed modes."""
    return subprocess.run(
        [sys.executable, str(POWERLESS), str(STATECRAFT), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **home.environment},
        cwd=PROJECT_ROOT,
    )


def read_only_home(home: Home) -> Told:
    """Nothing below the home may be written; readers need not."""
    with closed(home.path):
        begun = time.monotonic()
        done = powerless(home, "refresh", "--source", str(home.pack), "--no-show")
        seconds = time.monotonic() - begun
        asked = [powerless(home, "sql", "select count(*) from core.dim_partner"), powerless(home, "status")]
    answered = all(each.returncode == 0 for each in asked)
    return Told(done.returncode, done.stderr, answered, refreshed(home)[0] == 0, seconds)


def file_for_a_home(home: Home) -> Told:
    """A file lies where the home should be."""
    aside = home.path.with_name("aside")
    home.path.rename(aside)
    home.path.write_text("no folder")
    begun = time.monotonic()
    code, words = refreshed(home)
    seconds = time.monotonic() - begun
    home.path.unlink()
    aside.rename(home.path)
    return Told(code, words, bool(home.answers()), refreshed(home)[0] == 0, seconds)


def two_at_once(home: Home) -> Told:
    """A refresh begins while another process refreshes, and a reader asks in between."""
    hold = "import sys; from pipelines.files import one_writer; from pipelines.settings import load_settings\n"
    hold += "with one_writer(load_settings()): print('held', flush=True); sys.stdin.read()"
    environment, pipe = {**os.environ, **home.environment}, subprocess.PIPE
    command = [sys.executable, "-c", hold]
    before = home.answers()
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment, cwd=PROJECT_ROOT, text=True) as first:
        assert first.stdout and first.stdout.readline() == "held\n"
        begun = time.monotonic()
        code, words = refreshed(home)
        seconds = time.monotonic() - begun
        answered = home.answers() == before
        first.communicate()
    return Told(code, words, answered and str(first.pid) in words, refreshed(home)[0] == 0, seconds)


def release_unchanged(home: Home, act: Callable[[], object]) -> bool:
    """Whether an act leaves the published release byte for byte as it was, its modes too."""
    folder = home.latest.path
    before = fingerprint(folder), [path.stat().st_mode for path in sorted(folder.rglob("*"))]
    act()
    return before == (fingerprint(folder), [path.stat().st_mode for path in sorted(folder.rglob("*"))])


#: Told in a second or two each; nothing is built.
QUICK = (
    Drill("a byte of a raw partition is another", raw_partition, 0, ("Raw file", "made again from", "landing")),
    Drill("the manifest of a raw table is gone", raw_manifest, 0, ("Raw manifest", "made again from", "landing")),
    Drill("a landing file is cut short", landing_vintage, 0, ("Landing file", "landed again from", "the pack")),
    Drill("the pack has lost its manifest", pack_manifest, 1, ("no manifest.json", "fresh copy")),
    Drill("the home may not be written", read_only_home, 7, ("cannot be written", "STATECRAFT_HOME", "release stands")),
    Drill("a file lies where the home should be", file_for_a_home, 7, ("is no folder", "STATECRAFT_HOME")),
    Drill("two refreshes at once", two_at_once, 3, ("Another refresh holds this warehouse", "Wait for it")),
)
#: Of a warehouse with an edition still to come: a refresh has work to do.
WITH_NEWS = (
    Drill(
        "the disk fills while models are built", full_disk, 7, ("The disk takes no more", "--prune", "release stands")
    ),
)
ARCHIVED_FILE = Drill("an archived file is damaged", archived_file, 1, ("is damaged", "statecraft add SOURCE FILE"))
#: A whole build, or the last steps of one: for the benchmark.
SLOW = (
    Drill("the work database is cut short", work_database, 0, ("work database", "every model is built anew")),
    Drill("the release readers see has lost its build.json", release_manifest, 0, ()),
    ARCHIVED_FILE,
)
SLOW_WITH_NEWS = (
    Drill("blocks of the work database are others", block_of_work_database, 0, ("The work database", "damaged")),
)
