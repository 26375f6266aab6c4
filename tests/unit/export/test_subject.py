"""What is exported: the table meant, the rows and columns asked for, and what is known of the columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import query_book
from pipelines.cli import app
from pipelines.errors import QueryError, StatecraftError
from pipelines.export import columnar, stata
from pipelines.export.subject import of_query, of_table
from pipelines.query import run_query
from pipelines.release import Release
from pipelines.settings import Settings
from tests.unit.export.tiny import BUILD, line, tiny_release
from tests.unit.rooms import toy_settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return toy_settings(tmp_path_factory.mktemp("subject"))


@pytest.fixture(scope="module")
def release(settings: Settings) -> Release:
    return tiny_release(settings)


def test_a_table_is_found_by_its_name_alone(settings: Settings, release: Release) -> None:
    found = of_table(settings, release, "fct_line")
    assert (found.name, found.short_name) == ("core.fct_line", "fct_line")
    assert found.description == "Lines with what was paid."
    assert found.key == ["hts10", "valid_from"]
    assert {field.name: field.unit for field in found.fields}["total_rate"] == "fraction of customs value"


def test_what_is_not_there_is_answered_with_what_is_near(settings: Settings, release: Release) -> None:
    with pytest.raises(StatecraftError, match=r"no table or saved query 'core.fct_lines'.*Did you mean core\.fct_line"):
        of_table(settings, release, "core.fct_lines")
    with pytest.raises(StatecraftError, match=r"duckdb_tables"):
        of_table(settings, release, "zzzz")
    with pytest.raises(StatecraftError, match=r"no column rate\. Its columns: hts10"):
        of_table(settings, release, "fct_line", columns=["rate"])
    with pytest.raises(StatecraftError, match=r"no file"):
        of_query(settings, release, Path("nowhere.sql"))


def test_a_saved_query_is_named_by_its_path_or_where_one_has_it_by_its_name(
    settings: Settings, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "headline").mkdir()
    for name, answer in (("due", 1), ("headline/due", 2), ("headline/alone", 3), ("dim_partner", 4)):
        line(tmp_path / f"{name}.sql", f"-- {name}\nselect {answer} as answer")
    monkeypatch.setattr(query_book, "FOLDER", tmp_path)
    monkeypatch.setattr("pipelines.export.subject.PROJECT_ROOT", tmp_path.parent)
    for name, answer in (("headline/due", 2), ("headline/alone", 3), ("alone", 3)):
        found = of_table(settings, release, name)
        assert run_query(settings, release.database, found.sql).rows() == [(answer,)]
    for name, words in (
        ("due", r"'due' may be headline/due \(.*headline/due\.sql\), due \(.*/due\.sql\).*--sql FILE"),
        ("dim_partner", r"may be core\.dim_partner, dim_partner \("),
    ):
        with pytest.raises(StatecraftError, match=words):
            of_table(settings, release, name)
    assert of_table(settings, release, "core.dim_partner").name == "core.dim_partner"
    with pytest.raises(StatecraftError, match=r"Did you mean headline/alone"):
        of_table(settings, release, "headline/alne")


def test_no_two_queries_of_the_cookbook_have_one_name() -> None:
    names = [query.stem for query in query_book.queries()]
    assert sorted(set(names)) == sorted(names)


def test_rows_and_columns_asked_for_come_in_the_order_asked(settings: Settings, release: Release) -> None:
    subject = of_table(settings, release, "fct_line", where="total_rate > 0", columns=["total_rate", "hts10"])
    assert subject.key == []  # without valid_from nothing identifies a row
    assert run_query(settings, release.database, subject.sql).rows() == [(0.25, "0101210010")]


def test_where_can_only_read(settings: Settings, release: Release) -> None:
    with pytest.raises(QueryError):
        of_table(settings, release, "fct_line", where="true; drop table core.fct_line")


def test_an_answers_columns_are_described_by_their_names(settings: Settings, release: Release, tmp_path: Path) -> None:
    sql = "-- What is paid?\nselect hts10, total_rate, sum(period_months) as months, [1, 2] as list from core.fct_line"
    subject = of_query(settings, release, line(tmp_path / "paid.sql", f"{sql} group by all order by all; -- end\n"))
    assert (subject.name, subject.description) == ("paid", "What is paid?")
    assert [(f.name, f.kind, f.unit) for f in subject.fields] == [
        ("hts10", "text", ""),
        ("total_rate", "double", "fraction of customs value"),
        ("months", "double", ""),
        ("list", "text", ""),
    ]
    for form in (columnar, stata):
        assert form.write(settings, subject, tmp_path / "paid", 60) == 2


def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> str:
    monkeypatch.setenv("STATECRAFT_HOME", str(settings.home))
    done = CliRunner().invoke(app, ["export", *map(str, arguments)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_the_suffix_says_the_form(
    settings: Settings, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run(settings, monkeypatch, "fct_line", "-o", tmp_path / "lines.csv")
    assert "2 rows, 10 columns" in said and BUILD in said
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lines.csv", "lines.csv-metadata.json"]
    for suffix, magic in (("dta", b"<stata_dta>"), ("xlsx", b"PK"), ("parquet", b"PAR1")):
        run(settings, monkeypatch, "fct_line", "-o", tmp_path / f"lines.{suffix}")
        assert (tmp_path / f"lines.{suffix}").read_bytes().startswith(magic)
    monkeypatch.chdir(tmp_path)
    run(settings, monkeypatch, "core.dim_partner", "--format", "csv")
    assert (tmp_path / "dim_partner.csv").read_text() == "partner_code,partner_name\n5700,China\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fct_line"], r"is not said.*--output that ends in \.xlsx, \.csv, \.dta, \.parquet"),
        (["fct_line", "-o", "lines.txt"], r"lines\.txt is not known"),
        (["fct_line", "-f", "csv", "-o", "lines.dta"], r"do not agree"),
        (["-f", "csv"], r"Name one thing"),
        (["fct_line", "--sql", "q.sql", "-f", "csv"], r"Name one thing"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    settings: Settings, release: Release, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    with pytest.raises(StatecraftError, match=words):
        run(settings, monkeypatch, *arguments)


def test_an_export_that_fails_leaves_the_file_that_was_there(
    settings: Settings, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = line(tmp_path / "lines.parquet", "before")
    failing = line(tmp_path / "failing.sql", "select error('no') as e from range(3)")
    with pytest.raises(QueryError):
        run(settings, monkeypatch, "--sql", failing, "-o", kept)
    assert kept.read_text() == "before" and len(list(tmp_path.iterdir())) == 2


def test_the_dictionary_and_the_citation_are_those_of_the_release(
    settings: Settings, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATECRAFT_HOME", str(settings.home))
    asked = CliRunner()
    refused = asked.invoke(app, ["dictionary", "-o", str(tmp_path / "here")]).exception
    assert isinstance(refused, StatecraftError) and "Refresh once more" in str(refused)
    (release.path / "docs").mkdir()
    line(release.path / "docs" / "dictionary.html", "<html>")
    assert asked.invoke(app, ["dictionary", "-o", str(tmp_path / "here")]).exit_code == 0
    assert (tmp_path / "here" / "index.html").read_text() == "<html>"
    assert asked.invoke(app, ["cite"]).output == of_table(settings, release, "fct_line").citation.sentence + "\n"
    assert asked.invoke(app, ["cite", "--bibtex"]).output.startswith("@misc{statecraft_2026")
    assert "U.S. International Trade Commission" in asked.invoke(app, ["cite", "--sources"]).output
