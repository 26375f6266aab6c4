"""The command line on a whole warehouse: what each command prints and how it exits."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipelines.files import one_writer
from tests.world.home import Home

QUESTION = "select partner_code, partner_name from core.dim_partner where partner_code in ('5700', '2010') order by 1"


def test_a_result_is_written_in_four_forms(built: Home, tmp_path: Path) -> None:
    printed = built.statecraft("sql", QUESTION)
    assert printed.returncode == 0 and "CHINA" in printed.stdout.upper()
    as_csv = pl.read_csv(io.StringIO(built.statecraft("sql", QUESTION, "--format", "csv").stdout), infer_schema=False)
    as_json = pl.DataFrame(json.loads(built.statecraft("sql", QUESTION, "--format", "json").stdout))
    file = tmp_path / "partners.parquet"
    assert built.statecraft("sql", QUESTION, "--format", "parquet", "--output", file).returncode == 0
    assert as_csv.height == 2
    assert as_csv.equals(as_json) and as_csv.equals(pl.read_parquet(file))


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["sql", "delete from core.dim_partner"], 6, "Only one statement that reads"),
        (["sql", "select nothing_of_the_kind from core.dim_partner"], 6, "nothing_of_the_kind"),
        (["refresh", "--only", "no_such_source"], 1, "Sources: bis_denied_persons, bis_entity_list"),
        (["refresh", "--source", "/no/such/folder"], 1, "/no/such/folder"),
        (["withdraw", "usitc_hts", "2031_rev_1", "--reason", "none"], 1, "holds no vintage"),
        (["releases", "--roll-back", "no-such-build"], 1, "no-such-build"),
        (["sql"], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_and_code(
    built: Home, arguments: list[str], code: int, words: str
) -> None:
    done = built.statecraft(*arguments)
    assert done.returncode == code, done.stderr
    assert words in done.stderr and "Traceback" not in done.stderr


def test_two_refreshes_at_once_are_one_too_many(world: Home) -> None:
    with one_writer(world.settings):
        done = world.statecraft("refresh", "--source", world.pack)
    assert done.returncode == 3 and "Traceback" not in done.stderr


def test_before_the_first_release_one_is_told_to_refresh(built: Home, tmp_path: Path) -> None:
    empty = replace(built, path=tmp_path / "empty")
    done = empty.statecraft("sql", "select 1")
    assert done.returncode == 5 and "statecraft refresh" in done.stderr
    assert "No release yet" in empty.statecraft("status").stdout
    assert empty.statecraft("explain", "7326.90.86.88", "CN", "2026-06-08").returncode == 5


def test_status_and_sources_tell_what_is_held(built: Home) -> None:
    status, sources = built.statecraft("status").stdout, built.statecraft("sources").stdout
    assert built.latest.build_id in status and "Failed" not in status
    for name in ("usitc_hts__lines", "census_imports__flows", "bis_entity_list__entries"):
        assert name in status
    assert "bis_entity_list" in sources and "public domain" in sources.lower()


def test_readers_can_be_pointed_back(late: Home, tmp_path: Path) -> None:
    """The late world has two releases: the first with the edition, the second without."""
    home = late.at(tmp_path / "warehouse")
    newest = home.latest.build_id
    listed = home.statecraft("releases").stdout
    [first] = [line.split()[0] for line in listed.splitlines() if "T" in line[:20] and "→" not in line]
    assert home.statecraft("releases", "--roll-back", first).returncode == 0
    assert home.latest.build_id == first != newest
    assert home.statecraft("releases", "--prune", "1").returncode == 0
    assert home.latest.build_id == first, "the release readers are on is never pruned"
