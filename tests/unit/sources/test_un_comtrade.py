"""UN Comtrade: what each field means, which rows are whole figures, and what an answer covers."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec, parser
from pipelines.errors import LandingError
from tests.faults.comtrade import answer, comtrade_row

SPEC = load_spec("un_comtrade")
URL = "https://api.example/data?reporterCode=156&period=2024&flowCode=M,X&cmdCode=850760,854231"
TODAY = date(2025, 3, 11)
Row = dict[str, Any]


def row(**printed: Any) -> Row:
    return comtrade_row(156, 842, "X", "854231", 2024, **printed)


def read(content: bytes, name: str = "comtrade_x_read-2025-03-11.json", **facts: Any) -> list[Parsed]:
    file = DeliveredFile(name, content, hashlib.sha256(content).hexdigest(), facts.pop("url", ""))
    return list(parser("un_comtrade")(Delivery((file,), **facts), SPEC))


def test_imports_are_cif_exports_fob_and_what_weighs_nothing_is_not_weighed() -> None:
    rows = [row(), comtrade_row(699, 490, "M", "85", 2024, netWgt=0, qty=None, classificationCode="H5")]
    (vintage,) = read(answer(rows))
    first, second = vintage.frame.rows(named=True)
    assert (first["reporter_code"], first["flow"], first["counterpart_code"]) == ("CN", "export", "US")
    assert (first["fob_value_usd"], first["cif_value_usd"], first["product_level"]) == (400000.0, None, "HS6")
    assert (first["net_weight_kg"], first["is_net_weight_estimated"], first["quantity_unit"]) == (25.0, True, "kg")
    assert (second["reporter_code"], second["counterpart_code"], second["hs_edition"]) == ("IN", "TW", "HS2017")
    assert (second["net_weight_kg"], second["is_net_weight_estimated"]) == (None, None)
    assert (second["quantity"], second["quantity_unit"], second["is_quantity_estimated"]) == (None, None, None)
    assert second["cif_value_usd"] == 1.0
    assert vintage.known_on == date(2025, 3, 11)


def test_a_year_has_month_52_and_a_month_its_own() -> None:
    monthly = row(freqCode="M", refMonth=3, period="202403")
    (vintage,) = read(answer([row(), monthly]))
    assert vintage.frame.select("period_start", "period_months").rows() == [
        (date(2024, 1, 1), 12),
        (date(2024, 3, 1), 1),
    ]


def test_parts_beside_their_whole_are_left_aside() -> None:
    parts = [row(motCode=2100), row(partner2Code=344), row(customsCode="C01"), row(mosCode="1"), row(flowCode="RX")]
    (vintage,) = read(answer([row(), *parts]))
    assert vintage.frame.height == 1


def test_totals_and_the_world_are_called_all() -> None:
    (vintage,) = read(answer([comtrade_row(842, 0, "M", "TOTAL", 2023, isReported=False)]))
    columns = ["product_level", "product_code", "counterpart_code", "is_reported"]
    assert vintage.frame.select(columns).rows() == [("ALL", "ALL", "ALL", False)]


def test_an_answer_covers_what_was_asked_and_a_file_what_it_has_rows_of() -> None:
    (live,) = read(answer([row()]), url=URL, vintage_id="CN_2024", known_on=TODAY)
    assert live.cells is not None
    asked = {(flow, product) for flow in ("import", "export") for product in ("850760", "854231")}
    assert set(live.cells.select("flow", "product_code").rows()) == asked
    (file,) = read(answer([row()]))
    assert file.cells is not None and file.cells.select("flow", "product_code").rows() == [("export", "854231")]


def test_an_answer_without_rows_covers_what_was_asked() -> None:
    (live,) = read(answer([]), url=URL.replace("850760,854231", "AG2"), vintage_id="CN_2024", known_on=TODAY)
    assert live.frame.is_empty() and live.cells is not None and live.cells.height == 2 * 99


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(b"<html>Down for maintenance</html>", "not_json", id="a web page"),
        pytest.param(answer([row()])[:-20], "not_json", id="cut off"),
        pytest.param(answer([row()]).replace(b"400000.0", b"NaN"), "not_json", id="not a number"),
        pytest.param(answer([row()], error="Quota exceeded"), "publisher_error", id="an error inside"),
        pytest.param(answer([row()], count=2), "count_mismatch", id="a row is lost"),
        pytest.param(answer([row()] * 500), "truncated", id="as long as a preview"),
        pytest.param(answer([row(newField=1)]), "unknown_field", id="a field came"),
        pytest.param(answer([{k: v for k, v in row().items() if k != "netWgt"}]), "missing_field", id="a field went"),
        pytest.param(answer([row(fobvalue="400,000")]), "bad_figure", id="text for a figure"),
        pytest.param(answer([row(refMonth=12)]), "bad_period", id="a year that ends in December"),
        pytest.param(answer([row(period="2023")]), "bad_period", id="two years"),
        pytest.param(answer([row(aggrLevel=4)]), "bad_product", id="six digits at four"),
        pytest.param(answer([row(cmdCode="54231")]), "bad_product", id="leading zero lost"),
        pytest.param(answer([row(classificationCode="S4")]), "bad_product", id="another classification"),
        pytest.param(answer([row(isOriginalClassification=False)]), "converted_classification", id="converted"),
        pytest.param(answer([row(flowCode="ZZ")]), "unknown_flow", id="an unknown flow"),
        pytest.param(answer([row(typeCode="S")]), "unknown_flow", id="services"),
        pytest.param(answer([row(motCode=2100)]), "parts_without_total", id="a part alone"),
        pytest.param(answer([row(primaryValue=1.0)]), "value_basis_unknown", id="a value of no basis"),
        pytest.param(answer([]), "no_rows", id="no row"),
    ],
)
def test_what_is_not_understood_is_refused(content: bytes, rule: str) -> None:
    with pytest.raises(LandingError) as caught:
        read(content)
    assert caught.value.rule == rule
    assert caught.value.action


def test_a_file_without_a_day_is_refused() -> None:
    with pytest.raises(LandingError, match="known_on_missing"):
        read(answer([row()]), "comtrade_x.json")
