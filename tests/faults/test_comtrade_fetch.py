"""Which questions UN Comtrade is asked, what is done where an answer is cut off, and that the key is never told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.contract import DeliveredFile, Delivery, Fetched, FetchState, load_spec, parser
from pipelines.errors import FetchError
from pipelines.quota import Quota
from pipelines.sources.un_comtrade import fetch as comtrade_fetch
from pipelines.sources.un_comtrade import parse as comtrade_parse
from tests.faults.asking import make_http
from tests.faults.comtrade import DATA_PATH, RELEASES_PATH, answer, serve_comtrade
from tests.faults.publisher import Publisher

SPEC = load_spec("un_comtrade")
KEY = "not-a-real-key-0123456789"
RELEASED = {(156, 2024): "2025-03-01", (156, 2023): "2024-06-01"}
TODAY = date(2025, 3, 11)


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the key, and the options by the end of their names."""
    monkeypatch.setenv("COMTRADE_API_KEY", KEY)

    def set_options(**named: str) -> None:
        for name, value in named.items():
            monkeypatch.setenv(f"STATECRAFT_COMTRADE_{name.upper()}", value)

    set_options(reporters="CN", years="2023-2024")
    return set_options


def fetch(
    publisher: Publisher, *held: str, limit: int = 100_000, released: Any = None, quota: Quota | None = None
) -> list[Fetched]:
    endpoints = serve_comtrade(publisher, KEY, released or RELEASED, limit)
    spec = SPEC.model_copy(update={"endpoints": endpoints})
    with make_http(source=SPEC.name) as http:
        return list(comtrade_fetch.fetch(http, spec, FetchState(frozenset(held), today=TODAY, quota=quota)))


def test_only_what_was_released_since_is_asked_for(publisher: Publisher, options: Callable[..., None]) -> None:
    files = fetch(publisher, "CN_2023_HS2_released_2024-06-01")
    assert [(f.vintage_id, f.published_on) for f in files] == [("CN_2024_HS2_released_2025-03-01", date(2025, 3, 1))]
    (asked,) = publisher.asked(DATA_PATH)
    wanted = {"partner2Code": "0", "motCode": "0", "customsCode": "C00", "cmdCode": "AG2", "flowCode": "M,X"}
    assert {name: asked.first(name) for name in wanted} == wanted
    assert KEY not in asked.target and KEY not in files[0].url + files[0].name


def test_products_named_by_the_user_come_beside_the_chapters(
    publisher: Publisher, options: Callable[..., None]
) -> None:
    options(years="2024", products="854231, 850760")
    assert [f.vintage_id for f in fetch(publisher)] == [
        "CN_2024_HS2_released_2025-03-01",
        "CN_2024_HS6-d7d82a1b_released_2025-03-01",
    ]


def test_an_answer_that_was_cut_off_is_asked_for_in_halves(
    publisher: Publisher, options: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (comtrade_fetch, comtrade_parse):
        monkeypatch.setattr(module, "LIMIT", 7)
    options(years="2024", products="850760,854231,854232")
    # Nine rows a flow: chapters come by flow, six digits by flow and then by product.
    files = fetch(publisher, limit=7)
    delivered = [f for f in files if "HS6" in (f.vintage_id or "")]
    assert [f.name[-16:] for f in delivered] == [f"part-{n}-of-4.json" for n in (1, 2, 3, 4)]
    sent = tuple(DeliveredFile(f.name, f.content, "0" * 64, f.url) for f in delivered)
    (whole,) = parser("un_comtrade")(Delivery(sent, vintage_id="x", known_on=TODAY), SPEC)
    assert whole.frame.height == 18 and whole.frame.n_unique() == 18


def test_what_is_cut_off_however_little_is_asked_is_an_error(
    publisher: Publisher, options: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comtrade_fetch, "LIMIT", 2)
    options(years="2024")
    with pytest.raises(FetchError, match="cut off"):
        fetch(publisher, limit=2)


def test_the_runs_of_a_day_end_before_its_calls_are_used_up(
    publisher: Publisher, options: Callable[..., None], tmp_path: Path
) -> None:
    path, both = tmp_path / "host.json", ["CN_2023_HS2_released_2024-06-01", "CN_2024_HS2_released_2025-03-01"]
    assert [f.vintage_id for f in fetch(publisher, quota=Quota(path, TODAY, 6))] == both
    path.unlink()
    assert [f.vintage_id for f in fetch(publisher, quota=Quota(path, TODAY, 5))] == both[:1]
    # Later runs of the day go by what it has left: three calls, and the chapters may take four.
    assert fetch(publisher, both[0], quota=Quota(path, TODAY, 5)) == []
    assert Quota(path, TODAY, 5).left == 2
    asked = len(publisher.asked())
    assert fetch(publisher, both[0], quota=Quota(path, TODAY, 3)) == []
    assert len(publisher.asked()) == asked
    next_day = Quota(path, date(2025, 3, 12), 5)
    assert [f.vintage_id for f in fetch(publisher, both[0], quota=next_day)] == both[1:]


def test_the_bound_of_a_day_is_that_of_the_free_subscription() -> None:
    assert (SPEC.keyed_calls_a_day, SPEC.keyless_calls_a_day) == (500, None)


def test_a_wrong_key_is_refused_and_not_told(
    publisher: Publisher, options: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMTRADE_API_KEY", "a-key-of-nobody-123")
    with pytest.raises(FetchError, match=r"401.*invalid subscription key") as caught:
        fetch(publisher)
    assert "a-key-of-nobody-123" not in f"{caught.value!r}"
    assert "key" in caught.value.action


def test_without_a_key_nobody_is_asked(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMTRADE_API_KEY", raising=False)
    assert fetch(publisher) == []
    assert publisher.asked() == []


@pytest.mark.parametrize("named", [{"reporters": "CN,ZZZ"}, {"years": "last"}, {"products": "85"}])
def test_an_option_that_means_nothing_is_said_so(
    publisher: Publisher, options: Callable[..., None], named: dict[str, str]
) -> None:
    options(**named)
    with pytest.raises(FetchError, match="STATECRAFT_COMTRADE_"):
        fetch(publisher)


def test_a_year_said_to_be_released_and_empty_is_an_error(publisher: Publisher, options: Callable[..., None]) -> None:
    options(years="2024")
    publisher.fault(DATA_PATH, "content", body=answer([]))
    with pytest.raises(FetchError, match="no chapter"):
        fetch(publisher)
    assert len(publisher.asked(RELEASES_PATH)) == 1
