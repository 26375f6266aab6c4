"""The tariff schedule's landing suites: every rule written in SQL lets a sound edition pass and catches its fault."""

from __future__ import annotations

import json
from collections.abc import Iterator

import duckdb
import pytest

from pipelines.settings import PROJECT_ROOT

#: As the gate hands the landing floor to a rule: no name may follow it.
BATCH = "(SELECT * FROM landing WHERE true) AS subselect"

#: Two editions of 98 chapters, each with a heading and 260 lines below it; FOOTNOTES sets a note against 122 of those.
EDITIONS = """
CREATE TABLE vintages AS SELECT * FROM (VALUES
    ('2030_basic', DATE '2030-01-01', 0, 25578, NULL, false), ('2030_rev_1', DATE '2030-01-02', 10, 25578, 25578, true)
) AS v(vintage_id, known_on, sequence, row_count, previous_row_count, is_candidate);
CREATE TABLE lines AS
WITH chapters AS (SELECT lpad(CAST(i AS VARCHAR), 2, '0') AS chapter FROM range(1, 100) AS r(i) WHERE i <> 77),
     numbers AS (SELECT lpad(CAST(i AS VARCHAR), 4, '0') AS n FROM range(1, 261) AS r(i))
SELECT '2030_rev_1' AS vintage_id, chapter || '01' AS htsno, 0 AS indent, NULL AS parent_htsno,
       'Heading' AS description, NULL AS general
FROM chapters
UNION ALL
SELECT '2030_rev_1', chapter || '01.' || substr(n, 1, 2) || '.' || substr(n, 3, 2), 1, chapter || '01', 'Line', 'Free'
FROM chapters CROSS JOIN numbers;
"""
FOOTNOTES = """
CREATE TABLE landing AS
SELECT vintage_id, htsno, 'general' AS applies_to, 'See 9901.01.01.' AS footnotes, '9901.01.01' AS chapter99_references
FROM lines WHERE substr(htsno, 9, 2) <= '40' AND length(htsno) = 10;
"""


def rules(thing: str) -> dict[str, str]:
    """Rule -> query, as it reaches the database."""
    path = PROJECT_ROOT / "expectations" / "landing" / f"usitc_hts__{thing}.json"
    suite = json.loads(path.read_text(encoding="utf-8"))["expectations"]
    queries = {each["meta"]["rule"]: each["kwargs"].get("unexpected_rows_query") for each in suite}
    return {rule: query.replace("{batch}", BATCH) for rule, query in queries.items() if query}


def tripped(con: duckdb.DuckDBPyConnection, thing: str) -> set[str]:
    counts = {rule: f"SELECT count(*) FROM ({query}) AS found" for rule, query in rules(thing).items()}
    return {rule for rule, query in counts.items() if con.execute(query).fetchone() != (0,)}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(EDITIONS)
        yield connection


LINE_FAULTS = [
    ("key_missing", "UPDATE landing SET htsno = NULL WHERE htsno = '0101.00.01'"),
    ("htsno_shape", "UPDATE landing SET htsno = '0101.0001' WHERE htsno = '0101.00.01'"),
    ("indent_bounds", "UPDATE landing SET indent = 12 WHERE htsno = '0101.00.01'"),
    ("indent_bounds", "UPDATE landing SET indent = NULL WHERE htsno = '0101.00.01'"),
    ("description_missing", "UPDATE landing SET description = NULL WHERE htsno = '0101'"),
    ("too_few_rows", "UPDATE vintages SET row_count = 24999, previous_row_count = NULL"),
    ("too_many_rows", "UPDATE vintages SET row_count = 45001"),
    ("shrunk", "UPDATE vintages SET previous_row_count = 35000"),
    ("chapter_missing", "DELETE FROM landing WHERE starts_with(htsno, '50')"),
    ("rate_missing", "UPDATE landing SET general = NULL WHERE starts_with(htsno, '0301.00')"),
    ("rate_missing", "UPDATE landing SET htsno = htsno || '.10', general = NULL WHERE starts_with(htsno, '0301.00')"),
    ("orphaned_line", "UPDATE landing SET parent_htsno = NULL WHERE htsno = '0101.00.01'"),
    ("misplaced_lines", "UPDATE landing SET parent_htsno = '0101' WHERE starts_with(htsno, '0201.')"),
    ("edition_gap", "DELETE FROM vintages WHERE vintage_id = '2030_basic'"),
    ("edition_gap", "UPDATE landing SET vintage_id = '2030_rev_3'; UPDATE vintages SET vintage_id = '2030_rev_3' "
     "WHERE is_candidate"),
]  # fmt: skip
FOOTNOTE_FAULTS = [
    ("key_missing", "UPDATE landing SET applies_to = NULL WHERE htsno = '0101.00.01'"),
    ("applies_to_closed", "UPDATE landing SET applies_to = 'general,others' WHERE htsno = '0101.00.01'"),
    ("footnotes_missing", "UPDATE landing SET footnotes = NULL WHERE htsno = '0101.00.01'"),
    ("line_unknown", "DELETE FROM lines WHERE htsno = '0101.00.01'"),
    ("references_shape", "UPDATE landing SET chapter99_references = '9901.01' WHERE htsno = '0101.00.01'"),
    ("too_few_rows", "UPDATE vintages SET row_count = 11999, previous_row_count = NULL"),
    ("too_many_rows", "UPDATE vintages SET row_count = 31001"),
    ("shrunk", "UPDATE vintages SET previous_row_count = 35000"),
    ("references_lost", "UPDATE landing SET chapter99_references = NULL WHERE htsno > '40'"),
    ("references_dangling", "UPDATE landing SET chapter99_references = '9902.99.99' WHERE htsno < '03'"),
]


def test_every_rule_in_sql_has_a_fault_here() -> None:
    assert {rule for rule, _ in LINE_FAULTS} == set(rules("lines"))
    assert {rule for rule, _ in FOOTNOTE_FAULTS} == set(rules("footnotes"))


def test_sound_editions_trip_nothing(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("CREATE TABLE landing AS FROM lines")
    assert tripped(con, "lines") == set()
    con.execute("DROP TABLE landing")
    con.execute(FOOTNOTES)
    assert tripped(con, "footnotes") == set()


@pytest.mark.parametrize(("rule", "fault"), LINE_FAULTS)
def test_faults_of_lines_are_caught(con: duckdb.DuckDBPyConnection, rule: str, fault: str) -> None:
    con.execute("CREATE TABLE landing AS FROM lines")
    con.execute(fault)
    assert rule in tripped(con, "lines")


@pytest.mark.parametrize(("rule", "fault"), FOOTNOTE_FAULTS)
def test_faults_of_footnotes_are_caught(con: duckdb.DuckDBPyConnection, rule: str, fault: str) -> None:
    con.execute(FOOTNOTES)
    con.execute(fault)
    assert rule in tripped(con, "footnotes")
