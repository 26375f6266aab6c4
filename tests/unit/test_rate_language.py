"""The rate language: every form of the schedule's texts, and what is not a rate.

Belongs here: text to record. Does not belong here: agreement with the publisher's database (tests/history).
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import rate_tables
from pipelines.rate_language.rate import REASONS
from pipelines.rate_language.reading import read_rate
from pipelines.rate_language.special import read_special
from pipelines.settings import Settings
from pipelines.warehouse import Warehouse
from tests.unit.rooms import toy_settings


@pytest.mark.parametrize(
    ("text", "kind", "share"),
    [
        ("", "blank", None),
        ("Free", "free", 0.0),
        ("Free, under bond, as prescribed in U.S. note 2 to this subchapter", "free", 0.0),
        ("6.8%", "ad_valorem", 0.068),
        ("6.8\u00a0%", "ad_valorem", 0.068),
        ("33 1/3%", "ad_valorem", 1 / 3),
        ("6.5% 1/", "ad_valorem", 0.065),
        ("2.2%`", "ad_valorem", 0.022),
        ("10% on the entire set", "ad_valorem", 0.1),
        ("3 percent of the fair retail value", "other_value", 0.03),
        ("The duty provided in the applicable subheading + 25%", "add", 0.25),
        ("The duty provided in the applicable subheading +10%.", "add", 0.1),
        ("The duty provided inthe applicable subheading+ 7.5%", "add", 0.075),
        ("The duty provided in the applicable subheading plus 25%", "add", 0.25),
        ("The duty provided in the applicable subheading + a duty of 15%", "add", 0.15),
        ("The duty provided in subheadings 9903.88.01, 9903.88.02 or 9903.88.03 + 25%", "add", 0.25),
        ("The duty provided for in the applicable subheading", "no_change", None),
        ("No Change", "no_change", None),
        ("No change No change", "no_change", None),
        ("The duty rate provided in such subheading minus 2.0%", "subtract", -0.02),
        ("See additional U.S. note 1", "see_note", None),
        ("The rate applicable to each garment in the in the ensemble if separately entered", "reference", None),
        ("A duty upon the value of the repairs oralterations (see U.S. note 3 of this subchapter)", "value_part", None),
        ("2.5% on the value of the lead content", "each_part", None),
        ("On or before", "unread", None),
        (":", "unread", None),
        ("$1.54¢/kg", "unread", None),
        ("0.4% on the case + % on the strap, band or bracelet", "unread", None),
    ],
)
def test_kind_and_share_of_value(text: str, kind: str, share: float | None) -> None:
    rate = read_rate(text)
    assert rate.kind == kind
    assert rate.ad_valorem_rate == share
    assert rate.is_computable == (REASONS[kind] is None)


@pytest.mark.parametrize(
    ("text", "usd", "unit"),
    [
        ("1¢/kg", 0.01, "kg"),
        ("2¢;/kg", 0.02, "kg"),
        ("98.7/¢kg", 0.987, "kg"),
        ("$1.646/kg", 1.646, "kg"),
        ("$1.21kg", 1.21, "kg"),
        ("14.27¢/ liter", 0.1427, "liter"),
        ("23.7¢/pf.liter", 0.237, "pf. liter"),
        ("29¢ each", 0.29, "each"),
        ("89.6¢/1000", 0.896, "1000"),
        ("90 ¢/pr.", 0.9, "pr."),
        ("$1.13/m<sup>3</sup>", 1.13, "m3"),
        ("6.4¢/doz.", 0.064, "doz."),
    ],
)
def test_amounts_per_unit(text: str, usd: float, unit: str) -> None:
    rate = read_rate(text)
    assert rate.kind == "specific"
    assert (rate.specifics[0].usd, rate.specifics[0].unit) == (usd, unit)
    assert (rate.whole_value_rate, rate.measured) == (0.0, (usd, unit))


def test_what_an_amount_is_levied_on_is_part_of_its_unit() -> None:
    assert read_rate("3.7¢/kg on drained weight").measured == (0.037, "kg on drained weight")
    assert read_rate("16.9¢/kg of total sugars + 5.1%").measured == (0.169, "kg of total sugars")
    assert read_rate("0.3¢/kg, including weight of container").measured == (0.003, "kg including weight of container")


def test_compound_duty_has_a_share_and_an_amount() -> None:
    rate = read_rate("46.3¢/kg +14.9%")
    assert (rate.kind, rate.ad_valorem_rate, rate.measured) == ("compound", 0.149, (0.463, "kg"))
    assert rate.whole_value_rate == 0.149


def test_several_amounts_are_kept_and_the_first_stands_for_all() -> None:
    rate = read_rate("17¢ each + 2.5% + 1¢/jewel")
    assert rate.kind == "compound"
    assert [c.words for c in rate.components] == ["0.17 usd/each", "0.025", "0.01 usd/jewel"]
    assert (rate.whole_value_rate, rate.measured) == (0.0, (0.17, "each and other terms"))


def test_duty_on_parts_of_a_watch() -> None:
    rate = read_rate("40¢ each + 6% on the case + 14% on the strap, band or bracelet + 5.3% on the battery")
    assert rate.kind == "each_part"
    assert [c.base for c in rate.components] == ["", "on the case", "on the strap, band or bracelet", "on the battery"]
    assert rate.ad_valorem_rate is None


def test_duty_that_falls_by_degrees_has_a_least() -> None:
    rate = read_rate(
        "3.6606¢/kg less 0.020668¢/kg for each degree under 100 degrees (and fractions of a degree in proportion) "
        "but not less than 3.143854¢/kg"
    )
    assert (rate.kind, rate.minimum_duty_usd, rate.components[0].usd) == ("minimum", 0.03143854, 0.036606)


@pytest.mark.parametrize("metal", ["steel", "aluminum", "copper"])
def test_duty_on_the_metal_content(metal: str) -> None:
    text = f"The duty provided in the applicable subheading + a duty of 50% upon the value of the {metal} content."
    rate = read_rate(text)
    assert (rate.kind, rate.ad_valorem_rate, rate.value_base) == ("add_content", 0.5, f"{metal}_content")


def test_groups_of_programmes() -> None:
    special = read_special("Free (BH, CL,E*)See 9822.04.05 (P+) 2.4%(KR)(s)")
    assert [(g.programmes, g.rate.kind, g.rate.ad_valorem_rate) for g in special.groups] == [
        (("BH", "CL", "E*"), "free", 0.0),
        (("P+",), "see_note", None),
        (("KR",), "ad_valorem", 0.024),
    ]
    assert special.rate.kind == "programmes"


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("Free (A,AU,SG", ("A", "AU", "SG")),
        ("Free (MA,MX.OM,P)", ("MA", "MX", "OM", "P")),
        ("Free (MA,.OM,P))", ("MA", "OM", "P")),
        ("Free (A*,B,,BH)", ("A*", "B", "BH")),
    ],
)
def test_misprinted_groups(text: str, programmes: tuple[str, ...]) -> None:
    special = read_special(text)
    assert [g.programmes for g in special.groups] == [programmes]
    assert special.rate.kind == "programmes"


def test_brackets_of_prose_are_no_groups() -> None:
    special = read_special("Free (B) A duty upon the value of such repairs (see U.S. note 3 of this subchapter) (C,S)")
    assert [g.programmes for g in special.groups] == [("B",), ("C", "S")]
    assert special.groups[1].rate.kind == "value_part"


def test_special_text_that_names_no_programme() -> None:
    special = read_special("The duty provided in the applicable subheading + 25%")
    assert (special.groups, special.rate.kind) == ((), "add")


@given(st.integers(1, 99_999), st.integers(1, 9_999), st.sampled_from(["kg", "liter", "m2", "doz.", "t"]))
def test_any_compound_duty_is_read_back(cents: int, hundredths: int, unit: str) -> None:
    rate = read_rate(f"{cents / 100:.2f}¢/{unit} + {hundredths / 100:.2f}%")
    assert rate.measured is not None
    assert rate.measured[1] == unit
    assert rate.measured[0] == pytest.approx(cents / 10_000)
    assert rate.ad_valorem_rate == pytest.approx(hundredths / 10_000)


CODES = st.from_regex(r"[A-Z]{1,2}[+*]?", fullmatch=True)
RATES = st.sampled_from(["Free", "2.5%", "3¢/kg", "3¢/kg + 2%", "See 9822.04.05", "$1.05/liter"])


@given(st.lists(st.tuples(RATES, st.lists(CODES, min_size=1, max_size=6, unique=True)), min_size=1, max_size=6))
def test_any_list_of_groups_is_read_back(groups: list[tuple[str, list[str]]]) -> None:
    special = read_special(" ".join(f"{text} ({','.join(codes)})" for text, codes in groups))
    assert [(g.text, list(g.programmes)) for g in special.groups] == groups


@given(st.text(max_size=60))
def test_any_text_is_answered(text: str) -> None:
    assert read_rate(text).kind in REASONS
    assert read_special(text).rate.kind in REASONS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return toy_settings(tmp_path)


def test_tables_say_what_each_text_says() -> None:
    texts = rate_tables.text_table({"general": ["5%", "See note 1"], "special": ["Free (AU) : (KR)"], "other": []})
    assert texts.select("rate_column", "kind", "is_computable").rows() == [
        ("general", "ad_valorem", True),
        ("general", "see_note", False),
        ("special", "unread", False),
    ]
    assert texts["reason"][2] == 'no rate can be read for ":" (KR)'
    programmes = rate_tables.programme_table(["Free (AU,CL) 5¢/kg (KR)"])
    assert programmes.select("program_code", "kind", "specific_duty_usd").rows() == [
        ("AU", "free", None),
        ("CL", "free", None),
        ("KR", "specific", 0.05),
    ]


def test_texts_are_read_again_only_where_lines_or_language_changed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counted(texts: dict[str, list[str]]) -> pl.DataFrame:
        read.append(sum(map(len, texts.values())))
        return pl.DataFrame(schema=rate_tables.TEXTS)

    monkeypatch.setattr(rate_tables, "text_table", counted)
    lines = pl.DataFrame({"htsno": ["0101"], "general": ["Free"], "special": [None], "other": ["20%"]})
    rate_tables.write(settings)
    Warehouse(settings).write_own_table(rate_tables.LINES, lines.cast(pl.String()))
    rate_tables.write(settings)
    rate_tables.write(settings)
    assert read == [0, 2]
    Path(next(Warehouse(settings).files("rates__texts"))).unlink()
    rate_tables.write(settings)
    assert read == [0, 2, 2]
