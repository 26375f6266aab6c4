"""What the Census figures are known to say, computed from the parsed editions by plain Polars."""

from __future__ import annotations

import gzip
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from pipelines.contract import SOURCES, DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from pipelines.files import sha256_of
from tests.conftest import find_shared_data

pytestmark = pytest.mark.shared_data

#: Member states of the European Union since 2020-02-01, by Schedule C code.
EU27 = [
    *("4010", "4050", "4099", "4190", "4210", "4231", "4239", "4279", "4280", "4330", "4351", "4359", "4370", "4470"),
    *("4490", "4510", "4550", "4700", "4710", "4730", "4759", "4791", "4792", "4840", "4850", "4870", "4910"),
]


def delivered(folder: Path, pattern: str) -> tuple[DeliveredFile, ...]:
    files = []
    for path in sorted(folder.glob(pattern)):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        files.append(DeliveredFile(path.name.removesuffix(".gz"), content, sha256_of(content)))
    assert files, pattern
    return tuple(files)


@cache
def editions(source: str) -> dict[str, dict[str, Any]]:
    listed = yaml.safe_load((SOURCES / source / "editions.yml").read_text(encoding="utf-8"))["editions"]
    return {edition["vintage_id"]: edition for edition in listed}


@cache
def edition(source: str, vintage_id: str) -> dict[str, Parsed]:
    """An edition as the pack describes it, by thing."""
    said = editions(source)[vintage_id]
    folder = find_shared_data()
    assert folder is not None
    files = tuple(file for pattern in said["files"] for file in delivered(folder, pattern))
    delivery = Delivery(files, vintage_id, said["known_on"], said["known_precision"], options=said["options"])
    parsed = list(parser(source)(delivery, load_spec(source)))
    assert len({p.thing for p in parsed}) == len(parsed), "one column scope a thing"
    return {p.thing: p for p in parsed}


def imports(vintage_id: str, thing: str = "flows") -> pl.DataFrame:
    return edition("census_imports", vintage_id)[thing].frame


def total(frame: pl.DataFrame, column: str, **where: Any) -> int:
    return int(frame.filter(**where)[column].sum())


CONSUMPTION, DUTY = "import_value_consumption_usd", "calculated_duty_usd"

ROWS = {
    ("census_imports", "hs2_2021-01"): (174_166, 9_212),
    ("census_imports", "hs2_2021-06"): (278_129, 9_996),
    ("census_imports", "hs2_2021-07"): (280_896, 10_094),
    ("census_imports", "hs10_annual_2025-05"): (193_839, 15_777),
    ("census_imports", "naics3_2025-11"): (142_515, 19_671),
    ("census_imports", "naics6_2025-12"): (0, 28_495),
    ("census_imports", "hs10_annual_2026-08"): (690_424, 0),
    ("census_exports", "hs2_2021-01"): (180_646, 9_118),
    ("census_exports", "hs10_2026-01"): (1_930_225, 0),
}


def test_the_editions_are_these() -> None:
    assert {(source, v) for source in ("census_imports", "census_exports") for v in editions(source)} == set(ROWS)


@pytest.mark.parametrize(("source", "vintage_id"), ROWS)
def test_editions_are_read_whole_and_inside_their_scope(source: str, vintage_id: str) -> None:
    parsed, spec = edition(source, vintage_id), load_spec(source)
    counts = tuple(parsed[t].frame.height if t in parsed else 0 for t in ("flows", "controls"))
    assert counts == ROWS[source, vintage_id]
    for thing, part in parsed.items():
        key, cell = spec.things[thing].key, spec.things[thing].cell
        assert part.frame.height == part.frame.select(key).n_unique()
        assert part.cells is not None
        assert part.frame.join(part.cells, on=cell, how="anti").is_empty()
        assert part.frame.null_count().sum_horizontal().item() == 0


@pytest.mark.parametrize(("source", "vintage_id"), ROWS)
def test_nothing_is_claimed_known_before_its_month_was_over(source: str, vintage_id: str) -> None:
    for part in edition(source, vintage_id).values():
        assert part.cells is not None
        last = part.cells.select(
            pl.col("period_start").dt.offset_by(pl.format("{}mo", pl.col("period_months"))).max()
        ).item()
        # Figures come out about 35 days after a month ends, never sooner.
        assert (part.known_on - last).days >= 30


def test_ten_digit_years() -> None:
    frame = imports("hs10_annual_2026-08")
    for year, value, duty, from_china, duty_on_china in (
        (2024, 3_248_681_266_535, 76_631_002_517, 431_037_101_657, 47_111_852_057),
        (2025, 3_391_221_021_554, 259_366_570_786, 299_836_044_526, 91_764_547_544),
    ):
        start = date(year, 1, 1)
        assert total(frame, CONSUMPTION, period_start=start) == value
        assert total(frame, DUTY, period_start=start) == duty
        assert total(frame, CONSUMPTION, period_start=start, partner_code="5700") == from_china
        assert total(frame, DUTY, period_start=start, partner_code="5700") == duty_on_china
    only_for_consumption = frame.filter(pl.col(CONSUMPTION) > 0, pl.col("import_value_general_usd") == 0)
    assert only_for_consumption.height == 1_892
    # Tobacco pays 350 %, the highest rate of all: the reason for the bound in the landing suite.
    high = frame.filter(pl.col(DUTY) > 3 * pl.col(CONSUMPTION))
    assert set(high["product_code"].str.slice(0, 2)) == {"04", "24"}
    assert high.filter(pl.col(DUTY) > 3.51 * pl.col(CONSUMPTION)).is_empty()


def test_ten_digit_2024_was_restated() -> None:
    before = imports("hs10_annual_2025-05")
    after = imports("hs10_annual_2026-08").filter(period_start=date(2024, 1, 1))
    assert before["partner_code"].n_unique() == 50
    both = before.join(after, on=["partner_code", "product_code"], suffix="_after")
    assert both.height == 193_623
    assert both.filter(pl.col(CONSUMPTION) != pl.col(f"{CONSUMPTION}_after")).height == 19_617
    columns = edition("census_imports", "hs10_annual_2025-05")["flows"].columns
    assert columns == (CONSUMPTION, DUTY)  # general value is unstated by that edition, not deleted


def test_the_union_as_a_group_and_its_members() -> None:
    group = imports("hs10_annual_2025-05", "controls")
    assert group["group_code"].unique().to_list() == ["0003"]
    assert total(group, CONSUMPTION) == 597_473_236_377
    members = imports("hs10_annual_2026-08").filter(
        pl.col("partner_code").is_in(EU27), pl.col("period_start") == date(2024, 1, 1)
    )
    assert members["partner_code"].n_unique() == 27
    assert total(members, CONSUMPTION) == 598_513_283_565  # restated since
    same = group.join(members.group_by("product_code").agg(pl.col(CONSUMPTION).sum().alias("sum")), on="product_code")
    assert same.filter(pl.col(CONSUMPTION) == pl.col("sum")).height == 12_588


def test_china_in_2018_before_and_after_the_restatement() -> None:
    seen = {
        vintage_id: total(
            imports(vintage_id).filter(pl.col("period_start").dt.year() == 2018), CONSUMPTION, partner_code="5700"
        )
        for vintage_id in ("hs2_2021-01", "hs2_2021-06", "hs2_2021-07")
    }
    assert seen == {
        "hs2_2021-01": 544_038_188_066,
        "hs2_2021-06": 543_287_160_703,
        "hs2_2021-07": 543_287_160_703,
    }


def test_all_goods_in_2018_and_2019_before_and_after_the_restatement() -> None:
    """The world's totals, in billions: value and duty as known in January and in June 2021."""

    def billions(vintage_id: str, year: int) -> tuple[float, float]:
        world = imports(vintage_id, "controls").filter(
            pl.col("period_start").dt.year() == year, pl.col("group_code") == "-", pl.col("product_code") != "ALL"
        )
        return round(total(world, CONSUMPTION) / 1e9, 3), round(total(world, DUTY) / 1e9, 3)

    assert {(v, y): billions(f"hs2_2021-{v}", y) for v in ("01", "06") for y in (2018, 2019)} == {
        ("01", 2018): (2549.379, 47.187),
        ("06", 2018): (2547.787, 46.420),
        ("01", 2019): (2501.880, 69.914),
        ("06", 2019): (2497.788, 66.825),
    }


def test_duty_on_goods_from_china_month_by_month_in_2025() -> None:
    """11.0 percent in January, 48.2 in May, 32.3 in November."""
    china = imports("naics3_2025-11").filter(pl.col("period_start").dt.year() == 2025, partner_code="5700")
    by_month = china.group_by("period_start").agg(pl.col(CONSUMPTION, DUTY).sum()).sort("period_start")
    rates = by_month.select((100 * pl.col(DUTY) / pl.col(CONSUMPTION)).round(1)).to_series().to_list()
    assert rates == [11.0, 12.9, 26.3, 38.6, 48.2, 40.3, 40.4, 39.7, 37.3, 37.7, 32.3]


def test_detail_is_restated_once_a_year_for_three_years() -> None:
    """The live fetch leans on this: a new month changes no other, the June restatement reaches back three years."""
    key = ["partner_code", "period_start", "product_code"]
    january, june, july = (imports(f"hs2_2021-{month}") for month in ("01", "06", "07"))

    def changed(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
        both = old.join(new, on=key, suffix="_new")
        return both.filter(
            (pl.col(CONSUMPTION) != pl.col(f"{CONSUMPTION}_new")) | (pl.col(DUTY) != pl.col(f"{DUTY}_new"))
        )

    assert changed(june, july).is_empty()
    assert changed(january, june)["period_start"].dt.year().unique().sort().to_list() == [2018, 2019, 2020]


def test_sectors_add_up_to_the_world_and_to_its_chapters() -> None:
    naics = imports("naics3_2025-11", "controls").filter(group_code="-")
    per_month = pl.col("product_code") == "ALL"
    all_products = naics.filter(per_month).select("period_start", CONSUMPTION, DUTY).sort("period_start")
    sectors = (
        naics.filter(~per_month).group_by("period_start").agg(pl.col(CONSUMPTION, DUTY).sum()).sort("period_start")
    )
    assert sectors.equals(all_products)
    six = imports("naics6_2025-12", "controls").group_by("period_start").agg(pl.col(CONSUMPTION, DUTY).sum())
    both = six.join(all_products, on="period_start", suffix="_three")
    assert both.height == 71
    assert both.filter(
        (pl.col(CONSUMPTION) != pl.col(f"{CONSUMPTION}_three")) | (pl.col(DUTY) != pl.col(f"{DUTY}_three"))
    ).is_empty()
    # The official total of 2024, as published before the restatement of June 2026.
    assert total(six.filter(pl.col("period_start").dt.year() == 2024), CONSUMPTION) == 3_251_194_802_380
    assert total(six.filter(pl.col("period_start").dt.year() == 2024), DUTY) == 76_159_967_038


def test_two_partners_make_a_group() -> None:
    """USMCA is Canada and Mexico, to the dollar, which also proves the mapping of names to codes."""
    by = ["period_start", "product_code"]
    members = imports("naics3_2025-11").filter(pl.col("partner_code").is_in(["1220", "2010"]))
    group = imports("naics3_2025-11", "controls").filter(
        pl.col("group_code") == "0020", pl.col("product_code") != "ALL"
    )
    both = members.group_by(by).agg(pl.col(CONSUMPTION).sum()).join(group, on=by, how="full", suffix="_group")
    assert both.filter(pl.col(CONSUMPTION).ne_missing(pl.col(f"{CONSUMPTION}_group"))).is_empty()


def test_exports_to_four_partners() -> None:
    frame = edition("census_exports", "hs10_2026-01")["flows"].frame
    sums = frame.group_by("partner_code").agg(pl.col("export_value_fas_usd").sum())
    assert dict(sums.iter_rows()) == {
        "4190": 158_980_500_679,
        "4419": 364_196_376_072,
        "4890": 162_603_603_052,
        "5520": 128_716_109_490,
    }
    assert frame["product_level"].unique().to_list() == ["SB10"]


def test_raw_api_rows_hold_to_their_world_total(shared_data: Path) -> None:
    """Food at six digits: partners add up to the world exactly; the parser refuses the month otherwise."""
    files = delivered(shared_data, "census_imports/hs6_monthly_api_rows/*.csv.gz")
    months = {"partners": "all", "months": ["2018-01", "2020-12"], "products": "listed", "level": "HS6"}
    for year, file in zip((2018, 2019, 2020), files, strict=True):
        options = {**months, "months": [f"{year}-01", f"{year}-12"]}
        delivery = Delivery((file,), f"food_{year}", date(2026, 8, 31), options=options)
        flows, controls = parser("census_imports")(delivery, load_spec("census_imports"))
        assert not flows.has_rows  # a list of products does not decide what else was traded
        assert flows.columns == ("import_value_general_usd",)
        assert flows.frame.height > 25_000
        assert controls.frame["group_code"].n_unique() == 21


def test_verbatim_api_bodies(shared_data: Path) -> None:
    spec, parse = load_spec("census_imports"), parser("census_imports")
    (chips,) = delivered(shared_data, "census_imports/api_bodies/*hs_854231*.json")
    options = {"partners": ["-"], "products": "listed"}
    (controls,) = parse(Delivery((chips,), "v1", date(2026, 8, 31), options=options), spec)
    assert controls.frame["import_value_general_usd"].to_list()[:2] == [1_167_461_768, 1_196_050_876]
    (naics,) = delivered(shared_data, "census_imports/api_bodies/*naics*.json")
    with pytest.raises(LandingError, match="partial_products"):
        list(parse(Delivery((naics,), "v1", date(2026, 8, 31), options={"partners": ["-"]}), spec))


def test_why_the_list_of_headings_to_china_is_no_edition(shared_data: Path) -> None:
    """It parses, but two headings stand for several six-digit series, and most chapters are not in it."""
    names = {"china_exports": "ALL_VAL_MO", "hs4": "E_COMMODITY", "description": "E_COMMODITY_SDESC"}
    files = delivered(shared_data, "census_exports/hs4_china_monthly/*.parquet")
    options = {"partners": ["5700"], "level": "HS4", "months": ["2013-01", "2020-11"], "rename": names}
    delivery = Delivery(files, "hs4", date(2021, 1, 31), options=options)
    (flows,) = parser("census_exports")(delivery, load_spec("census_exports"))
    twice = flows.frame.filter(pl.struct(load_spec("census_exports").things["flows"].key).is_duplicated())
    assert flows.frame.height == 45_247
    assert twice["product_code"].unique().sort().to_list() == ["2711", "2713"]
    assert flows.frame["product_code"].str.slice(0, 2).n_unique() == 46
