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
        (["refresh", "--only", "no_such_source"], 1, "Sources: bea_customs_duties, bis_denied_persons"),
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
    assert "There is no release in" in empty.statecraft("status").stdout
    assert empty.statecraft("explain", "7326.90.86.88", "CN", "2026-06-08").returncode == 5
    assert empty.statecraft("screen", "names.csv").returncode == 5


def test_status_and_sources_tell_what_is_held(built: Home) -> None:
    status, sources = built.statecraft("status").stdout, built.statecraft("sources").stdout
    assert built.latest.build_id in status and "Failed" not in status
    for name in ("usitc_hts__lines", "census_imports__flows", "bis_entity_list__entries"):
        assert name in status
    assert "bis_entity_list" in sources and "public domain" in sources.lower()


def test_the_timeline_is_asked_by_issuer_authority_and_days(built: Home) -> None:
    asked = ("timeline", "--issuer", "us", "--authority", "s122", "--from", "2026-02-01", "--to", "2026-12-31")
    printed = built.statecraft(*asked).stdout
    assert "US-PROC-11012" in printed and "takes_effect" in printed and "US-EO-14257" not in printed
    rows = built.statecraft(*asked, "--kind", "signed", "--format", "csv").stdout.splitlines()
    assert len(rows) == 2 and rows[1].startswith("2026-02-20,signed,")
    of_the_us = built.statecraft("timeline", "--issuer", "us", "--kind", "announced", "--format", "csv").stdout
    assert "US-STATEMENT-2025-10-10" in of_the_us and "CN-MOFCOM-" not in of_the_us
    assert "Nothing on record" in built.statecraft("timeline", "--issuer", "XX").stdout
    for wrong, words in (
        (("--kind", "nonsense"), "takes_effect"),
        (("--authority", "S999"), "IEEPA"),
        (("--from", "2025-02-01", "--to", "2025-01-01"), "is before"),
    ):
        done = built.statecraft("timeline", *wrong)
        assert done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr


def test_the_life_of_an_act_is_told(built: Home) -> None:
    told = built.statecraft("action", "2025-06063").stdout
    for words in ("US-EO-14257", "country-rates", "suspended", "US-EO-14266 suspends US-EO-14257", "struck_down"):
        assert words in told
    assert "https://www.whitehouse.gov/presidential-actions/2025/04/" in told
    as_json = json.loads(built.statecraft("action", "US-EO-14298", "--format", "json").stdout)
    assert as_json["act"][0]["published_on"] == "2025-05-21"
    for asked, words in (
        ("US-EO-1425", "is in 3 acts"),
        ("US-EO-99999", "No act 'US-EO-99999' is on record"),
        ("affiliates", "US-FR-2025-19001"),
    ):
        done = built.statecraft("action", asked)
        assert done.returncode == 1 and words in done.stderr


def test_a_file_is_screened(built: Home, tmp_path: Path) -> None:
    """Names of the small world's lists, written otherwise, and one that is on none."""
    listed = built.mart("core.fct_list_entry").filter(pl.col("list_code") == "US_BIS_EL", pl.col("closed_by").is_null())
    names = listed["entity_name"].str.to_uppercase().unique().sort().head(5).to_list()
    file, matches = tmp_path / "customers.csv", tmp_path / "matches.csv"
    pl.DataFrame({"no": range(6), "Customer Name": [*names, "Hillside Bakery and Sons"]}).write_csv(file, separator=";")
    done = built.statecraft("screen", file, "-o", matches)
    assert done.returncode == 0 and "6 names in column 'Customer Name'" in done.stderr, done.stderr
    found = pl.read_csv(matches, infer_schema=False)
    assert set(found["row"]) == {"1", "2", "3", "4", "5"}
    assert set(listed["entry_key"]) & set(found["entry_key"])
    assert "US_BIS_EL" in built.statecraft("screen", file).stdout
    as_json = built.statecraft("screen", file, "--format", "json", "--least-score", "0.99").stdout
    assert {match["row"] for match in json.loads(as_json)} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["missing.csv"], 1, "does not exist"),
        (["names.csv", "--column", "firm"], 1, "no column 'firm'"),
        (["names.csv", "--on", "1900-01-01"], 1, "No list holds an entry on 1900-01-01"),
        (["names.csv", "-o", "names.csv"], 1, "is the file to screen"),
        (["names.csv", "--least-score", "0.2"], 2, "0.7"),
    ],
)
def test_what_cannot_be_screened_is_said(
    built: Home, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    (tmp_path / "names.csv").write_text("name\nHuawei\n", encoding="utf-8")
    placed = [tmp_path / word if word.endswith(".csv") else word for word in arguments]
    done = built.statecraft("screen", *placed)
    assert done.returncode == code and words in done.stderr and "Traceback" not in done.stderr, done.stderr


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
