"""un_hs_correlations: both layouts on rows written by hand, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, FetchState, Parsed, fetcher, load_spec, parser
from pipelines.errors import LandingError
from tests.unit.sources.xlsx import xlsx

SOURCE = "un_hs_correlations"
SAVED = "2022-08-01T14:25:21Z"
#: Unchanged; two that were one; one that was two; and two that overlap two.
LINKS = [
    ["Between"],
    ["HS2022", "HS2017", "Relationship"],
    ["010121", "010121", "1:1"],
    ["030111", "030110", "n:1"],
    ["030119", "030110", "n:1"],
    ["970690", "970610", "1:n"],
    ["970690", "970620", "1:n"],
    ["854231", "854239", "n:1"],
    ["854232", "854239", "n:n"],
    ["854232", "854290", "1:n"],
]
CONVERSIONS = [
    ["From HS2022", "To HS2017"],
    ["010121", "010121"],
    ["030111", "030110"],
    ["030119", "030110"],
    ["970690", "970620"],
    ["854231", "854239"],
    ["854232", "854290"],
]


def book(links: list[list[str]] = LINKS, conversions: list[list[str]] = CONVERSIONS, saved_at: str = SAVED) -> bytes:
    return xlsx({"HS2022-HS2017 Conversions": conversions, "HS2022-HS2017 Correlations": links}, saved_at)


def read(content: bytes, **facts: Any) -> Parsed:
    delivery = Delivery((DeliveredFile("table.xlsx", content, "0" * 64),), **facts)
    (parsed,) = parser(SOURCE)(delivery, load_spec(SOURCE))
    return parsed


def broken_rule(content: bytes) -> str:
    with pytest.raises(LandingError) as error:
        read(content)
    assert error.value.rule in load_spec(SOURCE).runbook
    return error.value.rule


def test_links_say_which_of_them_is_the_conversion() -> None:
    parsed = read(book())
    pairs = parsed.frame.select("newer_hs6", "older_hs6", "relationship", "is_conversion").rows()
    assert pairs[0] == ("010121", "010121", "1:1", True)
    assert ("970690", "970610", "1:n", False) in pairs and ("970690", "970620", "1:n", True) in pairs
    assert parsed.frame["is_conversion"].sum() == 6
    assert parsed.cells is not None and parsed.cells.rows() == [("HS2022", "HS2017")]


def test_the_day_is_the_end_of_the_year_the_book_was_saved_in() -> None:
    parsed = read(book())
    assert (parsed.known_on, parsed.known_precision, parsed.vintage_id) == (date(2022, 12, 31), "year", "HS2022-HS2017")
    assert read(book(saved_at=""), known_on=date(2023, 1, 5)).known_on == date(2023, 1, 5)
    assert broken_rule(book(saved_at="")) == "known_on_missing"


def test_the_older_layout_marks_parts_in_a_column_without_a_name() -> None:
    """Conversions come first, names have spaces, and the columns are A, C and D."""
    links = [["Between"], ["HS 2017", "", "HS 2012", "Relationship"]]
    links += [["010121", "", "010121", "1:1"], ["030193", "ex", "030199", "n:1"], ["030199", "ex", "030199", "n:1"]]
    conversions = [["From HS 2017", "To HS 2012"], ["010121", "010121"], ["030193", "030199"], ["030199", "030199"]]
    names = ("Conversion HS17-HS12", "Correlation HS17-HS12")
    parsed = read(xlsx(dict(zip(names, (conversions, links), strict=True)), "2017-06-06T19:45:55Z"))
    assert parsed.vintage_id == "HS2017-HS2012"
    assert parsed.frame["newer_hs6"].to_list() == ["010121", "030193", "030199"]
    links[-1][1] = "part"
    assert broken_rule(xlsx(dict(zip(names, (conversions, links), strict=True)), SAVED)) == "unknown_column"


def changed(rows: list[list[str]], place: int, *cells: str) -> list[list[str]]:
    return [*rows[:place], *([list(cells)] if cells else []), *rows[place + 1 :]]


@pytest.mark.parametrize(
    ("links", "conversions", "broken"),
    [
        (changed(LINKS, 2, "10121", "010121", "1:1"), CONVERSIONS, "bad_cell"),
        (changed(LINKS, 2, "010121", "010121", "1:m"), CONVERSIONS, "bad_cell"),
        (changed(LINKS, 1, "HS2022", "HS2017", "Kind"), CONVERSIONS, "unknown_column"),
        (changed(LINKS, 1, "HS2017", "HS2022", "Relationship"), CONVERSIONS, "unknown_column"),
        (changed(LINKS, 4), CONVERSIONS, "relationship_differs"),
        (changed(LINKS, 3, "030111", "030110", "1:1"), CONVERSIONS, "relationship_differs"),
        (LINKS, changed(CONVERSIONS, 4, "970690", "010121"), "conversion_differs"),
        (LINKS, changed(CONVERSIONS, 4), "conversion_differs"),
        (LINKS, [*CONVERSIONS, ["970690", "970610"]], "conversion_differs"),
        (LINKS, changed(CONVERSIONS, 0, "From HS2017", "To HS2012"), "sheet_missing"),
    ],
)
def test_what_contradicts_itself_is_refused(links: list[list[str]], conversions: list[list[str]], broken: str) -> None:
    assert broken_rule(book(links, conversions)) == broken


def test_a_book_without_both_sheets_or_cut_short_is_refused() -> None:
    assert broken_rule(xlsx({"HS2022-HS2017 Correlations": LINKS}, SAVED)) == "sheet_missing"
    assert broken_rule(b"PK\x03\x04 cut short") == "truncated_file"


def test_there_is_nothing_to_fetch() -> None:
    assert list(fetcher(SOURCE)(None, load_spec(SOURCE), FetchState())) == []
