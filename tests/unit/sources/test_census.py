"""Census imports and exports: every wrapping, every refusal and every merge, on hand-made answers."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from pipelines.files import sha256_of
from pipelines.formats import census_scope

KNOWN = date(2026, 10, 7)
Row = dict[str, Any]


def parquet(rows: list[Row]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(rows).write_parquet(buffer)
    return buffer.getvalue()


def body(header: list[str], *rows: list[str]) -> bytes:
    return json.dumps([header, *rows]).encode()


def csv(rows: list[Row]) -> bytes:
    return pl.DataFrame(rows).write_csv().encode()


def delivery(files: dict[str, bytes], known_on: date | None = KNOWN, **options: Any) -> Delivery:
    delivered = tuple(DeliveredFile(name, content, sha256_of(content)) for name, content in files.items())
    return Delivery(delivered, "v1" if known_on else None, known_on, options=options)


def read(files: dict[str, bytes], source: str = "census_imports", **options: Any) -> dict[str, Parsed]:
    """Vintages by `thing`, or `thing/vintage_id` where a delivery makes several of one thing."""
    parsed = list(parser(source)(delivery(files, **options), load_spec(source)))
    return {p.thing if p.vintage_id == "v1" else f"{p.thing}/{p.vintage_id}": p for p in parsed}


def refused(rule: str, files: dict[str, bytes], source: str = "census_imports", **options: Any) -> LandingError:
    with pytest.raises(LandingError) as caught:
        read(files, source, **options)
    assert caught.value.rule == rule, str(caught.value)
    assert caught.value.action == load_spec(source).runbook[rule]
    return caught.value


def month_row(time: str = "2020-01", product: str = "84", code: str = "5700", value: str = "10", **more: str) -> Row:
    return {
        "CTY_NAME": "CHINA",
        "CON_VAL_MO": value,
        "I_COMMODITY": product,
        "I_COMMODITY_SDESC": "WORDS",
        "time": time,
        "COMM_LVL": f"HS{len(product)}",
        "CTY_CODE": code,
        **more,
    }


def months(first: str, last: str) -> list[str]:
    every = census_scope.month_range(census_scope.month(first), census_scope.month(last))
    return [f"{m:%Y-%m}" for m in every]


LIVE = "imports_hs_HS2_2026-08_read-2026-10-07.json"
LIVE_HEADER = ["CTY_CODE", "SUMMARY_LVL", "I_COMMODITY", "CON_VAL_MO", "CAL_DUT_MO", "COMM_LVL", "time"]


def live_row(code: str, product: str, value: int, duty: int = 0, month: str = "2026-08") -> list[str]:
    level = "CGP" if code.startswith("00") or code.endswith("XXX") else "DET"
    return [code, level, product, str(value), str(duty), "HS2", month]


WHOLE_MONTH = body(
    LIVE_HEADER,
    live_row("-", "01", 30, 3),
    live_row("0003", "01", 10, 1),
    live_row("4XXX", "01", 10, 1),
    live_row("4280", "01", 10, 1),
    live_row("5700", "01", 20, 2),
)


def test_a_live_answer_names_its_vintage_scope_and_day() -> None:
    parsed = list(parser("census_imports")(delivery({LIVE: WHOLE_MONTH}, known_on=None), load_spec("census_imports")))
    flows, controls = parsed
    assert (flows.vintage_id, flows.known_on, flows.known_precision) == ("hs2_2026-08_read_2026-10-07", KNOWN, "day")
    assert flows.columns == ("import_value_consumption_usd", "calculated_duty_usd")
    assert flows.frame.sort("partner_code").rows() == [
        ("HS2", "4280", date(2026, 8, 1), 1, "01", 10, 1),
        ("HS2", "5700", date(2026, 8, 1), 1, "01", 20, 2),
    ]
    assert controls.frame["group_code"].sort().to_list() == ["-", "0003", "4XXX"]
    # Scope is what was asked for: partners without a row are empty, not unknown.
    assert flows.cells is not None and controls.cells is not None
    assert flows.cells["partner_code"].sort().to_list() == sorted(census_scope.codes("partner"))
    assert controls.cells.height == len(census_scope.codes("total", "group", "region"))


def test_partners_must_add_up_to_the_world() -> None:
    cut = body(LIVE_HEADER, live_row("-", "01", 30, 3), live_row("5700", "01", 20, 2))
    assert "'import_value_consumption_usd_world': 30" in str(refused("control_mismatch", {LIVE: cut}))
    without = body(LIVE_HEADER, live_row("-", "01", 30, 3), live_row("-", "02", 5, 0), live_row("5700", "01", 30, 3))
    refused("control_mismatch", {LIVE: without})


def test_slices_of_a_month_are_one_answer_or_none() -> None:
    stem = "imports_hs_HS10_2026-08_read-2026-10-07_part-"
    header = ["CTY_CODE", "I_COMMODITY", "CON_VAL_MO", "COMM_LVL", "time", "I_COMMODITY"]
    slices = {
        f"{stem}{n}-of-2.json": body(header, ["5700", product, "7", "HS10", "2026-08", product])
        for n, product in ((1, "0101210010"), (2, "0201100510"))
    }
    flows = read(slices)["flows"]
    assert flows.frame["product_level"].unique().to_list() == ["HTS10"]
    assert flows.frame.height == 2
    refused("missing_slice", dict(list(slices.items())[:1]))


def test_an_echoed_condition_must_repeat_the_same_values() -> None:
    header = [*LIVE_HEADER, "I_COMMODITY"]
    refused("repeated_field", {LIVE: body(header, [*live_row("5700", "01", 1), "02"])})


def test_part_of_the_products_is_not_taken_for_a_level() -> None:
    header = ["GEN_VAL_MO", "COMM_LVL", "I_COMMODITY", "time"]
    one = {"china.json": body(header, ["7", "HS6", "854231", "2013-01"], ["8", "HS6", "854231", "2013-02"])}
    refused("partial_products", one, partners=["-"])
    controls = read(one, partners=["-"], products="listed")["controls"]
    assert not controls.has_rows
    assert controls.frame["import_value_general_usd"].to_list() == [7, 8]


BROKEN = {
    "truncated": {LIVE: WHOLE_MONTH[:-30]},
    "not_json": {LIVE: b"<html><title>Maintenance</title></html>"},
    "encoding": {LIVE: WHOLE_MONTH.replace(b'"DET"', b'"D\xe9T"')},
    "ragged_rows": {LIVE: body(LIVE_HEADER, live_row("5700", "01", 1), ["5700", "01"])},
    "empty_file": {LIVE: b""},
    "request_mismatch": {LIVE: body(LIVE_HEADER, live_row("5700", "01", 1, month="2026-07"))},
    "unknown_format": {"figures.xlsx": b"PK"},
    "unknown_partner": {LIVE: body(LIVE_HEADER, live_row("5999", "01", 1))},
    "unknown_summary_level": {LIVE: body(LIVE_HEADER, ["5700", "CGP", "01", "1", "0", "HS2", "2026-08"])},
    "unknown_level": {"5700.parquet": parquet([month_row(product="848")])},
    "not_csv": {"5700.csv": b"<!doctype html>"},
    "bad_period": {"5700.parquet": parquet([month_row(time="2020-13")])},
    "mixed_periods": {"5700.parquet": parquet([month_row(CON_VAL_YR="10")])},
    "year_to_date": {
        "5700.parquet": parquet([{"time": "2024-11", "CTY_CODE": "5700", "I_COMMODITY": "84", "CON_VAL_YR": "1"}])
    },
}


@pytest.mark.parametrize("rule", BROKEN)
def test_broken_files_are_refused_by_name(rule: str) -> None:
    refused(rule, BROKEN[rule])


def test_a_parquet_file_cut_short_is_refused() -> None:
    refused("truncated", {"5700.parquet": parquet([month_row()])[:-4]})


def test_a_csv_cut_short_is_refused() -> None:
    whole = csv([month_row(product=p) for p in ("01", "02", "03")]).decode()
    refused("truncated", {"5700.csv": whole[:-25].encode()})
    lines = whole.splitlines()
    refused("ragged_rows", {"5700.csv": "\n".join([lines[0], "CHINA,10", *lines[1:]]).encode()})


def test_a_header_pasted_among_the_rows_is_refused() -> None:
    rows = csv([month_row(), month_row(product="85")]).decode().splitlines()
    pasted = "\n".join([rows[0], rows[0], *rows[1:]]).encode()
    assert refused("header_repeated", {"5700.csv": pasted}).rows[0]["time"] == "time"


@pytest.mark.parametrize("cell", ["2,429=", "", "1e6", " 5", "12.5"])
def test_a_figure_that_is_no_whole_number_is_refused_with_its_row(cell: str) -> None:
    rows = csv([month_row(), month_row(product="85", value=cell)])
    error = refused("bad_number", {"5700.csv": rows})
    assert error.rows[0]["I_COMMODITY"] == "85"


@pytest.mark.parametrize("cell", [12.5, float("nan"), float("inf"), None])
def test_floats_are_whole_dollars_or_refused(cell: float | None) -> None:
    good = month_row() | {"CON_VAL_MO": 6.39822215e8}
    assert read({"5700.parquet": parquet([good])})["flows"].frame["import_value_consumption_usd"].item() == 639822215
    refused("bad_number", {"5700.parquet": parquet([good, month_row(product="85") | {"CON_VAL_MO": cell}])})


def test_every_field_is_used_ignored_by_name_or_refused() -> None:
    assert "SURPRISE" in str(refused("unknown_field", {"5700.parquet": parquet([month_row(SURPRISE="1")])}))
    row = month_row()
    for field in ("CON_VAL_MO", "time", "I_COMMODITY"):
        refused("missing_column", {"5700.parquet": parquet([{k: v for k, v in row.items() if k != field}])})
    nobody = {k: v for k, v in row.items() if k not in ("CTY_CODE", "CTY_NAME")}
    refused("missing_column", {"5700.parquet": parquet([nobody])})
    refused("missing_column", {"5700.parquet": parquet([row])}, measures=["CON_VAL", "CAL_DUT"])
    # Columns derived by a compiler are ignored by name.
    derived = parquet([row | {"imports": 10.0, "duty": 0.0, "share": 0.1, "HS8": "x", "HS6": "x", "itariff": None}])
    assert read({"5700.parquet": derived})["flows"].columns == ("import_value_consumption_usd",)


def test_a_month_that_is_silently_missing_is_heard() -> None:
    every = months("2020-01", "2021-03")
    lacking = parquet([month_row(time=t) for t in every if t != "2020-11"])
    assert "2020-11" in str(refused("missing_month", {"5700.parquet": lacking}))
    short = parquet([month_row(time=t) for t in every[:-1]])
    assert "2021-03" in str(refused("missing_month", {"5700.parquet": short}, months=["2020-01", "2021-03"]))
    flows = read({"5700.parquet": lacking}, empty_months=["2020-11"])["flows"]
    assert flows.cells is not None and flows.cells.height == len(every)  # named as empty, so it is in scope
    # A partner that trades now and then is not suspected.
    seldom = parquet([month_row(time=t) for t in ("2020-01", "2020-05", "2020-06", "2020-12", "2021-03")])
    assert read({"6862.parquet": seldom})["flows"].frame.height == 5


def test_a_year_is_december_year_to_date() -> None:
    year = {"CTY_CODE": "5700", "I_COMMODITY": "8471300100", "CON_VAL_YR": 9, "CAL_DUT_YR": 1}
    by_time = parquet([year | {"time": date(2024, 12, 1), "COMM_LVL": "HS10"}])
    by_year = parquet([year | {"YEAR": 2024}])
    for content in (by_time, by_year):
        flows = read({"2024.parquet": content})["flows"]
        assert flows.frame.rows() == [("HTS10", "5700", date(2024, 1, 1), 12, "8471300100", 9, 1)]
    flows = read({"2024.parquet": by_year}, partners="all", years=[2024, 2025])["flows"]
    assert flows.cells is not None and flows.cells.height == 2 * len(census_scope.codes("partner"))


def test_the_world_in_two_files_is_merged_where_it_agrees() -> None:
    world = {"CTY_NAME": "TOTAL FOR ALL COUNTRIES"}
    without_duty = parquet([month_row(product=p, code="-") | world for p in ("84", "85")])
    with_duty = [month_row(product=p, CAL_DUT_MO="1") | world for p in ("84", "85")]
    unnamed = [{k: v for k, v in row.items() if k != "CTY_CODE"} for row in with_duty]
    options: Row = {"partner_in_name": r"^(\d{4}|TOTAL|-)data", "level": "HS2", "measures": ["CON_VAL", "CAL_DUT"]}
    controls = read({"-data.parquet": without_duty, "TOTALdata.parquet": parquet(unnamed)}, **options)["controls"]
    assert controls.frame.sort("product_code").rows() == [
        ("HS2", "-", date(2020, 1, 1), 1, p, 10, 1) for p in ("84", "85")
    ]
    other = [unnamed[0], unnamed[1] | {"CON_VAL_MO": "11"}]
    refused("totals_disagree", {"-data.parquet": without_duty, "TOTALdata.parquet": parquet(other)}, **options)
    refused("totals_disagree", {"-data.parquet": without_duty, "TOTALdata.parquet": parquet(unnamed[:1])}, **options)


def test_files_with_other_columns_become_vintages_of_their_own() -> None:
    narrow, wide = parquet([month_row()]), parquet([month_row(code="4280", CAL_DUT_MO="1")])
    parsed = read({"5700.parquet": narrow, "4280.parquet": wide})
    assert set(parsed) == {"flows", "flows/v1_con_val"}
    assert parsed["flows/v1_con_val"].columns == ("import_value_consumption_usd",)
    assert parsed["flows/v1_con_val"].frame["partner_code"].to_list() == ["5700"]


def test_one_cell_in_two_files() -> None:
    row = month_row()
    general = {k: v for k, v in row.items() if k != "CON_VAL_MO"} | {"GEN_VAL_MO": "12"}
    flows = read({"a.parquet": parquet([row]), "b.parquet": parquet([general])})["flows"]
    assert flows.frame.rows() == [("HS2", "5700", date(2020, 1, 1), 1, "84", 10, 12)]
    later = parquet([general, general | {"time": "2020-02"}])
    refused("overlapping_files", {"a.parquet": parquet([row]), "b.parquet": later})
    refused("overlapping_files", {"a.parquet": parquet([row]), "b.parquet": parquet([month_row(product="85")])})
    refused(
        "files_disagree", {"a.parquet": parquet([row]), "b.parquet": parquet([month_row(value="9", CAL_DUT_MO="1")])}
    )


def test_names_become_codes_and_all_products_become_controls() -> None:
    rows = [
        {"NAICS": product, "imports": value, "duty": 0.0, "CTY_NAME": name, "time": date(2025, 11, 1)}
        for name in ("CHINA", "KOREA, SOUTH", "EUROPEAN UNION", "USMCA (NAFTA)", "TOTAL FOR ALL COUNTRIES")
        for product, value in (("334", 4.0), ("910", 1.0), ("00", 5.0))
    ]
    options: Row = {"rename": {"imports": "CON_VAL_MO", "duty": "CAL_DUT_MO"}}
    parsed = read({"naics.parquet": parquet(rows)}, **options)
    flows, controls = parsed["flows"].frame, parsed["controls"].frame
    assert flows.select("partner_code", "product_code").unique().sort("partner_code", "product_code").rows() == [
        ("5700", "334"), ("5700", "910"), ("5800", "334"), ("5800", "910"),
    ]  # fmt: skip
    assert flows["product_level"].unique().to_list() == ["NAICS3"]
    totals = controls.filter(pl.col("product_code") == "ALL")["group_code"].sort().to_list()
    assert totals == ["-", "0003", "0020", "5700", "5800"]
    strange = [rows[0] | {"CTY_NAME": "ATLANTIS"}]
    refused("unknown_partner", {"naics.parquet": parquet(strange)}, **options)


def test_an_unknown_quantity_is_not_zero() -> None:
    quantities = [("84", "5", ""), ("85", "0", ""), ("86", "0", "M")]
    rows = [
        month_row(product=p, CON_QY1_MO=q, CON_QY1_MO_FLAG=flag, UNIT_QY1="NO" if p == "84" else "-")
        for p, q, flag in quantities
    ]
    frame = read({"5700.parquet": parquet(rows)})["flows"].frame.sort("product_code")
    assert frame["quantity_1"].to_list() == [5, 0, None]
    assert frame["quantity_1_unit"].to_list() == ["NO", None, None]
    unflagged = [{k: v for k, v in row.items() if not k.endswith("FLAG")} for row in rows]
    refused("missing_column", {"5700.parquet": parquet(unflagged)})
    refused("unknown_flag", {"5700.parquet": parquet([rows[0] | {"CON_QY1_MO_FLAG": "Z"}])})


def test_the_request_is_held_against_the_rows() -> None:
    content = parquet([month_row()])
    refused("request_mismatch", {"4280.parquet": content}, partner_in_name=r"^(\d{4})")
    refused("request_mismatch", {"5700.parquet": content}, level="HS4")
    refused("request_mismatch", {"5700.parquet": content}, months=["2020-02", "2020-03"])
    refused("bad_options", {"5700.parquet": content}, partnerz="all")


def test_without_a_date_there_is_no_vintage() -> None:
    refused("known_on_missing", {"5700.parquet": parquet([month_row()])}, known_on=None)


def test_exports_have_their_own_words() -> None:
    row = {
        "CTY_CODE": "5520",
        "E_COMMODITY": "0202203550",
        "ALL_VAL_MO": "21520",
        "time": "2013-01",
        "COMM_LVL": "HS10",
    }
    flows = read({"5520.parquet": parquet([row])}, "census_exports")["flows"]
    assert flows.frame.rows() == [("SB10", "5520", date(2013, 1, 1), 1, "0202203550", 21520)]
    refused("unknown_field", {"5520.parquet": parquet([row | {"DF": "1"}])}, "census_exports")
    compiled = parquet([{"china_exports": 76799.0, "hs4": "2911", "description": "x", "time": date(2013, 1, 1)}])
    names = {"china_exports": "ALL_VAL_MO", "hs4": "E_COMMODITY", "description": "E_COMMODITY_SDESC"}
    flows = read({"hs4.parquet": compiled}, "census_exports", partners=["5700"], rename=names)["flows"]
    assert flows.frame.rows() == [("HS4", "5700", date(2013, 1, 1), 1, "2911", 76799)]


def test_the_digest_does_not_depend_on_the_order_of_files() -> None:
    a, b = parquet([month_row()]), parquet([month_row(code="4280")])
    one, other = read({"a.parquet": a, "b.parquet": b})["flows"], read({"b.parquet": b, "a.parquet": a})["flows"]
    assert one.sha256 == other.sha256 != read({"a.parquet": a})["flows"].sha256
