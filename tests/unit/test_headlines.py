"""The headline numbers: what is read of a saved query, and that each says what its columns are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.headlines import Headline, headlines, read


def test_a_saved_query_is_read_with_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "flows.sql"
    path.write_text(
        "-- How many flows\n-- A word more.\nselect\n    f.month,  -- The month.\n    count(*)\n        as flow_count"
        "  -- Flows.\nfrom core.fct_flow as f  -- of core.not_read\n"
    )
    found = read(path)
    assert (found.name, found.title) == ("flows", "How many flows")
    assert found.reads == {"core.fct_flow"}
    assert found.columns == {"month": "The month.", "flow_count": "Flows."}
    assert found.sql.startswith("select\n")


@pytest.mark.parametrize("headline", headlines(), ids=lambda headline: headline.name)
def test_every_column_is_described(headline: Headline) -> None:
    """That these are the columns it has is held against a release, in tests/world/test_push.py."""
    assert headline.reads and headline.columns and all(words.endswith(".") for words in headline.columns.values())


@pytest.mark.parametrize("headline", headlines(), ids=lambda headline: headline.name)
def test_it_is_sql_that_both_engines_read_alike(headline: Headline) -> None:
    """Words of one engine only; tests/world/test_push.py holds the answers of both against each other."""
    bare = re.sub(r"--.*", "", headline.sql)
    assert (
        re.findall(r"\b(unnest|generate_series|min_by|max_by|arg_max|year\(|round|qualify|bool_or|filter)\b", bare)
        == []
    )
