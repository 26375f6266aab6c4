"""Metal content: which goods, cut at the whole, and prefixes that reach no other goods."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipelines.law.content_shares import line_shares, scopes, shortest_prefixes, write

SHARES = """hs10,naics,bea_detail_code,steel_share,aluminum_share,copper_share,other_metal_share,metal_share
8418210010,1,1,0.1034,0.0214,0.01,0,0
8418210090,1,1,0.1034,0.0214,0.01,0,0
8418300000,1,1,0.2,0.03,0.01,0,0
8544429000,1,1,0.03,0.0831,1.806066,0,0
7318150000,1,1,0.202,0,0,0,0
"""


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    old, new = tmp_path / "product_scope/compiled_2026-06-29", tmp_path / "product_scope/compiled_2026-07-23"
    old.mkdir(parents=True)
    new.mkdir()
    (old / "metal_content_shares_bea_hs10.csv.gz").write_bytes(gzip.compress(SHARES.encode()))
    (old / "s232_derivative_products.csv").write_text(
        "hts_prefix,ch99_code,derivative_type,effective_date\n84182100,9903.81.91,steel,2025-08-18\n", encoding="utf-8"
    )
    for name, codes in (("steel", "73181500"), ("alu", "8418210090"), ("copper", "85444290")):
        file = f"{name}-list.csv" if name == "copper" else f"{name}-tariffs.csv"
        (new / file).write_text(f"HTSUS\n{codes}\n", encoding="utf-8")
    return tmp_path


def test_goods_are_those_listed_outside_the_chapters_of_metal(documents: Path) -> None:
    assert scopes(documents) == {"steel": {"84182100"}, "aluminum": {"8418210090"}, "copper": {"85444290"}}


def test_shares_are_rounded_and_cut_at_the_whole(documents: Path) -> None:
    assert line_shares(documents, "steel", ["84182100"]) == {"8418210010": 0.103, "8418210090": 0.103}
    assert line_shares(documents, "copper", ["85444290"]) == {"8544429000": 1.0}


def test_a_prefix_has_the_common_share_and_lines_that_differ_their_own() -> None:
    lines = {"8418210010": 0.1, "8418210020": 0.1, "8418210090": 0.3}
    assert shortest_prefixes(lines, {"84182100"}) == {"84182100": 0.1, "8418210090": 0.3}


def test_a_prefix_without_lines_has_the_share_of_its_heading_or_none() -> None:
    lines = {"8418210010": 0.1}
    assert shortest_prefixes(lines, {"84182100", "84189900", "85011000"}) == {"84182100": 0.1, "84189900": 0.1}


def test_the_file_states_each_metal_for_its_own_goods(documents: Path, tmp_path: Path) -> None:
    target = tmp_path / "shares.csv"
    assert write(documents, target) == {"steel": 1, "aluminum": 1, "copper": 1}
    assert target.read_text(encoding="utf-8").splitlines()[1:] == [
        "A-S232-40,steel,84182100,,0.103,,",
        "A-S232-40,aluminum,8418210090,,0.021,,",
        "A-S232-40,copper,85444290,,1.0,,",
        "A-S232-41,copper,74,,1,,",
    ]
