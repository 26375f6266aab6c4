"""A user's own version of BACI, from a folder of files to the released rows."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import polars as pl

from pipelines.contract import OPEN_END
from tests.world.home import Home

HEADER = "t,i,j,k,v,q\n"


def test_a_users_files_reach_the_release_and_a_later_version_restates(built: Home, world: Home, tmp_path: Path) -> None:
    assert built.mart("core.fct_world_trade_flow").is_empty(), "no pack may hold a figure of these sources"
    with zipfile.ZipFile(tmp_path / "BACI_HS17_V202001.zip", "w") as packed:
        packed.writestr("BACI_HS17_Y2017_V202001.csv", HEADER + "2017,156,842,854231,150.000,2.000\n")
        packed.writestr(
            "BACI_HS17_Y2018_V202001.csv", HEADER + "2018,156,842,854231,30.000,NA\n2018,156,704,854231,70.000,1.000\n"
        )
    later = HEADER + "2018,156,842,854231,50.000,0.500\n2018,156,704,854231,70.000,1.000\n"
    (tmp_path / "BACI_HS17_Y2018_V202101b_read-2021-03-05.csv").write_text(later)
    assert world.refresh(tmp_path).success
    flows = world.mart("core.fct_world_trade_flow").filter(importer_code="US").sort("period_start", "known_from")
    known = ["trade_value_fob_usd", "net_weight_kg", "known_from", "known_to"]
    assert flows.select(known).rows() == [
        (150000.0, 2000.0, date(2020, 1, 31), OPEN_END),
        (30000.0, None, date(2020, 1, 31), date(2021, 3, 5)),
        (50000.0, 500.0, date(2021, 3, 5), OPEN_END),
    ]
    went = world.mart("trade_impact.world_diversion").filter(
        pl.col("product_level") == "HS6", pl.col("period_start") == date(2018, 1, 1)
    )
    columns = ["importer_code", "value_fob_usd", "change_usd", "exports_fob_usd", "share_change_pp"]
    assert went.sort("importer_code").select(columns).rows() == [
        ("US", 50000.0, -100000.0, 120000.0, 100 * (50 / 120 - 1)),
        ("VN", 70000.0, None, 120000.0, None),
    ]
