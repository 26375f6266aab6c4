"""A small Supplement No. 4 in XML with every trait of the printed table, and what is read of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Parsed, load_spec
from pipelines.sources.bis_entity_list import parse as entity_list
from tests.unit.sources.ecfr_supplement import supplement_4

ALL = "For all items subject to the EAR. (See \u00a7 744.11 of the EAR)"
CHINA, PAKISTAN, CRIMEA = "CHINA, PEOPLE'S REPUBLIC OF", "PAKISTAN", "CRIMEA REGION OF UKRAINE"


def row(country: str, *entity: str, lr: str = ALL, lp: str = "Presumption of denial.", fr: str = "") -> dict[str, Any]:
    return {"country": country, "entity": entity, "lr": [lr], "lp": [lp], "fr": [fr] if fr else []}


ROWS = [
    row(
        CHINA,
        "Alpha Optics & Lasers Co., Ltd. (f.k.a., Beta Optics; and Gamma Glass), a.k.a., the following two aliases:",
        "\u2014Alpha; and",
        "\u2014Alpha \u201cPhotonics\u201d.",
        "1 First Road, Shenzhen, China; and Flat 2, 3/F., 4 Queen's Road, Hong Kong; and 5 Fifth Street, Singapore.",
        lr="For all items subject to the EAR (See \u00a7\u00a7 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR).",
        lp="Policy of denial. See \u00a7 746.8(b) of the EAR.",
        fr="87 FR 77508, 12/19/22. 88 FR 12171, 2/27/23.",
    ),
    row(CHINA, "Delta Trading (HK) Ltd., Unit 6, Kowloon, Hong Kong, China.", fr="85 FR 83769, 12/23/2020."),
    row(CHINA, "Epsilon Institute (EPSI), Hohhot, Inner Mongolia.", fr="76 FR 63184 No. 197"),
    row(PAKISTAN, "Zeta Stores, a.k.a., the following one alias:", "ZStores.", "7 Mall Road, Lahore, Pakistan."),
    row(
        PAKISTAN,
        "Eta Pumps, Karachi, Pakistan. (See alternate addresses under China and U.A.E.)",
        fr="77 FR 58006, 9/19/12.",
    ),
    row(PAKISTAN, "Theta, f.k.a., Old Theta. 8 Road, Quetta, Pakistan.", fr="88 FR 121582/27/23."),
    row(
        PAKISTAN, "Kappa, a.k.a., the following three aliases:", "\u2014K1; and", "\u2014K2.", "9 Road, Swat, Pakistan."
    ),
    row(CRIMEA, "Iota Shipyard, 10 Tankist Street, Kerch, Crimea, Ukraine.", fr="81 FR 61595 9/7/2016."),
]


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    content = supplement_4(ROWS)
    file = DeliveredFile("title-15_part-744_2023-12-01.xml", content, "0" * 64)
    with pytest.MonkeyPatch.context() as patch:
        # The known errors of the real list are not in this one.
        patch.setattr(entity_list, "load_corrections", lambda source: ())
        (found,) = entity_list.parse(Delivery((file,)), load_spec("bis_entity_list"))
    return found


def told(parsed: Parsed, *columns: str) -> list[tuple[Any, ...]]:
    return parsed.frame.select(*columns).rows()


def test_names_of_every_kind(parsed: Parsed) -> None:
    assert told(parsed, "entity_name", "aliases", "former_names") == [
        (
            "Alpha Optics & Lasers Co., Ltd",
            'Alpha | Alpha "Photonics" | Beta Optics | Gamma Glass',
            "Beta Optics | Gamma Glass",
        ),
        ("Delta Trading (HK) Ltd", None, None),
        ("Epsilon Institute (EPSI)", None, None),
        ("Zeta Stores", "ZStores", None),
        ("Eta Pumps", None, None),
        ("Theta", "Old Theta", "Old Theta"),
        ("Kappa", "K1 | K2", None),
        ("Iota Shipyard", None, None),
    ]


def test_the_announced_number_is_kept_beside_what_was_read(parsed: Parsed) -> None:
    """Former names are not among those announced; the seventh entry contradicts itself."""
    counts = [None if announced is None else (announced, read) for announced, read in _counts(parsed)]
    assert counts == [(2, 2), None, None, (1, 1), None, None, (3, 2), None]
    (told,) = parsed.corrections
    assert (told.key, told.published_value, told.corrected_value) == ("Kappa", "3 announced", "2 printed and taken")


def _counts(parsed: Parsed) -> list[tuple[int | None, int | None]]:
    return [(announced, read) for announced, read in told(parsed, "aliases_announced", "aliases_read")]


def test_headings_addresses_and_alternates_are_countries_apart(parsed: Parsed) -> None:
    assert told(parsed, "country_code", "address_country_codes", "alternate_country_codes") == [
        ("CN", "CN,HK,SG", None),
        ("CN", "HK", None),
        ("CN", "CN", None),
        ("PK", "PK", None),
        ("PK", "PK", "AE,CN"),
        ("PK", "PK", None),
        ("PK", "PK", None),
        ("UA", "UA-43", None),
    ]
    assert parsed.frame["country_heading"].to_list()[1] == CHINA


def test_terms_stand_normalised_and_letter_for_letter(parsed: Parsed) -> None:
    first = parsed.frame.row(0, named=True)
    assert first["licence_requirement"] == "All items subject to the EAR; see \u00a7 734.9(g), 744.21(b), 746.8(a)(3)"
    assert first["licence_requirement_printed"] == ROWS[0]["lr"][0]
    assert (first["licence_policy"], first["rule_flags"]) == ("Policy of denial; see \u00a7 746.8(b)", "3")
    assert first["licence_policy_printed"] == ROWS[0]["lp"][0]


def test_citations(parsed: Parsed) -> None:
    assert [citation for (citation,) in told(parsed, "citation")] == [
        "87 FR 77505, 2022-12-19; 88 FR 12170, 2023-02-27",
        "85 FR 83765, 2020-12-23",
        "76 FR 63184, 2011-10-12",
        None,
        "77 FR 58006, 2012-09-19",
        "88 FR 12155, 2023-02-27",
        None,
        "81 FR 61595, 2016-09-07",
    ]
    assert parsed.frame["first_citation_on"].to_list()[0] == date(2022, 12, 19)
