"""A user's own edges: the form of the file, what is refused at once, and what the landing gate says of bad rows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines import intake, landing_gate
from pipelines.contract import (
    OPEN_END,
    DeliveredFile,
    Delivery,
    Fetched,
    FetchState,
    Parsed,
    fetcher,
    load_spec,
    parser,
)
from pipelines.errors import LandingError
from pipelines.settings import Settings
from tests.faults.asking import make_http

SPEC = load_spec("ownership_edges")
DAY = date(2026, 11, 2)
HEADER = "owner,owned,share,valid_from,valid_to,source"
GOOD = f"{HEADER}\nx,a,0.6,2020-01-01,2024-01-01,register\nx,b,.5,,,register\n"


def read(content: str | bytes, **facts: Any) -> Parsed:
    raw = content.encode() if isinstance(content, str) else content
    delivery = Delivery((DeliveredFile("mine.csv", raw, "0" * 64),), **{"known_on": DAY, **facts})
    (parsed,) = parser("ownership_edges")(delivery, SPEC)
    return parsed


def test_a_file_states_who_holds_what_from_when_until_when() -> None:
    columns = ["owner_id", "owned_id", "share", "valid_from", "valid_to", "source"]
    assert read(GOOD).frame.select(columns).rows() == [
        ("x", "a", 0.6, date(2020, 1, 1), date(2024, 1, 1), "register"),
        ("x", "b", 0.5, date(1900, 1, 1), OPEN_END, "register"),
    ]


def test_a_file_covers_the_sources_it_names_and_no_other() -> None:
    more = GOOD + "y,c,0.2,,,annual report\n"
    cells = read(more).cells
    assert cells is not None and sorted(cells["source"]) == ["annual report", "register"]


def test_optional_columns_may_be_there_in_any_order() -> None:
    text = "owned_name,owner_entry_key,owner_lei,note,source,share,owned,owner,valid_to,valid_from\n"
    text += "Alpha,CN:x,ABCDEFGHIJKLMNOPQR01,seen,register,0.5,a,x,,\n"
    row = read(text).frame.row(0, named=True)
    assert (row["owned_name"], row["owner_entry_key"], row["owner_lei"], row["owner_name"]) == (
        *("Alpha", "CN:x", "ABCDEFGHIJKLMNOPQR01"),
        None,
    )


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        pytest.param(GOOD.replace("0.6", "60 %"), "bad_cell", id="a percent sign"),
        pytest.param(GOOD.replace("0.6", '"0,6"'), "bad_cell", id="a decimal comma"),
        pytest.param(GOOD.replace("0.6", "-0.6"), "bad_cell", id="less than nothing"),
        pytest.param(GOOD.replace("0.6", ""), "bad_cell", id="no share"),
        pytest.param(GOOD.replace("2020-01-01", "01/01/2020"), "bad_cell", id="another form of date"),
        pytest.param(GOOD.replace("2020-01-01", "2020-02-30"), "bad_cell", id="no such day"),
        pytest.param(GOOD.replace("x,a", ",a"), "bad_cell", id="no owner"),
        pytest.param(GOOD.replace(",register", ","), "bad_cell", id="no source"),
        pytest.param(HEADER + "\n", "bad_cell", id="no row"),
        pytest.param(GOOD.replace("share", "percent"), "unknown_column", id="another column"),
        pytest.param(GOOD.replace("x,a", "\xe9,a").encode("latin-1"), "wrong_encoding", id="latin"),
    ],
)
def test_what_is_not_of_the_form_is_refused(content: str | bytes, rule: str) -> None:
    with pytest.raises(LandingError) as caught:
        read(content)
    assert caught.value.rule == rule
    assert caught.value.action


def test_without_a_day_it_is_refused() -> None:
    with pytest.raises(LandingError, match="known_on_missing"):
        read(GOOD, known_on=None)


@pytest.mark.parametrize(
    ("rows", "rule", "says"),
    [
        ("x,a,60,2020-01-01,,register", "share_out_of_range", "60 % is 0.6, not 60"),
        ("x,a,0.6,2020-01-01,2019-01-01,register", "dates_reversed", "exchanged"),
        ("x,x,0.6,,,register", "owns_itself", "owns itself"),
        ("x,a,0.6,,,register\nx,a,0.4,,,register", "key_not_unique", "twice"),
        ("x,a,0.3,,,register\nx,a,0.4,2020-01-01,,register", "holdings_overlap", "Add them up"),
        ("x,a,0.6,,,register\ny,a,0.6,,,register", "more_than_all", "more than all"),
    ],
)
def test_bad_rows_are_stopped_at_the_gate_with_a_word_on_what_to_do(
    rows: str, rule: str, says: str, tmp_path: Path
) -> None:
    home = Settings(tmp_path / "home", "400MB", 1)
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEADER}\n{rows}\n")
    intake.add_files(home, SPEC, [file], DAY, None)
    judged = landing_gate.weigh(home, SPEC, "edges")
    (refused,) = judged.refused
    assert rule in refused.reason and says in refused.reason


def test_there_is_nobody_to_ask() -> None:
    with make_http() as http:
        found: list[Fetched] = list(fetcher("ownership_edges")(http, SPEC, FetchState()))
    assert found == []
