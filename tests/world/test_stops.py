"""What fails stops before readers can see it, and says what it was and what to do.

These runs go through Dagster: a check that only reports, or that stops the models and not the release, would show here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import dagster as dg
import polars as pl

from pipelines.checksums import of_file
from pipelines.files import read_json, write_json
from pipelines.intake import incidents
from pipelines.release import candidate
from pipelines.warehouse import Warehouse
from tests.world import census_month
from tests.world.home import Home, fingerprint

LAST_STEPS = {"release__candidate", "release__candidate_release_gate", "release__latest"}


@contextmanager
def nothing_seen(home: Home) -> Iterator[None]:
    """Readers see after this what they saw before."""
    before = fingerprint(home.settings.releases)
    yield
    after = fingerprint(home.settings.releases)
    assert {path: sha for path, sha in after.items() if "/.building/" not in path} == before


def steps(home: Home, run_id: str) -> dict[str, str]:
    """Steps of a run and how each ended, as Dagster has it on record."""
    with home.at_hand(), dg.DagsterInstance.get() as instance:
        found = instance.get_run_step_stats(run_id)
    return {step.step_key: step.status.value for step in found if step.status}


def with_rule(home: Home, folder: Path, suite: str, query: str) -> Home:
    """The same warehouse judged by one critical rule more, named `planted`."""
    target = folder / "expectations"
    for path in home.expectations.rglob("*.json"):
        document = read_json(path)
        if str(path.relative_to(home.expectations)) == suite:
            meta = {"rule": "planted", "action": "Take the planted rule away."}
            kwargs = {"unexpected_rows_query": query}
            rule = {"type": "unexpected_rows_expectation", "kwargs": kwargs, "severity": "critical", "meta": meta}
            document["expectations"].append(rule)
        write_json(target / path.relative_to(home.expectations), document)
    return replace(home, expectations=target)


def test_a_failing_model_test_stops_the_release(world: Home) -> None:
    """A partner is lost from raw on its way to the models: flows then name a partner nobody knows."""
    warehouse = Warehouse(world.settings)
    [path] = warehouse.files("census_schedule_c__partners")
    rows = pl.read_parquet(path).filter(pl.col("partner_code") != "5700")
    path.unlink()  # the landing floor shares the file
    rows.write_parquet(path)
    manifest = warehouse.folder / "census_schedule_c__partners" / "manifest.json"
    told = read_json(manifest)
    told["partitions"]["all"]["sha256"] = of_file(path)  # or the file would be made again from landing
    write_json(manifest, told)  # other content: the models on it must be built again

    with nothing_seen(world):
        outcome = world.refresh()
    assert not outcome.success and outcome.failed.keys() == {"transform"}
    assert "relationships_fct_trade_flow_partner_code" in outcome.failed["transform"]
    ended = steps(world, outcome.run_id)
    assert ended["transform"] == "FAILURE" and not LAST_STEPS & ended.keys()
    assert candidate(world.settings) is None
    status = world.statecraft("status")
    assert "relationships_fct_trade_flow_partner_code" in status.stdout and "statecraft refresh" in status.stdout

    again = world.refresh()  # nothing is half-trusted: the same models fail again
    assert again.failed.keys() == {"transform"}


def test_a_failing_release_rule_stops_the_swap(world: Home, tmp_path: Path) -> None:
    strict = with_rule(world, tmp_path, "release/core.dim_partner.json", "select partner_code from {batch}")
    with nothing_seen(world):
        outcome = strict.refresh()
    assert not outcome.success
    ended = steps(world, outcome.run_id)
    assert ended["release__candidate"] == "SUCCESS" and "release__latest" not in ended
    incident = incidents(world.settings)[0]
    assert (incident["source"], incident["stage"]) == ("release", "release_gate")
    assert "core.dim_partner: rule planted" in incident["what"] and "5700" not in world.latest.build_id
    status = world.statecraft("status")
    assert "rule planted" in status.stdout and "Take the planted rule away." in status.stdout

    assert world.refresh().success  # judged by the suites as they were, there is nothing to publish
    assert candidate(world.settings) is None


def test_a_failing_landing_rule_leaves_raw_untouched(world: Home, tmp_path: Path) -> None:
    """Duty of ninety times the value: each cell is fine, the figures cannot be. Told by the real command."""
    rows = [[*row[:4], f"{90 * int(row[3])}", *row[5:]] if row[0] == "85" else row for row in census_month.lines()]
    file = census_month.write(tmp_path, rows)
    raw, work = fingerprint(world.settings.raw), fingerprint(world.settings.work)
    with nothing_seen(world):
        done = world.statecraft("add", "census_imports", file)
    assert done.returncode == 1
    assert "duty_above_limit" in done.stderr and "The last release stands." in done.stderr
    assert fingerprint(world.settings.raw) == raw
    built = {"warehouse.duckdb", "built.json"}
    assert {p: s for p, s in fingerprint(world.settings.work).items() if Path(p).name in built} == {
        p: s for p, s in work.items() if Path(p).name in built
    }
    incident = incidents(world.settings)[0]
    assert (incident["source"], incident["stage"]) == ("census_imports", "landing_gate")
    assert "duty_above_limit" in incident["rule"] and census_month.VINTAGE in incident["file"] and incident["action"]
    status = world.statecraft("status")
    assert "Failed" in status.stdout and "duty_above_limit" in status.stdout

    assert world.refresh().success  # what was refused stays out, and stands in no one's way
