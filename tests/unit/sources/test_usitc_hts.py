"""The tariff schedule's parser: what lines and footnotes are made of, whatever the export looks like."""

from __future__ import annotations

import polars as pl
import pytest

from pipelines.errors import LandingError
from tests.unit.sources.usitc_hts_exports import SPEC, as_csv, as_json, footnotes, lines, note, parsed, row

HORSES = (
    row("0101", 0, "Live horses:"),
    row("", 1, "Horses:"),
    row("", 2, "Ponies:"),
    row("0101.21.00", 3, "Purebred", general="Free", other="20%"),
    row("0101.21.00.10", 4, "Males", units=["No."]),
    row("0101.30.00.00", 1, "Asses", units=["No.", "kg"], general="6.8%"),
    row("", 0, "Products of France:"),
    row("9903.89.61", 1, "Wings", general="The duty provided in the applicable subheading + 15%"),
)


def by_number(frame: pl.DataFrame, column: str) -> dict[str, object]:
    return dict(frame.select("htsno", column).iter_rows())


def test_frames_have_the_declared_columns_and_types() -> None:
    things = parsed(as_json(*HORSES))
    assert {name: each.frame.schema for name, each in things.items()} == {
        name: pl.Schema(thing.schema) for name, thing in SPEC.things.items()
    }


def test_parent_is_the_nearest_numbered_row_above_with_a_smaller_indent() -> None:
    assert by_number(lines(*HORSES), "parent_htsno") == {
        "0101": None,
        "0101.21.00": "0101",
        "0101.21.00.10": "0101.21.00",
        "0101.30.00.00": "0101",
        "9903.89.61": None,
    }


def test_texts_of_unnumbered_rows_are_folded_into_those_below_the_same_parent() -> None:
    assert by_number(lines(*HORSES), "description") == {
        "0101": "Live horses:",
        "0101.21.00": "Horses: > Ponies: > Purebred",
        "0101.21.00.10": "Males",
        "0101.30.00.00": "Asses",
        "9903.89.61": "Products of France: > Wings",
    }


def test_an_indent_may_be_printed_with_a_leading_zero_and_may_skip_levels() -> None:
    frame = lines(row("9802.00.80", 0, "Articles"), row("9802.00.80.40", "04", "Other"))
    assert frame.select("indent", "parent_htsno").rows() == [(0, None), (4, "9802.00.80")]


MARKED = (
    row("5701.10", 0, "Of <il>wool</il>,<newline></newline>knotted; vitamin B<sub style='x: y;'>12</sub><br />"),
    row("5701.10.40.00", 1, "<u><i>Squalus</i></u>", general="$1.13/m<sup>3</sup>", units=["m<sup>2</sup>"]),
)
PLAIN = (
    row("5701.10", 0, "Of wool, knotted; vitamin B12"),
    row("5701.10.40.00", 1, "Squalus", general="$1.13/m3", units=["m²"]),
)


def test_an_export_with_markup_equals_the_plain_one_in_every_compared_column() -> None:
    compared = list(SPEC.things["lines"].columns)
    assert lines(*MARKED).select(compared).rows() == lines(*PLAIN).select(compared).rows()
    assert lines(*MARKED)["general_printed"].to_list() == [None, "$1.13/m<sup>3</sup>"]


def test_white_space_entities_and_zero_width_blanks_do_not_count() -> None:
    one = lines(row("0101", 0, "A\u00a0 B\n&amp; C\u200b\t", special=" Free (A,\nAU) ", other="No&nbsp;change"))
    assert one.select("description", "special", "other").row(0) == ("A B & C", "Free (A, AU)", "No change")
    assert one.select("special_printed").item() == " Free (A,\nAU) "


def test_blank_is_not_stated_and_punctuation_is_kept() -> None:
    blank = {"general": " ", "special": "\n", "quotaQuantity": "", "additionalDuties": " "}
    one = lines(row("0101", 0, "A < B", other="the duty + 25%.", **blank)).row(0, named=True)
    empty = ("general", "general_printed", "special", "special_printed", "quota_quantity", "additional_duties")
    assert [one[name] for name in empty] == [None] * len(empty)
    assert (one["other"], one["description"]) == ("the duty + 25%.", "A < B")


def test_units_keep_their_place_and_have_plain_powers() -> None:
    frame = lines(
        row("0101", 0, "A", units=["m²", " <u>kg</u> "]),
        row("0102", 0, "B", units=["", "\n"]),
        row("0103", 0, "C", units=["thousand m³", "X", "pcs "]),
    )
    assert frame.select("unit_1", "unit_2", "unit_3").rows() == [
        ("m2", "kg", None),
        (None, None, None),
        ("thousand m3", "X", "pcs"),
    ]


def test_the_csv_export_says_the_same_and_states_no_footnotes() -> None:
    rows = (*HORSES, *MARKED, row("0106", 0, 'So-called "pets":\nall', additionalDuties="2.6¢/kg"))
    from_csv, from_json = parsed(as_csv(*rows), "hts_2030_rev_1.csv"), parsed(as_json(*rows))
    assert from_csv["lines"].frame.equals(from_json["lines"].frame)
    assert set(from_csv) == {"lines"}


def test_a_csv_with_plain_header_and_bare_blanks_is_read_too() -> None:
    content = as_csv(*HORSES).replace(b'"",""\r\n', b",\n")
    assert parsed(content, "hts_2030_rev_1.csv")["lines"].frame.height == lines(*HORSES).height


def test_footnotes_are_gathered_by_line_and_columns_in_printed_order() -> None:
    frame = footnotes(
        row("0101.21.00", 0, "A", footnotes=[note("See 9903.91.03\u00a0and 9903.88.15. ", "general")]),
        row("0102", 0, "B", footnotes=[note("One.", "units", "stat"), note("Two.", "stat", "units", marker=" 1")]),
        row("0103", 0, "C", footnotes=[note("See 9904.04.50-9904.05.01.", "desc"), note("X.", "other", marker="")]),
        row("0104", 0, "D", footnotes=[note("See 1199.03.0101.", type="footnote"), note(" ", "general")]),
    )
    assert frame.rows() == [
        ("0101.21.00", "general", "See 9903.91.03 and 9903.88.15.", "9903.88.15,9903.91.03"),
        ("0102", "stat,units", "One. | [1] Two.", None),
        ("0103", "desc", "See 9904.04.50-9904.05.01.", "9904.04.50,9904.05.01"),
        ("0103", "other", "X.", None),
        ("0104", "unstated", "See 1199.03.0101.", None),
    ]


def test_a_schedule_without_footnotes_states_that_there_are_none() -> None:
    assert footnotes(row("0101", 0, "A")).height == 0


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        ("htsno_shape", row("9903.89,61", 1, "A")),
        ("htsno_shape", row("01012100", 1, "A")),
        ("indent", row("0102", "", "A")),
        ("indent", row("0102", "1a", "A")),
        ("indent", row("0102", 12, "A")),
        ("too_many_units", row("0102", 1, "A", units=["a", "b", "c", "d"])),
        ("unnumbered_row_with_data", row("", 1, "A", general="5%")),
        ("unnumbered_row_with_data", row("", 1, "A", units=["kg"])),
        ("unnumbered_row_with_data", row("", 1, "A", footnotes=[note("B", "general")])),
        ("unknown_markup", row("0102", 1, "A <strong>B</strong>")),
        ("unknown_markup", row("0102", 1, "A", general="5%<font>")),
        ("superior_flag", row("0102", 1, "A", superior="true")),
        ("superior_flag", row("", 1, "A", superior=None)),
        ("superior_flag", row("", 1, "A", superior="yes")),
        ("misspelt_field_filled", row("0102", 1, "A", addiitionalDuties="5%")),
        ("unknown_footnote_kind", row("0102", 1, "A", footnotes=[note("B", "generals")])),
        ("unknown_footnote_kind", row("0102", 1, "A", footnotes=[note("B", "general", type="sidenote")])),
    ],
)
def test_what_is_not_known_is_refused_with_the_row_and_what_to_do(rule: str, bad: dict[str, object]) -> None:
    with pytest.raises(LandingError) as refused:
        parsed(as_json(row("0101", 0, "Good"), bad))
    assert refused.value.rule == rule
    assert refused.value.rows
    assert refused.value.action == SPEC.runbook[rule]
