"""The data dictionary says every column, check and way from source to table, and asks nothing of the network."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from pipelines.citation import Citation
from pipelines.dictionary.drawing import MOST, drawing
from pipelines.dictionary.facts import Dictionary, dictionary
from pipelines.dictionary.page import page
from pipelines.lineage import Lineage
from tests.unit.rooms import toy_spec

CITED = Citation("20260608T120000Z-0badcafe", date(2026, 6, 8))


def model(schema: str, name: str, upstream: list[str], **more: Any) -> tuple[str, dict[str, Any]]:
    column = {"name": "rate", "data_type": "double", "description": "Rate < 1.", "meta": {"unit": "fraction"}}
    node = {"resource_type": "model", "schema": schema, "name": name, "description": f"Of {name}.", **more}
    node |= {"columns": {"rate": column}, "meta": {"grain": ["rate"]}, "depends_on": {"nodes": upstream}}
    return f"model.toy.{name}", node


def data_test(name: str, arguments: dict[str, Any], attached: str) -> tuple[str, dict[str, Any]]:
    stated = {"name": name, "kwargs": arguments}
    return f"test.{name}", {
        "resource_type": "test",
        "name": f"{name}_of_it",
        "test_metadata": stated,
        "attached_node": attached,
    }


@pytest.fixture
def found() -> Dictionary:
    nodes = dict(
        [
            model("staging", "stg_toy__list", ["source.toy.list"]),
            model("intermediate", "int_toy__named", ["model.toy.stg_toy__list", "seed.toy.kept_facts"]),
            model("core", "dim_toy", ["model.toy.int_toy__named"]),
            model("trade_impact", "toys", ["model.toy.dim_toy"]),
            data_test("unique_combination", {"columns": ["rate"]}, "model.toy.dim_toy"),
            data_test("of_its_own", {}, "model.toy.dim_toy"),
        ]
    )
    sources = {"source.toy.list": {"source_name": "toy", "name": "raw_toy__list"}}
    lineage = Lineage({"nodes": nodes, "sources": sources, "macros": {}})
    return dictionary(lineage, {"core.dim_toy": 1234}, {"toy": toy_spec()})


def test_a_table_knows_what_it_is_made_of_and_what_it_makes(found: Dictionary) -> None:
    core, mart = found.by_name["core.dim_toy"], found.by_name["trade_impact.toys"]
    assert core.made_of == ["seed:kept_facts", "source:toy"]
    assert core.between == ["int_toy__named", "stg_toy__list"]
    assert (mart.made_of, mart.between) == (["core.dim_toy"], [])
    assert found.sources_behind(mart) == ["seed:kept_facts", "source:toy"]
    assert found.makes("core.dim_toy") == ["trade_impact.toys"] and found.makes("source:toy") == ["core.dim_toy"]
    assert [check.rule for check in core.checks] == ["no two rows have the same rate", "of its own of it"]


def test_the_page_says_it_all_and_asks_for_nothing(found: Dictionary) -> None:
    text = page(found, CITED)
    assert "default-src 'none'" in text
    assert not re.search(r"(src|@import|url\()\s*=?\s*[\"']?(https?:)?//", text)
    assert re.findall(r"<link|<img|<iframe|<script [^>]*src|<base", text) == []
    for said in (
        "Rate &lt; 1.",
        "fraction",
        "1,234 rows",
        "no two rows have the same rate",
        CITED.build_id,
        "Toy figures",
    ):
        assert said in text
    places = set(re.findall(r'<section id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) == places == {"core.dim_toy", "trade_impact.toys", "source:toy"}


def test_a_drawing_links_what_has_a_place_and_counts_what_is_too_much() -> None:
    names = [f"core.t{number}" for number in range(MOST + 5)]
    drawn = drawing(["seed:facts", "source:<toy>"], "core.it", names, {*names, "core.it", "source:<toy>"})
    assert "&lt;toy&gt;" in drawn and "<toy>" not in drawn
    assert '<g class="seed">' in drawn and 'class="self" href="#core.it"' in drawn
    assert "… 6 more, listed below" in drawn and drawn.count("<rect") == 2 + 1 + MOST
