"""The landing floor: what may lie on it, how often, and what is recorded about it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.contract import OPEN_END, Correction, Parsed, PartitionSpec
from pipelines.errors import LandingError
from pipelines.landing import Landing, partition_expression, typed_frame
from tests.unit.rooms import (
    DAY_0,
    FEBRUARY,
    JANUARY,
    LIST,
    day,
    flow_vintage,
    list_vintage,
    toy_settings,
    toy_spec,
    tree,
)

SPEC = toy_spec()
HTS10, HS6 = "HTS10", "HS6"


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(toy_settings(tmp_path))


def with_column(parsed: Parsed, name: str, values: list[Any]) -> Parsed:
    return replace(parsed, frame=parsed.frame.with_columns(pl.Series(name, values)))


def refusal(landing: Landing, parsed: Parsed) -> LandingError:
    """The error a vintage is refused with; nothing of it may be left on the floor."""
    with pytest.raises(LandingError) as caught:
        landing.land(SPEC, parsed, "file")
    assert landing.vintages() == []
    assert (caught.value.source, caught.value.file) == ("toy", parsed.vintage_id)
    assert caught.value.action
    return caught.value


def test_a_vintage_is_written_down_as_a_candidate(landing: Landing) -> None:
    parsed = list_vintage(3, {"b": "Bee", "a": "Ay"}, url="https://toys.example/list", known_precision="month")
    vintage = landing.land(SPEC, parsed, "live")
    assert (vintage.status, vintage.origin, vintage.scope) == ("candidate", "live", "whole list")
    assert (vintage.row_count, vintage.partitions, vintage.known_precision) == (2, {"all": 2}, "month")
    file = landing.file(vintage, "all")
    assert file is not None
    rows = pl.read_parquet(file)
    assert rows["entry"].to_list() == ["a", "b"]  # in key order
    assert rows["known_from"].unique().to_list() == [day(3)]
    assert rows["known_to"].unique().to_list() == [OPEN_END]
    assert landing.vintages("toy__list", "candidate") == [vintage]


def test_the_same_bytes_scope_and_day_again_change_nothing(landing: Landing) -> None:
    first = landing.land(SPEC, list_vintage(0, {"a": "Ay"}), "pack")
    landing.mark([first], "accepted")
    before = tree(landing.folder)
    again = landing.land(SPEC, list_vintage(0, {"a": "Ay"}), "live")
    assert again.status == "accepted" and again.ingested_at == first.ingested_at
    assert tree(landing.folder) == before


def test_the_same_bytes_on_another_day_are_another_vintage(landing: Landing) -> None:
    first = list_vintage(0, {"a": "Ay"})
    landing.land(SPEC, first, "file")
    landing.land(SPEC, replace(first, known_on=day(9)), "file")
    assert [v.known_on for v in landing.vintages("toy__list")] == [day(0), day(9)]


def test_publishers_order_is_by_day_then_sequence(landing: Landing) -> None:
    for number, sequence in ((5, 0), (1, 2), (1, 1)):
        name = f"{number}-{sequence}"
        landing.land(SPEC, list_vintage(number, {"a": name}, sequence=sequence, vintage_id=name), "file")
    assert [v.vintage_id for v in landing.vintages("toy__list")] == ["1-1", "1-2", "5-0"]


def test_an_unknown_column_is_refused(landing: Landing) -> None:
    error = refusal(landing, with_column(list_vintage(0, {"a": "Ay"}), "surprise", ["!"]))
    assert error.rule == "unknown_column" and "surprise" in str(error)


def test_a_missing_column_is_refused_unless_it_is_not_stated(landing: Landing) -> None:
    whole = list_vintage(0, {"a": "Ay"})
    short = replace(whole, frame=whole.frame.drop("name", "printed"))
    error = refusal(landing, short)
    assert error.rule == "missing_column" and "name" in str(error) and "printed" not in str(error)
    vintage = landing.land(SPEC, replace(short, columns=("share",)), "file")
    file = landing.file(vintage, "all")
    assert file is not None and pl.read_parquet(file)["name"].to_list() == [None]
    assert vintage.columns == ("share",) and vintage.scope == "whole list; columns: share"


def test_a_stated_column_the_contract_does_not_know_is_refused(landing: Landing) -> None:
    assert refusal(landing, replace(list_vintage(0, {"a": "Ay"}), columns=("colour",))).rule == "missing_column"


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("rank", ["first"]),
        ("rank", [1.5]),
        ("rank", [2**40]),
        ("rank", [math.nan]),
        ("share", ["a half"]),
        ("listed_on", ["2025-13-01"]),
        ("listed_on", [datetime(2025, 1, 1, 5)]),
    ],
)
def test_a_value_of_another_type_is_refused_never_cut(landing: Landing, column: str, values: list[Any]) -> None:
    assert refusal(landing, with_column(list_vintage(0, {"a": "Ay"}), column, values)).rule == "bad_type"


def test_values_that_fit_the_type_are_taken() -> None:
    parsed = with_column(list_vintage(0, {"a": "Ay"}), "rank", [7.0])
    parsed = with_column(parsed, "listed_on", [datetime(2025, 1, 1)])
    frame = typed_frame(SPEC, LIST, parsed)
    assert frame.schema == pl.Schema(LIST.schema)
    assert frame.select("rank", "listed_on").row(0) == (7, DAY_0)


@pytest.mark.parametrize("figure", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_are_refused(landing: Landing, figure: float) -> None:
    error = refusal(landing, with_column(list_vintage(0, {"a": "Ay", "b": "Bee"}), "share", [0.1, figure]))
    assert error.rule == "not_a_number"
    assert len(error.rows) == 1 and error.rows[0][0] == "b"


def test_minus_zero_is_zero() -> None:
    frame = typed_frame(SPEC, LIST, with_column(list_vintage(0, {"a": "Ay"}), "share", [-0.0]))
    assert math.copysign(1, frame["share"][0]) == 1


def test_absent_is_not_zero() -> None:
    frame = typed_frame(SPEC, LIST, with_column(list_vintage(0, {"a": "Ay"}), "share", [None]))
    assert frame["share"].to_list() == [None]


def test_a_row_without_a_key_is_refused(landing: Landing) -> None:
    parsed = with_column(list_vintage(0, {"a": "Ay", "b": "Bee"}), "entry", ["a", None])
    error = refusal(landing, parsed)
    assert error.rule == "key_missing" and error.rows[0][:2] == (None, "Bee")
    half = flow_vintage(0, {(HS6, JANUARY): {"x": (1, 1)}})
    assert refusal(landing, with_column(half, "code", [None])).rule == "key_missing"


def test_rows_outside_the_declared_scope_are_refused(landing: Landing) -> None:
    parsed = flow_vintage(0, {(HS6, JANUARY): {"x": (1, 1)}, (HS6, FEBRUARY): {"x": (1, 1)}})
    assert parsed.cells is not None
    error = refusal(landing, replace(parsed, cells=parsed.cells.head(1)))
    assert error.rule == "outside_scope" and error.rows == [(HS6, FEBRUARY)]


def test_a_thing_with_cells_must_declare_its_scope(landing: Landing) -> None:
    with pytest.raises(ValueError, match="must declare which it covers"):
        landing.land(SPEC, flow_vintage(0, {(HS6, JANUARY): {"x": (1, 1)}}, cells=None), "file")


def test_raw_partitions_are_named_by_level_and_month_or_year(landing: Landing) -> None:
    rows = {
        **{(HTS10, JANUARY): {"1": (1, 1)}, (HTS10, FEBRUARY): {"1": (1, 1), "2": (2, 2)}},
        **{(HS6, JANUARY): {"1": (1, 1)}, (HS6, FEBRUARY): {"1": (1, 1)}},
    }
    vintage = landing.land(SPEC, flow_vintage(0, rows), "file")
    assert vintage.partitions == {"HS6-2024": 2, "HTS10-2024-01": 1, "HTS10-2024-02": 2}
    assert vintage.row_count == 5
    cells = landing.cells(vintage)
    assert cells is not None
    assert sorted(cells["partition"].unique()) == sorted(vintage.partitions)


def test_a_partition_may_be_cut_by_column_alone_or_not_at_all() -> None:
    frame = pl.DataFrame({"level": ["HS6"], "months": [12], "period_start": [JANUARY]})
    named = {
        "all": PartitionSpec(),
        "HS6-12": PartitionSpec(by=["level", "months"]),
        "2024": PartitionSpec(period="period_start"),
        "HS6-2024": PartitionSpec(by=["level"], period="period_start"),
        "HS6-2024-01": PartitionSpec(by=["level"], period="period_start", month_levels=["HS6"]),
    }
    assert {frame.select(partition_expression(spec)).item(): spec for spec in named.values()} == named


def test_a_declared_empty_partition_is_recorded_as_empty(landing: Landing) -> None:
    vintage = landing.land(SPEC, flow_vintage(0, {(HTS10, JANUARY): {"1": (1, 1)}, (HTS10, FEBRUARY): {}}), "file")
    assert vintage.partitions == {"HTS10-2024-01": 1, "HTS10-2024-02": 0}
    assert landing.file(vintage, "HTS10-2024-02") is None
    assert "period_start: 2 from 2024-01-01 to 2024-02-01" in vintage.scope


def test_a_half_written_folder_of_a_killed_run_is_replaced(landing: Landing) -> None:
    parsed = flow_vintage(0, {(HTS10, JANUARY): {"1": (1, 1)}})
    folder = landing.path(landing.land(SPEC, parsed, "file"))
    whole = sorted(p.name for p in folder.iterdir())
    (folder / "vintage.json").unlink()
    (folder / "HTS10-2024-01.parquet").write_bytes(b"PAR1 half")
    (folder / "HTS10-1999-01.parquet").write_bytes(b"of an older attempt")
    assert landing.vintages() == []
    vintage = landing.land(SPEC, parsed, "file")
    assert sorted(p.name for p in folder.iterdir()) == whole
    file = landing.file(vintage, "HTS10-2024-01")
    assert file is not None and pl.read_parquet(file).height == 1


def test_what_became_of_a_vintage_is_recorded_and_nothing_is_deleted(landing: Landing) -> None:
    vintage = landing.land(SPEC, list_vintage(0, {"a": "Ay"}), "file")
    files = set(tree(landing.folder))
    for status in ("refused", "candidate", "accepted", "withdrawn"):
        (vintage,) = landing.mark([vintage], status, f"because {status}")
        assert landing.vintages("toy__list", status) == [vintage]
        assert (vintage.status, vintage.reason) == (status, f"because {status}")
    assert landing.vintages("toy__list", "accepted") == []
    assert set(tree(landing.folder)) == files


def test_only_a_refused_vintage_is_written_anew_when_brought_again(landing: Landing) -> None:
    parsed = list_vintage(0, {"a": "misread"})
    mended = replace(list_vintage(0, {"a": "Ay"}), sha256=parsed.sha256)
    landing.mark([landing.land(SPEC, parsed, "file")], "refused", "name is wrong")
    assert landing.land(SPEC, mended, "file").status == "refused"
    vintage = landing.land(SPEC, mended, "file", again=True)
    file = landing.file(vintage, "all")
    assert file is not None and pl.read_parquet(file)["name"].to_list() == ["Ay"]
    assert (vintage.status, vintage.reason) == ("candidate", "")
    landing.mark([vintage], "accepted")
    assert landing.land(SPEC, parsed, "file", again=True).status == "accepted"


def test_a_record_is_read_back_as_it_was_written(landing: Landing) -> None:
    correction = Correction("entry=a", "name", "Aye", "Ay", "misprint", "open")
    rows = {(HS6, JANUARY): {"1": (1, None)}}
    parsed = flow_vintage(0, rows, columns=("value",), has_rows=False, corrections=(correction,), vintage_id="rev 1/é")
    vintage = landing.land(SPEC, parsed, "file")
    assert landing.vintages() == [vintage]
    assert landing.known("toy__flows", day(0), 0, "rev 1/é", parsed.sha256) == vintage
    assert landing.known("toy__flows", day(1), 0, "rev 1/é", parsed.sha256) is None
    assert vintage.folder == f"2025-01-01_0000_rev-1-_{parsed.sha256[:12]}"
