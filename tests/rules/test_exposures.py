"""Laws of those who read the marts from outside: what they name is there, and said in models/exposures.yml.

Belongs here: names held against names. Does not belong here: whether the queries answer (tests/world).
"""

from __future__ import annotations

import re

from pipelines.bi.superset import charts
from pipelines.headlines import headlines
from pipelines.released_sql import released
from tests.rules.repository import ROOT, released_models, yaml_entries


def refs_of(exposure: str) -> set[str]:
    return {re.fullmatch(r"ref\('(\w+)'\)", ref)[1] for ref in yaml_entries("exposures")[exposure]["depends_on"]}  # type: ignore[index]


def marts_behind(names: set[str]) -> set[str]:
    """Marts that tables and released views, by their qualified names, are read from."""
    views = {view.qualified: view.reads for view in released()}
    tables = {name for name in names if name not in views}
    behind = {table for name in names & views.keys() for table in views[name]}
    return {table.partition(".")[2] for table in tables | behind}


def test_every_exposure_names_marts_an_owner_and_what_it_is() -> None:
    marts = {model.name for model in released_models()}
    for name, exposure in yaml_entries("exposures").items():
        assert refs_of(name) and refs_of(name) <= marts, name
        assert exposure["owner"] == {"name": "Statecraft maintainers"}
        assert exposure["maturity"] in {"low", "medium", "high"} and exposure["description"]


def test_what_reads_the_headline_numbers_names_what_they_read() -> None:
    read = marts_behind({table for headline in headlines() for table in headline.reads})
    for name in set(yaml_entries("exposures")) - {"dashboard"}:
        assert refs_of(name) == read, name


def test_the_dashboard_names_what_pages_and_pictures_read() -> None:
    files = [*(ROOT / "pipelines" / "pictures").glob("*.py"), *(ROOT / "dashboard").rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r"\b(?:from|join) ((?:core|policy_events|trade_impact|provenance)\.\w+)", text))
    assert named and marts_behind(named) <= refs_of("dashboard")


def test_every_chart_is_a_headline_number() -> None:
    assert {chart["headline"] for chart in charts()} <= {headline.name for headline in headlines()}


def test_a_recipe_that_was_not_tried_says_so() -> None:
    for name, exposure in yaml_entries("exposures").items():
        found = re.search(r"docs/bi/\w+\.md", exposure["description"])
        if found:
            text = (ROOT / found[0]).read_text(encoding="utf-8")
            assert ("**Untried here**" in text) == (exposure["maturity"] == "low"), name
