"""Each source's fetch.py against a misbehaving publisher.

What passes ends in the right bytes; what lasts ends in a FetchError that names the source and says what to do; what
arrives whole but changed is refused by parse. The key is never told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import pytest

from pipelines.contract import Fetched, FetchState
from pipelines.errors import FetchError, LandingError, StatecraftError
from pipelines.formats import census_live
from tests.faults.asking import patience
from tests.faults.fetching import (
    COMTRADE,
    DENIED_PERSONS,
    ENTITY_LIST,
    EXPORTS,
    FEDERAL_REGISTER,
    FOUR_LISTS,
    FULL_TEXTS,
    GOLDEN_COPY,
    IMPORTS,
    KEY,
    OFAC,
    PRESIDENTIAL_TEXTS,
    SCHEDULE,
    SCREENING_LIST,
    SOURCES,
    TREASURY,
    UFLPA,
    Source,
)
from tests.faults.publisher import Asked, Publisher
from tests.faults.publishers_formats import SCREENING_LIST_PATH

CENSUS = (IMPORTS, EXPORTS)
PASSING = ("429", "500", "503", "cut_off", "hang_up", "stall")
LASTING = (*PASSING, "403", "404", "html_instead", "redirect_loop", "oversized", "echo_query")
ASKED = [
    pytest.param(source, path, id=f"{source.name}:{path.split('/')[-1]}") for source in SOURCES for path in source.paths
]
BY_NAME = [pytest.param(source, id=f"{source.name}:{source.vintages[0]}") for source in SOURCES]
#: Last path a source asks -> what its answer says, what it says instead, and the rule that hears it.
CHANGED_HEADERS = {
    IMPORTS.paths[-1]: (b"CON_VAL_MO", b"CON_VALUE_MO", "unknown_field"),
    EXPORTS.paths[-1]: (b"ALL_VAL_MO", b"ALL_VALUE_MO", "unknown_field"),
    ENTITY_LIST.paths[-1]: (b"</TR>", b"<TD>new column</TD></TR>", "cell_count"),
    SCHEDULE.paths[-1]: (b'"general"', b'"column_1"', "unknown_field"),
    SCREENING_LIST.paths[-1]: (b'"license_policy"', b'"licence_policy"', "unknown_column"),
    OFAC.paths[-1]: (b',"Moscow"', b',"new column","Moscow"', "cell_count"),
    DENIED_PERSONS.paths[-1]: (b'"State"', b'"Province"', "unknown_column"),
    FEDERAL_REGISTER.paths[-1]: (b'"abstract"', b'"summary"', "unknown_field"),
    FULL_TEXTS.paths[-1]: (b"FR Doc.", b"Document", "number_missing"),
    PRESIDENTIAL_TEXTS.paths[-1]: (b'"content"', b'"words"', "unknown_field"),
    TREASURY.paths[-1]: (b'"current_month_net_rcpt_amt"', b'"net"', "unknown_field"),
    UFLPA.paths[-1]: (b"Effective Date", b"Date", "unknown_column"),
    COMTRADE.paths[-1]: (b'"cifvalue"', b'"cif_value"', "unknown_field"),
    # Bytes changed inside a ZIP are noticed before anything is read.
    GOLDEN_COPY.paths[-1]: (b"Exception.Category", b"Exception.Kategory", "damaged_zip"),
}


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A key in the environment, three chapters instead of 98, no corrections, and at the end a look into the logs."""
    monkeypatch.setenv("CENSUS_API_KEY", KEY)
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)
    monkeypatch.setattr(census_live, "CHAPTERS", ["84", "85", "86"])
    monkeypatch.setattr("pipelines.sources.gleif.fetch.LARGEST_BYTES", 300_000)
    # The known errors of the real list are not in the small one.
    monkeypatch.setattr("pipelines.sources.bis_entity_list.parse.load_corrections", lambda source: ())
    caplog.set_level(logging.INFO)
    yield
    assert KEY not in caplog.text


def told(error: StatecraftError, source: Source) -> str:
    """The whole error, after the checks every error has to pass."""
    text = f"{error} {error!r}"
    assert source.name in error.what or source.name == getattr(error, "source", "")
    assert len(error.action) > 10
    assert KEY not in text
    return text


def bodies(fetched: Iterable[Fetched]) -> dict[str, bytes]:
    return {file.name: file.content for file in fetched}


@lru_cache
def healthy_bodies(place: int) -> dict[str, bytes]:
    """What the publisher of SOURCES[place] sends without faults, whatever address it sends it from."""
    with Publisher() as publisher:
        return bodies(SOURCES[place].fetch(publisher))


@pytest.mark.parametrize("source", BY_NAME)
def test_a_healthy_publisher_is_fetched_parsed_and_not_fetched_again(source: Source, publisher: Publisher) -> None:
    fetched = list(source.fetch(publisher))
    assert tuple(dict.fromkeys(file.vintage_id for file in fetched)) == source.vintages
    assert len(bodies(fetched)) == len(fetched), "every file has a name of its own"
    assert not [file for file in fetched if KEY in f"{file.url} {file.headers}"]
    parsed = list(source.parse(fetched))
    assert {vintage.vintage_id for vintage in parsed} == set(source.vintages)
    assert all(vintage.frame.height for vintage in parsed)
    today = source.state.today
    held = FetchState(source.state.vintage_ids | set(source.vintages), {}, today, today)
    assert list(source.fetch(publisher, held)) == []


@pytest.mark.parametrize(("source", "path"), ASKED)
@pytest.mark.parametrize("kind", PASSING)
def test_what_passes_ends_in_the_right_bytes(source: Source, path: str, kind: str, publisher: Publisher) -> None:
    right = healthy_bodies(SOURCES.index(source))
    publisher.fault(path, kind, times=1)
    assert bodies(source.fetch(publisher, timeout_seconds=patience(kind))) == right
    assert len(publisher.asked(path)) > 1


@pytest.mark.parametrize(("source", "path"), ASKED)
@pytest.mark.parametrize("kind", LASTING)
def test_what_lasts_names_the_source_and_what_to_do(source: Source, path: str, kind: str, publisher: Publisher) -> None:
    publisher.fault(path, kind)
    if (source, kind) == (UFLPA, "html_instead"):  # the list is a page itself: only who reads it knows another page
        with pytest.raises(LandingError) as refused:
            list(source.parse(source.fetch(publisher)))
        assert told(refused.value, source) and refused.value.rule == "not_the_page"
        return
    with pytest.raises(FetchError) as caught:
        list(source.fetch(publisher, timeout_seconds=patience(kind), attempts=2))
    assert publisher.url() in told(caught.value, source)


@pytest.mark.parametrize(("source", "path"), ASKED)
@pytest.mark.parametrize("body", [b"[]", b"{}", b'[["a"]]', b'[["a"', b"<DIV5/>", b"<DIV5>"])
def test_a_strange_body_never_becomes_figures(source: Source, path: str, body: bytes, publisher: Publisher) -> None:
    publisher.fault(path, "content", body=body)
    with pytest.raises((FetchError, LandingError)) as caught:
        list(source.parse(source.fetch(publisher)))
    told(caught.value, source)


@pytest.mark.parametrize("source", BY_NAME)
def test_a_changed_header_is_refused_by_parse(source: Source, publisher: Publisher) -> None:
    old, new, rule = CHANGED_HEADERS[source.paths[-1]]
    *_, original = source.fetch(publisher)
    assert old in original.content
    publisher.fault(source.paths[-1], "content", body=original.content.replace(old, new))
    with pytest.raises(LandingError) as caught:
        list(source.parse(source.fetch(publisher)))
    told(caught.value, source)
    assert caught.value.rule == rule
    assert caught.value.file


@pytest.mark.parametrize(("source", "path"), [asked for asked in ASKED if asked.values[0] not in CENSUS])
def test_nothing_where_a_list_should_be_is_an_error(source: Source, path: str, publisher: Publisher) -> None:
    publisher.fault(path, "empty_204")
    with pytest.raises(FetchError) as caught:
        list(source.fetch(publisher))
    told(caught.value, source)


@pytest.mark.parametrize("source", CENSUS, ids=lambda source: source.name)
def test_no_new_month_is_no_error(source: Source, publisher: Publisher) -> None:
    for path in source.paths:
        publisher.fault(path, "empty_204")
    assert list(source.fetch(publisher)) == []


@pytest.mark.parametrize("source", CENSUS, ids=lambda source: source.name)
def test_an_old_month_that_is_gone_is_an_error(source: Source, publisher: Publisher) -> None:
    def gone_in_december(asked: Asked) -> bool:
        return asked.first("time") == "2024-12"

    publisher.fault(source.paths[0], "empty_204", when=gone_in_december)
    with pytest.raises(FetchError, match="2024-12") as caught:
        list(source.fetch(publisher))
    told(caught.value, source)


@pytest.mark.parametrize("source", CENSUS, ids=lambda source: source.name)
def test_a_traded_chapter_that_is_gone_is_an_error(source: Source, publisher: Publisher) -> None:
    """Its lines would else be closed as no longer stated."""

    def chapter_85(asked: Asked) -> bool:
        return asked.first("COMM_LVL") == "HS10" and "85*" in (asked.first("I_COMMODITY"), asked.first("E_COMMODITY"))

    publisher.fault(source.paths[0], "empty_204", when=chapter_85)
    with pytest.raises(FetchError, match="85") as caught:
        list(source.fetch(publisher))
    told(caught.value, source)


@pytest.mark.parametrize("source", CENSUS, ids=lambda source: source.name)
@pytest.mark.parametrize("key", ["", "not-the-key-of-anyone"])
def test_without_a_good_key_the_error_says_where_to_get_one(
    source: Source, key: str, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CENSUS_API_KEY", key)
    with pytest.raises(FetchError, match=r"(?i)\bkey\b") as caught:
        list(source.fetch(publisher))
    assert "not-the-key-of-anyone" not in told(caught.value, source)


def test_a_cut_screening_list_is_taken_up_again(publisher: Publisher) -> None:
    right = bodies(SCREENING_LIST.fetch(publisher))
    publisher.fault(SCREENING_LIST_PATH, "cut_off", times=1)
    assert bodies(SCREENING_LIST.fetch(publisher)) == right
    assert "range" in publisher.asked(SCREENING_LIST_PATH)[-1].headers


@pytest.mark.parametrize("source", [SCREENING_LIST, FOUR_LISTS, UFLPA], ids=lambda source: source.name)
def test_an_unchanged_list_is_not_sent_again(source: Source, publisher: Publisher) -> None:
    (held,) = source.fetch(publisher)
    told_then = {"etag": held.headers["etag"], "last_modified": held.headers.get("last-modified", "")}
    state = replace(source.state, validators={held.url: {name: value for name, value in told_then.items() if value}})
    assert list(source.fetch(publisher, state)) == []


def test_an_unchanged_list_of_ofac_is_not_sent_again(publisher: Publisher) -> None:
    """Nor are its alternate names and addresses; the other list, which has changed, comes whole."""
    held = {file.url: file for file in OFAC.fetch(publisher)}
    sdn = held[publisher.url(OFAC.paths[0])]
    state = replace(OFAC.state, validators={sdn.url: {"etag": sdn.headers["etag"]}})
    assert [file.name for file in OFAC.fetch(publisher, state)] == ["cons_prim.csv", "cons_alt.csv", "cons_add.csv"]
