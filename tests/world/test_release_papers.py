"""What lies beside the tables of a whole release: valid for the programs it is for, and complete."""

from __future__ import annotations

from pathlib import Path

import yaml
from frictionless import Package

from pipelines.query import run_query
from tests.world.home import Home

#: Larger tables are checked by their schema alone: Frictionless reads a row at a time.
ROWS = 400


def test_frictionless_finds_the_data_package_valid(built: Home) -> None:
    package = Package.from_descriptor(str(built.latest.path / "datapackage.json"))
    assert {resource.name.replace("_", ".", 1) for resource in package.resources} >= {"core.dim_partner"}
    small = [resource for resource in package.resources if (resource.rows or 0) <= ROWS]
    assert len(small) > 50
    broken = {r.name: report.flatten(["type", "note"]) for r in small if not (report := r.validate()).valid}
    assert broken == {}


def test_everything_in_the_file_says_what_it_is(built: Home) -> None:
    for listed in ("duckdb_tables()", "duckdb_views()", "duckdb_columns()", "duckdb_functions()"):
        asked = f"select comment from {listed} where not internal"
        comments = run_query(built.settings, built.latest.database, asked)["comment"]
        assert comments.len() > 0 and comments.null_count() == 0, listed


def test_the_release_carries_its_citation_and_its_dictionary(built: Home) -> None:
    said = yaml.safe_load((built.latest.path / "CITATION.cff").read_text(encoding="utf-8"))
    assert said["identifiers"][0]["value"] == built.latest.build_id
    page = (built.latest.path / "docs" / "dictionary.html").read_text(encoding="utf-8")
    assert all(f'<section id="{table}">' in page for table in built.latest.tables)


def test_tables_and_series_go_out_by_the_command_line(built: Home, tmp_path: Path) -> None:
    for name, of in (
        ("partners.xlsx", "core.dim_partner"),
        ("partners.dta", "dim_partner"),
        ("due.csv", "headline/falls_due"),
    ):
        done = built.statecraft("export", of, "-o", tmp_path / name)
        assert done.returncode == 0 and (tmp_path / name).stat().st_size > 0, done.stderr
    refused = built.statecraft("export", "core.dim_partners", "-o", tmp_path / "no.csv")
    assert refused.returncode == 1 and "Did you mean core.dim_partner" in refused.stderr
    done = built.statecraft("sdmx", "tariff", "-o", tmp_path / "sdmx")
    assert done.returncode == 0 and "SC_TARIFF" in done.stderr, done.stderr
