"""The only maker of releases: build a candidate aside, judge its very bytes, swap it in.

Belongs here: the life of `releases/`. Does not belong here: tables (release_tables.py) and papers (release_papers.py).

    releases/.building/<build_id>/   the candidate; removed at the next start if a run is killed
    releases/<build_id>/             complete, judged, never changed: its files are read-only
    releases/.published/<build_id>   on record that it was published, and its checksum (published.py)
    releases/latest                  a link, replaced in one step
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines import checksums, gates, published, release_papers, release_tables
from pipelines.build_record import standing_fingerprints
from pipelines.citation import Citation
from pipelines.contract import SourceSpec
from pipelines.errors import DamagedError, GateError, StatecraftError
from pipelines.files import duck, fsync_folder, read_json, replace_file, sha256_of, write_json
from pipelines.gates import RuleResult
from pipelines.landing_gate import kept_results
from pipelines.lineage import Lineage, Mart
from pipelines.progress import log
from pipelines.release_tables import DATABASE, GATE_TABLE, ReleasedTable
from pipelines.released_sql import released
from pipelines.settings import Settings, whole_number

RELEASE_VERSION = 1
#: Nobody writes a published file, not even by mistake.
READ_ONLY = 0o444
#: The newest releases that are kept, where STATECRAFT_KEEP_RELEASES says no other number.
KEEP = 5


class NoReleaseError(StatecraftError):
    """Nothing has been published yet."""


@dataclass(frozen=True)
class Release:
    """One published release, as its build.json says. rows: per table."""

    build_id: str
    path: Path
    state: str
    created_at: datetime
    tables: dict[str, ReleasedTable]
    is_latest: bool

    @property
    def rows(self) -> int:
        return sum(t.rows for t in self.tables.values())

    @property
    def database(self) -> Path:
        return self.path / DATABASE


def releases(settings: Settings) -> list[Release]:
    """Published releases, newest first. One whose build.json is lost or damaged is none (published.py tells of it)."""
    link = settings.releases / "latest"
    pointed_at = link.resolve().name if link.is_symlink() else None
    found = []
    for path in sorted(settings.releases.glob("*/build.json"), reverse=True):
        if path.parent.name == "latest" or path.parent.name.startswith("."):  # the link; one half removed
            continue
        try:
            build = read_json(path)
        except DamagedError:
            continue
        tables = {k: ReleasedTable(**t) for k, t in build["tables"].items()}
        moment = datetime.fromisoformat(build["created_at"])
        name = path.parent.name
        found.append(Release(name, path.parent, build["state"], moment, tables, name == pointed_at))
    return found


def latest(settings: Settings) -> Release | None:
    """The release readers see."""
    return next((r for r in releases(settings) if r.is_latest), None)


def current(settings: Settings) -> Release:
    """The release readers see. Raises NoReleaseError."""
    found = latest(settings)
    if found is not None:
        return found
    if releases(settings):
        raise NoReleaseError(
            f"`latest` points at none of the releases in {settings.releases}.",
            "Run `statecraft refresh`, or name one: `statecraft releases --roll-back BUILD`.",
        )
    raise NoReleaseError(f"There is no release in {settings.releases} yet.", "Run `statecraft refresh`.")


def wanted_state(settings: Settings, lineage: Lineage) -> tuple[str, dict[str, str]]:
    """Fingerprint of what a release made now would hold, and per model."""
    fingerprints = standing_fingerprints(settings, lineage)
    suites = sorted((gates.expectations() / "release").glob("*.json"))
    judged_by = [sha256_of(path.read_bytes()) for path in suites]
    marts = {m.qualified: fingerprints[m.unique_id] for m in lineage.marts}
    made_when_asked = [statement for each in released() for statement in each.statements()]
    document = [RELEASE_VERSION, marts, judged_by, made_when_asked]
    return sha256_of(json.dumps(document, sort_keys=True).encode())[:16], fingerprints


def building_folder(settings: Settings) -> Path:
    return settings.releases / ".building"


def candidate(settings: Settings) -> Path | None:
    """The candidate waiting for judgement, if there is one."""
    return next((p.parent for p in building_folder(settings).glob("*/build.json")), None)


def forget_candidate(settings: Settings) -> None:
    """Remove a candidate that was refused or left behind: nothing waits for it once there is nothing to publish."""
    shutil.rmtree(building_folder(settings), ignore_errors=True)


def build_candidate(settings: Settings, lineage: Lineage, specs: dict[str, SourceSpec]) -> Path | None:
    """Build a candidate from the work database. None when the newest release already holds just this."""
    forget_candidate(settings)
    finish_swap(settings)
    state, fingerprints = wanted_state(settings, lineage)
    standing = releases(settings)
    if standing and standing[0].state == state:
        return None
    moment = datetime.now(UTC)
    build_id = f"{moment:%Y%m%dT%H%M%SZ}-{state[:8]}"
    folder = building_folder(settings) / build_id
    folder.mkdir(parents=True)
    marts = lineage.marts
    before = _to_build_on(settings, standing)
    tables = release_tables.write_tables(settings, marts, fingerprints, folder, before)
    citation = Citation(build_id, moment.date())
    papers: dict[str, Any] = {
        "datapackage": release_papers.data_package(
            citation, marts, tables, release_papers.foreign_keys(settings, marts, folder), specs, folder
        ),
        # The gate's own results are still to come: they are no change of the data.
        "changes": release_tables.changes(
            settings, [m for m in marts if m.qualified != GATE_TABLE], tables, folder, before
        ),
    }
    rows = {k: t.rows for k, t in tables.items()}
    release_papers.write_docs(lineage.manifest, marts, rows, folder)
    release_papers.write_dictionary(lineage, rows, specs, citation, folder)
    release_papers.write_papers(folder, **papers)
    replace_file(folder / "CITATION.cff", citation.cff(specs).encode())
    build = {"build_id": build_id, "state": state, "created_at": moment.isoformat(timespec="seconds")}
    write_json(folder / "build.json", {**build, "tables": {k: asdict(t) for k, t in tables.items()}})
    return folder


def _to_build_on(settings: Settings, standing: list[Release]) -> tuple[Path, dict[str, ReleasedTable]] | None:
    """The newest release that is as it was published: what did not change is taken from it, and must be whole."""
    for each in standing:
        wrong = problems(settings, each)
        if not wrong:
            return each.path, each.tables
        log.warning("Release %s is damaged (%s): nothing is taken from it.", each.build_id, ", ".join(wrong))
    return None


def problems(settings: Settings, each: Release) -> dict[str, str]:
    """File -> what is wrong with it; empty where the release is as it was published."""
    return published.problems(settings, each.path, each.tables)


def judge_candidate(folder: Path, lineage: Lineage) -> list[RuleResult]:
    """Judge the candidate's DuckDB file by every release suite. Every mart must have one."""
    suites: list[tuple[str, str | None, dict[str, Any]]] = [
        (mart.name, mart.schema, gates.read_suite("release", mart.qualified)) for mart in lineage.marts
    ]
    return gates.judge("release", "", folder / DATABASE, suites)


def publish(settings: Settings, lineage: Lineage, folder: Path, results: list[RuleResult]) -> Release:
    """Write the gate's results into the candidate and swap it in. Raises GateError if a critical rule did not pass."""
    broken = [r for r in results if r.critical and not r.passed]
    if broken or not results:
        reason = " ".join(r.sentence() for r in broken) or "the candidate was not judged."
        raise GateError(f"The release gate refused {folder.name}: {reason}", "The last release stands.")
    mart = next(m for m in lineage.marts if m.qualified == GATE_TABLE)
    _append_results(settings, folder, mart, results)
    release_papers.write_papers(folder, checks=release_papers.checks(settings, kept_results(settings), results))
    checksums.write(folder)
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
            path.chmod(READ_ONLY)
    target = settings.releases / folder.name
    _prepare_link(settings, target.name)
    folder.rename(target)
    fsync_folder(settings.releases)
    published.put_on_record(settings, target.name)
    point_latest(settings, target.name)
    prune(settings, whole_number("STATECRAFT_KEEP_RELEASES", KEEP, least=1))
    return next(r for r in releases(settings) if r.build_id == target.name)


def _append_results(settings: Settings, folder: Path, mart: Mart, results: list[RuleResult]) -> None:
    """The one thing written after judgement: what the judgement saw."""
    moment = datetime.now(UTC).replace(tzinfo=None)
    with duck(settings, str(folder / DATABASE)) as con:
        con.executemany(
            f"insert into {GATE_TABLE} (gate, table_name, rule, passed, observed, bound, checked_at)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [(r.gate, r.table_name, r.rule, r.passed, r.observed, r.bound, moment) for r in results],
        )
        con.execute("checkpoint")
        count = release_tables.write_parquet(con, GATE_TABLE, mart, folder)
    content = release_tables.parquet_path(folder, mart).read_bytes()
    build, package = read_json(folder / "build.json"), read_json(folder / "datapackage.json")
    table = ReleasedTable(**build["tables"][GATE_TABLE])
    table = replace(table, rows=count, sha256=sha256_of(content), bytes=len(content))
    build["tables"][GATE_TABLE] = asdict(table)
    for resource in package["resources"]:
        if resource["name"] == GATE_TABLE.replace(".", "_"):
            resource.update(hash=f"sha256:{table.sha256}", rows=table.rows)
    write_json(folder / "build.json", build)
    write_json(folder / "datapackage.json", package)


def point_latest(settings: Settings, build_id: str) -> None:
    """Swap `latest` in one step. Readers that hold the old one keep it."""
    if not (settings.releases / build_id / "build.json").exists():
        raise StatecraftError(f"There is no release {build_id}.", "See `statecraft releases`.")
    _prepare_link(settings, build_id).replace(settings.releases / "latest")
    fsync_folder(settings.releases)


def roll_back(settings: Settings, build_id: str) -> None:
    """Point readers at a release that stands. Raises StatecraftError where there is none, or it is not as published."""
    named = next((each for each in releases(settings) if each.build_id == build_id), None)
    if named is None:
        raise StatecraftError(f"There is no release {build_id}.", "See `statecraft releases`.")
    if wrong := problems(settings, named):
        words = ", ".join(f"{name} {what}" for name, what in wrong.items())
        raise DamagedError(
            f"Release {build_id} is not what was published: {words}.",
            "Name another that `statecraft verify` calls as published; take this one away with "
            "`statecraft releases --remove BUILD`.",
        )
    point_latest(settings, build_id)


def _prepare_link(settings: Settings, build_id: str) -> Path:
    """The link that is about to become `latest`: should a kill come between, it says what was meant."""
    prepared = settings.releases / ".latest"
    prepared.unlink(missing_ok=True)
    prepared.symlink_to(build_id)
    return prepared


def finish_swap(settings: Settings) -> None:
    """Point readers where a killed run was about to, if that release is whole; where they see none, at a sound one."""
    prepared = settings.releases / ".latest"
    if prepared.is_symlink():
        if (prepared / "build.json").exists():
            published.put_on_record(settings, prepared.readlink().name)
            prepared.replace(settings.releases / "latest")
        else:
            prepared.unlink()
    standing = releases(settings)
    if standing and not any(each.is_latest for each in standing):
        heir = next((each for each in standing if not problems(settings, each)), standing[0])
        log.warning("Readers saw no release: pointed them at %s.", heir.build_id)
        point_latest(settings, heir.build_id)


def remove(settings: Settings, build_id: str) -> None:
    """Remove a release that readers do not see, or that is damaged; they are pointed at the newest sound one first.

    Raises StatecraftError where there is none of the name, or readers see it and it is sound.
    """
    doomed = settings.releases / build_id
    is_named = doomed.name == build_id and not build_id.startswith(".")  # no way to another folder
    if not is_named or doomed.is_symlink() or not doomed.is_dir():
        raise StatecraftError(f"There is no release {build_id}.", "See `statecraft releases`.")
    standing = {each.build_id: each for each in releases(settings)}
    if build_id in standing and standing[build_id].is_latest:
        if not problems(settings, standing[build_id]):
            raise StatecraftError(f"Readers see {build_id}.", "Point them at another: statecraft releases --roll-back.")
        sound = (k for k, each in standing.items() if k != build_id and not problems(settings, each))
        heir = next(sound, None)
        if heir:
            point_latest(settings, heir)
        else:
            (settings.releases / "latest").unlink()
    _take_away(settings, doomed)


def _take_away(settings: Settings, release: Path) -> None:
    """Renamed first, so that a kill leaves no half release under a release's name."""
    published.strike(settings, release.name)
    doomed = settings.releases / f".removing-{release.name}"
    release.rename(doomed)
    shutil.rmtree(doomed)


def prune(settings: Settings, keep: int) -> list[str]:
    """Remove all but the newest `keep` releases, never the one readers see. Returns what was removed."""
    removed = []
    for release in releases(settings)[keep:]:
        if not release.is_latest:
            _take_away(settings, release.path)
            removed.append(release.build_id)
    for doomed in settings.releases.glob(".removing-*"):
        shutil.rmtree(doomed)
    return removed
