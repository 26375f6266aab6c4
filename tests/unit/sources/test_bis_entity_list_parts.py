"""Entity List: wording, citations, countries, identity and the order of questions, each alone."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from pipelines.contract import Fetched, FetchState, load_spec
from pipelines.errors import FetchError
from pipelines.formats import list_countries as countries
from pipelines.formats.list_identity import add_entry_key, name_root
from pipelines.sources.bis_entity_list import citations
from pipelines.sources.bis_entity_list.fetch import fetch
from pipelines.sources.bis_entity_list.wording import canonical_wording, rule_flags

SPEC = load_spec("bis_entity_list")


@pytest.mark.parametrize(
    ("printed", "canonical", "flags"),
    [
        (
            "For all items subject to the EAR, see \u00a7\u00a7 734.9(e)1, and 744.11 of the EAR2",
            "All; see \u00a7 734.9(e), 744.11",
            "1,2",
        ),
        (
            "For all items subject to the EAR. (See \u00a7\u00a7 734.9(e)(2) and 744.11 of the EAR) 4",
            "All; see \u00a7 734.9(e)(2), 744.11",
            "4",
        ),
        (
            "For all items subject to the EAR. (See part\u00a7744.11 of the EAR).",
            "All; see \u00a7 744.11",
            None,
        ),
        (
            "All items subject to the EAR (See \u00a7\u00a7734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR",
            "All; see \u00a7 734.9(g), 744.21(b), 746.8(a)(3)",
            "3",
        ),
        (
            "Presumption for denial.",
            "Presumption of denial",
            None,
        ),
        (
            "See \u00a7744.2 (d) of the EAR",
            "See \u00a7 744.2(d)",
            None,
        ),
        (
            "For items on the CCL listed in supplement no. 7 to part 746.",
            "For items on the CCL listed in supplement no. 7 to part 746",
            None,
        ),
        (
            "Case-by-case. Presumption of approval for EAR99 items.",
            "Case-by-case; presumption of approval for EAR99 items",
            None,
        ),
    ],
)
def test_wording_is_levelled_and_marks_are_kept(printed: str, canonical: str, flags: str | None) -> None:
    assert canonical_wording(printed) == canonical.replace("All;", "All items subject to the EAR;")
    assert rule_flags(printed) == flags


def test_wording_keeps_real_differences() -> None:
    assert canonical_wording("Policy of denial. See \u00a7 746.8(b)") != canonical_wording("Policy of denial")
    assert canonical_wording("Presumption of denial") != canonical_wording("Policy of denial")


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("76 FR 71869, 11/21/11.", "76 FR 71867, 2011-11-21"),
        ("76 FR 67059 No. 210", "76 FR 67059, 2011-10-31"),
        ("73 FR no. 184 pg. 54507, 77 FR 58006 (no. 182)", "73 FR 54503, 2008-09-22; 77 FR 58006, 2012-09-19"),
        ("87 FR 34157, 6/6/22; 87 FR 34136, 6/6/22", "87 FR 34131, 2022-06-06; 87 FR 34154, 2022-06-06"),
        ("87FR 77508. 12/19/2022. 87 fr 77505; 88 FR", "87 FR 77505, 2022-12-19"),
        ("88 FR FR 12171 (2/27/23)", "88 FR 12170, 2023-02-27"),
        ("99 FR 12345, 1/2/34", "99 FR 12345, 2034-01-02"),
        ("99 FR 12345", "99 FR 12345"),
        ("88 FR", None),
        (None, None),
    ],
)
def test_citations_meet_in_one_form(printed: str | None, canonical: str | None) -> None:
    frame = pl.DataFrame(
        {"position": [0], "citation_printed": [printed]}, schema_overrides={"citation_printed": pl.String}
    )
    assert citations.add_citations(frame)["citation"].to_list() == [canonical]


def test_the_rule_table_is_sound() -> None:
    rules = citations.rules()
    ends = rules.filter(pl.col("last_page").shift(1).over("volume") >= pl.col("first_page"))
    assert ends.is_empty() and rules.filter(pl.col("first_page") > pl.col("last_page")).is_empty()
    assert rules.filter(pl.col("volume") + 1935 != pl.col("published_on").dt.year()).is_empty()
    assert rules["evidence"].null_count() == 0


def test_the_country_table_is_sound() -> None:
    table = countries.lookup()
    assert table["printed"].is_unique().all()
    assert table.null_count().sum_horizontal().item() == 0
    assert table.filter(pl.col("printed") == "NA").row(0)[1:3] == ("NA", "NA")
    assert table.filter(pl.col("printed") == "HK").row(0)[1:3] == ("HK", "CN")


def test_names_lose_typography_and_nothing_else() -> None:
    names = [
        "Xi'an X Company Limited",
        "Xi?an X Co.",
        'OOO "STG-EKO"',
        "OOO STG EKO",
        "X (f.k.a., Y), OAO",
        "X, LLC (Acme)",
        "X (HK) LLC",
    ]
    roots = pl.DataFrame({"n": names}).select(name_root(pl.col("n")))["n"].to_list()
    assert roots == ["xianxco", "xianxco", "ooostgeko", "ooostgeko", "xoao", "xllc", "xhkllc"]


def test_keys_of_namesakes_are_unique_and_do_not_depend_on_order() -> None:
    entries = pl.DataFrame(
        {
            "position": [0, 1, 2, 3],
            "entity_name": ["A"] * 4,
            "country_code": ["RU", "RU", "RU", None],
            "citation": ["87 FR 1, 2022-01-01", "86 FR 9", "87 FR 1", None],
            "aliases": [None, None, "z", None],
        }
    )
    keys = add_entry_key(entries)["entry_key"].to_list()
    assert keys == ["RU:a~87fr1~2", "RU:a", "RU:a~87fr1", "--:a"]
    turned = entries.reverse().with_columns(position=pl.int_range(pl.len()))
    assert add_entry_key(turned)["entry_key"].to_list() == keys[::-1]


class FakeHttp:
    """Answers by the end of the address; an exception as an answer is raised."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[tuple[str, Any, Any]] = []

    def get(self, url: str, *, params: Any = None, conditional: Any = None, kind: str = "any") -> Any:
        self.asked.append((url.rsplit("/", 1)[-1], params, conditional))
        answer = next(value for end, value in self.answers.items() if url.endswith(end.replace("_", ".")))
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(content=answer, url=url, headers={}, not_modified=answer is None, empty=answer == b"")


TITLES = json.dumps({"titles": [{"number": 15, "up_to_date_as_of": "2026-11-20"}]}).encode()


def now(*held: str) -> FetchState:
    """A warehouse whose newest edition is four days old."""
    newest = date(2026, 11, 18)
    return FetchState(vintage_ids=frozenset(held), today=date(2026, 11, 22), newest_known_on=newest)


def asked(http: Any, state: FetchState) -> list[Fetched]:
    return list(fetch(http, SPEC, state))


def test_fetch_asks_for_the_day_the_regulations_vouch_for() -> None:
    http = FakeHttp(titles_json=TITLES, **{"15_xml": b"<x/>"})
    (file,) = asked(http, now())
    assert (file.vintage_id, file.published_on) == ("ecfr-2026-11-20", date(2026, 11, 20))
    assert "/full/2026-11-20/" in file.url and http.asked[1][1] == {"part": "744"}
    held = now("ecfr-2026-11-20")
    assert asked(http, held) == []


def test_the_screening_list_stands_in_only_for_stale_regulations() -> None:
    down = FakeHttp(titles_json=FetchError("no answer"), consolidated_json=b"{}")
    with pytest.raises(FetchError):
        asked(down, now())
    stale = FetchState(today=date(2026, 11, 22), newest_known_on=date(2026, 7, 31))
    (file,) = asked(down, stale)
    assert (file.name, file.vintage_id) == ("consolidated.json", "csl-2026-11-22")
    nameless = FakeHttp(titles_json=b'{"titles": []}')
    with pytest.raises(FetchError, match="title 15"):
        asked(nameless, now())
