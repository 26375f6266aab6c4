"""What a name is reduced to: signs, scripts, legal forms, order of words."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.names.forms import without_forms
from pipelines.names.plain import LEGAL_FORMS, core, forms, plain, token_key


def reduced(expression: pl.Expr, name: str | None) -> str | None:
    text: str | None = pl.DataFrame({"name": [name]}, schema={"name": pl.String}).select(expression).item()
    return text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HUAWEI  Technologies\u00a0Co., Ltd.", "huawei technologies co ltd"),
        ("Xi'an Xi\u2019an", "xian xian"),
        ("Smith & Söhne", "smith and sohne"),
        ("S.p.A. and L.L.C.", "spa and llc"),
        ("J.Smith, S.A.DE C.V.", "j smith sa de cv"),
        ("Łódź Škoda Đại", "lodz skoda dai"),
        ("Рособоронэкспорт", "rosoboroneksport"),
        ("華為", "hua wei"),
        ("삼성", "sam seong"),
        ("\uff23\uff2f\uff0e\uff0c \uff2c\uff34\uff24", "co ltd"),
        ("Etablissement de\u0301fense", "etablissement defense"),
        ("32nd \u201cInstitute\u201d", "32nd institute"),
        (" -- ", ""),
        (None, None),
    ],
)
def test_plain(name: str | None, text: str | None) -> None:
    assert reduced(plain(pl.col("name")), name) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Huawei Technologies Company Limited", "huawei technologies"),
        ("ООО «Гарант-СВ»", "garant sv"),  # noqa: RUF001
        ("TRANSNEFT-DIASKAN, AO", "transneft diaskan"),
        ("Joint-Stock Company Mako Holding", "mako holding"),
        ("Sin-Mex Importadora, S. A. de C. V.", "sin mex importadora"),
        ("X GmbH & Co. KG", "x"),
        ("深圳市华为技术有限公司", "shen zhen shi hua wei ji shu"),
        ("株式会社サムスン", "samusun"),
        # What is a form at an end may be part of a name within it.
        ("Al Sa Id Trading", "al sa id trading"),
        ("Sau Luen Chan", "sau luen chan"),
        # A name of forms alone stays what it is.
        ("Co., Ltd.", "co ltd"),
        ("AO", "ao"),
    ],
)
def test_core_is_without_legal_forms(name: str, text: str) -> None:
    assert reduced(core(pl.col("name")), name) == text


def test_token_key_does_not_know_the_order_of_words() -> None:
    names = pl.DataFrame({"name": ["HASSAN, Ali Mohammed", "Ali Mohammed Hassan", "OOO Hassan Ali Mohammed"]})
    assert names.select(token_key(pl.col("name")).n_unique()).item() == 1


@given(st.text(max_size=40))
def test_plain_is_plain_and_stays_so(name: str) -> None:
    text = reduced(plain(pl.col("name")), name)
    assert text is not None and set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert reduced(plain(pl.col("name")), text) == text
    assert bool(reduced(core(pl.col("name")), name)) == bool(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Limted Liability Company Promtekhnologiya", "promtekhnologiya"),
        ("Joint Obukhovskoye Stock Company", "obukhovskoye"),
        ("Obshchestvo Gazprom Dobycha S Ogranichennoi Otvetstvenostyu", "gazprom dobycha"),
        ("Point Bank", "point bank"),
        ("Stock Exchange", "stock exchange"),
        ("Joint Stock", "joint stock"),
    ],
)
def test_forms_are_known_misspelt_and_scattered(name: str, text: str) -> None:
    assert without_forms(pl.DataFrame({"id": [1], "name": [name]}))["core"].to_list() == [text]


def test_names_without_a_letter_are_no_names() -> None:
    names = pl.DataFrame({"id": [1, 2, 3], "name": ["--", None, "A"]})
    assert without_forms(names)["id"].to_list() == [3]


def test_forms_are_plain_text_and_stand_once() -> None:
    written = forms()
    assert written["form"].is_unique().all()
    assert written.filter(pl.col("form") != plain(pl.col("form")))["form"].to_list() == []
    assert set(written["place"]) == {"anywhere", "first", "last", "ends"}
    assert LEGAL_FORMS.read_text(encoding="utf-8").splitlines()[1:] == [
        ",".join(row) for row in written.sort("form").rows()
    ]
