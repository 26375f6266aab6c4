"""A user's own edges of ownership, from the file to the release and to a screened name; and the file's safe keeping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from pipelines.contract import OPEN_END
from tests.world import drills
from tests.world.home import Home

RULE = pl.col("rule_code") == "BIS_AFFILIATES"


def test_a_users_edges_reach_beyond_the_list(built: Home, world: Home, tmp_path: Path) -> None:
    assert built.mart("policy_events.affiliate_reach").is_empty(), "the pack's owners are no listed parties"
    entries = built.mart("core.fct_list_entry").filter(
        pl.col("list_code") == "US_BIS_EL", pl.col("known_to") == OPEN_END, pl.col("valid_to") == OPEN_END
    )
    key = entries["entry_key"].sort()[0]
    edges, names = tmp_path / "mine.csv", tmp_path / "names.csv"
    edges.write_text(
        "owner,owned,share,valid_from,valid_to,source,owned_name,owned_country_code,owner_entry_key\n"
        f"x,a,0.6,2024-01-01,,register,Quillfeather Optics,SG,{key}\n"
        "a,b,0.5,2025-01-01,2026-01-01,register,Underhill Lenses,AE,\n"
    )
    bring = ("add", "ownership_edges", str(edges), "--known-on", "2026-08-01")
    done = world.statecraft(*bring)
    assert done.returncode == 0, done.stderr
    reach = world.mart("policy_events.affiliate_reach").filter(RULE).sort("path_length")
    columns = ["listed_entry_key", "reached_entity_name", "country_code", "ownership_share", "path"]
    assert reach.select(columns).rows() == [
        (key, "Quillfeather Optics", "SG", 0.6, "x > 60 % > a"),
        (key, "Underhill Lenses", "AE", 0.5, "x > 60 % > a > 50 % > b"),
    ]
    assert reach["valid_to"].to_list() == [OPEN_END, date(2026, 1, 1)]
    figures = world.mart("policy_events.affiliate_multiplier").filter(RULE, pl.col("list_code") == "US_BIS_EL")
    assert figures.select("linked_count", "reached_count").rows() == [(1, 1)]

    names.write_text("name\nQuillfeather Optics Ltd\n")
    screened = world.statecraft("screen", names, "--with-affiliates", "--known-on", "2026-11-28")
    assert screened.returncode == 0, screened.stderr
    assert "not on 2026-11-28: ownership has no second clock" in screened.stderr
    assert "Quillfeather Optics" in screened.stdout and "x > 60 % > a" in screened.stdout

    # A release was made of it, which takes longest: here, so that it need not be made once more.
    told = drills.damaged_archive(world, bring)
    assert drills.ARCHIVED_FILE.is_met_by(told), told
