"""The Denied Persons List: orders put together from rows, their dates, countries and citations, what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, load_spec
from pipelines.errors import LandingError
from pipelines.sources.bis_denied_persons.parse import HEADER, canonical_citation, parse

SPEC = load_spec("bis_denied_persons")
DAY = date(2022, 9, 2)
ROW = {
    "Name": " EXAMPLE, LTD.",
    "Street_Address": "1 LONG ROAD",
    "City": "AUSTIN",
    "State": "TX",
    "Effective_Date": "06/05/2019",
    "Expiration_Date": "12/03/2029",
    "Standard_Order": "Y",
    "Last_Update": "3017-08-22",
    "Action": "FR NOTICE ADDED",
    "FR_Citation": "84 F.R. 27233 6/12/2019",
}


def text(*rows: dict[str, str]) -> str:
    cells = [[row.get(column, "") for column in HEADER] for row in rows]
    return "".join("\t".join(f'"{cell}"' for cell in row) + "\n" for row in (list(HEADER), *cells))


def orders(content: str | bytes, **told: Any) -> list[dict[str, Any]]:
    raw = content.encode() if isinstance(content, str) else content
    (vintage,) = parse(Delivery((DeliveredFile("dpl.txt", raw, "0"),), **{"known_on": DAY, **told}), SPEC)
    assert vintage.vintage_id == f"dpl-{DAY}"
    return vintage.frame.sort("entry_key").to_dicts()


def test_an_order_has_a_key_two_dates_and_what_was_printed() -> None:
    (order,) = orders(text(ROW))
    assert order["entry_key"] == "EXAMPLE LTD:2019-06-05"
    assert (order["entity_name"], order["country_code"]) == ("EXAMPLE, LTD.", "US")
    assert (order["effective_on"], order["expires_on"]) == (date(2019, 6, 5), date(2029, 12, 3))
    assert order["is_standard_order"] is True
    assert order["addresses"] == "1 LONG ROAD, AUSTIN, TX"
    assert order["citation"] == "84 FR 27233, 2019-06-12"
    assert (order["last_update_printed"], order["action_printed"]) == ("3017-08-22", "FR NOTICE ADDED")


def test_rows_of_one_order_are_put_together_in_any_order() -> None:
    abroad = {**ROW, "Street_Address": "2 HIGH ROAD", "City": "DUBAI", "State": "", "Country": "AE"}
    again = {**ROW, "FR_Citation": "84 F.R. 27233 6/12/2019, 85 F.R. 77147 12/1/2020"}
    (one,), (other,) = orders(text(ROW, abroad, again, ROW)), orders(text(again, abroad, ROW))
    assert one == other
    assert one["addresses"] == "1 LONG ROAD, AUSTIN, TX | 2 HIGH ROAD, DUBAI, AE"
    assert (one["country_code"], one["address_country_codes"]) == ("AE", "AE,US")
    assert one["citation"] == "84 FR 27233, 2019-06-12; 85 FR 77147, 2020-12-01"


def test_a_renewed_order_is_another_and_one_without_end_has_none() -> None:
    renewed = {**ROW, "Effective_Date": "12/03/2019", "Expiration_Date": "", "Standard_Order": ""}
    first, second = orders(text(ROW, renewed))
    assert (second["entry_key"], second["expires_on"], second["is_standard_order"]) == (
        "EXAMPLE LTD:2019-12-03",
        None,
        None,
    )
    assert first["expires_on"] == date(2029, 12, 3)


@pytest.mark.parametrize(
    ("country", "state", "code"),
    [("PRC", "", "CN"), ("CA", "", "CA"), ("", "CA", "US"), ("NM", "", "US"), ("", "CY", "CY"), ("", "RS", None)],
)
def test_the_country_is_told_by_country_or_state(country: str, state: str, code: str | None) -> None:
    (order,) = orders(text({**ROW, "Country": country, "State": state}))
    assert order["country_code"] == code


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("82 F.R. 16788, 16789 4/6/2017", "82 FR 16788, 2017-04-06"),
        ("81.F.R. 22576 4/18/2016", "81 FR 22576, 2016-04-18"),
        ("83F.R. 28801 6/21/2018,  80 F.R 57572 9/24/15 ", "80 FR 57572, 2015-09-24; 83 FR 28801, 2018-06-21"),
        ("46 F.R. 46154 9/17/81 and 46 F.R. 19290 3/30/81", "46 FR 19290, 1981-03-30; 46 FR 46154, 1981-09-17"),
        ("86 F.R. 66277 11/22/201", "86 FR 66277"),
        ("86 F.R. 66277 11/22/2011", "86 FR 66277"),
        ("F.R. 30823 7/3/2017", None),
        (None, None),
    ],
)
def test_citations_are_read_as_they_are_printed(printed: str | None, canonical: str | None) -> None:
    assert canonical_citation(printed) == canonical


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<html><body>Moved</body></html>", "web_page"),
        (text(ROW).replace('"State"', '"Province"'), "unknown_column"),
        (text(ROW)[:-40], "truncated_file"),
        (text(ROW, ROW).rsplit("\t", 2)[0] + "\n", "truncated_file"),
        (text(), "truncated_file"),
        ("", "truncated_file"),
        (text({**ROW, "Name": 'A"\t"B'}, ROW), "cell_count"),
        (text({**ROW, "City": "MÜNCHEN"}).encode("latin-1"), "wrong_encoding"),
        (text({**ROW, "City": "M\u00c3\u0153NCHEN"}).encode(), "mojibake"),
        (text({**ROW, "City": "M\ufffdNCHEN"}), "mojibake"),
        (text({**ROW, "Effective_Date": "2019-06-05"}), "bad_cell"),
        (text({**ROW, "Expiration_Date": "12/33/2019"}), "bad_cell"),
        (text({**ROW, "Standard_Order": "TX"}), "bad_cell"),
        (text({**ROW, "Country": "Texas"}), "bad_cell"),
        (text({**ROW, "Name": " "}), "name_missing"),
        (text(ROW, {**ROW, "Expiration_Date": ""}), "several_dates"),
    ],
)
def test_a_damaged_list_is_refused(content: str | bytes, rule: str) -> None:
    with pytest.raises(LandingError) as caught:
        orders(content)
    assert caught.value.rule == rule
    assert rule in SPEC.runbook and caught.value.source == "bis_denied_persons"


def test_a_list_without_a_date_is_refused() -> None:
    with pytest.raises(LandingError, match="known_on_missing"):
        orders(text(ROW), known_on=None)
