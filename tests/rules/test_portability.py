"""Laws of portable SQL: models run on DuckDB and Spark; what differs between them is in macros/dialect.sql alone.

Belongs here: words and forms no model may use. Does not belong here: layout, which sqlfluff checks.
"""

from __future__ import annotations

import re

import pytest

from tests.rules.repository import ROOT, bare, models, relative, yaml_entries

DIALECT = ROOT / "macros" / "dialect.sql"
SQL_FILES = sorted([m.path for m in models()] + [p for p in (ROOT / "macros").rglob("*.sql") if p != DIALECT])

#: Form -> what to use instead.
FORBIDDEN = {
    r"::": "cast(x as type)",
    r"\bqualify\b": "a row_number() in a CTE, filtered in the next",
    r"\basof\b": "an interval join on [from, to)",
    r"\blambda\b|(?<!-)->": "set-based SQL",
    r"\bfilter\s*\(": "case when inside the aggregate",
    r"\b(group|order) by all\b": "the columns by name",
    r"\*\s*(exclude|except|replace|rename)\s*\(": "the columns by name",
    r"\bvarchar\b|\bas text\)": "string",
    r"\b(try_cast|tryconvert|ilike|similar to|using sample|tablesample|distinct on|positional join)\b": "standard SQL",
    r"\b(read_parquet|parquet_scan|read_csv|read_json|glob|input_file_name)\s*\(": "raw_parquet or raw_files",
    r"\b(string_agg|listagg|group_concat|array_agg|collect_list|collect_set)\s*\(": "joined_text",
    r"\b(list|array|map|struct)(_\w+)?\s*\(": "a macro in macros/dialect.sql",
    r"\b(named_struct|unnest|explode|posexplode|generate_series|sequence)\s*\(": "a dialect macro",
    r"\b(pivot|unpivot|lateral)\b": "one select a column, under each other",
    r"\b(date_diff|datediff|date_sub|date_add|date_trunc|make_date|date_format|to_date)\s*\(": "a dialect macro",
    r"\b(strftime|strptime|epoch\w*)\s*\(": "a dialect macro",
    r"\b(regexp_\w+|rlike|md5|sha\w*|hash|xxhash64)\s*\(": "a dialect macro",
    r"\b(arg_min|arg_max|median|quantile\w*|percentile\w*|mode|first|last)\s*\(": "min_by, max_by, or a dialect macro",
    r"\b(current_date|current_timestamp|now\s*\(|today\s*\(|rand(om)?\s*\()": "nothing: rows follow from what is held",
}


#: dbt's own macros that an engine needs otherwise; dbt dispatches to them.
OF_DBT = {"create_schema"}


@pytest.mark.parametrize("form", FORBIDDEN)
def test_no_form_only_one_engine_knows(form: str) -> None:
    sql = {relative(path): path.read_text(encoding="utf-8") for path in SQL_FILES} | _sql_of_unit_tests()
    found = {name: hits[0] for name, text in sql.items() if (hits := re.findall(f"(?:{form})", _code(text)))}
    assert found == {}, f"use {FORBIDDEN[form]}"


def _sql_of_unit_tests() -> dict[str, str]:
    """Rows that the models' unit tests state in SQL."""
    return {
        f"unit test {name}": " union all ".join(
            given["rows"] for given in entry["given"] if given.get("format") == "sql"
        )
        for name, entry in yaml_entries("unit_tests").items()
    }


def _code(sql: str) -> str:
    """SQL without comments, Jinja and text in quotes."""
    return re.sub(r"'[^']*'", "''", re.sub(r"\{\{.*?\}\}", "x", bare(sql), flags=re.DOTALL))


def test_division_is_of_doubles() -> None:
    """Engines divide integers and decimals differently."""
    wrong = {
        relative(path): found
        for path in SQL_FILES
        if (found := re.findall(r"[^\n]*(?<! as double\)) /[^\n]*", _code(path.read_text(encoding="utf-8"))))
    }
    assert wrong == {}


def test_absent_is_not_made_zero() -> None:
    zero_filled = re.compile(r"\b(coalesce|ifnull|nvl|zeroifnull)\s*\([^()]*(\([^()]*\)[^()]*)*,\s*0(\.0*)?\s*\)")
    wrong = [relative(path) for path in SQL_FILES if zero_filled.search(bare(path.read_text(encoding="utf-8")))]
    assert wrong == []


def test_dialect_goes_through_dispatch() -> None:
    """Every engine's spelling has a macro without prefix that dispatches to it."""
    sql = DIALECT.read_text(encoding="utf-8")
    spelled = set(re.findall(r"macro (?:duckdb|spark|default)__(\w+)\(", sql))
    dispatched = set(re.findall(r"adapter\.dispatch\('(\w+)'\)", sql))
    assert spelled - OF_DBT == dispatched
    assert dispatched <= set(re.findall(r"macro (\w+)\(", sql))
