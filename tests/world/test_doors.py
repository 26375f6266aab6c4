"""The doors gate: what trips one changes nothing a reader can see, and is told in words.

These runs go through Dagster for real: a check that only reports would let the release through.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipelines.intake import incidents
from pipelines.release import candidate, releases
from pipelines.warehouse import Warehouse
from tests.world.fixtures import World, content, same_content

pytestmark = pytest.mark.xdist_group("world")


def _suites(world: World, folder: Path, relative: str, rule: dict[str, object]) -> World:
    """The same world behind suites with one more rule."""
    shutil.copytree(world.expectations, folder / "expectations")
    path = folder / "expectations" / relative
    suite = json.loads(path.read_text())
    suite["expectations"].append(rule)
    path.write_text(json.dumps(suite))
    return replace(world, expectations=folder / "expectations")


NOBODY: dict[str, object] = {
    "type": "unexpected_rows_expectation",
    "kwargs": {"unexpected_rows_query": "select * from {batch} where partner_code is not null"},
    "severity": "critical",
    "meta": {"rule": "nobody_trades", "action": "Look at the partners."},
}


def test_the_landing_gate_leaves_raw_untouched(world: World, tmp_path: Path) -> None:
    new = [
        ["CTY_CODE", "I_COMMODITY", "CON_VAL_MO", "CAL_DUT_MO", "COMM_LVL", "time"],
        ["5700", "72", "1000", "90000", "HS2", "2021-08"],  # ninety times its value in duty
    ]
    file = tmp_path / "imports_hs_HS2_2021-08.json"
    file.write_text(json.dumps(new))
    before, raw = world.release(), Warehouse(world.settings).state()
    code, output = world.run("add", "census_imports", str(file), "--known-on", "2021-10-05")
    assert code == 1
    assert "The last release stands" in output
    assert Warehouse(world.settings).state() == raw
    assert world.release().build_id == before.build_id
    incident = incidents(world.settings)[0]
    assert incident["source"] == "census_imports" and incident["stage"] == "landing_gate"
    assert "90000" in incident["what"] and incident["action"]
    code, output = world.run("status")
    assert code == 0 and "Failed" in output and "90000" in output
    code, output = world.refresh()  # refused bytes stay out; everything else goes on
    assert code == 0


def test_the_release_gate_stops_the_swap(world: World, tmp_path: Path) -> None:
    before = world.release()
    strict = _suites(world, tmp_path, "release/core.dim_partner.json", NOBODY)
    code, output = strict.refresh()
    assert code == 1 and "nobody_trades" in output and "Look at the partners." in output
    assert [r.build_id for r in releases(world.settings)] == [before.build_id]
    assert incidents(world.settings)[0]["stage"] == "release_gate"
    code, _ = world.refresh()  # with the rule gone, the same content is there, and still only one release
    assert code == 0 and same_content(content(world.release()), content(before))


def test_a_failing_model_test_stops_the_release(world: World) -> None:
    """Two rows of one key planted in raw: dbt's test fails, and neither candidate nor release is made."""
    raw = Warehouse(world.settings)
    [path] = list(raw.files("census_schedule_c__partners"))
    rows = pl.read_parquet(path)
    before = world.release()
    path.unlink()  # landing and raw share the file
    pl.concat([rows, rows.head(1)]).write_parquet(path)
    manifest = raw.folder / "census_schedule_c__partners" / "manifest.json"
    manifest.write_text(manifest.read_text() + "\n")  # another fingerprint: the models must be built again
    code, output = world.refresh()
    assert code == 1 and "unique_combination_dim_partner" in output
    assert world.release().build_id == before.build_id
    assert candidate(world.settings) is None
