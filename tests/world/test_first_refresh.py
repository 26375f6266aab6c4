"""What one refresh from an empty folder leaves: a whole release, with the figures of the pack in it."""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from pipelines.contract import OPEN_END
from pipelines.files import read_json, sha256_of
from tests.world.home import Home
from tests.world.small import CHAPTERS, HTS_EDITIONS

FLOW_KEY = ["product_level", "partner_code", "period_start", "period_months", "product_code"]
SCHEMAS = ("core", "policy_events", "provenance", "trade_impact")


def packed(home: Home, table: str) -> pl.DataFrame:
    """Change-coded rows of the pack, without the way through the warehouse."""
    files = sorted(path for path in (home.pack / table).glob("*.parquet") if path.stem != "cells")
    return pl.concat(pl.read_parquet(path) for path in files)


def test_the_release_is_complete(built: Home) -> None:
    folder = built.latest.path
    assert (built.path / "releases" / "latest").readlink() == built.path.__class__(folder.name)
    assert {path.name for path in folder.iterdir()} == {
        *("statecraft.duckdb", "parquet", "docs", "build.json", "checks.json", "changes.json", "datapackage.json"),
        "CITATION.cff",
        "SHA256SUMS",
    }
    assert sorted(path.name for path in (folder / "parquet").iterdir()) == list(SCHEMAS)
    assert not list((built.path / "releases" / ".building").iterdir())
    page = (folder / "docs" / "index.html").read_text()
    assert "fct_trade_flow" in page and "INLINE DATA" not in page
    assert read_json(folder / "changes.json")["against"] is None


def test_the_released_file_is_of_the_storage_version_older_readers_know(built: Home) -> None:
    with duckdb.connect(str(built.latest.database), read_only=True) as con:
        [(tags,)] = con.sql("select tags from duckdb_databases() where not internal").fetchall()
        assert tags["storage_version"].startswith("v1.4.0")
        described = con.sql("select count(*) from duckdb_columns() where comment is null and not internal").fetchall()
        assert described == [(0,)]
        [(listed,)] = con.sql("select count(*) from core.list_on('US_BIS_EL', date '2023-11-01')").fetchall()
        assert 0 < listed <= con.sql("select count(*) from core.fct_list_entry").fetchall()[0][0]


def test_parquet_and_the_data_package_say_what_the_database_says(built: Home) -> None:
    rows = {**built.answers(), "provenance.gate_results": built.latest.tables["provenance.gate_results"].rows}
    package = read_json(built.latest.path / "datapackage.json")
    assert {r["name"] for r in package["resources"]} == {name.replace(".", "_") for name in rows}
    for resource in package["resources"]:
        path = built.latest.path / resource["path"]
        schema, table = path.parent.name, path.stem
        assert resource["hash"] == f"sha256:{sha256_of(path.read_bytes())}"
        assert resource["rows"] == rows[f"{schema}.{table}"] == pl.scan_parquet(path).select(pl.len()).collect().item()
        assert [f["name"] for f in resource["schema"]["fields"]] == list(pl.read_parquet_schema(path))


def test_every_check_is_on_record(built: Home) -> None:
    checks = read_json(built.latest.path / "checks.json")
    tripped = {r["rule"] for r in [*checks["landing_gate"], *checks["release_gate"]] if not r["passed"]}
    assert tripped == {"alias_count_contradicted"}  # a warning: three entries of the list announce more than they print
    assert {t["status"] for t in checks["dbt_tests"]} == {"pass"}
    recorded = built.mart("provenance.gate_results")
    assert recorded.height == len(checks["landing_gate"]) + len(checks["release_gate"])
    suites = {path.stem for path in built.expectations.glob("release/*.json")}
    assert {r["table_name"] for r in checks["release_gate"]} == suites == set(built.latest.tables)


def test_a_person_is_told_what_was_built(built: Home) -> None:
    said = (built.path / "refresh.log").read_text()
    assert f"Release {built.latest.build_id}" in said and "70 held, from 21 sources" in said
    # What a user brings or asks for is in no pack.
    users = {"ownership_edges__edges", "treasury_receipts__customs_duties", "un_comtrade__flows", "cepii_baci__flows"}
    users.add("census_imports__claims")  # of bulk files alone
    packed_tables = {path.stem for path in built.expectations.glob("landing/*.json")} - users
    assert all(f"gate {table}" in said for table in packed_tables)
    assert "rate_2025_percent" in said and "released_on" in said and "listed_2026_07_31" in said


def test_trade_flows_are_those_of_the_pack(built: Home) -> None:
    wanted = packed(built, "census_imports__flows").with_columns(flow=pl.lit("import"))
    exports = packed(built, "census_exports__flows").with_columns(flow=pl.lit("export"))
    wanted = pl.concat([wanted, exports], how="diagonal")
    found = built.mart("core.fct_trade_flow").select(wanted.columns)
    order = ["flow", *FLOW_KEY, "known_from"]
    assert found.sort(order).equals(wanted.sort(order))


def test_calculated_duty_rates_are_duty_over_value(built: Home) -> None:
    flows = packed(built, "census_imports__flows").filter(
        pl.col("product_level") == "HTS10", pl.col("known_to") == OPEN_END, pl.col("partner_code") == "5700"
    )
    wanted = (
        flows.group_by("period_start")
        .agg(rate=pl.col("calculated_duty_usd").sum() / pl.col("import_value_consumption_usd").sum())
        .sort("period_start")
    )
    found = built.mart("trade_impact.calculated_duty_rates").filter(
        pl.col("partner_code") == "5700", pl.col("product_level") == "ALL", pl.col("period_months") == 12
    )
    found = found.select("period_start", rate="calculated_duty_rate").sort("period_start")
    assert found["period_start"].to_list() == [date(2024, 1, 1), date(2025, 1, 1)]
    assert (found["rate"] - wanted["rate"]).abs().max() < 1e-12  # type: ignore[operator]


def test_restatements_are_what_two_vintages_say_differently(built: Home) -> None:
    flows = packed(built, "census_imports__flows").filter(pl.col("product_level") == "HTS10")
    first = flows.filter(pl.col("known_from") == date(2025, 5, 31))
    latest = flows.filter(pl.col("known_from") == date(2026, 8, 31))
    both = first.join(latest, on=FLOW_KEY, suffix="_latest")
    differing = both.filter(pl.col("calculated_duty_usd") != pl.col("calculated_duty_usd_latest"))
    found = built.mart("trade_impact.restatements").filter(
        pl.col("product_level") == "HTS10", pl.col("measure") == "calculated_duty_usd"
    )
    assert 0 < found.height == differing.height
    assert found["latest_value_usd"].sum() == differing["calculated_duty_usd_latest"].sum()


def test_schedule_lines_are_those_of_each_edition(built: Home) -> None:
    lines, rows = built.mart("core.fct_schedule_line"), packed(built, "usitc_hts__lines")
    editions = built.mart("core.dim_schedule_edition").sort("released_on")
    assert editions["revision"].to_list() == HTS_EDITIONS
    for day in editions["released_on"]:
        standing = (pl.col("known_from") <= day) & (day < pl.col("known_to"))
        found, wanted = lines.filter(standing), rows.filter(standing)
        columns = ["htsno", "description", "general", "other"]
        assert found.select(columns).sort("htsno").equals(wanted.select(columns).sort("htsno"))
    assert set(lines["htsno"].str.slice(0, 2)) == {*CHAPTERS, "99"}


def test_schedule_changes_are_what_one_edition_says_and_the_one_before_did_not(built: Home) -> None:
    rows = packed(built, "usitc_hts__lines")
    editions = built.mart("core.dim_schedule_edition").sort("released_on")
    changes = built.mart("policy_events.schedule_changes")
    days = editions["released_on"].to_list()
    for revision, before, day in zip(editions["revision"][1:], days, days[1:], strict=False):
        old = rows.filter((pl.col("known_from") <= before) & (before < pl.col("known_to")))
        new = rows.filter((pl.col("known_from") <= day) & (day < pl.col("known_to")))
        kept = new.join(old, on="htsno", suffix="_before")
        rates = pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_before")) for c in ("general", "special", "other"))
        wanted = {
            "added": new.join(old, on="htsno", how="anti").height,
            "removed": old.join(new, on="htsno", how="anti").height,
            "rate_changed": kept.filter(rates).height,
        }
        mine = changes.filter(pl.col("revision") == revision)
        assert {kind: mine.filter(pl.col("change_type") == kind).height for kind in wanted} == wanted


def test_the_list_is_that_of_each_edition(built: Home) -> None:
    """Every printed row is an entry under the key that survives; an edition without headings carries further ones."""
    entries = built.mart("core.fct_list_entry").filter(pl.col("list_code") == "US_BIS_EL")
    rows = packed(built, "bis_entity_list__entries")
    (identity,) = (built.path / "raw" / "list_identity__keys").glob("*/*.parquet")
    keys = pl.read_parquet(identity).filter((pl.col("list_code") == "US_BIS_EL") & (pl.col("method") != "repeated"))
    carried = {}
    for day in (date(2023, 10, 30), date(2023, 12, 7), date(2026, 7, 31)):
        standing = (pl.col("known_from") <= day) & (day < pl.col("known_to"))
        is_valid = (pl.col("valid_from") <= day) & (day < pl.col("valid_to"))
        listed = entries.filter(standing, is_valid)
        printed = rows.filter(standing).select(stated_key="entry_key")
        borne = printed.join(keys.filter(standing), on="stated_key")
        assert sorted(listed["entry_key"]) == sorted(borne["entry_key"])
        carried[day.year] = borne.filter(pl.col("method") == "carried").height
        assert borne.height - carried[day.year] >= 0.97 * printed.height, "few rows are printed again"
    assert carried[2026] > 0


def test_ofacs_lists_are_those_of_each_edition(built: Home) -> None:
    entries, rows = built.mart("core.fct_list_entry"), packed(built, "ofac_sdn__entries")
    numbered = pl.format("{}/{}", "list_code", "entity_number")
    for day in (date(2018, 12, 19), date(2024, 3, 27), date(2024, 5, 3), date(2024, 8, 20)):
        standing = (pl.col("known_from") <= day) & (day < pl.col("known_to"))
        is_valid = (pl.col("valid_from") <= day) & (day < pl.col("valid_to"))
        listed = entries.filter(standing, is_valid, pl.col("list_code").str.starts_with("US_OFAC"))
        wanted = rows.filter(standing).with_columns(entry_key=numbered)
        assert sorted(listed["entry_key"]) == sorted(wanted["entry_key"])
        named = listed.join(wanted, on="entry_key", suffix="_packed")
        assert named["aliases"].eq_missing(named["aliases_packed"]).all()
        assert named["licence_requirement"].equals(named["programs"])


def test_denial_orders_hold_between_their_dates(built: Home) -> None:
    entries, rows = built.mart("core.fct_list_entry"), packed(built, "bis_denied_persons__entries")
    known = rows.filter(pl.col("known_to") == OPEN_END).with_columns(entry_key="US_BIS_DPL/" + pl.col("entry_key"))
    for day in (date(2020, 1, 1), date(2022, 9, 2), date(2030, 1, 1)):
        ends = pl.col("expires_on").fill_null(OPEN_END)
        wanted = known.filter(pl.col("effective_on") <= day, day < ends)
        listed = entries.filter(
            pl.col("list_code") == "US_BIS_DPL",
            pl.col("known_to") == OPEN_END,
            pl.col("valid_from") <= day,
            day < pl.col("valid_to"),
        )
        assert set(wanted["entry_key"]) <= set(listed["entry_key"])
        # The others are orders an edition had dropped by then, and which held until it did.
        rest = listed.join(wanted, on="entry_key", how="anti")
        assert rest.filter(pl.col("closed_by").is_null()).height == 0
        assert day < date(2022, 9, 2) or rest.height == 0
